"""Routes of the description: ``/openapi.json`` for programs, ``/api`` for people."""

from __future__ import annotations

from flask import Blueprint, Response, json, render_template

from webapp.api.document import openapi_document
from webapp.api.groups import groups
from webapp.request.visit import this_visit

__all__ = ["api_blueprint"]


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
    return render_template("api.html", groups=groups(this_visit()))
