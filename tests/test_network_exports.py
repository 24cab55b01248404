"""GraphML and GEXF: what others read is what the network holds."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from graph.networks.network_exports import write_gexf, write_graphml
from tests.networks import make_network, org, relation

NODES = {"home": ("region", "CZ"), "land": ("", "DE"), "club": ("association", "SK")}
EDGES = [
    ("home", "land", "Agreement", "a1", "2003"),
    ("home", "land", "Project", "p1", ""),
    ("home", "club", "Agreement", "a1", "2003"),
]
GEXF = "{http://www.gexf.net/1.2draft}"


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
    assert dict(found.nodes(data=True)) == {
        org("club"): {"label": "Name <of> club", "kind": "association", "country": "SK", "group": "c2"},
        org("home"): {"label": "Name <of> home", "kind": "region", "country": "CZ", "group": "c0"},
        org("land"): {"label": "Name <of> land", "country": "DE", "group": "c1"},
    }
    facts = {data["relationship"]: data for start, _, data in found.edges(data=True) if start == org("home")}
    assert facts[relation("relations", "a1")] == {
        "id": "e1", "label": "Name <of> a1", "relationship": relation("relations", "a1"), "ground": "Agreement",
        "kind": "twinning", "since": "2003", "until": "2013-02", "start": "2003-01-01", "end": "2013-02-28",
        "directed": False, "sources": "https://a https://b",
    }  # fmt: skip
    assert "since" not in facts[relation("relations", "p1")] and "start" not in facts[relation("relations", "p1")]


def test_gexf_is_read_back_with_spells(network: nx.MultiDiGraph) -> None:
    content = write_gexf(network, LIBRARY)
    found = nx.read_gexf(io.BytesIO(content))
    assert (found.number_of_nodes(), found.number_of_edges()) == (3, 3)
    root = ET.fromstring(content)
    edges = {edge.get("id"): edge for edge in root.iter(f"{GEXF}edge")}
    spells = {key: [spell.attrib for spell in edge.iter(f"{GEXF}spell")] for key, edge in edges.items()}
    dated = [{"start": "2003-01-01", "end": "2013-02-28"}]
    assert spells == {"e0": dated, "e1": dated, "e2": []}
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")


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
