"""Signs in the lists of a map: the mark of an organization, and its ties that no picture draws."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from graph.networks.difference import SIGNS
from graph.pictures.picture import PictureWords, draw_link
from webapp.geography.panels import Spot
from webapp.geography.picture import draw_change, draw_single
from webapp.geography.scenery import Line, Organization

__all__ = ["ROW_PX", "SIGN_PX", "draw_sign", "draw_ties"]

SIGN_PX, ROW_PX = 26.0, 20.0


def draw_sign(one: Organization, words: PictureWords) -> ET.Element:
    """Draw the mark of an organization, which leads to its card as its name beside it does."""
    root = _frame(SIGN_PX)
    draw_single(root, Spot(SIGN_PX / 2, ROW_PX / 2, [one]), words).set("tabindex", "-1")
    return root


def draw_ties(lines: Sequence[Line], words: PictureWords) -> ET.Element:
    """Draw short lines side by side, those that lead towards the middle first."""
    root = _frame(SIGN_PX * len(lines))
    for number, line in enumerate(sorted(lines, key=lambda line: line.across)):
        _draw_short(root, line, number * SIGN_PX, words)
    return root


def _frame(width: float) -> ET.Element:
    size = {"width": f"{width:g}", "height": f"{ROW_PX:g}"}
    return ET.Element("svg", {"viewBox": f"0 0 {width:g} {ROW_PX:g}", "class": "row", **size})


def _draw_short(root: ET.Element, line: Line, left: float, words: PictureWords) -> None:
    middle = f"{ROW_PX / 2:g}"
    ends = {"x1": f"{left + 2:g}", "y1": middle, "x2": f"{left + SIGN_PX - 3:g}", "y2": middle}
    link = draw_link(root, line.key, words, {"tabindex": "-1"})
    if line.key in words.selected:
        ET.SubElement(link, "line", {"class": "halo", **ends})
    ET.SubElement(link, "line", {"class": line.classes, **ends, "stroke-width": f"{line.width:g}"})
    ET.SubElement(link, "line", {"class": "hit-line", **ends})
    if sign := SIGNS.get(line.change, ""):
        draw_change(link, line, sign, (left + SIGN_PX / 2, ROW_PX / 2))
