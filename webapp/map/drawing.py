"""The picture of a view: laid out and labelled once for each edition, view, day and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.kept import kept
from graph.networks.neighbourhood import Neighbourhood, View
from graph.pictures.labels import NARROW_CHARACTERS, WRAP_CHARACTERS, Label, make_label
from graph.pictures.sizes import NARROW_PX, WIDE_PX, group_px
from graph.views.facts import Facts
from graph.views.map_view import start_view
from graph.views.relations import Days
from graph.views.scene import Scene, scene_of
from webapp.map.words import group_name
from webapp.request.visit import Visit
from webapp.words.names import short_name
from webapp.words.typography import typo

if TYPE_CHECKING:
    from graph.pictures.layout import Layout

__all__ = ["picture"]

KEPT = 128
LABELS, NARROW_NODES = 120, 30


def picture(visit: Visit, scene: Scene, *, narrow: bool = False) -> Mapping[str, Any]:
    """Draw a scene as `graph.pictures.drawing.read_back` gives it, wide or for the narrow screen of a telephone."""
    return _picture(visit.facts, scene.view, scene.days, visit.today, visit.language, narrow)


@kept(KEPT)
def _picture(facts: Facts, view: View, days: Days, today: date, lang: str, narrow: bool) -> Mapping[str, Any]:
    scene = scene_of(facts, view, days)
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first map.
    from graph.pictures.drawing import draw, read_back

    shown, labels, layout = _layout(facts, view, days, today, lang, narrow)
    drawn = scene.drawn
    return read_back(draw(drawn.network, shown, labels, layout, facts.iris, scene.drawn_changes, drawn.groups))


@kept(KEPT)
def _layout(
    facts: Facts, view: View, days: Days, today: date, lang: str, narrow: bool
) -> tuple[Neighbourhood, Mapping[str, Label], Layout]:
    """Lay a view out so that everybody stays where the unfiltered view of today shows them."""
    from graph.pictures.layout import lay_out, read_seen, write_seen

    scene = scene_of(facts, view, days)
    shown = _narrowed(scene) if narrow else scene.drawn.shown
    labels = _labels(facts, scene, shown, lang, narrow=narrow)
    groups = {iri: scene.drawn.network.nodes[iri]["group"] for iri in shown.partners}
    seen = f"{view.focus} {view.hops} {lang} {'narrow' if narrow else 'wide'}"
    start = (replace(start_view(facts, view.focus), hops=view.hops), Days(today, False))
    if (view, days) == start:
        before = read_seen(facts.shelf, seen)
    else:
        before = _layout(facts, *start, today, lang, narrow)[2].around(view.focus)
    layout = lay_out(
        shown, groups, labels, width=NARROW_PX if narrow else WIDE_PX, before=before,
        directions=facts.edition_network.directions,
    )  # fmt: skip
    if (view, days) == start and before != layout.around(view.focus):
        write_seen(facts.shelf, seen, layout.around(view.focus))
    return shown, labels, layout


def _labels(facts: Facts, scene: Scene, shown: Neighbourhood, lang: str, *, narrow: bool) -> Mapping[str, Label]:
    library, nodes, groups, focus = facts.library, facts.network.nodes, scene.drawn.groups, scene.view.focus
    characters = NARROW_CHARACTERS if narrow else WRAP_CHARACTERS
    labels = {
        iri: make_label(
            typo(short_name(library, iri, lang), lang), nodes[iri]["country"], key=iri in scene.key_partners,
            characters=characters,
        )
        for iri in [iri for iri in _strongest(scene, shown.partners) if iri not in groups][:LABELS]
    }  # fmt: skip
    of_groups = {
        iri: make_label(
            typo(group_name(facts, group.key, lang), lang), "", key=True, characters=characters,
            node_px=group_px(len(group.members)) + 2,
        )
        for iri, group in groups.items()
        if iri in shown.distance
    }  # fmt: skip
    return {**labels, **of_groups, focus: make_label(typo(short_name(library, focus, lang), lang), "", key=True)}


def _narrowed(scene: Scene) -> Neighbourhood:
    """Only groups and partners by agreement; where there are none, the ones with most relationships."""
    drawn, groups = scene.drawn.shown, scene.drawn.groups
    partners = [iri for iri in drawn.partners if iri in groups or iri in scene.key_partners] or drawn.partners
    nodes = {scene.view.focus, *_strongest(scene, partners)[:NARROW_NODES]}
    distance = {iri: steps for iri, steps in drawn.distance.items() if iri in nodes}
    ties = tuple(tie for tie in drawn.ties if tie.start in nodes and tie.end in nodes)
    return Neighbourhood(scene.view.focus, distance, ties)


def _strongest(scene: Scene, partners: Iterable[str]) -> list[str]:
    drawn, groups = scene.drawn.shown, scene.drawn.groups
    weight = {iri: sum(tie.weight for tie in drawn.inward(iri)) for iri in partners}
    return sorted(
        weight,
        key=lambda iri: (iri not in groups, drawn.distance[iri], iri not in scene.key_partners, -weight[iri], iri),
    )
