"""Coasts and borders that a map shows, as path data of SVG, made once for each frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.geography.atlas import Shapes, read_atlas
from graph.geography.clipping import clip_line, clip_ring, thinned
from graph.geography.frames import Frame

__all__ = ["Outlines", "outlines"]

Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]
Clip: TypeAlias = Callable[[Points, Box], list[Points]]

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
    atlas = read_atlas()
    if atlas is None:
        return Outlines("", "")
    box = (-BEYOND_PX, -BEYOND_PX, frame.width + BEYOND_PX, frame.height + BEYOND_PX)
    step = STEP_PX * (COARSE if len(frame.turns) > 1 else 1.0)
    land = (_path(piece, step, closed=True) for piece in _within(atlas.land, frame, box, _clip_closed))
    borders = (_path(piece, step, closed=False) for piece in _within(atlas.borders, frame, box, clip_line))
    return Outlines("".join(land), "".join(borders))


def _within(shapes: Shapes, frame: Frame, box: Box, clip: Clip) -> Iterator[Points]:
    """Lines in pixels that reach into the frame, cut to a box around it, and before that to what it can project."""
    ends = [*shapes.starts[1:], len(shapes.points)]
    window = (frame.window[0], -90.0, frame.window[1], 90.0)
    for turn in frame.turns:
        turned = shapes.points + np.array((turn, 0.0))
        west, east = (bounds[:, 0] for bounds in _bounds(turned[:, :1], shapes))
        pixels = frame.pixels(turned)
        low, high = _bounds(pixels, shapes)
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
    found = clip_ring(points, box)
    return [found] if len(found) else []


def _bounds(points: Points, shapes: Shapes) -> tuple[Points, Points]:
    """Least and greatest of each column in each line."""
    return np.minimum.reduceat(points, shapes.starts), np.maximum.reduceat(points, shapes.starts)


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
