"""What machines ask of the service: health, version, files of the edition."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, abort, jsonify, make_response, request

from graph.exports import EXPORTS, export
from webapp.file_dumps import send_dump
from webapp.site import Site, site

__all__ = ["dump_bytes", "service_blueprint"]


def service_blueprint() -> Blueprint:
    """Routes ``/healthz``, ``/readyz``, ``/version`` and ``/dump/krajina.<suffix>``."""
    blueprint = Blueprint("service", __name__)
    blueprint.add_url_rule("/healthz", view_func=healthz)
    blueprint.add_url_rule("/readyz", view_func=readyz)
    blueprint.add_url_rule("/version", view_func=version)
    blueprint.add_url_rule("/dump/krajina.<suffix>", view_func=dump)
    return blueprint


def healthz() -> Response:
    """Tell that the process answers."""
    return Response("ok\n", mimetype="text/plain")


def readyz() -> Response:
    """Ask a real question through the sandbox; 503 by the error handler when it fails."""
    answer = site().answers()
    return Response("ready\n" if answer else "empty\n", status=200 if answer else 503, mimetype="text/plain")


def version() -> Response:
    """Tell the edition that is served."""
    edition = site().edition
    return jsonify(
        edition=edition.identifier, modified=edition.modified, quads=edition.quads, named_graphs=edition.named_graphs
    )


def dump(suffix: str) -> Response:
    """Send the edition in one format as a file."""
    if suffix not in EXPORTS:
        abort(404)
    if not site().edition.path.name:
        return send_dump(site(), suffix)
    response = make_response(dump_bytes(site(), suffix))
    response.content_type = f"{EXPORTS[suffix].media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="krajina-{site().edition.identifier}.{suffix}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(f"{site().edition.identifier}-{suffix}")
    response.make_conditional(request)
    return response


@lru_cache(maxsize=len(EXPORTS))
def dump_bytes(served: Site, suffix: str) -> bytes:
    """Give the edition of a site in one format, written once."""
    return export(served.edition, suffix, lambda: (served.network, served.library))
