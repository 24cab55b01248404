"""The picture as an SVG file that stands alone: the same element, with its colours and lines in attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from graph.pictures.picture import PictureWords, clean, draw_svg

__all__ = ["NAMESPACE", "dress", "read_colours", "stand_alone", "svg_file", "without_hits"]

NAMESPACE = "http://www.w3.org/2000/svg"
ROOT_RULE = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
PROPERTY = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")
# Class -> attributes; a value with two dashes is the name of a colour. As in the style sheet, later rules win.
STYLE: Mapping[str, Mapping[str, str]] = {
    "e": {"stroke": "--edge", "fill": "none", "stroke-linecap": "round"},
    "ended": {"stroke-dasharray": "7 5"},
    "open": {"stroke-dasharray": "1.5 5"},
    "alter": {"stroke-opacity": "0.4"},
    "new": {"stroke": "--held"},
    "gone": {"stroke": "--differ"},
    "passed": {"stroke": "--differ"},
    "changed": {"stroke": "--open"},
    "sign": {
        "fill": "--ink", "font-size": "15", "font-weight": "700", "paint-order": "stroke", "stroke": "--paper",
        "stroke-width": "3",
    },
    "sel": {"stroke": "--focus"},
    "halo": {"stroke": "--focus", "stroke-width": "12", "stroke-opacity": "0.18"},
    "pick": {"fill": "none", "stroke": "--focus", "stroke-width": "3"},
    "home": {"fill": "--brand", "stroke": "--paper", "stroke-width": "3"},
    "lb": {
        "fill": "--ink", "font-size": "12.5", "paint-order": "stroke", "stroke": "--paper", "stroke-width": "3.5",
        "stroke-linejoin": "round",
    },
    "key": {"font-weight": "600", "font-size": "14"},
    "hm": {"font-weight": "700", "font-size": "17"},
    "minor": {"fill": "--ink-2", "font-size": "11.5"},
    "cc": {"fill": "--ink-2", "font-size": "10.5", "font-weight": "400"},
    "land": {"fill": "--ground", "stroke": "--line"},
    "border": {"fill": "none", "stroke": "--control", "stroke-linejoin": "round", "opacity": "0.85"},
    "inset": {"fill": "none", "stroke": "--ink-2"},
    "guest": {"fill": "--edge"},
    "many": {"fill": "--paper", "stroke": "--node-line", "stroke-width": "2.5"},
    "within": {"fill": "--paper", "stroke": "--node-line", "stroke-width": "1.4"},
    "num": {"fill": "--ink", "font-size": "11", "font-weight": "700"},
    "in-home": {"fill": "--paper"},
} | {f"n{i}": {"fill": f"--c{i}", "stroke": "--node-line", "stroke-width": "1.4"} for i in range(7)} | {
    f"g{i}": {"stroke": f"--c{i}"} for i in range(7)
} | {
    "approx": {"stroke-dasharray": "2.5 2"},
    "joint": {"stroke": "--brand-2"},
    "tl": {"fill": "--ink-2"},
    "signed": {"fill": "--ink", "font-weight": "600"},
    "gl": {"fill": "--brand", "font-weight": "600"},
    "side": {"fill": "--ink", "font-weight": "700"},
    "pill": {"fill": "--paper", "stroke": "--edge"},
    "pill-n": {"fill": "--ink", "font-weight": "700"},
}  # fmt: skip
FONTS = "Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"


def svg_file(data: Mapping[str, Any], words: PictureWords, colours: Mapping[str, str], note: str) -> bytes:
    """Write a picture as a file that needs nothing else: no script, no style sheet, no fonts to load.

    Parameters
    ----------
    data : mapping
        As `graph.pictures.drawing.read_back` gives it.
    colours : mapping
        Colour by name, see `read_colours`.
    note : str
        Where the picture comes from: edition, date, licence.

    Notes
    -----
    Attributes instead of a ``style`` element also keep it drawn where a content security policy
    allows no inline styles.
    """
    return stand_alone(draw_svg(data, words), (data["width"], data["height"]), words.sentence, colours, note)


def stand_alone(
    root: ET.Element,
    size: tuple[float, float],
    sentence: str,
    colours: Mapping[str, str],
    note: str,
    style: Mapping[str, Mapping[str, str]] = STYLE,
) -> bytes:
    """Write a drawn picture as a file, see `svg_file`; `size` in pixels, `style` of classes."""
    root.set("xmlns", NAMESPACE)
    root.set("width", f"{size[0]:g}")
    root.set("height", f"{size[1]:g}")
    root.set("font-family", FONTS)
    without_hits(root)
    dress(root, colours, style)
    root.insert(0, ET.Element("rect", {"width": "100%", "height": "100%", "fill": colours.get("paper", "#fff")}))
    description = ET.Element("desc")
    description.text = clean(note)
    root.insert(0, description)
    title = ET.Element("title")
    title.text = clean(sentence)
    root.insert(0, title)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def read_colours(style_sheet: str) -> dict[str, str]:
    """Colours of the first ``:root`` rule of a style sheet, by name without dashes.

    Examples
    --------
    >>> read_colours(":root { --ink: #1b2025; } :root { --ink: #ffffff; }")
    {'ink': '#1b2025'}
    """
    rule = ROOT_RULE.search(style_sheet)
    return dict(PROPERTY.findall(rule.group(1))) if rule else {}


def without_hits(root: ET.Element) -> None:
    """Take the invisible targets of a pointer out of a picture."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class", "").startswith("hit"):
                parent.remove(child)


def dress(root: ET.Element, colours: Mapping[str, str], style: Mapping[str, Mapping[str, str]] = STYLE) -> None:
    """Write the colours and lines of classes into attributes of all that is within an element."""
    for element in root.iter():
        names = element.get("class", "").split() if element is not root else ()
        for name in filter(names.__contains__, style):
            for attribute, value in style[name].items():
                element.set(attribute, colours.get(value[2:], "#000") if value.startswith("--") else value)
