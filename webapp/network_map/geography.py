"""The map as geography: the organizations of a view where they are, its ties as shortest ways over the globe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.pictures.picture import PictureWords
from webapp.geography.scenery import Line, Organization
from webapp.network_map.geography_words import (
    letter_of,
    map_words,
    missing,
    notes,
    panel_title,
    place_title,
    spot_title,
    without_label,
)
from webapp.network_map.scene import Scene
from webapp.network_map.scenery import scenery
from webapp.network_map.view import MapView
from webapp.record.names import name_of
from webapp.record.parts import Piece
from webapp.site import site

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from webapp.geography.insets import Sheet
    from webapp.geography.panels import Panel
    from webapp.geography.picture import Speech

__all__ = ["GeographyView", "geography", "sheet_of", "speech_of"]

SIZES_PX = {"wide": (716.0, 320.0, 480.0, 52.0), "slim": (360.0, 260.0, 400.0, 46.0)}


@dataclass(frozen=True)
class Row:
    """An organization in a list: its sign, its name, which leads to its card, and its ties that no picture draws."""

    sign: Markup
    name: Piece
    ties: Markup


@dataclass(frozen=True)
class Listed:
    """Organizations that one spot stands for."""

    anchor: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Shown:
    """A picture with its title."""

    anchor: str
    title: str
    svg: Markup


@dataclass(frozen=True)
class Screen:
    """Pictures for a wide or a narrow screen, from the widest to the finest, and the lists of their spots."""

    css_class: str
    pictures: tuple[Shown, ...]
    places: tuple[Listed, ...]


@dataclass(frozen=True)
class GeographyView:
    """What the page shows.

    Attributes
    ----------
    screens : tuple of Screen
        Wide and narrow.
    unplaced : tuple of Row
        Organizations without a position.
    missing, notes : str
        How many these are; how exact the positions are.
    """

    screens: tuple[Screen, ...]
    unplaced: tuple[Row, ...]
    missing: str
    notes: tuple[str, ...]


def geography(view: MapView, found: Scene, selected: frozenset[str] = frozenset()) -> GeographyView:
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
    from webapp.geography.panels import make_panels, rows_of

    shown, words = scenery(found), map_words(found, view.choosing(), selected)
    make = cache(lambda one, ties: _row(one, ties, words))  # most rows are the same on both screens
    screens: list[Screen] = []
    rows: dict[str, Row] = {}
    for css_class in SIZES_PX:
        panels = make_panels(shown, sheet_of(css_class))
        ties = rows_of(shown, panels)
        listed = [one for panel in panels for spot in panel.spots if len(spot.members) > 1 for one in spot.members]
        rows = {one.key: make(one, tuple(ties.get(one.key, ()))) for one in (*listed, *shown.unplaced)}
        screens.append(_screen(css_class, panels, words, rows))
    unplaced = tuple(rows[one.key] for one in shown.unplaced)
    return GeographyView(tuple(screens), unplaced, missing(len(unplaced)), tuple(notes(found, shown)))


def sheet_of(css_class: str) -> Sheet:
    """Give the size of the pictures for a wide or a narrow screen."""
    from webapp.geography.insets import Sheet

    return Sheet(*SIZES_PX[css_class])


def _screen(css_class: str, panels: Sequence[Panel], words: PictureWords, rows: Mapping[str, Row]) -> Screen:
    from webapp.geography.picture import draw_panel

    speech = speech_of(css_class)
    pictures, places, unnamed = [], [], list[Organization]()
    for number, panel in enumerate(panels):
        title = panel_title(panel, panels)
        finer = panels[number + 1] if number + 1 < len(panels) else None
        drawn, nameless = draw_panel(panel, finer, replace(words, sentence=title), speech)
        unnamed.extend(nameless)
        pictures.append(Shown(f"{css_class}-{number}", title, _markup(drawn)))
        for place, spot in enumerate(panel.spots):
            if len(spot.members) > 1:
                members = tuple(rows[one.key] for one in spot.members)
                places.append(Listed(f"{css_class}-{number}-{place}", place_title(spot.members), members))
    if unnamed:
        named = tuple(_plain_row(one, words) for one in unnamed)
        places.append(Listed(f"{css_class}-unnamed", without_label(len(unnamed)), named))
    return Screen(css_class, tuple(pictures), tuple(places))


def speech_of(css_class: str) -> Speech:
    """Give the words and the addresses within the page of the pictures for a screen; "" for a file, which has none."""
    from webapp.geography.picture import Speech

    return Speech(
        letter=letter_of,
        spot=spot_title,
        spot_address=lambda panel, spot: f"#{css_class}-{panel}-{spot}" if css_class else "",
        panel_address=lambda panel: f"#{css_class}-{panel}" if css_class else "",
    )


def _row(one: Organization, ties: Sequence[Line], words: PictureWords) -> Row:
    from webapp.geography.signs import draw_sign, draw_ties

    served = site()
    name, tag = name_of(served.library, served.iris.resource("organizations", one.key))
    link = Piece(name, tag, words.address(one.key))
    return Row(_markup(draw_sign(one, words)), link, _markup(draw_ties(ties, words)) if ties else Markup())


def _plain_row(one: Organization, words: PictureWords) -> Row:
    """Name an organization whose mark in a picture has no label; that mark is its link, and its sign here is none."""
    from webapp.geography.signs import draw_sign

    plain = replace(words, address=lambda _: "", selected=frozenset())
    return replace(_row(one, (), words), sign=_markup(draw_sign(one, plain)))


def _markup(drawn: ET.Element) -> Markup:
    return Markup(ET.tostring(drawn, encoding="unicode"))
