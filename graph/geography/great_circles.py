"""Shortest ways over the globe, as numbers and as lines on a map.

References
----------
E. Williams: Aviation formulary, "Intermediate points on a great circle".
"""

from __future__ import annotations

import math
import re
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph import globe
from graph.geography.frames import Frame
from graph.globe import EARTH_KM

__all__ = ["SHORT_KM", "arc_path", "distance_km", "great_circle", "in_window", "middle_of", "short_path"]

Points: TypeAlias = NDArray[np.float64]
Position: TypeAlias = tuple[float, float]

STEP_DEG = 3.0
SHORT_KM = 400.0
BENT_POINTS = 9
JUMP = 0.5


def distance_km(here: Position, there: Position) -> float:
    """Way over the globe between two positions: longitude and latitude in degrees."""
    return globe.distance_km((here[1], here[0]), (there[1], there[0]))


def great_circle(here: Position, there: Position, count: int) -> Points:
    """Points of the shortest way, both ends included: longitudes and latitudes in degrees, shape (count, 2).

    Between opposite points of the globe, where every way is the shortest, it runs over the north pole.
    """
    start, end = _vector(here), _vector(there)
    if float(start @ end) < -1 + 1e-12:
        end = _vector((there[0], there[1] + 1e-4))
    angle = math.acos(max(-1.0, min(1.0, float(start @ end))))
    part = np.linspace(0, 1, count)[:, None]
    if angle < 1e-9:
        return np.repeat([here], count, axis=0)
    x, y, z = ((np.sin((1 - part) * angle) * start + np.sin(part * angle) * end) / math.sin(angle)).T
    return np.column_stack([np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))])


def _vector(position: Position) -> Points:
    longitude, latitude = map(math.radians, position)
    return np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )


def arc_path(frame: Frame, here: Position, there: Position, bend: float = 0.0) -> str:
    """Path data of the shortest way on a map.

    Parameters
    ----------
    bend : float
        Pixels by which its middle is moved aside, so that several between the same places can be told apart.
    """
    count = max(BENT_POINTS if bend else 2, math.ceil(math.degrees(distance_km(here, there) / EARTH_KM) / STEP_DEG) + 1)
    pixels = frame.pixels(in_window(great_circle(here, there, count), frame))
    return _line(_bent(pixels, bend) if bend else pixels, frame)


def short_path(here: tuple[float, float], there: tuple[float, float], bend: float = 0.0) -> str:
    """Path data of a way so short that no map shows it curved, between two points in pixels; see `arc_path`."""
    (a, b), (c, d) = here, there
    if not bend:
        return f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}"
    length = math.hypot(c - a, d - b) or 1.0
    # The middle of a quadratic curve lies half way to its control point.
    x, y = (a + c) / 2 - 2 * bend * (d - b) / length, (b + d) / 2 + 2 * bend * (c - a) / length
    return f"M{a:.1f} {b:.1f}Q{x:.1f} {y:.1f} {c:.1f} {d:.1f}"


def middle_of(path: str) -> tuple[float, float]:
    """Point half way along the path data of `arc_path` or `short_path`."""
    numbers = [float(number) for number in re.findall(r"-?[0-9.]+", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    weights = (0.25, 0.5, 0.25) if "Q" in path else (0.5, 0.5)
    first = 0 if "Q" in path else (len(points) - 1) // 2
    chosen = points[first : first + len(weights)] if "Q" in path or len(points) % 2 == 0 else [points[first]] * 2
    x, y = (sum(w * p[axis] for w, p in zip(weights, chosen, strict=True)) for axis in (0, 1))
    return x, y


def in_window(points: Points, frame: Frame) -> Points:
    """Give longitudes in the turn that a frame shows."""
    middle = sum(frame.window) / 2
    if not math.isfinite(middle):
        return points
    longitude = (points[:, 0] - middle + 180.0) % 360.0 - 180.0 + middle
    return np.column_stack([longitude, points[:, 1]])


def _bent(pixels: Points, bend: float) -> Points:
    chord = pixels[-1] - pixels[0]
    length = math.hypot(*chord) or 1.0
    aside = np.array([-chord[1], chord[0]]) / length
    return np.asarray(pixels + aside * (bend * np.sin(np.linspace(0, math.pi, len(pixels))))[:, None])


def _line(pixels: Points, frame: Frame) -> str:
    """Path data, lifted where the way leaves the map at one edge and comes in at the other."""
    lifted = np.concatenate([[True], np.abs(np.diff(pixels[:, 0])) > JUMP * frame.width])
    return "".join(f"{'M' if lift else 'L'}{x:.1f} {y:.1f}" for lift, (x, y) in zip(lifted, pixels, strict=True))
