"""Which parts of the Earth a map shows: the world when it must, then insets around the middle, finer each time."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.geography.great_circles import distance_km, in_window
from graph.geography.projections import RegionFrame, WorldFrame, azimuthal, azimuthal_inverse, world_frame
from graph.geography.scenery import Position
from graph.globe import EARTH_KM

__all__ = ["Inset", "PictureSize", "find_insets"]

Points: TypeAlias = NDArray[np.float64]

REACHES_KM = (2200.0, 150.0)
FINER = 1.8
LEAST_KM = (80.0, 40.0)  # from side to side, from top to bottom
WITHIN_PX = 10.0


@dataclass(frozen=True)
class PictureSize:
    """Size of pictures in pixels: width, least and greatest height, and room at the sides for labels."""

    width: float
    low: float
    high: float
    margin: float


@dataclass(frozen=True)
class Inset:
    """A frame, and how many kilometres from the middle it was made for; infinite for the world."""

    frame: WorldFrame | RegionFrame
    reach_km: float

    @property
    def across_km(self) -> int:
        """How much of the Earth its picture shows from side to side, to two digits."""
        return int(_rounded_down(self.frame.width / self.frame.scale * EARTH_KM))

    def place(self, positions: Sequence[Position]) -> list[tuple[float, float] | None]:
        """Pixels of positions; None for what is outside, or so near to the edge that it cannot be drawn."""
        low, (wide, tall) = WITHIN_PX, (self.frame.width - WITHIN_PX, self.frame.height - WITHIN_PX)
        return [(x, y) if low <= x <= wide and low <= y <= tall else None for x, y in self._pixels(positions)]

    def place_all(self, positions: Sequence[Position]) -> list[tuple[float, float]]:
        """Pixels of positions; what is outside is moved to the edge."""
        low, (wide, tall) = WITHIN_PX, (self.frame.width - WITHIN_PX, self.frame.height - WITHIN_PX)
        return [(min(max(x, low), wide), min(max(y, low), tall)) for x, y in self._pixels(positions)]

    def _pixels(self, positions: Sequence[Position]) -> list[list[float]]:
        points = in_window(np.array(positions, dtype=float).reshape(-1, 2), self.frame)
        pixels: list[list[float]] = self.frame.pixels(points).tolist()
        return pixels


def find_insets(middle: Position, positions: Collection[Position], sheet: PictureSize) -> tuple[Inset, ...]:
    """Find the parts of the Earth that show all positions, and the crowded ones around the middle enlarged.

    Parameters
    ----------
    middle : tuple of float
        Longitude and latitude in degrees, shown by all of them.

    Returns
    -------
    tuple of Inset
        From the widest to the finest; one at least. The world comes only when something lies beyond the
        greatest reach, and a finer one only when it is finer by `FINER` than the one before.
    """
    ways = {position: distance_km(middle, position) for position in positions}
    insets: list[Inset] = []
    if max(ways.values(), default=0.0) > REACHES_KM[0]:
        insets.append(Inset(world_frame(sheet.width, round(middle[0], -1)), math.inf))
    for reach in REACHES_KM:
        near = {position for position, way in ways.items() if way <= reach} | {middle}
        frame = _frame_around(middle, sorted(near), sheet)
        if not insets or (len(near) > 1 and frame.scale > FINER * insets[-1].frame.scale):
            insets.append(Inset(frame, reach))
    return tuple(insets)


def _frame_around(middle: Position, positions: Sequence[Position], sheet: PictureSize) -> RegionFrame:
    """Make the smallest frame with all positions, at rounded numbers, so that like views share their outlines."""
    plane = azimuthal(np.array(positions), middle)
    (longitude, latitude), *_ = azimuthal_inverse(((plane.min(axis=0) + plane.max(axis=0)) / 2)[None, :], middle)
    centre = (round(float(longitude), 1), round(float(latitude), 1))
    plane = azimuthal(np.array(positions), centre)
    halves = np.abs(plane).max(axis=0).tolist()
    half_wide, half_tall = (max(half, least / 2 / EARTH_KM) for half, least in zip(halves, LEAST_KM, strict=True))
    width = sheet.width - 2 * sheet.margin
    height = min(sheet.high, max(sheet.low, width * half_tall / half_wide + 2 * sheet.margin))
    scale = min(width / 2 / half_wide, (height - 2 * sheet.margin) / 2 / half_tall)
    return RegionFrame(centre, _rounded_down(scale), sheet.width, float(round(height, -1)))


def _rounded_down(scale: float) -> float:
    """Keep two digits."""
    unit = 10.0 ** (math.floor(math.log10(scale)) - 1)
    return math.floor(scale / unit) * unit
