"""Former records: what became of records that are no more."""

from __future__ import annotations

from dataclasses import dataclass

from graph.iris import Iris
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store

__all__ = ["FormerRecord", "read_former_records"]


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
