"""Routes of the pages that people start from; search; and what machines ask first, health and version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from graph.folding import fold
from graph.records.records import Record
from graph.views.columns import ListDescription
from graph.views.lists import ALL_LISTS
from graph.views.search import Match
from webapp.home.home import render_home
from webapp.home.information import render_about, render_download
from webapp.listing.files import FILES
from webapp.listing.page import render_list
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import details_of
from webapp.words.parts import Piece, piece

__all__ = ["pages_blueprint", "service_blueprint"]

SHOWN = 10  # results of a type before all of them are asked for


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


@dataclass(frozen=True)
class Hit:
    """A result: name with link, what it is, and the name in another language that was met, if not the shown one."""

    name: Piece
    details: tuple[str, ...]
    met: Piece | None


@dataclass(frozen=True)
class ResultGroup:
    """Results of one type, the first of them or all."""

    name: str
    title: str
    total: int
    hits: Sequence[Hit]


def render_search() -> str:
    """Render ``/search?q=``; ``type=`` shows all results of one type."""
    visit = this_visit()
    asked = " ".join(request.args.get("q", "").split())[:200]
    chosen = request.args.get("type", "")
    by_group = visit.facts.search.find(asked) if asked else {}
    is_chosen = chosen in by_group
    groups = [
        ResultGroup(
            name, _title(name), len(matches), [_hit(visit, m, asked) for m in matches[: None if is_chosen else SHOWN]]
        )
        for name, matches in by_group.items()
        if name == chosen or not is_chosen
    ]
    total = sum(map(len, by_group.values()))
    return render_template("search.html", asked=asked, groups=groups, total=total, chosen=chosen if is_chosen else "")


def _title(group: str) -> str:
    titles = {
        "organizations": _("Organizations"),
        "municipalities": _("Municipalities"),
        "agreements": _("Agreements"),
        "projects": _("Projects"),
        "activities": _("Events"),
        "documents": _("Documents"),
        "sources": _("Sources"),
    }
    return titles[group]


def _hit(visit: Visit, match: Match, asked: str) -> Hit:
    record = match.record
    shown = piece(visit, record.iri)
    return Hit(shown, tuple(filter(None, details_of(visit, record, match.ties))), _met(record, shown.text, fold(asked)))


def _met(record: Record, shown: str, asked: str) -> Piece | None:
    if any(word in fold(shown) for word in asked.split()):
        return None
    names = [(text, tag) for tag, text in record.names.items()] + [record.local]
    return next((Piece(text, tag) for text, tag in names if asked in fold(text)), None)
