"""The picture as data: pyvis builds nodes and edges, and nothing but these is read back from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import networkx as nx
from pyvis.network import Network

from graph.iris import Iris
from graph.networks.difference import Change
from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.shapes import shape
from graph.networks.ties import Tie, tie_key
from graph.pictures.labels import Label
from graph.pictures.layout import Layout, NodePlace
from graph.pictures.sizes import group_line_px, group_px, line_px, node_px
from graph.records.reading import Form

__all__ = ["draw", "read_back"]

VIS_SHAPES = {"circle": "dot"}
LABEL_GAP_PX = 5
DASHES = {Form.HELD: False, Form.OPEN: [1.5, 5], Form.ENDED: [7, 5]}
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"physics": False},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": False}}},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        # Without autoFocus false the page jumps to the whole canvas as soon as the mouse moves over a part of it.
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
}


def draw(
    network: nx.MultiDiGraph, shown: Neighbourhood, labels: Mapping[str, Label], layout: Layout, iris: Iris,
    changes: Mapping[str, Change] = MappingProxyType({}),
    groups: Mapping[str, OrganizationGroup] = MappingProxyType({}),
) -> Network:  # fmt: skip
    """Draw a neighbourhood with pyvis.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Its nodes carry `kind`, `country` and `group`.
    shown : Neighbourhood
        What is drawn, as far as `layout` has a place for it.
    labels : mapping
        Label of each organization that carries one, by IRI.
    changes : mapping
        How nodes and edges, by their ids, stand to another day; only where a view compares two.
    groups : mapping
        The nodes that are groups, by IRI, see `graph.networks.grouping`.

    Returns
    -------
    pyvis.network.Network
        Directed, without physics and titles. Node ids are row ids; edge ids are those of their ends,
        see `tie_key`. Beside what vis-network reads, a node has `lines`, `code`, `side`, `key` and
        `figure` (name of the shape), an edge `form`, `across` and `records`, and both `change` if one is given.
        A group has `is_group`, the `count` and the ids of its `members`, and the `gap` to its label.

    Notes
    -----
    Directed, because pyvis compares each new edge of an undirected network with all others; nothing
    of its own page is used, which prints ids as markup and loads from foreign servers.
    """
    picture = Network(directed=True, height=f"{layout.height:g}px", width=f"{layout.width:g}px")
    for iri, place in layout.places.items():
        figure = "home" if iri == shown.focus else shape(network.nodes[iri]["kind"])
        node = _node(network.nodes.get(iri, {}), figure, labels.get(iri), place)
        picture.add_node(iris.key(iri), **(node | _group(groups[iri], iris) if iri in groups else node))
    for tie in shown.ties:
        if tie.start in layout.places and tie.end in layout.places:
            start, end = iris.key(tie.start), iris.key(tie.end)
            picture.add_edge(
                start, end, id=tie_key(start, end), **_edge(tie, across=not shown.leads(tie), groups=groups)
            )
    for part in (*picture.nodes, *picture.edges):
        if part["id"] in changes:
            part["change"] = str(changes[part["id"]])
    picture.set_options(json.dumps(OPTIONS))
    return picture


def read_back(picture: Network) -> dict[str, Any]:
    """Nodes, edges and options of a picture as pyvis holds them, and its `width` and `height` in pixels."""
    nodes, edges, _, height, width, options = picture.get_network_data()
    size = {"width": float(width.removesuffix("px")), "height": float(height.removesuffix("px"))}
    return {"nodes": nodes, "edges": edges, "options": json.loads(options), **size}


def _node(node: Mapping[str, str], figure: str, label: Label | None, place: NodePlace) -> dict[str, Any]:
    lines = list(label.lines) if label else []
    return {
        "label": "\n".join(lines) or " ",
        "x": place.x,
        "y": place.y,
        "physics": False,
        "shape": VIS_SHAPES.get(figure, "dot" if figure == "home" else figure),
        "size": node_px(figure, key=bool(label and label.key)),
        "group": figure if figure == "home" else node["group"],
        "figure": figure,
        "lines": lines,
        "code": label.code if label else "",
        "side": place.side,
        "key": bool(label and label.key),
    }


def _group(group: OrganizationGroup, iris: Iris) -> dict[str, Any]:
    """Give what a group has beside a node, and in place of it; of several shapes it is a circle."""
    figure, size = group.shape or "circle", group_px(len(group.members))
    return {
        "shape": VIS_SHAPES.get(figure, figure),
        "figure": figure,
        "size": size,
        "gap": round(size + LABEL_GAP_PX, 1),
        "is_group": True,
        "count": len(group.members),
        "members": [iris.key(iri) for iri in group.members],
    }


def _edge(tie: Tie, groups: Mapping[str, OrganizationGroup], *, across: bool) -> dict[str, Any]:
    of_group = tie.start in groups or tie.end in groups
    return {
        "width": group_line_px(tie.weight) if of_group else line_px(tie.weight, across=across),
        "dashes": DASHES[tie.form],
        "arrows": "",
        "form": str(tie.form),
        "across": across,
        "records": tie.weight,
    }
