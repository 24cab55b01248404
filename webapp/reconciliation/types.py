"""Types of the reconciliation service: the classes of the ontology that its records belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from graph.namespaces import K
from graph.records.records import Organization, Record
from graph.sparql.named_queries import run_query
from webapp.language import language
from webapp.site import Site, site

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


def all_types() -> list[Type]:
    """All types in the language of the request: ``id`` (local name of the class), ``name``, ``broader``."""
    return [_type(name) for name in CLASSES.values()] + [
        {**_type(name), "broader": [_type("Organization")]} for name in sorted(_kinds(site()).values())
    ]


def types_of(record: Record, group: str) -> list[Type]:
    """Types of a record, the closest first."""
    names = [_kind_class(record), CLASSES[group]]
    return [_type(name) for name in names if name]


def has_type(record: Record, group: str, names: Sequence[str]) -> bool:
    """Whether a record belongs to one of some types; always when none is named."""
    return not names or CLASSES[group] in names or _kind_class(record) in names


def _kind_class(record: Record) -> str:
    code = site().library.code(record.kind) if isinstance(record, Organization) else ""
    return _kinds(site()).get(code, "")


def _type(name: str) -> Type:
    texts = _labels(site()).get(name, {})
    return {"id": name, "name": texts.get(language()) or texts.get("en") or name}


@lru_cache(maxsize=4)
def _kinds(served: Site) -> Mapping[str, str]:
    """Code of a kind of organization -> local name of its class."""
    rows = run_query(served.store, "classes")
    return {row["kind"]: row["class"].removeprefix(str(K)) for row in rows if row["kind"]}


@lru_cache(maxsize=4)
def _labels(served: Site) -> Mapping[str, Mapping[str, str]]:
    rows = run_query(served.store, "classes")
    return {row["class"].removeprefix(str(K)): {"cs": row["label_cs"], "en": row["label_en"]} for row in rows}
