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

STEP = re.compile(r"([MLHVQCZmlhvqcz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}


def path_steps(data: str) -> Iterator[tuple[str, Sequence[Point]]]:
    """Give the steps of a path: ``M`` and ``L`` with a point, ``C`` with three, ``Z`` with none; all are absolute.

    Examples
    --------
    >>> list(path_steps("M0 0H3L3 4Q6 4 6 7z"))[1:4]
    [('L', [(3.0, 0.0)]), ('L', [(3.0, 4.0)]), ('C', [(5.0, 4.0), (6.0, 5.0), (6.0, 7.0)])]
    >>> list(path_steps("m1 2l1 1 2 0zl0 5"))[2:]
    [('L', [(4.0, 3.0)]), ('Z', ()), ('L', [(1.0, 7.0)])]
    """
    here = first_of_line = (0.0, 0.0)
    for letter, text in STEP.findall(data):
        command, is_relative = letter.upper(), letter.islower()
        if command == "Z":
            here = first_of_line
            yield "Z", ()
            continue
        numbers = [float(number) for number in NUMBER.findall(text)]
        size = NUMBERS[command]
        for first in range(0, len(numbers), size):
            # Pairs after the first one of a move are lines to these points.
            given = numbers[first : first + size]
            if is_relative:
                given = _moved(command, given, here)
            name, points = _step("L" if command == "M" and first else command, given, here)
            here = points[-1]
            first_of_line = here if name == "M" else first_of_line
            yield name, points


def _moved(command: str, numbers: Sequence[float], here: Point) -> list[float]:
    """Make numbers that count from the present point absolute."""
    if command in "HV":
        return [numbers[0] + here[command == "V"]]
    return [number + here[i % 2] for i, number in enumerate(numbers)]


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
