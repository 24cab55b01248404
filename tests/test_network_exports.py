"""GraphML and GEXF: what others read is what the network holds."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from graph.networks.network_exports import write_gexf, write_graphml
from graph.networks.network_files import COLOURS, Spell, merged
from graph.pictures.picture_file import read_colours
from tests.conftest import ROOT
from tests.networks import make_network, org, relation

NODES = {"home": ("region", "CZ"), "land": ("", "DE"), "club": ("association", "SK")}
EDGES = [
    ("home", "land", "Agreement", "a1", "2003"),
    ("home", "land", "Project", "p1", ""),
    ("home", "club", "Agreement", "a1", "2003"),
]
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
LOOKS = ("size", "color", "r", "g", "b", "x", "y", "shape_type")


class Library:
    def name(self, iri: str, language: str) -> tuple[str, str]:
        return f"Name \x00\x1f<of> {iri.rpartition('/')[2]}", language

    def code(self, iri: str) -> str:
        return iri.rpartition("/")[2]


LIBRARY: Any = Library()


@pytest.fixture
def network() -> nx.MultiDiGraph:
    network = make_network(NODES, EDGES)
    for start, end, key in list(network.edges(keys=True)):
        if key == relation("relations", "a1"):
            network.edges[start, end, key].update(
                until="2013-02", evidence=("https://a", "https://b"), kind="kinds/twinning"
            )
    return network


def test_graphml_is_read_back(network: nx.MultiDiGraph) -> None:
    found = nx.read_graphml(io.BytesIO(write_graphml(network, LIBRARY)), force_multigraph=True)
    nodes = {iri: {name: data[name] for name in data if name not in LOOKS} for iri, data in found.nodes(data=True)}
    assert nodes == {
        org("club"): {"label": "Name <of> club", "kind": "association", "country": "SK", "group": "c2"},
        org("home"): {"label": "Name <of> home", "kind": "region", "country": "CZ", "group": "c0"},
        org("land"): {"label": "Name <of> land", "country": "DE", "group": "c1"},
    }
    assert found.nodes[org("land")]["color"] == COLOURS["c1"]
    facts = {data["relationship"]: data for *ends, data in found.edges(data=True) if org("land") in ends}
    assert facts[relation("relations", "a1")] == {
        "label": "Name <of> a1", "relationship": relation("relations", "a1"), "ground": "Agreement",
        "kind": "twinning", "since": "2003", "until": "2013-02", "start": "2003-01-01", "end": "2013-02-28",
        "directed": False, "sources": "https://a https://b",
    }  # fmt: skip
    assert "since" not in facts[relation("relations", "p1")] and "start" not in facts[relation("relations", "p1")]


def test_gexf_is_read_back_with_spells(network: nx.MultiDiGraph) -> None:
    content = write_gexf(network, LIBRARY)
    found = nx.read_gexf(io.BytesIO(content))
    assert not found.is_directed()
    assert (found.number_of_nodes(), found.number_of_edges()) == (3, 3)
    root = ET.fromstring(content)
    edges = {edge.get("id"): edge for edge in root.iter(f"{GEXF}edge")}
    spells = {key: [spell.attrib for spell in edge.iter(f"{GEXF}spell")] for key, edge in edges.items()}
    dated = [{"start": "2003-01-01", "end": "2013-02-28"}]
    assert spells == {"e0": dated, "e1": dated, "e2": []}
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")


def test_directed_edges_say_so_and_parallel_ones_are_of_numbered_kinds(network: nx.MultiDiGraph) -> None:
    facts = network.edges[org("home"), org("land"), relation("relations", "a1")]
    network.add_edge(org("land"), org("home"), key="b", **facts)
    network.add_edge(org("home"), org("land"), key="c", **{**facts, "ground": "Relation", "directed": True})
    content = write_gexf(network, LIBRARY)
    root = ET.fromstring(content)
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and graph.get("defaultedgetype") == "undirected"
    assert {edge.get("type") for edge in root.iter(f"{GEXF}edge")} == {None}
    kinds = sorted(edge.get("kind", "") for edge in root.iter(f"{GEXF}edge"))
    assert kinds == ["Agreement", "Agreement", "Agreement 2", "Project", "Relation"]
    read = nx.read_gexf(io.BytesIO(content))
    assert [(start, end) for start, end, is_so in read.edges(data="directed") if is_so] == [(org("home"), org("land"))]
    assert read.number_of_edges() == 5


def test_nodes_have_places_and_colours(network: nx.MultiDiGraph) -> None:
    places = {org("home"): (0.0, 0.0), org("land"): (24.0, -48.0)}
    root = ET.fromstring(write_gexf(network, LIBRARY, places=places))
    nodes = {node.get("id"): node for node in root.iter(f"{GEXF}node")}
    where = {iri: place.attrib for iri, node in nodes.items() if (place := node.find(f"{VIZ}position")) is not None}
    assert where == {org("home"): {"x": "0", "y": "0", "z": "0"}, org("land"): {"x": "24", "y": "-48", "z": "0"}}
    colour = nodes[org("land")].find(f"{VIZ}color")
    assert colour is not None
    assert "#" + "".join(f"{int(colour.attrib[name]):02x}" for name in "rgb") == COLOURS["c1"]
    found = nx.read_graphml(io.BytesIO(write_graphml(network, LIBRARY, places=places)), force_multigraph=True)
    assert [float(found.nodes[org("land")][name]) for name in "xy"] == [24, 48]  # as yEd has it, y down


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([], []),
        ([(None, None)], []),
        ([("2001-01-01", "2001-12-31"), ("2002-01-01", "2002-06-30")], [("2001-01-01", "2002-06-30")]),
        ([("2001-01-01", "2001-12-31"), ("2002-01-02", None)], [("2001-01-01", "2001-12-31"), ("2002-01-02", None)]),
        ([(None, "2005-01-01"), ("2004-01-01", None)], []),
        ([("2003-01-01", None), ("2004-01-01", "2005-01-01")], [("2003-01-01", None)]),
        ([("2005-01-01", "2004-01-01")], []),
    ],
)
def test_spells_are_merged(spells: list[Spell], expected: list[Spell]) -> None:
    assert merged(spells) == expected


def test_colours_are_those_of_the_pages() -> None:
    light = read_colours((ROOT / "webapp" / "static" / "tokens.css").read_text(encoding="utf-8"))
    assert {name: light[name] for name in COLOURS} == COLOURS


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_same_bytes_without_the_day_of_writing(network: nx.MultiDiGraph, write: Any) -> None:
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    content = write(network, LIBRARY)
    assert write(turned, LIBRARY) == content
    assert b"lastmodifieddate" not in content and b"None" not in content


def test_the_network_itself_is_not_changed(network: nx.MultiDiGraph) -> None:
    before = SimpleNamespace(nodes=dict(network.nodes(data=True)), edges=list(network.edges(keys=True, data=True)))
    write_gexf(network, LIBRARY)
    assert (dict(network.nodes(data=True)), list(network.edges(keys=True, data=True))) == (before.nodes, before.edges)
