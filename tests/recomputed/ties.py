"""Ties of the map: edges of the network, what a view chooses, and what it then shows.

The rules are those of webapp/README.md, "Parameters of the map" and "What the numbers count".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from tests.recomputed.dated import Dated

__all__ = ["GROUNDS", "SHAPES", "STATES", "Edge", "Shown", "Tie", "View", "edges_of"]

GROUNDS = {"agreements": "agreement", "projects": "project", "memberships": "membership", "relations": "relation",
           "activities": "event"}  # fmt: skip
STATES = ("held", "open", "ended")
SHAPES = {
    "square": {"region", "state"},
    "circle": {"district", "municipality", "settlement"},
    "triangle": {"consulate_general", "elected_body", "embassy", "honorary_consulate", "ministry", "public_authority",
                 "agency", "regional_office_department", "representation_office"},
    "diamond": {"egtc", "euroregion", "joint_body"},
    "hexagon": set[str](),
}  # fmt: skip
MOST_CITED = 3


@dataclass(frozen=True)
class Edge:
    """A relationship between two of its members, the lesser row id first."""

    ends: tuple[str, str]
    record: Dated


def edges_of(dated: Mapping[str, Mapping[str, Dated]]) -> Iterator[Edge]:
    """Each two members of each relationship; of an activity, if it took place."""
    for records in dated.values():
        for record in filter(lambda record: record.counts, records.values()):
            for ends in combinations(sorted(set(record.members)), 2):
                yield Edge(ends, record)


@dataclass(frozen=True)
class View:
    """What a view shows, by the names of the parameters of its address; after `kind`, an empty set means any."""

    focus: str
    hops: int = 1
    ground: frozenset[str] = frozenset(GROUNDS.values()) - {"event"}
    st: frozenset[str] = frozenset(STATES)
    group: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset(SHAPES)
    country: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    programme: frozenset[str] = frozenset()
    proof: frozenset[str] = frozenset()
    cited: frozenset[int] = frozenset()
    span: tuple[int, int] = (0, 0)
    undated: bool = True
    whole: bool = False


@dataclass(frozen=True, eq=False)
class Tie:
    """All relationships of two organizations that a view lets through."""

    ends: tuple[str, str]
    records: tuple[Dated, ...]
    state: str

    @property
    def grounds(self) -> frozenset[str]:
        """Their grounds."""
        return frozenset(GROUNDS[record.table] for record in self.records)

    @property
    def cited(self) -> int:
        """Number of their distinct sources, three for more."""
        return min(len({source for record in self.records for source in record.sources}), MOST_CITED)


@dataclass(frozen=True)
class Shown:
    """Organizations with their steps from the middle, and the ties between them."""

    focus: str
    steps: Mapping[str, int]
    ties: Mapping[tuple[str, str], Tie] = field(default_factory=dict)

    @property
    def partners(self) -> set[str]:
        """All but the one in the middle."""
        return set(self.steps) - {self.focus}

    @property
    def leading(self) -> Mapping[str, list[Tie]]:
        """Ties of each to those nearer to the middle; all of its ties where none leads there."""
        ties: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties.values():
            for key in tie.ends:
                ties[key].append(tie)
        inward = {
            key: [tie for tie in of if min(map(self.steps.__getitem__, tie.ends)) < self.steps[key]]
            for key, of in ties.items()
        }
        return {key: inward[key] or of for key, of in ties.items()}

    @property
    def records(self) -> set[tuple[str, str]]:
        """Relationships below the ties."""
        return {(record.table, record.key) for tie in self.ties.values() for record in tie.records}

    @property
    def records_of(self) -> Mapping[str, int]:
        """Number of the relationships of each, below all of its ties together."""
        records: dict[str, set[Dated]] = defaultdict(set)
        for ends, tie in self.ties.items():
            for key in ends:
                records[key].update(tie.records)
        return {key: len(of) for key, of in records.items()}

    @property
    def undated_ties(self) -> int:
        """Ties of which no relationship has any date."""
        return sum(not any(record.has_date for record in tie.records) for tie in self.ties.values())
