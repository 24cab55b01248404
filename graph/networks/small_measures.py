"""Measures of networks of up to about a thousand nodes, by networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np

from graph.networks.simple_network import DAMPING, MOST_STEPS, TOLERANCE, Floats, SimpleNetwork

__all__ = ["betweenness", "blocks", "components", "page_rank"]


def betweenness(simple: SimpleNetwork) -> Floats:
    """Part of the shortest paths between two others that lead through each node, shape (n,), 0 to 1."""
    parts = nx.betweenness_centrality(simple.as_networkx(), normalized=True)
    return np.array([parts[number] for number in range(simple.count)], dtype=float)


def page_rank(simple: SimpleNetwork) -> Floats:
    """PageRank by number of relationships, shape (n,), with the sum 1."""
    ranks = nx.pagerank(simple.as_networkx(), alpha=DAMPING, tol=TOLERANCE, max_iter=MOST_STEPS)
    return np.array([ranks[number] for number in range(simple.count)], dtype=float)


def blocks(simple: SimpleNetwork) -> list[list[int]]:
    """Biconnected components of two nodes and more, each sorted, in the order of their nodes."""
    return sorted(sorted(block) for block in nx.biconnected_components(simple.as_networkx()))


def components(simple: SimpleNetwork) -> list[list[int]]:
    """Find the connected components, each sorted, in the order of their nodes."""
    return sorted(sorted(component) for component in nx.connected_components(simple.as_networkx()))
