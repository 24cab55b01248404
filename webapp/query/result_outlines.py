"""Outlines of countries behind the points of an answer, from Natural Earth as world-atlas packs it.

References
----------
The TopoJSON Format Specification, sections 2.1.3 (arcs) and 2.1.4 (transforms).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from webapp.query.result_frame import Frame

__all__ = ["ATLAS", "outlines"]

ATLAS = Path(__file__).parent.parent / "static" / "vendor" / "countries-50m.json"
STEP_PX = 1.0
HALF_TURN_DEG, TURNS_DEG = 180.0, (-360.0, 0.0, 360.0)
BEYOND_PX = 20.0  # how far beyond the frame outlines are kept, so that their ends are not seen

Points: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ring:
    """A closed line: longitudes and latitudes in degrees, shape (n, 2), with its corners."""

    points: Points
    low: tuple[float, float]
    high: tuple[float, float]


@lru_cache(maxsize=64)
def outlines(frame: Frame) -> str:
    """Path data of the coasts and borders that a frame shows; "" when the atlas has not been installed."""
    west, south, east, north = frame.extent
    near = (
        ring.points + np.array((turn, 0.0))
        for ring in _rings()
        for turn in TURNS_DEG
        if ring.low[0] + turn <= east and ring.high[0] + turn >= west and ring.low[1] <= north and ring.high[1] >= south
    )
    return "".join(_path(points, frame) for points in near)


@lru_cache(maxsize=1)
def _rings() -> tuple[Ring, ...]:
    if not ATLAS.is_file():
        return ()
    topology = json.loads(ATLAS.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    found = (_joined(arcs, ring) for ring in _indexes(topology["objects"]["countries"]))
    return tuple(Ring(points, _corner(points.min(axis=0)), _corner(points.max(axis=0))) for points in found)


def _arcs(topology: dict[str, Any]) -> Iterator[Points]:
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    for arc in topology["arcs"]:
        yield np.cumsum(np.array(arc, dtype=float), axis=0) * scale + shift


def _indexes(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Rings of polygons as lists of arcs; one below 0 is the complement of an arc that is run backwards."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _indexes(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _joined(arcs: list[Points], ring: list[int]) -> Points:
    points = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
    return _around_pole(np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]]))


def _around_pole(points: Points) -> Points:
    """Close a line that runs around a pole, as that of Antarctica, along the edge of the map."""
    first, last = points[0], points[-1]
    if abs(last[0] - first[0]) < HALF_TURN_DEG:
        return points
    pole = np.sign(first[1]) * 90.0
    return np.concatenate([points, [(last[0], pole), (first[0], pole)]])


def _corner(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _path(ring: Points, frame: Frame) -> str:
    """Path of a ring in pixels, without points that do not show; "" when nothing is left."""
    pixels = (ring - (frame.extent[0], frame.extent[3])) * (frame.scale * frame.squeeze, -frame.scale)
    kept = np.clip(pixels, -BEYOND_PX, (frame.width + BEYOND_PX, frame.height + BEYOND_PX))
    steps = np.rint(kept / STEP_PX)
    steps = steps[np.concatenate([[True], np.any(np.diff(steps, axis=0) != 0, axis=1)])]
    if len(steps) < 3:
        return ""
    return f"M{'L'.join(f'{x * STEP_PX:g} {y * STEP_PX:g}' for x, y in steps)}z"
