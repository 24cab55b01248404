"""Routes of the reconciliation service, for OpenRefine and other clients of its protocol.

References
----------
Reconciliation Service API 0.2, Final Community Group Report of the W3C, 2023.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from graph.folding import fold
from graph.namespaces import K
from graph.records.records import Record
from webapp.reconciliation.batch import BadBatch, answer_batch, describe, group_of, identifier
from webapp.reconciliation.extension import answer_extension, propose_properties, record_of
from webapp.reconciliation.properties import properties_of
from webapp.reconciliation.types import CLASSES, all_types, types_of
from webapp.request.language import _
from webapp.request.security_headers import EMBED_POLICY
from webapp.request.visit import Visit, this_visit

__all__ = ["reconciliation_blueprint"]

SUGGESTED = 20
PREVIEW_PX = 420, 220
MOST_DIGITS = 7
JSON_TYPE = "application/json; charset=utf-8"


def reconciliation_blueprint() -> Blueprint:
    """Make the routes ``/reconcile``, ``/reconcile/suggest/...``, ``/reconcile/properties``, ``/reconcile/preview``."""
    blueprint = Blueprint("reconciliation", __name__)
    blueprint.add_url_rule("/reconcile", view_func=reconcile, methods=["GET", "POST"])
    for name, suggest in (("entity", _entities), ("type", _types), ("property", _properties)):
        blueprint.add_url_rule(f"/reconcile/suggest/{name}", f"suggest_{name}", _suggesting(suggest))
    blueprint.add_url_rule("/reconcile/properties", view_func=properties)
    blueprint.add_url_rule("/reconcile/preview", view_func=preview)
    blueprint.after_request(_open_to_all)
    return blueprint


def reconcile() -> Response:
    """Answer ``queries``, or ``extend``; without both, tell what the service offers."""
    try:
        if queries := request.values.get("queries", ""):
            return _json(answer_batch(this_visit(), queries))
        if asked := request.values.get("extend", ""):
            return _json(answer_extension(this_visit(), asked))
    except BadBatch as error:
        return _json({"message": str(error)}, 400)
    return _json(manifest(this_visit()))


def manifest(visit: Visit) -> dict[str, Any]:
    """Tell what the service offers, in the language of the request."""
    width, height = PREVIEW_PX
    return {
        "versions": ["0.2"],
        "name": _("Krajina: international relations of a region"),
        "identifierSpace": f"{visit.facts.settings.base}/resource/",
        "schemaSpace": str(K),
        "documentation": visit.links.under_base(visit.links.address("/api")),
        "serviceVersion": visit.facts.edition.identifier,
        "defaultTypes": [one for one in all_types(visit) if one["id"] in CLASSES.values()],
        "view": {"url": f"{visit.facts.settings.base}/resource/{{{{id}}}}"},
        "preview": {"url": _template(visit, "/reconcile/preview"), "width": width, "height": height},
        "suggest": {
            name: {
                "service_url": visit.facts.settings.base,
                "service_path": visit.links.address(f"/reconcile/suggest/{name}"),
            }
            for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {
                "service_url": visit.facts.settings.base,
                "service_path": visit.links.address("/reconcile/properties"),
            },
            "property_settings": [
                {
                    "name": "limit", "label": _("Most values"), "type": "number", "default": 0,
                    "help_text": _("How many values to give at most; 0 for all"),
                }
            ],
        },
    }  # fmt: skip


def properties() -> Response:
    """Propose properties of a ``type`` for a data extension."""
    return _json(propose_properties(request.args.get("type", ""), _number("limit")))


def preview() -> str:
    """Show a record in a small frame."""
    found = record_of(this_visit(), request.args.get("id", ""))
    if found is None:
        abort(404)
    record, group = found
    types = [one["name"] for one in types_of(this_visit(), record, group)]
    return render_template(
        "reconcile_preview.html", record=record, types=types, description=describe(this_visit(), record)
    )


def _suggesting(suggest: Callable[[str], list[dict[str, Any]]]) -> Callable[[], Response]:
    def view() -> Response:
        skipped = _number("cursor")
        return _json({"result": suggest(request.args.get("prefix", "")[:200])[skipped : skipped + SUGGESTED]})

    return view


def _entities(prefix: str) -> list[dict[str, Any]]:
    found = [match for matches in this_visit().facts.search.find(prefix).values() for match in matches]
    found.sort(key=lambda match: (match.rank, -match.ties))
    return [
        _entity(this_visit(), match.record, group)
        for match in found
        if (group := group_of(this_visit(), match.record)) in CLASSES
    ]


def _entity(visit: Visit, record: Record, group: str) -> dict[str, Any]:
    name = {"id": identifier(visit, record), "name": record.name(visit.language)[0]}
    return {**name, "description": describe(visit, record), "notable": types_of(visit, record, group)}


def _types(prefix: str) -> list[dict[str, Any]]:
    return [one for one in all_types(this_visit()) if fold(prefix) in fold(f"{one['name']} {one['id']}")]


def _properties(prefix: str) -> list[dict[str, Any]]:
    return [dict(one) for one in properties_of(CLASSES) if fold(prefix) in fold(one["name"])]


def _template(visit: Visit, path: str) -> str:
    """Address with ``{{id}}`` in the place of an identifier, as the manifest writes it."""
    return visit.links.under_base(visit.links.address(path, id="ID")).replace("id=ID", "id={{id}}")


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else 0


def _json(answer: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), status, content_type=JSON_TYPE)


def _open_to_all(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = EMBED_POLICY
    return response
