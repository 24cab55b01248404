"""Routes of the pages that people start from, home, lists, search, about, download; and what machines ask first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from graph.views.columns import ListDescription
from graph.views.lists import ALL_LISTS
from webapp.home.home import render_home
from webapp.home.information import render_about, render_download
from webapp.home.search_page import render_search
from webapp.listing.files import FILES
from webapp.listing.page import render_list
from webapp.request.visit import this_visit

__all__ = ["pages_blueprint", "service_blueprint"]


def pages_blueprint(*, has_tables: bool = True) -> Blueprint:
    """Make the routes of ``/``, the lists and their files, and of search, about and download.

    Parameters
    ----------
    has_tables : bool
        False for data that was not made from the tables: then there is only ``/``.
    """
    blueprint = Blueprint("pages", __name__)
    blueprint.add_url_rule("/", "home", render_home)
    if not has_tables:
        return blueprint
    for name, description in ALL_LISTS.items():
        blueprint.add_url_rule(f"/{description.address}", name, _view(render_list, description))
        for suffix, write in FILES.items():
            blueprint.add_url_rule(f"/{description.address}.{suffix}", f"{name}_{suffix}", _view(write, description))
    for name, render in (
        ("search", render_search),
        ("about", render_about),
        ("download", render_download),
    ):
        blueprint.add_url_rule(f"/{name}", name, render)
    return blueprint


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


def _view(
    render: Callable[[ListDescription[Any]], ResponseReturnValue], description: ListDescription[Any]
) -> Callable[[], ResponseReturnValue]:
    return lambda: render(description)
