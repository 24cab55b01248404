"""The globe, as far as distances need it."""

from __future__ import annotations

import math

__all__ = ["EARTH_KM", "distance_km"]

EARTH_KM = 6371.0088


def distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Great-circle distance of two positions, latitude and longitude in degrees.

    References
    ----------
    R. W. Sinnott: Virtues of the Haversine. Sky and Telescope 68 (2), 1984.
    """
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (start, end))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
