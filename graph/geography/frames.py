"""The part of the Earth that a map shows, and where places are in its picture."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from graph.globe import EARTH_KM

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    import numpy as np
    from numpy.typing import NDArray

    Points: TypeAlias = NDArray[np.float64]

__all__ = ["Frame", "PlainFrame", "frame_around"]

LEAST_DEG = 3.0
MARGIN = 0.08
TURNS_DEG = (-360.0, 0.0, 360.0)


class Frame(Protocol):
    """A picture of a part of the Earth; frozen, so that what is drawn for it can be kept."""

    @property
    def width(self) -> float:
        """Width of the picture in pixels."""
        ...

    @property
    def height(self) -> float:
        """Height of the picture in pixels."""
        ...

    @property
    def turns(self) -> tuple[float, ...]:
        """Turns in degrees by which what lies beyond one edge comes in at the other; (0,) where `pixels` needs none."""
        ...

    @property
    def window(self) -> tuple[float, float]:
        """Least and greatest longitude in degrees that `pixels` puts into the picture."""
        ...

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees of a box that all of the picture lies in; east may be beyond 180."""
        ...

    @property
    def km_px(self) -> float:
        """Kilometres of a pixel in the middle of the picture."""
        ...

    def pixels(self, points: Points) -> Points:
        """Pixels from the left and from the top of longitudes and latitudes in degrees, both of shape (n, 2)."""
        ...


@dataclass(frozen=True)
class PlainFrame:
    """An equirectangular map, true to scale at its middle latitude.

    Attributes
    ----------
    extent : tuple of float
        West, south, east, north in degrees.
    width, height : float
        Size of the picture in pixels.
    """

    extent: tuple[float, float, float, float]
    width: float
    height: float
    turns: tuple[float, ...] = TURNS_DEG

    @property
    def window(self) -> tuple[float, float]:
        """West and east."""
        return self.extent[0], self.extent[2]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """All of the extent."""
        return self.extent

    @property
    def km_px(self) -> float:
        """Kilometres of a pixel, from south to north."""
        return EARTH_KM * math.radians(1 / self.scale)

    @property
    def squeeze(self) -> float:
        """Length of a degree of longitude in degrees of latitude, in the middle of the map."""
        return math.cos(math.radians((self.extent[1] + self.extent[3]) / 2))

    @property
    def scale(self) -> float:
        """Pixels of a degree of latitude."""
        return self.height / (self.extent[3] - self.extent[1])

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        return (longitude - self.extent[0]) * self.scale * self.squeeze, (self.extent[3] - latitude) * self.scale

    def pixels(self, points: Points) -> Points:
        """As `place`, of shape (n, 2)."""
        return (points - (self.extent[0], self.extent[3])) * (self.scale * self.squeeze, -self.scale)


def frame_around(
    places: Collection[tuple[float, float]], width: float, height: float, least_deg: float = LEAST_DEG
) -> PlainFrame:
    """Find the smallest frame of a picture's proportions that shows all places with some room around them.

    Parameters
    ----------
    places : collection of tuple
        Longitude and latitude in degrees, at least one.
    least_deg : float
        It is at least as high as so many degrees.
    """
    longitudes, latitudes = zip(*places, strict=True)
    x, y = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    squeeze = math.cos(math.radians(y))
    spans = max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)
    tall = max(least_deg, spans[1] * (1 + 2 * MARGIN), spans[0] * (1 + 2 * MARGIN) * squeeze * height / width)
    wide = tall * width / height / max(squeeze, 0.01)
    numbers = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    west, south, east, north = (round(number, 3) for number in numbers)
    return PlainFrame((west, south, east, north), width, height)
