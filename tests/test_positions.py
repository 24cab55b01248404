"""Positions in the whole network: no two in one place, each in its sector, and who has one keeps it."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest

from graph.networks.positions import CELL_PX, Positions, place_network
from graph.networks.simple_network import simplify
from tests.networks import make_network, org, star

HOME = org("home")


def placed(network: nx.MultiDiGraph) -> Positions:
    return place_network(network, HOME)


def without(network: nx.MultiDiGraph, *keys: str) -> nx.MultiDiGraph:
    part = network.copy()
    part.remove_nodes_from([org(key) for key in keys])
    return part


def test_parallel_and_directed_relationships_are_one_edge() -> None:
    nodes = dict.fromkeys("abc", ("region", "CZ"))
    simple = simplify(make_network(nodes, [("a", "b", "Agreement", "1", ""), ("b", "a", "Project", "2", "")]))
    assert simple.iris == (org("a"), org("b"), org("c"))
    assert (simple.pairs.tolist(), simple.weights.tolist()) == ([[0, 1]], [2.0])
    assert (simple.degrees.tolist(), simple.strengths.tolist()) == ([1, 1, 0], [2, 2, 0])


@pytest.mark.parametrize("count", [0, 1, 300])
def test_each_has_a_cell_of_its_own_and_home_the_middle(count: int) -> None:
    positions = placed(star(count))
    assert len(positions.cells) == len(set(positions.cells.values())) == count + 1
    assert positions.point(HOME) == (0.0, 0.0)


def test_each_stands_in_the_sector_of_its_group() -> None:
    network = star(120)
    positions = placed(network)
    directions = [positions.direction(iri, network.nodes[iri]["group"]) for iri in network if iri != HOME]
    inside = [direction for direction in directions if 0 < direction < 1]
    assert len(inside) >= 110  # a cell is not divided where a border passes through it
    assert positions.direction(org("unknown"), "c1") == 0.5


@pytest.mark.parametrize("new", [("partner-000",), ("partner-017", "partner-018", "partner-099")])
def test_old_ones_stay_and_new_ones_come_near_their_partners(new: tuple[str, ...]) -> None:
    network = star(120)
    before = placed(without(network, *new))
    after = place_network(network, HOME, before)
    assert {iri: after.cells[iri] for iri in before.cells} == before.cells
    assert after.sectors == before.sectors
    assert after.cells.keys() == set(network) and len(set(after.cells.values())) == 121


def test_a_new_one_stands_beside_the_partner_that_it_has() -> None:
    nodes = {f"n{i}": ("region", "DE") for i in range(50)} | {"home": ("region", "CZ")}
    ties = [("home", f"n{i}", "Agreement", f"{i}", "") for i in range(49)] + [("n7", "n49", "Project", "p", "")]
    network = make_network(nodes, ties)
    after = place_network(network, HOME, placed(without(network, "n49")))
    (x, y), (u, v) = after.point(org("n7")), after.point(org("n49"))
    assert abs(x - u) + abs(y - v) <= 4 * CELL_PX


def test_who_goes_leaves_the_others_where_they_are() -> None:
    network = star(60)
    before = placed(network)
    after = place_network(without(network, "partner-010", "partner-031"), HOME, before)
    gone = {org("partner-010"), org("partner-031")}
    assert after.cells == {iri: cell for iri, cell in before.cells.items() if iri not in gone}


def test_a_country_group_that_is_new_places_all_afresh() -> None:
    network = star(7)
    old = placed(without(network, "partner-006"))
    assert "c6" not in old.sectors
    assert place_network(network, HOME, old) == placed(network)


SCRIPT = """
from tests.test_positions import HOME, place_network, star
positions = place_network(star(150), HOME)
print(sorted(positions.cells.items()), sorted(positions.sectors.items()))
"""


@pytest.mark.server
def test_same_positions_whatever_the_hash_seed() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] and found[0].count(b"partner-") == 150
