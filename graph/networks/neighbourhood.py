"""The part of the network that a view of the map shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import networkx as nx

from graph.networks.shapes import SHAPES, shape
from graph.networks.ties import ALL_FORMS, USUAL_GROUNDS, Tie, Ties
from graph.records.reading import Form, Proof

__all__ = ["Neighbourhood", "View", "across", "nearest_first", "neighbourhood"]


@dataclass(frozen=True)
class View:
    """What of the network is shown; an empty set of the first four shows nothing of its sort.

    Attributes
    ----------
    focus : str
        IRI of the organization in the middle.
    hops : int
        Steps from it, 1 to 3.
    grounds, forms, groups, shapes : frozenset of str
        Grounds and forms of ties; country groups and shapes of organizations (the focus is always shown).
    countries : frozenset of str
        Codes of countries of organizations; of the whole network, one end of a tie suffices. Here and in what
        follows, an empty set means any.
    topics, programmes : frozenset of str
        IRIs of areas, narrower ones included, and of programmes of relationships.
    proofs : frozenset of Proof
        Evidence of relationships.
    cited : frozenset of int
        Numbers of distinct sources of a tie; 3 means three and more.
    span : tuple of int
        First and last year, which decide the form of ties instead of the day; 0 is open, (0, 0) no span.
    undated : bool
        Whether relationships without any date are shown.
    versus : date or None
        A day to compare the shown one with.
    opened : tuple of (str, str)
        Organizations, by IRI, whose ties of a ground ("" for any) are shown too, wherever they lead.
    whole : bool
        All organizations that are tied to any other are shown, however far.
    between : str
        Code of a territory, see `graph.views.territories`: ties across are shown, between organizations of the home
        region and those there, whatever the middle and the steps; "" for none.
    open_groups : tuple of str
        Keys of groups that are open where a picture draws groups, see `graph.networks.grouping`; they decide on
        the picture alone, not on what is shown.
    """

    focus: str
    hops: int = 1
    grounds: frozenset[str] = USUAL_GROUNDS
    forms: frozenset[str] = frozenset(ALL_FORMS)
    groups: frozenset[str] = frozenset()
    shapes: frozenset[str] = frozenset(SHAPES)
    countries: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    proofs: frozenset[Proof] = frozenset()
    cited: frozenset[int] = frozenset()
    span: tuple[int, int] = (0, 0)
    undated: bool = True
    versus: date | None = None
    opened: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    between: str = ""
    open_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Neighbourhood:
    """The organizations within reach of the focus and their ties.

    Attributes
    ----------
    distance : mapping
        IRI to steps from the focus (0 for the focus itself), nearest first, then by IRI; across two territories,
        all on our side are at 0 and those on the other at 1.
    ties : tuple of Tie
        All ties between them, sorted by their ends.
    """

    focus: str
    distance: Mapping[str, int]
    ties: tuple[Tie, ...]

    def leads(self, tie: Tie) -> bool:
        """Whether it leads towards the focus, and not across to an organization as far away."""
        return self.distance[tie.start] != self.distance[tie.end]

    def inward(self, iri: str) -> tuple[Tie, ...]:
        """Ties of an organization to those that are one step nearer to the focus."""
        return tuple(self._inward[iri]) if iri in self._inward else ()

    def at(self, iri: str) -> tuple[Tie, ...]:
        """Ties of an organization to nearer ones; of one of ours across two territories, all of its ties."""
        if self.distance[iri]:
            return self.inward(iri)
        return tuple(tie for tie in self.ties if iri in (tie.start, tie.end))

    @property
    def partners(self) -> tuple[str, ...]:
        """All organizations but the focus; across two territories, those on the other side."""
        return tuple(iri for iri, steps in self.distance.items() if steps)

    @cached_property
    def _inward(self) -> Mapping[str, list[Tie]]:
        inward: dict[str, list[Tie]] = defaultdict(list)
        for tie in filter(self.leads, self.ties):
            inward[max(tie.start, tie.end, key=self.distance.__getitem__)].append(tie)
        return dict(inward)


def neighbourhood(
    network: nx.MultiDiGraph,
    ties: Iterable[Tie],
    view: View,
    opened: Iterable[Tie] = (),
) -> Neighbourhood:
    """Cut out what a view shows.

    Parameters
    ----------
    ties : iterable of Tie
        Of the grounds of the view, see `collapse`.
    opened : iterable of Tie
        Ties that are shown too, with both ends, whatever the view says of organizations; they take the place of
        those of `ties` between the same two. Only those that hang on what is shown come in.
    """
    all_ties = ties if isinstance(ties, Ties) else Ties(ties)
    reached = _whole(network, all_ties, view) if view.whole else _reached(network, all_ties, view)
    if more := [tie for tie in opened if tie.form in view.forms]:
        reached = _opened(reached, more, [tie for tie in all_ties if tie.form in view.forms])
    return reached


def across(
    network: nx.MultiDiGraph,
    ties: Iterable[Tie],
    view: View,
    sides: tuple[Collection[str], Collection[str]],
    forms: Callable[[Tie], Form],
) -> Neighbourhood:
    """Cut out the ties between two sides, of the forms of a view, with those on the other side that it lets through.

    Parameters
    ----------
    sides : tuple of collection of str
        IRIs of organizations: ours, theirs.
    forms : callable
        Gives the form of a tie across.
    """
    ours, theirs = sides
    wanted = {iri for iri in theirs if iri in network and _shown(network, iri, view)}
    crossing = (tie for tie in ties if _joins(tie, ours, wanted))
    formed = (replace(tie, form=forms(tie)) for tie in crossing)
    shown = tuple(tie for tie in formed if tie.form in view.forms)
    ends = {iri for tie in shown for iri in (tie.start, tie.end)}
    near = ends & set(ours)
    focus = view.focus if view.focus in near or not near else min(near)
    return Neighbourhood(focus, nearest_first({focus: 0} | {iri: int(iri not in near) for iri in ends}), shown)


def _joins(tie: Tie, ours: Collection[str], theirs: Collection[str]) -> bool:
    return (tie.start in ours and tie.end in theirs) or (tie.end in ours and tie.start in theirs)


def _reached(network: nx.MultiDiGraph, ties: Ties, view: View) -> Neighbourhood:
    """Go from the focus step by step; only who is within reach is looked at, however large the network is."""
    steps, border = {view.focus: 0}, {view.focus}
    for step in range(1, view.hops + 1):
        near = {tie.other(iri) for iri in border for tie in ties.at(iri) if tie.form in view.forms}
        border = {iri for iri in near if iri not in steps and _shown(network, iri, view)}
        steps |= dict.fromkeys(border, step)
    distance = {iri: steps[iri] for iri in sorted(steps, key=lambda iri: (steps[iri], iri))}
    # Each tie is found at its start; those of one start are in the order of their ends.
    own = (tie for iri in sorted(distance) for tie in ties.at(iri) if tie.start == iri and tie.form in view.forms)
    return Neighbourhood(view.focus, distance, _between(own, distance))


def _whole(network: nx.MultiDiGraph, ties: Ties, view: View) -> Neighbourhood:
    """All ends of ties; what cannot be reached from the focus is one step further than the furthest that can."""
    nodes = {iri for iri in network if _shown(network, iri, view)}
    in_form = (tie for tie in _between(ties, nodes) if tie.form in view.forms)
    kept = [tie for tie in in_form if _touches(network, tie, view.countries)]
    graph = _graph(kept, view.focus)
    steps = nx.single_source_shortest_path_length(graph, view.focus)
    beyond = max(steps.values()) + 1
    return Neighbourhood(view.focus, nearest_first({iri: steps.get(iri, beyond) for iri in graph}), tuple(kept))


def _opened(reached: Neighbourhood, opened: list[Tie], ties: list[Tie]) -> Neighbourhood:
    """Add ties that hang on what is shown or on each other, and all others between the organizations that come in."""
    shown, waiting = set(reached.distance), opened
    while hanging := [tie for tie in waiting if tie.start in shown or tie.end in shown]:
        waiting = [tie for tie in waiting if tie.start not in shown and tie.end not in shown]
        shown.update(end for tie in hanging for end in (tie.start, tie.end))
    by_ends = {(tie.start, tie.end): tie for tie in (*_between(ties, shown), *_between(opened, shown))}
    steps = nx.single_source_shortest_path_length(_graph(by_ends.values(), reached.focus), reached.focus)
    distance = nearest_first({**reached.distance, **steps})
    return Neighbourhood(reached.focus, distance, tuple(by_ends[ends] for ends in sorted(by_ends)))


def _graph(ties: Iterable[Tie], focus: str) -> nx.Graph:
    graph = nx.Graph((tie.start, tie.end) for tie in ties)
    graph.add_node(focus)
    return graph


def nearest_first(steps: Mapping[str, int]) -> dict[str, int]:
    """Sort organizations by their steps from the focus, then by IRI."""
    return {iri: steps[iri] for iri in sorted(steps, key=lambda iri: (steps[iri], iri))}


def _between(ties: Iterable[Tie], shown: Collection[str]) -> tuple[Tie, ...]:
    return tuple(tie for tie in ties if tie.start in shown and tie.end in shown)


def _shown(network: nx.MultiDiGraph, iri: str, view: View) -> bool:
    node: dict[str, Any] = network.nodes[iri]
    if iri == view.focus:
        return True
    if view.countries and not view.whole and node["country"] not in view.countries:
        return False
    return node["group"] in view.groups and shape(node["kind"]) in view.shapes


def _touches(network: nx.MultiDiGraph, tie: Tie, countries: Collection[str]) -> bool:
    return not countries or any(network.nodes[iri]["country"] in countries for iri in (tie.start, tie.end))
