"""A map of ties as SVG: land, arcs, marks and labels, in the shapes, colours and lines of the network picture.

Organizations and ties that no picture draws by themselves stand in lists, with the same signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from graph.geography.great_circles import SHORT_KM, arc_path, distance_km, in_window, middle_of, short_path
from graph.geography.outlines import FINE_KM_PX, outlines
from graph.geography.panels import SPOT_PX, Drawn, Panel, Spot, label_spots, look
from graph.geography.projections import RegionFrame, WorldFrame
from graph.geography.scenery import Line, MapOrganization
from graph.networks.difference import SIGNS
from graph.pictures.picture import HIT_PX, PICK_PX, SIGN_PX, PictureWords, clean, draw_figure, draw_label, draw_link

__all__ = ["LIST_SIGN_PX", "Speech", "draw_panel", "draw_sign", "draw_ties"]

GUEST_PX = 2.5
BORDER_PX, FAR_BORDER_PX = 1.2, 0.7  # on a map of the world, plain lines would cover what it shows
# Of the signs in lists, and of the rows that they stand in.
LIST_SIGN_PX, ROW_PX = 26.0, 20.0
KEPT = 1024

arc = lru_cache(maxsize=KEPT)(arc_path)


@dataclass(frozen=True)
class Speech:
    """What a map says beside `PictureWords`.

    Attributes
    ----------
    letter : callable
        Number of a picture to the letter that names it.
    spot : callable
        Organizations of one spot to its title.
    spot_address : callable
        Numbers of a picture and of a spot in it to the address of the list of its organizations; "" for none.
    panel_address : callable
        Number of a picture to its address; "" for none.
    """

    letter: Callable[[int], str]
    spot: Callable[[Sequence[MapOrganization]], str]
    spot_address: Callable[[int, int], str]
    panel_address: Callable[[int], str]


def draw_panel(
    panel: Panel, finer: Panel | None, words: PictureWords, speech: Speech
) -> tuple[ET.Element, tuple[MapOrganization, ...]]:
    """Draw a picture: land and borders, the place of the next finer one, lines across, ties, spots, labels.

    Parameters
    ----------
    finer : Panel or None
        The next one, whose shape is drawn on this one.
    words : PictureWords
        Its sentence is that of this picture.

    Returns
    -------
    tuple
        The SVG element, and the organizations whose marks have no label in it for want of room.
    """
    frame = panel.inset.frame
    size = f"0 0 {frame.width:g} {frame.height:g}"
    root = ET.Element("svg", {"viewBox": size, "role": "group", "aria-label": clean(words.sentence)})
    land = outlines(frame)
    ET.SubElement(root, "path", {"class": "land", "d": land.land})
    width = f"{BORDER_PX if frame.km_px < FINE_KM_PX else FAR_BORDER_PX:g}"
    ET.SubElement(root, "path", {"class": "border", "d": land.borders, "stroke-width": width})
    taken = [_draw_finer(root, frame, finer, speech)] if finer else []
    for drawn in sorted(panel.drawn, key=lambda drawn: not drawn.line.across):
        _draw_line(root, drawn, frame, words)
    _draw_guests(root, panel)
    labels = label_spots(panel, taken)
    for number, (spot, label) in enumerate(zip(panel.spots, labels, strict=True)):
        _draw_spot(root, spot, label, words, speech, speech.spot_address(panel.number, number))
    alone = (spot.members for spot, label in zip(panel.spots, labels, strict=True) if not label)
    return root, tuple(members[0] for members in alone if len(members) == 1)


def draw_sign(organization: MapOrganization, words: PictureWords) -> ET.Element:
    """Draw the mark of an organization, which leads to its card as its name beside it does."""
    root = _row_frame(LIST_SIGN_PX)
    _draw_single(root, Spot(LIST_SIGN_PX / 2, ROW_PX / 2, [organization]), words).set("tabindex", "-1")
    return root


def draw_ties(lines: Sequence[Line], words: PictureWords) -> ET.Element:
    """Draw short lines side by side, those that lead towards the middle first."""
    root = _row_frame(LIST_SIGN_PX * len(lines))
    for number, line in enumerate(sorted(lines, key=lambda line: line.across)):
        _draw_short(root, line, number * LIST_SIGN_PX, words)
    return root


def _draw_finer(
    root: ET.Element, frame: WorldFrame | RegionFrame, finer: Panel, speech: Speech
) -> tuple[float, float, float, float]:
    """Draw the shape of the next finer picture with its letter, and tell where the letter stands."""
    shape = finer.inset.frame
    assert isinstance(shape, RegionFrame)
    points = frame.pixels(in_window(shape.border(), frame)).tolist()
    address = speech.panel_address(finer.number)
    link = ET.SubElement(root, "a" if address else "g", {"href": address} if address else {})
    ET.SubElement(link, "title").text = clean(speech.letter(finer.number))
    ET.SubElement(link, "path", {"class": "inset", "d": f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points)}z"})
    x, y = (min(max(x for x, _ in points) + 3, frame.width - 16), max(min(y for _, y in points) + 9, 13))
    ET.SubElement(link, "text", {"class": "lb key", "x": f"{x:.1f}", "y": f"{y:.1f}"}).text = clean(
        speech.letter(finer.number)
    )
    return x, y - 11, x + 14, y + 3


def _draw_line(root: ET.Element, drawn: Drawn, frame: WorldFrame | RegionFrame, words: PictureWords) -> None:
    line, path = drawn.line, {"d": _path(drawn, frame)}
    chosen = line.key in words.selected
    if chosen:
        ET.SubElement(root, "path", {"class": "halo", **path})
    link = draw_link(root, line.key, words, {"tabindex": "-1"})
    names = f"{line.classes}{' sel' if chosen else ''}"
    ET.SubElement(link, "path", {"class": names, **path, "stroke-width": f"{line.width:g}"})
    ET.SubElement(link, "path", {"class": "hit-line", **path})
    if sign := SIGNS.get(line.change, ""):
        _draw_change(link, line, sign, middle_of(path["d"]))


def _draw_change(link: ET.Element, line: Line, sign: str, middle: tuple[float, float]) -> None:
    """Write in the middle of a line how it stands to another day, as the network picture does."""
    place = {"class": f"sign {line.change}", "text-anchor": "middle", "aria-hidden": "true"}
    x, y = middle
    ET.SubElement(link, "text", {**place, "x": f"{x:.1f}", "y": f"{y + SIGN_PX / 3:.1f}"}).text = sign


def _path(drawn: Drawn, frame: WorldFrame | RegionFrame) -> str:
    start, end = drawn.start, drawn.end
    if distance_km(start.position, end.position) < SHORT_KM:
        return short_path(start.pixel, end.pixel, drawn.bend)
    return arc(frame, start.position, end.position, drawn.bend)


def _draw_guests(root: ET.Element, panel: Panel) -> None:
    for x, y in dict.fromkeys((round(x, 1), round(y, 1)) for x, y in panel.guests.values()):
        ET.SubElement(root, "circle", {"class": "guest", "cx": f"{x:g}", "cy": f"{y:g}", "r": f"{GUEST_PX:g}"})


def _draw_spot(
    root: ET.Element, spot: Spot, label: dict[str, Any] | None, words: PictureWords, speech: Speech, address: str
) -> None:
    alone = len(spot.members) == 1
    link = _draw_single(root, spot, words) if alone else _draw_many(root, spot, words, speech, address)
    if label:
        draw_label(link, label)


def _draw_single(root: ET.Element, spot: Spot, words: PictureWords) -> ET.Element:
    """Draw the mark of an organization that stands alone, and give its link."""
    organization, at = spot.members[0], _at(spot)
    link = draw_link(root, organization.key, words)
    ET.SubElement(link, "circle", {"class": "hit", **at, "r": str(HIT_PX)})
    if organization.key in words.selected and organization.figure != "home":
        ET.SubElement(link, "circle", {"class": "pick", **at, "r": str(PICK_PX)})
    draw_figure(link, look(spot))
    return link


def _draw_many(root: ET.Element, spot: Spot, words: PictureWords, speech: Speech, address: str) -> ET.Element:
    """Draw a disc with the number of organizations, which leads to their list; around the middle if it is there."""
    link, at = ET.SubElement(root, "a" if address else "g", {"href": address} if address else {}), _at(spot)
    ET.SubElement(link, "title").text = clean(speech.spot(spot.members))
    ET.SubElement(link, "circle", {"class": "hit", **at, "r": str(HIT_PX)})
    if any(organization.key in words.selected for organization in spot.members):
        ET.SubElement(link, "circle", {"class": "pick", **at, "r": str(PICK_PX)})
    home = spot.members[0].figure == "home"
    if home:
        draw_figure(link, look(spot))
    else:
        ET.SubElement(link, "circle", {"class": _signs(spot), **at, "r": f"{SPOT_PX:g}"})
    number = ET.SubElement(link, "text", {"class": "num in-home" if home else "num", "text-anchor": "middle"})
    number.set("x", at["cx"])
    number.set("y", f"{spot.y + 4:.1f}")
    number.text = str(len(spot.members))
    return link


def _signs(spot: Spot) -> str:
    """Classes of a disc: in the colour of a country group when all are of it, dashed when all are approximate."""
    groups = {organization.group for organization in spot.members}
    colour = [f"g{groups.pop().removeprefix('c')}"] if len(groups) == 1 else []
    return " ".join(
        ["many", *colour, *(["approx"] if all(organization.approximate for organization in spot.members) else [])]
    )


def _at(spot: Spot) -> dict[str, str]:
    return {"cx": f"{spot.x:.1f}", "cy": f"{spot.y:.1f}"}


def _row_frame(width: float) -> ET.Element:
    size = {"width": f"{width:g}", "height": f"{ROW_PX:g}"}
    return ET.Element("svg", {"viewBox": f"0 0 {width:g} {ROW_PX:g}", "class": "row", **size})


def _draw_short(root: ET.Element, line: Line, left: float, words: PictureWords) -> None:
    middle = f"{ROW_PX / 2:g}"
    ends = {"x1": f"{left + 2:g}", "y1": middle, "x2": f"{left + LIST_SIGN_PX - 3:g}", "y2": middle}
    link = draw_link(root, line.key, words, {"tabindex": "-1"})
    if line.key in words.selected:
        ET.SubElement(link, "line", {"class": "halo", **ends})
    ET.SubElement(link, "line", {"class": line.classes, **ends, "stroke-width": f"{line.width:g}"})
    ET.SubElement(link, "line", {"class": "hit-line", **ends})
    if sign := SIGNS.get(line.change, ""):
        _draw_change(link, line, sign, (left + LIST_SIGN_PX / 2, ROW_PX / 2))
