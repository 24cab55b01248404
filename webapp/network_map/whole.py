"""The whole network, or what a view of it leaves, for the renderer of thousands of nodes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import networkx as nx
from flask import Blueprint, Response, jsonify

from graph.folding import czech_order, fold
from graph.shapes import shape
from graph.ties import Tie, tie_key
from webapp.language import language, ngettext
from webapp.network_map.caption import caption
from webapp.network_map.scene import Scene, scene
from webapp.network_map.view import read_map_view
from webapp.network_map.words import node_key
from webapp.record.names import name_of
from webapp.site import Site, site

__all__ = ["whole_blueprint"]

HOME_PX, LEAST_PX, MOST_PX = 15.0, 3.0, 10.0


def whole_blueprint() -> Blueprint:
    """Make the route ``/map/whole.json``."""
    blueprint = Blueprint("map_whole", __name__)
    blueprint.add_url_rule("/map/whole.json", "map_whole", whole_json)
    return blueprint


def whole_json() -> Response:
    """Send all organizations and ties of a view, each at its place in the whole network, in Czech order."""
    view = read_map_view()
    found = scene(view.view)
    nodes = sorted(_nodes(found), key=lambda node: czech_order(node["label"]))
    words = " ".join(caption(found, view))
    return jsonify(caption=words, nodes=nodes, edges=[_edge(tie) for tie in found.shown.ties])


def _nodes(found: Scene) -> list[dict[str, Any]]:
    partners: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for tie in found.shown.ties:
        for iri in (tie.start, tie.end):
            partners[iri] += 1
            records[iri] += tie.weight
    return [_node(iri, partners[iri]) | _words(iri, records[iri]) for iri in found.shown.distance]


def _node(iri: str, partners: int) -> dict[str, Any]:
    home, node, (x, y) = iri == site().library.home, site().network.nodes[iri], _places(site())[iri]
    size = HOME_PX if home else round(min(MOST_PX, LEAST_PX + math.sqrt(partners) / 2), 1)
    group = "home" if home else node["group"]
    return {"id": node_key(iri), "x": x, "y": y, "size": size, "group": group, "figure": shape(node["kind"])}


def _words(iri: str, records: int) -> dict[str, Any]:
    """Name, its language if it is another one, the name as one types it, country and relationships."""
    name, lang = name_of(site().library, iri)
    country = site().library.organizations[iri].country
    return {
        "label": name,
        **({"lang": lang} if lang else {}),
        "folded": fold(name),
        "place": site().library.name(country, language())[0] if country else "",
        "count": ngettext("%(num)s relationship", "%(num)s relationships", records),
        "records": records,
    }


def _edge(tie: Tie) -> dict[str, Any]:
    start, end = node_key(tie.start), node_key(tie.end)
    return {"id": tie_key(start, end), "from": start, "to": end, "form": str(tie.form), "records": tie.weight}


@lru_cache(maxsize=4)
def _places(served: Site) -> Mapping[str, tuple[float, float]]:
    """Places of all organizations, made once for an edition; seeded, so that they are the same in each run."""
    links = nx.Graph()
    links.add_nodes_from(sorted(served.network))
    links.add_edges_from(sorted({(min(u, v), max(u, v)) for u, v in served.network.edges()}))
    found = nx.spring_layout(links, seed=1, iterations=60, scale=1000.0)
    return {iri: (round(float(x), 1), round(float(y), 1)) for iri, (x, y) in found.items()}
