"""Measures of organizations in the network of cooperation; `graph.networks.meanings` says what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from graph.networks.simple_network import Floats, SimpleNetwork
from collections.abc import Sequence

__all__ = ["Measures", "NetworkMeasures", "measure", "measure_network", "reached_only_through"]

SMALL_NODES = 1_000
EXACT_WORK = 50_000_000  # nodes times edges up to which all shortest paths are followed
SAMPLES = 512
SEED = 1


@dataclass(frozen=True)
class Measures:
    """Measures of one organization.

    Attributes
    ----------
    partners : int
        Degree, 0 to n - 1 in a network of n organizations: with how many distinct ones it is tied.
        ``deg(v) = |{u : u is tied to v}|``
    relationships : int
        Weighted degree, 0 or more: the number of its relationships, each counted once for each
        partner in it. ``w(v) = sum of w(u, v) over all u``
    betweenness : float
        0 to 1: the part of all shortest paths between two others that lead through it.
        ``b(v) = sum of s(u, w | v) / s(u, w) over all pairs u, w, divided by (n - 1)(n - 2) / 2``, where
        s(u, w) is the number of shortest paths and s(u, w | v) of those through v.
    component : int
        Number of its connected component, 1 for the largest; equal ones by their least IRI.
    is_single_contact : bool
        Articulation point: without it, its component falls apart.
    page_rank : float
        0 to 1, all together 1: how often one is at it who follows relationships at random and starts anew
        after each with the chance 1 - d, d = 0.85.
        ``p(v) = (1 - d) / n + d * sum of p(u) w(u, v) / w(u) over all u tied to v``
    reached_only : tuple of str
        IRIs of those outside the largest part that is left of its component without it; empty where it is no
        single contact.
    community : int
        Number of its community, 1 for the largest; equal ones by their least IRI. Numbers of two editions do not
        mean the same community.
    """

    partners: int
    relationships: int
    betweenness: float
    component: int
    is_single_contact: bool
    page_rank: float
    reached_only: tuple[str, ...]
    community: int


@dataclass(frozen=True)
class NetworkMeasures:
    """Measures of all organizations of a network.

    Attributes
    ----------
    organizations : mapping
        IRI to measures, sorted by IRI.
    samples : int
        Organizations whose shortest paths betweenness was estimated from; 0 when it is exact.
    """

    organizations: Mapping[str, Measures]
    samples: int


def measure(network: nx.MultiDiGraph) -> Mapping[str, Measures]:
    """Measure all organizations of a network, by IRI; see `measure_network`."""
    return measure_network(network).organizations


def measure_network(
    network: nx.MultiDiGraph, *, small_nodes: int = SMALL_NODES, exact_work: int = EXACT_WORK
) -> NetworkMeasures:
    """Measure all organizations of a network; directions do not count.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.networks.network.build_network` makes it, or a part of it such as the ties of a day.
    small_nodes : int
        Nodes up to which networkx measures, and beyond which rustworkx does; the values are the same.
    exact_work : int
        Nodes times edges up to which betweenness is exact.

    References
    ----------
    L. C. Freeman: Centrality in social networks. Conceptual clarification. Social Networks 1, 1978 (degree,
    betweenness).
    U. Brandes: A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25 (2), 2001.
    A. Barrat et al.: The architecture of complex weighted networks. PNAS 101 (11), 2004 (weighted degree).
    J. Hopcroft, R. Tarjan: Algorithm 447, efficient algorithms for graph manipulation. CACM 16 (6), 1973
    (components, articulation points).
    L. Page, S. Brin, R. Motwani, T. Winograd: The PageRank citation ranking. Stanford InfoLab 1999-66, 1999.
    V. D. Blondel et al.: Fast unfolding of communities in large networks. Journal of Statistical Mechanics,
    2008 (Louvain).
    """
    # Not at the top: numpy takes a third of a second to import, and no start waits for the first measures.
    from graph.networks.simple_network import simplify

    simple = simplify(network)
    library, samples = _library(simple, small_nodes), 0
    if simple.count > small_nodes and simple.count * len(simple.pairs) > exact_work:
        samples = min(SAMPLES, simple.count)
    between = library.sampled_betweenness(simple, samples) if samples else library.betweenness(simple)
    only_through = reached_only_through(library.blocks(simple))
    rank = library.page_rank(simple)
    component, community = _numbered(simple, library.components(simple)), _numbered(simple, _communities(simple))
    organizations = {
        iri: Measures(
            partners=int(simple.degrees[number]),
            relationships=int(simple.strengths[number]),
            betweenness=_rounded(between, number),
            component=component[number],
            is_single_contact=number in only_through,
            page_rank=_rounded(rank, number),
            reached_only=tuple(simple.iris[other] for other in only_through.get(number, ())),
            community=community[number],
        )
        for number, iri in enumerate(simple.iris)
    }
    return NetworkMeasures(organizations, samples)


def _library(simple: SimpleNetwork, small_nodes: int) -> Any:
    """Give the module that measures a network of that size."""
    if simple.count <= small_nodes:
        import graph.networks.small_measures as small_measures

        return small_measures
    import graph.networks.large_measures as large_measures

    return large_measures


def _communities(simple: SimpleNetwork) -> list[set[int]]:
    """Communities by the method of Louvain, at its usual resolution; the same each time."""
    return list(nx.community.louvain_communities(simple.as_networkx(), weight="weight", seed=SEED))


def _numbered(simple: SimpleNetwork, sets: Iterable[Iterable[int]]) -> list[int]:
    """Give the number of the set of each node: 1 for the largest, equal ones by their least node."""
    ranked = sorted((sorted(members) for members in sets), key=lambda members: (-len(members), members[0]))
    numbers = {node: number for number, members in enumerate(ranked, start=1) for node in members}
    return [numbers[node] for node in range(simple.count)]


def _rounded(values: Floats, number: int) -> float:
    return round(float(values[number]), 6)


def reached_only_through(blocks: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Find for each articulation point the nodes that fall off when it goes.

    Parameters
    ----------
    blocks : sequence of sequence of int
        Biconnected components, each of two nodes or more.

    Returns
    -------
    dict
        Articulation point to all nodes of its component that are outside the largest part that is left of it (of
        equal ones, that with the least node), sorted.

    Notes
    -----
    In the tree of blocks and articulation points each part is a subtree or the rest of the tree, and thus one
    stretch of a walk through it or what is outside of one; no part is searched for again.
    """
    tree = nx.Graph()
    for number, block in enumerate(blocks):
        tree.add_edges_from((~number, node) for node in block)  # a block goes by a negative number
    parts: dict[int, list[list[int]]] = {}
    for component in sorted(nx.connected_components(tree), key=max):
        _add_parts(tree, max(component), parts)
    return {node: _but_the_largest(branches) for node, branches in parts.items() if len(branches) > 1}


def _add_parts(tree: nx.Graph, root: int, parts: dict[int, list[list[int]]]) -> None:
    """Note what hangs on each node of a tree below a node that is its root, branch by branch."""
    walk = list(nx.dfs_preorder_nodes(tree, root))
    at = {node: place for place, node in enumerate(walk)}
    end = {node: place + 1 for place, node in enumerate(walk)}
    parent = {child: node for node, child in nx.dfs_edges(tree, root)}
    for node in reversed(walk[1:]):
        end[parent[node]] = max(end[parent[node]], end[node])
    for node in walk:
        if node < 0 or tree.degree(node) < 2:
            continue
        below = [walk[at[block] : end[block]] for block in tree[node] if parent.get(block) == node]
        beside = [walk[: at[node]] + walk[end[node] :]] if node in parent else []
        parts[node] = [sorted(other for other in part if other >= 0) for part in (*below, *beside)]


def _but_the_largest(parts: list[list[int]]) -> list[int]:
    ranked = sorted(parts, key=lambda part: (-len(part), part[0]))
    return sorted(node for part in ranked[1:] for node in part)
