"""What the columns of an answer hold: organizations, positions, dates, numbers, labels; so what can be drawn of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.records.records import Organization
from graph.sparql.answer_terms import Labels, date_of, number_of, on_earth, position_of
from graph.sparql.answers import AnswerTable, AnswerTerm

__all__ = ["AnswerColumns", "Position"]

LATITUDE, LONGITUDE = ("lat", "latitude", "sirka"), ("long", "lon", "lng", "longitude", "delka")
# Longitude and latitude in degrees.
Position = tuple[float, float]


@dataclass(frozen=True)
class AnswerColumns:
    """The rows of an answer with what its columns hold; a column is given by its number, None for none.

    Attributes
    ----------
    labels : mapping
        Names of the IRIs of the answer.
    known : mapping
        Organizations of the edition, by IRI.
    """

    table: AnswerTable
    labels: Labels
    known: Mapping[str, Organization]

    @cached_property
    def organizations(self) -> tuple[int, ...]:
        """Columns of our organizations."""
        return self._where(lambda term: term.kind == "iri" and term.value in self.known)

    @cached_property
    def points(self) -> tuple[int, ...]:
        """Columns of points in WKT."""
        return self._where(lambda term: position_of(term) is not None)

    @cached_property
    def degrees(self) -> tuple[int, int] | None:
        """Columns of longitude and latitude in degrees, known by their names."""
        names = [name.lower() for name in self.table.columns]
        longitude, latitude = (
            next((i for i in self.numbers if names[i] in usual), None) for usual in (LONGITUDE, LATITUDE)
        )
        return (longitude, latitude) if longitude is not None and latitude is not None else None

    @cached_property
    def dates(self) -> tuple[int, ...]:
        """Columns of dates."""
        return self._where(lambda term: bool(date_of(term)))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Columns of numbers."""
        return self._where(lambda term: number_of(term) is not None)

    @property
    def amounts(self) -> int | None:
        """Column of numbers that bars can show: none of them below 0, and something names the rows."""
        column = next((i for i in self.numbers if not self.degrees or i not in self.degrees), None)
        if column is None or self.label_column() is None:
            return None
        amounts = [number for number in map(number_of, self.terms(column)) if number is not None]
        return column if min(amounts) >= 0 else None

    def label_column(self, *without: int) -> int | None:
        """Find the first column that names the rows: of IRIs or texts, else None."""
        left_out = {*without, *self.dates, *self.numbers, *self.points}
        return next((i for i in range(len(self.table.columns)) if i not in left_out and any(self.terms(i))), None)

    def terms(self, column: int) -> list[AnswerTerm | None]:
        """Terms of a column, in the order of the rows."""
        return [row[column] for row in self.table.rows]

    def position(self, row: Sequence[AnswerTerm | None]) -> Position | None:
        """Where a row lies: by a point, by two columns of degrees, else by its first organization."""
        if self.points:
            return position_of(row[self.points[0]])
        if self.degrees:
            longitude, latitude = (number_of(row[column]) for column in self.degrees)
            return None if longitude is None or latitude is None else on_earth(float(longitude), float(latitude))
        term = row[self.organizations[0]] if self.organizations else None
        place = self.known.get(term.value) if term else None
        return (float(place.longitude), float(place.latitude)) if place and place.longitude and place.latitude else None

    def _where(self, fits: Callable[[AnswerTerm], bool]) -> tuple[int, ...]:
        """Columns of which at least half of what is bound fits."""
        fitting = []
        for column in range(len(self.table.columns)):
            bound = [term for term in self.terms(column) if term]
            if bound and 2 * sum(map(fits, bound)) >= len(bound):
                fitting.append(column)
        return tuple(fitting)
