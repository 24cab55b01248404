"""What the reconciliation service tells of records: identifiers, types of the ontology, and properties.

Types are the classes that records belong to; properties are the fields of the lists as files, under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from graph.folding import fold
from graph.iris import Iris
from graph.kept import kept
from graph.namespaces import K
from graph.records.records import Organization, Record
from graph.sparql.named_queries import run_query
from graph.views.columns import ListColumn
from graph.views.facts import Facts
from graph.views.lists import LISTS
from webapp.listing.columns import file_value
from webapp.request.visit import Visit
from webapp.words.cells import details_of

__all__ = [
    "CLASSES", "ReconciliationType", "all_types", "cells_of", "describe", "equals", "folded", "group_of", "has_type",
    "identifier", "properties_of", "record_of", "types_of",
]  # fmt: skip

# Plural type of records -> local name of their class.
CLASSES = {
    "organizations": "Organization",
    "agreements": "Agreement",
    "projects": "Project",
    "activities": "Activity",
    "sources": "Source",
}

LEFT_OUT = ("iri", "id")

ReconciliationType = dict[str, Any]


def identifier(iris: Iris, record: Record) -> str:
    """Give the identifier of a record in the identifier space: plural type and row id."""
    return "/".join(iris.split(record.iri) or ("", ""))


def group_of(iris: Iris, record: Record) -> str:
    """Plural type of a record, as its IRI says it."""
    return identifier(iris, record).partition("/")[0]


def record_of(facts: Facts, identifier: str) -> tuple[Record, str] | None:
    """Find the record of an identifier as ``organizations/saxony``, or of its IRI, and its plural type."""
    group, _, key = identifier.removeprefix(f"{facts.settings.base}/resource/").partition("/")
    record = facts.library.get(facts.iris.resource(group, key)) if group in CLASSES and key else None
    return (record, group) if record else None


def describe(visit: Visit, record: Record) -> str:
    """Tell a record from its namesakes, in the reader's language."""
    return " · ".join(filter(None, details_of(visit, record)))


def all_types(facts: Facts, lang: str) -> list[ReconciliationType]:
    """All types in a language: ``id`` (local name of the class), ``name``, ``broader``."""
    broader = [_type(facts, "Organization", lang)]
    kinds = sorted(_kinds(facts).values())
    return [_type(facts, name, lang) for name in CLASSES.values()] + [
        {**_type(facts, name, lang), "broader": broader} for name in kinds
    ]


def types_of(facts: Facts, record: Record, group: str, lang: str) -> list[ReconciliationType]:
    """Types of a record, the closest first."""
    names = [_kind_class(facts, record), CLASSES[group]]
    return [_type(facts, name, lang) for name in names if name]


def has_type(facts: Facts, record: Record, group: str, names: Sequence[str]) -> bool:
    """Whether a record belongs to one of some types; always when none is named."""
    return not names or CLASSES[group] in names or _kind_class(facts, record) in names


def properties_of(groups: Iterable[str]) -> list[dict[str, str]]:
    """Properties of some plural types, each once: ``id`` as in the files, ``name`` in words."""
    names = [column.file for group in groups for column in LISTS[group].in_files if column.file not in LEFT_OUT]
    return [{"id": name, "name": name.replace("_", " ")} for name in dict.fromkeys(names)]


def cells_of(visit: Visit, record: Record, group: str, name: str) -> list[dict[str, Any]]:
    """Values of a property as cells of a data extension; one empty cell when there is none.

    References
    ----------
    Reconciliation Service API 0.2, section 8.3 (data extension responses).
    """
    return [_cell(visit, value) for value in _values(visit, record, group, name)] or [{}]


def equals(visit: Visit, record: Record, group: str, name: str, asked: frozenset[str]) -> bool:
    """Whether a property has one of the asked values, see `folded`."""
    return not asked.isdisjoint(_texts_of(visit, record, group, name))


def folded(asked: Iterable[Any]) -> frozenset[str]:
    """Fold asked values, each a text, a number, or ``{"id": ...}`` of a record."""
    return frozenset(fold(_asked(value)) for value in asked)


def _kind_class(facts: Facts, record: Record) -> str:
    code = facts.library.code(record.kind) if isinstance(record, Organization) else ""
    return _kinds(facts).get(code, "")


def _type(facts: Facts, name: str, lang: str) -> ReconciliationType:
    texts = _labels(facts).get(name, {})
    return {"id": name, "name": texts.get(lang) or texts.get("en") or name}


@kept()
def _kinds(facts: Facts) -> Mapping[str, str]:
    """Code of a kind of organization -> local name of its class."""
    rows = run_query(facts.store, "classes")
    return {row["kind"]: row["class"].removeprefix(str(K)) for row in rows if row["kind"]}


@kept()
def _labels(facts: Facts) -> Mapping[str, Mapping[str, str]]:
    rows = run_query(facts.store, "classes")
    return {row["class"].removeprefix(str(K)): {"cs": row["label_cs"], "en": row["label_en"]} for row in rows}


def _texts_of(visit: Visit, record: Record, group: str, name: str) -> set[str]:
    """Folded values of a property: texts as they are, and records by id and by all their names."""
    texts: set[str] = set()
    for value in map(str, _values(visit, record, group, name)):
        texts.add(fold(value))
        if other := visit.library.get(value):
            texts |= {fold(other.key), *map(fold, other.names.values())}
        if concept := _concept(visit.facts, name, value):
            texts |= {*map(fold, concept.names.values())}
    return texts - {""}


def _asked(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("id", "")).rpartition("/")[2]
    return str(value)


def _values(visit: Visit, record: Record, group: str, name: str) -> list[str | int]:
    column = _columns(group).get(name)
    if column is None:
        return []
    value = file_value(visit, column, record)
    values: Sequence[str | int] = value if isinstance(value, tuple) else (value,)
    return [item for item in values if item != ""]


@cache
def _columns(group: str) -> Mapping[str, ListColumn[Any]]:
    return {column.file: column for column in LISTS[group].in_files}


def _concept(facts: Facts, name: str, code: str) -> Record | None:
    scheme = {"country": "countries", "countries": "countries", "kind": "kinds", "areas": "areas"}.get(name)
    return facts.library.concept(scheme, code) if scheme else None


def _cell(visit: Visit, value: str | int) -> dict[str, Any]:
    if isinstance(value, int):
        return {"int": value}
    group_and_key = visit.iris.split(value)
    other = visit.library.get(value)
    if group_and_key and other and group_and_key[0] in CLASSES:
        return {"id": "/".join(group_and_key), "name": other.name(visit.language)[0]}
    return {"str": value}
