"""The drawing of the rooms is that of the code, and drawn by the rules it states."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest

from docs import architecture

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"


def test_drawing_is_up_to_date() -> None:
    drawn = architecture.DRAWING.read_text(encoding="utf-8")
    assert drawn == architecture.draw(), "the rooms or their imports have changed: python docs/architecture.py"


def test_each_room_stands_once_in_the_drawing() -> None:
    root = ElementTree.fromstring(architecture.draw())
    assert sorted(str(text.text) for text in root.iter(f"{SVG}text")) == sorted(architecture.room_imports())


def test_boxes_are_circles_and_lines_that_follow_are_left_out() -> None:
    needs = {"top": {"a", "low"}, "a": {"b"}, "b": {"a", "low"}, "low": set[str]()}
    assert architecture.boxes(needs) == {("a", "b"): {("low",)}, ("low",): set(), ("top",): {("a", "b")}}


def test_a_box_stands_above_all_that_it_imports() -> None:
    lines = architecture.boxes(architecture.room_imports())
    rows = architecture.rows_of(lines)
    assert [(upper, lower) for upper, lowers in lines.items() for lower in lowers if rows[upper] <= rows[lower]] == []


def test_a_line_passes_each_row_between_its_ends() -> None:
    lines = architecture.boxes({"a": {"b"}, "b": {"c"}, "c": set(), "d": {"c"}, "e": {"a", "d"}})
    ways = architecture.ways(lines, architecture.rows_of(lines))
    assert [[place.row for place in way] for way in ways] == [[2, 1], [1, 0], [1, 0], [3, 2], [3, 2, 1]]


def test_places_of_a_row_do_not_overlap() -> None:
    lines = architecture.boxes(architecture.room_imports())
    rows = architecture.rows_of(lines)
    row = [architecture.Place(box, 0) for box in lines]
    at = architecture.spread(row, dict.fromkeys(row, 0.0))
    edges = [(at[p] - architecture.width_of(p) / 2, at[p] + architecture.width_of(p) / 2) for p in row]
    assert all(left[1] <= right[0] for left, right in pairwise(edges))
    assert set(rows) == set(lines)
