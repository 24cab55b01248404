"""Finding an organization of the network by name and setting it in the middle of the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from graph.views.search import Match, Rank
from webapp.map.view import MapView, read_map_view
from webapp.map.words import node_key
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import Piece, kind_and_country, piece

__all__ = ["find_blueprint", "matches"]

MOST_NAMES, MOST_CHOICES = 12, 50


def find_blueprint() -> Blueprint:
    """Routes ``/map/names.json`` for the field that completes and ``/map/find`` for its form without script."""
    blueprint = Blueprint("map_find", __name__)
    blueprint.add_url_rule("/map/names.json", "map_names", names_json)
    blueprint.add_url_rule("/map/find", "map_find", find_page)
    return blueprint


def matches(visit: Visit, text: str) -> list[Match]:
    """Find organizations of the network by name, best first, municipalities among the others."""
    network, found = visit.facts.network, visit.facts.search.find(text)
    both = (*found.get("organizations", ()), *found.get("municipalities", ()))
    return sorted((match for match in both if match.record.iri in network), key=lambda match: (match.rank, -match.ties))


def names_json() -> Response:
    """Send at most 12 names that fit ``q``: `key`, `name`, its language if it is another one, `place`."""
    return jsonify(
        names=[_choice(this_visit(), match) for match in matches(this_visit(), request.args.get("q", ""))[:MOST_NAMES]]
    )


def find_page() -> ResponseReturnValue:
    """Set the one organization that fits ``find`` in the middle, or let the reader choose among several."""
    view, asked = read_map_view(this_visit()), " ".join(request.args.get("find", "").split())[:200]
    found = matches(this_visit(), asked)
    exact = [match for match in found if match.rank is Rank.EXACT]
    if len(only := exact if len(exact) == 1 else found) == 1:
        return redirect(_around(this_visit(), view, only[0].record.iri), 303)
    choices = [
        (_link(this_visit(), view, match.record.iri), kind_and_country(this_visit(), match.record.iri))
        for match in found[:MOST_CHOICES]
    ]
    missing = _(
        "No organization of the network has “%(text)s” in its name."
        " Try a part of it, or the name in the language of the place.",
        text=asked,
    )
    words = {"asked": asked, "missing": missing}
    return render_template("map_find.html", choices=choices, total=len(found), view=view, **words)


def _choice(visit: Visit, match: Match) -> dict[str, Any]:
    name = piece(visit, match.record.iri)
    return {
        "key": node_key(visit, match.record.iri),
        "name": name.text,
        "lang": name.lang,
        "place": kind_and_country(visit, match.record.iri),
    }


def _link(visit: Visit, view: MapView, iri: str) -> Piece:
    name = piece(visit, iri)
    return Piece(name.text, name.lang, _around(visit, view, iri))


def _around(visit: Visit, view: MapView, iri: str) -> str:
    return view.address(focus="" if iri == visit.library.home else node_key(visit, iri), sel="")
