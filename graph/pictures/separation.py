"""Pushing boxes apart until none overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "any_overlap", "overlaps", "push_apart"]

STEPS = 150
BETTER, PATIENCE = 0.98, 12  # a crowd that has not come apart further in so many steps is settled one by one
GAP_PX = 4.0
TOUCHING_PX = 0.01
ROUNDING_PX = 0.3  # more than what rounding places to tenths of a pixel may shift

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Box:
    """A box around a point: `left`, `top` (negative), `right` and `bottom` from it, in pixels, y down."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float


def push_apart(boxes: Sequence[Box], low: float, high: float, held: int = 1) -> list[Box]:
    """Move boxes as little as needed until none overlaps another one.

    Parameters
    ----------
    boxes : sequence of Box
        The first `held` stay where they are; these do not overlap one another.
    low, high : float
        Bounds of x in pixels; y has none, so that there is always room.
    held : int
        1 or more.

    Returns
    -------
    list of Box
        In the same order, at least `GAP_PX` apart from top to bottom.
    """
    if len(boxes) <= held:
        return list(boxes)
    x, y = np.array([(box.x, box.y) for box in boxes]).T
    left, top, right, bottom = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).T
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    half_w, half_h = (right - left) / 2, (bottom - top + GAP_PX) / 2
    first, second = np.triu_indices(len(boxes), 1)
    reach_x, reach_y = half_w[first] + half_w[second], half_h[first] + half_h[second]
    least, since = np.inf, 0
    for _ in range(STEPS):
        x[held:] = np.clip(x, low - left, high - right)[held:]
        step_x, step_y = _steps(x + middle_x, y + middle_y, first, second, reach_x, reach_y)
        total = float(np.abs(step_x).sum() + np.abs(step_y).sum())
        least, since = (total, 0) if total < least * BETTER else (least, since + 1)
        if not total or since > PATIENCE:
            break
        x[held:] += step_x[held:]
        y[held:] += step_y[held:]
    x[held:] = np.clip(x, low - left, high - right)[held:]
    moved = [replace(box, x=float(a), y=float(b)) for box, a, b in zip(boxes, x, y, strict=True)]
    return _settle(moved, held)


def any_overlap(boxes: Sequence[Box]) -> bool:
    """Whether any two boxes overlap by more than rounding may do."""
    edges = np.array([(b.x + b.left, b.y + b.top, b.x + b.right, b.y + b.bottom) for b in boxes])
    return any(_first_met(edges[:i], edges[i], ROUNDING_PX) for i in range(1, len(edges)))


def _steps(x: Floats, y: Floats, first: Ints, second: Ints, reach_x: Floats, reach_y: Floats) -> tuple[Floats, Floats]:
    """Half of each overlap along its shorter side, summed over all pairs; `reach` is where two just touch."""
    dx, dy = x[first] - x[second], y[first] - y[second]
    over_x, over_y = reach_x - np.abs(dx), reach_y - np.abs(dy)
    hit = np.flatnonzero((over_x > TOUCHING_PX) & (over_y > TOUCHING_PX))
    first, second = first[hit], second[hit]
    dx, dy, over_x, over_y = dx[hit], dy[hit], over_x[hit], over_y[hit]
    sideways = over_x < over_y  # of two on one spot, the later one goes right or down
    step_x = np.where(sideways, np.where(dx > 0, over_x, -over_x), 0) / 2
    step_y = np.where(sideways, 0, np.where(dy > 0, over_y, -over_y)) / 2
    moved = np.zeros((2, len(x)))
    for axis, step in enumerate((step_x, step_y)):
        moved[axis] += np.bincount(first, step, len(x)) - np.bincount(second, step, len(x))
    return moved[0], moved[1]


def _settle(boxes: list[Box], held: int) -> list[Box]:
    """Resolve what is left from the first box outwards: up above it, down below it, until each is free."""
    edges = np.array([(b.x + b.left, b.y + b.top, b.x + b.right, b.y + b.bottom) for b in boxes])
    outwards = sorted(range(held, len(boxes)), key=lambda i: (abs(boxes[i].y - boxes[0].y), i))
    order = [*range(held), *outwards]
    placed = edges[order]
    for number, i in enumerate(outwards, held):
        edge, up = placed[number], boxes[i].y < boxes[0].y
        while blocking := _first_met(placed[:number], edge):
            edge[[1, 3]] += blocking[1] - edge[3] - GAP_PX if up else blocking[3] - edge[1] + GAP_PX
    edges[order] = placed
    return [replace(box, y=float(edge[1]) - box.top) for box, edge in zip(boxes, edges, strict=True)]


def _first_met(placed: Floats, edge: Floats, tolerance: float = 0.0) -> list[float] | None:
    """Find the first box, as left, top, right, bottom, that overlaps one."""
    over_x = np.minimum(placed[:, 2], edge[2]) - np.maximum(placed[:, 0], edge[0])
    over_y = np.minimum(placed[:, 3], edge[3]) - np.maximum(placed[:, 1], edge[1])
    met = np.flatnonzero((over_x > tolerance) & (over_y > tolerance))
    return list(map(float, placed[met[0]])) if len(met) else None


def overlaps(first: Box, second: Box) -> bool:
    """Whether two boxes have a point within in common."""
    return (
        first.x + first.left < second.x + second.right and second.x + second.left < first.x + first.right
        and first.y + first.top < second.y + second.bottom and second.y + second.top < first.y + first.bottom
    )  # fmt: skip
