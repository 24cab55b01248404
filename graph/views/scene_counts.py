"""Counts around a scene: partners by value of a facet, relationships by year, and what the choice leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.kept import kept
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.shapes import shape
from graph.networks.ties import EVENT, GROUNDS, Tie
from graph.records.reading import Form
from graph.records.validity import is_undated
from graph.views.facts import Facts
from graph.views.map_parameters import FACETS
from graph.views.map_view import unfiltered
from graph.views.region import home_members
from graph.views.relations import (
    Days,
    dated_records,
    forms_of,
    programmes_of,
    proofs_of,
    source_count,
    ties_at,
    topics_of,
    years_of,
)
from graph.views.scene import Scene, scene_of

__all__ = [
    "Joined",
    "LeftOut",
    "Standing",
    "joined_records",
    "left_out",
    "municipalities_with_ties",
    "partners_by_value",
    "records_by_node",
    "relations_by_year",
    "standing",
    "ties_not_shown",
    "undated_ties",
    "used_values",
    "without_span",
]


@dataclass(frozen=True)
class LeftOut:
    """How much of what is within the same steps of the same organization is not shown.

    Attributes
    ----------
    organizations, ties : int
        What the choice hides.
    later : int
        Relationships between the organizations in reach that begin only after the day or the span.
    """

    organizations: int
    ties: int
    later: int


@dataclass(frozen=True)
class Joined:
    """Distinct records below the ties of a scene: agreements and projects by form on its day, number of all others.

    A suspended agreement counts as ended.
    """

    agreements: Counter[Form]
    projects: Counter[Form]
    others: int


@dataclass(frozen=True)
class Standing:
    """Who of those shown is a partner, by the definitions of the ontology; all are IRIs.

    Attributes
    ----------
    partners : tuple of str
        Those with a tie that has not ended.
    former : tuple of str
        Those with whom all that is shown has ended or is suspended.
    posts : tuple of str
        Posts of ours abroad, see ``k:OwnPost``; they are no partners.
    """

    partners: tuple[str, ...]
    former: tuple[str, ...]
    posts: tuple[str, ...]


def standing(facts: Facts, shown: Neighbourhood) -> Standing:
    """Tell partners, former ones and posts of ours from each other among the organizations shown."""
    leading, own = _leading(shown), facts.library.own_posts
    others = [iri for iri in shown.partners if iri not in own]
    over = {iri for iri in others if all(tie.form is Form.ENDED for tie in leading.get(iri, ()))}
    return Standing(
        tuple(iri for iri in others if iri not in over),
        tuple(iri for iri in others if iri in over),
        tuple(iri for iri in shown.partners if iri in own),
    )


def partners_by_value(facts: Facts, scene: Scene, name: str) -> Mapping[Any, int]:
    """Count the partners that would have each value of a facet if all of it were chosen.

    A value is of the partner itself, or of a tie that leads to it from nearer by. Former partners count by state and
    evidence alone, posts of ours nowhere; a value that only these have counts 0.
    """
    shown = scene_of(facts, FACETS[name].with_all(facts, scene.view), scene.days).shown
    stand, leading = standing(facts, shown), _leading(shown)
    counted = {*stand.partners, *(stand.former if name in ENDED_TOO else ())}
    values = _of_ties(facts, name, scene.days)
    counts: Counter[Any] = Counter()
    for iri in shown.partners:
        own = [OF_NODES[name](facts.network.nodes[iri])] if name in OF_NODES else values(leading.get(iri, ()))
        counts.update(dict.fromkeys(own, int(iri in counted)))
    return counts


def joined_records(facts: Facts, scene: Scene) -> Joined:
    """Count what joins the two sides of a scene that is between two territories."""
    forms, library = forms_of(facts, scene.view.span, scene.days), facts.library
    records = {iri for tie in scene.shown.ties for iri in tie.relations}
    told = {iri: Form.ENDED if forms[iri] is Form.SUSPENDED else forms[iri] for iri in records}
    agreements, projects = (
        Counter(told[iri] for iri in records & of.keys()) for of in (library.agreements, library.projects)
    )
    return Joined(agreements, projects, len(records) - agreements.total() - projects.total())


def without_span(facts: Facts, scene: Scene) -> Scene:
    """Give the scene of the same view without its span, ties without a date included."""
    return scene_of(facts, replace(scene.view, span=(0, 0), undated=True), scene.days)


def relations_by_year(facts: Facts, scene: Scene, last_year: int) -> Counter[int]:
    """Count the relationships behind the ties of a scene that held in each year, to the last one asked for."""
    relations = {iri for tie in scene.shown.ties for iri in tie.relations}
    held = years_of(facts, last_year)
    return Counter(year for iri in relations for year in held.get(iri, ()))


def records_by_node(ties: Iterable[Tie]) -> Counter[str]:
    """Count the relationships of each end of ties, by IRI; one of several parties stands below several ties of each."""
    records: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        for iri in (tie.start, tie.end):
            records[iri].update(tie.relations)
    return Counter({iri: len(relations) for iri, relations in records.items()})


def undated_ties(facts: Facts, scene: Scene) -> list[Tie]:
    """Ties without any date: of none of their relationships a start, an end or a dated source is known."""
    records = dated_records(facts)
    return [tie for tie in scene.shown.ties if all(is_undated(records[iri].period) for iri in tie.relations)]


def left_out(facts: Facts, scene: Scene) -> LeftOut:
    """Count what the choice hides within the same steps of the same organization, and what had not begun."""
    wide = scene_of(facts, unfiltered(facts, scene.view), scene.days).shown
    shown_ties = {(tie.start, tie.end) for tie in scene.shown.ties}
    forms = forms_of(facts, scene.view.span, scene.days)
    edges = facts.network.edges(wide.distance, keys=True)
    return LeftOut(
        len(wide.distance.keys() - scene.shown.distance.keys()),
        sum((tie.start, tie.end) not in shown_ties for tie in wide.ties),
        len({key for _u, v, key in edges if v in wide.distance and forms[key] is Form.FUTURE}),
    )


def ties_not_shown(facts: Facts, scene: Scene, iri: str) -> Mapping[str, list[Tie]]:
    """Find the ties of an organization that lead out of the picture, by ground; grounds without any are left out.

    Notes
    -----
    The choice of states, time, topics, programmes and evidence holds; what kind of organization it is, and where,
    does not count: who asks for the members of a body means all of them. Events count only where nothing else ties
    the two.
    """
    by_ground = {
        ground: [
            tie
            for tie in ties_at(facts, scene.view, iri, ground, scene.days)
            if tie.other(iri) not in scene.shown.distance
            and tie.form in scene.view.forms
            and (ground != EVENT or tie.grounds == {EVENT})
        ]
        for ground in GROUNDS
    }
    return {ground: ties for ground, ties in by_ground.items() if ties}


@kept()
def used_values(facts: Facts, name: str) -> frozenset[str]:
    """Values of the facet ``country``, ``topic`` or ``programme`` that occur in the network."""
    if name == "country":
        return frozenset(country for _iri, country in facts.network.nodes(data="country"))
    if name == "programme":
        return frozenset(programmes_of(facts).values())
    return frozenset(topic for topics in topics_of(facts).values() for topic in topics)


def municipalities_with_ties(facts: Facts) -> list[str]:
    """IRIs of the municipalities of the home region that have ties."""
    nodes = facts.network.nodes
    return [iri for iri in home_members(facts) if iri in nodes and nodes[iri]["kind"] == "municipality"]


# Facets that tell how ties ended, so that former partners count in them.
ENDED_TOO = ("st", "proof")
OF_NODES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "group": lambda node: node["group"],
    "kind": lambda node: shape(node["kind"]),
    "country": lambda node: node["country"],
}


def _of_ties(facts: Facts, name: str, days: Days) -> Callable[[Iterable[Tie]], set[Any]]:
    """Choose how the values of the ties of a partner are found."""
    if name == "ground":
        return _grounds
    if name == "st":
        return lambda ties: {tie.form for tie in ties}
    if name == "cited":
        return lambda ties: {source_count(facts, tie) for tie in ties}
    if name == "topic":
        topics = topics_of(facts)
        return lambda ties: {topic for iri in _relations(ties) for topic in topics[iri]}
    by_relation = proofs_of(facts, days) if name == "proof" else programmes_of(facts)
    return lambda ties: {by_relation[iri] for iri in _relations(ties) if iri in by_relation}


def _grounds(ties: Iterable[Tie]) -> set[str]:
    grounds = {ground for tie in ties for ground in tie.grounds}
    return grounds if grounds == {EVENT} else grounds - {EVENT}


def _relations(ties: Iterable[Tie]) -> Iterable[str]:
    return (iri for tie in ties for iri in tie.relations)


def _leading(shown: Neighbourhood) -> Mapping[str, Iterable[Tie]]:
    """Ties of each partner to those nearer to the focus; all of its ties where nothing leads to the focus."""
    by_end: dict[str, list[Tie]] = defaultdict(list)
    for tie in shown.ties:
        for iri in (tie.start, tie.end):
            by_end[iri].append(tie)
    return {iri: shown.inward(iri) or ties for iri, ties in by_end.items()}
