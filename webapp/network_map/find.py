"""Finding an organization of the network by name and setting it in the middle of the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.language import _
from webapp.network_map.view import MapView, read_map_view
from webapp.network_map.words import node_key
from webapp.record.parts import Piece, kind_and_country, piece
from webapp.search import Match, Rank
from webapp.search_page import search_index
from webapp.site import site

__all__ = ["find_blueprint", "matches"]

MOST_NAMES, MOST_CHOICES = 12, 50


def find_blueprint() -> Blueprint:
    """Routes ``/map/names.json`` for the field that completes and ``/map/find`` for its form without script."""
    blueprint = Blueprint("map_find", __name__)
    blueprint.add_url_rule("/map/names.json", "map_names", names_json)
    blueprint.add_url_rule("/map/find", "map_find", find_page)
    return blueprint


def matches(text: str) -> list[Match]:
    """Find organizations of the network by name, best first, municipalities among the others."""
    network, found = site().network, search_index(site()).find(text)
    both = (*found.get("organizations", ()), *found.get("municipalities", ()))
    return sorted((match for match in both if match.record.iri in network), key=lambda match: (match.rank, -match.ties))


def names_json() -> Response:
    """Send at most 12 names that fit ``q``: `key`, `name`, its language if it is another one, `place`."""
    return jsonify(names=[_choice(match) for match in matches(request.args.get("q", ""))[:MOST_NAMES]])


def find_page() -> ResponseReturnValue:
    """Set the one organization that fits ``find`` in the middle, or let the reader choose among several."""
    view, asked = read_map_view(), " ".join(request.args.get("find", "").split())[:200]
    found = matches(asked)
    exact = [match for match in found if match.rank is Rank.EXACT]
    if len(only := exact if len(exact) == 1 else found) == 1:
        return redirect(_around(view, only[0].record.iri), 303)
    choices = [(_link(view, match.record.iri), kind_and_country(match.record.iri)) for match in found[:MOST_CHOICES]]
    missing = _(
        "No organization of the network has “%(text)s” in its name."
        " Try a part of it, or the name in the language of the place.",
        text=asked,
    )
    words = {"asked": asked, "missing": missing}
    return render_template("map_find.html", choices=choices, total=len(found), view=view, **words)


def _choice(match: Match) -> dict[str, Any]:
    name = piece(match.record.iri)
    return {
        "key": node_key(match.record.iri),
        "name": name.text,
        "lang": name.lang,
        "place": kind_and_country(match.record.iri),
    }


def _link(view: MapView, iri: str) -> Piece:
    name = piece(iri)
    return Piece(name.text, name.lang, _around(view, iri))


def _around(view: MapView, iri: str) -> str:
    return view.address(focus="" if iri == site().library.home else node_key(iri), sel="")
