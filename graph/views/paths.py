"""How two organizations are linked on a day: what is asked, the ends by name, and the paths that were found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from graph.kept import kept
from graph.networks.paths import (
    FORMS,
    PART,
    FoundPaths,
    RelationEvidence,
    evidence_of,
    find_paths,
    link_ties,
    narrowed,
    part_ties,
)
from graph.networks.ties import ALL_FORMS, EVENT, GROUNDS, TIE_FORMS, USUAL_GROUNDS, Tie, tie_up
from graph.records.reading import Form
from graph.views.facts import AsOf, Facts
from graph.views.relations import Days, forms_of, pairs_of
from graph.views.search import Match, Rank
from graph.views.territories import wholes_of_parts

__all__ = [
    "FORM_CODES",
    "GROUND_CODES",
    "USUAL_FORMS",
    "PathChoice",
    "PathEnd",
    "best_shown_first",
    "end_by_name",
    "end_of",
    "evidence_on",
    "found_paths",
    "key_of",
    "network_on",
    "wider_choices",
]  # fmt: skip

GROUND_CODES: Mapping[str, str] = {
    **{"event" if ground == EVENT else ground.lower(): ground for ground in GROUNDS},
    "part": PART,
}
FORM_CODES: Mapping[str, Form] = {str(form): form for form in ALL_FORMS}
# What ties two organizations if nothing else is asked for: what holds or is not verified; a joint event alone does not.
USUAL_FORMS = frozenset({Form.HELD, Form.OPEN})
KEPT, KEPT_GRAPHS = 512, 32
OFFERED = 10


@dataclass(frozen=True)
class PathChoice:
    """Two organizations and the relationships of which a path may be made.

    Attributes
    ----------
    start, end : str
        IRIs; "" for one that is not chosen.
    grounds : frozenset of str
        Grounds of ties, or `PART` for lying in the territory of another organization or being a part of it.
    forms : frozenset of Form
        Those of ties, as on the map.
    """

    start: str = ""
    end: str = ""
    grounds: frozenset[str] = USUAL_GROUNDS
    forms: frozenset[Form] = USUAL_FORMS

    @property
    def is_whole(self) -> bool:
        """Whether two different organizations are chosen."""
        return bool(self.start and self.end) and self.start != self.end

    @property
    def turned(self) -> PathChoice:
        """The same from the other end."""
        return replace(self, start=self.end, end=self.start)

    def also(self, *, grounds: frozenset[str] = frozenset(), forms: frozenset[Form] = frozenset()) -> PathChoice:
        """Let more relationships count."""
        return replace(self, grounds=self.grounds | grounds, forms=self.forms | forms)

    @property
    def ground_codes(self) -> list[str]:
        """Codes of the chosen grounds, in the order of all."""
        return [code for code, ground in GROUND_CODES.items() if ground in self.grounds]

    @property
    def form_codes(self) -> list[str]:
        """Codes of the chosen forms, in the order of all."""
        return [code for code, form in FORM_CODES.items() if form in self.forms]


@dataclass(frozen=True)
class PathEnd:
    """One end of a path, as it was asked for.

    Attributes
    ----------
    asked : str
        A row id, or what a reader typed of a name.
    iri : str
        The organization; "" when none is asked for, none is known, or several are meant.
    choices : tuple of Match
        The first of several that may be meant.
    total : int
        How many may be meant.
    """

    asked: str
    iri: str = ""
    choices: tuple[Match, ...] = ()
    total: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something was asked for that is no organization, or several."""
        return bool(self.asked) and not self.iri


def end_of(facts: Facts, asked: str) -> PathEnd:
    """Read one end: an organization by its row id, else by its name."""
    iri = facts.iris.resource("organizations", asked) if asked else ""
    if iri in facts.library.organizations:
        return PathEnd(asked, iri)
    return end_by_name(facts, asked) if asked else PathEnd("")


def end_by_name(facts: Facts, asked: str) -> PathEnd:
    """Find the only organization of exactly that name, else the only one that the words fit."""
    by_group = facts.search.find(asked)
    matches = [*by_group.get("organizations", ()), *by_group.get("municipalities", ())]
    exact = [match for match in matches if match.rank is Rank.EXACT]
    meant = exact if len(exact) == 1 else matches
    if len(meant) == 1:
        return PathEnd(asked, meant[0].record.iri)
    best = sorted(matches, key=lambda match: (match.rank, -match.ties))
    return PathEnd(asked, "", tuple(best[:OFFERED]), len(best))


