"""Measures of known small networks, and their time on the real one."""

from __future__ import annotations

import time

from graph.iris import Iris
from graph.library import read_library
from graph.measures import Measures, measure
from graph.network import build_network
from tests.conftest import Built
from tests.networks import make_network, org

NODES = dict.fromkeys(("a", "b", "c", "d", "x", "y"), ("municipality", "CZ"))


def test_path_of_four_and_a_pair() -> None:
    # a - b - c - d, with two relationships between b and c; x - y apart; n = 6, (n - 1)(n - 2) / 2 = 10
    edges = [
        ("a", "b", "Agreement", "1", ""),
        ("b", "c", "Agreement", "2", ""),
        ("c", "b", "Project", "3", ""),
        ("c", "d", "Relation", "4", ""),
        ("x", "y", "Relation", "5", ""),
    ]
    assert measure(make_network(NODES, edges)) == {
        org("a"): Measures(1, 1, 0.0, 1, False),
        org("b"): Measures(2, 3, 0.2, 1, True),  # between a and c, a and d
        org("c"): Measures(2, 3, 0.2, 1, True),
        org("d"): Measures(1, 1, 0.0, 1, False),
        org("x"): Measures(1, 1, 0.0, 2, False),
        org("y"): Measures(1, 1, 0.0, 2, False),
    }


def test_triangle_has_no_single_contact() -> None:
    edges = [("a", "b", "Project", "1", ""), ("b", "c", "Project", "1", ""), ("a", "c", "Project", "1", "")]
    found = measure(make_network({key: NODES[key] for key in "abc"}, edges))
    assert {(m.partners, m.betweenness, m.is_single_contact) for m in found.values()} == {(2, 0.0, False)}


def test_star_has_all_paths_in_its_middle() -> None:
    found = measure(make_network(NODES, [("a", key, "Agreement", key, "") for key in ("b", "c", "d", "x", "y")]))
    assert found[org("a")] == Measures(5, 5, 1.0, 1, True)


def test_empty_network() -> None:
    assert measure(make_network({}, [])) == {}


def test_real_network_is_measured_in_two_seconds(real: Built) -> None:
    library = read_library(real.store, Iris(real.settings.base), real.settings.home)
    network = build_network(real.store, library)
    start = time.process_time()
    found = measure(network)
    assert time.process_time() - start < 2
    assert found.keys() == set(network.nodes)
    assert all(0 <= m.betweenness <= 1 and 0 < m.partners <= m.relationships for m in found.values())
