"""Pushing boxes apart until none overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "overlaps", "push_apart"]

STEPS = 150
GAP_PX = 4.0
TOUCHING_PX = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """A box around a point: `left`, `top` (negative), `right` and `bottom` from it, in pixels, y down."""

    x: float
    y: float
    left: float
    top: float
    right: float
    bottom: float


def push_apart(boxes: Sequence[Box], low: float, high: float) -> list[Box]:
    """Move boxes as little as needed until none overlaps another one.

    Parameters
    ----------
    boxes : sequence of Box
        The first stays where it is.
    low, high : float
        Bounds of x in pixels; y has none, so that there is always room.

    Returns
    -------
    list of Box
        In the same order, at least `GAP_PX` apart from top to bottom.
    """
    x, y = np.array([(box.x, box.y) for box in boxes]).T
    left, top, right, bottom = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).T
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    half_w, half_h = (right - left) / 2, (bottom - top + GAP_PX) / 2
    for _ in range(STEPS):
        x[1:] = np.clip(x, low - left, high - right)[1:]
        step_x, step_y = _steps(x + middle_x, y + middle_y, half_w, half_h)
        if not step_x.any() and not step_y.any():
            break
        x[1:] += step_x[1:]
        y[1:] += step_y[1:]
    x[1:] = np.clip(x, low - left, high - right)[1:]
    moved = [replace(box, x=float(a), y=float(b)) for box, a, b in zip(boxes, x, y, strict=True)]
    return _settle(moved)


def _steps(x: Floats, y: Floats, half_w: Floats, half_h: Floats) -> tuple[Floats, Floats]:
    """Half of each overlap along its shorter side, summed over all pairs."""
    dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
    over_x = half_w[:, None] + half_w[None, :] - np.abs(dx)
    over_y = half_h[:, None] + half_h[None, :] - np.abs(dy)
    hit = (over_x > TOUCHING_PX) & (over_y > TOUCHING_PX)
    np.fill_diagonal(hit, False)
    rank = np.sign(np.arange(len(x))[:, None] - np.arange(len(x))[None, :])
    sideways = hit & (over_x < over_y)
    upright = hit & ~sideways
    step_x = np.where(sideways, over_x * np.where(dx == 0, rank, np.sign(dx)), 0).sum(axis=1) / 2
    step_y = np.where(upright, over_y * np.where(dy == 0, rank, np.sign(dy)), 0).sum(axis=1) / 2
    return step_x, step_y


def _settle(boxes: list[Box]) -> list[Box]:
    """Resolve what is left from the first box outwards: up above it, down below it, until each is free."""
    placed = [boxes[0]]
    order = sorted(range(1, len(boxes)), key=lambda i: (abs(boxes[i].y - boxes[0].y), i))
    result = list(boxes)
    for i in order:
        box, direction = boxes[i], -1 if boxes[i].y < boxes[0].y else 1
        while blocking := next((other for other in placed if overlaps(box, other)), None):
            reach = blocking.top - box.bottom - GAP_PX if direction < 0 else blocking.bottom - box.top + GAP_PX
            box = replace(box, y=blocking.y + reach)
        placed.append(box)
        result[i] = box
    return result


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes have a point within in common."""
    return (
        one.x + one.left < other.x + other.right and other.x + other.left < one.x + one.right
        and one.y + one.top < other.y + other.bottom and other.y + other.top < one.y + one.bottom
    )  # fmt: skip
