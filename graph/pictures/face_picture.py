"""Two territories face to face as SVG: rows as links, lines between them, the number of records on a line.

Sizes stand in attributes and colours in classes, so that a page, a file and a slide are drawn alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from graph.networks.ties import tie_key
from graph.pictures.face_layout import FaceLayout, Heading, curve, numbered
from graph.pictures.labels import text_width_em
from graph.pictures.picture import PictureWords, clean, draw_figure, draw_link
from graph.views.face import OURS, THEIRS, Face, FaceLine, FaceRow

__all__ = ["FaceWords", "draw_face", "draw_rows", "face_data", "fitted", "line_width"]

LABEL_GAP_PX = 11.0
BOLD = 1.08
SIZES = {True: 4.2, False: 3.5}  # of a node with an agreement, and of another
HOME_PX = 6.6


@dataclass(frozen=True)
class FaceWords:
    """What the picture says and where its links lead.

    Attributes
    ----------
    sentence : str
        What the picture shows, for those who do not see it.
    sides : tuple of str
        Names of ours and of theirs, above the columns.
    groups : mapping
        Side and code of a group to its heading.
    labels : mapping
        Key of a row to its name.
    titles : mapping
        Key of a row, or of a line (see `tie_key`), to the title of its link.
    address : callable
        Key of either to the address of its link; "" for none.
    """

    sentence: str
    sides: tuple[str, str]
    groups: Mapping[tuple[str, str], str]
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    address: Callable[[str], str]
    selected: frozenset[str] = field(default=frozenset())


def draw_face(face: Face, layout: FaceLayout, words: FaceWords, css_class: str = "wide") -> ET.Element:
    """Draw headings, then lines, those by an agreement above the others, then numbers, then rows."""
    size = f"0 0 {layout.frame.width:g} {layout.height:g}"
    root = ET.Element(
        "svg", {"class": css_class, "viewBox": size, "role": "group", "aria-label": clean(words.sentence)}
    )
    frame = layout.frame
    for x, anchor, name in ((frame.left + 5, "end", words.sides[0]), (frame.right - 5, "start", words.sides[1])):
        room = frame.left if anchor == "end" else frame.width - frame.right
        _text(root, "side", (x, 17), name, _side_size(name, room, frame.font), anchor)
    draw_rows(root, face, layout, words)
    return root


def draw_rows(root: ET.Element, face: Face, layout: FaceLayout, words: FaceWords) -> None:
    """Draw all but the names above the columns into an element."""
    links = PictureWords(words.sentence, words.titles, words.address, words.selected)
    for heading in layout.headings:
        _heading(root, layout, heading, words)
    for line in sorted(face.lines, key=lambda line: (line.agreements > 0, line.records, line.start, line.end)):
        _line(root, layout, line, links)
    for line in numbered(face, layout):
        _number(root, layout, line, links.selected)
    for side in (OURS, THEIRS):
        for row in sorted(face.side(side), key=lambda row: layout.places[row.key][1]):
            _row(root, layout, row, words, links)


def face_data(face: Face, layout: FaceLayout, labels: Mapping[str, str]) -> dict[str, Any]:
    """Give the picture as data: rows with their places, lines with their ends, numbers and state."""
    rows = (face.rows[key] for key in layout.places)
    return {
        "width": layout.frame.width,
        "height": round(layout.height, 1),
        "options": {},
        "nodes": [
            {
                "id": row.key, "label": labels[row.key], "x": round(x, 1), "y": round(y, 1), "side": row.side,
                "group": row.group, "figure": row.figure, "count": len(row.members), "key": row.has_agreement,
            }
            for row in rows
            for x, y in [layout.places[row.key]]
        ],
        "edges": [
            {
                "id": tie_key(line.start, line.end), "from": line.start, "to": line.end, "form": str(line.form),
                "records": line.records, "agreements": line.agreements, "projects": line.projects,
            }
            for line in face.lines
        ],
    }  # fmt: skip


def line_width(records: int) -> float:
    """Width of a line in pixels, in four steps by its number of records."""
    return next((width for least, width in ((7, 5.0), (4, 3.6), (2, 2.6)) if records >= least), 1.4)


def fitted(text: str, room: float, size: float, stretch: float = 1.0) -> str:
    """Cut a text with an ellipsis where it is wider than a room in pixels."""
    if text_width_em(text) * size * stretch <= room:
        return text
    while text and text_width_em(f"{text}…") * size * stretch > room:
        text = text[:-1]
    return f"{text.rstrip(' ,–-')}…"


def _side_size(name: str, room: float, font: float) -> float:
    """Size of the name of a side, so that it fits its room; a name that is too long for the least one is not cut."""
    fitting = (room - 8) / (text_width_em(clean(name)) * BOLD or 1.0)
    return round(max(font - 1, min(font + 4, fitting)), 1)


def _heading(root: ET.Element, layout: FaceLayout, heading: Heading, words: FaceWords) -> None:
    frame, is_ours = layout.frame, heading.side == OURS
    x, room = (frame.left + 5, frame.left) if is_ours else (frame.right - 5, frame.width - frame.right)
    text = fitted(words.groups[heading.side, heading.group], room, frame.font - 1, BOLD)
    _text(root, "gl", (x, heading.y), text, frame.font - 1, "end" if is_ours else "start")


def _line(root: ET.Element, layout: FaceLayout, line: FaceLine, links: PictureWords) -> None:
    key, path = tie_key(line.start, line.end), curve(*layout.ends(line))
    chosen = ["sel"] if key in links.selected else []
    if chosen:
        ET.SubElement(root, "path", {"class": "halo", "d": path, "fill": "none"})
    link = draw_link(root, key, links, {"tabindex": "-1"})  # by keys, its row in the table leads there
    names = ["e", str(line.form), *(["joint"] if not line.agreements else []), *chosen]
    width = line_width(line.records) - (0 if line.agreements else 0.4)
    ET.SubElement(link, "path", {"class": " ".join(names), "d": path, "stroke-width": f"{width:.1f}"})
    ET.SubElement(link, "path", {"class": "hit-line thin", "d": path})


def _number(root: ET.Element, layout: FaceLayout, line: FaceLine, selected: Iterable[str]) -> None:
    (x, y), size = layout.numbers[line.start, line.end], layout.frame.font - 1.5
    width, height = (len(str(line.records)) + 1) * size * 0.66, size + 3
    box = {"x": _px(x - width / 2), "y": _px(y - height / 2), "width": _px(width), "height": _px(height)}
    name = "pill sel" if tie_key(line.start, line.end) in selected else "pill"
    ET.SubElement(root, "rect", {"class": name, "rx": _px(height / 2), **box})
    _text(root, "pill-n", (x, y + size * 0.36), str(line.records), size, "middle")


def _row(root: ET.Element, layout: FaceLayout, row: FaceRow, words: FaceWords, links: PictureWords) -> None:
    (x, y), frame, is_ours = layout.places[row.key], layout.frame, row.side == OURS
    link = draw_link(root, row.key, links)
    left, right = (0.0, frame.left + 8) if is_ours else (frame.right - 8, frame.width)
    hit = {"x": _px(left), "y": _px(y - frame.pitch / 2), "width": _px(right - left), "height": _px(frame.pitch)}
    ET.SubElement(link, "rect", {"class": "hit", **hit})
    size = (HOME_PX if row.figure == "home" else SIZES[row.has_agreement]) * frame.font / 12
    node = {"x": x, "y": y, "size": size, "figure": row.figure, "group": row.colour}
    draw_figure(link, node)
    if row.is_fold:
        ET.SubElement(link, "circle", {"class": "within", "cx": _px(x), "cy": _px(y), "r": _px(size - 1.5)})
    stretch = BOLD if row.has_agreement else 1.0
    text = fitted(words.labels[row.key], right - left - LABEL_GAP_PX - 8, frame.font, stretch)
    names = ["tl", *(["signed"] if row.has_agreement else []), *(["at"] if row.key in words.selected else [])]
    place = (x - LABEL_GAP_PX if is_ours else x + LABEL_GAP_PX, y + frame.font * 0.34)
    _text(link, " ".join(names), place, text, frame.font, "end" if is_ours else "start")


def _text(root: ET.Element, name: str, at: tuple[float, float], text: str, size: float, anchor: str) -> None:
    place = {"class": name, "x": _px(at[0]), "y": _px(at[1]), "font-size": f"{size:g}", "text-anchor": anchor}
    ET.SubElement(root, "text", place).text = clean(text)


def _px(number: float) -> str:
    return f"{number:.1f}"
