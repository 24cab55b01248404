"""The whole network, or what a view of it leaves, for the renderer of thousands of nodes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, jsonify

from graph.folding import czech_order, fold
from webapp.language import language, ngettext
from webapp.network_map.caption import caption
from webapp.network_map.scene import Scene, scene
from webapp.network_map.view import read_map_view
from webapp.record.names import name_of
from webapp.site import site

__all__ = ["whole_blueprint"]


def whole_blueprint() -> Blueprint:
    """Make the route ``/map/whole.json``."""
    blueprint = Blueprint("map_whole", __name__)
    blueprint.add_url_rule("/map/whole.json", "map_whole", whole_json)
    return blueprint


def whole_json() -> Response:
    """Send all organizations and ties of a view, each at its place in the whole network, in Czech order."""
    view = read_map_view()
    found = scene(view.view)
    drawn = _drawn(found)
    return jsonify(caption=" ".join(caption(found, view)), **drawn)


def _drawn(found: Scene) -> dict[str, Any]:
    """Draw with `graph.networks.whole.draw_whole`, and say of each node what the list beside the picture says."""
    # Not at the top: numpy takes long to import, and no start waits for the first map.
    from graph.networks.whole import draw_whole

    served, ties = site(), found.shown.ties
    names = {iri: name_of(served.library, iri)[0] for iri in found.shown.distance}
    home, positions = served.library.home, served.edition_network.positions
    drawn = draw_whole(served.network, ties, positions, names, served.iris, home)
    records: Counter[str] = Counter()
    for tie in ties:
        records.update({tie.start: tie.weight, tie.end: tie.weight})
    iris = {node["id"]: served.iris.resource("organizations", node["id"]) for node in drawn["nodes"]}
    nodes = [node | _words(iris[node["id"]], records[iris[node["id"]]]) for node in drawn["nodes"]]
    return drawn | {"nodes": sorted(nodes, key=lambda node: czech_order(node["label"]))}


def _words(iri: str, records: int) -> dict[str, Any]:
    """Language of the name if it is another one, the name as one types it, country and relationships."""
    name, lang = name_of(site().library, iri)
    country = site().library.organizations[iri].country
    return {
        **({"lang": lang} if lang else {}),
        "folded": fold(name),
        "place": site().library.name(country, language())[0] if country else "",
        "count": ngettext("%(num)s relationship", "%(num)s relationships", records),
        "records": records,
    }
