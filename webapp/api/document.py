"""The OpenAPI document, made from the operations.

References
----------
OpenAPI Specification 3.1.0, sections 4.7 (schema) and 4.7.12 (parameter object).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from webapp.api.groups import groups
from webapp.api.operations import JSON, Group, Operation, Parameter
from webapp.request.language import _
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit

__all__ = ["openapi_document"]

DATA_LICENCE = {"name": "CC BY 4.0", "url": LICENSE}
PROBLEM = "application/problem+json"
ERROR_TYPES = ("text/plain", "text/html", PROBLEM, JSON)


def openapi_document(visit: Visit) -> dict[str, Any]:
    """Make the document in the language of the request."""
    shown = groups(visit)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Krajina: international relations of a region"),
            "version": version("krajina"),
            "description": _("All addresses that can be read; nothing can be changed through them."),
            "license": DATA_LICENCE,
        },
        "servers": [{"url": "/"}, {"url": visit.facts.settings.base}],
        "tags": [{"name": group.name, "description": group.title()} for group in shown],
        "paths": dict(_paths(shown)),
    }


def _paths(shown: Iterable[Group]) -> Iterator[tuple[str, Any]]:
    for group in shown:
        for operation in group.operations:
            yield operation.path, {"get": _operation(group.name, operation)}


def _operation(tag: str, operation: Operation) -> dict[str, Any]:
    return {
        "tags": [tag],
        "operationId": _name(operation.path),
        "summary": operation.about(),
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": dict(_responses(operation)),
    }


def _name(path: str) -> str:
    """Name of an operation: its path with letters and underscores only."""
    return "".join(letter if letter.isalnum() else "_" for letter in path).strip("_") or "home"


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: Mapping[str, Any] = {"type": "array", "items": parameter.schema} if parameter.many else parameter.schema
    described = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.about(),
        "required": parameter.needed,
        "schema": schema,
    }
    return {**described, "example": parameter.example} if parameter.example else described


def _responses(operation: Operation) -> Iterator[tuple[str, Any]]:
    if operation.media_types:
        content = {name: {"schema": _schema(operation, name)} for name in operation.media_types}
        yield "200", {"description": _("The answer"), "content": content}
    if operation.leads_on:
        yield "301", {"description": _("The record was merged with another one, which is in Location")}
        yield "303", {"description": _("What was asked for is in Location")}
    yield "304", {"description": _("Not changed since the ETag that was sent")}
    errors: dict[str, Any] = {name: {} for name in ERROR_TYPES}
    yield "4XX", {"description": _("What is wrong with the request, in words"), "content": errors}
    yield "503", {"description": _("A limit was reached; Retry-After says when to come back"), "content": errors}


def _schema(operation: Operation, media_type: str) -> Mapping[str, Any]:
    is_json = media_type == JSON or media_type.endswith("+json")
    return (operation.schema or {}) if is_json else {"type": "string"}
