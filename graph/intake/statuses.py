"""What status periods show of an agreement: each status with its own source and the date of that source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.dates import PartialDate
from graph.intake.findings import Finding, Severity
from graph.intake.tables import Row, Tables
from graph.intake.triples import RowTriples, Triple, date_literal
from graph.namespaces import K

__all__ = ["StatusPeriod", "Statuses", "check_statuses", "dates_of_sources", "status_triples", "statuses_of"]

ACTIVE, ENDED, SUSPENDED, UNKNOWN = "active", "ended", "suspended", "unknown"
# What says since when an agreement is, where neither its signing nor its start is known.
LASTING = (ACTIVE, "listed", UNKNOWN)


@dataclass(frozen=True)
class StatusPeriod:
    """A row of ``status_periods.csv``.

    Attributes
    ----------
    row : Row
        The row.
    status : str
        Code of the status.
    start, end : PartialDate or None
        Since when and until when it had the status, as its sources say.
    as_of : PartialDate or None
        Day that its sources are said to show.
    shown : PartialDate or None
        Date on which a source shows it: `as_of` when a source has that date, else the date of the newest source;
        None when no source has a date.
    """

    row: Row
    status: str
    start: PartialDate | None
    end: PartialDate | None
    as_of: PartialDate | None
    shown: PartialDate | None

    @classmethod
    def read(cls, row: Row, tables: Tables) -> StatusPeriod:
        """Read a row; its sources tell what it is worth."""
        as_of, dates = _date(row, "as_of"), dates_of_sources(row, tables)
        is_proven = as_of and any(as_of.first <= each.last and each.first <= as_of.last for each in dates)
        newest = max(dates, key=lambda each: (each.first, len(each.text)), default=None)
        return cls(
            row=row,
            status=row.text("status"),
            start=_date(row, "date_from"),
            end=_date(row, "date_to"),
            as_of=as_of,
            shown=as_of if is_proven else newest,
        )

    @property
    def is_unproven(self) -> bool:
        """Whether it states a day that no source of it is of."""
        return self.as_of is not None and self.as_of != self.shown

    @property
    def order(self) -> tuple[date, str]:
        """By the day that it tells of; a source without a date presents what it says as current."""
        day = (self.start if self.status in (ENDED, SUSPENDED) else None) or self.shown
        return day.last if day else date.max, self.row.key

    @property
    def last_shown(self) -> PartialDate | None:
        """Last date for which it is shown: a source may tell of a time that was over when it was written."""
        ends = (each for each in (self.shown, self.end) if each)
        return min(ends, key=lambda each: each.last, default=None) if self.shown else None


@dataclass(frozen=True)
class Statuses:
    """Status periods of an agreement in the order of what they tell of; empty when no source tells its status."""

    periods: tuple[StatusPeriod, ...]

    @property
    def status(self) -> str:
        """Code of the latest status; ``unknown`` when no source tells one."""
        return self.periods[-1].status if self.periods else UNKNOWN

    @cached_property
    def as_of(self) -> PartialDate | None:
        """Date on which a source last shows the latest status; None when no source with a date does."""
        return self._last_shown(self.status)

    @cached_property
    def shown_active(self) -> PartialDate | None:
        """Date on which a source last shows it in force."""
        return self._last_shown(ACTIVE)

    def _last_shown(self, status: str) -> PartialDate | None:
        shown = (each.last_shown for each in self.periods if each.status == status)
        return max((each for each in shown if each), key=lambda each: each.last, default=None)

    @property
    def shown_ended(self) -> PartialDate | None:
        """Date by which it had ended, when that is the latest that is known of it."""
        latest = self.periods[-1] if self.periods else None
        return (latest.start or latest.shown) if latest and latest.status == ENDED else None

    @property
    def is_presented_current(self) -> bool:
        """Only a source without a date shows it in force, and nothing later says otherwise."""
        return self.status == ACTIVE and self.periods[-1].shown is None

    @property
    def start(self) -> PartialDate | None:
        """First date since when a source counts it."""
        starts = (each.start for each in self.periods if each.status in LASTING and each.start)
        return min(starts, key=lambda each: each.first, default=None)

    @cached_property
    def suspensions(self) -> tuple[tuple[date, date], ...]:
        """First day of each suspension and the day of its end, which is no longer in it.

        Notes
        -----
        A suspension without an end lasts until the agreement is next in force or ended, by the start of that period or
        the date that shows it; without such a period it is open (``date.max``). Where a date is no day, all days that
        it means count as suspended.
        """
        return tuple(sorted(self._suspended()))

    def _suspended(self) -> Iterator[tuple[date, date]]:
        for number, period in enumerate(self.periods):
            begin = period.start or period.shown
            if period.status == SUSPENDED and begin:
                later = next((each for each in self.periods[number + 1 :] if each.status in (ACTIVE, ENDED)), None)
                end = period.end or (later and (later.start or later.shown))
                yield begin.first, end.last if end else date.max


def statuses_of(tables: Tables) -> Mapping[str, Statuses]:
    """Status periods of each agreement that has any, by the id of the agreement."""
    periods: dict[str, list[StatusPeriod]] = defaultdict(list)
    for row in tables.rows.get("status_periods", ()):
        periods[row.text("agreement")].append(StatusPeriod.read(row, tables))
    return {key: Statuses(tuple(sorted(each, key=lambda p: p.order))) for key, each in periods.items()}


def status_triples(statuses: Mapping[str, Statuses], tables: Tables, row_triples: RowTriples) -> Iterator[Triple]:
    """Triples of the named graph ``validity``: the latest status of each agreement, the date that shows each period."""
    codes = tables.keys.get("statuses", {})
    for row in tables.rows.get("agreements", ()):
        known = statuses.get(row.key, Statuses(()))
        if known.status in codes:
            yield row_triples.iri(row), K.status, row_triples.iri(codes[known.status])
        if known.as_of:
            yield row_triples.iri(row), K.statusAsOf, date_literal(known.as_of.text)
        for period in known.periods:
            if period.shown:
                yield row_triples.iri(period.row), K.shownOn, date_literal(period.shown.text)


def check_statuses(tables: Tables) -> Iterator[Finding]:
    """Find statuses without proof: as of a day that none of their sources is of; shapes find those without a date."""
    for row in tables.rows.get("status_periods", ()):
        if any(key not in tables.keys["sources"] for key in row.cells.get("sources", ())):
            continue
        period = StatusPeriod.read(row, tables)
        if period.as_of and period.is_unproven:
            message = (
                f"status without proof: no source of {row.key!r} is of {period.as_of.text}; cite one that is, or "
                "leave the cell empty"
            )
            yield Finding(f"{row.table.name}.csv", row.line, "as_of", message, Severity.WARNING)


def dates_of_sources(row: Row, tables: Tables) -> list[PartialDate]:
    """Dates of the sources of a row, of those that have one."""
    sources: Iterable[Row] = (tables.keys["sources"][key] for key in row.cells.get("sources", ()))
    return [date for source in sources if (date := _date(source, "published"))]


def _date(row: Row, column: str) -> PartialDate | None:
    return PartialDate(row.text(column)) if row.text(column) else None
