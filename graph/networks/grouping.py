"""Groups of organizations in place of more nodes than a picture can hold: by country, then by shape of their kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import networkx as nx

from graph.networks.neighbourhood import Neighbourhood, nearest_first
from graph.networks.shapes import shape
from graph.networks.ties import Tie, form_of

__all__ = ["EDGE_BUDGET", "NODE_BUDGET", "PREFIX", "Grouped", "OrganizationGroup", "group_iri", "grouped"]

NODE_BUDGET, EDGE_BUDGET = 300, 800
OVERVIEW_NODES, DETAIL_NODES = 60, 150  # of a picture that has to group anyhow: one within the budget is of no use
FEWEST = 3  # so many organizations make a group; fewer stand for themselves
MOST_OPEN = 40  # organizations that an open group shows when it is too large to be shown whole
PREFIX, REST = "group:", "rest"

Members: TypeAlias = tuple[str, tuple[str, ...]]  # key of a group, and who would be in it


@dataclass(frozen=True)
class OrganizationGroup:
    """Organizations that are drawn as one node.

    Attributes
    ----------
    key : str
        For the address: country code ("DE"), country and shape ("DE.circle"), or what an open group leaves over
        ("DE.circle.rest"); "-" stands for no country.
    country, shape : str
        Code of the country, "" for none; shape of the kinds (see `graph.networks.shapes`), "" for several.
    members : tuple of str
        IRIs, sorted.
    opens : bool
        Whether it can be opened; what an open group leaves over cannot.
    inner : int
        Ties between its members, which are not drawn.
    """

    key: str
    country: str
    shape: str
    members: tuple[str, ...]
    opens: bool
    inner: int = 0


@dataclass(frozen=True)
class Grouped:
    """What is drawn when some organizations are grouped.

    Attributes
    ----------
    shown : Neighbourhood
        Its nodes are organizations and groups; a group goes by `group_iri` and is as far away as the nearest of its
        members. The ties of a group with another node are one.
    groups : mapping
        IRI in `shown` to group.
    network : networkx.MultiDiGraph
        Its nodes carry `kind`, `country` and `group` of all in `shown`, as for `graph.pictures.drawing.draw`; no edges.
    """

    shown: Neighbourhood
    groups: Mapping[str, OrganizationGroup]
    network: nx.MultiDiGraph

    @property
    def organizations(self) -> int:
        """Number of organizations drawn, in groups or for themselves."""
        return len(self.shown.distance) - len(self.groups) + sum(len(group.members) for group in self.groups.values())


def group_iri(key: str) -> str:
    """Give the name of the node of a group in `Grouped.shown`."""
    return PREFIX + key


def grouped(
    shown: Neighbourhood, network: nx.MultiDiGraph, open_groups: Collection[str] = (),
    *, nodes: int = NODE_BUDGET, edges: int = EDGE_BUDGET,
) -> Grouped:  # fmt: skip
    """Group what is shown when it is above the budget, the largest groups first.

    Countries are grouped until `OVERVIEW_NODES` are left, shapes of open countries until `DETAIL_NODES`; open shapes
    are cut only as far as the budget demands.

    Parameters
    ----------
    shown : Neighbourhood
        All of it.
    network : networkx.MultiDiGraph
        Its nodes carry `kind`, `country` and `group`.
    open_groups : collection of str
        Keys of groups to open: that of a country opens into its shapes, that of a shape into organizations, the
        ones with most relationships first.
    nodes, edges : int
        Budget. It is kept unless the ties of the groups themselves are more than `edges`.
    """
    made, opened = _Grouping(shown, network), frozenset(open_groups)
    if not made.fits(nodes, edges):
        made.collapse_until(made.countries(opened), min(nodes, OVERVIEW_NODES), edges)
        made.collapse_until(made.shapes(opened), min(nodes, DETAIL_NODES), edges)
        made.collapse_until(made.rests(opened), nodes, edges)
    return made.result()


class _Grouping:
    def __init__(self, shown: Neighbourhood, network: nx.MultiDiGraph) -> None:
        self._shown, self._network = shown, network
        self._unit = {iri: iri for iri in shown.distance}
        self._members: dict[str, tuple[str, ...]] = {}

    def countries(self, opened: frozenset[str]) -> list[Members]:
        """Give whole countries that are not open."""
        by_country = self._by_key(self._shown.partners, lambda iri: self._country(iri) or "-")
        return [(key, members) for key, members in by_country if key not in opened]

    def shapes(self, opened: frozenset[str]) -> list[Members]:
        """Give shapes of open countries that are not open themselves."""
        return [(key, members) for key, members in self._of_open_countries(opened) if key not in opened]

    def rests(self, opened: frozenset[str]) -> Iterator[Members]:
        """Give what open shapes leave over."""
        strength = self._strength()
        for key, members in self._of_open_countries(opened):
            if key in opened:
                ranked = sorted(members, key=lambda iri: (-strength[iri], iri))
                yield f"{key}.{REST}", tuple(sorted(ranked[MOST_OPEN:]))

    def fits(self, nodes: int, edges: int) -> bool:
        """Whether what is drawn is within a budget; edges are counted only where the nodes are."""
        grouped_nodes = sum(len(members) - 1 for members in self._members.values())
        return len(self._unit) - grouped_nodes <= nodes and len(self._pairs()) <= edges

    def collapse_until(self, groups: Iterable[Members], nodes: int, edges: int) -> None:
        """Make groups until what is drawn is within a budget, or all are made."""
        for key, members in groups:
            if self.fits(nodes, edges):
                break
            if len(members) >= FEWEST:
                self._members[key] = members
                self._unit |= dict.fromkeys(members, group_iri(key))

    def result(self) -> Grouped:
        if not self._members:
            return Grouped(self._shown, {}, self._network)
        steps: dict[str, int] = {}
        for iri, distance in self._shown.distance.items():
            steps[self._unit[iri]] = min(distance, steps.get(self._unit[iri], distance))
        order = nearest_first(steps)
        pairs = self._pairs()
        shown = replace(self._shown, distance=order, ties=tuple(_join(*pair, pairs[pair]) for pair in sorted(pairs)))
        inner = Counter(self._unit[tie.start] for tie in self._shown.ties if self._same(tie))
        groups = {
            group_iri(key): self._group(key, members, inner[group_iri(key)]) for key, members in self._members.items()
        }
        return Grouped(shown, groups, self._described(order, groups))

    def _of_open_countries(self, opened: frozenset[str]) -> list[Members]:
        return self._by_key(
            [iri for iri in self._shown.partners if (self._country(iri) or "-") in opened],
            lambda iri: f"{self._country(iri) or '-'}.{self._shape(iri)}",
        )

    def _group(self, key: str, members: tuple[str, ...], inner: int) -> OrganizationGroup:
        shapes = {self._shape(iri) for iri in members}
        one_shape = shapes.pop() if len(shapes) == 1 else ""
        return OrganizationGroup(
            key, self._country(members[0]), one_shape, members, not key.endswith(f".{REST}"), inner
        )

    def _described(self, order: Iterable[str], groups: Mapping[str, OrganizationGroup]) -> nx.MultiDiGraph:
        network = nx.MultiDiGraph()
        for iri in order:
            # The organization in the middle may have no ties at all, and then no place in the network.
            like = self._network.nodes.get(groups[iri].members[0] if iri in groups else iri, {})
            kind = "" if iri in groups and not groups[iri].shape else like.get("kind", "")
            network.add_node(iri, **{**like, "kind": kind})
        return network

    def _pairs(self) -> dict[tuple[str, str], list[Tie]]:
        pairs: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in self._shown.ties:
            start, end = self._unit[tie.start], self._unit[tie.end]
            if start != end:
                pairs[min(start, end), max(start, end)].append(tie)
        return pairs

    def _same(self, tie: Tie) -> bool:
        return self._unit[tie.start] == self._unit[tie.end]

    def _strength(self) -> Counter[str]:
        strength: Counter[str] = Counter()
        for tie in self._shown.ties:
            strength[tie.start] += tie.weight
            strength[tie.end] += tie.weight
        return strength

    def _country(self, iri: str) -> str:
        return str(self._network.nodes[iri]["country"])

    def _shape(self, iri: str) -> str:
        return shape(self._network.nodes[iri]["kind"])

    @staticmethod
    def _by_key(iris: Iterable[str], key: Callable[[str], str]) -> list[Members]:
        """Sort into groups, the largest first."""
        by_key: dict[str, list[str]] = defaultdict(list)
        for iri in iris:
            by_key[key(iri)].append(iri)
        return sorted(((k, tuple(sorted(m))) for k, m in by_key.items()), key=lambda item: (-len(item[1]), item[0]))


def _join(start: str, end: str, ties: list[Tie]) -> Tie:
    """Make one tie of several, with each relationship once."""
    relations = tuple(dict.fromkeys(relation for tie in ties for relation in tie.relations))
    grounds = frozenset().union(*(tie.grounds for tie in ties))
    return Tie(start, end, relations, grounds, form_of({tie.form for tie in ties}))
