"""The picture of a view: laid out and labelled once for each edition, view, day and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graph.kept import kept
from graph.networks.neighbourhood import Neighbourhood, View
from graph.pictures.labels import WRAP_CHARACTERS, Label, make_label
from graph.pictures.sizes import NARROW_CHARACTERS, NARROW_PX, WIDE_PX, group_px
from graph.views.facts import Facts
from webapp.map.group_names import group_name
from webapp.map.relations import Days
from webapp.map.scene import Scene, days_of, scene_on
from webapp.map.view import start_view
from webapp.request.visit import Visit, this_visit
from webapp.words.names import short_name
from webapp.words.typography import typo

if TYPE_CHECKING:
    from graph.pictures.layout import Layout

__all__ = ["picture"]

KEPT = 128
LABELS, NARROW_NODES = 120, 30


def picture(visit: Visit, view: View, *, narrow: bool = False) -> Mapping[str, Any]:
    """Draw a view as `graph.pictures.drawing.read_back` gives it, wide or for the narrow screen of a telephone."""
    return _picture(visit.facts, view, days_of(visit, view), visit.language, narrow)


@kept(KEPT)
def _picture(served: Facts, view: View, days: Days, lang: str, narrow: bool) -> Mapping[str, Any]:
    found = scene_on(served, view, days)
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first map.
    from graph.pictures.drawing import draw, read_back

    shown, labels, layout = _layout(served, view, days, lang, narrow)
    drawn = found.drawn
    return read_back(draw(drawn.network, shown, labels, layout, served.iris, found.drawn_changes, drawn.groups))


@lru_cache(maxsize=KEPT)
def _layout(
    served: Facts, view: View, days: Days, lang: str, narrow: bool
) -> tuple[Neighbourhood, Mapping[str, Label], Layout]:
    """Lay a view out so that everybody stays where the unfiltered view of today shows them."""
    from graph.pictures.layout import lay_out, read_seen, write_seen

    found = scene_on(served, view, days)
    shown = _narrowed(found) if narrow else found.drawn.shown
    labels = _labels(this_visit(), served, found, shown, lang, narrow=narrow)
    groups = {iri: found.drawn.network.nodes[iri]["group"] for iri in shown.partners}
    seen = f"{view.focus} {view.hops} {lang} {'narrow' if narrow else 'wide'}"
    start = (replace(start_view(served, view.focus), hops=view.hops), Days(date.today(), False))
    if (view, days) == start:
        before = read_seen(served.shelf, seen)
    else:
        before = _layout(served, *start, lang, narrow)[2].around(view.focus)
    layout = lay_out(
        shown, groups, labels, width=NARROW_PX if narrow else WIDE_PX, before=before,
        directions=served.edition_network.directions,
    )  # fmt: skip
    if (view, days) == start and before != layout.around(view.focus):
        write_seen(served.shelf, seen, layout.around(view.focus))
    return shown, labels, layout


def _labels(
    visit: Visit, served: Facts, found: Scene, shown: Neighbourhood, lang: str, *, narrow: bool
) -> Mapping[str, Label]:
    nodes, groups, focus = served.network.nodes, found.drawn.groups, found.view.focus
    characters = NARROW_CHARACTERS if narrow else WRAP_CHARACTERS
    labels = {
        iri: make_label(
            typo(short_name(served, iri, lang), lang), nodes[iri]["country"], key=iri in found.key_partners,
            characters=characters,
        )
        for iri in [iri for iri in _strongest(found, shown.partners) if iri not in groups][:LABELS]
    }  # fmt: skip
    of_groups = {
        iri: make_label(
            typo(group_name(visit, group), lang),
            "",
            key=True,
            characters=characters,
            node_px=group_px(len(group.members)) + 2,
        )
        for iri, group in groups.items()
        if iri in shown.distance
    }
    return {**labels, **of_groups, focus: make_label(typo(short_name(served, focus, lang), lang), "", key=True)}


def _narrowed(found: Scene) -> Neighbourhood:
    """Only groups and partners by agreement; where there are none, the ones with most relationships."""
    drawn, groups = found.drawn.shown, found.drawn.groups
    partners = [iri for iri in drawn.partners if iri in groups or iri in found.key_partners] or drawn.partners
    kept = {found.view.focus, *_strongest(found, partners)[:NARROW_NODES]}
    distance = {iri: steps for iri, steps in drawn.distance.items() if iri in kept}
    ties = tuple(tie for tie in drawn.ties if tie.start in kept and tie.end in kept)
    return Neighbourhood(found.view.focus, distance, ties)


def _strongest(found: Scene, partners: Iterable[str]) -> list[str]:
    drawn, groups = found.drawn.shown, found.drawn.groups
    weight = {iri: sum(tie.weight for tie in drawn.inward(iri)) for iri in partners}
    return sorted(
        weight,
        key=lambda iri: (iri not in groups, drawn.distance[iri], iri not in found.key_partners, -weight[iri], iri),
    )
