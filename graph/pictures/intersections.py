"""Which boxes and lines meet.

Boxes are rows of left, top, right, bottom, lines rows of x, y of one end and x, y of the other; y down. What is not
a number meets nothing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["around", "close", "crossing", "meeting", "overlapping"]

NEAR_DEG = 2.5

Floats = NDArray[np.float64]


def around(boxes: Floats) -> Floats:
    """Give the least box around boxes."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def meeting(boxes: Floats, box: Floats) -> NDArray[np.bool_]:
    """Whether each box touches one; shape (boxes,)."""
    beyond = (boxes[:, :2] <= box[2:]) & (boxes[:, 2:] >= box[:2])
    return np.asarray(beyond[:, 0] & beyond[:, 1])


def overlapping(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether each box overlaps each of the others; shape (boxes, others)."""
    own, (left, top, right, bottom) = boxes.T[:, :, None], others.T
    is_met = (own[0] < right) & (own[2] > left)
    is_met &= own[1] < bottom
    is_met &= own[3] > top
    return np.asarray(is_met)


def crossing(lines: Floats, boxes: Floats) -> NDArray[np.bool_]:
    """Whether each line passes through each box, in the shape that both are broadcast to: no axis separates them.

    References
    ----------
    C. Ericson: Real-Time Collision Detection. Morgan Kaufmann, 2005, section 5.3.3 (segment against a box).
    """
    half, middle = (lines[..., 2:] - lines[..., :2]) / 2, (lines[..., 2:] + lines[..., :2]) / 2
    size, centre = (boxes[..., 2:] - boxes[..., :2]) / 2, (boxes[..., 2:] + boxes[..., :2]) / 2
    dx, dy, w, h = half[..., 0], half[..., 1], size[..., 0], size[..., 1]
    x, y = middle[..., 0] - centre[..., 0], middle[..., 1] - centre[..., 1]
    over_x, over_y = np.abs(dx), np.abs(dy)
    is_crossed = np.abs(x) < w + over_x
    is_crossed &= np.abs(y) < h + over_y
    is_crossed &= np.abs(dx * y - dy * x) < w * over_y + h * over_x
    return np.asarray(is_crossed)


def close(lines: Floats, others: Floats) -> NDArray[np.bool_]:
    """Whether each line leaves its first end in nearly the direction of each of the others; shape (lines, others)."""
    apart = np.abs(_direction(lines)[:, None] - _direction(others))
    return np.asarray(np.minimum(apart, 2 * math.pi - apart) < math.radians(NEAR_DEG))


def _direction(lines: Floats) -> Floats:
    return np.asarray(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
