"""How many partners in a view have each value of a facet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.networks.neighbourhood import Neighbourhood
from graph.networks.shapes import shape
from graph.networks.ties import EVENT, Tie
from graph.views.facts import Facts
from webapp.map.relations import Days, programmes_of, proofs_of, source_count, topics_of

__all__ = ["partners_by_value"]


def partners_by_value(served: Facts, shown: Neighbourhood, name: str, days: Days) -> Mapping[Any, int]:
    """Count the partners that have each value: of their own, or of a tie that leads to them from nearer by."""
    if name in OF_NODES:
        nodes = (served.network.nodes[iri] for iri in shown.partners)
        return Counter(OF_NODES[name](node) for node in nodes)
    values = _of_ties(served, name, days)
    leading = _leading(shown)
    return Counter(value for iri in shown.partners for value in values(leading.get(iri, ())))


OF_NODES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "area": lambda node: node["group"],
    "kind": lambda node: shape(node["kind"]),
    "country": lambda node: node["country"],
}


def _of_ties(served: Facts, name: str, days: Days) -> Callable[[Iterable[Tie]], set[Any]]:
    """Choose how the values of the ties of a partner are found."""
    if name == "ground":
        return _grounds
    if name == "st":
        return lambda ties: {tie.form for tie in ties}
    if name == "cited":
        return lambda ties: {source_count(served, tie) for tie in ties}
    if name == "topic":
        topics = topics_of(served)
        return lambda ties: {topic for iri in _relations(ties) for topic in topics[iri]}
    by_relation = proofs_of(served, days) if name == "proof" else programmes_of(served)
    return lambda ties: {by_relation[iri] for iri in _relations(ties) if iri in by_relation}


def _grounds(ties: Iterable[Tie]) -> set[str]:
    found = {ground for tie in ties for ground in tie.grounds}
    return found if found == {EVENT} else found - {EVENT}


def _relations(ties: Iterable[Tie]) -> Iterable[str]:
    return (iri for tie in ties for iri in tie.relations)


def _leading(shown: Neighbourhood) -> Mapping[str, Iterable[Tie]]:
    """Ties of each partner to those nearer to the focus; all of its ties where nothing leads to the focus."""
    ties: dict[str, list[Tie]] = defaultdict(list)
    for tie in shown.ties:
        for iri in (tie.start, tie.end):
            ties[iri].append(tie)
    return {iri: shown.inward(iri) or found for iri, found in ties.items()}
