"""Reads records out of a store, a class at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from graph.namespaces import PERIOD_TERMS
from graph.records.fields import Facts
from graph.records.records import Dated, Record
from graph.records.validity import Period
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store

__all__ = ["read_class"]

R = TypeVar("R", bound=Record)


def read_class(store: Store, record: type[R]) -> dict[str, R]:
    """Read all records of a class.

    Parameters
    ----------
    store : Store
        Asked once.
    record : type
        One of the classes of this module.

    Returns
    -------
    dict
        IRI to record, sorted by IRI.

    Notes
    -----
    Asks ``queries/records.rq``.
    """
    facts: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in run_query(store, "records", **{"class": record.class_iri}):
        facts[row["subject"]][row["predicate"]].add((row["object"], row["language"]))
    return {iri: _record(record, iri, {p: tuple(sorted(v)) for p, v in facts[iri].items()}) for iri in sorted(facts)}


def _record(record: type[R], iri: str, facts: Facts) -> R:
    values = {
        f.name: f.metadata["read"](facts[f.metadata["predicate"]])
        for f in fields(record)
        if f.metadata.get("predicate") in facts
    }
    if issubclass(record, Dated):
        values["period"] = _period(facts)
    return record(iri=iri, **{"key": iri.rsplit("/", 1)[-1], **values})


def _period(facts: Facts) -> Period:
    texts = {name: facts[str(p)][0][0] for name, p in PERIOD_TERMS.items() if str(p) in facts}
    values: dict[str, Any] = {
        name: text == "true" if _is_flag(name) else date.fromisoformat(text) for name, text in texts.items()
    }
    return Period(**values)


def _is_flag(name: str) -> bool:
    return name in ("presented_current", "last_day_included")
