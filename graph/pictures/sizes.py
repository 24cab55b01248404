"""How wide pictures are, how large organizations and how wide their ties are drawn, the same on every picture."""

from __future__ import annotations

import math

__all__ = ["NARROW_PX", "WIDE_PX", "group_line_px", "group_px", "line_px", "node_px"]

WIDE_PX, NARROW_PX = 716.0, 360.0  # width of a picture on a wide screen, and on that of a telephone
WIDTHS_PX = (1.4, 2.6, 3.6, 5.0)
ACROSS_WIDTH_PX = 1.0
HOME_PX, KEY_PX, MINOR_PX = 15, 8, 5.5
GROUP_PX, MOST_GROUP_PX = 13, 22
GROUP_WIDTH_PX, WIDER_PX, MOST_WIDTH_PX = 1.4, 1.1, 9.0


def line_px(records: int, *, across: bool) -> float:
    """Width of the line of a tie of one relationship or more; thin when it does not lead towards the focus."""
    return ACROSS_WIDTH_PX if across else WIDTHS_PX[min(records, len(WIDTHS_PX)) - 1]


def node_px(figure: str, *, key: bool) -> float:
    """Radius of a node: of the home region, of a partner by agreement (`key`), of any other."""
    return HOME_PX if figure == "home" else KEY_PX if key else MINOR_PX


def group_px(members: int) -> float:
    """Radius of a group of organizations: room for their number in it, and more for more of them."""
    return min(MOST_GROUP_PX, round(GROUP_PX + math.sqrt(members) / 2, 1))


def group_line_px(records: int) -> float:
    """Width of the line of a group, which grows with each doubling of its relationships."""
    return min(MOST_WIDTH_PX, round(GROUP_WIDTH_PX + WIDER_PX * math.log2(records), 1))
