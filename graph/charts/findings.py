"""What the numbers of a chart show, by rules with conditions; where none holds, nothing is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Shows", "finding"]

LEAST_VALUES = 3  # fewer are said in words and need no chart
LEAST_FOR_TWO = 5


class Shows(StrEnum):
    """What can be claimed."""

    HALF_IN_ONE = "half in one"
    HALF_IN_TWO = "half in two"
    MOST = "most"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """What holds, and of which values, by their numbers in the order of the chart."""

    shows: Shows
    of: tuple[int, ...] = ()


def finding(values: Sequence[float], whole: float = 0, *, disjoint: bool = True) -> Finding:
    """Find the strongest claim that holds.

    Parameters
    ----------
    values : sequence of float
        Of the row alone: what stands apart, as what has no date, is no part of it.
    whole : float
        What a half is a half of, with what stands apart and what no value counts; 0 for the sum of the values.
    disjoint : bool
        Nothing counts in two values, so that two of them can be added.

    Returns
    -------
    Finding
        More than half in one; more than half in two, when at least 5 values are not 0 and both are greater than all
        others; one greatest; or nothing, also of fewer than 3 values that are not 0.

    Examples
    --------
    >>> finding([1, 1, 9, 2]), finding([10, 1, 1, 9, 1, 1]).of
    (Finding(shows=<Shows.HALF_IN_ONE: 'half in one'>, of=(2,)), (0, 3))
    >>> finding([1, 1, 9, 2], whole=20).shows.value
    'most'
    >>> finding([2, 3, 4]).shows.value, finding([3, 3, 3]).shows.value, finding([0, 5, 0]).shows.value
    ('most', 'nothing', 'nothing')
    """
    order = sorted(range(len(values)), key=lambda i: (-values[i], i))
    shown = [i for i in order if values[i] > 0]
    if len(shown) < LEAST_VALUES:
        return Finding(Shows.NOTHING)
    first, second, third = shown[:3]
    whole = whole or sum(values)
    if 2 * values[first] > whole:
        return Finding(Shows.HALF_IN_ONE, (first,))
    two = values[first] + values[second]
    if disjoint and len(shown) >= LEAST_FOR_TWO and 2 * two > whole and values[second] > values[third]:
        return Finding(Shows.HALF_IN_TWO, tuple(sorted((first, second))))
    return Finding(Shows.MOST, (first,)) if values[first] > values[second] else Finding(Shows.NOTHING)
