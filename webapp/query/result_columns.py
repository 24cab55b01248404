"""Which columns of an answer a view can draw: organizations, positions, dates, numbers, labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.sparql.answers import AnswerTerm, TermTable
from webapp.query.result_labels import Labels
from webapp.query.result_terms import date_of, number_of, on_earth, position_of
from webapp.site import site

__all__ = ["Columns", "Position"]

LATITUDE, LONGITUDE = ("lat", "latitude", "sirka"), ("long", "lon", "lng", "longitude", "delka")
# Longitude and latitude in degrees.
Position = tuple[float, float]


@dataclass(frozen=True)
class Columns:
    """The rows of an answer with what its columns hold; a column is given by its number, None for none."""

    table: TermTable
    labels: Labels

    @cached_property
    def organizations(self) -> tuple[int, ...]:
        """Columns of our organizations."""
        if not site().has_tables:
            return ()
        known = site().library.organizations
        return self._where(lambda cell: cell.kind == "iri" and cell.value in known)

    @cached_property
    def points(self) -> tuple[int, ...]:
        """Columns of points in WKT."""
        return self._where(lambda cell: position_of(cell) is not None)

    @cached_property
    def degrees(self) -> tuple[int, int] | None:
        """Columns of longitude and latitude in degrees, known by their names."""
        names = [name.lower() for name in self.table.columns]
        longitude, latitude = (
            next((i for i in self.numbers if names[i] in known), None) for known in (LONGITUDE, LATITUDE)
        )
        return (longitude, latitude) if longitude is not None and latitude is not None else None

    @cached_property
    def dates(self) -> tuple[int, ...]:
        """Columns of dates."""
        return self._where(lambda cell: bool(date_of(cell)))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Columns of numbers."""
        return self._where(lambda cell: number_of(cell) is not None)

    def label_column(self, *without: int) -> int | None:
        """Find the first column that names the rows: of IRIs or texts, else None."""
        left_out = {*without, *self.dates, *self.numbers, *self.points}
        return next((i for i in range(len(self.table.columns)) if i not in left_out and any(self.cells(i))), None)

    def cells(self, column: int) -> list[AnswerTerm | None]:
        """Cells of a column, in the order of the rows."""
        return [row[column] for row in self.table.rows]

    def position(self, row: Sequence[AnswerTerm | None]) -> Position | None:
        """Where a row lies: by a point, by two columns of degrees, else by its first organization."""
        if self.points:
            return position_of(row[self.points[0]])
        if self.degrees:
            longitude, latitude = (number_of(row[column]) for column in self.degrees)
            return None if longitude is None or latitude is None else on_earth(float(longitude), float(latitude))
        cell = row[self.organizations[0]] if self.organizations else None
        place = site().library.organizations.get(cell.value) if cell else None
        return (float(place.longitude), float(place.latitude)) if place and place.longitude and place.latitude else None

    def _where(self, fits: Callable[[AnswerTerm], bool]) -> tuple[int, ...]:
        """Columns of which at least half of what is bound fits."""
        found = []
        for column in range(len(self.table.columns)):
            bound = [cell for cell in self.cells(column) if cell]
            if bound and 2 * sum(map(fits, bound)) >= len(bound):
                found.append(column)
        return tuple(found)
