"""A small map: a square where something was found, a ring where not, a band along a line, a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import numpy as np

from graph.charts.marks import ChartWords, add_text, chart_root
from graph.geography.frames import PlainFrame, frame_around
from graph.geography.outlines import outlines

__all__ = ["MapPlace", "small_map"]

SQUARE_PX, RING_PX = 7.0, 4.0
KM_OF_DEGREE = 111.195  # of a degree of latitude on a sphere of 6,371 km
SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
LEAST_DEG = 0.2
SCALE_SHARE = 0.3  # the scale is at most so much of the width


@dataclass(frozen=True)
class MapPlace:
    """A place in degrees; `found` draws a square, else a ring; a name stands beside it, "" for none."""

    longitude: float
    latitude: float
    found: bool
    name: str = ""


def small_map(
    words: ChartWords,
    places: Sequence[MapPlace],
    size: tuple[float, float],
    *,
    lines: Sequence[Sequence[tuple[float, float]]] = (),
    band_km: float = 0,
) -> ET.Element:
    """Draw places on the outlines of countries; a page has one for wide and one for narrow screens.

    Parameters
    ----------
    places : sequence of MapPlace
        At least one.
    size : tuple of float
        Width and height in pixels of its view box, which is stretched to the room that there is.
    lines : sequence of sequence of tuple of float
        Longitudes and latitudes of lines from which distances are measured.
    band_km : float
        How far from the lines the band reaches on both sides, in kilometres.
    """
    frame = frame_around([(place.longitude, place.latitude) for place in places], *size, LEAST_DEG)
    root = chart_root(words, size[1])
    root.set("class", "gm")
    root.set("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    for name in ("width", "height"):
        del root.attrib[name]
    drawn = outlines(frame)
    ET.SubElement(root, "path", {"class": "land2", "d": drawn.land})
    path = "".join(_path(frame, line) for line in lines)
    if path and band_km:
        width = 2 * band_km * frame.scale / KM_OF_DEGREE
        ET.SubElement(root, "path", {"class": "zone", "d": path, "stroke-width": f"{width:.1f}"})
    ET.SubElement(root, "path", {"class": "bline", "d": path or drawn.borders})
    for place in places:
        _draw(root, frame, place)
    _draw_scale(root, frame)
    return root


def _path(frame: PlainFrame, line: Sequence[tuple[float, float]]) -> str:
    points = frame.pixels(np.array(line, dtype=float)).tolist()
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _draw(root: ET.Element, frame: PlainFrame, place: MapPlace) -> None:
    x, y = frame.place(place.longitude, place.latitude)
    if place.found:
        corner, side = SQUARE_PX / 2, f"{SQUARE_PX:g}"
        box = {"x": f"{x - corner:.1f}", "y": f"{y - corner:.1f}", "width": side, "height": side}
        ET.SubElement(root, "rect", {"class": "mp", **box})
    else:
        ET.SubElement(root, "circle", {"class": "mn", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{RING_PX:g}"})
    if place.name:
        right = x > frame.width / 2
        add_text(root, "gl2", f"{x - 8 if right else x + 8:.1f}", y + 4, place.name, "end" if right else "start")


def _draw_scale(root: ET.Element, frame: PlainFrame) -> None:
    """Draw the longest round length that fits, with its kilometres."""
    px = frame.scale / KM_OF_DEGREE
    length = max((km for km in SCALES_KM if km * px <= frame.width * SCALE_SHARE), default=SCALES_KM[0])
    left, y = 12.0, frame.height - 14
    ET.SubElement(root, "path", {"class": "sb", "d": f"M{left:g} {y - 5:g}v5h{length * px:.1f}v-5"})
    add_text(root, "ct", f"{left + 4:g}", y - 8, f"{length}\N{NO-BREAK SPACE}km", "start")
