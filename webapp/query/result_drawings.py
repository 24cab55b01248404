"""An answer drawn without a network: as a map with a point for each place, as a timeline, as bars."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.geography.frames import PlainFrame, frame_around
from graph.pictures.labels import text_width_em
from graph.pictures.picture import clean
from graph.sparql.answer_terms import date_of, label_of, number_of
from graph.sparql.answers import AnswerTerm
from graph.views.answer_columns import AnswerColumns, Position
from webapp.query.result_labels import address_of
from webapp.query.result_table import show
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece
from webapp.words.typography import format_date

__all__ = ["AnswerBars", "Happening", "MapView", "bars", "draw_map", "timeline"]

SIZES_PX = {"wide": (960.0, 540.0), "slim": (360.0, 360.0)}
NAMED = 5
LEAST_PX, MOST_PX = 4.5, 14.0
LABEL_PX, GAP_PX, LABELS, NARROW = 11.5, 4.0, 60, 40

MOST_BARS = 100
OPEN_END = "~"  # sorts behind all digits: within a year what is known by the year alone comes first


Box = tuple[float, float, float, float]
Row = Sequence[AnswerTerm | None]


@dataclass(frozen=True)
class MapPoint:
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


def draw_map(visit: Visit, columns: AnswerColumns) -> MapView | None:
    """Draw the rows that have a position; None when none has."""
    places = _places(visit, columns)
    if not places:
        return None
    rows, placed = len(columns.table.rows), sum(len(place.names) for place in places)
    sentence = _(
        "%(rows)s in %(places)s.",
        rows=ngettext("%(num)s row", "%(num)s rows", placed),
        places=ngettext("%(num)s place", "%(num)s places", len(places)),
    )
    missing = ngettext("%(num)s row has no position.", "%(num)s rows have no position.", rows - placed)
    pictures = "".join(_picture(places, sentence, name) for name in SIZES_PX)
    return MapView(Markup(pictures), sentence, missing if rows > placed else "")


def _places(visit: Visit, columns: AnswerColumns) -> list[MapPoint]:
    """Places with most rows first."""
    label = columns.organizations[0] if columns.organizations else columns.label_column()
    rows: dict[Position, list[AnswerTerm | None]] = defaultdict(list)
    for row in columns.table.rows:
        position = columns.position(row)
        if position:
            rows[position].append(None if label is None else row[label])
    places = [_place(visit, position, cells, columns) for position, cells in rows.items()]
    return sorted(places, key=lambda place: (-len(place.names), place.names, place.position))


def _place(visit: Visit, position: Position, cells: Sequence[AnswerTerm | None], columns: AnswerColumns) -> MapPoint:
    names = tuple(label_of(cell, columns.labels) for cell in cells)
    iris = {cell.value for cell in cells if cell and cell.kind == "iri"}
    return MapPoint(position, names, address_of(visit, iris.pop()) if len(iris) == 1 else "")


def _picture(places: Sequence[MapPoint], sentence: str, css_class: str) -> str:
    from graph.geography.outlines import outlines  # numpy takes a moment to import, and no start waits for it

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


def _draw_point(root: ET.Element, place: MapPoint, frame: PlainFrame) -> None:
    x, y = frame.place(*place.position)
    safe = {"href": place.href} if place.href else {}
    link = ET.SubElement(root, "a" if safe else "g", safe)
    ET.SubElement(link, "title").text = clean(_title(place.names))
    at = {"cx": f"{x:.1f}", "cy": f"{y:.1f}"}
    ET.SubElement(link, "circle", {"class": "hit", **at, "r": "12"})
    ET.SubElement(link, "circle", {"class": "n1", **at, "r": f"{_radius(place):.1f}"})


def _point_box(place: MapPoint, frame: PlainFrame) -> Box:
    (x, y), radius = frame.place(*place.position), _radius(place)
    return x - radius, y - radius, x + radius, y + radius


def _radius(place: MapPoint) -> float:
    return min(MOST_PX, LEAST_PX * math.sqrt(len(place.names)))


def _title(names: Sequence[str]) -> str:
    different = list(dict.fromkeys(name for name in names if name))
    shown = ", ".join(different[:NAMED])
    more = len(different) - NAMED
    count = ngettext("%(num)s row", "%(num)s rows", len(names))
    rest = f" {ngettext('and %(num)s other', 'and %(num)s others', more)}" if more > 0 else ""
    return f"{shown}{rest} ({count})" if shown else count


def _draw_label(root: ET.Element, place: MapPoint, frame: PlainFrame, taken: list[Box]) -> None:
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


@dataclass(frozen=True)
class Happening:
    """A row of the timeline, as its macro reads it."""

    when: str
    what: Piece
    small: str
    open: bool


@dataclass(frozen=True)
class AnswerBar:
    """A bar, as its macro reads it; `detail` is what is said after the number."""

    label: Piece
    total: float
    parts: tuple[tuple[str, float], ...]
    detail: str = ""


@dataclass(frozen=True)
class AnswerBars:
    """Bars in the order of the rows, the name of the column of numbers, and what was left out ("" for nothing)."""

    rows: tuple[AnswerBar, ...]
    unit: str
    left_out: str


def timeline(visit: Visit, columns: AnswerColumns) -> tuple[Happening, ...]:
    """Rows by the first column of dates, newest first, those without a date last; empty without such a column."""
    label = columns.label_column()
    if not columns.dates or label is None:
        return ()
    column = columns.dates[0]
    rows = sorted(columns.table.rows, key=lambda row: date_of(row[column]) + OPEN_END, reverse=True)
    dated = [row for row in rows if date_of(row[column])]
    undated = [row for row in rows if not date_of(row[column])]
    return tuple(_happening(visit, row, column, label, columns) for row in dated + undated)


def bars(visit: Visit, columns: AnswerColumns) -> AnswerBars | None:
    """Rows by the first column of numbers; None when there is no such column, or any number is below 0."""
    label, amounts = columns.label_column(), columns.amounts
    if label is None or amounts is None:
        return None
    pairs = [(row, number) for row in columns.table.rows if (number := number_of(row[amounts])) is not None]
    left = len(columns.table.rows) - len(pairs[:MOST_BARS])
    return AnswerBars(
        tuple(_bar(visit, row, label, number, columns) for row, number in pairs[:MOST_BARS]),
        columns.table.columns[amounts],
        ngettext("%(num)s row is not drawn.", "%(num)s rows are not drawn.", left) if left else "",
    )


def _happening(visit: Visit, row: Row, column: int, label: int, columns: AnswerColumns) -> Happening:
    day = date_of(row[column])
    others = [i for i in range(len(row)) if i not in (column, label) and row[i]]
    small = " · ".join(_small(visit, row[i], columns.table.columns[i], columns) for i in others)
    return Happening(format_date(day, "date", lang=visit.language), _piece(visit, row[label], columns), small, not day)


def _small(visit: Visit, cell: AnswerTerm | None, column: str, columns: AnswerColumns) -> str:
    shown = show(visit, cell, column, columns.labels)
    return f"{column}: {shown.text}" if shown else ""


def _bar(visit: Visit, row: Row, label: int, number: Decimal, columns: AnswerColumns) -> AnswerBar:
    total = int(number) if number == number.to_integral_value() else float(number)
    return AnswerBar(_piece(visit, row[label], columns), total, (("held", float(number)),))


def _piece(visit: Visit, cell: AnswerTerm | None, columns: AnswerColumns) -> Piece:
    if cell is None:
        return Piece("–")
    if cell.kind == "iri":
        lang = columns.labels.get(cell.value, ("", ""))[1]
        return Piece(label_of(cell, columns.labels), lang, address_of(visit, cell.value))
    return Piece(cell.value, cell.lang or "")
