"""JSON Schemas of answers."""

from __future__ import annotations

from typing import Any

from graph.views.columns import ListDescription
from webapp.api.operations import Schema

__all__ = ["OBJECT", "list_schema", "of"]

OBJECT: Schema = {"type": "object"}
VALUE: Schema = {"type": ["string", "integer", "array"], "items": {"type": "string"}}


def of(**members: Schema | str) -> Schema:
    """Make the schema of an object that has all of some members; a member is a schema or the name of a type."""
    properties = {name: {"type": schema} if isinstance(schema, str) else schema for name, schema in members.items()}
    return {"type": "object", "required": sorted(members), "properties": properties}


def list_schema(description: ListDescription[Any]) -> Schema:
    """Make the schema of a list as JSON, see `webapp.listing.files.list_json`."""
    row = of(**{column.file: VALUE for column in description.in_files})
    return of(edition="string", on={"type": "string", "format": "date"}, total="integer", rows=_list_of(row))


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}
