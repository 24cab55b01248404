"""Routes of the description: ``/openapi.json`` for programs, ``/api`` for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, json, render_template

from webapp.api.groups import groups
from webapp.api.operations import JSON, Group, Operation, Parameter
from webapp.request.language import _
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit, this_visit

__all__ = ["api_blueprint", "openapi_document"]


@dataclass(frozen=True)
class Section:
    """A group of operations as the page shows it: anchor, title and the rows of its table."""

    name: str
    title: str
    rows: tuple[list[Any], ...]


def api_blueprint() -> Blueprint:
    """Make the routes."""
    blueprint = Blueprint("api", __name__)
    blueprint.add_url_rule("/openapi.json", view_func=openapi)
    blueprint.add_url_rule("/api", view_func=api)
    return blueprint


def openapi() -> Response:
    """Send the OpenAPI document."""
    response = Response(
        json.dumps(openapi_document(this_visit()), ensure_ascii=False, indent=1, sort_keys=False),
        content_type="application/json; charset=utf-8",
    )
    return response


def api() -> str:
    """Show all operations in groups, with what stays stable."""
    titles = (_("Address"), _("What it answers"), _("Media types"), _("Parameters"))
    columns = [{"title": title} for title in titles]
    return render_template("api.html", columns=columns, groups=[_section(group) for group in groups(this_visit())])


def _section(group: Group) -> Section:
    return Section(group.name, group.title(), tuple(_row(operation) for operation in group.operations))


def _row(operation: Operation) -> list[Any]:
    """Address, meaning, media types (or that it leads on), parameters beside those in the path."""
    parameters = [parameter.name for parameter in operation.parameters if parameter.place != "path"]
    media_types = ", ".join(operation.media_types) or "303"
    return [{"text": operation.path, "lang": "en"}, operation.about(), media_types, ", ".join(parameters)]


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
            "contact": _contact(visit),
            "license": DATA_LICENCE,
        },
        "servers": [{"url": "/"}, {"url": visit.facts.settings.base}],
        "tags": [{"name": group.name, "description": group.title()} for group in shown],
        "paths": dict(_paths(shown)),
    }


def _contact(visit: Visit) -> dict[str, str]:
    """Whom to ask, as far as the settings say."""
    settings = visit.facts.settings
    contact = {"name": settings.publisher_name or "Krajina", "url": f"{settings.base}/"}
    address = settings.contact.removeprefix("mailto:")
    return {**contact, "email": address} if address != settings.contact else contact


def _paths(shown: Iterable[Group]) -> Iterator[tuple[str, Any]]:
    for group in shown:
        for operation in group.operations:
            yield operation.path, {"get": _operation(group.name, operation)}


def _operation(tag: str, operation: Operation) -> dict[str, Any]:
    return {
        "tags": [tag],
        "operationId": _name(operation.path),
        "summary": operation.about(),
        "description": _description(operation),
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": dict(_responses(operation)),
    }


def _description(operation: Operation) -> str:
    """Say what is answered, in which media types, or that the address leads on."""
    types = ", ".join(operation.media_types)
    answered = _("Answers with: %(types)s.", types=types) if types else _("Leads on to another address.")
    return f"{operation.about().rstrip('.')}. {answered}"


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
    # YAML is read as what it holds, as JSON is.
    return (operation.schema or {}) if is_json or media_type.endswith("yaml") else {"type": "string"}
