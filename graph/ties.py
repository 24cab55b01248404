"""Ties: all relationships between two organizations as one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import networkx as nx

from graph.library import Library
from graph.reading import Form, read_state
from graph.records import Dated

__all__ = ["ALL_FORMS", "EVENT", "GROUNDS", "Tie", "collapse", "relation_forms", "tie_key"]

EVENT = "Activity"
GROUNDS = ("Agreement", "Project", "Membership", "Relation", EVENT)
ALL_FORMS = (Form.HELD, Form.OPEN, Form.ENDED)


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


def relation_forms(
    network: nx.MultiDiGraph, library: Library, on: date, *, past: bool, evidence_years: int
) -> dict[str, Form]:
    """Form of each relationship of a network on a day; see `graph.reading.read_state`."""
    forms = {}
    for iri in {key for _, _, key in network.edges(keys=True)}:
        record = library.get(iri)
        assert isinstance(record, Dated)
        forms[iri] = read_state(record, on, past=past, evidence_years=evidence_years).form
    return forms


def collapse(network: nx.MultiDiGraph, forms: Mapping[str, Form], grounds: Iterable[str] = GROUNDS) -> tuple[Tie, ...]:
    """Collapse the relationships of some grounds to ties, sorted by their ends.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.network.build_network` makes it.
    forms : mapping
        Form of each relationship; those in the future are left out.
    grounds : iterable of str
        Grounds to keep.
    """
    wanted = frozenset(grounds)
    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for start, end, iri, data in network.edges(keys=True, data=True):
        if forms[iri] is not Form.FUTURE:
            pairs[min(start, end), max(start, end)].append((data["since"], iri, data["ground"]))
    ties = (_tie(pair, relations, wanted, forms) for pair, relations in sorted(pairs.items()))
    return tuple(tie for tie in ties if tie)


def _tie(
    pair: tuple[str, str], relations: list[tuple[str, str, str]], wanted: frozenset[str], forms: Mapping[str, Form]
) -> Tie | None:
    only_events = all(ground == EVENT for _, _, ground in relations)
    shown = [item for item in relations if item[2] in wanted and (only_events or item[2] != EVENT)]
    if not shown:
        return None
    by_iri = sorted({(iri, since) for since, iri, _ in shown})
    iris = tuple(iri for iri, _ in sorted(by_iri, key=lambda relation: relation[1], reverse=True))
    return Tie(*pair, iris, frozenset(ground for _, _, ground in shown), _form({forms[iri] for iri in iris}))


def _form(forms: set[Form]) -> Form:
    if forms & {Form.HELD, Form.AGED}:
        return Form.HELD
    return Form.OPEN if Form.OPEN in forms else Form.ENDED


def tie_key(one: str, other: str) -> str:
    """Id of the edge between two row ids, the same in both directions."""
    return "~".join(sorted((one, other)))
