"""Path data of SVG as steps that another graphics library can follow.

References
----------
SVG 1.1 (Second Edition), section 8.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

__all__ = ["Point", "path_steps"]

Point: TypeAlias = tuple[float, float]

STEP = re.compile(r"([MLHVQCZz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}


def path_steps(data: str) -> Iterator[tuple[str, Sequence[Point]]]:
    """Give the steps of a path of absolute commands: ``M`` and ``L`` with a point, ``C`` with three, ``Z`` with none.

    Examples
    --------
    >>> list(path_steps("M0 0H3L3 4Q6 4 6 7z"))[1:4]
    [('L', [(3.0, 0.0)]), ('L', [(3.0, 4.0)]), ('C', [(5.0, 4.0), (6.0, 5.0), (6.0, 7.0)])]
    """
    here: Point = (0.0, 0.0)
    for command, text in STEP.findall(data):
        if command in "Zz":
            yield "Z", ()
            continue
        numbers = [float(number) for number in NUMBER.findall(text)]
        size = NUMBERS[command]
        for first in range(0, len(numbers), size):
            # Pairs after the first one of a move are lines to these points.
            name, points = _step("L" if command == "M" and first else command, numbers[first : first + size], here)
            here = points[-1]
            yield name, points


def _step(command: str, numbers: Sequence[float], here: Point) -> tuple[str, list[Point]]:
    if command in "HV":
        return "L", [(numbers[0], here[1]) if command == "H" else (here[0], numbers[0])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    if command == "Q":
        corner, end = points
        return "C", [_towards(here, corner), _towards(end, corner), end]
    return command, points


def _towards(start: Point, corner: Point) -> Point:
    """Give the control point of the cubic curve that equals a quadratic one: two thirds of the way to its corner."""
    return start[0] + (corner[0] - start[0]) * 2 / 3, start[1] + (corner[1] - start[1]) * 2 / 3
