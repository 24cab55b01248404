"""Derives the bounds that "as of" needs: from the dates, statuses and sources of a row to comparable days."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import XSD, Literal

from graph.dates import PartialDate
from graph.intake.tables import Row, Tables
from graph.intake.triples import RowTriples, Triple
from graph.namespaces import PERIOD_TERMS
from graph.records.validity import Period

__all__ = ["period_of", "period_triples"]

# Tables whose rows hold in time; a membership or relation has no status, so its sources show it.
DATED = ("agreements", "activities", "projects", "memberships", "relations")
SHOWN_BY_SOURCES = ("memberships", "relations")


def period_triples(tables: Tables, row_triples: RowTriples) -> Iterator[Triple]:
    """Triples of the named graph ``validity``: the bounds of each row that holds in time."""
    successors = {row.text("supersedes"): row for row in tables.rows.get("agreements", ()) if row.text("supersedes")}
    for name in DATED:
        for row in tables.rows.get(name, ()):
            period = period_of(row, successors.get(row.key), tables)
            for field, predicate in PERIOD_TERMS.items():
                value = getattr(period, field)
                if value:
                    yield row_triples.iri(row), predicate, _literal(value)


def period_of(row: Row, successor: Row | None, tables: Tables) -> Period:
    """Gather what a row, its successor and its sources tell about its time.

    Parameters
    ----------
    row : Row
        Of agreements, activities, projects, memberships or relations.
    successor : Row or None
        Agreement that supersedes it; without an end of its own, it ends where that begins.
    tables : Tables
        Holds the sources of a membership or relation.
    """
    start = _date(row, "valid_from", "signed", "date_from")
    end = _date(row, "valid_to", "date_to") or (_date(successor, "valid_from", "signed") if successor else None)
    if row.table.name == "activities":
        end = end or start
    active, ended, undated = _shown(row, tables)
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
    )


def _date(row: Row, *columns: str) -> PartialDate | None:
    return next((PartialDate(row.text(column)) for column in columns if row.text(column)), None)


def _shown(row: Row, tables: Tables) -> tuple[PartialDate | None, PartialDate | None, bool]:
    if row.table.name in SHOWN_BY_SOURCES:
        return _shown_by_sources(row, tables)
    status, as_of = row.text("status"), _date(row, "status_as_of")
    active, ended = status == "active", status == "ended"
    return (as_of if active else None), (as_of if ended else None), active and as_of is None


def _shown_by_sources(row: Row, tables: Tables) -> tuple[PartialDate | None, None, bool]:
    sources = [tables.keys["sources"][key] for key in row.cells.get("sources", ())]
    dated = [date for source in sources if (date := _date(source, "published"))]
    return max(dated, key=lambda date: date.last, default=None), None, len(dated) < len(sources)


def _literal(value: object) -> Literal:
    return Literal("true", datatype=XSD.boolean) if value is True else Literal(str(value), datatype=XSD.date)
