"""What a view of the map shows, made once for each edition, view, day and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.networks.difference import Change, begun, change_of, in_force, relations_of_nodes
from graph.networks.neighbourhood import NODE_BUDGET, Neighbourhood, View, neighbourhood
from graph.networks.ties import tie_key
from graph.pictures.labels import WRAP_CHARACTERS, Label, make_label
from webapp.asof import asof
from webapp.language import language
from webapp.network_map.facets import FACETS, OPEN_FACETS, codes_of, narrowed
from webapp.network_map.relations import Days, forms_of, opened_ties, ties_of
from webapp.network_map.view import start_view
from webapp.site import Site, site
from webapp.typography import typo

if TYPE_CHECKING:
    from graph.pictures.layout import Layout

__all__ = ["Scene", "around", "days_of", "part_of_network", "picture", "scene", "short_name"]

KEPT = 128
WIDE_PX, NARROW_PX = 716.0, 360.0
NARROW_CHARACTERS = 16
LABELS, NARROW_NODES = 120, 30


@dataclass(frozen=True)
class Scene:
    """A part of the network on a day.

    Attributes
    ----------
    shown : Neighbourhood
        Organizations and ties.
    key_partners : frozenset of str
        Organizations tied by an agreement to one nearer to the focus.
    changes : mapping
        How each node and edge, by its id in the picture, stands to the earlier one of two days that the view
        compares; empty when it compares none.
    """

    view: View
    shown: Neighbourhood
    key_partners: frozenset[str]
    changes: Mapping[str, Change] = field(default_factory=dict)

    @property
    def has_far_ties(self) -> bool:
        """Whether a tie can join two partners, so that a table must say whose partner each is."""
        return self.view.hops > 1 or self.view.whole or bool(self.view.opened)


def scene(view: View) -> Scene:
    """Find what a view shows on the day of the request, or on the later one of two that it compares."""
    return _scene(site(), view, days_of(view))


def days_of(view: View) -> Days:
    """Days that a view shows: of two that it compares, the later one's state is shown."""
    on = asof()
    if view.versus is None:
        return Days(on.day, on.is_past)
    later = max(on.day, view.versus)
    return Days(later, later < on.today, min(on.day, view.versus))


def around(view: View) -> Mapping[str, Neighbourhood]:
    """Find for each facet, by name, what would be shown if all of it were chosen: for the counts of the legend."""
    return {name: scene(_without(view, name)).shown for name in FACETS}


def picture(view: View, *, narrow: bool = False) -> Mapping[str, Any]:
    """Draw a view as `graph.pictures.drawing.read_back` gives it, wide or for the narrow screen of a telephone."""
    return _picture(site(), view, days_of(view), language(), narrow)


def part_of_network(found: Scene) -> nx.MultiDiGraph:
    """Cut out the relationships that are shown, with their ends, as a network."""
    network = site().network
    part = nx.MultiDiGraph()
    part.add_nodes_from((iri, network.nodes.get(iri, {})) for iri in found.shown.distance)
    for tie in found.shown.ties:
        for start, end in ((tie.start, tie.end), (tie.end, tie.start)):
            edges = network.get_edge_data(start, end, default={})
            part.add_edges_from((start, end, key, edges[key]) for key in tie.relations if key in edges)
    return part


def _without(view: View, name: str) -> View:
    """Choose all of a facet."""
    return narrowed(view, FACETS[name], () if name in OPEN_FACETS else codes_of(site(), name).values())


@lru_cache(maxsize=KEPT)
def _scene(served: Site, view: View, days: Days) -> Scene:
    opened = opened_ties(served, view, days)
    shown = neighbourhood(served.network, ties_of(served, view, days), view, opened=opened)
    keys = frozenset(iri for iri in shown.partners if any("Agreement" in tie.grounds for tie in shown.inward(iri)))
    return Scene(view, shown, keys, _changes(served, shown, days))


