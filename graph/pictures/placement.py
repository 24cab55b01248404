"""Finding a free place for each node: near where it wants to be, on no line and with no line through its label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.pictures.separation import Box

__all__ = ["Reach", "Wish", "find_places"]

ANGLE_STEP_DEG = 3.5
RINGS = 8
UPRIGHT_PX = 90.0
FEW = 150
NEAR_DEG = 2.5
LOOKED_AT, LOOKED_AT_ALL = 48, 3000  # spots of one node and of all nodes that are looked at for crossings
OVERLAP, CROSSING, INWARD, CLOSE, AWAY_PX = 1000.0, 6.0, 3.0, 3.0, 70.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """Room around the focus in pixels: to each side, above it and below it."""

    side: float
    above: float
    below: float

    def points(self, angles: Floats, rings: Floats) -> Floats:
        """Points at angles in radians, a part `rings` of the way to the border; y down. Shape (n, 2)."""
        sines = np.sin(angles)
        upright = np.where(sines > 0, self.above, self.below)
        return np.stack([rings * self.side * np.cos(angles), -rings * sines * upright], axis=1)


@dataclass(frozen=True)
class Wish:
    """Where a node would like to be.

    Attributes
    ----------
    x, y : float
        From the focus, in pixels, y down.
    sector : tuple of float
        First angle and span in degrees, clockwise from the first; 0 points right, 90 up.
    rings : tuple of float
        Least and greatest distance as parts of the reach.
    right, left : tuple of float
        Extent with the label on that side: left, top, right, bottom from the centre of the node.
    ties : tuple of int
        Earlier wishes that a line leads to; -1 is the focus.
    """

    x: float
    y: float
    sector: tuple[float, float]
    rings: tuple[float, float]
    right: tuple[float, float, float, float]
    left: tuple[float, float, float, float]
    ties: tuple[int, ...] = (-1,)

    @property
    def has_label(self) -> bool:
        """Whether it takes more room to one side than to the other."""
        return self.right[2] > -self.right[0]


def find_places(
    wishes: Sequence[Wish], held: Sequence[Box], sides: Sequence[int], reach: Reach
) -> list[tuple[Box, int]]:
    """Place one node after another at the cheapest of a grid of places in its sector.

    Parameters
    ----------
    wishes : sequence of Wish
        First of those that have a place, then of the others in order of importance.
    held : sequence of Box
        Room of the focus, around (0, 0), then of the nodes that have a place.
    sides : sequence of int
        Sides of the labels of the nodes that have a place.

    Returns
    -------
    list of (Box, int)
        Place with its extent, and the side of the label (1 right, -1 left), in the order of `wishes`.
        Where a sector is full, boxes may still overlap.
    """
    grid = _Grid(wishes, held[0])
    for number, (box, side) in enumerate(zip(held[1:], sides, strict=True)):
        grid.hold(number, box, side)
    spots = {number: _candidates(wishes[number], reach) for number in range(len(sides), len(wishes))}
    for number, candidates in spots.items():
        grid.place(number, wishes[number], *candidates)
    for number in grid.crossed() if len(wishes) <= FEW else ():
        if number in spots:
            grid.place(number, wishes[number], *spots[number])
    return [grid.result(number) for number in range(len(wishes))]


class _Grid:
    """What is placed so far; what is not placed yet is not a number, and thus in nobody's way."""

    def __init__(self, wishes: Sequence[Wish], focus: Box) -> None:
        count, self.most = len(wishes), max((len(wish.ties) for wish in wishes), default=1)
        self.points = np.full((count + 2, 2), np.nan)  # the last but one: no line; the last: the focus
        self.points[-1] = 0.0
        self.looked_at = max(2, min(LOOKED_AT, LOOKED_AT_ALL // max(count, 1)))
        self.extents = np.full((count, 4), np.nan)
        self.sides = np.ones(count)
        self.rooms = np.full((count + 1, 4), np.nan)  # the last: the focus
        self.rooms[-1] = focus.left, focus.top, focus.right, focus.bottom
        self.lines = np.full((count, self.most, 4), np.nan)
        self.ties = np.full((count, self.most), -2)
        for number, wish in enumerate(wishes):
            self.ties[number, : len(wish.ties)] = wish.ties
        self.followers = [np.argwhere(self.ties == number) for number in range(count)]

    def place(self, number: int, wish: Wish, spots: Floats, side: Floats, extent: Floats) -> None:
        """Put a node at the cheapest spot; it may have been placed before."""
        self._set(number, np.full(2, np.nan), np.full(4, np.nan), 1.0)
        rooms = extent + np.hstack([spots, spots])
        cost = self._near_and_free(wish, spots, side, rooms)
        best = np.argsort(cost, kind="stable")[: self.looked_at if wish.has_label else 1]
        lines = self._crossed(number, spots[best], rooms[best]) if len(best) > 1 else 0.0
        chosen = best[int(np.argmin(cost[best] + lines))]
        self._set(number, spots[chosen], extent[chosen], float(side[chosen]))

    def hold(self, number: int, box: Box, side: int) -> None:
        """Put a node where it has its place already."""
        extent = np.array([box.left, box.top, box.right, box.bottom])
        self._set(number, np.array([box.x, box.y]), extent, float(side))

    def crossed(self) -> list[int]:
        """Nodes whose label a line passes through, or whose line passes through another label."""
        count = len(self.lines)
        by_line = _crossing(self.lines.reshape(1, -1, 4), self.rooms[:-1, None, :]).reshape(count, count, self.most)
        hits: NDArray[np.bool_] = np.asarray(by_line.any(axis=2))
        np.fill_diagonal(hits, False)
        return [int(number) for number in np.flatnonzero(hits.any(axis=0) | hits.any(axis=1))]

    def result(self, number: int) -> tuple[Box, int]:
        return Box(*map(float, self.points[number]), *map(float, self.extents[number])), int(self.sides[number])

    def _set(self, number: int, point: Floats, extent: Floats, side: float) -> None:
        self.points[number], self.extents[number], self.sides[number] = point, extent, side
        self.rooms[number] = extent + np.tile(point, 2)
        self.lines[number, :, :2] = self.points[self.ties[number]]
        self.lines[number, :, 2:] = point
        for follower, which in self.followers[number]:
            self.lines[follower, which, :2] = point

    def _near_and_free(self, wish: Wish, spots: Floats, side: Floats, rooms: Floats) -> Floats:
        cost = np.hypot(*(spots - (wish.x, wish.y)).T) / AWAY_PX + np.where(side * spots[:, 0] < 0, INWARD, 0.0)
        taken = self.rooms[~np.isnan(self.rooms[:, 0])]
        return np.asarray(cost + OVERLAP * _overlapping(rooms, taken).sum(axis=1))

    def _crossed(self, number: int, spots: Floats, rooms: Floats) -> Floats:
        """Cost of lines through labels, its own and those of others."""
        lines = self.lines.reshape(-1, 4)
        lines = lines[~np.isnan(lines).any(axis=1)]
        taken = self.rooms[:-1][~np.isnan(self.rooms[:-1, 0])]
        cost = CROSSING * _crossing(lines[None, :, :], rooms[:, None, :]).sum(axis=1)
        ends = self.points[self.ties[number]]
        for end in ends[~np.isnan(ends[:, 0])]:
            own = np.hstack([np.broadcast_to(end, spots.shape), spots])
            cost = cost + CROSSING * _crossing(own[:, None, :], taken[None, :, :]).sum(axis=1)
            cost += CLOSE * _close(own, lines[(lines[:, :2] == end).all(axis=1)]).sum(axis=1)
        return np.asarray(cost)


def _candidates(wish: Wish, reach: Reach) -> tuple[Floats, Floats, Floats]:
    """Points, sides and extents of the spots of a sector, moved into the width."""
    first, span = wish.sector
    steps = max(3, math.ceil(span / ANGLE_STEP_DEG))
    angles = np.radians(first - span * (np.arange(steps) + 0.5) / steps)
    rings = np.linspace(*wish.rings, RINGS)
    x, y = reach.points(np.repeat(angles, RINGS), np.tile(rings, steps)).T
    both = np.abs(x) < UPRIGHT_PX  # elsewhere the label stands on the outer side
    side = np.concatenate([np.where(x < 0, -1.0, 1.0), np.where(x[both] < 0, 1.0, -1.0)])
    x, y = np.concatenate([x, x[both]]), np.concatenate([y, y[both]])
    extent = np.where(side[:, None] > 0, np.array(wish.right), np.array(wish.left))
    x = np.clip(x, -reach.side - extent[:, 0], reach.side - extent[:, 2])
    return np.stack([x, y], axis=1), side, extent


def _overlapping(rooms: Floats, taken: Floats) -> NDArray[np.bool_]:
    one, other = rooms[:, None, :], taken[None, :, :]
    across = (one[..., 0] < other[..., 2]) & (other[..., 0] < one[..., 2])
    return np.asarray(across & (one[..., 1] < other[..., 3]) & (other[..., 1] < one[..., 3]))


def _crossing(lines: Floats, rooms: Floats) -> NDArray[np.bool_]:
    """Whether each line passes through each room: clipping by slabs (Liang and Barsky, 1984)."""
    entry: Floats = np.array(0.0)
    leave: Floats = np.array(1.0)
    for axis in (0, 1):
        origin, step = lines[..., axis], lines[..., axis + 2] - lines[..., axis]
        step = np.where(np.abs(step) < 1e-9, 1e-9, step)
        one, other = (rooms[..., axis] - origin) / step, (rooms[..., axis + 2] - origin) / step
        entry, leave = np.maximum(entry, np.minimum(one, other)), np.minimum(leave, np.maximum(one, other))
    return np.asarray(entry < leave)


def _close(own: Floats, lines: Floats) -> NDArray[np.bool_]:
    """Whether each line leaves its end in nearly the same direction as one that is drawn from there already."""
    angle = np.arctan2(own[:, 3] - own[:, 1], own[:, 2] - own[:, 0])
    others = np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0])
    apart = np.abs(angle[:, None] - others[None, :])
    return np.asarray(np.minimum(apart, 2 * math.pi - apart) < math.radians(NEAR_DEG))
