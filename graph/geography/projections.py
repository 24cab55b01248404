"""Map projections of a sphere: Equal Earth for the world, azimuthal equal-area for a part of it.

Both keep areas, so that no country looks larger than it is.

References
----------
B. Šavrič, T. Patterson, B. Jenny: The Equal Earth map projection. International Journal of
Geographical Information Science 33 (3), 2019.
J. P. Snyder: Map projections, a working manual. U.S. Geological Survey Professional Paper 1395, 1987,
chapter 24 (Lambert azimuthal equal-area projection, sphere).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.geography.frames import TURNS_DEG
from graph.globe import EARTH_KM

__all__ = ["RegionFrame", "WorldFrame", "azimuthal", "azimuthal_inverse", "equal_earth", "world_frame"]

Points: TypeAlias = NDArray[np.float64]

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
SOUTH_DEG, NORTH_DEG = -57.0, 80.0
EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)
POLAR_DEG, SPARE = 85.0, 0.1
BEHIND = math.cos(math.radians(150.0))


def equal_earth(points: Points) -> Points:
    """Project longitudes from the middle meridian and latitudes in degrees, shape (n, 2), to Earth radii."""
    longitude, latitude = np.radians(points).T
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(latitude))
    square = theta * theta
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = 2 * math.sqrt(3) / 3 * longitude * np.cos(theta) / slope
    return np.column_stack([x, theta * (A1 + A2 * square + sixth * (A3 + A4 * square))])


def azimuthal(points: Points, middle: tuple[float, float]) -> Points:
    """Project degrees, shape (n, 2), to Earth radii east and north of a middle in degrees.

    What lies more than 150 degrees away is not a number: there the projection tears lines apart.
    """
    longitude, latitude = np.radians(points - (middle[0], 0.0)).T
    sine, cosine = math.sin(math.radians(middle[1])), math.cos(math.radians(middle[1]))
    near = sine * np.sin(latitude) + cosine * np.cos(latitude) * np.cos(longitude)
    stretch = np.sqrt(2 / (1 + np.where(near < BEHIND, np.nan, near)))
    x = np.cos(latitude) * np.sin(longitude)
    y = cosine * np.sin(latitude) - sine * np.cos(latitude) * np.cos(longitude)
    return np.column_stack([stretch * x, stretch * y])


def azimuthal_inverse(plane: Points, middle: tuple[float, float]) -> Points:
    """Find the longitudes and latitudes in degrees of points that `azimuthal` projects to `plane`."""
    x, y = plane.T
    distance = np.maximum(np.hypot(x, y), 1e-12)
    angle = 2 * np.arcsin(np.clip(distance / 2, 0, 1))
    sine, cosine = math.sin(math.radians(middle[1])), math.cos(math.radians(middle[1]))
    latitude = np.arcsin(np.clip(np.cos(angle) * sine + y * np.sin(angle) * cosine / distance, -1, 1))
    turn = np.arctan2(x * np.sin(angle), distance * cosine * np.cos(angle) - y * sine * np.sin(angle))
    return np.column_stack([np.degrees(turn) + middle[0], np.degrees(latitude)])


@dataclass(frozen=True)
class WorldFrame:
    """The world but for Antarctica, `scale` pixels to an Earth radius, cut opposite to its middle meridian."""

    middle: float
    scale: float
    width: float
    height: float
    turns: tuple[float, ...] = TURNS_DEG

    @property
    def window(self) -> tuple[float, float]:
        """From cut to cut."""
        return self.middle - 180.0, self.middle + 180.0

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The whole Earth."""
        return EVERYWHERE

    @property
    def km_px(self) -> float:
        """Kilometres of a pixel, where the projection neither stretches nor squeezes."""
        return EARTH_KM / self.scale

    def pixels(self, points: Points) -> Points:
        """Pixels of degrees; what lies beyond the cut is moved to it, see `Frame.turns`."""
        longitude = np.clip(points[:, 0] - self.middle, -180.0, 180.0)
        plane = equal_earth(np.column_stack([longitude, points[:, 1]]))
        top = float(equal_earth(np.array([[0.0, NORTH_DEG]]))[0, 1])
        return plane * (self.scale, -self.scale) + (self.width / 2, top * self.scale)


def world_frame(width: float, middle: float) -> WorldFrame:
    """Give the frame of the world in a width in pixels around a meridian in degrees."""
    (east, _), (_, south), (_, north) = equal_earth(np.array([[180.0, 0.0], [0.0, SOUTH_DEG], [0.0, NORTH_DEG]]))
    scale = width / (2 * float(east))
    return WorldFrame(middle, scale, width, math.ceil(scale * float(north - south)))


@dataclass(frozen=True)
class RegionFrame:
    """A part of the Earth around a middle in degrees, `scale` pixels to an Earth radius."""

    middle: tuple[float, float]
    scale: float
    width: float
    height: float
    turns: tuple[float, ...] = (0.0,)
    window: tuple[float, float] = (-math.inf, math.inf)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """A box around the border with room to spare; the whole Earth where a pole is near."""
        border = self.border()
        (west, south), (east, north) = border.min(axis=0).tolist(), border.max(axis=0).tolist()
        wide, tall = (east - west) * SPARE, (north - south) * SPARE
        if east - west > 180 or max(-south, north) + tall > POLAR_DEG:
            return EVERYWHERE
        return west - wide, south - tall, east + wide, north + tall

    @property
    def km_px(self) -> float:
        """Kilometres of a pixel in the middle."""
        return EARTH_KM / self.scale

    def pixels(self, points: Points) -> Points:
        """Pixels of degrees."""
        return azimuthal(points, self.middle) * (self.scale, -self.scale) + (self.width / 2, self.height / 2)

    def border(self, steps: int = 8) -> Points:
        """Longitudes and latitudes of points along the border of the picture, for its shape on another map."""
        part = np.arange(steps) / steps
        zeros, ones = np.zeros(steps), np.ones(steps)
        x = np.concatenate([part, ones, 1 - part, zeros]) - 0.5
        y = np.concatenate([zeros, part, ones, 1 - part]) - 0.5
        return azimuthal_inverse(np.column_stack([x * self.width, -y * self.height]) / self.scale, self.middle)
