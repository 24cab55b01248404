"""Measures of organizations in the network of cooperation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

__all__ = ["Measures", "measure"]


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
    """

    partners: int
    relationships: int
    betweenness: float
    component: int
    is_single_contact: bool


def measure(network: nx.MultiDiGraph) -> Mapping[str, Measures]:
    """Measure all organizations of a network; directions do not count.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.network.build_network` makes it, or a part of it such as the ties of a day.

    Returns
    -------
    mapping
        IRI to measures, sorted by IRI.

    References
    ----------
    L. C. Freeman: Centrality in social networks. Conceptual clarification. Social Networks 1, 1978 (degree,
    betweenness).
    U. Brandes: A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25 (2), 2001.
    A. Barrat et al.: The architecture of complex weighted networks. PNAS 101 (11), 2004 (weighted degree).
    J. Hopcroft, R. Tarjan: Algorithm 447, efficient algorithms for graph manipulation. CACM 16 (6), 1973
    (components, articulation points).
    """
    simple = _simple(network)
    betweenness = nx.betweenness_centrality(simple, normalized=True)
    components = _components(simple)
    single = frozenset(nx.articulation_points(simple))
    return {
        iri: Measures(
            partners=simple.degree(iri),
            relationships=simple.degree(iri, weight="weight"),
            betweenness=round(betweenness[iri], 6),
            component=components[iri],
            is_single_contact=iri in single,
        )
        for iri in simple
    }


def _simple(network: nx.MultiDiGraph) -> nx.Graph:
    """Undirected and simple; the weight of an edge is the number of relationships. Nodes and edges sorted."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(network))
    for start, end in sorted(network.edges()):
        if start != end:
            weight = simple.edges[start, end]["weight"] if simple.has_edge(start, end) else 0
            simple.add_edge(start, end, weight=weight + 1)
    return simple


def _components(simple: nx.Graph) -> dict[str, int]:
    members = (sorted(component) for component in nx.connected_components(simple))
    ordered = sorted(members, key=lambda component: (-len(component), component[0]))
    return {iri: number for number, component in enumerate(ordered, start=1) for iri in component}
