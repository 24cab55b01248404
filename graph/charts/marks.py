"""What all charts are made of: parts with colour and pattern, the element, texts that do not touch.

A chart has no style of its own: colours come by class from ``charts.css``, and patterns stand beside them, so that
parts are told apart on paper and without colours. Lengths across are in percent and heights in pixels, so that one
element serves all widths and no text is stretched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree as ET

from graph.pictures.picture import clean

__all__ = [
    "ChartWords",
    "Look",
    "Part",
    "add_patterns",
    "add_text",
    "chart_root",
    "fitting",
    "markup",
    "paint",
    "swatch",
]

PATTERN_PX = 6
CHARACTER_PX, GAP_PX = 6.7, 5.0  # a digit of 12 px, and what lies between two texts


class Look(StrEnum):
    """How a part is drawn: its colour and pattern."""

    PROVED = "proved"
    OLDER = "older"
    OPEN = "open"
    ENDED = "ended"
    DAY = "day"
    SPAN = "span"
    DERIVED = "derived"
    FOUND = "found"
    LACKING = "lacking"
    BAND = "band"


# What a legend shows of marks that are no parts of a column: of a strip and of a small map.
SIGNS: Mapping[Look, tuple[str, Mapping[str, str]]] = {
    Look.DAY: ("path", {"class": "w-day", "d": "M11 0l6 6-6 6-6-6z"}),
    Look.SPAN: ("rect", {"class": "w-span", "x": "1", "y": "1", "width": "20", "height": "10"}),
    Look.DERIVED: ("rect", {"class": "w-derived", "x": "1", "y": "1", "width": "20", "height": "10"}),
    Look.FOUND: ("rect", {"class": "mp", "x": "7.5", "y": "2.5", "width": "7", "height": "7"}),
    Look.LACKING: ("circle", {"class": "mn", "cx": "11", "cy": "6", "r": "4"}),
    Look.BAND: ("path", {"class": "zone", "d": "M0 6h22", "stroke-width": "12"}),
}
PATTERNS: Mapping[Look, tuple[str, Mapping[str, str]]] = {
    Look.OLDER: ("path", {"d": f"M0 0V{PATTERN_PX}", "class": "hatch"}),
    Look.OPEN: ("circle", {"cx": "2", "cy": "2", "r": "1.1", "class": "dot"}),
}


@dataclass(frozen=True)
class Part:
    """A part of columns or bars: how it is drawn, and its name in the legend."""

    look: Look
    name: str


@dataclass(frozen=True)
class ChartWords:
    """What a chart says of itself.

    Attributes
    ----------
    key : str
        Begins the ids within the chart: letters, digits and hyphens, unlike those of other charts of a page.
    title : str
        What the chart is about.
    description : str
        Its numbers or its shape, in a sentence or two.
    """

    key: str
    title: str
    description: str


def chart_root(words: ChartWords, height: float, *, linked: bool = False) -> ET.Element:
    """Begin a chart of full width; one with links within is a group, as an image would hide them.

    References
    ----------
    WAI-ARIA 1.2, role ``img``; SVG Accessibility API Mappings, names by ``aria-labelledby``.
    """
    names = (f"{words.key}-t", f"{words.key}-d")
    role = "group" if linked else "img"
    size = {"class": "cv", "width": "100%", "height": f"{height:.0f}"}
    root = ET.Element("svg", {**size, "role": role, "aria-labelledby": " ".join(names)})
    ET.SubElement(root, "title", {"id": names[0]}).text = clean(words.title)
    ET.SubElement(root, "desc", {"id": names[1]}).text = clean(words.description)
    return root


def add_patterns(root: ET.Element, key: str, looks: Iterable[Look]) -> None:
    """Define the patterns of some looks within a chart; nothing when they have none."""
    wanted = [look for look in dict.fromkeys(looks) if look in PATTERNS]
    if not wanted:
        return
    definitions = ET.SubElement(root, "defs")
    side = str(PATTERN_PX)
    for look in wanted:
        turned = {"patternTransform": "rotate(45)"} if look is Look.OLDER else {}
        units = {"id": f"{key}-{look}", "width": side, "height": side, "patternUnits": "userSpaceOnUse", **turned}
        pattern = ET.SubElement(definitions, "pattern", units)
        ET.SubElement(pattern, "rect", {"width": side, "height": side, "class": f"q-{look}"})
        ET.SubElement(pattern, PATTERNS[look][0], dict(PATTERNS[look][1]))


def paint(key: str, look: Look) -> dict[str, str]:
    """Attributes of what is drawn in a look; see `add_patterns` for those with a pattern."""
    return {"class": "sg", "fill": f"url(#{key}-{look})"} if look in PATTERNS else {"class": f"sg q-{look}"}


def add_text(parent: ET.Element, names: str, x: str, y: float, text: str, anchor: str = "middle") -> None:
    """Add a text at a place across, in pixels or percent, and a base line in pixels."""
    place = {"class": names, "x": x, "y": f"{y:.1f}", **({"text-anchor": anchor} if anchor != "start" else {})}
    ET.SubElement(parent, "text", place).text = clean(text)


def fitting(texts: Sequence[tuple[float, str]], order: Iterable[int], width_px: float) -> frozenset[int]:
    """Choose the texts that stand in a width without touching.

    Parameters
    ----------
    texts : sequence of tuple
        Middle in percent of the width, 0 to 100, and the text; "" takes no room and is not chosen.
    order : iterable of int
        Numbers of texts, those first that are wanted most.
    width_px : float
        Width of the chart in pixels.

    Examples
    --------
    >>> sorted(fitting([(10, "2015"), (20, "2016"), (30, "2017")], (1, 0, 2), 200.0))
    [1]
    """
    taken: dict[int, tuple[float, float]] = {}
    for i in order:
        half = (len(texts[i][1]) * CHARACTER_PX + GAP_PX) / 2
        middle = max(min(texts[i][0] / 100 * width_px, width_px - half), half)
        free = all(middle + half <= left or middle - half >= right for left, right in taken.values())
        if texts[i][1] and free:
            taken[i] = (middle - half, middle + half)
    return frozenset(taken)


def swatch(key: str, look: Look) -> ET.Element:
    """Draw what a legend shows of a part."""
    root = ET.Element("svg", {"class": "sw", "width": "22", "height": "12", "aria-hidden": "true"})
    if look in SIGNS:
        ET.SubElement(root, SIGNS[look][0], dict(SIGNS[look][1]))
        return root
    add_patterns(root, key, [look])
    ET.SubElement(root, "rect", {**paint(key, look), "width": "22", "height": "12"})
    return root


def markup(root: ET.Element) -> str:
    """Write a chart as an element for a page; the same bytes for the same data."""
    return ET.tostring(root, encoding="unicode")
