"""How large organizations and how wide their ties are drawn, the same on every picture."""

from __future__ import annotations

__all__ = ["line_px", "node_px"]

WIDTHS_PX = (1.4, 2.6, 3.6, 5.0)
ACROSS_WIDTH_PX = 1.0
HOME_PX, KEY_PX, MINOR_PX = 15, 8, 5.5


def line_px(records: int, *, across: bool) -> float:
    """Width of the line of a tie of one relationship or more; thin when it does not lead towards the focus."""
    return ACROSS_WIDTH_PX if across else WIDTHS_PX[min(records, len(WIDTHS_PX)) - 1]


def node_px(figure: str, *, key: bool) -> float:
    """Radius of a node: of the home region, of a partner by agreement (`key`), of any other."""
    return HOME_PX if figure == "home" else KEY_PX if key else MINOR_PX
