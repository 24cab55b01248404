"""The map as geography: the organizations of a view where they are, its ties as shortest ways over the globe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.geography.scenery import Line, MapOrganization, Scenery
from graph.pictures.labels import text_width_em
from graph.pictures.picture import PictureWords, clean
from graph.pictures.picture_file import stand_alone
from graph.pictures.picture_sheet import size_of, wrapped
from graph.views.scene import Scene
from webapp.map.addresses import LinkedView
from webapp.map.geography_words import (
    SIZES_PX,
    map_words,
    missing,
    notes,
    panel_title,
    place_title,
    scenery,
    size_of_pictures,
    speech_of,
    without_label,
)
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.parts import Piece

__all__ = ["GeographyView", "geography", "geography_file", "geography_picture"]

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from graph.geography.panels import Panel


@dataclass(frozen=True)
class ListedOrganization:
    """An organization in a list: its sign, its name, which leads to its card, and its ties that no picture draws."""

    sign: Markup
    name: Piece
    ties: Markup


@dataclass(frozen=True)
class ListedSpot:
    """Organizations that one spot stands for."""

    anchor: str
    title: str
    rows: tuple[ListedOrganization, ...]


@dataclass(frozen=True)
class TitledPicture:
    """A picture with its title."""

    anchor: str
    title: str
    svg: Markup


@dataclass(frozen=True)
class Screen:
    """Pictures for a wide or a narrow screen, from the widest to the finest, and the lists of their spots."""

    css_class: str
    pictures: tuple[TitledPicture, ...]
    places: tuple[ListedSpot, ...]


@dataclass(frozen=True)
class GeographyView:
    """What the page shows.

    Attributes
    ----------
    screens : tuple of Screen
        Wide and narrow.
    unplaced : tuple of ListedOrganization
        Organizations without a position.
    missing, notes : str
        How many these are; how exact the positions are.
    """

    screens: tuple[Screen, ...]
    unplaced: tuple[ListedOrganization, ...]
    missing: str
    notes: tuple[str, ...]


def geography(visit: Visit, scene: Scene, view: LinkedView, selected: frozenset[str] = frozenset()) -> GeographyView:
    """Draw the organizations and ties of a scene on maps of the Earth.

    Parameters
    ----------
    selected : frozenset of str
        Ids that are marked.

    Returns
    -------
    GeographyView
        Each organization is a mark, or stands in the list of its place or in that of the unplaced; each tie
        is an arc, or stands in the row of one of its ends.
    """
    from graph.geography.panels import make_panels, rows_of

    shown, words = scenery(visit, scene), map_words(visit, scene, view.choosing(), selected)
    make = cache(lambda member, ties: _row(visit, member, ties, words))  # most rows are the same on both screens
    screens: list[Screen] = []
    rows: dict[str, ListedOrganization] = {}
    for css_class in SIZES_PX:
        panels = make_panels(shown, size_of_pictures(css_class))
        ties = rows_of(shown, panels)
        crowded = [spot for panel in panels for spot in panel.spots if len(spot.members) > 1]
        listed = (*(member for spot in crowded for member in spot.members), *shown.unplaced)
        rows = {member.key: make(member, tuple(ties.get(member.key, ()))) for member in listed}
        screens.append(_screen(visit, css_class, panels, words, rows))
    unplaced = tuple(rows[member.key] for member in shown.unplaced)
    return GeographyView(tuple(screens), unplaced, missing(len(unplaced)), tuple(notes(visit, scene, shown)))


def _screen(
    visit: Visit, css_class: str, panels: Sequence[Panel], words: PictureWords, rows: Mapping[str, ListedOrganization]
) -> Screen:
    from graph.geography.picture import draw_panel

    speech = speech_of(css_class)
    pictures, places, unnamed = [], [], list[MapOrganization]()
    for number, panel in enumerate(panels):
        title = panel_title(visit, panel, panels)
        finer = panels[number + 1] if number + 1 < len(panels) else None
        drawn, nameless = draw_panel(panel, finer, replace(words, sentence=title), speech)
        unnamed.extend(nameless)
        pictures.append(TitledPicture(f"{css_class}-{number}", title, _markup(drawn)))
        for place, spot in enumerate(panel.spots):
            if len(spot.members) > 1:
                members = tuple(rows[member.key] for member in spot.members)
                places.append(ListedSpot(f"{css_class}-{number}-{place}", place_title(spot.members), members))
    if unnamed:
        named = tuple(_plain_row(visit, member, words) for member in unnamed)
        places.append(ListedSpot(f"{css_class}-unnamed", without_label(len(unnamed)), named))
    return Screen(css_class, tuple(pictures), tuple(places))


def _row(visit: Visit, member: MapOrganization, ties: Sequence[Line], words: PictureWords) -> ListedOrganization:
    from graph.geography.picture import draw_sign, draw_ties

    name, tag = name_of(visit, visit.iris.resource("organizations", member.key))
    sign, link = _markup(draw_sign(member, words)), Piece(name, tag, words.address(member.key))
    return ListedOrganization(sign, link, _markup(draw_ties(ties, words)) if ties else Markup())


def _plain_row(visit: Visit, member: MapOrganization, words: PictureWords) -> ListedOrganization:
    """Name an organization whose mark in a picture has no label; that mark is its link, and its sign here is none."""
    from graph.geography.picture import draw_sign

    plain = replace(words, address=lambda _: "", selected=frozenset())
    return replace(_row(visit, member, (), words), sign=_markup(draw_sign(member, plain)))


def _markup(drawn: ET.Element) -> Markup:
    return Markup(ET.tostring(drawn, encoding="unicode"))


TITLE_FONT_PX, MOST_TITLE_LINES = 17.0 * 1.12, 4  # with the room that bold letters take
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
    top = MARGIN_PX
    for line in wrapped(words.sentence, (width - 2 * MARGIN_PX) / TITLE_FONT_PX, MOST_TITLE_LINES):
        top = _title(root, line, top, "lb hm")
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
