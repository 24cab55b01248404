"""The whole network as data for a renderer that draws thousands of nodes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from graph.iris import Iris
from graph.networks.positions import Positions
from graph.networks.shapes import shape
from graph.networks.ties import Tie, tie_key

__all__ = ["draw_whole"]

HOME_PX, LEAST_PX, MOST_PX = 15.0, 3.0, 10.0


def draw_whole(
    network: nx.MultiDiGraph, ties: Iterable[Tie], positions: Positions, names: Mapping[str, str], iris: Iris, home: str
) -> dict[str, Any]:
    """Draw all organizations that have a tie, each at its place in the whole network.

    Parameters
    ----------
    ties : iterable of Tie
        What is drawn, of any grounds and forms.
    names : mapping
        Label of each organization by IRI; the end of its IRI where there is none.

    Returns
    -------
    dict
        `nodes` and `edges` under the names that `graph.pictures.drawing.read_back` uses as well. A node has `id`,
        `label`, `x` and `y` in pixels from the home region (y down: renderers with y up turn it), `size` (radius in
        pixels, by number of partners drawn, less than half of a cell, so that no two overlap), `group` ("home" or a
        country group), `figure`, `kind` and `country`; an edge has `id`, `from`, `to`, `form` and `records`.

    Notes
    -----
    Takes time in proportion to nodes and edges.
    """
    keys: dict[str, str] = {}
    partners: dict[str, int] = {}
    edges = []
    for tie in ties:
        for iri in (tie.start, tie.end):
            partners[iri] = partners.get(iri, 0) + 1
            if iri not in keys:
                keys[iri] = iris.key(iri)
        start, end = keys[tie.start], keys[tie.end]
        edges.append(
            {"id": tie_key(start, end), "from": start, "to": end, "form": str(tie.form), "records": tie.weight}
        )
    nodes = [_node(iri, keys[iri], network.nodes[iri], partners[iri], positions, names, home) for iri in sorted(keys)]
    return {"nodes": nodes, "edges": edges}


def _node(
    iri: str,
    key: str,
    data: Mapping[str, Any],
    partners: int,
    positions: Positions,
    names: Mapping[str, str],
    home: str,
) -> dict[str, Any]:
    x, y = positions.point(iri)
    at_home = iri == home
    return {
        "id": key,
        "label": names.get(iri, key),
        "x": x,
        "y": y,
        "size": HOME_PX if at_home else round(min(MOST_PX, LEAST_PX + math.sqrt(partners) / 2), 1),
        "group": "home" if at_home else data["group"],
        "figure": "home" if at_home else shape(data["kind"]),
        "kind": data["kind"],
        "country": data["country"],
    }
