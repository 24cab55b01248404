"""Sectors around the middle of the map: each country group has its own, in the same order everywhere."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Sector", "divide"]

# First angle and span in degrees, clockwise from the first; 0 points right, 90 up.
Sector = tuple[float, float]

AROUND = ("c1", "c0", "c2", "c4", "c5", "c3", "c6")
FIRST_BOUNDARY_DEG = 195.0


def divide(sizes: Mapping[str, int]) -> dict[str, Sector]:
    """Divide the circle among groups: half of it by number of members, half alike.

    Parameters
    ----------
    sizes : mapping
        Number of members of each group that has any.
    """
    order = [group for group in AROUND if group in sizes] + sorted(sizes.keys() - set(AROUND))
    total, first, sectors = sum(sizes.values()), FIRST_BOUNDARY_DEG, {}
    for group in order:
        span = 180 * (sizes[group] / total + 1 / len(order))
        sectors[group] = (first, span)
        first -= span
    return sectors
