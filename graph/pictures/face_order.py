"""The order of two columns of rows in which few lines cross: barycentres from many starts, then swaps of neighbours.

References
----------
K. Sugiyama, S. Tagawa, M. Toda: Methods for visual understanding of hierarchical system structures. IEEE Transactions
on Systems, Man, and Cybernetics 11 (1981) 109-125. Crossing numbers of pairs of rows: M. Jünger, P. Mutzel: 2-layer
straightline crossing minimization. Journal of Graph Algorithms and Applications 1 (1997) 1-25.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Column", "crossings", "ordered"]

Order = NDArray[np.intp]
Weights = NDArray[np.int64]

STARTS, ROUNDS, SEED = 24, 20, 7
MOST_PASSES = 50


@dataclass(frozen=True)
class Column:
    """The rows of a side.

    Attributes
    ----------
    groups : sequence of int
        Number of the group of each row, from 0 on without a gap; rows of a group stay together.
    last : sequence of bool
        Rows that stand last in their group.
    hints : sequence of float
        Where each row would stand by itself, as its longitude; the first start goes by them.
    has_top : bool
        Group 0 stays on top.
    """

    groups: Sequence[int]
    last: Sequence[bool]
    hints: Sequence[float]
    has_top: bool


def ordered(left: Column, right: Column, weights: Weights) -> tuple[list[int], list[int]]:
    """Order the rows of both sides so that little of the weight crosses; the same for the same arguments.

    Parameters
    ----------
    weights : array of int64, rows of the left by rows of the right
        Weight of the line between two rows, 0 for none; each row has a line.

    Returns
    -------
    tuple of list of int
        Numbers of rows from the top down, of each side.
    """
    sides = (_Side(left), _Side(right))
    found = min(_starts(sides, weights), key=lambda start: start[0])
    orders = [found[1], found[2]]
    for _ in range(MOST_PASSES):
        before = [order.tolist() for order in orders]
        orders[0] = sides[0].improved(orders[0], weights[:, orders[1]])
        orders[1] = sides[1].improved(orders[1], weights.T[:, orders[0]])
        if before == [order.tolist() for order in orders]:
            break
    return orders[0].tolist(), orders[1].tolist()


def crossings(weights: Weights) -> int:
    """Sum of the products of weights of all lines that cross, of rows in their order from the top down."""
    below_left = weights.cumsum(axis=1) - weights
    below = below_left[::-1].cumsum(axis=0)[::-1] - below_left
    return int((weights * below).sum())


def _starts(sides: tuple[_Side, _Side], weights: Weights) -> list[tuple[int, Order, Order]]:
    """Best orders that barycentres find from each start."""
    chance, found = random.Random(SEED), []
    for start in range(STARTS):
        keys = [chance.random() for _ in sides[0].hints] if start else sides[0].hints
        left = sides[0].arranged(np.asarray(keys, dtype=float))
        best: tuple[int, Order, Order] | None = None
        for _ in range(ROUNDS):
            right = sides[1].arranged(_barycentres(weights.T, left))
            left = sides[0].arranged(_barycentres(weights, right))
            number = crossings(weights[left][:, right])
            if best is not None and number >= best[0]:
                break
            best = (number, left, right)
        assert best is not None  # there is a round
        found.append(best)
    return found


def _barycentres(weights: Weights, order: Order) -> NDArray[np.float64]:
    """Mean place of the other ends of the lines of each row."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    means: NDArray[np.float64] = (weights @ places) / weights.sum(axis=1)
    return means


class _Side:
    def __init__(self, column: Column) -> None:
        self._groups, self._last = np.asarray(column.groups), np.asarray(column.last, dtype=bool)
        self.hints, self._fixed = column.hints, int(column.has_top)
        self._sizes = np.bincount(self._groups)

    def arranged(self, keys: NDArray[np.float64]) -> Order:
        """Sort the groups by the mean of keys, and the rows within them by their key."""
        means = np.bincount(self._groups, weights=keys) / self._sizes
        means[: self._fixed] = -np.inf
        rank = np.empty(len(means), dtype=np.intp)
        rank[np.argsort(means, kind="stable")] = np.arange(len(means))
        return np.lexsort((keys, self._last, rank[self._groups]))

    def improved(self, order: Order, weights: Weights) -> Order:
        """Swap neighbouring rows of a group, and neighbouring groups, while that takes crossings away.

        What a swap takes away is the difference of two numbers that are counted once: the crossings of two rows if the
        one stands above the other, and if it stands below.

        Parameters
        ----------
        weights : array
            Columns in the order of the other side.
        """
        above = weights @ (weights.cumsum(axis=1) - weights).T
        gain = (above - above.T).tolist()  # of setting the second row above the first
        blocks = _blocks(order.tolist(), self._groups.tolist())
        for block in blocks:
            _sift(block, lambda one, other: not self._last[other] and gain[one][other] > 0)
        totals = [[sum(gain[i][j] for i in one for j in other) for other in blocks] for one in blocks]
        numbers = list(range(self._fixed, len(blocks)))
        _sift(numbers, lambda one, other: totals[one][other] > 0)
        return np.asarray([row for number in (*range(self._fixed), *numbers) for row in blocks[number]], dtype=np.intp)


def _blocks(order: list[int], groups: list[int]) -> list[list[int]]:
    """Take an order apart into its groups, in their order."""
    blocks: dict[int, list[int]] = {}
    for row in order:
        blocks.setdefault(groups[row], []).append(row)
    return list(blocks.values())


def _sift(items: list[int], is_better_swapped: Callable[[int, int], bool]) -> None:
    """Swap neighbours in place while that is better; each swap takes something away, so that it ends."""
    swapped = True
    while swapped:
        swapped = False
        for i in range(len(items) - 1):
            if is_better_swapped(items[i], items[i + 1]):
                items[i], items[i + 1] = items[i + 1], items[i]
                swapped = True
