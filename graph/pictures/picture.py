"""The picture as SVG, made from the pyvis data: links for people without script, sharp on paper."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from graph.networks.difference import SIGNS

__all__ = [
    "SIGN_PX",
    "PictureWords",
    "clean",
    "draw_figure",
    "draw_label",
    "draw_link",
    "draw_svg",
    "outline",
    "svg",
]

Places = Mapping[str, tuple[float, float]]

HIT_PX = 16
PICK_PX = 15
GROUP_LEAST_PX = 10
INNER_PX = 4
COUNT_PX = 4
LABEL_GAP_PX = 13
SIGN_PX = 15
LINE_PX, HOME_LINE_PX = 15, 19
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class PictureWords:
    """What the picture says and where its links lead.

    Attributes
    ----------
    sentence : str
        What the picture shows, for those who do not see it.
    titles : mapping
        Id of a node or an edge to the title of its link.
    address : callable
        Id to the address of the link; "" for none.
    """

    sentence: str
    titles: Mapping[str, str]
    address: Callable[[str], str]
    selected: frozenset[str] = field(default=frozenset())


def svg(data: Mapping[str, Any], words: PictureWords, css_class: str = "wide") -> str:
    """Write a picture as an SVG element for a page.

    Parameters
    ----------
    data : mapping
        As `graph.pictures.drawing.read_back` gives it.
    css_class : str
        Class of the element; the colours and lines come from the style sheet.

    References
    ----------
    SVG 1.1 (Second Edition), W3C Recommendation 2011, chapters 9, 10 and 17.1.
    """
    root = draw_svg(data, words)
    root.set("class", css_class)
    return ET.tostring(root, encoding="unicode")


def draw_svg(data: Mapping[str, Any], words: PictureWords) -> ET.Element:
    """Draw lines first, those across the farthest back, then nodes with their labels."""
    size = f"0 0 {data['width']:g} {data['height']:g}"
    root = ET.Element("svg", {"viewBox": size, "role": "group", "aria-label": clean(words.sentence)})
    places = {node["id"]: (node["x"], node["y"]) for node in data["nodes"]}
    for edge in sorted(data["edges"], key=lambda edge: not edge["across"]):
        _draw_edge(root, edge, places, words)
    for node in data["nodes"]:
        _draw_node(root, node, words)
    return root


def _draw_edge(root: ET.Element, edge: Mapping[str, Any], places: Places, words: PictureWords) -> None:
    (x1, y1), (x2, y2) = places[edge["from"]], places[edge["to"]]
    ends = {"x1": _px(x1), "y1": _px(y1), "x2": _px(x2), "y2": _px(y2)}
    chosen = edge["id"] in words.selected
    if chosen:
        ET.SubElement(root, "line", {"class": "halo", **ends})
    marks = [edge["change"]] if "change" in edge else []
    names = ["e", *(["alter"] if edge["across"] else []), edge["form"], *marks, *(["sel"] if chosen else [])]
    link = draw_link(root, edge["id"], words, {"tabindex": "-1"})  # by keys, its row in the table leads there
    ET.SubElement(link, "line", {"class": " ".join(names), **ends, "stroke-width": f"{edge['width']:g}"})
    ET.SubElement(link, "line", {"class": "hit-line", **ends})
    if sign := SIGNS.get("".join(marks)):
        middle = {"x": _px((x1 + x2) / 2), "y": _px((y1 + y2) / 2 + SIGN_PX / 3)}
        place = {"class": f"sign {edge['change']}", "text-anchor": "middle", "aria-hidden": "true", **middle}
        ET.SubElement(link, "text", place).text = sign


def _draw_node(root: ET.Element, node: Mapping[str, Any], words: PictureWords) -> None:
    x, y, link = node["x"], node["y"], draw_link(root, node["id"], words)
    more = node["size"] - GROUP_LEAST_PX if "count" in node else 0
    hit, pick = HIT_PX + more, PICK_PX + more
    ET.SubElement(link, "circle", {"class": "hit", "cx": _px(x), "cy": _px(y), "r": f"{hit:g}"})
    if node["id"] in words.selected and node["figure"] != "home":
        ET.SubElement(link, "circle", {"class": "pick", "cx": _px(x), "cy": _px(y), "r": f"{pick:g}"})
    draw_figure(link, node)
    if "count" in node:
        _draw_count(link, node)
    draw_label(link, node)


def draw_link(
    root: ET.Element, key: str, words: PictureWords, more: Mapping[str, str] = MappingProxyType({})
) -> ET.Element:
    """Add a link to the card of a node or an edge, with its title; a group where it has no address."""
    address = words.address(key)
    link = ET.SubElement(root, "a" if address else "g", {"href": address, "data-id": key, **more} if address else {})
    ET.SubElement(link, "title").text = clean(words.titles.get(key, key))
    return link


def draw_figure(link: ET.Element, node: Mapping[str, Any]) -> None:
    """Add the shape of a node: of its `x`, `y`, `size`, `figure`, `group`, and a class more for each of its `signs`."""
    name = "home" if node["figure"] == "home" else f"n{node['group'].removeprefix('c')}"
    _figure(link, node, node["size"], " ".join([name, *node.get("signs", ())]))


def _draw_count(link: ET.Element, node: Mapping[str, Any]) -> None:
    """Hollow out the figure of a group, so that its outline is double, and write the number of its members in it."""
    _figure(link, node, node["size"] - INNER_PX, "within")
    place = {"class": "num", "x": _px(node["x"]), "y": _px(node["y"] + COUNT_PX), "text-anchor": "middle"}
    ET.SubElement(link, "text", {**place, "aria-hidden": "true"}).text = str(node["count"])


def _figure(link: ET.Element, node: Mapping[str, Any], size: float, css_class: str) -> None:
    x, y, figure = node["x"], node["y"], node["figure"]
    if figure in ("home", "circle"):
        ET.SubElement(link, "circle", {"class": css_class, "cx": _px(x), "cy": _px(y), "r": f"{size:g}"})
    elif figure == "square":
        box = {"x": _px(x - size), "y": _px(y - size), "width": f"{2 * size:g}", "height": f"{2 * size:g}"}
        ET.SubElement(link, "rect", {"class": css_class, **box})
    else:
        ET.SubElement(link, "path", {"class": css_class, "d": outline(figure, x, y, size)})


def outline(figure: str, x: float, y: float, size: float) -> str:
    """Path of a triangle, a diamond or a hexagon of the same visual weight as a circle of radius `size`."""
    corners, first_deg, radius = {"triangle": (3, -90, 1.2), "diamond": (4, -90, 1.3)}.get(figure, (6, 0, 1.2))
    angles = [math.radians(first_deg + 360 * i / corners) for i in range(corners)]
    points = [f"{_px(x + size * radius * math.cos(a))} {_px(y + size * radius * math.sin(a))}" for a in angles]
    return f"M{'L'.join(points)}z"


def draw_label(link: ET.Element, node: Mapping[str, Any]) -> None:
    """Add the lines of a node's label on its `side`, with the code of its country; below the home region."""
    lines, home = node["lines"], node["figure"] == "home"
    names = "lb hm" if home else "lb key" if node["key"] else "lb minor"
    x = node["x"] if home else node["x"] + node["side"] * node.get("gap", LABEL_GAP_PX)
    y = node["y"] + 35 if home else node["y"] + 4.5 - (len(lines) - 1) * LINE_PX / 2
    anchor = {"text-anchor": "middle"} if home else {"text-anchor": "end"} if node["side"] < 0 else {}
    step = HOME_LINE_PX if home else LINE_PX
    text: ET.Element | None = None
    for i, line in enumerate(lines):
        text = ET.SubElement(link, "text", {"class": names, "x": _px(x), "y": _px(y + i * step), **anchor})
        text.text = clean(line)
    if text is not None and node["code"]:
        ET.SubElement(text, "tspan", {"class": "cc", "dx": "4"}).text = clean(node["code"])


def _px(number: float) -> str:
    return f"{number:.1f}"


def clean(text: str) -> str:
    """Leave out the characters that XML 1.0 does not allow (section 2.2), and those that turn the text after them."""
    return TURNING.sub("", NOT_XML.sub("", text))
