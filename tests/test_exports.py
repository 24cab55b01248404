"""Each export loads into another store as the same data, and says nothing else."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from xml.etree import ElementTree as ET

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from graph.editions.edition import Edition
from graph.files.dump_set import export
from graph.files.exports import EXPORTS
from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from tests.conftest import Built

pytestmark = pytest.mark.crawl
GEXF = "{http://gexf.net/1.3}"


@pytest.fixture(scope="module", params=["small", pytest.param("real", marks=pytest.mark.heavy)])
def built(request: pytest.FixtureRequest) -> Built:
    """Give the miniature, and with the heavy tests the published tables, which rdflib needs a minute to read."""
    given: Built = request.getfixturevalue(request.param)
    return given


@pytest.fixture(scope="module")
def edition(built: Built) -> Edition:
    return built.edition


@pytest.fixture(scope="module")
def network(built: Built) -> Callable[[], tuple[nx.MultiDiGraph, Library]]:
    library = read_library(built.store, Iris(built.settings.base), built.settings.home)
    drawn = build_network(built.store, library)
    return lambda: (drawn, library)


def quads(content: bytes, suffix: str) -> set[ox.Quad]:
    file_format = ox.RdfFormat.from_extension(suffix)
    assert file_format
    return set(ox.parse(content, format=file_format))


def test_trig_holds_the_same_quads(edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]) -> None:
    n_quads = quads(export(edition, "nq", network), "nq")
    assert len(n_quads) == edition.quads
    assert quads(export(edition, "trig", network), "trig") == n_quads


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_other_rdf_formats_hold_the_same_triples(
    suffix: str, edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]
) -> None:
    triples = {quad.triple for quad in quads(export(edition, "nq", network), "nq")}
    assert {quad.triple for quad in quads(export(edition, suffix, network), suffix)} == triples


def test_rdflib_reads_the_turtle(edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]) -> None:
    turtle = Graph().parse(data=export(edition, "ttl", network), format="turtle")
    dataset = Dataset(default_union=True)
    dataset.parse(data=export(edition, "nq", network), format="nquads")
    merged = Graph()
    for triple in dataset.triples((None, None, None)):
        merged.add(triple[:3])
    assert isomorphic(turtle, merged)


def test_graphml_holds_all_nodes_and_edges(
    built: Built, edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]
) -> None:
    drawn = network()[0]
    again = nx.read_graphml(io.BytesIO(export(edition, "graphml", network)), force_multigraph=True)
    assert (len(again), again.number_of_edges()) == (len(drawn), drawn.number_of_edges())
    home = built.organization(built.settings.home)
    assert again.nodes[home]["partners"] == len(set(nx.all_neighbors(drawn, home)))


def test_gexf_holds_all_nodes_and_edges(
    edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]
) -> None:
    drawn = network()[0]
    content = export(edition, "gexf", network)
    again = nx.read_gexf(io.BytesIO(content))
    assert set(again) == set(drawn)
    assert again.number_of_edges() == drawn.number_of_edges()
    # An undirected graph does not keep which end was the source: that is read from the file.
    directed = {edge["id"] for *_, edge in again.edges(data=True) if edge["directed"]}
    edges = Counter(
        (edge.get("source"), edge.get("target"), edge.get("id") in directed)
        for edge in ET.fromstring(content).iter(f"{GEXF}edge")
    )
    assert edges == Counter(drawn.edges(data="directed"))
    assert directed


def test_network_csv_has_a_line_for_each_edge(
    edition: Edition, network: Callable[[], tuple[nx.MultiDiGraph, Library]]
) -> None:
    lines = export(edition, "csv", network).decode().split("\r\n")
    assert len(lines) == network()[0].number_of_edges() + 2  # header and the end of the last line


def test_formats_are_those_of_the_documentation() -> None:
    assert " ".join(EXPORTS) == "nq trig ttl nt rdf jsonld csv graphml gexf geojson xlsx zip"
