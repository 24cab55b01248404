"""Coasts and borders that a map shows, as path data of SVG, made once for each frame.

They are those of Natural Earth, as world-atlas packs it: 1:50 million for the world and a continent, 1:10 million where
a picture is finer than `FINE_KM_PX`. They are cut to the box of a picture, and points that do not show are left out.
World-atlas has no outlines of regions, so none are drawn.

References
----------
The TopoJSON Format Specification, sections 2.1.3 (arcs) and 2.1.4 (transforms).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.geography.frames import Frame

__all__ = [
    "ATLAS", "FINE_ATLAS", "FINE_KM_PX", "Outlines", "Points", "clip_line", "clip_ring", "outlines", "read_arcs",
    "read_atlas", "rings_of", "thinned",
]  # fmt: skip

Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]
Clip: TypeAlias = Callable[[Points, Box], list[Points]]

ATLAS = Path(__file__).parents[2] / "webapp" / "static" / "vendor" / "countries-50m.json"
FINE_ATLAS = ATLAS.with_name("countries-10m.json")
FINE_KM_PX = 2.0  # outlines of 1:50 million are off by a few kilometres, which shows from here on
HALF_TURN_DEG, TURN_DEG = 180.0, 360.0
ROUNDS = 4
STEP_PX = 0.5
COARSE = 2.0  # how much coarser the lines of the world are
LEAST_PX2 = 0.5
STRAIGHT = 0.25  # less than the smallest triangle of a grid
LEAST_ISLAND_PX = 2.0
BEYOND_PX = 20.0  # how far beyond the frame outlines are kept, so that their ends are not seen
KEPT = 64


@dataclass(frozen=True)
class Outlines:
    """Path data: land as closed rings, borders as open lines; both "" when the atlas has not been installed."""

    land: str
    borders: str


@lru_cache(maxsize=KEPT)
def outlines(frame: Frame) -> Outlines:
    """Draw the coasts and borders that a frame shows."""
    atlas = (read_atlas(FINE_ATLAS) if frame.km_px < FINE_KM_PX else None) or read_atlas(ATLAS)
    if atlas is None:
        return Outlines("", "")
    box = (-BEYOND_PX, -BEYOND_PX, frame.width + BEYOND_PX, frame.height + BEYOND_PX)
    step = STEP_PX * (COARSE if len(frame.turns) > 1 else 1.0)
    land = (_path(piece, step, closed=True) for piece in _within(atlas.land, frame, box, _clip_closed))
    borders = (_path(piece, step, closed=False) for piece in _within(atlas.borders, frame, box, clip_line))
    return Outlines("".join(land), "".join(borders))


def _within(shapes: Shapes, frame: Frame, box: Box, clip: Clip) -> Iterator[Points]:
    """Lines in pixels that reach into the frame, cut to a box around it, and before that to what it can project."""
    shapes = shapes.within(frame.bounds)
    if not len(shapes.starts):
        return
    ends = [*shapes.starts[1:], len(shapes.points)]
    window = (frame.window[0], -90.0, frame.window[1], 90.0)
    for turn in frame.turns:
        turned = shapes.points + np.array((turn, 0.0))
        west, east = (bounds[:, 0] for bounds in _bounds(turned[:, :1], shapes.starts))
        pixels = frame.pixels(turned)
        low, high = _bounds(pixels, shapes.starts)
        # What is not a number compares as false and is left out.
        seen = np.all((high >= 0) & (low <= (frame.width, frame.height)), axis=1)
        seen &= (east > window[0]) & (west < window[2]) & (np.max(high - low, axis=1) >= LEAST_ISLAND_PX)
        for i in np.flatnonzero(seen):
            line = slice(shapes.starts[i], ends[i])
            whole = west[i] >= window[0] and east[i] <= window[2]
            pieces = [pixels[line]] if whole else map(frame.pixels, clip(turned[line], window))
            for piece in pieces:
                yield from clip(piece, box)


def _clip_closed(points: Points, box: Box) -> list[Points]:
    ring = clip_ring(points, box)
    return [ring] if len(ring) else []


def _bounds(points: Points, starts: NDArray[np.intp]) -> tuple[Points, Points]:
    """Least and greatest of each column in each line."""
    return np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)


def _path(points: Points, step: float, *, closed: bool) -> str:
    """Path data with steps from point to point; "" when nothing shows."""
    steps = np.rint(thinned(points, LEAST_PX2 * step / STEP_PX) / step)
    steps = thinned(steps, STRAIGHT)
    if len(steps) < (3 if closed else 2):
        return ""
    numbers = (np.diff(steps, axis=0) * step).reshape(-1).tolist()
    moves = " ".join(map(_short, numbers)).replace(" -", "-")
    return f"M{steps[0, 0] * step:g} {steps[0, 1] * step:g}l{moves}{'z' if closed else ''}"


@lru_cache(maxsize=4096)
def _short(number: float) -> str:
    """Write a number as short as the grammar of paths allows: ``-.5``."""
    text = f"{number:g}"
    return text.replace("0.", ".", 1) if abs(number) < 1 else text


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
        near, far = points[1:-1] - points[:-2], points[2:] - points[:-2]
        small = np.abs(near[:, 0] * far[:, 1] - near[:, 1] * far[:, 0]) / 2 < area
        small[1::2] &= ~small[:-1:2][: len(small[1::2])]
        small[2::2] &= ~small[1:-1:2][: len(small[2::2])]
        if not small.any():
            break
        points = points[np.concatenate([[True], ~small, [True]])]
    return points


@dataclass(frozen=True, eq=False)
class Shapes:
    """Lines one after another: longitudes and latitudes in degrees, shape (n, 2), and where each begins."""

    points: Points
    starts: NDArray[np.intp]

    @cached_property
    def boxes(self) -> tuple[Points, Points]:
        """West and south, and east and north of each line."""
        return _bounds(self.points, self.starts)

    def within(self, bounds: Box) -> Shapes:
        """Lines whose boxes reach into a box in degrees, whatever the turn."""
        (west, south), (east, north) = (box.T for box in self.boxes)
        near = (south <= bounds[3]) & (north >= bounds[1])
        near &= ((west - bounds[0]) % TURN_DEG <= bounds[2] - bounds[0]) | (
            (bounds[0] - west) % TURN_DEG <= east - west
        )
        if near.all():
            return self
        ends = np.append(self.starts[1:], len(self.points))
        return _shapes(self.points[self.starts[i] : ends[i]] for i in np.flatnonzero(near))


@dataclass(frozen=True, eq=False)
class Atlas:
    """Closed coast lines, and the borders between countries, each once; longitudes run on beyond 180 degrees."""

    land: Shapes
    borders: Shapes


@lru_cache(maxsize=2)
def read_atlas(path: Path) -> Atlas | None:
    """Read an atlas once; None when it has not been installed."""
    if not path.is_file():
        return None
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = read_arcs(topology)
    rings = list(rings_of(topology["objects"]["countries"]))
    uses = Counter(index if index >= 0 else ~index for ring in rings for index in ring)
    land = (_around_pole(_joined(arcs, ring)) for ring in rings_of(topology["objects"]["land"]))
    return Atlas(_shapes(land), _shapes(_joined(arcs, [index]) for index, times in uses.items() if times > 1))


def read_arcs(topology: dict[str, Any]) -> list[Points]:
    """Give the arcs of a topology in degrees, in their order."""
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    # All at once: there are thousands of arcs, most of them short. The steps are whole numbers, so that a sum over all
    # arcs is exact, and what ran up before an arc can be taken off again.
    lengths = np.array([len(arc) for arc in topology["arcs"]], dtype=np.intp)
    starts = np.cumsum(lengths) - lengths
    numbers = chain.from_iterable(chain.from_iterable(topology["arcs"]))
    steps = np.fromiter(numbers, dtype=np.int64, count=2 * int(lengths.sum())).reshape(-1, 2)
    run = np.cumsum(steps, axis=0)
    points = (run - np.repeat(run[starts] - steps[starts], lengths, axis=0)) * scale + shift
    return np.split(points, starts[1:])


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Give the rings of polygons as lists of arcs; one below 0 is the complement of an arc that is run backwards."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _joined(arcs: list[Points], ring: list[int]) -> Points:
    points = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
    if np.ptp(points[:, 0]) > HALF_TURN_DEG:
        points = np.column_stack([np.unwrap(points[:, 0], period=TURN_DEG), points[:, 1]])
    return points


def _around_pole(points: Points) -> Points:
    """Close a line that runs around a pole, as that of Antarctica, along the edge of the map."""
    first, last = points[0], points[-1]
    if abs(last[0] - first[0]) < HALF_TURN_DEG:
        return points
    pole = np.sign(first[1]) * 90.0
    return np.concatenate([points, [(last[0], pole), (first[0], pole)]])


def _shapes(lines: Iterable[Points]) -> Shapes:
    pieces = [np.empty((0, 2)), *lines]
    return Shapes(np.concatenate(pieces), np.cumsum([len(points) for points in pieces])[:-1])