def key_of(facts: Facts, iri: str) -> str:
    """Row id of an organization, "" for none."""
    return facts.iris.key(iri) if iri else ""


@kept(KEPT)
def found_paths(facts: Facts, choice: PathChoice, on: AsOf) -> FoundPaths:
    """Find the paths of a choice on a day; none for a choice that is not whole."""
    if not choice.is_whole:
        return FoundPaths((), 0)
    return find_paths(_graph(facts, choice.grounds, choice.forms, on), choice.start, choice.end, on.day)


def wider_choices(facts: Facts, choice: PathChoice, on: AsOf) -> Iterator[tuple[str, PathChoice]]:
    """Give what makes a path where a choice makes none.

    Yields
    ------
    tuple of str and PathChoice
        What counts beside the chosen, and the choice: ``grounds`` for every ground, ``ended``, ``open``, ``event``,
        ``part``; or, if none of these does alone, ``all``.
    """
    every_ground = frozenset(GROUND_CODES.values())
    wider = {
        choice.also(grounds=every_ground - {PART}): "grounds",
        choice.also(forms=frozenset({Form.ENDED})): "ended",
        choice.also(forms=frozenset({Form.OPEN})): "open",
        choice.also(grounds=frozenset({EVENT})): "event",
        choice.also(grounds=frozenset({PART})): "part",
    }
    helpful = [
        (name, other) for other, name in wider.items() if other != choice and found_paths(facts, other, on).paths
    ]
    everything = choice.also(grounds=every_ground, forms=frozenset(FORM_CODES.values()))
    if not helpful and found_paths(facts, everything, on).paths:
        helpful = [("all", everything)]
    yield from helpful


def evidence_on(facts: Facts, iri: str, on: AsOf) -> RelationEvidence | None:
    """Give what a relationship rests on, on a day; None for what is no dated record."""
    return _evidence(facts, on).get(iri)


def best_shown_first(facts: Facts, relations: Sequence[str], on: AsOf) -> list[str]:
    """Order relationships by how well they are shown on a day: form, newest evidence."""
    known = _evidence(facts, on)

    def order(iri: str) -> tuple[int, date]:
        evidence = known.get(iri)
        return (-FORMS.index(evidence.form), evidence.newest or date.min) if evidence else (0, date.min)

    return sorted(relations, key=order, reverse=True)


@kept(KEPT_GRAPHS)
def network_on(facts: Facts, on: AsOf, grounds: frozenset[str], forms: frozenset[Form]) -> nx.MultiDiGraph:
    """Cut out the relationships of some grounds and forms on a day; these are forms of ties."""
    return narrowed(facts.network, _forms(facts, on), _relationship_forms(forms), grounds)


@kept(KEPT_GRAPHS)
def _graph(facts: Facts, grounds: frozenset[str], forms: frozenset[Form], on: AsOf) -> nx.Graph:
    wanted = _relationship_forms(forms)
    # What is not wanted is given as future, which `tie_up` leaves out.
    counted = {iri: form if form in wanted else Form.FUTURE for iri, form in _forms(facts, on).items()}
    ties: Sequence[Tie] = tie_up(pairs_of(facts), counted, grounds)
    parts = part_ties(wholes_of_parts(facts)) if PART in grounds else ()
    return link_ties((*ties, *parts), _evidence(facts, on))


@kept(KEPT_GRAPHS)
def _evidence(facts: Facts, on: AsOf) -> Mapping[str, RelationEvidence]:
    return evidence_of(facts.library, _forms(facts, on))


def _forms(facts: Facts, on: AsOf) -> Mapping[str, Form]:
    return forms_of(facts, (0, 0), Days(on.day, on.is_past))


def _relationship_forms(forms: frozenset[Form]) -> frozenset[Form]:
    """Forms of the relationships that ties of some forms stand for."""
    return frozenset(form for tie_form in forms for form in TIE_FORMS[tie_form])
