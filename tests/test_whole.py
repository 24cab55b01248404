"""The whole network as data: every tie and each of its ends once, at its place."""

from __future__ import annotations

import math
from itertools import combinations

from graph.networks.positions import place_network
from graph.networks.ties import collapse
from graph.networks.whole import draw_whole
from graph.records.reading import Form
from tests.networks import IRIS, make_network, org, star


def test_all_ties_and_their_ends_are_there() -> None:
    nodes = {
        "home": ("region", "CZ"),
        "land": ("region", "DE"),
        "town": ("municipality", "SK"),
        "alone": ("region", "DE"),
    }
    edges = [
        ("home", "land", "Agreement", "1", ""),
        ("home", "land", "Project", "2", ""),
        ("land", "town", "Project", "3", ""),
    ]
    network = make_network(nodes, edges)
    forms = {key: Form.ENDED if key.endswith("/3") else Form.HELD for _, _, key in network.edges(keys=True)}
    positions = place_network(network, org("home"))
    found = draw_whole(network, collapse(network, forms), positions, {org("land"): "Země"}, IRIS, org("home"))
    assert found["edges"] == [
        {"id": "home~land", "from": "home", "to": "land", "form": "held", "records": 2},
        {"id": "land~town", "from": "land", "to": "town", "form": "ended", "records": 1},
    ]
    drawn = {node["id"]: node for node in found["nodes"]}
    assert drawn.keys() == {"home", "land", "town"}  # who has no tie is in no picture
    x, y = positions.point(org("land"))
    assert drawn["land"] == {
        "id": "land", "label": "Země", "x": x, "y": y, "size": 3.7, "group": "c1", "figure": "square", "kind": "region",
        "country": "DE",
    }  # fmt: skip
    assert (drawn["home"]["group"], drawn["home"]["size"], drawn["town"]["label"]) == ("home", 15.0, "town")


def test_no_two_nodes_overlap() -> None:
    network = star(150)
    ties = collapse(network, {key: Form.HELD for _, _, key in network.edges(keys=True)})
    nodes = draw_whole(network, ties, place_network(network, org("home")), {}, IRIS, org("home"))["nodes"]
    assert len(nodes) == 151
    for one, other in combinations(nodes, 2):
        assert math.hypot(one["x"] - other["x"], one["y"] - other["y"]) > one["size"] + other["size"]
