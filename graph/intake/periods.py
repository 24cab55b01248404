"""Derives the bounds that "as of" needs: from the dates, statuses and sources of a row to comparable days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import XSD, Literal

from graph.dates import PartialDate
from graph.intake.statuses import Statuses, dates_of_sources, status_triples, statuses_of
from graph.intake.tables import Row, Tables
from graph.intake.triples import RowTriples, Triple
from graph.namespaces import PERIOD_TERMS
from graph.records.records import TOOK_PLACE
from graph.records.validity import Period, Span, interval_of

__all__ = ["period_of", "period_triples"]

# Tables whose rows hold in time; status periods show an agreement, a membership or relation has its sources for it.
DATED = ("agreements", "activities", "projects", "memberships", "relations")
SHOWN_BY_SOURCES = ("memberships", "relations")


def period_triples(tables: Tables, row_triples: RowTriples) -> Iterator[Triple]:
    """Triples of the named graph ``validity``: the bounds of each row that holds in time."""
    successors = {row.text("supersedes"): row for row in tables.rows.get("agreements", ()) if row.text("supersedes")}
    statuses = statuses_of(tables)
    for name in DATED:
        for row in tables.rows.get(name, ()):
            known = statuses.get(row.key, Statuses(())) if name == "agreements" else None
            period = period_of(row, successors.get(row.key), tables, known)
            for field, predicate in PERIOD_TERMS.items():
                for literal in _literals(getattr(period, field)):
                    yield row_triples.iri(row), predicate, literal
    yield from status_triples(statuses, tables, row_triples)


def period_of(row: Row, successor: Row | None, tables: Tables, statuses: Statuses | None = None) -> Period:
    """Gather what a row, its successor, its statuses and its sources tell about its time.

    Parameters
    ----------
    row : Row
        Of agreements, activities, projects, memberships or relations.
    successor : Row or None
        Agreement that supersedes it; without an end of its own, it ends where that begins.
    tables : Tables
        Holds the sources.
    statuses : Statuses or None
        What sources show of the status of an agreement; None for any other row.
    """
    start = _date(row, "valid_from", "signed", "date_from") or (statuses.start if statuses else None)
    end = _date(row, "valid_to", "date_to") or (_date(successor, "valid_from", "signed") if successor else None)
    is_uncertain = row.table.name == "activities" and row.text("status") != TOOK_PLACE
    if row.table.name == "activities":
        # What is only planned or announced is not over when its day has gone by.
        end = None if is_uncertain else end or start
    active, undated = _shown(row, tables, statuses)
    ended = statuses.shown_ended if statuses else None
    return Period(
        earliest_start=start.first if start else None,
        latest_start=start.last if start else None,
        earliest_end=end.first if end else None,
        latest_end=end.last if end else None,
        shown_active=active.last if active else None,
        shown_active_from=active.first if active else None,
        shown_ended=ended.last if ended else None,
        presented_current=undated,
        last_day_included=row.table.name != "agreements",
        dates_unproven=is_uncertain
        or (statuses is not None and start is not None and not _proves_dates(row, start, tables, statuses)),
        contradicted=statuses is not None and _contradicts(statuses.status, tables),
        suspensions=statuses.suspensions if statuses else (),
    )


def _contradicts(status: str, tables: Tables) -> bool:
    """Whether the code list says that a status contradicts older evidence of being in force."""
    row = tables.keys.get("statuses", {}).get(status)
    return row is not None and row.text("contradicts_evidence") == "true"


def _proves_dates(row: Row, start: PartialDate, tables: Tables, statuses: Statuses) -> bool:
    """Whether a source dated from the start of an agreement on states it, not a list that only counts years."""
    if not _date(row, "valid_from", "signed"):
        return False
    cited = [row, *(period.row for period in statuses.periods)]
    return any(dated.last >= start.first for each in cited for dated in dates_of_sources(each, tables))


def _date(row: Row, *columns: str) -> PartialDate | None:
    return next((PartialDate(row.text(column)) for column in columns if row.text(column)), None)


def _shown(row: Row, tables: Tables, statuses: Statuses | None) -> tuple[PartialDate | None, bool]:
    if statuses:
        return statuses.shown_active, statuses.is_presented_current
    return _shown_by_sources(row, tables) if row.table.name in SHOWN_BY_SOURCES else (None, False)


def _shown_by_sources(row: Row, tables: Tables) -> tuple[PartialDate | None, bool]:
    dates = dates_of_sources(row, tables)
    return max(dates, key=lambda date: date.last, default=None), len(dates) < len(row.cells.get("sources", ()))


def _literals(value: bool | date | tuple[Span, ...] | None) -> Iterator[Literal]:
    """Give a flag where it is set, a date as a day, each span as an interval."""
    if value is True:
        yield Literal("true", datatype=XSD.boolean)
    elif isinstance(value, tuple):
        yield from (Literal(interval_of(span)) for span in value)
    elif value:
        yield Literal(str(value), datatype=XSD.date)
