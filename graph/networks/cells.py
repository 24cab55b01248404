"""Cells of equal size that each hold one node: what stands in cells never overlaps."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

__all__ = ["Cell", "FreeCells"]

Cell = tuple[int, int]

AT_ONCE = 12  # cells in each direction that are looked at before those further away


class FreeCells:
    """Which cells are free.

    Parameters
    ----------
    middle : int
        Cells within that distance of the middle are kept free for the home region.
    taken : iterable of Cell
        Cells that are not free at the start.
    """

    def __init__(self, middle: int, taken: Iterable[Cell] = ()) -> None:
        self._middle = middle
        self._taken = set(taken)
        self._full: dict[Cell, int] = {}

    def take(self, column: float, row: float) -> Cell:
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
def _offsets(size: int) -> list[Cell]:
    """Cells within `size` of one, nearest first; the list of a size is the beginning of that of a larger one."""
    span = range(-size, size + 1)
    within = [(x, y) for x in span for y in span if x * x + y * y <= size * size]
    return sorted(within, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell))
