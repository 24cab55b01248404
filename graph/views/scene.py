"""What a view of the map shows on a day, made once for each edition, view and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import networkx as nx

from graph.kept import kept
from graph.networks.difference import Change, begun, change_of, in_force, relations_of_nodes
from graph.networks.grouping import EDGE_BUDGET, NODE_BUDGET, Grouped, grouped
from graph.networks.neighbourhood import Neighbourhood, View, across, neighbourhood
from graph.networks.ties import Tie, form_of, tie_key
from graph.records.reading import Form
from graph.views.facts import Facts
from graph.views.region import sides_of
from graph.views.relations import Days, forms_of, opened_ties, ties_of

__all__ = ["Scene", "part_of_network", "scene_of"]

KEPT = 128


@dataclass(frozen=True)
class Scene:
    """A part of the network on a day.

    Attributes
    ----------
    view : View
        What of the network is shown.
    days : Days
        The day whose state is shown, and the earlier one that it is compared with.
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
    days: Days
    shown: Neighbourhood
    key_partners: frozenset[str]
    changes: Mapping[str, Change]
    drawn: Grouped
    drawn_changes: Mapping[str, Change]

    @property
    def has_far_ties(self) -> bool:
        """Whether a tie can join two partners, so that a table must say whose partner each is."""
        return self.view.hops > 1 or self.view.whole or bool(self.view.opened) or bool(self.view.between)


@kept(KEPT)
def scene_of(facts: Facts, view: View, days: Days) -> Scene:
    """Find what a view shows on some days, see `graph.views.relations.Days.of_view`."""
    shown = _shown(facts, replace(view, open_groups=()), days)
    keys = frozenset(iri for iri in shown.partners if any("Agreement" in tie.grounds for tie in shown.inward(iri)))
    changes = _changes(facts, shown, days)
    # Two territories face to face are grouped by side, see `graph.views.face`.
    drawn = (
        Grouped(shown, {}, facts.network)
        if view.between
        else grouped(shown, facts.network, view.open_groups, nodes=NODE_BUDGET, edges=EDGE_BUDGET)
    )
    drawn_changes = _changes(facts, drawn.shown, days) if drawn.groups else changes
    return Scene(view, days, shown, keys, changes, drawn, drawn_changes)


def part_of_network(facts: Facts, shown: Neighbourhood) -> nx.MultiDiGraph:
    """Cut out the relationships that are shown, with their ends, as a network."""
    network = facts.network
    part = nx.MultiDiGraph()
    part.add_nodes_from((iri, network.nodes.get(iri, {})) for iri in shown.distance)
    for tie in shown.ties:
        for start, end in ((tie.start, tie.end), (tie.end, tie.start)):
            edges = network.get_edge_data(start, end, default={})
            part.add_edges_from((start, end, key, edges[key]) for key in tie.relations if key in edges)
    return part


@kept(KEPT)
def _shown(facts: Facts, view: View, days: Days) -> Neighbourhood:
    """Find what a view shows; views that differ in open groups share it."""
    if view.between:
        return _across(facts, view, days)
    opened = opened_ties(facts, view, days)
    return neighbourhood(facts.network, ties_of(facts, view, days), view, opened=opened)


def _across(facts: Facts, view: View, days: Days) -> Neighbourhood:
    """Find the ties between two territories; one with an agreement has the form that its agreements give it."""
    forms, agreements = forms_of(facts, view.span, days), facts.library.agreements

    def form(tie: Tie) -> Form:
        signed = [iri for iri in tie.relations if iri in agreements]
        return form_of({forms[iri] for iri in signed or tie.relations})

    return across(facts.network, ties_of(facts, view, days), view, sides_of(facts, view.between), form)


def _changes(facts: Facts, shown: Neighbourhood, days: Days) -> Mapping[str, Change]:
    """Compare what is shown with the earlier one of two days."""
    if days.earlier is None:
        return {}
    before, after = (forms_of(facts, (0, 0), Days(day, True)) for day in (days.earlier, days.day))
    sets = (begun(before), in_force(before), in_force(after))
    ties = {tie_key(facts.iris.key(tie.start), facts.iris.key(tie.end)): tie.relations for tie in shown.ties}
    nodes = {facts.iris.key(iri): relations for iri, relations in relations_of_nodes(shown.ties).items()}
    return {key: change_of(relations, *sets) for key, relations in (*ties.items(), *nodes.items())}
