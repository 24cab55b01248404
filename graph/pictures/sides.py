"""A network in two columns, for answers that fall apart into many small groups: who on the left, with whom right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import Tie
from graph.pictures.layout import Layout, NodePlace

__all__ = ["falls_apart", "lay_out_sides", "two_sides"]

TOGETHER = 0.6  # part of the organizations that must hang together for a picture around one of them
LEFT, RIGHT = 1, 2
ROW_PX, GAP_PX, EDGE_PX = 22.0, 6.0, 20.0
LINES_FROM, LINES_TO = 0.38, 0.62  # where lines begin and end, as parts of the width


def falls_apart(network: nx.Graph) -> bool:
    """Whether no group of connected organizations holds most of them."""
    largest = max(map(len, nx.connected_components(network)), default=0)
    return bool(largest < TOGETHER * len(network))


def two_sides(network: nx.Graph, ties: Sequence[Tie], lean: Mapping[str, int]) -> Neighbourhood:
    """Put the ends of each tie on two sides, as far as that can be; there is no focus.

    Parameters
    ----------
    lean : mapping
        In how many rows more an organization stands in the first column than in the second one: those with most
        ties go to the side that they lean to, and their neighbours to the other one.

    Notes
    -----
    The sides are the distances 1 and 2, so that every tie from side to side leads.
    """
    sides: dict[str, int] = {}
    for group in nx.connected_components(network):
        hub = min(group, key=lambda iri: (-network.degree(iri), -lean[iri], iri))
        start = 0 if lean[hub] >= 0 else 1
        steps = nx.single_source_shortest_path_length(network, hub)
        sides |= {iri: (LEFT, RIGHT)[(start + steps[iri]) % 2] for iri in group}
    return Neighbourhood("", dict(sorted(sides.items())), tuple(ties))


def lay_out_sides(shown: Neighbourhood, names: Mapping[str, str], width: float) -> Layout:
    """Place groups below each other, the largest first, each side in an order with few crossings.

    Parameters
    ----------
    names : mapping
        Organization to what it is sorted by.
    width : float
        Width of the picture in pixels; its height is what is needed.
    """
    network = nx.Graph((tie.start, tie.end) for tie in shown.ties)
    groups = sorted(nx.connected_components(network), key=lambda group: (-len(group), min(names[i] for i in group)))
    places: dict[str, NodePlace] = {}
    top = EDGE_PX
    for group in groups:
        left = sorted((iri for iri in group if shown.distance[iri] == LEFT), key=names.__getitem__)
        right = _by_neighbours([iri for iri in group if shown.distance[iri] == RIGHT], left, network, names)
        left = _by_neighbours(left, right, network, names)
        rows = max(len(left), len(right))
        places |= _column(left, width * LINES_FROM, top + (rows - len(left)) * ROW_PX / 2, -1)
        places |= _column(right, width * LINES_TO, top + (rows - len(right)) * ROW_PX / 2, 1)
        top += rows * ROW_PX + GAP_PX
    return Layout(width, top + EDGE_PX, places)


def _by_neighbours(
    iris: Iterable[str], others: Sequence[str], network: nx.Graph, names: Mapping[str, str]
) -> list[str]:
    """Sort by the mean place of the neighbours on the other side (barycentre heuristic)."""
    place = {iri: i for i, iri in enumerate(others)}

    def key(iri: str) -> tuple[float, str]:
        near = [place[other] for other in network[iri] if other in place]
        return sum(near) / len(near) if near else float(len(place)), names[iri]

    return sorted(iris, key=key)


def _column(iris: Sequence[str], x: float, top: float, side: int) -> dict[str, NodePlace]:
    return {iri: NodePlace(round(x, 1), round(top + i * ROW_PX, 1), side) for i, iri in enumerate(iris)}
