"""Finding a free place for each node: near where it wants to be, on no line and with no line through its label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.pictures.separation import Box

__all__ = ["Reach", "Wish", "around", "close", "crossing", "find_places", "meeting", "overlapping"]

ANGLE_STEP_DEG = 3.5
RINGS = 8
UPRIGHT_PX = 90.0
FEW = 150
PLACED_AGAIN = 20  # of FEW at most; placing all of them again makes no fewer crossings
LOOKED_AT, LOOKED_AT_ALL = 48, 3000  # spots of one node and of all nodes that are looked at for crossings
OVERLAP, CROSSING, INWARD, CLOSE, AWAY_PX = 1000.0, 6.0, 3.0, 3.0, 70.0

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    spots = {number: _spots(wishes[number], reach) for number in range(len(sides), len(wishes))}
    for number, spot in spots.items():
        grid.place(number, spot)
    for number in grid.crossed() if len(wishes) <= FEW else ():
        if number in spots:
            grid.place(number, spots[number])
    return [grid.result(number) for number in range(len(wishes))]


@dataclass(frozen=True)
class _Spots:
    """Where a node may stand: points, sides, extents and rooms of its box, the box around all, costs of nearness."""

    points: Floats
    sides: Floats
    extents: Floats
    rooms: Floats
    around: Floats
    costs: Floats
    has_label: bool


class _Grid:
    """What is placed so far; what is not placed yet is not a number, and thus in nobody's way."""

    def __init__(self, wishes: Sequence[Wish], focus: Box) -> None:
        count = len(wishes)
        self.points = np.full((count + 1, 2), np.nan)  # the last: the focus
        self.points[-1] = 0.0
        self.looked_at = max(2, min(LOOKED_AT, LOOKED_AT_ALL // max(count, 1)))
        self.extents = np.full((count, 4), np.nan)
        self.sides = np.ones(count)
        self.rooms = np.full((count + 1, 4), np.nan)  # the last: the focus
        self.rooms[-1] = focus.left, focus.top, focus.right, focus.bottom
        self.ends = np.array([end for wish in wishes for end in wish.ties], dtype=np.int64)
        self.owners = np.repeat(np.arange(count), [len(wish.ties) for wish in wishes])
        self.lines = np.full((len(self.ends), 4), np.nan)  # from the end of a tie to its owner
        self.lines[self.ends == -1, :2] = 0.0

    def place(self, number: int, spots: _Spots) -> None:
        """Put a node at the cheapest spot; it may have been placed before."""
        self._set(number, np.nan, np.nan, 1.0)
        best, costs = self._cheapest(spots)
        if len(best) > 1:
            costs = costs + self._crossed(number, spots.points[best], spots.rooms[best])
        chosen = best[int(np.argmin(costs))]
        self._set(number, spots.points[chosen], spots.extents[chosen], float(spots.sides[chosen]))

    def hold(self, number: int, box: Box, side: int) -> None:
        """Put a node where it has its place already."""
        extent = np.array([box.left, box.top, box.right, box.bottom])
        self._set(number, np.array([box.x, box.y]), extent, float(side))

    def crossed(self) -> list[int]:
        """Nodes with the most crossings of lines and labels, of either kind, in order of their wishes."""
        hits = crossing(self.lines[:, None, :], self.rooms[None, :-1, :])
        hits[np.arange(len(self.owners)), self.owners] = False
        by_node = hits.sum(axis=0) + np.bincount(self.owners, hits.sum(axis=1), hits.shape[1])
        most = np.argsort(-by_node, kind="stable")[:PLACED_AGAIN]
        return sorted(int(number) for number in most if by_node[number])

    def result(self, number: int) -> tuple[Box, int]:
        return Box(*map(float, self.points[number]), *map(float, self.extents[number])), int(self.sides[number])

    def _set(self, number: int, point: Floats | float, extent: Floats | float, side: float) -> None:
        self.points[number], self.extents[number], self.sides[number] = point, extent, side
        self.rooms[number, :2] = self.rooms[number, 2:] = point
        self.rooms[number] += extent
        self.lines[self.owners == number, 2:] = point
        self.lines[self.ends == number, :2] = point

    def _cheapest(self, spots: _Spots) -> tuple[Ints, Floats]:
        """Give the spots that are cheapest by nearness and room, with these costs."""
        taken = self.rooms[meeting(self.rooms, spots.around)]
        costs = spots.costs + OVERLAP * np.count_nonzero(overlapping(spots.rooms, taken), axis=1)
        best = np.argsort(costs, kind="stable")[: self.looked_at if spots.has_label else 1]
        return best, costs[best]

    def _crossed(self, number: int, spots: Floats, rooms: Floats) -> Floats:
        """Cost of lines through labels, its own and those of others."""
        cost = CROSSING * crossing(self.lines[None, :, :], rooms[:, None, :]).sum(axis=1)
        ends = self.points[self.ends[self.owners == number]]
        for end in ends[~np.isnan(ends[:, 0])]:
            own = np.hstack([np.broadcast_to(end, spots.shape), spots])
            cost = cost + CROSSING * crossing(own[:, None, :], self.rooms[None, :-1, :]).sum(axis=1)
            cost += CLOSE * close(own, self.lines[(self.lines[:, :2] == end).all(axis=1)]).sum(axis=1)
        return np.asarray(cost)


@lru_cache(maxsize=64)
def _grid_of(sector: tuple[float, float], rings: tuple[float, float], reach: Reach) -> tuple[Floats, Floats, Floats]:
    """Make a grid over a sector: x, y and the side of the label, near the vertical with either side."""
    first, span = sector
    steps = max(3, math.ceil(span / ANGLE_STEP_DEG))
    angles = np.radians(first - span * (np.arange(steps) + 0.5) / steps)
    x, y = reach.points(np.repeat(angles, RINGS), np.tile(np.linspace(*rings, RINGS), steps)).T
    both = np.abs(x) < UPRIGHT_PX  # elsewhere the label stands on the outer side
    side = np.concatenate([np.where(x < 0, -1.0, 1.0), np.where(x[both] < 0, 1.0, -1.0)])
    return np.concatenate([x, x[both]]), np.concatenate([y, y[both]]), side


def _spots(wish: Wish, reach: Reach) -> _Spots:
    """Points of a grid over the sector of a wish, moved into the width."""
    x, y, side = _grid_of(wish.sector, wish.rings, reach)
    extent = np.where(side[:, None] > 0, np.array(wish.right), np.array(wish.left))
    x = np.clip(x, -reach.side - extent[:, 0], reach.side - extent[:, 2])
    cost = np.hypot(x - wish.x, y - wish.y) / AWAY_PX + np.where(side * x < 0, INWARD, 0.0)
    points = np.stack([x, y], axis=1)
    rooms = extent + np.hstack([points, points])
    return _Spots(points, side, extent, rooms, around(rooms), cost, wish.has_label)


NEAR_DEG = 2.5


def around(boxes: Floats) -> Floats:
    """Give the least box around boxes."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def meeting(boxes: Floats, box: Floats) -> NDArray[np.bool_]:
    """Whether each box touches one; shape (boxes,)."""
    beyond = (boxes[:, :2] <= box[2:]) & (boxes[:, 2:] >= box[:2])
    return np.asarray(beyond[:, 0] & beyond[:, 1])


def overlapping(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether each box overlaps each of the others; shape (boxes, others)."""
    own, (left, top, right, bottom) = boxes.T[:, :, None], others.T
    is_met = (own[0] < right) & (own[2] > left)
    is_met &= own[1] < bottom
    is_met &= own[3] > top
    return np.asarray(is_met)


def crossing(lines: Floats, boxes: Floats) -> NDArray[np.bool_]:
    """Whether each line passes through each box, in the shape that both are broadcast to: no axis separates them.

    References
    ----------
    C. Ericson: Real-Time Collision Detection. Morgan Kaufmann, 2005, section 5.3.3 (segment against a box).
    """
    half, middle = (lines[..., 2:] - lines[..., :2]) / 2, (lines[..., 2:] + lines[..., :2]) / 2
    size, centre = (boxes[..., 2:] - boxes[..., :2]) / 2, (boxes[..., 2:] + boxes[..., :2]) / 2
    dx, dy, w, h = half[..., 0], half[..., 1], size[..., 0], size[..., 1]
    x, y = middle[..., 0] - centre[..., 0], middle[..., 1] - centre[..., 1]
    over_x, over_y = np.abs(dx), np.abs(dy)
    is_crossed = np.abs(x) < w + over_x
    is_crossed &= np.abs(y) < h + over_y
    is_crossed &= np.abs(dx * y - dy * x) < w * over_y + h * over_x
    return np.asarray(is_crossed)


def close(lines: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether each line leaves its first end in nearly the direction of each of the others; shape (lines, others)."""
    apart = np.abs(_direction(lines)[:, None] - _direction(others))
    return np.asarray(np.minimum(apart, 2 * math.pi - apart) < math.radians(NEAR_DEG))


def _direction(lines: Floats) -> Floats:
    return np.asarray(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
