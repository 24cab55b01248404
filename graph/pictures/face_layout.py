"""Where everything stands in a picture of two territories face to face: rows, headings, and the numbers on lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.kept import kept
from graph.networks.neighbourhood import View
from graph.views.face import OFFICES, OURS, THEIRS, Face, FaceLine, FaceRow, face_of
from graph.views.facts import Facts
from graph.views.relations import Days

if TYPE_CHECKING:
    from graph.pictures.face_order import Column

__all__ = [
    "SLIM",
    "WIDE",
    "FaceLayout",
    "Frame",
    "Heading",
    "curve",
    "face_columns",
    "face_layout",
    "lay_face_out",
    "numbered",
]

Point = tuple[float, float]
Columns = tuple[list[list[str]], list[list[str]]]

AGREEMENT_WEIGHT, OTHER_WEIGHT = 3, 1
WIDEST = 1.35  # of the pitch, for the side with fewer rows
BEND = 0.42
LINE_GAP_PX = 9.0
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)  # on a line, for its number
KEPT = 64


@dataclass(frozen=True)
class Frame:
    """Measures of a picture in pixels.

    Attributes
    ----------
    width, left, right : float
        Of the picture; where the nodes of ours and of theirs stand.
    pitch, head, top : float
        From row to row, from the last row to the first one of a group; above the first heading.
    font : float
        Of names.
    least : int
        Smallest number of records that is written on a line.
    """

    width: float
    left: float
    right: float
    pitch: float
    head: float
    font: float
    least: int
    top: float = 30.0


WIDE = Frame(712, 206, 506, 16.6, 24, 12, 2)
SLIM = Frame(344, 138, 207, 19, 25, 11, 3)


@dataclass(frozen=True)
class Heading:
    """Heading of a group: side, code of the group, height of its text, number of rows."""

    side: str
    group: str
    y: float
    rows: int


@dataclass(frozen=True)
class FaceLayout:
    """Places of rows by key, headings, places of numbers by ends of the line, height of all in pixels."""

    frame: Frame
    places: Mapping[str, Point]
    headings: Sequence[Heading]
    numbers: Mapping[tuple[str, str], Point]
    height: float

    def ends(self, line: FaceLine) -> tuple[Point, Point]:
        """Give where a line begins and ends, a little off the nodes."""
        (x1, y1), (x2, y2) = self.places[line.start], self.places[line.end]
        return (x1 + LINE_GAP_PX, y1), (x2 - LINE_GAP_PX, y2)


@kept(KEPT)
def face_columns(facts: Facts, view: View, days: Days, *, signed: bool = False) -> Columns:
    """Order the rows of both sides, in their groups, so that few lines cross; see `graph.views.face.face_of`."""
    face, organizations = face_of(facts, view, days, signed=signed), facts.library.organizations
    sides = (face.side(OURS), face.side(THEIRS))
    if not face.lines:
        return [], []
    # Not at the top: numpy takes long to import, and no start waits for the first map.
    import numpy as np

    from graph.pictures.face_order import ordered

    weights = np.zeros((len(sides[0]), len(sides[1])), dtype=np.int64)
    numbers = {row.key: i for rows in sides for i, row in enumerate(rows)}
    for line in face.lines:
        weights[numbers[line.start], numbers[line.end]] = AGREEMENT_WEIGHT if line.agreements else OTHER_WEIGHT
    ours, theirs = (
        _column(rows, [float(organizations[row.members[0]].longitude or 0) for row in rows]) for rows in sides
    )
    orders = ordered(ours, theirs, weights)
    left, right = (_in_groups([rows[i] for i in order]) for rows, order in zip(sides, orders, strict=True))
    return left, right


@kept(KEPT)
def face_layout(facts: Facts, view: View, days: Days, frame: Frame, *, signed: bool = False) -> FaceLayout:
    """Place all of a view; see `graph.views.face.face_of`."""
    columns = face_columns(facts, view, days, signed=signed)
    return lay_face_out(face_of(facts, view, days, signed=signed), columns, frame)


def lay_face_out(face: Face, columns: Columns, frame: Frame) -> FaceLayout:
    """Place the rows of two columns, the numbers of the lines between them, and the headings of the groups."""
    wanted = max(_height(groups, frame, frame.pitch) for groups in columns)
    places, headings = dict[str, Point](), list[Heading]()
    for side, x, groups in ((OURS, frame.left, columns[0]), (THEIRS, frame.right, columns[1])):
        rows = sum(map(len, groups))
        pitch = min(frame.pitch * WIDEST, (wanted - frame.head * len(groups)) / rows) if rows else frame.pitch
        y = frame.top + (wanted - _height(groups, frame, pitch)) / 2
        for group in groups:
            y += frame.head
            headings.append(Heading(side, face.rows[group[0]].group, y - frame.pitch * 0.78, len(group)))
            for key in group:
                places[key] = (x, y)
                y += pitch
    layout = FaceLayout(frame, places, headings, {}, frame.top + wanted + frame.pitch / 2)
    return FaceLayout(frame, places, headings, _numbers(face, layout), layout.height)


def numbered(face: Face, layout: FaceLayout) -> list[FaceLine]:
    """Lines that carry their number."""
    return [line for line in face.lines if line.records >= layout.frame.least]


def curve(start: Point, end: Point) -> str:
    """Path of a line between two rows, level at both ends."""
    (x1, y1), (x2, y2), bend = start, end, (end[0] - start[0]) * BEND
    return f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _column(rows: Sequence[FaceRow], longitudes: list[float]) -> Column:
    from graph.pictures.face_order import Column

    groups = sorted({row.group for row in rows}, key=lambda group: (group != OFFICES, group))
    numbers = [groups.index(row.group) for row in rows]
    return Column(numbers, [row.is_fold for row in rows], longitudes, groups[0] == OFFICES)


def _in_groups(rows: Iterable[FaceRow]) -> list[list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row.key)
    return list(groups.values())


def _height(groups: Sequence[Sequence[str]], frame: Frame, pitch: float) -> float:
    return frame.head * len(groups) + pitch * sum(map(len, groups))


def _numbers(face: Face, layout: FaceLayout) -> dict[tuple[str, str], Point]:
    """Find for each number a place on its line where no other number stands, the greatest first."""
    size, done = layout.frame.font * 1.1, dict[tuple[str, str], Point]()
    for line in sorted(numbered(face, layout), key=lambda line: (-line.records, line.start, line.end)):
        points = [_on_curve(*layout.ends(line), t) for t in PLACES]
        free = (
            p for p in points if all(abs(x - p[0]) > 2 * size or abs(y - p[1]) > size + 2 for x, y in done.values())
        )
        done[line.start, line.end] = next(free, points[0])
    return done


def _on_curve(start: Point, end: Point, t: float) -> Point:
    """Give the point of `curve` at a parameter from 0 to 1."""
    bend, u = (end[0] - start[0]) * BEND, 1 - t
    corners = (start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end)
    shares = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x, y = (sum(share * corner[i] for share, corner in zip(shares, corners, strict=True)) for i in (0, 1))
    return x, y
