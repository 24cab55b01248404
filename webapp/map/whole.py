"""The whole network, or what a view of it leaves, for the renderer of thousands of nodes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, jsonify

from graph.folding import czech_order, fold
from webapp.map.caption import caption
from webapp.map.scene import Scene, scene
from webapp.map.view import read_map_view
from webapp.request.language import ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.names import name_of

__all__ = ["whole_blueprint"]


def whole_blueprint() -> Blueprint:
    """Make the route ``/map/whole.json``."""
    blueprint = Blueprint("map_whole", __name__)
    blueprint.add_url_rule("/map/whole.json", "map_whole", whole_json)
    return blueprint


def whole_json() -> Response:
    """Send all organizations and ties of a view, each at its place in the whole network, in Czech order."""
    view = read_map_view(this_visit())
    found = scene(this_visit(), view.view)
    drawn = _drawn(this_visit(), found)
    return jsonify(caption=" ".join(caption(this_visit(), found, view)), **drawn)


def _drawn(visit: Visit, found: Scene) -> dict[str, Any]:
    """Draw with `graph.networks.whole.draw_whole`, and say of each node what the list beside the picture says."""
    # Not at the top: numpy takes long to import, and no start waits for the first map.
    from graph.networks.whole import draw_whole

    served, ties = visit.facts, found.shown.ties
    names = {iri: name_of(visit, served.library, iri)[0] for iri in found.shown.distance}
    home, positions = served.library.home, served.edition_network.positions
    drawn = draw_whole(served.network, ties, positions, names, served.iris, home)
    records: Counter[str] = Counter()
    for tie in ties:
        records.update({tie.start: tie.weight, tie.end: tie.weight})
    iris = {node["id"]: served.iris.resource("organizations", node["id"]) for node in drawn["nodes"]}
    nodes = [node | _words(visit, iris[node["id"]], records[iris[node["id"]]]) for node in drawn["nodes"]]
    return drawn | {"nodes": sorted(nodes, key=lambda node: czech_order(node["label"]))}


def _words(visit: Visit, iri: str, records: int) -> dict[str, Any]:
    """Language of the name if it is another one, the name as one types it, country and relationships."""
    name, lang = name_of(visit, visit.library, iri)
    country = visit.library.organizations[iri].country
    return {
        **({"lang": lang} if lang else {}),
        "folded": fold(name),
        "place": visit.library.name(country, visit.language)[0] if country else "",
        "count": ngettext("%(num)s relationship", "%(num)s relationships", records),
        "records": records,
    }
