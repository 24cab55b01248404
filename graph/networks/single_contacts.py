"""Single points of contact: whom one reaches only through one organization."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

__all__ = ["reached_only_through"]


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
    return {node: _but_the_largest(found) for node, found in parts.items() if len(found) > 1}


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
