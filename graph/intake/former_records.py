"""Former records: what ``withdrawn.csv`` and ``merged.csv`` say must fit the records that there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.intake.findings import Finding
from graph.intake.tables import Row, Tables
from graph.iris import Iris
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store

__all__ = ["FormerRecord", "check_former_records", "read_former_records"]


@dataclass(frozen=True)
class FormerRecord:
    """A record that is no more.

    Attributes
    ----------
    note_iri : str
        IRI of the row that says so.
    day : str
        ISO date on which it went.
    successor : str
        IRI of the record that it was merged into; empty when it was withdrawn.
    """

    note_iri: str
    day: str
    successor: str


def check_former_records(tables: Tables) -> Iterator[Finding]:
    """Find records whose successor is of another type; that it exists is checked as for all references."""
    for row in tables.rows.get("merged", ()):
        successor = tables.by_key.get(row.text("successor"))
        kind = row.text("type")
        if successor and kind and successor.table.resource_kind != kind:
            yield _other_type(row, successor, kind)


def read_former_records(store: Store, iris: Iris) -> dict[str, FormerRecord]:
    """Read what became of former records, by their IRI.

    Notes
    -----
    Asks ``queries/former-records.rq``.
    """
    return {
        iris.resource(row["type"], row["key"]): FormerRecord(row["row"], row["date"], row["successor"])
        for row in run_query(store, "former-records")
    }


def _other_type(row: Row, successor: Row, kind: str) -> Finding:
    message = f"{successor.key!r} stands in {successor.table.name}.csv, so that it cannot succeed one of {kind!r}"
    return Finding(f"{row.table.name}.csv", row.line, "successor", message)
