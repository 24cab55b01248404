"""Cutting rings and lines to the box of a picture, and leaving out points that do not show."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["clip_line", "clip_ring", "thinned"]

Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]

ROUNDS = 4


def clip_ring(points: Points, box: Box) -> Points:
    """Cut a closed ring to a box: left, top, right, bottom; of no points when nothing of it is inside.

    References
    ----------
    I. E. Sutherland, G. W. Hodgman: Reentrant polygon clipping. Communications of the ACM 17 (1), 1974.
    """
    if np.all((points >= box[:2]) & (points <= box[2:])):
        return points
    for axis, sign, bound in ((0, 1, box[0]), (1, 1, box[1]), (0, -1, box[2]), (1, -1, box[3])):
        if not len(points):
            break
        points = _clip_side(points, sign * (points[:, axis] - bound))
    return points


def _clip_side(points: Points, inside: NDArray[np.float64]) -> Points:
    """Keep what lies at or above 0 of a signed distance, with the points where the ring crosses it."""
    before, before_inside = np.roll(points, 1, axis=0), np.roll(inside, 1)
    crossing = (inside >= 0) != (before_inside >= 0)
    part = np.divide(before_inside, before_inside - inside, out=np.zeros_like(inside), where=crossing)
    between = before + part[:, None] * (points - before)
    both = np.stack([between, points], axis=1).reshape(-1, 2)
    return np.asarray(both[np.column_stack([crossing, inside >= 0]).reshape(-1)])


def clip_line(points: Points, box: Box) -> list[Points]:
    """Cut an open line to the pieces within a box, each with its first point outside."""
    x, y = points.T
    within = (x >= box[0]) & (y >= box[1]) & (x <= box[2]) & (y <= box[3])
    kept = within.copy()
    kept[:-1] |= within[1:]
    kept[1:] |= within[:-1]
    cuts = np.flatnonzero(np.diff(kept)) + 1
    return [piece for piece, of_it in zip(np.split(points, cuts), np.split(kept, cuts), strict=True) if of_it[0]]


def thinned(points: Points, area: float) -> Points:
    """Leave out points whose triangle with their neighbours is smaller than an area, never two beside each other."""
    for _ in range(ROUNDS):
        if len(points) < 4:
            break
        one, other = points[1:-1] - points[:-2], points[2:] - points[:-2]
        small = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / 2 < area
        small[1::2] &= ~small[:-1:2][: len(small[1::2])]
        small[2::2] &= ~small[1:-1:2][: len(small[2::2])]
        if not small.any():
            break
        points = points[np.concatenate([[True], ~small, [True]])]
    return points
