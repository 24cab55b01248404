"""How far places lie from the border of the country that another place lies in.

The outline is that of Natural Earth, 1:10 million, as world-atlas packs it. Its lines are simplified: they may be off
by about a kilometre, and so may distances be.

References
----------
H. Moritz: Geodetic Reference System 1980, Journal of Geodesy 74 (2000): mean radius of the Earth, 6371.0088 km.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.geography.outlines import FINE_ATLAS, Points, read_arcs, rings_of

__all__ = ["distances_km"]

KM_PER_DEGREE = 6371.0088 * math.pi / 180


def distances_km(places: Sequence[tuple[float, float]], home: tuple[float, float]) -> list[float] | None:
    """Measure how far places lie from the land border of the country that `home` lies in.

    Parameters
    ----------
    places : sequence of (float, float)
        Longitude and latitude in degrees.
    home : (float, float)
        A place within the country.

    Returns
    -------
    list of float or None
        Kilometres, for each place; None when the outline is not installed, or no country with a border is there.
    """
    lines = _border(home)
    if lines is None:
        return None
    return [_distance_km(np.array(place), *lines) for place in places]


def _distance_km(place: Points, starts: Points, ends: Points) -> float:
    """Distance to the nearest of some segments, in the plane that touches the Earth at the place."""
    scale = np.array((math.cos(math.radians(place[1])), 1.0)) * KM_PER_DEGREE
    first, along = (starts - place) * scale, (ends - starts) * scale
    lengths = np.maximum(np.sum(along * along, axis=1), 1e-12)
    part = np.clip(-np.sum(first * along, axis=1) / lengths, 0.0, 1.0)
    nearest = first + part[:, None] * along
    return float(np.sqrt(np.min(np.sum(nearest * nearest, axis=1))))


@lru_cache(maxsize=8)
def _border(home: tuple[float, float]) -> tuple[Points, Points] | None:
    """Give the segments that the country around a place shares with others, as starts and ends; None for none."""
    if not FINE_ATLAS.is_file():
        return None
    topology = json.loads(FINE_ATLAS.read_text(encoding="utf-8"))
    countries, arcs = topology["objects"]["countries"]["geometries"], read_arcs(topology)
    rings = [list(rings_of(country)) for country in countries]
    for own in rings:
        # A place in a ring of a country that lies around another one is in both, and so in neither.
        if sum(_is_within(home, _ring(arcs, ring)) for ring in own) % 2:
            uses = Counter(_arc(index) for others in rings for ring in others for index in ring)
            lines = [arcs[_arc(index)] for ring in own for index in ring if uses[_arc(index)] > 1]
            if not lines:
                return None
            return np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines])
    return None


def _arc(index: int) -> int:
    return index if index >= 0 else ~index


def _ring(arcs: list[Points], ring: list[int]) -> Points:
    return np.concatenate([arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring])


def _is_within(place: tuple[float, float], ring: Points) -> bool:
    """Whether a ray to the east crosses a ring an odd number of times."""
    x, y = place
    before, after = ring, np.roll(ring, -1, axis=0)
    crosses: NDArray[np.bool_] = (before[:, 1] > y) != (after[:, 1] > y)
    rise = np.where(crosses, after[:, 1] - before[:, 1], 1.0)
    at = before[:, 0] + (y - before[:, 1]) / rise * (after[:, 0] - before[:, 0])
    return bool(np.count_nonzero(crosses & (at > x)) % 2)
