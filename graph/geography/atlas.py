"""Land and borders of the world, from Natural Earth as world-atlas packs it.

References
----------
The TopoJSON Format Specification, sections 2.1.3 (arcs) and 2.1.4 (transforms).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["ATLAS", "Atlas", "Shapes", "read_atlas"]

ATLAS = Path(__file__).parents[2] / "webapp" / "static" / "vendor" / "countries-50m.json"
HALF_TURN_DEG = 180.0

Points: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shapes:
    """Lines one after another: longitudes and latitudes in degrees, shape (n, 2), and where each begins."""

    points: Points
    starts: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Atlas:
    """Closed coast lines, and the borders between countries, each once; longitudes run on beyond 180 degrees."""

    land: Shapes
    borders: Shapes


@lru_cache(maxsize=1)
def read_atlas() -> Atlas | None:
    """Read the atlas once; None when it has not been installed."""
    if not ATLAS.is_file():
        return None
    topology = json.loads(ATLAS.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    rings = list(_rings(topology["objects"]["countries"]))
    uses = Counter(index if index >= 0 else ~index for ring in rings for index in ring)
    land = (_around_pole(_joined(arcs, ring)) for ring in _rings(topology["objects"]["land"]))
    return Atlas(_shapes(land), _shapes(_joined(arcs, [index]) for index, times in uses.items() if times > 1))


def _arcs(topology: dict[str, Any]) -> Iterator[Points]:
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    for arc in topology["arcs"]:
        yield np.cumsum(np.array(arc, dtype=float), axis=0) * scale + shift


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Rings of polygons as lists of arcs; one below 0 is the complement of an arc that is run backwards."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _joined(arcs: list[Points], ring: list[int]) -> Points:
    points = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def _around_pole(points: Points) -> Points:
    """Close a line that runs around a pole, as that of Antarctica, along the edge of the map."""
    first, last = points[0], points[-1]
    if abs(last[0] - first[0]) < HALF_TURN_DEG:
        return points
    pole = np.sign(first[1]) * 90.0
    return np.concatenate([points, [(last[0], pole), (first[0], pole)]])


def _shapes(lines: Iterable[Points]) -> Shapes:
    found = list(lines)
    lengths = [0, *(len(points) for points in found)]
    return Shapes(np.concatenate(found), np.cumsum(lengths)[:-1])
