"""Where each organization of an edition stands in the whole network, and stays from edition to edition."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from graph.networks.sectors import Sector, divide
from graph.networks.simple_network import Floats, SimpleNetwork, simplify

__all__ = ["CELL_PX", "FreeCells", "GridCell", "Positions", "attract_and_repel", "place_network", "start_in_sectors"]

CELL_PX = 24.0
HOME_CELLS = 2
GridCell = tuple[int, int]
AT_ONCE = 12  # cells in each direction that are looked at before those further away


@dataclass(frozen=True)
class Positions:
    """Places of the organizations of an edition.

    Attributes
    ----------
    sectors : mapping
        First angle and span in degrees of each country group, see `graph.networks.sectors`.
    cells : mapping
        IRI to column and row of its cell, from the home region in the middle, rows downwards. No two share one.
    """

    sectors: Mapping[str, Sector]
    cells: Mapping[str, GridCell]

    def point(self, iri: str) -> tuple[float, float]:
        """Give the middle of its cell in pixels from the home region, y down."""
        column, row = self.cells[iri]
        return column * CELL_PX, row * CELL_PX

    @property
    def upwards(self) -> Mapping[str, tuple[float, float]]:
        """IRI to its point with y up, as tools for networks count."""
        return {iri: (column * CELL_PX, -row * CELL_PX) for iri, (column, row) in self.cells.items()}

    def direction(self, iri: str, group: str) -> float:
        """How far through the sector of its group it stands, clockwise, 0 to 1; 0.5 where it has no place there."""
        if iri not in self.cells or group not in self.sectors:
            return 0.5
        (column, row), (first, span) = self.cells[iri], self.sectors[group]
        turned = (first - math.degrees(math.atan2(-row, column))) % 360
        if turned <= span:
            return turned / span
        return 1.0 if turned - span < 360 - turned else 0.0  # it stands just beyond one of the borders


def place_network(network: nx.MultiDiGraph, home: str, before: Positions | None = None) -> Positions:
    """Place the organizations of a network around the home region, each in the sector of its country group.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        Its nodes carry `group`.
    home : str
        IRI of the home region.
    before : Positions or None
        Positions in the edition before: who has a place there keeps it; new ones come next to those they are
        tied to. None, or a country group that is new, places all afresh.

    Returns
    -------
    Positions
        The same for the same input, in every process.

    Notes
    -----
    No place is chosen by chance: the forces start from an order by ties and IRIs.
    """
    simple = simplify(network)
    groups = {iri: str(network.nodes[iri]["group"]) for iri in simple.iris}
    if before is None or not set(groups.values()) <= before.sectors.keys():
        sectors = divide(Counter(groups.values()))
        return Positions(sectors, _settle(simple, home, _points(simple, groups, home, sectors)))
    stays = {iri: cell for iri, cell in before.cells.items() if iri in groups}
    return Positions(before.sectors, _join(simple, groups, home, before.sectors, stays))


def _points(simple: SimpleNetwork, groups: Mapping[str, str], home: str, sectors: Mapping[str, Sector]) -> Floats:
    bounds = np.array([sectors[groups[iri]] for iri in simple.iris])
    start = start_in_sectors(simple, bounds)
    return attract_and_repel(simple, start, bounds, simple.number.get(home, -1))


def _settle(simple: SimpleNetwork, home: str, points: Floats) -> dict[str, GridCell]:
    """Give each the free cell next to its point, those with most partners first."""
    free = FreeCells(HOME_CELLS)
    order = sorted(range(simple.count), key=lambda number: (-int(simple.degrees[number]), number))
    return {
        simple.iris[number]: (0, 0) if simple.iris[number] == home else free.take(*map(float, points[number]))
        for number in order
    }


def _join(
    simple: SimpleNetwork,
    groups: Mapping[str, str],
    home: str,
    sectors: Mapping[str, Sector],
    stays: Mapping[str, GridCell],
) -> dict[str, GridCell]:
    """Add those that have no cell yet, those with most partners first, each in its sector near its partners."""
    cells = dict(stays)
    free = FreeCells(HOME_CELLS, cells.values())
    partners = simple.adjacency
    new = [number for number in range(simple.count) if simple.iris[number] not in cells]
    for number in sorted(new, key=lambda number: (-int(simple.degrees[number]), number)):
        iri = simple.iris[number]
        tied = partners.indices[partners.indptr[number] : partners.indptr[number + 1]]
        near = [cells[simple.iris[other]] for other in tied if simple.iris[other] in cells]
        cells[iri] = (0, 0) if iri == home else free.take(*_wish(near, sectors[groups[iri]], cells.values()))
    return cells


def _wish(near: list[GridCell], sector: Sector, cells: Iterable[GridCell]) -> tuple[float, float]:
    """Turn the middle of some cells into a sector; the outer end of the sector when there is none but home."""
    away = [cell for cell in near if cell != (0, 0)]
    if away:
        column, row = (sum(values) / len(away) for values in zip(*away, strict=True))
        radius, angle = math.hypot(column, row), math.degrees(math.atan2(-row, column))
    else:
        radius = max((math.hypot(*cell) for cell in cells), default=0.0) / 2
        angle = sector[0] - sector[1] / 2
    turned = (sector[0] - angle) % 360
    if turned > sector[1]:
        turned = sector[1] if turned - sector[1] < 360 - turned else 0.0
    angle = math.radians(sector[0] - turned)
    return radius * math.cos(angle), -radius * math.sin(angle)


class FreeCells:
    """Which cells are free.

    Parameters
    ----------
    middle : int
        Cells within that distance of the middle are kept free for the home region.
    taken : iterable of Cell
        Cells that are not free at the start.
    """

    def __init__(self, middle: int, taken: Iterable[GridCell] = ()) -> None:
        self._middle = middle
        self._taken = set(taken)
        self._full: dict[GridCell, int] = {}

    def take(self, column: float, row: float) -> GridCell:
        """Take the free cell whose middle is next to a point; of equal ones the same each time."""
        near = (round(column), round(row))
        first = self._full.get(near, 0)
        size = AT_ONCE
        while True:
            offsets = _offsets(size)
            for i in range(first, len(offsets)):
                cell = (near[0] + offsets[i][0], near[1] + offsets[i][1])
                if cell not in self._taken and math.hypot(*cell) > self._middle:
                    self._taken.add(cell)
                    self._full[near] = i
                    return cell
            first, size = len(offsets), 2 * size


@cache
def _offsets(size: int) -> list[GridCell]:
    """Cells within `size` of one, nearest first; the list of a size is the beginning of that of a larger one."""
    span = range(-size, size + 1)
    within = [(x, y) for x in span for y in span if x * x + y * y <= size * size]
    return sorted(within, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell))


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
