"""Rings for crowds: everybody has a place of their own, the nearest inside."""

from __future__ import annotations

import math
from itertools import combinations

from graph.networks.neighbourhood import View, neighbourhood
from graph.networks.ties import collapse
from graph.pictures.rings import NODE_ROOM_PX, lay_out_rings
from graph.records.reading import Form
from tests.networks import GROUPS, org, star


def test_nobody_overlaps_and_the_nearest_are_inside() -> None:
    network = star(400)
    view = View(org("home"), whole=True, groups=frozenset(GROUPS.values()))
    shown = neighbourhood(network, collapse(network, {key: Form.HELD for *_, key in network.edges(keys=True)}), view)
    layout = lay_out_rings(shown, dict(network.nodes(data="group")))
    places = layout.places
    assert places.keys() == shown.distance.keys() and len(places) == 401
    middle = places[org("home")]
    assert (middle.x, middle.y) == (layout.width / 2, layout.height / 2)
    gaps = [math.dist((one.x, one.y), (other.x, other.y)) for one, other in combinations(places.values(), 2)]
    assert min(gaps) > NODE_ROOM_PX - 2
    assert all(0 < place.x < layout.width and 0 < place.y < layout.height for place in places.values())
    assert lay_out_rings(shown, dict(network.nodes(data="group"))) == layout
