"""Draw the rooms of the code and what imports what, from the code itself: ``python docs/architecture.py``.

A room is a folder of ``graph`` or ``webapp``; modules that lie in no folder make one room, those that start the
program another one. What sets up a checkout is no part of the program and is left out. Rooms that import each other
in a circle are drawn as one box. A line leads from a room down to one that it imports; lines that follow from others
are left out.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = Path(__file__).with_suffix(".svg")
PACKAGES = ("graph", "webapp")
ENTRANCES = {"cli", "app", "__main__"}
LEFT_OUT = {"assets", "static", "node_modules"}
ROW, BOX, LETTER, MARGIN, GAP = 64, 28, 7.4, 16, 18
SWEEPS = 24

Room = str
# A box: one room, or all rooms of a circle.
Box = tuple[Room, ...]


@dataclass(frozen=True)
class Place:
    """A box, or the way of a line past a row, with its row from the bottom."""

    box: Box
    row: int
    passing: tuple[Box, Box] | None = None


def modules() -> dict[str, Path]:
    """Find all modules by their dotted names; packages by theirs, the two outermost ones left out."""
    paths = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if name not in PACKAGES and not LEFT_OUT.intersection(parts):
                paths[name] = path
    return paths


def room_of(module: str, known: Mapping[str, Path]) -> Room:
    """Name the room of a module."""
    package, _dot, rest = module.partition(".")
    first, dot, _last = rest.partition(".")
    if dot or known[module].name == "__init__.py":
        return f"{package}.{first}"
    return f"{package} ({'start' if first in ENTRANCES else 'here'})"


def imports(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    """List the modules that a module imports anywhere, but for type checking alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                name = inner if inner in known else node.module
                if name in known:
                    yield name
        else:
            yield from imports(node, known)


@cache
def room_imports() -> dict[Room, set[Room]]:
    """Tell of each room which others it imports."""
    known = modules()
    needs: dict[Room, set[Room]] = defaultdict(set)
    for name, path in known.items():
        room = room_of(name, known)
        used = imports(ast.parse(path.read_text(encoding="utf-8")), known)
        needs[room] |= {room_of(other, known) for other in used} - {room}
    return dict(needs)


def reach(needs: Mapping[Room, Iterable[Room]], start: Room) -> set[Room]:
    """Find all that is imported by way of others."""
    seen: set[Room] = set()
    waiting = [start]
    while waiting:
        new = set(needs.get(waiting.pop(), ())) - seen
        seen |= new
        waiting += new
    return seen


def boxes(needs: Mapping[Room, set[Room]]) -> dict[Box, set[Box]]:
    """Put the rooms of each circle into one box, and keep of the imports those that follow from no others."""
    reached = {room: reach(needs, room) for room in needs}
    box_of = {room: (*sorted({other for other in reached[room] if room in reached[other]} | {room}),) for room in needs}
    below = {box: {box_of[other] for room in box for other in reached[room]} - {box} for box in set(box_of.values())}
    return {box: lower - {deep for other in lower for deep in below[other]} for box, lower in sorted(below.items())}


def rows_of(lines: Mapping[Box, set[Box]]) -> dict[Box, int]:
    """Give the row of each box, from the bottom: it stands right above the highest one that it imports."""
    rows: dict[Box, int] = {}

    def row(box: Box) -> int:
        if box not in rows:
            rows[box] = 1 + max((row(other) for other in lines[box]), default=-1)
        return rows[box]

    for box in lines:
        row(box)
    return rows


def ways(lines: Mapping[Box, set[Box]], rows: Mapping[Box, int]) -> list[list[Place]]:
    """Lead each line from box to box past the rows between them."""
    return [
        [
            Place(upper, rows[upper]),
            *(Place(upper, row, (upper, lower)) for row in range(rows[upper] - 1, rows[lower], -1)),
            Place(lower, rows[lower]),
        ]
        for upper in lines
        for lower in sorted(lines[upper])
    ]


def width_of(place: Place) -> float:
    """Measure a box by its longest name."""
    return GAP if place.passing else 20 + LETTER * max(map(len, place.box))


def height_of(box: Box) -> float:
    """Measure a box by the number of its rooms."""
    return BOX if len(box) == 1 else BOX + 16 * len(box)


