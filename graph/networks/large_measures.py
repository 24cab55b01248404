"""The same measures of networks of thousands of nodes, by rustworkx; see `graph.networks.small_measures`."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import numpy as np
import rustworkx as rx

from graph.networks.simple_network import DAMPING, MOST_STEPS, TOLERANCE, Floats, Ints, SimpleNetwork

__all__ = ["betweenness", "blocks", "components", "page_rank", "sampled_betweenness"]

SEED = 1
AT_ONCE = 64
ALONE = 10_000  # nodes up to which rustworkx stays in one thread: sums of floats depend on the order


def betweenness(simple: SimpleNetwork) -> Floats:
    """As in `graph.networks.small_measures`."""
    parts = rx.betweenness_centrality(_graph(simple), normalized=True, parallel_threshold=ALONE)
    return np.array([parts[number] for number in range(simple.count)])


def page_rank(simple: SimpleNetwork) -> Floats:
    """As in `graph.networks.small_measures`."""
    both_ways = _graph(simple).to_directed()
    ranks = rx.pagerank(both_ways, alpha=DAMPING, weight_fn=float, tol=TOLERANCE, max_iter=MOST_STEPS)
    return np.array([ranks[number] for number in range(simple.count)])


def blocks(simple: SimpleNetwork) -> list[list[int]]:
    """As in `graph.networks.small_measures`."""
    members: dict[int, set[int]] = defaultdict(set)
    for ends, block in rx.biconnected_components(_graph(simple)).items():
        members[block].update(ends)
    return sorted(sorted(block) for block in members.values())


def components(simple: SimpleNetwork) -> list[list[int]]:
    """As in `graph.networks.small_measures`."""
    return sorted(sorted(component) for component in rx.connected_components(_graph(simple)))


def sampled_betweenness(simple: SimpleNetwork, samples: int) -> Floats:
    """Estimate betweenness from the shortest paths of some nodes to all others.

    Parameters
    ----------
    samples : int
        Nodes to start from, drawn by a fixed seed; all of them give the exact values.

    Notes
    -----
    Brandes' algorithm for `AT_ONCE` nodes at a time, one product of matrices for each step of their paths.

    References
    ----------
    U. Brandes, C. Pich: Centrality estimation in large networks. International Journal of Bifurcation and
    Chaos 17 (7), 2007.
    """
    count = simple.count
    drawn = np.array(sorted(Random(SEED).sample(range(count), min(samples, count))), dtype=np.int64)
    total = np.zeros(count)
    for first in range(0, len(drawn), AT_ONCE):
        total += _dependencies(simple, drawn[first : first + AT_ONCE])
    return np.asarray(total * count / max(len(drawn), 1) / max((count - 1) * (count - 2), 1))


def _dependencies(simple: SimpleNetwork, sources: Ints) -> Floats:
    """Sum over some sources of what Brandes calls dependency, shape (n,)."""
    columns = np.arange(len(sources))
    paths = np.zeros((simple.count, len(sources)))
    paths[sources, columns] = 1.0
    levels, reached = [paths], paths > 0
    while True:
        step = simple.adjacency @ levels[-1]
        step[reached] = 0.0
        if not step.any():
            break
        reached |= step > 0
        levels.append(step)
    dependency = np.zeros_like(paths)
    for nearer, further in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1 + dependency, further, out=np.zeros_like(further), where=further > 0)
        dependency += nearer * (simple.adjacency @ share)
    dependency[sources, columns] = 0.0
    return np.asarray(dependency.sum(axis=1))


def _graph(simple: SimpleNetwork) -> rx.PyGraph:
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(simple.count))
    graph.add_edges_from(list(zip(*simple.pairs.T.tolist(), simple.weights.tolist(), strict=True)))
    return graph
