"""Measures by hand, the same from both libraries, and their meanings."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.iris import Iris
from graph.networks.meanings import MEANINGS
from graph.networks.measures import SAMPLES, Measures, NetworkMeasures, measure, measure_network, reached_only_through
from graph.networks.network import build_network
from graph.networks.simple_network import simplify
from graph.networks.small_measures import blocks
from graph.records.library import read_library
from tests.conftest import Built
from tests.networks import make_network, org

NODES = dict.fromkeys(("a", "b", "c", "d", "x", "y"), ("municipality", "CZ"))
# a - b - c - d, with two relationships between b and c; x - y apart; n = 6, (n - 1)(n - 2) / 2 = 10
PATH_AND_PAIR = [
    ("a", "b", "Agreement", "1", ""),
    ("b", "c", "Agreement", "2", ""),
    ("c", "b", "Project", "3", ""),
    ("c", "d", "Relation", "4", ""),
    ("x", "y", "Relation", "5", ""),
]


def measured(edges: list[tuple[str, str, str, str, str]]) -> dict[str, Measures]:
    found = measure(make_network(NODES, edges))
    return {key: found[org(key)] for key in NODES}


def test_path_of_four_and_a_pair() -> None:
    found = measured(PATH_AND_PAIR)
    assert [(m.partners, m.relationships) for m in found.values()] == [(1, 1), (2, 3), (2, 3), (1, 1), (1, 1), (1, 1)]
    assert [m.betweenness for m in found.values()] == [0.0, 0.2, 0.2, 0.0, 0.0, 0.0]  # b: between a and c, a and d
    assert [m.component for m in found.values()] == [1, 1, 1, 1, 2, 2]
    assert [key for key, m in found.items() if m.is_single_contact] == ["b", "c"]
    assert (found["b"].reached_only, found["c"].reached_only) == ((org("a"),), (org("d"),))
    assert (found["a"].community, found["d"].community) == (found["b"].community, found["c"].community)
    assert found["x"].community == found["y"].community != found["a"].community


def test_page_rank_of_a_pair_is_its_share() -> None:
    # x = (1 - d) / 6 + d * y and y = x: each 1 / 6; b and c hold what a and d do not
    found = measured(PATH_AND_PAIR)
    assert (found["x"].page_rank, found["y"].page_rank) == (0.166667, 0.166667)
    a, b = found["a"].page_rank, found["b"].page_rank
    assert a == pytest.approx(0.15 / 6 + 0.85 * b / 3, abs=1e-5)
    assert b == pytest.approx(0.15 / 6 + 0.85 * (a + b * 2 / 3), abs=1e-5)  # c is as b


def test_triangle_has_no_single_contact() -> None:
    edges = [("a", "b", "Project", "1", ""), ("b", "c", "Project", "1", ""), ("a", "c", "Project", "1", "")]
    found = measure(make_network({key: NODES[key] for key in "abc"}, edges))
    assert {(m.partners, m.betweenness, m.is_single_contact, m.page_rank) for m in found.values()} == {
        (2, 0.0, False, 0.333333)
    }


def test_star_has_all_paths_in_its_middle() -> None:
    found = measured([("a", key, "Agreement", key, "") for key in ("b", "c", "d", "x", "y")])["a"]
    assert (found.partners, found.betweenness, found.is_single_contact) == (5, 1.0, True)
    assert found.reached_only == tuple(
        map(org, ("c", "d", "x", "y"))
    )  # of equal parts the first one counts as the rest


def test_empty_network() -> None:
    assert measure(make_network({}, [])) == {}


@settings(max_examples=40, deadline=None)
@given(edges=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=18))
def test_who_is_reached_only_through_one_is_cut_off_without_it(edges: list[tuple[int, int]]) -> None:
    network = nx.MultiDiGraph(edges)
    simple = simplify(network)
    graph = simple.as_networkx()
    found = reached_only_through(blocks(simple))
    assert found.keys() == set(nx.articulation_points(graph))
    for node, fallen in found.items():
        rest = graph.copy()
        rest.remove_node(node)
        parts = [part for part in nx.connected_components(rest) if any(graph.has_edge(node, n) for n in part)]
        largest = min(parts, key=lambda part: (-len(part), min(part)))
        assert fallen == sorted(set().union(*parts) - largest)


def powers(count: int) -> nx.MultiDiGraph:
    """Few nodes with many partners and many with few, in two pieces."""
    graph = nx.barabasi_albert_graph(count, 2, seed=3)
    edges = [(f"{i:04}", f"{j:04}") for i, j in graph.edges] + [("x", "y"), ("x", "y")]
    return nx.MultiDiGraph(edges)


def test_both_libraries_measure_the_same() -> None:
    network = powers(300)
    small, large = measure_network(network), measure_network(network, small_nodes=10)
    assert (small.samples, large.samples) == (0, 0)
    for iri, one in small.organizations.items():
        other = large.organizations[iri]
        assert (one.betweenness, one.page_rank) == pytest.approx((other.betweenness, other.page_rank), abs=2e-6)
        assert (one.partners, one.relationships, one.component) == (
            other.partners,
            other.relationships,
            other.component,
        )
        assert (one.reached_only, one.community) == (other.reached_only, other.community)


def test_betweenness_of_large_networks_is_estimated_and_says_so() -> None:
    network = powers(900)
    exact, estimated = (measure_network(network, small_nodes=10, exact_work=work) for work in (10_000_000, 1000))
    assert (exact.samples, estimated.samples) == (0, SAMPLES)
    by_value = sorted(exact.organizations, key=lambda iri: -exact.organizations[iri].betweenness)
    for iri in by_value[:20]:
        true, guess = exact.organizations[iri].betweenness, estimated.organizations[iri].betweenness
        assert guess == pytest.approx(true, rel=0.25)
    assert estimated == measure_network(network, small_nodes=10, exact_work=1000)


def test_estimate_from_all_nodes_is_exact() -> None:
    network = powers(200)
    one, other = measure_network(network), measure_network(network, small_nodes=10, exact_work=1)
    assert other.samples == 202
    for iri, found in one.organizations.items():
        assert other.organizations[iri].betweenness == pytest.approx(found.betweenness, abs=2e-6)


@pytest.fixture(scope="module")
def real_measures(real: Built) -> NetworkMeasures:
    library = read_library(real.store, Iris(real.settings.base), real.settings.home)
    return measure_network(build_network(real.store, library))


def test_real_network_has_values_in_their_ranges(real_measures: NetworkMeasures, real: Built) -> None:
    found = real_measures.organizations
    assert all(0 <= m.betweenness <= 1 and 0 < m.partners <= m.relationships for m in found.values())
    assert sum(m.page_rank for m in found.values()) == pytest.approx(1, abs=1e-3)
    assert all(bool(m.reached_only) == m.is_single_contact for m in found.values())
    assert max(found, key=lambda iri: found[iri].betweenness) == real.organization(real.settings.home)


def test_each_measure_has_its_meaning_in_both_languages() -> None:
    fields = set(Measures.__annotations__) - {"is_single_contact"}  # said by whom one reaches only through it
    assert {meaning.code for meaning in MEANINGS} == fields
    for meaning in MEANINGS:
        assert set(meaning.name) == set(meaning.meaning) == {"cs", "en"}
        assert meaning.formula and meaning.reference and meaning.least
        assert meaning.meaning["cs"] != meaning.meaning["en"]
