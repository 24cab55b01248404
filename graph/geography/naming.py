"""Labels on a map: beside their spots, by importance, where nothing else stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.geography.panels import Panel, Spot
from graph.geography.scenery import town_of
from graph.pictures.labels import LINE_PX, Label, make_label
from graph.pictures.sizes import node_px

__all__ = ["SPOT_PX", "label_spots", "look"]

Box: TypeAlias = tuple[float, float, float, float]

SPOT_PX = 9.0
GAP_PX = 13.0
ASIDE = ((1, 0.0), (-1, 0.0), (1, 9.0), (-1, 9.0), (1, -9.0), (-1, -9.0), (1, 16.0), (-1, -16.0))
HOME_SCALE, HOME_TOP_PX, HOME_LINE_PX = 1.4, 20.0, 19.0
CHARACTERS_WIDE, CHARACTERS_NARROW, WIDE_PX = 20, 14, 500.0


@dataclass(frozen=True)
class _Names:
    """Label of a spot, and whether it is that of the middle, which stands below it."""

    label: Label
    home: bool


def label_spots(panel: Panel, taken: Sequence[Box] = ()) -> list[dict[str, Any] | None]:
    """Find a place for the label of each spot, in the order of spots.

    Parameters
    ----------
    taken : sequence of tuple
        Left, top, right, bottom of what else stands in the picture.

    Returns
    -------
    list of dict or None
        As `graph.pictures.picture.draw_label` reads it; None where there is no room: its spot has a title.
    """
    boxes = [*taken, *(_around(spot.x, spot.y) for spot in panel.spots)]
    boxes.extend(_around(x, y, 3.0) for x, y in panel.guests.values())
    return [_label(spot, panel, boxes) for spot in panel.spots]


def look(spot: Spot) -> dict[str, Any]:
    """Describe the mark of an organization that stands alone, as `graph.pictures.picture.draw_figure` reads it."""
    organization = spot.members[0]
    size = node_px(organization.figure, key=organization.strong)
    signs = ["approx"] if organization.approximate and organization.figure != "home" else []
    group, figure = organization.group, organization.figure
    return {"x": spot.x, "y": spot.y, "size": size, "figure": figure, "group": group, "signs": signs}


def _label(spot: Spot, panel: Panel, boxes: list[Box]) -> dict[str, Any] | None:
    frame = panel.inset.frame
    names = _names(spot, CHARACTERS_WIDE if frame.width > WIDE_PX else CHARACTERS_NARROW)
    if names.home:
        return _home_label(spot, names.label, frame.width, boxes)
    for side, down in ASIDE:
        box = _box(spot, names.label, side, down)
        inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2
        if inside and not any(_overlap(box, other) for other in boxes if not _is_own(other, spot)):
            boxes.append(box)
            return _written(spot.x, spot.y + down, side, names.label)
    return None


def _home_label(spot: Spot, label: Label, width: float, boxes: list[Box]) -> dict[str, Any]:
    """Write the name of the middle below it in any case, moved aside at the edge of the picture."""
    half, top = label.width * HOME_SCALE / 2, spot.y + HOME_TOP_PX
    x = min(max(spot.x, half + 8), width - half - 8)
    boxes.append((x - half, top, x + half, top + LINE_PX + HOME_LINE_PX * (len(label.lines) - 1) + 4))
    return _written(x, spot.y, 1, label) | {"figure": "home"}


def _written(x: float, y: float, side: int, label: Label) -> dict[str, Any]:
    return {"x": x, "y": y, "side": side, "lines": label.lines, "code": label.code, "key": label.key, "figure": ""}


def _names(spot: Spot, characters: int) -> _Names:
    """Name of the one organization, else of the town where most of them are."""
    first, many = spot.members[0], len(spot.members) > 1
    home = first.figure == "home"
    named = first if home or not many else town_of(spot.members)
    strong = any(member.strong for member in spot.members)
    name = named.town if many and not home else named.name
    return _Names(make_label(name, "" if home else named.code, key=strong, characters=characters), home)


def _box(spot: Spot, label: Label, side: int, down: float) -> Box:
    near, half = spot.x + side * GAP_PX, label.height / 2
    far = near + side * label.width
    return min(near, far), spot.y + down - half, max(near, far), spot.y + down + half


def _around(x: float, y: float, half: float = SPOT_PX) -> Box:
    return x - half, y - half, x + half, y + half


def _is_own(box: Box, spot: Spot) -> bool:
    return box == _around(spot.x, spot.y)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
