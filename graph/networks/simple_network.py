"""The network as arrays: undirected, without parallel edges, for all that looks at it as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["DAMPING", "MOST_STEPS", "TOLERANCE", "Floats", "Ints", "SimpleNetwork", "simplify"]

# Of PageRank: how often a walk goes on, when its ranks are settled, and when to give up.
DAMPING, TOLERANCE, MOST_STEPS = 0.85, 1e-12, 500

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class SimpleNetwork:
    """Nodes by number and the pairs that are tied.

    Attributes
    ----------
    iris : tuple of str
        IRI of each node, sorted.
    pairs : array of int, shape (m, 2)
        Numbers of the ends of each edge, the lesser first, sorted.
    weights : array of float, shape (m,)
        Number of relationships between them.
    """

    iris: tuple[str, ...]
    pairs: Ints
    weights: Floats

    @property
    def count(self) -> int:
        """Number of nodes."""
        return len(self.iris)

    @cached_property
    def number(self) -> dict[str, int]:
        """Number of each node by its IRI."""
        return {iri: number for number, iri in enumerate(self.iris)}

    @cached_property
    def adjacency(self) -> csr_array:
        """Symmetric matrix of ones, shape (n, n)."""
        from scipy.sparse import csr_array  # not at the top: it takes long to import, and few need it

        first, second = self.pairs.T
        ones = np.ones(2 * len(self.pairs))
        return csr_array((ones, (np.r_[first, second], np.r_[second, first])), shape=(self.count, self.count))

    @cached_property
    def degrees(self) -> Ints:
        """Number of partners of each node, shape (n,)."""
        return np.bincount(self.pairs.ravel(), minlength=self.count).astype(np.int64)

    @cached_property
    def strengths(self) -> Ints:
        """Number of relationships of each node, shape (n,)."""
        return np.bincount(self.pairs.ravel(), np.repeat(self.weights, 2), self.count).astype(np.int64)

    def as_networkx(self) -> nx.Graph:
        """Give the same as a networkx graph whose nodes are numbers and whose edges carry `weight`."""
        graph = nx.Graph()
        graph.add_nodes_from(range(self.count))
        graph.add_weighted_edges_from(zip(*self.pairs.T.tolist(), self.weights.tolist(), strict=True))
        return graph


def simplify(network: nx.MultiDiGraph) -> SimpleNetwork:
    """Leave out directions, loops and parallel edges of a network."""
    iris = tuple(sorted(network))
    number = {iri: position for position, iri in enumerate(iris)}
    weights = Counter((number[min(ends)], number[max(ends)]) for ends in network.edges() if ends[0] != ends[1])
    pairs = sorted(weights)
    return SimpleNetwork(
        iris, np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array([weights[pair] for pair in pairs], dtype=float)
    )
