"""Ties: all relationships between two organizations as one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import networkx as nx

from graph.records.library import Library
from graph.records.reading import Form, read_state
from graph.records.records import Dated

__all__ = [
    "ALL_FORMS",
    "EVENT",
    "GROUNDS",
    "TIE_FORMS",
    "USUAL_GROUNDS",
    "Pair",
    "Tie",
    "Ties",
    "collapse",
    "form_of",
    "pair_up",
    "relation_forms",
    "tie_key",
    "tie_up",
]

EVENT = "Activity"
GROUNDS = ("Agreement", "Project", "Membership", "Relation", EVENT)
# What ties two organizations unless somebody asks for more: a joint event alone does not.
USUAL_GROUNDS = frozenset(GROUNDS) - {EVENT}
ALL_FORMS = (Form.HELD, Form.OPEN, Form.ENDED)
# Form of a tie -> forms of the relationships that it stands for: older evidence does not make a tie valid.
TIE_FORMS: Mapping[Form, frozenset[Form]] = {
    Form.HELD: frozenset({Form.HELD}),
    Form.OPEN: frozenset({Form.AGED, Form.OPEN}),
    Form.ENDED: frozenset({Form.SUSPENDED, Form.ENDED}),
}


@dataclass(frozen=True)
class Tie:
    """What ties two organizations, as one line.

    Attributes
    ----------
    start, end : str
        IRIs, the lesser first.
    relations : tuple of str
        IRIs of its relationships, newest first, those without a date last.
    grounds : frozenset of str
        Their grounds, see `GROUNDS`. Events that come with any other ground are left out: who meets
        under an agreement is tied by the agreement.
    form : Form
        HELD when any of them is held (on older evidence too), else OPEN when any is not known, else ENDED.
    """

    start: str
    end: str
    relations: tuple[str, ...]
    grounds: frozenset[str]
    form: Form

    @property
    def weight(self) -> int:
        """Number of its relationships."""
        return len(self.relations)

    def other(self, iri: str) -> str:
        """Give the end that is not `iri`."""
        return self.end if iri == self.start else self.start


class Ties(tuple[Tie, ...]):
    """Ties of a whole network, which know who has which."""

    def at(self, iri: str) -> tuple[Tie, ...]:
        """Give the ties of an organization, in the order of all."""
        return self._at.get(iri, ())

    @cached_property
    def _at(self) -> Mapping[str, tuple[Tie, ...]]:
        by_end: dict[str, list[Tie]] = defaultdict(list)
        for tie in self:
            by_end[tie.start].append(tie)
            by_end[tie.end].append(tie)
        return {iri: tuple(ties) for iri, ties in by_end.items()}


@dataclass(frozen=True)
class Pair:
    """Two organizations, the lesser IRI first, with all their relationships: (IRI, ground), newest first."""

    start: str
    end: str
    relations: tuple[tuple[str, str], ...]


def relation_forms(
    network: nx.MultiDiGraph, library: Library, on: date, *, past: bool, evidence_years: int
) -> dict[str, Form]:
    """Form of each relationship of a network on a day; see `graph.records.reading.read_state`."""
    forms = {}
    for iri in {key for _, _, key in network.edges(keys=True)}:
        record = library.get(iri)
        assert isinstance(record, Dated)
        forms[iri] = read_state(record, on, past=past, evidence_years=evidence_years).form
    return forms


def pair_up(network: nx.MultiDiGraph) -> tuple[Pair, ...]:
    """Gather the relationships of each two organizations, sorted by the two.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.networks.network.build_network` makes it.
    """
    pairs: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for start, end, iri, data in network.edges(keys=True, data=True):
        pairs[min(start, end), max(start, end)].add((iri, data["since"], data["ground"]))
    return tuple(_pair(start, end, relations) for (start, end), relations in sorted(pairs.items()))


def tie_up(
    pairs: Iterable[Pair],
    forms: Mapping[str, Form],
    grounds: Iterable[str] = GROUNDS,
    kept: Container[str] | None = None,
) -> Ties:
    """Make a tie of each pair that has relationships of some grounds; see `collapse`.

    Parameters
    ----------
    kept : container of str or None
        IRIs of relationships that a filter lets through; None for all.
    """
    wanted = frozenset(grounds)
    ties = (_tie(pair, wanted, forms, kept) for pair in pairs)
    return Ties(tie for tie in ties if tie)


def collapse(network: nx.MultiDiGraph, forms: Mapping[str, Form], grounds: Iterable[str] = GROUNDS) -> Ties:
    """Collapse the relationships of some grounds to ties, sorted by their ends.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.networks.network.build_network` makes it.
    forms : mapping
        Form of each relationship; those in the future are left out.
    grounds : iterable of str
        Grounds to keep.
    """
    return tie_up(pair_up(network), forms, grounds)


def _pair(start: str, end: str, relations: set[tuple[str, str, str]]) -> Pair:
    ordered = sorted(sorted(relations), key=lambda relation: relation[1], reverse=True)
    return Pair(start, end, tuple((iri, ground) for iri, _, ground in ordered))


def _tie(pair: Pair, wanted: frozenset[str], forms: Mapping[str, Form], kept: Container[str] | None) -> Tie | None:
    begun = [item for item in pair.relations if forms[item[0]] is not Form.FUTURE]
    only_events = all(ground == EVENT for _, ground in begun)
    shown = [item for item in begun if item[1] in wanted and (only_events or item[1] != EVENT)]
    if kept is not None:
        shown = [item for item in shown if item[0] in kept]
    if not shown:
        return None
    iris = tuple(iri for iri, _ in shown)
    return Tie(pair.start, pair.end, iris, frozenset(ground for _, ground in shown), form_of({forms[i] for i in iris}))


def form_of(forms: set[Form]) -> Form:
    """Form of what has relationships of several forms: HELD before OPEN before ENDED."""
    return next((form for form in ALL_FORMS if forms & TIE_FORMS[form]), Form.ENDED)


def tie_key(first: str, second: str) -> str:
    """Id of the edge between two row ids, the same in both directions."""
    return "~".join(sorted((first, second)))
