"""An answer as a map: a point for each place, with the rows that lie there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.pictures.labels import text_width_em
from graph.pictures.picture import clean
from graph.sparql.answers import AnswerTerm
from webapp.geography.frames import PlainFrame, frame_around
from webapp.language import _, ngettext
from webapp.query.result_cells import label_of
from webapp.query.result_columns import Columns, Position
from webapp.query.result_labels import address_of

__all__ = ["MapView", "draw_map"]

SIZES_PX = {"wide": (960.0, 540.0), "slim": (360.0, 360.0)}
NAMED = 5
LEAST_PX, MOST_PX = 4.5, 14.0
LABEL_PX, GAP_PX, LABELS, NARROW = 11.5, 4.0, 60, 40

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Where rows lie: position in degrees, the labels of the rows, and the address of the one thing there."""

    position: Position
    names: tuple[str, ...]
    href: str


@dataclass(frozen=True)
class MapView:
    """The picture, wide and narrow, the sentence that tells what it shows, and a note on rows without a position."""

    pictures: Markup
    sentence: str
    left_out: str


def draw_map(columns: Columns) -> MapView | None:
    """Draw the rows that have a position; None when none has."""
    places = _places(columns)
    if not places:
        return None
    rows, found = len(columns.table.rows), sum(len(place.names) for place in places)
    sentence = _(
        "%(rows)s in %(places)s.",
        rows=ngettext("%(num)s row", "%(num)s rows", found),
        places=ngettext("%(num)s place", "%(num)s places", len(places)),
    )
    missing = ngettext("%(num)s row has no position.", "%(num)s rows have no position.", rows - found)
    pictures = "".join(_picture(places, sentence, name) for name in SIZES_PX)
    return MapView(Markup(pictures), sentence, missing if rows > found else "")


def _places(columns: Columns) -> list[Place]:
    """Places with most rows first."""
    label = columns.organizations[0] if columns.organizations else columns.label_column()
    rows: dict[Position, list[AnswerTerm | None]] = defaultdict(list)
    for row in columns.table.rows:
        position = columns.position(row)
        if position:
            rows[position].append(None if label is None else row[label])
    places = [_place(position, cells, columns) for position, cells in rows.items()]
    return sorted(places, key=lambda place: (-len(place.names), place.names, place.position))


def _place(position: Position, cells: Sequence[AnswerTerm | None], columns: Columns) -> Place:
    names = tuple(label_of(cell, columns.labels) for cell in cells)
    iris = {cell.value for cell in cells if cell and cell.kind == "iri"}
    return Place(position, names, address_of(iris.pop()) if len(iris) == 1 else "")


def _picture(places: Sequence[Place], sentence: str, css_class: str) -> str:
    from webapp.geography.outlines import outlines  # numpy takes a moment to import, and no start waits for it

    width, height = SIZES_PX[css_class]
    frame = frame_around([place.position for place in places], width, height)
    size = {"viewBox": f"0 0 {width:g} {height:g}", "class": css_class}
    root = ET.Element("svg", {**size, "role": "group", "aria-label": clean(sentence)})
    ET.SubElement(root, "path", {"class": "land", "d": outlines(frame).land})
    ET.SubElement(root, "path", {"class": "border", "d": outlines(frame).borders})
    for place in places:
        _draw_point(root, place, frame)
    taken = [_point_box(place, frame) for place in places]
    for place in places[:LABELS]:
        _draw_label(root, place, frame, taken)
    return ET.tostring(root, encoding="unicode")


def _draw_point(root: ET.Element, place: Place, frame: PlainFrame) -> None:
    x, y = frame.place(*place.position)
    safe = {"href": place.href} if place.href else {}
    link = ET.SubElement(root, "a" if safe else "g", safe)
    ET.SubElement(link, "title").text = clean(_title(place.names))
    at = {"cx": f"{x:.1f}", "cy": f"{y:.1f}"}
    ET.SubElement(link, "circle", {"class": "hit", **at, "r": "12"})
    ET.SubElement(link, "circle", {"class": "n1", **at, "r": f"{_radius(place):.1f}"})


def _point_box(place: Place, frame: PlainFrame) -> Box:
    (x, y), radius = frame.place(*place.position), _radius(place)
    return x - radius, y - radius, x + radius, y + radius


def _radius(place: Place) -> float:
    return min(MOST_PX, LEAST_PX * math.sqrt(len(place.names)))


def _title(names: Sequence[str]) -> str:
    different = list(dict.fromkeys(name for name in names if name))
    shown = ", ".join(different[:NAMED])
    more = len(different) - NAMED
    count = ngettext("%(num)s row", "%(num)s rows", len(names))
    rest = f" {ngettext('and %(num)s other', 'and %(num)s others', more)}" if more > 0 else ""
    return f"{shown}{rest} ({count})" if shown else count


def _draw_label(root: ET.Element, place: Place, frame: PlainFrame, taken: list[Box]) -> None:
    """Write the name of a place beside it where there is room, else not at all: its point has a title."""
    different = list(dict.fromkeys(place.names))
    if len(different) != 1 or not different[0]:
        return
    text, (x, y) = clean(different[0])[:NARROW], frame.place(*place.position)
    for side in (1, -1):
        near = x + side * (_radius(place) + GAP_PX)
        far = near + side * text_width_em(text) * LABEL_PX
        box = (min(near, far), y - 7, max(near, far), y + 7)
        if box[0] >= 0 and box[2] <= frame.width and not _overlaps(box, taken):
            taken.append(box)
            anchor = {"text-anchor": "end"} if side < 0 else {}
            at = {"x": f"{near:.1f}", "y": f"{y + 4:.1f}"}
            ET.SubElement(root, "text", {"class": "lb minor", "aria-hidden": "true", **at, **anchor}).text = text
            return


def _overlaps(box: Box, taken: Iterable[Box]) -> bool:
    return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
