"""Properties of the reconciliation service: the fields of the lists as files, under the same names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from graph.folding import fold
from graph.records.records import Record
from graph.views.columns import Column
from graph.views.lists import LISTS
from webapp.listing.columns import file_value
from webapp.reconciliation.types import CLASSES
from webapp.request.visit import Visit

__all__ = ["Property", "cells_of", "equals", "folded", "properties_of"]

Property = dict[str, str]
LEFT_OUT = ("iri", "id")


def properties_of(groups: Iterable[str]) -> list[Property]:
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


def _texts_of(visit: Visit, record: Record, group: str, name: str) -> set[str]:
    """Folded values of a property: texts as they are, and records by id and by all their names."""
    found: set[str] = set()
    for value in _values(visit, record, group, name):
        found.add(fold(str(value)))
        if other := visit.library.get(str(value)):
            found |= {fold(other.key), *map(fold, other.names.values())}
        if concept := _concept(visit, name, str(value)):
            found |= {*map(fold, concept.names.values())}
    return found - {""}


def folded(asked: Iterable[Any]) -> frozenset[str]:
    """Fold asked values, each a text, a number, or ``{"id": ...}`` of a record."""
    return frozenset(fold(_asked(value)) for value in asked)


def equals(visit: Visit, record: Record, group: str, name: str, asked: frozenset[str]) -> bool:
    """Whether a property has one of the asked values, see `folded`."""
    return not asked.isdisjoint(_texts_of(visit, record, group, name))


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
def _columns(group: str) -> Mapping[str, Column[Any]]:
    return {column.file: column for column in LISTS[group].in_files}


def _concept(visit: Visit, name: str, code: str) -> Record | None:
    scheme = {"country": "countries", "countries": "countries", "kind": "kinds", "areas": "areas"}.get(name)
    return visit.library.concept(scheme, code) if scheme else None


def _cell(visit: Visit, value: str | int) -> dict[str, Any]:
    if isinstance(value, int):
        return {"int": value}
    found = visit.iris.split(value)
    other = visit.library.get(value)
    if found and other and found[0] in CLASSES:
        return {"id": "/".join(found), "name": other.name(visit.language)[0]}
    return {"str": value}
