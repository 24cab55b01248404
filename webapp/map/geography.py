"""The map as geography: the organizations of a view where they are, its ties as shortest ways over the globe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.geography.scenery import Line, MapOrganization
from graph.pictures.picture import PictureWords
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

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from graph.geography.panels import Panel

__all__ = ["GeographyView", "geography"]


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

    name, tag = name_of(visit, visit.library, visit.iris.resource("organizations", member.key))
    sign, link = _markup(draw_sign(member, words)), Piece(name, tag, words.address(member.key))
    return ListedOrganization(sign, link, _markup(draw_ties(ties, words)) if ties else Markup())


def _plain_row(visit: Visit, member: MapOrganization, words: PictureWords) -> ListedOrganization:
    """Name an organization whose mark in a picture has no label; that mark is its link, and its sign here is none."""
    from graph.geography.picture import draw_sign

    plain = replace(words, address=lambda _: "", selected=frozenset())
    return replace(_row(visit, member, (), words), sign=_markup(draw_sign(member, plain)))


def _markup(drawn: ET.Element) -> Markup:
    return Markup(ET.tostring(drawn, encoding="unicode"))
