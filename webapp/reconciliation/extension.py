"""Data extension: values of properties for records that were matched before.

References
----------
Reconciliation Service API 0.2, section 8 (data extension service).
"""

from __future__ import annotations

from typing import Any

from graph.records.records import Record
from webapp.reconciliation.batch import MOST_PROPERTIES, BadBatch, read_json
from webapp.reconciliation.properties import cells_of, properties_of
from webapp.reconciliation.types import CLASSES
from webapp.request.visit import Visit

__all__ = ["answer_extension", "propose_properties", "record_of"]

MOST_IDS = 1000


def answer_extension(visit: Visit, text: str) -> dict[str, Any]:
    """Answer ``{"ids": [...], "properties": [{"id": ..., "settings": {"limit": n}}]}``.

    Returns
    -------
    dict
        ``meta`` (the properties, in the order asked) and ``rows`` (id to property to cells; ids that are not known
        have empty cells).

    Raises
    ------
    BadBatch
        It is not such a query, or too long.
    """
    asked = read_json(text)
    ids, properties = _read(asked)
    names = {one["id"]: one["name"] for one in properties_of(CLASSES)}
    unknown = [name for name in properties if name not in names]
    if unknown:
        raise BadBatch(f"There is no property {', '.join(unknown)}; there are {', '.join(names)}.")
    rows = {one: {name: _cells(visit, one, name, limit) for name, limit in properties.items()} for one in ids}
    return {"meta": [{"id": name, "name": names[name]} for name in properties], "rows": rows}


def propose_properties(type_name: str, limit: int) -> dict[str, Any]:
    """Propose properties for records of a type, those of all types for one that is not known."""
    groups = [group for group, name in CLASSES.items() if name == type_name]
    # All other types are kinds of organizations.
    proposed = properties_of(groups or (["organizations"] if type_name else CLASSES))
    answer = {"properties": proposed[:limit] if limit else proposed}
    return {**answer, "type": type_name} if type_name else answer


def record_of(visit: Visit, identifier: str) -> tuple[Record, str] | None:
    """Find the record of an identifier as ``organizations/saxony``, or of its IRI, and its plural type."""
    group, _, key = identifier.removeprefix(f"{visit.facts.settings.base}/resource/").partition("/")
    record = visit.library.get(visit.iris.resource(group, key)) if group in CLASSES and key else None
    return (record, group) if record else None


def _cells(visit: Visit, identifier: str, name: str, limit: int) -> list[dict[str, Any]]:
    found = record_of(visit, identifier)
    cells = cells_of(visit, *found, name) if found else [{}]
    return cells[:limit] if limit else cells


def _read(asked: Any) -> tuple[list[str], dict[str, int]]:
    """Read ids, and names of properties with the limit of values (0 for none)."""
    if not isinstance(asked, dict):
        raise BadBatch("A data extension query is an object with “ids” and “properties”.")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids) or len(ids) > MOST_IDS:
        raise BadBatch(f"“ids” is a list of at most {MOST_IDS} texts.")
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES or not all(map(_is_property, properties)):
        raise BadBatch(f"“properties” is a list of at most {MOST_PROPERTIES} objects with an “id”.")
    return ids, {one["id"]: _limit(one.get("settings")) for one in properties}


def _is_property(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _limit(settings: Any) -> int:
    """Read the setting `limit`, which some clients send as a text."""
    text = str(settings.get("limit", 0)) if isinstance(settings, dict) else "0"
    return int(text) if text.isdecimal() and len(text) < 7 else 0
