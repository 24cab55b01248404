"""Positions: no label covers another, and the same everywhere."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.networks.neighbourhood import Neighbourhood, View, neighbourhood
from graph.networks.ties import collapse
from graph.pictures.labels import Label, make_label
from graph.pictures.layout import Layout, NodePlace, lay_out
from graph.pictures.separation import Box, overlaps, push_apart
from graph.records.reading import Form
from tests.networks import GROUPS, org, star


def laid_out(
    count: int, width: float = 716.0, before: dict[str, NodePlace] | None = None, left_out: int = -1
) -> tuple[Layout, dict[str, Label], Neighbourhood]:
    network = star(count)
    network.remove_nodes_from([org(f"partner-{left_out:03}")])
    focus = next(iter(sorted(network)))
    ties = collapse(network, {key: Form.HELD for _, _, key in network.edges(keys=True)})
    shown = neighbourhood(network, ties, View(focus, groups=frozenset(GROUPS.values())))
    names = {iri: iri.rpartition("/")[2].replace("-", " of the long name ") for iri in shown.distance}
    labels = {iri: make_label(name, "DE", key=len(name) % 2 == 0) for iri, name in names.items()}
    groups = {iri: network.nodes[iri]["group"] for iri in shown.partners}
    return lay_out(shown, groups, labels, width=width, before=before), labels, shown


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


def covered(layout: Layout, labels: dict[str, Label], focus: str) -> list[tuple[str, str]]:
    found = rooms(layout, labels, focus)
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if any(overlaps(a, b) for a in found[one] for b in found[other])
    ]


@pytest.mark.parametrize(("count", "width"), [(1, 716.0), (20, 360.0), (60, 716.0), (200, 716.0)])
def test_no_label_covers_a_label_or_a_node(count: int, width: float) -> None:
    layout, labels, shown = laid_out(count, width)
    assert (len(layout.places), covered(layout, labels, shown.focus)) == (count + 1, [])


@pytest.mark.parametrize(("count", "width"), [(20, 360.0), (60, 716.0)])
def test_all_is_within_the_picture(count: int, width: float) -> None:
    layout, labels, shown = laid_out(count, width)
    for boxes in rooms(layout, labels, shown.focus).values():
        for box in boxes:
            assert box.x + box.left >= 0 and box.x + box.right <= layout.width == width
            assert box.y + box.top >= 0 and box.y + box.bottom <= layout.height


@pytest.mark.parametrize("added", [0, 17, 59])
def test_who_is_new_finds_room_among_those_who_stay(added: int) -> None:
    old, _, shown = laid_out(60, left_out=added)
    new, labels, _ = laid_out(60, before=old.around(shown.focus))
    places = new.around(shown.focus)
    assert {iri: places[iri] for iri in old.around(shown.focus)} == old.around(shown.focus)
    assert len(places) == 60 and covered(new, labels, shown.focus) == []


def test_who_goes_leaves_the_others_where_they_are() -> None:
    old, _, shown = laid_out(60)
    new, _, _ = laid_out(60, before=old.around(shown.focus), left_out=30)
    gone = org("partner-030")
    assert new.around(shown.focus) == {iri: place for iri, place in old.around(shown.focus).items() if iri != gone}


def test_whose_label_grows_moves_no_further_than_the_label() -> None:
    old, labels, shown = laid_out(20)
    labels[shown.partners[0]] = make_label("A name that is now as long as three whole lines of it", "DE", key=True)
    groups = dict.fromkeys(shown.partners, "c1")
    new = lay_out(shown, groups, labels, width=716.0, before=old.around(shown.focus))
    before, after = old.around(shown.focus), new.around(shown.focus)
    assert covered(new, labels, shown.focus) == []
    moved = [iri for iri in before if before[iri] != after[iri]]
    assert len(moved) <= 5
    assert all(abs(before[iri].x - after[iri].x) + abs(before[iri].y - after[iri].y) <= 90 for iri in moved)


@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_nothing_overlaps_whatever_the_names_and_whoever_was_there(data: st.DataObject) -> None:
    _, labels, shown = laid_out(data.draw(st.integers(1, 25)))
    lengths = st.lists(st.integers(1, 12), min_size=1, max_size=8)
    names = {iri: " ".join("o" * n for n in data.draw(lengths)) for iri in shown.distance}
    labels = {iri: make_label(name, "CZ", key=data.draw(st.booleans())) for iri, name in names.items()}
    groups = {iri: data.draw(st.sampled_from(sorted(GROUPS.values()))) for iri in shown.partners}
    width = data.draw(st.sampled_from([360.0, 716.0]))
    old = lay_out(shown, groups, labels, width=width).around(shown.focus)
    kept = {iri: place for iri, place in old.items() if data.draw(st.booleans())}
    new = lay_out(shown, groups, labels, width=width, before=kept)
    assert covered(new, labels, shown.focus) == []
    assert {iri: place for iri, place in new.around(shown.focus).items() if iri in kept} == kept


def test_directions_are_those_that_are_given() -> None:
    _, _, shown = laid_out(21)
    groups = dict.fromkeys(shown.partners, "c1")
    directions = {iri: i / 20 for i, iri in enumerate(sorted(shown.partners))}
    places = lay_out(shown, groups, {}, width=716.0, directions=directions).around(shown.focus)
    turned = {iri: (195 - math.degrees(math.atan2(-place.y, place.x))) % 360 for iri, place in places.items()}
    off = [abs((turned[iri] - 360 * directions[iri] + 180) % 360 - 180) for iri in directions]
    assert max(off) < 60


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


@pytest.mark.server
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
