"""The geographic form of the map as an SVG file: its pictures one below the other, then the lists of places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from graph.geography.scenery import Line, MapOrganization, Scenery
from graph.pictures.labels import text_width_em
from graph.pictures.picture import PictureWords, clean
from graph.pictures.picture_file import stand_alone
from graph.pictures.picture_sheet import size_of
from graph.views.scene import Scene
from webapp.map.geography_words import (
    map_words,
    missing,
    panel_title,
    place_title,
    scenery,
    size_of_pictures,
    speech_of,
    without_label,
)
from webapp.request.visit import Visit

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from graph.geography.panels import Panel

__all__ = ["geography_file", "geography_picture"]

MARGIN_PX, TITLE_PX, ROW_PX, GAP_PX = 16.0, 30.0, 22.0, 12.0
COLUMNS, NAME_PX = 2, 12.5


def geography_file(
    visit: Visit, scene: Scene, address: Callable[[str], str], colours: Mapping[str, str], note: str
) -> bytes:
    """Write the maps of a scene as one file that stands alone.

    Parameters
    ----------
    address : callable
        Id of an organization or a tie to where it leads; "" for nowhere.
    colours : mapping
        Colour by name, see `graph.pictures.picture_file.read_colours`.
    note : str
        Where the picture comes from.
    """
    root = geography_picture(visit, scene, address)
    return stand_alone(root, size_of(root), root.get("aria-label", ""), colours, note)


def geography_picture(visit: Visit, scene: Scene, address: Callable[[str], str]) -> ET.Element:
    """Draw the maps of a scene one below the other, and the lists, as one SVG with a ``viewBox``."""
    from graph.geography.panels import make_panels, rows_of

    shown, words = scenery(visit, scene), map_words(visit, scene, address, frozenset())
    panels = make_panels(shown, size_of_pictures("wide"))
    width = size_of_pictures("wide").width + 2 * MARGIN_PX
    root = ET.Element("svg", {"role": "group", "aria-label": clean(words.sentence)})
    top = _title(root, words.sentence, MARGIN_PX, "lb hm")
    top, unnamed = _draw_panels(visit, root, panels, words, top)
    rows = rows_of(shown, panels)
    for title, members in _lists(shown, panels):
        top = _list(root, title, members, rows, words, top, width)
    if unnamed:
        top = _list(root, without_label(len(unnamed)), unnamed, {}, replace(words, address=lambda _: ""), top, width)
    root.set("viewBox", f"0 0 {width:g} {top:g}")
    return root


def _draw_panels(
    visit: Visit, root: ET.Element, panels: Sequence[Panel], words: PictureWords, top: float
) -> tuple[float, list[MapOrganization]]:
    """Draw the pictures from `top` downwards and tell where they end, and which marks have no label."""
    from graph.geography.picture import draw_panel

    unnamed: list[MapOrganization] = []
    for number, panel in enumerate(panels):
        title = panel_title(visit, panel, panels)
        top = _title(root, title, top, "lb key")
        finer = panels[number + 1] if number + 1 < len(panels) else None
        drawn, nameless = draw_panel(panel, finer, replace(words, sentence=title), speech_of(""))
        unnamed.extend(nameless)
        frame = panel.inset.frame
        drawn.set("width", f"{frame.width:g}")
        drawn.set("height", f"{frame.height:g}")
        _add(root, drawn, MARGIN_PX, top)
        top += frame.height + GAP_PX
    return top, unnamed


def _lists(shown: Scenery, panels: Sequence[Panel]) -> list[tuple[str, Sequence[MapOrganization]]]:
    spots = [spot.members for panel in panels for spot in panel.spots if len(spot.members) > 1]
    unplaced = [(missing(len(shown.unplaced)), shown.unplaced)] if shown.unplaced else []
    return [*((place_title(members), members) for members in spots), *unplaced]


def _list(
    root: ET.Element, title: str, members: Sequence[MapOrganization], rows: Mapping[str, Sequence[Line]],
    words: PictureWords, top: float, width: float,
) -> float:  # fmt: skip
    """Draw a list in columns and tell where it ends."""
    from graph.geography.picture import LIST_SIGN_PX, draw_sign, draw_ties

    top = _title(root, title, top, "lb key")
    for number, member in enumerate(members):
        left = MARGIN_PX + number % COLUMNS * (width - 2 * MARGIN_PX) / COLUMNS
        down = top + number // COLUMNS * ROW_PX
        text = ET.SubElement(root, "text", {"class": "lb", "x": f"{left + LIST_SIGN_PX + 6:g}", "y": f"{down + 14:g}"})
        text.text = clean(member.name)
        _add(root, draw_sign(member, words), left, down)
        if ties := rows.get(member.key, ()):
            _add(root, draw_ties(ties, words), left + LIST_SIGN_PX + 12 + text_width_em(member.name) * NAME_PX, down)
    return top + -(-len(members) // COLUMNS) * ROW_PX + GAP_PX


def _add(root: ET.Element, drawn: ET.Element, left: float, top: float) -> None:
    drawn.set("x", f"{left:g}")
    drawn.set("y", f"{top:g}")
    root.append(drawn)


def _title(root: ET.Element, title: str, top: float, css_class: str) -> float:
    at = {"class": css_class, "x": f"{MARGIN_PX:g}", "y": f"{top + 18:g}"}
    ET.SubElement(root, "text", at).text = clean(title)
    return top + TITLE_PX
