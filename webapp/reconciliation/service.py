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
from webapp.reconciliation.queries import BadBatch, answer_batch, answer_extension, propose_properties
from webapp.reconciliation.records import (
    CLASSES,
    ReconciliationType,
    all_types,
    describe,
    group_of,
    identifier,
    properties_of,
    record_of,
    types_of,
)
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
    blueprint.after_request(_allow_frames)
    return blueprint


def reconcile() -> Response:
    """Answer ``queries``, or ``extend``; without both, tell what the service offers."""
    visit = this_visit()
    try:
        if queries := request.values.get("queries", ""):
            return _json(answer_batch(visit, queries))
        if asked := request.values.get("extend", ""):
            return _json(answer_extension(visit, asked))
    except BadBatch as error:
        return _json({"message": str(error)}, 400)
    return _json(manifest(visit))


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
        "defaultTypes": [kind for kind in all_types(visit.facts, visit.language) if kind["id"] in CLASSES.values()],
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
    visit = this_visit()
    record_and_group = record_of(visit.facts, request.args.get("id", ""))
    if record_and_group is None:
        abort(404)
    record, group = record_and_group
    types = [kind["name"] for kind in types_of(visit.facts, record, group, visit.language)]
    return render_template("reconcile_preview.html", record=record, types=types, description=describe(visit, record))


def _suggesting(suggest: Callable[[Visit, str], list[dict[str, Any]]]) -> Callable[[], Response]:
    def view() -> Response:
        skipped, suggested = _number("cursor"), suggest(this_visit(), request.args.get("prefix", "")[:200])
        return _json({"result": suggested[skipped : skipped + SUGGESTED]})

    return view


def _entities(visit: Visit, prefix: str) -> list[dict[str, Any]]:
    matches = [match for group in visit.facts.search.find(prefix).values() for match in group]
    matches.sort(key=lambda match: (match.rank, -match.ties))
    groups = ((match.record, group_of(visit.iris, match.record)) for match in matches)
    return [_entity(visit, record, group) for record, group in groups if group in CLASSES]


def _entity(visit: Visit, record: Record, group: str) -> dict[str, Any]:
    name = {"id": identifier(visit.iris, record), "name": record.name(visit.language)[0]}
    notable = types_of(visit.facts, record, group, visit.language)
    return {**name, "description": describe(visit, record), "notable": notable}


def _types(visit: Visit, prefix: str) -> list[ReconciliationType]:
    types = all_types(visit.facts, visit.language)
    return [kind for kind in types if fold(prefix) in fold(f"{kind['name']} {kind['id']}")]


def _properties(_visit: Visit, prefix: str) -> list[dict[str, str]]:
    return [known for known in properties_of(CLASSES) if fold(prefix) in fold(known["name"])]


def _template(visit: Visit, path: str) -> str:
    """Address with ``{{id}}`` in the place of an identifier, as the manifest writes it."""
    return visit.links.under_base(visit.links.address(path, id="ID")).replace("id=ID", "id={{id}}")


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else 0


def _json(answer: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), status, content_type=JSON_TYPE)


def _allow_frames(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = EMBED_POLICY
    return response
