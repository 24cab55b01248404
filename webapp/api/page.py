"""Routes of the description: ``/openapi.json`` for programs, ``/api`` for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, json, render_template

from webapp.api.document import openapi_document
from webapp.api.groups import groups
from webapp.api.operations import Group, Operation
from webapp.request.language import _
from webapp.request.visit import this_visit

__all__ = ["api_blueprint"]


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
    response.headers["Access-Control-Allow-Origin"] = "*"
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
