"""Forces between the nodes of a whole network: partners attract, neighbours on the plane repel, sectors hold."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from graph.networks.simple_network import Floats, SimpleNetwork

__all__ = ["attract_and_repel", "start_in_sectors"]

STEPS, SPREADING = 60, 20
PULL, HOLD = 0.3, 0.015
ACROSS = 0.15  # part of the pull that a partner in another sector has
ROOM = 1.9  # distance in cells under which two nodes repel
PUSH = 0.8
GOLDEN = (5**0.5 - 1) / 2


def start_in_sectors(simple: SimpleNetwork, bounds: Floats) -> Floats:
    """Spread nodes evenly over their sectors, those with most partners near the middle.

    Parameters
    ----------
    bounds : array of float, shape (n, 2)
        First angle and span in degrees of the sector of each node, clockwise.

    Returns
    -------
    array of float, shape (n, 2)
        Points in cells from the middle, y down.
    """
    rank = np.empty(simple.count)
    inside = np.empty(simple.count)
    order = np.lexsort((np.arange(simple.count), -simple.degrees))
    for first in np.unique(bounds[:, 0]):
        members = order[bounds[order, 0] == first]
        rank[members] = np.arange(len(members)) + 0.5
        inside[members] = (np.arange(len(members)) + 1) * GOLDEN % 1.0
    angles = np.radians(bounds[:, 0] - inside * bounds[:, 1])
    radii = ROOM * np.sqrt(rank * 360 / bounds[:, 1] / np.pi) + 2
    return np.stack([radii * np.cos(angles), -radii * np.sin(angles)], axis=1)


def attract_and_repel(simple: SimpleNetwork, start: Floats, bounds: Floats, home: int) -> Floats:
    """Move nodes towards the middle of their partners, and away from who stands too near.

    Parameters
    ----------
    home : int
        Number of the node that stays in the middle and attracts nobody, as it is tied to most; -1 for none.

    Notes
    -----
    Attraction as in the barycentre method, repulsion between near ones only, so that a step takes time in
    proportion to nodes and edges.

    References
    ----------
    W. T. Tutte: How to draw a graph. Proceedings of the London Mathematical Society s3-13, 1963 (barycentres).
    """
    points, mean = start.copy(), _mean_of_partners(simple, bounds, home)
    tied = np.asarray(mean.sum(axis=1)).ravel()[:, None] > 0
    for step in range(STEPS + SPREADING):
        pull = PULL * max(0.0, 1 - step / STEPS)
        points += np.where(tied, pull * (mean @ points - points), 0.0) + HOLD * (start - points)
        points = _into_sectors(points + _repulsion(points), bounds)
    if home >= 0:
        points[home] = 0.0
    return points


def _mean_of_partners(simple: SimpleNetwork, bounds: Floats, home: int) -> csr_array:
    """Matrix that takes points to the mean of the points of their partners, shape (n, n)."""
    first, second = simple.pairs[~(simple.pairs == home).any(axis=1)].T
    weights = np.tile(np.where(bounds[first, 0] == bounds[second, 0], 1.0, ACROSS), 2)
    ends = (np.r_[first, second], np.r_[second, first])
    sums = np.bincount(ends[0], weights, simple.count)
    return csr_array((weights / sums[ends[0]], ends), shape=(simple.count, simple.count))


def _repulsion(points: Floats) -> Floats:
    pairs = cKDTree(points).query_pairs(ROOM, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]  # sums of floats depend on the order
    first, second = pairs.T
    apart = points[first] - points[second]
    length = np.hypot(*apart.T)
    apart[length == 0] = (1.0, 0.0)
    push = apart * (PUSH * (ROOM - length) / np.maximum(length, 1e-3))[:, None] / 2
    count = len(points)
    return np.stack(
        [np.bincount(first, push[:, axis], count) - np.bincount(second, push[:, axis], count) for axis in (0, 1)],
        axis=1,
    )


def _into_sectors(points: Floats, bounds: Floats) -> Floats:
    """Turn what left its sector back to the nearer border."""
    radii = np.maximum(np.hypot(*points.T), 1e-9)
    turned = (bounds[:, 0] - np.degrees(np.arctan2(-points[:, 1], points[:, 0]))) % 360
    beyond = np.where(turned - bounds[:, 1] < 360 - turned, bounds[:, 1], 0.0)
    angles = np.radians(bounds[:, 0] - np.where(turned > bounds[:, 1], beyond, turned))
    return np.stack([radii * np.cos(angles), -radii * np.sin(angles)], axis=1)
