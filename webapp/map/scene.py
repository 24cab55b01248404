"""What a view of the map shows, made once for each edition, view, day and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import networkx as nx

from graph.kept import kept
from graph.networks.difference import Change, begun, change_of, in_force, relations_of_nodes
from graph.networks.grouping import EDGE_BUDGET, NODE_BUDGET, Grouped, grouped
from graph.networks.neighbourhood import Neighbourhood, View, neighbourhood
from graph.networks.ties import tie_key
from graph.views.facts import Facts
from webapp.map.facets import FACETS, OPEN_FACETS, codes_of, narrowed
from webapp.map.relations import Days, forms_of, opened_ties, ties_of
from webapp.request.visit import Visit

__all__ = ["Scene", "around", "days_of", "part_of_network", "scene", "scene_on"]

KEPT = 128


@dataclass(frozen=True)
class Scene:
    """A part of the network on a day.

    Attributes
    ----------
    shown : Neighbourhood
        Organizations and ties: what tables, counts and files of data hold.
    key_partners : frozenset of str
        Organizations tied by an agreement to one nearer to the focus.
    changes : mapping
        How each organization and tie, by its id in the picture, stands to the earlier one of two days that the view
        compares; empty when it compares none.
    drawn : Grouped
        What a picture holds: the same, with groups in place of organizations where these or their ties are many.
    drawn_changes : mapping
        The same as `changes` for all in `drawn`.
    """

    view: View
    shown: Neighbourhood
    key_partners: frozenset[str]
    changes: Mapping[str, Change]
    drawn: Grouped
    drawn_changes: Mapping[str, Change]

    @property
    def has_far_ties(self) -> bool:
        """Whether a tie can join two partners, so that a table must say whose partner each is."""
        return self.view.hops > 1 or self.view.whole or bool(self.view.opened)


def scene(visit: Visit, view: View) -> Scene:
    """Find what a view shows on the day of the request, or on the later one of two that it compares."""
    return scene_on(visit.facts, view, days_of(visit, view))


def days_of(visit: Visit, view: View) -> Days:
    """Days that a view shows: of two that it compares, the later one's state is shown."""
    on = visit.on
    if view.versus is None:
        return Days(on.day, on.is_past)
    later = max(on.day, view.versus)
    return Days(later, later < visit.today, min(on.day, view.versus))


def around(visit: Visit, view: View) -> Mapping[str, Neighbourhood]:
    """Find for each facet, by name, what would be shown if all of it were chosen: for the counts of the legend."""
    return {name: scene(visit, _without(visit, view, name)).shown for name in FACETS}


def part_of_network(visit: Visit, found: Scene) -> nx.MultiDiGraph:
    """Cut out the relationships that are shown, with their ends, as a network."""
    network = visit.facts.network
    part = nx.MultiDiGraph()
    part.add_nodes_from((iri, network.nodes.get(iri, {})) for iri in found.shown.distance)
    for tie in found.shown.ties:
        for start, end in ((tie.start, tie.end), (tie.end, tie.start)):
            edges = network.get_edge_data(start, end, default={})
            part.add_edges_from((start, end, key, edges[key]) for key in tie.relations if key in edges)
    return part


def _without(visit: Visit, view: View, name: str) -> View:
    """Choose all of a facet."""
    return narrowed(view, FACETS[name], () if name in OPEN_FACETS else codes_of(visit.facts, name).values())


@kept(KEPT)
def scene_on(served: Facts, view: View, days: Days) -> Scene:
    """Find what a view shows on some days."""
    shown = _shown(served, replace(view, open_groups=()), days)
    keys = frozenset(iri for iri in shown.partners if any("Agreement" in tie.grounds for tie in shown.inward(iri)))
    changes = _changes(served, shown, days)
    drawn = grouped(shown, served.network, view.open_groups, nodes=NODE_BUDGET, edges=EDGE_BUDGET)
    drawn_changes = _changes(served, drawn.shown, days) if drawn.groups else changes
    return Scene(view, shown, keys, changes, drawn, drawn_changes)


@kept(KEPT)
def _shown(served: Facts, view: View, days: Days) -> Neighbourhood:
    """Find what a view shows; views that differ in open groups share it."""
    opened = opened_ties(served, view, days)
    return neighbourhood(served.network, ties_of(served, view, days), view, opened=opened)


def _changes(served: Facts, shown: Neighbourhood, days: Days) -> Mapping[str, Change]:
    """Compare what is shown with the earlier one of two days."""
    if days.earlier is None:
        return {}
    before, after = (forms_of(served, (0, 0), Days(day, True)) for day in (days.earlier, days.day))
    sets = (begun(before), in_force(before), in_force(after))
    ties = {tie_key(served.iris.key(tie.start), served.iris.key(tie.end)): tie.relations for tie in shown.ties}
    nodes = {served.iris.key(iri): relations for iri, relations in relations_of_nodes(shown.ties).items()}
    return {key: change_of(relations, *sets) for key, relations in (*ties.items(), *nodes.items())}
