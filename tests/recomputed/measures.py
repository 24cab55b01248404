"""Measures of the organizations on a day, each by its definition, without a library of networks.

The network is that of the relationships which hold or are not verified on the day, events left out. Directions do not
count. Definitions: `graph.networks.meanings`, as `/analysis/measures` shows them.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Mapping
from functools import cached_property

from tests.recomputed.network import Network

__all__ = ["Measured"]

DAMPING, STEPS = 0.85, 200


class Measured:
    """The measured network of a day."""

    def __init__(self, network: Network) -> None:
        self.weights: Counter[tuple[str, str]] = Counter()
        for edge in network.edges:
            in_force = edge.record.form(network.on) in ("held", "aged", "open")
            if edge.record.table != "activities" and in_force:
                self.weights[edge.ends] += 1
        self.near: dict[str, set[str]] = defaultdict(set)
        for start, end in self.weights:
            self.near[start].add(end)
            self.near[end].add(start)

    @property
    def partners(self) -> Mapping[str, int]:
        """With how many others each is tied."""
        return {key: len(near) for key, near in self.near.items()}

    @property
    def relationships(self) -> Mapping[str, int]:
        """Relationships of each, counted once for each partner in them."""
        counts: Counter[str] = Counter()
        for ends, weight in self.weights.items():
            counts.update(dict.fromkeys(ends, weight))
        return counts

    @cached_property
    def parts(self) -> list[set[str]]:
        """Connected components, the largest first, equal ones by their least row id."""
        return _parts(self.near, ())

    @property
    def components(self) -> Mapping[str, tuple[int, int]]:
        """Number and size of the component of each."""
        return {key: (number, len(part)) for number, part in enumerate(self.parts, start=1) for key in part}

    @property
    def reached_only(self) -> Mapping[str, list[str]]:
        """Who is cut off from the largest rest of the component without each; nobody for most."""
        return {key: sorted(self._cut_off(key, part)) for part in self.parts for key in part}

    def _cut_off(self, key: str, part: set[str]) -> set[str]:
        rest = _parts({other: self.near[other] for other in part}, (key,))
        return part - rest[0] - {key} if rest else set()

    @property
    def betweenness(self) -> Mapping[str, float]:
        """Part of all shortest paths between two others that lead through each (Brandes 2001)."""
        total: dict[str, float] = dict.fromkeys(self.near, 0.0)
        for source in self.near:
            for key, share in self._shares(source).items():
                total[key] += share
        n = len(self.near)
        return {key: share / ((n - 1) * (n - 2)) for key, share in total.items()}

    def _shares(self, source: str) -> Mapping[str, float]:
        steps, paths, order = {source: 0}, Counter({source: 1}), [source]
        queue = deque([source])
        while queue:
            key = queue.popleft()
            for other in self.near[key]:
                if other not in steps:
                    steps[other] = steps[key] + 1
                    order.append(other)
                    queue.append(other)
                if steps[other] == steps[key] + 1:
                    paths[other] += paths[key]
        shares: dict[str, float] = dict.fromkeys(order, 0.0)
        for key in reversed(order):
            for other in self.near[key]:
                if steps[other] == steps[key] - 1:
                    shares[other] += paths[other] / paths[key] * (1 + shares[key])
        shares[source] = 0.0
        return shares

    @property
    def page_rank(self) -> Mapping[str, float]:
        """How often one is at each who follows relationships at random (Page et al. 1999)."""
        n, strength = len(self.near), self.relationships
        rank = dict.fromkeys(self.near, 1 / n)
        for _step in range(STEPS):
            given = dict.fromkeys(self.near, (1 - DAMPING) / n)
            for (start, end), weight in self.weights.items():
                given[end] += DAMPING * rank[start] * weight / strength[start]
                given[start] += DAMPING * rank[end] * weight / strength[end]
            rank = given
        return rank


def _parts(near: Mapping[str, Collection[str]], without: Collection[str]) -> list[set[str]]:
    parts, seen = list[set[str]](), set(without)
    for first in sorted(near):
        if first not in seen:
            part, border = {first}, {first}
            while border:
                border = {other for key in border for other in near[key]} - part - set(without)
                part |= border
            seen |= part
            parts.append(part)
    return sorted(parts, key=lambda part: (-len(part), min(part)))
