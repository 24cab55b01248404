"""Types of the reconciliation service: the classes of the ontology that its records belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.kept import kept
from graph.namespaces import K
from graph.records.records import Organization, Record
from graph.sparql.named_queries import run_query
from graph.views.facts import Facts
from webapp.request.visit import Visit

__all__ = ["CLASSES", "all_types", "has_type", "types_of"]

# Plural type of records -> local name of their class.
CLASSES = {
    "organizations": "Organization",
    "agreements": "Agreement",
    "projects": "Project",
    "activities": "Activity",
    "sources": "Source",
}

Type = dict[str, Any]


def all_types(visit: Visit) -> list[Type]:
    """All types in the language of the request: ``id`` (local name of the class), ``name``, ``broader``."""
    return [_type(visit, name) for name in CLASSES.values()] + [
        {**_type(visit, name), "broader": [_type(visit, "Organization")]}
        for name in sorted(_kinds(visit.facts).values())
    ]


def types_of(visit: Visit, record: Record, group: str) -> list[Type]:
    """Types of a record, the closest first."""
    names = [_kind_class(visit, record), CLASSES[group]]
    return [_type(visit, name) for name in names if name]


def has_type(visit: Visit, record: Record, group: str, names: Sequence[str]) -> bool:
    """Whether a record belongs to one of some types; always when none is named."""
    return not names or CLASSES[group] in names or _kind_class(visit, record) in names


def _kind_class(visit: Visit, record: Record) -> str:
    code = visit.library.code(record.kind) if isinstance(record, Organization) else ""
    return _kinds(visit.facts).get(code, "")


def _type(visit: Visit, name: str) -> Type:
    texts = _labels(visit.facts).get(name, {})
    return {"id": name, "name": texts.get(visit.language) or texts.get("en") or name}


@kept()
def _kinds(served: Facts) -> Mapping[str, str]:
    """Code of a kind of organization -> local name of its class."""
    rows = run_query(served.store, "classes")
    return {row["kind"]: row["class"].removeprefix(str(K)) for row in rows if row["kind"]}


@kept()
def _labels(served: Facts) -> Mapping[str, Mapping[str, str]]:
    rows = run_query(served.store, "classes")
    return {row["class"].removeprefix(str(K)): {"cs": row["label_cs"], "en": row["label_en"]} for row in rows}
