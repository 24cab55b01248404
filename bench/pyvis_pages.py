"""The page that pyvis makes by itself, for the comparison with ours; nobody is served it."""

from __future__ import annotations

import networkx as nx
from pyvis.network import Network

__all__ = ["pyvis_page"]


def pyvis_page(network: nx.MultiDiGraph) -> str:
    """Write a network as pyvis does for whoever follows its introduction: everything in one file, physics on.

    Notes
    -----
    Directed, because pyvis takes time in proportion to the square of the edges otherwise: two minutes at 5,000 nodes.
    """
    picture = Network(directed=True, cdn_resources="in_line")
    numbers = {iri: number for number, iri in enumerate(network)}
    for iri, number in numbers.items():
        picture.add_node(number, label=iri.rpartition("/")[2])
    for start, end in network.edges():
        picture.add_edge(numbers[start], numbers[end])
    return str(picture.generate_html(notebook=False))
