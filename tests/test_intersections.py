"""Boxes and lines that meet, against the plain definitions."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.pictures.placement import around, close, crossing, meeting, overlapping

Row = tuple[int, int, int, int]
numbers = st.integers(-20, 20)
boxes = st.tuples(numbers, numbers, st.integers(1, 9), st.integers(1, 9)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)
lines = st.tuples(numbers, numbers, numbers, numbers)


def rows(*numbers: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(numbers, dtype=np.float64)


def passes(line: Row, box: Row) -> bool:
    """Clip a line by the sides of a box (Liang and Barsky, 1984): whether something is left within."""
    entry, leave = 0.0, 1.0
    for axis in (0, 1):
        start, step = line[axis], line[axis + 2] - line[axis]
        if not step and not box[axis] < start < box[axis + 2]:
            return False
        if step:
            one, other = sorted([(box[axis] - start) / step, (box[axis + 2] - start) / step])
            entry, leave = max(entry, one), min(leave, other)
    return entry < leave or (line[:2] == line[2:] and entry <= leave)


@given(lines, boxes)
def test_line_passes_through_a_box(line: Row, box: Row) -> None:
    touches = not passes(line, box) and passes(line, (box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1))
    assert touches or bool(crossing(rows(line), rows(box))[0]) == passes(line, box)


@given(boxes, boxes)
def test_boxes_overlap(one: Row, other: Row) -> None:
    common = max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(one[3], other[3])
    assert bool(overlapping(rows(one), rows(other))[0, 0]) == common
    assert meeting(rows(one), rows(other)[0])[0] or not common


@given(st.lists(boxes, min_size=1))
def test_box_around_boxes(found: list[Row]) -> None:
    left, top, right, bottom = zip(*found, strict=True)
    assert around(rows(*found)).tolist() == [min(left), min(top), max(right), max(bottom)]


@given(st.floats(0, 360), st.floats(-180, 180))
def test_lines_in_nearly_the_same_direction(first: float, turn: float) -> None:
    found = rows(*((0, 0, math.cos(math.radians(a)), math.sin(math.radians(a))) for a in (first, first + turn)))
    assert abs(abs(turn) - 2.5) < 1e-6 or bool(close(found[:1], found[1:])[0, 0]) == (abs(turn) < 2.5)


def test_what_is_not_placed_yet_meets_nothing() -> None:
    nowhere, box = np.full((1, 4), np.nan), rows((0, 0, 9, 9))
    assert not crossing(nowhere, box).any() and not crossing(box, nowhere).any()
    assert not overlapping(nowhere, box).any() and not meeting(nowhere, box[0]).any()
