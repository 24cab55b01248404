"""Positions: no label covers another, and the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations

import pytest

from graph.labels import Label, make_label
from graph.layout import Layout, lay_out
from graph.neighbourhood import Neighbourhood, View, neighbourhood
from graph.reading import Form
from graph.separation import Box, overlaps, push_apart
from graph.ties import collapse
from tests.networks import GROUPS, star


def laid_out(count: int, width: float = 716.0) -> tuple[Layout, dict[str, Label], Neighbourhood]:
    network = star(count)
    focus = next(iter(sorted(network)))
    ties = collapse(network, {key: Form.HELD for _, _, key in network.edges(keys=True)})
    shown = neighbourhood(network, ties, View(focus, groups=frozenset(GROUPS.values())))
    names = {iri: iri.rpartition("/")[2].replace("-", " of the long name ") for iri in shown.distance}
    labels = {iri: make_label(name, "DE", key=len(name) % 2 == 0) for iri, name in names.items()}
    groups = {iri: network.nodes[iri]["group"] for iri in shown.partners}
    return lay_out(shown, groups, labels, width=width), labels, shown


def rooms(layout: Layout, labels: dict[str, Label], focus: str) -> dict[str, list[Box]]:
    """Box of the node and of its label, from the same numbers as the picture draws."""
    found = {}
    for iri, place in layout.places.items():
        label = labels[iri]
        near, far = (13.0, 13.0 + label.width) if place.side > 0 else (-13.0 - label.width, -13.0)
        boxes = [Box(place.x, place.y, -9.0, -9.0, 9.0, 9.0)]
        if iri != focus:
            boxes.append(Box(place.x, place.y, near, -label.height / 2, far, label.height / 2))
        found[iri] = boxes
    return found


@pytest.mark.parametrize(("count", "width"), [(1, 716.0), (20, 360.0), (60, 716.0), (200, 716.0)])
def test_no_label_covers_a_label_or_a_node(count: int, width: float) -> None:
    layout, labels, shown = laid_out(count, width)
    found = rooms(layout, labels, shown.focus)
    covered = [
        (one, other)
        for one, other in combinations(found, 2)
        if any(overlaps(a, b) for a in found[one] for b in found[other])
    ]
    assert (len(layout.places), covered) == (count + 1, [])


@pytest.mark.parametrize(("count", "width"), [(20, 360.0), (60, 716.0)])
def test_all_is_within_the_picture(count: int, width: float) -> None:
    layout, labels, shown = laid_out(count, width)
    for boxes in rooms(layout, labels, shown.focus).values():
        for box in boxes:
            assert box.x + box.left >= 0 and box.x + box.right <= layout.width == width
            assert box.y + box.top >= 0 and box.y + box.bottom <= layout.height


def test_groups_lie_in_their_sectors() -> None:
    layout, _, shown = laid_out(60)
    focus = layout.places[shown.focus]
    network = star(60)

    def middle(group: str) -> tuple[float, float]:
        places = [layout.places[iri] for iri in shown.partners if network.nodes[iri]["group"] == group]
        return sum(p.x - focus.x for p in places) / len(places), sum(p.y - focus.y for p in places) / len(places)

    assert middle("c1")[0] < -100  # Germany: left
    assert middle("c2")[0] > 20 and middle("c2")[1] < -50  # central and western Europe: above, right
    assert middle("c4")[0] > 100  # eastern Europe: right
    assert middle("c5")[0] > 50 and middle("c5")[1] > 50  # Asia: below, right
    assert middle("c3")[1] > 50  # western Balkans: below
    assert middle("c6")[0] < -50 and middle("c6")[1] > 50  # Americas: below, left


SCRIPT = """
import json, sys
from tests.test_layout import laid_out
layout, _, _ = laid_out(60)
print(json.dumps([layout.height, [[iri, p.x, p.y, p.side] for iri, p in sorted(layout.places.items())]]))
"""


def test_same_positions_whatever_the_hash_seed() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]
    assert len(json.loads(found[0])[1]) == 61


def test_boxes_on_one_spot_are_pushed_apart() -> None:
    boxes = [Box(0.0, 0.0, -10.0, -10.0, 10.0, 10.0) for _ in range(12)]
    moved = push_apart(boxes, -40.0, 40.0)
    assert moved[0] == boxes[0]
    assert not any(overlaps(one, other) for one, other in combinations(moved, 2))
    assert all(box.x - 10 >= -40 and box.x + 10 <= 40 for box in moved)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Vojvodina", ("Vojvodina",)),
        ("Saské ministerstvo sociálních věcí", ("Saské ministerstvo", "sociálních věcí")),
        ("Dopravní\u00a0svaz Horní Polabí", ("Dopravní\u00a0svaz", "Horní Polabí")),
        ("Donaudampfschifffahrtsgesellschaft", ("Donaudampfschifffahrtsgesel…",)),
        ("", ("",)),
    ],
)
def test_labels_are_broken_evenly(name: str, lines: tuple[str, ...]) -> None:
    label = make_label(name, "", key=False)
    assert (label.lines, label.height) == (lines, 15.0 * len(lines))


def test_bold_labels_and_codes_take_more_room() -> None:
    plain = make_label("Kragujevac", "", key=False).width
    assert plain < make_label("Kragujevac", "RS", key=False).width < make_label("Kragujevac", "RS", key=True).width
    assert 60 < plain < 75  # 66 pixels in Noto Sans of 11.5 pixels
