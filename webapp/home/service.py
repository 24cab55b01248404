"""What machines ask of the service: health and version."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.request.visit import this_visit

__all__ = ["service_blueprint"]


def service_blueprint() -> Blueprint:
    """Routes ``/healthz``, ``/readyz`` and ``/version``."""
    blueprint = Blueprint("service", __name__)
    blueprint.add_url_rule("/healthz", view_func=healthz)
    blueprint.add_url_rule("/readyz", view_func=readyz)
    blueprint.add_url_rule("/version", view_func=version)
    return blueprint


def healthz() -> Response:
    """Tell that the process answers."""
    return Response("ok\n", mimetype="text/plain")


def readyz() -> Response:
    """Ask a real question through the sandbox; 503 by the error handler when it fails."""
    answer = this_visit().site.answers()
    return Response("ready\n" if answer else "empty\n", status=200 if answer else 503, mimetype="text/plain")


def version() -> Response:
    """Tell the edition that is served."""
    edition = this_visit().facts.edition
    return jsonify(
        edition=edition.identifier, modified=edition.modified, quads=edition.quads, named_graphs=edition.named_graphs
    )
