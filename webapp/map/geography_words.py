"""What the geographic form of the map says: titles of its pictures and places, how exact its positions are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graph.geography.scenery import MapOrganization, Scenery, is_approximate, scenery_of, towns_of
from graph.pictures.picture import PictureWords
from graph.views.scene import Scene
from webapp.map.time import change_word
from webapp.map.words import node_key, organizations, titles, view_answer
from webapp.request.language import _, format_number, ngettext
from webapp.request.visit import Visit
from webapp.words.names import short_name
from webapp.words.typography import join_and, typo

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from graph.geography.insets import PictureSize
    from graph.geography.panels import Panel
    from graph.geography.picture import Speech

__all__ = [
    "map_words",
    "missing",
    "notes",
    "panel_title",
    "place_title",
    "scenery",
    "size_of_pictures",
    "speech_of",
    "without_label",
]

NAMED, TOWNS_NAMED = 5, 3
LETTERS = "ABCDEFG"
SIZES_PX = {"wide": (716.0, 320.0, 480.0, 52.0), "slim": (360.0, 260.0, 400.0, 46.0)}


def size_of_pictures(css_class: str) -> PictureSize:
    """Give the size of the pictures for a wide or a narrow screen."""
    from graph.geography.insets import PictureSize

    return PictureSize(*SIZES_PX[css_class])


def scenery(visit: Visit, scene: Scene) -> Scenery:
    """Take from a scene what a map of the Earth draws, with names in the language of the visit."""
    library, lang = visit.library, visit.language
    return scenery_of(visit.facts, scene, lambda iri: typo(short_name(library, iri, lang), lang), lang)


def map_words(visit: Visit, scene: Scene, address: Callable[[str], str], selected: frozenset[str]) -> PictureWords:
    """Titles of what is shown, with a word on positions that are approximate; the Earth draws no groups."""
    said = titles(visit, scene.shown, {key: change_word(change) for key, change in scene.changes.items()})
    for iri in scene.shown.distance:
        if is_approximate(visit.facts, iri):
            said[node_key(visit, iri)] = _("%(title)s; approximate position", title=said[node_key(visit, iri)])
    return PictureWords(view_answer(visit, scene), said, address, selected)


def speech_of(css_class: str) -> Speech:
    """Give the words and the addresses within the page of the pictures for a screen; "" for a file, which has none."""
    from graph.geography.picture import Speech

    return Speech(
        letter=_letter_of,
        spot=_spot_title,
        spot_address=lambda panel, spot: f"#{css_class}-{panel}-{spot}" if css_class else "",
        panel_address=lambda panel: f"#{css_class}-{panel}" if css_class else "",
    )


def panel_title(visit: Visit, panel: Panel, panels: Sequence[Panel]) -> str:
    """Name a picture, with the number of organizations that it draws."""
    count = organizations(sum(len(spot.members) for spot in panel.spots))
    if math.isinf(panel.inset.reach_km):
        outside = _("World: %(count)s outside the inset", count=count)
        return outside if len(panels) > 1 else _("World: %(count)s", count=count)
    km = format_number(panel.inset.across_km, lang=visit.language)
    if panel.number:
        return _("Inset %(letter)s, %(km)s km across: %(count)s", letter=_letter_of(panel.number), km=km, count=count)
    return _("%(km)s km across: %(count)s", km=km, count=count)


def place_title(members: Sequence[MapOrganization]) -> str:
    """Name the towns of a spot, the first of many, say how many more there are, and count its organizations."""
    towns = towns_of(members)
    named = towns if len(towns) <= TOWNS_NAMED else towns[: TOWNS_NAMED - 1]
    more = len(towns) - len(named)
    rest = ngettext("%(num)s more place", "%(num)s more places", more) if more else ""
    return _("%(town)s, %(count)s", town=join_and(*named, rest), count=organizations(len(members)))


def missing(number: int) -> str:
    """Say how many organizations have no position; "" for none."""
    return (
        ngettext(
            "%(num)s organization has no position in the data",
            "%(num)s organizations have no position in the data",
            number,
        )
        if number
        else ""
    )


def without_label(number: int) -> str:
    """Say how many marks of the pictures have no label."""
    return ngettext(
        "%(num)s mark has no label in the pictures for want of room",
        "%(num)s marks have no label in the pictures for want of room",
        number,
    )


def notes(visit: Visit, scene: Scene, shown: Scenery) -> Iterator[str]:
    """Say where the region in the middle stands, and how many positions are approximate."""
    focus, number = shown.organizations[0], sum(member.approximate for member in shown.organizations)
    if focus.position and focus.approximate and visit.library.organizations[scene.shown.focus].seat:
        yield _(
            "%(name)s stands at its seat, %(town)s, and not in the middle of its territory.",
            name=focus.name, town=focus.town,
        )  # fmt: skip
    if number:
        yield ngettext(
            "%(num)s position is approximate, such as that of a town; its outline is dashed.",
            "%(num)s positions are approximate, such as those of towns; their outlines are dashed.",
            number,
        )


def _letter_of(number: int) -> str:
    """Letter of a picture; the widest, number 0, has none."""
    return LETTERS[number - 1]


def _spot_title(members: Sequence[MapOrganization]) -> str:
    """Count and name the organizations of a spot."""
    names = ", ".join(member.name for member in members[:NAMED])
    more = len(members) - NAMED
    rest = f" {ngettext('and %(num)s other', 'and %(num)s others', more)}" if more > 0 else ""
    return f"{place_title(members)}: {names}{rest}"
