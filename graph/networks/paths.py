"""How two organizations are linked: the shortest simple paths, of equally short ones the best shown first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice, pairwise

import networkx as nx

from graph.networks.ties import Tie
from graph.records.library import Library
from graph.records.reading import Form
from graph.records.records import Dated

__all__ = [
    "DETOUR",
    "FORMS",
    "PART",
    "FoundPaths",
    "Path",
    "RelationEvidence",
    "Strength",
    "evidence_of",
    "find_paths",
    "link_ties",
    "narrowed",
    "part_ties",
]  # fmt: skip

PART = "Part"
DETOUR = 2
FORMS = (Form.HELD, Form.AGED, Form.OPEN, Form.SUSPENDED, Form.ENDED)  # the best shown first
MOST_RECORDS, MOST_YEARS = 4, 30


@dataclass(frozen=True)
class RelationEvidence:
    """What a relationship rests on: its form, whether it has a source, and the last day that is known of it."""

    form: Form
    sourced: bool
    newest: date | None


@dataclass(frozen=True)
class Strength:
    """How well a tie is shown.

    Attributes
    ----------
    form : Form
        The best of its relationships.
    records : int
        Relationships that have a source.
    newest : date or None
        The last day that is known of any of them.
    """

    form: Form
    records: int
    newest: date | None

    def weakness(self, on: date) -> tuple[int, int, int]:
        """Key that sorts the stronger first: form, then records, then age in years on a day.

        More than `MOST_RECORDS` count as that many; what is not dated counts as `MOST_YEARS` old.
        """
        age = MOST_YEARS if self.newest is None else min(max(on.year - self.newest.year, 0), MOST_YEARS)
        return FORMS.index(self.form), -min(self.records, MOST_RECORDS), age


@dataclass(frozen=True)
class Path:
    """A path: its organizations in order, and the tie and its strength for each step."""

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    strengths: tuple[Strength, ...]

    def __len__(self) -> int:
        return len(self.ties)


@dataclass(frozen=True)
class FoundPaths:
    """The answer.

    Attributes
    ----------
    paths : tuple of Path
        By length, then by strength; empty when no path was found.
    shortest : int
        How many paths are as short as the first; 0 when there is none.
    """

    paths: tuple[Path, ...]
    shortest: int

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """All organizations of the paths, each once, in the order in which they are met."""
        return tuple(dict.fromkeys(iri for path in self.paths for iri in path.nodes))

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """All ties of the paths, each once, sorted by their ends."""
        by_ends = {(tie.start, tie.end): tie for path in self.paths for tie in path.ties}
        return tuple(by_ends[ends] for ends in sorted(by_ends))


def narrowed(
    network: nx.MultiDiGraph, forms: Mapping[str, Form], wanted: Collection[Form], grounds: Collection[str]
) -> nx.MultiDiGraph:
    """Keep the relationships of some forms and grounds; organizations without any of these are left out."""
    kept = nx.MultiDiGraph()
    kept.add_edges_from(
        (start, end, iri, data)
        for start, end, iri, data in network.edges(keys=True, data=True)
        if forms[iri] in wanted and data["ground"] in grounds
    )
    kept.add_nodes_from((iri, network.nodes[iri]) for iri in list(kept))
    return kept


def part_ties(parts: Iterable[tuple[str, str]]) -> tuple[Tie, ...]:
    """Tie parts to their wholes, given as pairs of IRIs; the relationship of such a tie is the part itself."""
    return tuple(Tie(min(ends), max(ends), (ends[0],), frozenset({PART}), Form.HELD) for ends in parts)


def evidence_of(library: Library, forms: Mapping[str, Form]) -> dict[str, RelationEvidence]:
    """Read what each relationship rests on.

    Parameters
    ----------
    forms : mapping
        Form of each relationship, see `graph.networks.ties.relation_forms`.
    """
    evidence = {}
    for iri, form in forms.items():
        record = library.get(iri)
        assert isinstance(record, Dated)
        days = [day for day in (record.period.shown_active, record.period.latest_start) if day]
        evidence[iri] = RelationEvidence(form, bool(record.sources), max(days, default=None))
    return evidence


def link_ties(ties: Iterable[Tie], evidence: Mapping[str, RelationEvidence]) -> nx.Graph:
    """Make the graph in which paths are sought.

    Parameters
    ----------
    ties : iterable of Tie
        Of two ties between the same ends the first counts.
    evidence : mapping
        Of each relationship; one without, such as being a part, holds without a date.

    Returns
    -------
    networkx.Graph
        Edge: `tie` and `strength`. Nodes and edges sorted.
    """
    first: dict[tuple[str, str], Tie] = {}
    for tie in ties:
        first.setdefault((tie.start, tie.end), tie)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({iri for ends in first for iri in ends}))
    for ends in sorted(first):
        graph.add_edge(*ends, tie=first[ends], strength=_strength(first[ends], evidence))
    return graph


def find_paths(graph: nx.Graph, start: str, end: str, on: date, count: int = 3) -> FoundPaths:
    """Find the best paths between two organizations.

    Parameters
    ----------
    graph : networkx.Graph
        As `link_ties` makes it.
    on : date
        The day from which the age of evidence is told.
    count : int
        Paths to give at most.

    Returns
    -------
    Found
        Simple paths at most `DETOUR` steps longer than the shortest; no other one is better. A path is as strong
        as its weakest step; where these are alike, the next weakest decides, and so on (see `Strength.weakness`).

    Notes
    -----
    Only what lies on a path short enough is searched, so that a hub with thousands of ties costs little. Being
    lexicographic, the order is written as one weight for each step: a high bit for the step itself, and below it
    one digit for each degree of weakness, which counts how often that degree occurs on the path.

    References
    ----------
    J. Y. Yen: Finding the K shortest loopless paths in a network. Management Science 17 (11), 1971.
    """
    if start == end or start not in graph or end not in graph:
        return FoundPaths((), 0)
    near = nx.single_source_shortest_path_length(graph, start)
    if end not in near:
        return FoundPaths((), 0)
    far = nx.single_source_shortest_path_length(graph, end)
    best: list[list[str]] = []
    for detour in range(DETOUR + 1):
        longest = near[end] + detour
        best = _best(_between(graph, near, far, longest), start, end, on, count, longest)
        if len(best) == count:
            break
    return FoundPaths(tuple(_path(graph, nodes) for nodes in best), _count_shortest(graph, near, end))


def _strength(tie: Tie, evidence: Mapping[str, RelationEvidence]) -> Strength:
    known = [evidence[iri] for iri in tie.relations if iri in evidence]
    if not known:
        return Strength(tie.form, tie.weight, None)
    form = min((shown.form for shown in known), key=FORMS.index)
    days = [shown.newest for shown in known if shown.newest]
    return Strength(form, sum(shown.sourced for shown in known), max(days, default=None))


def _between(graph: nx.Graph, near: Mapping[str, int], far: Mapping[str, int], longest: int) -> nx.Graph:
    """Copy what lies on walks of a length at most; sorted as the graph is."""
    kept = {iri for iri, steps in near.items() if steps + far[iri] <= longest}
    part = nx.Graph()
    part.add_nodes_from(iri for iri in graph if iri in kept)
    for node in part:
        for neighbour, data in graph.adj[node].items():
            if neighbour in kept and min(near[node] + far[neighbour], near[neighbour] + far[node]) < longest:
                part.add_edge(node, neighbour, **data)
    return part


def _best(part: nx.Graph, start: str, end: str, on: date, count: int, longest: int) -> list[list[str]]:
    weakness = {(node, neighbour): strength.weakness(on) for node, neighbour, strength in part.edges(data="strength")}
    digits = {degree: place for place, degree in enumerate(sorted(set(weakness.values())))}
    bits = len(part).bit_length()  # of a digit: no path has more steps than there are nodes
    step = 1 << bits * len(digits)
    for ends, degree in weakness.items():
        part.edges[ends]["weight"] = step + (1 << bits * digits[degree])
    ordered = nx.shortest_simple_paths(part, start, end, weight="weight")
    return [nodes for nodes in islice(ordered, count) if len(nodes) - 1 <= longest]


def _count_shortest(graph: nx.Graph, near: Mapping[str, int], end: str) -> int:
    """Count shortest paths from the start to all nodes, nearest first."""
    counts: dict[str, int] = {}
    for iri, steps in near.items():
        before = (counts[other] for other in graph.adj[iri] if near[other] == steps - 1)
        counts[iri] = sum(before) if steps else 1
        if steps == near[end] and iri == end:
            break
    return counts[end]


def _path(graph: nx.Graph, nodes: list[str]) -> Path:
    steps = [graph.edges[ends] for ends in pairwise(nodes)]
    return Path(tuple(nodes), tuple(step["tie"] for step in steps), tuple(step["strength"] for step in steps))
