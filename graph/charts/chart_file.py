"""A chart as an SVG file that stands alone: in pixels, with title, legend, note, and colours in attributes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from graph.charts.marks import Part, add_text, swatch
from graph.pictures.picture_file import stand_alone

__all__ = ["FileWords", "chart_file"]

WIDTH_PX, EDGE_PX = 800.0, 20.0
TITLE_PX, LINE_PX, LEGEND_PX = 22.0, 17.0, 24.0
TITLE_CHARACTERS, LINE_CHARACTERS = 84, 125
CHARACTER_PX, SWATCH_PX = 6.6, 28.0
LENGTHS = ("x", "x1", "x2", "width", "cx")
INK = {"fill": "--ink", "font-size": "12"}
STYLE: Mapping[str, Mapping[str, str]] = {
    "q-proved": {"fill": "--brand"}, "q-older": {"fill": "--brand-2"}, "q-open": {"fill": "--open-2"},
    "q-ended": {"fill": "--edge"},
    "hatch": {"stroke": "--paper", "stroke-width": "2.4"}, "dot": {"fill": "--paper"},
    "sg": {"stroke": "--paper", "stroke-width": "1"},
    "ax": {"stroke": "--control", "stroke-width": "1"}, "gl": {"stroke": "--line", "stroke-width": "1"},
    "ct": {"fill": "--ink-2", "font-size": "12"}, "cl": INK, "cn": {**INK, "font-weight": "600"},
    "ch": {"fill": "--ink", "font-size": "17", "font-weight": "600"},
    "w-day": {"fill": "--brand", "stroke": "--paper", "stroke-width": "1.5"},
    "w-span": {"fill": "--brand-soft", "stroke": "--brand", "stroke-width": "1.5"},
    "w-derived": {"fill": "none", "stroke": "--edge", "stroke-width": "1.5", "stroke-dasharray": "4 3"},
    "land2": {"fill": "--ground", "stroke": "--line"},
    "zone": {"fill": "none", "stroke": "--brand-soft", "stroke-linejoin": "round"},
    "bline": {"fill": "none", "stroke": "--ink-2", "stroke-width": "1.5", "stroke-dasharray": "6 3"},
    "mn": {"fill": "--paper", "stroke": "--differ", "stroke-width": "1.8"}, "mp": {"fill": "--brand"},
    "gl2": {**INK, "font-weight": "600", "paint-order": "stroke", "stroke": "--paper", "stroke-width": "3.5"},
    "sb": {"fill": "none", "stroke": "--ink-2", "stroke-width": "1.5"},
}  # fmt: skip


@dataclass(frozen=True)
class FileWords:
    """What stands in the file beside the chart: its title, the line below it, and where it comes from."""

    title: str
    note: str
    origin: str


def chart_file(
    root: ET.Element,
    parts: Sequence[Part],
    words: FileWords,
    colours: Mapping[str, str],
    size: tuple[float, float] = (0, 0),
) -> bytes:
    """Write a chart as a file that presentations and text processors take, without a style sheet or script.

    Parameters
    ----------
    root : Element
        The chart, which stays as it is.
    parts : sequence of Part
        Those that the legend names; one alone needs none.
    colours : mapping
        Colour by name, see `graph.pictures.picture_file.read_colours`.
    size : tuple of float
        Width and height of the view box of a small map; other charts know theirs.
    """
    outer, y = ET.Element("svg"), EDGE_PX
    for line in textwrap.wrap(words.title, TITLE_CHARACTERS):
        y += TITLE_PX
        add_text(outer, "ch", f"{EDGE_PX:g}", y - 6, line, "start")
    for line in textwrap.wrap(words.note, LINE_CHARACTERS):
        y += LINE_PX
        add_text(outer, "ct", f"{EDGE_PX:g}", y - 3, line, "start")
    if len(parts) > 1:
        y += LEGEND_PX
        _draw_legend(outer, parts, y - 14)
    y += LINE_PX / 2
    width = WIDTH_PX - 2 * EDGE_PX
    scale = width / size[0] if size[0] else 1.0
    scaled = f" scale({scale:.4f})" if size[0] else ""
    place = ET.SubElement(outer, "g", {"transform": f"translate({EDGE_PX:g} {y:g}){scaled}"})
    if size[0]:
        clip = ET.SubElement(ET.SubElement(outer, "defs"), "clipPath", {"id": "frame"})
        ET.SubElement(clip, "rect", {"width": f"{size[0]:g}", "height": f"{size[1]:g}"})
        place.set("clip-path", "url(#frame)")
    chart = deepcopy(root)
    place.extend(child for child in chart if child.tag not in ("title", "desc"))
    y += float(chart.get("height", "0")) if not size[0] else size[1] * scale
    y += LINE_PX + 8
    add_text(outer, "ct", f"{EDGE_PX:g}", y - 3, words.origin, "start")
    _into_pixels(place, width)
    return stand_alone(outer, (WIDTH_PX, y + EDGE_PX / 2), words.title, colours, words.origin, STYLE)


def _draw_legend(outer: ET.Element, parts: Sequence[Part], y: float) -> None:
    x = EDGE_PX
    for i, part in enumerate(parts):
        place = ET.SubElement(outer, "g", {"transform": f"translate({x:.0f} {y:g})"})
        place.extend(swatch(f"legend-{i}", part.look))
        add_text(outer, "cl", f"{x + SWATCH_PX:.0f}", y + 10.5, part.name, "start")
        x += SWATCH_PX + len(part.name) * CHARACTER_PX + EDGE_PX


def _into_pixels(element: ET.Element, width: float) -> None:
    """Turn percents into pixels and drawings within it into groups, which all programs read; drop links."""
    for child in element:
        for name in LENGTHS:
            text = child.get(name, "")
            if text.endswith("%"):
                child.set(name, f"{float(text[:-1]) / 100 * width:.1f}")
        if child.tag == "svg":
            x, y = child.get("x", "0"), child.get("y", "0")
            child.tag = "g"
            child.attrib.clear()
            child.set("transform", f"translate({x} {y})")
        elif child.tag == "a":
            child.tag = "g"
            child.attrib.clear()
        _into_pixels(child, width)
