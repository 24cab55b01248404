"""Positions of paths: the first straight down, others beside it, and no label on another one."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.networks.paths import FoundPaths, find_paths
from graph.pictures.labels import Label, make_label
from graph.pictures.layout import Layout
from graph.pictures.path_layout import LABEL_GAP_PX, lay_out_paths
from tests.test_paths import LETTERS, PAIRS, graph_of

DAY = date(2026, 1, 1)


def laid_out(found: FoundPaths, names: dict[str, str] | None = None) -> tuple[Layout, dict[str, Label]]:
    labels = {iri: make_label((names or {}).get(iri, iri), "CZ", key=iri in "ab") for iri in found.nodes}
    return lay_out_paths(found, labels), labels


def room(layout: Layout, label: Label, iri: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label."""
    place = layout.places[iri]
    near = place.x + place.side * LABEL_GAP_PX
    far = near + place.side * label.width
    return min(near, far), place.y - label.height / 2, max(near, far), place.y + label.height / 2


def test_first_path_runs_straight_down() -> None:
    found = find_paths(graph_of("ac", "cb", "ad", "db", "ae", "eb"), "a", "b", DAY)
    layout, _ = laid_out(found)
    places = [layout.places[iri] for iri in found.paths[0].nodes]
    assert len({place.x for place in places}) == 1
    assert [place.y for place in places] == sorted({place.y for place in places})
    left, right = layout.places["d"], layout.places["e"]
    assert left.x < places[0].x < right.x and (left.side, right.side) == (-1, 1)
    assert left.y == right.y == places[1].y


def test_single_tie_is_two_organizations_one_above_the_other() -> None:
    layout, _ = laid_out(find_paths(graph_of("ab"), "a", "b", DAY))
    assert list(layout.places) == ["a", "b"] and layout.height == 144.0


@settings(deadline=None)
@given(
    st.sets(st.sampled_from(PAIRS)),
    st.lists(st.text("abc défgh", min_size=1, max_size=40), min_size=len(LETTERS), max_size=len(LETTERS)),
)
def test_no_label_covers_another_or_leaves_the_picture(pairs: set[tuple[str, str]], names: list[str]) -> None:
    graph = graph_of(*sorted(pairs))
    found = find_paths(graph, "a", "b", DAY)
    if not found.paths:
        return
    layout, labels = laid_out(found, dict(zip(LETTERS, names, strict=True)))
    rooms = [room(layout, labels[iri], iri) for iri in layout.places]
    assert layout.places.keys() == set(found.nodes)
    assert all(left >= 0 and right <= layout.width and top >= 0 and bottom <= layout.height
               for left, top, right, bottom in rooms)  # fmt: skip
    hits = [
        (one, other)
        for number, one in enumerate(rooms)
        for other in rooms[number + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert hits == []