@lru_cache(maxsize=KEPT)
def _picture(served: Site, view: View, days: Days, lang: str, narrow: bool) -> Mapping[str, Any]:
    found = _scene(served, view, days)
    if len(found.shown.distance) > NODE_BUDGET and not narrow:
        return _crowd(served, found)
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first map.
    from graph.pictures.drawing import draw, read_back

    shown, labels, layout = _layout(served, view, days, lang, narrow)
    return read_back(draw(served.network, shown, labels, layout, served.iris, found.changes))


@lru_cache(maxsize=KEPT)
def _layout(
    served: Site, view: View, days: Days, lang: str, narrow: bool
) -> tuple[Neighbourhood, Mapping[str, Label], Layout]:
    """Lay a view out so that everybody stays where the unfiltered view of today shows them."""
    from graph.networks.seen_pictures import read_seen, write_seen
    from graph.pictures.layout import lay_out

    found = _scene(served, view, days)
    shown = _narrowed(found) if narrow else found.shown
    labels = _labels(served, found, shown, lang, narrow=narrow)
    groups = {iri: served.network.nodes[iri]["group"] for iri in shown.partners}
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


def _labels(served: Site, found: Scene, shown: Neighbourhood, lang: str, *, narrow: bool) -> Mapping[str, Label]:
    nodes, focus = served.network.nodes, found.view.focus
    labels = {
        iri: make_label(
            typo(short_name(served, iri, lang), lang), nodes[iri]["country"], key=iri in found.key_partners,
            characters=NARROW_CHARACTERS if narrow else WRAP_CHARACTERS,
        )
        for iri in _strongest(found, shown.partners)[:LABELS]
    }  # fmt: skip
    return {**labels, focus: make_label(typo(short_name(served, focus, lang), lang), "", key=True)}


def _crowd(served: Site, found: Scene) -> Mapping[str, Any]:
    """Draw more than labels have room for."""
    from graph.pictures.drawing import draw, read_back
    from graph.pictures.rings import lay_out_rings

    groups = {iri: served.network.nodes[iri]["group"] for iri in found.shown.partners}
    layout = lay_out_rings(found.shown, groups)
    return read_back(draw(served.network, found.shown, {}, layout, served.iris, found.changes))


def _changes(served: Site, shown: Neighbourhood, days: Days) -> Mapping[str, Change]:
    """Compare what is shown with the earlier one of two days."""
    if days.earlier is None:
        return {}
    before, after = (forms_of(served, (0, 0), Days(day, True)) for day in (days.earlier, days.day))
    sets = (begun(before), in_force(before), in_force(after))
    ties = {tie_key(_key(served, tie.start), _key(served, tie.end)): tie.relations for tie in shown.ties}
    nodes = {_key(served, iri): relations for iri, relations in relations_of_nodes(shown.ties).items()}
    return {key: change_of(relations, *sets) for key, relations in (*ties.items(), *nodes.items())}


def _key(served: Site, iri: str) -> str:
    found = served.iris.split(iri)
    return found[1] if found else iri


def short_name(served: Site, iri: str, lang: str) -> str:
    """Short form of the name of an organization, else its name."""
    organization = served.library.organizations[iri]
    return organization.short_names.get(lang) or organization.name(lang)[0]


def _narrowed(found: Scene) -> Neighbourhood:
    """Only partners by agreement; where there are none, the ones with most relationships."""
    partners = found.key_partners or found.shown.partners
    kept = {found.view.focus, *_strongest(found, partners)[:NARROW_NODES]}
    distance = {iri: steps for iri, steps in found.shown.distance.items() if iri in kept}
    ties = tuple(tie for tie in found.shown.ties if tie.start in kept and tie.end in kept)
    return Neighbourhood(found.view.focus, distance, ties)


def _strongest(found: Scene, partners: Iterable[str]) -> list[str]:
    weight = {iri: sum(tie.weight for tie in found.shown.inward(iri)) for iri in partners}
    return sorted(weight, key=lambda iri: (found.shown.distance[iri], iri not in found.key_partners, -weight[iri], iri))
