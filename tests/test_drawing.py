"""The drawing is what pyvis holds, and holds nothing of pyvis's own page."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network

from graph.networks.neighbourhood import View, neighbourhood
from graph.networks.ties import collapse, tie_key
from graph.pictures.drawing import draw, read_back
from graph.pictures.labels import make_label
from graph.pictures.layout import lay_out
from graph.records.reading import Form
from tests.networks import GROUPS, IRIS, make_network, org, relation

NODES = {
    "home": ("region", "CZ"), "land": ("region", "DE"), "town": ("municipality", "DE"), "office": ("embassy", "RS"),
    "egtc": ("egtc", "SK"), "school": ("school", "UA"),
}  # fmt: skip
EDGES = [
    ("home", "land", "Agreement", "a1", "2003"),
    ("home", "land", "Agreement", "a2", "2004"),
    ("home", "town", "Project", "p1", ""),
    ("home", "office", "Relation", "r1", ""),
    ("home", "egtc", "Membership", "m1", ""),
    ("home", "school", "Project", "p2", ""),
    ("land", "town", "Project", "p3", ""),
]


def drawn() -> tuple[nx.MultiDiGraph, Network]:
    network = make_network(NODES, EDGES)
    forms = {relation("relations", key): Form.HELD for *_, key, _ in EDGES}
    forms |= {relation("relations", "p1"): Form.ENDED, relation("relations", "r1"): Form.OPEN}
    shown = neighbourhood(network, collapse(network, forms), View(org("home"), groups=frozenset(GROUPS.values())))
    labels = {iri: make_label(iri.rpartition("/")[2], "XX", key=iri == org("land")) for iri in shown.distance}
    groups = {iri: network.nodes[iri]["group"] for iri in shown.partners}
    return network, draw(network, shown, labels, lay_out(shown, groups, labels, width=716.0), IRIS)


@pytest.fixture
def data() -> dict[str, Any]:
    return read_back(drawn()[1])


def test_nodes(data: dict[str, Any]) -> None:
    found = {node["id"]: (node["figure"], node["shape"], node["group"], node["size"]) for node in data["nodes"]}
    assert found == {
        "home": ("home", "dot", "home", 15),
        "land": ("square", "square", "c1", 8),
        "town": ("circle", "dot", "c1", 5.5),
        "office": ("triangle", "triangle", "c3", 5.5),
        "egtc": ("diamond", "diamond", "c2", 5.5),
        "school": ("hexagon", "hexagon", "c4", 5.5),
    }
    assert all(node["physics"] is False and "title" not in node for node in data["nodes"])


def test_edges(data: dict[str, Any]) -> None:
    found = {edge["id"]: (edge["width"], edge["dashes"], edge["form"], edge["across"]) for edge in data["edges"]}
    assert found == {
        "home~land": (2.6, False, "held", False),
        "home~town": (1.4, [7, 5], "ended", False),
        "home~office": (1.4, [1.5, 5], "open", False),
        "egtc~home": (1.4, False, "held", False),
        "home~school": (1.4, False, "held", False),
        "land~town": (1.0, False, "held", True),
    }
    assert all(tie_key(edge["from"], edge["to"]) == edge["id"] and edge["arrows"] == "" for edge in data["edges"])


def test_what_is_read_back_is_what_pyvis_holds() -> None:
    picture = drawn()[1]
    nodes, edges, _, height, width, options = picture.get_network_data()
    data = read_back(picture)
    assert (data["nodes"], data["edges"], data["options"]) == (nodes, edges, json.loads(options))
    assert (f"{data['width']:g}px", f"{data['height']:g}px") == (width, height)
    assert picture.directed and data["options"]["physics"] == {"enabled": False}


def test_drawing_is_plain_json(data: dict[str, Any]) -> None:
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize("pair", [("saxony", "home"), ("home", "saxony")])
def test_key_of_a_tie_has_no_direction(pair: tuple[str, str]) -> None:
    assert tie_key(*pair) == "home~saxony"