def arrange(drawn: Iterable[list[Place]], rows: Mapping[Box, int]) -> list[list[Place]]:
    """Order each row so that places stand near the middle of what they are tied to (Sugiyama's method)."""
    near: dict[Place, list[Place]] = defaultdict(list)
    for way in drawn:
        for upper, lower in pairwise(way):
            near[upper].append(lower)
            near[lower].append(upper)
    everything = {*near, *(Place(box, row) for box, row in rows.items())}
    order = [sorted((p for p in everything if p.row == row), key=str) for row in range(max(rows.values()) + 1)]
    at = {place: float(number) for row in order for number, place in enumerate(row)}
    for sweep in range(SWEEPS):
        for number in range(len(order)) if sweep % 2 else reversed(range(len(order))):
            side = -1 if sweep % 2 else 1
            middle = {}
            for place in order[number]:
                beside = [at[other] for other in near[place] if (other.row - number) * side > 0]
                middle[place] = sum(beside) / len(beside) if beside else at[place]
            order[number].sort(key=lambda place: (middle[place], str(place)))
            at |= spread(order[number], middle)
    return order


def spread(row: list[Place], wanted: Mapping[Place, float]) -> dict[Place, float]:
    """Give the places of a row their middles, as near to what is wanted as their widths allow."""
    at: dict[Place, float] = {}
    end = float("-inf")
    for place in row:
        half = width_of(place) / 2
        at[place] = max(wanted[place], end + half)
        end = at[place] + half + GAP
    shift = sum(wanted[place] - at[place] for place in row) / len(row) if row else 0
    return {place: x + shift for place, x in at.items()}


def draw() -> str:
    """Make the drawing as SVG; the same code gives the same text."""
    lines = boxes(room_imports())
    rows = rows_of(lines)
    drawn = ways(lines, rows)
    order = arrange(drawn, rows)
    x: dict[Place, float] = {}
    for row in order:
        start = 0.0
        for place in row:
            x[place] = start + width_of(place) / 2
            start += width_of(place) + GAP
    widest = max(x[row[-1]] + width_of(row[-1]) / 2 for row in order if row)
    for row in order:
        shift = (widest - x[row[-1]] - width_of(row[-1]) / 2) / 2
        x |= {place: x[place] + shift for place in row}
    heights = [max((height_of(p.box) for p in row if not p.passing), default=BOX) for row in order]
    y: list[float] = []
    bottom = MARGIN + sum(heights) + (ROW - BOX) * (len(order) - 1)
    for height in heights:
        y.append(bottom - height / 2)
        bottom -= height + ROW - BOX
    size = (round(widest + 2 * MARGIN), round(MARGIN * 2 + sum(heights) + (ROW - BOX) * (len(order) - 1)))
    parts = [*(_line(way, x, y) for way in drawn)]
    parts += [_box(p, x[p] + MARGIN, y[p.row]) for row in order for p in row if not p.passing]
    return "\n".join([*_head(*size), *parts, "</svg>", ""])


def _head(width: int, height: int) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" font-family="sans-serif" font-size="13">',
        "<title>Rooms of the code; each imports those that lines lead down to</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]


def _line(way: list[Place], x: Mapping[Place, float], y: list[float]) -> str:
    points = []
    for place in way:
        half = 0 if place.passing else height_of(place.box) / 2
        ends = {way[0]: half, way[-1]: -half}
        points.append((x[place] + MARGIN, y[place.row] + ends.get(place, 0)))
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x1, y1), (x2, y2) in pairwise(points):
        path += f"C{x1:.0f} {(y1 + y2) / 2:.0f} {x2:.0f} {(y1 + y2) / 2:.0f} {x2:.0f} {y2:.0f}"
    return f'<path d="{path}" fill="none" stroke="#98a2ad"/>'


def _box(place: Place, x: float, y: float) -> str:
    width, height = width_of(place), height_of(place.box)
    fill = "#e3edf7" if place.box[0].startswith("webapp") else "#e9f3e6"
    dash = ' stroke-dasharray="5 3"' if len(place.box) > 1 else ""
    rect = (
        f'<rect x="{x - width / 2:.0f}" y="{y - height / 2:.0f}" width="{width:.0f}" height="{height:.0f}" rx="4"'
        f' fill="{fill}" stroke="#4a5560"{dash}/>'
    )
    first = y + 4.5 - 8 * (len(place.box) - 1)
    texts = (
        f'<text x="{x:.0f}" y="{first + 16 * number:.1f}" text-anchor="middle" fill="#1b2229">{escape(room)}</text>'
        for number, room in enumerate(place.box)
    )
    return rect + "".join(texts)


if __name__ == "__main__":
    DRAWING.write_text(draw(), encoding="utf-8")
