"""What the geographic form of the map says: titles of its pictures and places, how exact its positions are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from graph.pictures.picture import PictureWords
from webapp.geography.scenery import Organization, Scenery, town_of
from webapp.language import _, format_number, ngettext
from webapp.network_map.changes import scene_titles
from webapp.network_map.scene import Scene
from webapp.network_map.scenery import is_approximate
from webapp.network_map.words import answer, node_key
from webapp.site import site

if TYPE_CHECKING:  # numpy takes a moment to import, and no start waits for it
    from webapp.geography.panels import Panel

__all__ = ["letter_of", "map_words", "missing", "notes", "panel_title", "place_title", "spot_title", "without_label"]

NAMED = 5
LETTERS = "ABCDEFG"


def map_words(found: Scene, address: Callable[[str], str], selected: frozenset[str]) -> PictureWords:
    """Titles of the network picture, with a word on positions that are approximate."""
    said = scene_titles(found)
    for iri in found.shown.distance:
        if is_approximate(iri):
            said[node_key(iri)] = _("%(title)s; approximate position", title=said[node_key(iri)])
    return PictureWords(answer(found.shown), said, address, selected)


def letter_of(number: int) -> str:
    """Letter of a picture; the widest, number 0, has none."""
    return LETTERS[number - 1]


def panel_title(panel: Panel, panels: Sequence[Panel]) -> str:
    """Name a picture, with the number of organizations that it draws."""
    number = sum(len(spot.members) for spot in panel.spots)
    count = ngettext("%(num)s organization", "%(num)s organizations", number)
    if math.isinf(panel.inset.reach_km):
        outside = _("World: %(count)s outside the inset", count=count)
        return outside if len(panels) > 1 else _("World: %(count)s", count=count)
    km = format_number(panel.inset.across_km)
    if panel.number:
        letter = letter_of(panel.number)
        return _("Inset %(letter)s, %(km)s km across: %(count)s", letter=letter, km=km, count=count)
    return _("%(km)s km across: %(count)s", km=km, count=count)


def spot_title(members: Sequence[Organization]) -> str:
    """Count and name the organizations of a spot."""
    names = ", ".join(one.name for one in members[:NAMED])
    more = len(members) - NAMED
    rest = f" {ngettext('and %(num)s other', 'and %(num)s others', more)}" if more > 0 else ""
    return f"{place_title(members)}: {names}{rest}"


def place_title(members: Sequence[Organization]) -> str:
    """Name the town of a spot and count its organizations."""
    town = town_of(members).town
    count = ngettext("%(num)s organization", "%(num)s organizations", len(members))
    several = _("%(town)s and nearby, %(count)s", town=town, count=count)
    return several if len({one.town for one in members}) > 1 else _("%(town)s, %(count)s", town=town, count=count)


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


def notes(found: Scene, shown: Scenery) -> Iterator[str]:
    """Say where the region in the middle stands, and how many positions are approximate."""
    focus, number = shown.organizations[0], sum(one.approximate for one in shown.organizations)
    if focus.position and focus.approximate and site().library.organizations[found.shown.focus].seat:
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
