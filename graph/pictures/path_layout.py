"""Positions for paths: from top to bottom, the first straight down, the second to its left, others to its right."""

from __future__ import annotations

from collections.abc import Mapping

from graph.networks.paths import FoundPaths
from graph.pictures.labels import Label
from graph.pictures.layout import Layout, NodePlace

__all__ = ["lay_out_paths"]

STEP_PX, TOP_PX, EDGE_PX = 92.0, 26.0, 14.0
LABEL_GAP_PX, LANE_GAP_PX = 13.0, 22.0
LEAST_PX = 300.0
LEFT, MIDDLE, RIGHT = -1, 0, 1


def lay_out_paths(answer: FoundPaths, labels: Mapping[str, Label]) -> Layout:
    """Place the organizations of paths.

    Parameters
    ----------
    found : Found
        With at least one path.
    labels : mapping
        Label of each organization.

    Returns
    -------
    Layout
        As wide as the labels need: those of the left lane stand on its left, the others on the right of theirs.
    """
    lanes = _lanes(answer)
    x = _lane_positions(lanes, labels)
    width = max(LEAST_PX, x[RIGHT] + LABEL_GAP_PX + _widest(lanes, labels, RIGHT) + EDGE_PX,
                x[MIDDLE] + LABEL_GAP_PX + _widest(lanes, labels, MIDDLE) + EDGE_PX)  # fmt: skip
    longest = max(map(len, answer.paths))
    depths = _depths(answer)
    places = {
        iri: NodePlace(round(x[lane], 1), round(TOP_PX + depths[iri] * longest * STEP_PX, 1), -1 if lane == LEFT else 1)
        for iri, lane in lanes.items()
    }
    return Layout(width, 2 * TOP_PX + longest * STEP_PX, places)


def _lanes(answer: FoundPaths) -> dict[str, int]:
    """Lane of each organization: that of the first path that it is on."""
    order = (MIDDLE, LEFT, RIGHT)
    lanes: dict[str, int] = {}
    for number, path in enumerate(answer.paths):
        for iri in path.nodes:
            lanes.setdefault(iri, order[min(number, len(order) - 1)])
    return lanes


def _depths(answer: FoundPaths) -> dict[str, float]:
    """How far down each organization is: 0 at the start, 1 at the end."""
    depths: dict[str, float] = {}
    for path in answer.paths:
        for number, iri in enumerate(path.nodes):
            depths.setdefault(iri, number / len(path))
    return depths


def _lane_positions(lanes: Mapping[str, int], labels: Mapping[str, Label]) -> dict[int, float]:
    left = EDGE_PX + _widest(lanes, labels, LEFT) + LABEL_GAP_PX
    middle = left + 2 * LANE_GAP_PX if LEFT in lanes.values() else EDGE_PX
    right = middle + LABEL_GAP_PX + _widest(lanes, labels, MIDDLE, between=True) + LANE_GAP_PX
    return {LEFT: left, MIDDLE: middle, RIGHT: right if RIGHT in lanes.values() else middle}


def _widest(lanes: Mapping[str, int], labels: Mapping[str, Label], lane: int, *, between: bool = False) -> float:
    """Width of the widest label of a lane, or of those between its ends: no line to the right passes the ends."""
    own = [iri for iri, own_lane in lanes.items() if own_lane == lane]
    return max((labels[iri].width for iri in (own[1:-1] if between else own)), default=0.0)
