"""Two territories face to face as a slide of 16 to 9: agreements alone, in two panels where one would be too small.

All colours and sizes stand in attributes, as office programs read no style sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from graph.networks.ties import tie_key
from graph.pictures.face_layout import FaceLayout, Frame, lay_face_out
from graph.pictures.face_picture import FaceWords, draw_rows
from graph.pictures.labels import text_width_em
from graph.pictures.picture import clean, draw_figure
from graph.pictures.picture_file import FONTS, NAMESPACE, dress, without_hits
from graph.views.face import Face

__all__ = ["HEIGHT_PX", "WIDTH_PX", "SlideWords", "draw_slide", "panels"]

WIDTH_PX, HEIGHT_PX, MARGIN_PX = 1600, 900, 48
TOP_PX, BOTTOM_PX, LEGEND_PX, NOTE_PX = 112.0, 826.0, 857.0, 886.0
ROWS_OF_ONE_PANEL = 30
LARGEST_PITCH, HEAD = 27.0, 1.3
LETTER = 0.72  # size of letters, in pitches
TITLE_PX, SUBTITLE_PX, LEGEND_FONT_PX, NOTE_FONT_PX = 34.0, 18.0, 14.5, 13.5
Columns = tuple[list[list[str]], list[list[str]]]


@dataclass(frozen=True)
class SlideWords:
    """What stands around the picture.

    Attributes
    ----------
    title, subtitle, note : str
        The answer in a line; what it rests on; edition, day and licence.
    states : sequence of (str, str)
        Form of a line and its name, of those that are drawn.
    figures : sequence of (str, str)
        Shape and its name, likewise.
    number : str
        What a number on a line is.
    """

    title: str
    subtitle: str
    note: str
    states: Sequence[tuple[str, str]]
    figures: Sequence[tuple[str, str]]
    number: str


def panels(face: Face, columns: Columns) -> list[tuple[Face, Columns]]:
    """Part a picture at a group of ours near half of its rows; one whose partner is in both is drawn in both."""
    left, right = columns
    if max(sum(map(len, groups)) for groups in columns) <= ROWS_OF_ONE_PANEL or len(left) < 2:
        return [(face, columns)]
    sizes = [sum(map(len, left[:cut])) for cut in range(1, len(left))]
    half = sum(map(len, left)) / 2
    cut = 1 + min(range(len(sizes)), key=lambda i: abs(sizes[i] - half))
    return [_part(face, groups, right) for groups in (left[:cut], left[cut:])]


def draw_slide(
    parts: Sequence[tuple[Face, Columns]], picture: FaceWords, words: SlideWords, colours: Mapping[str, str]
) -> ET.Element:
    """Draw a slide of one or two panels, see `panels`."""
    size = f"0 0 {WIDTH_PX} {HEIGHT_PX}"
    root = ET.Element(
        "svg",
        {"xmlns": NAMESPACE, "viewBox": size, "width": str(WIDTH_PX), "height": str(HEIGHT_PX), "font-family": FONTS,
         "role": "img"},
    )  # fmt: skip
    ET.SubElement(root, "title").text = clean(words.title)
    ET.SubElement(root, "desc").text = clean(f"{picture.sentence} {words.note}")
    ET.SubElement(
        root, "rect", {"width": str(WIDTH_PX), "height": str(HEIGHT_PX), "fill": colours.get("paper", "#fff")}
    )
    ET.SubElement(root, "rect", {"width": str(WIDTH_PX), "height": "8", "fill": colours.get("brand", "#000")})
    room = WIDTH_PX - 2 * MARGIN_PX
    _write(root, (MARGIN_PX, 60), words.title, _fitting(words.title, room, TITLE_PX), colours, weight="700")
    _write(root, (MARGIN_PX, 91), words.subtitle, _fitting(words.subtitle, room, SUBTITLE_PX), colours, colour="ink-2")
    width = room / len(parts)
    for number, (face, columns) in enumerate(parts):
        layout = lay_face_out(face, columns, _frame(columns, width))
        group = ET.SubElement(root, "g", {"transform": f"translate({MARGIN_PX + number * width:g} {TOP_PX:g})"})
        _panel(group, face, layout, picture)
    ET.SubElement(
        root, "path", {"d": f"M{MARGIN_PX} 834H{WIDTH_PX - MARGIN_PX}", "stroke": colours.get("line", "#ccc")}
    )
    _legend(root, words, colours)
    _write(root, (MARGIN_PX, NOTE_PX), words.note, _fitting(words.note, room, NOTE_FONT_PX), colours, colour="ink-2")
    without_hits(root)
    _plain(root)
    dress(root, colours)
    return root


def _part(face: Face, left: list[list[str]], right: list[list[str]]) -> tuple[Face, Columns]:
    ours = {key for group in left for key in group}
    lines = tuple(line for line in face.lines if line.start in ours)
    ends = {line.end for line in lines}
    place = {key: number for number, key in enumerate(key for group in left for key in group)}
    weights: dict[str, list[int]] = {}
    for line in lines:
        weights.setdefault(line.end, []).append(place[line.start])
    groups = [
        sorted((key for key in group if key in ends), key=lambda key: (sum(weights[key]) / len(weights[key]), key))
        for group in right
    ]
    rows = {key: row for key, row in face.rows.items() if key in ours or key in ends}
    return replace(face, rows=rows, lines=lines), (left, [group for group in groups if group])


def _frame(columns: Columns, width: float) -> Frame:
    """Choose the pitch at which the longer side fills the room."""
    room = BOTTOM_PX - TOP_PX - 30
    needed = max(sum(map(len, groups)) + HEAD * len(groups) for groups in columns)
    pitch = min(LARGEST_PITCH, room / max(needed, 1))
    font = round(min(15.5, pitch * LETTER), 1)
    return Frame(width - 24, (width - 24) * 0.32, (width - 24) * 0.66, pitch, pitch * HEAD, font, 2)


def _panel(group: ET.Element, face: Face, layout: FaceLayout, words: FaceWords) -> None:
    frame = layout.frame
    ours, theirs = words.sides
    rooms = ((frame.left + 5, "end", ours, frame.left), (frame.right - 5, "start", theirs, frame.width - frame.right))
    for x, anchor, name, room in rooms:
        size = _fitting(name, room, 16)
        place = {"class": "side", "x": f"{x:.1f}", "y": "16", "font-size": f"{size:g}", "text-anchor": anchor}
        ET.SubElement(group, "text", place).text = clean(name)
    titles = {**dict.fromkeys(face.rows, ""), **{tie_key(line.start, line.end): "" for line in face.lines}}
    draw_rows(group, face, layout, replace(words, titles=titles, address=lambda _key: "", selected=frozenset()))


def _legend(root: ET.Element, words: SlideWords, colours: Mapping[str, str]) -> None:
    x, size = float(MARGIN_PX), LEGEND_FONT_PX
    for form, name in words.states:
        line = {"class": f"e {form}", "d": f"M{x:.1f} {LEGEND_PX:g}H{x + 40:.1f}", "stroke-width": "2.6"}
        ET.SubElement(root, "path", line)
        x = _name(root, x + 50, name, size, colours)
    for figure, name in words.figures:
        draw_figure(root, {"x": x + 6, "y": LEGEND_PX, "size": 5.5, "figure": figure, "group": "c0"})
        x = _name(root, x + 20, name, size, colours)
    place = {"x": f"{x:.1f}", "y": f"{LEGEND_PX - 9:g}", "width": "22", "height": "18", "rx": "9"}
    ET.SubElement(root, "rect", {"class": "pill", **place})
    _write(root, (x + 11, LEGEND_PX + 5), "2", 13, colours, weight="700", anchor="middle")
    _name(root, x + 30, words.number, size, colours)


def _name(root: ET.Element, x: float, name: str, size: float, colours: Mapping[str, str]) -> float:
    """Write a name of the legend; return where the next one begins."""
    _write(root, (x, LEGEND_PX + 5), name, size, colours)
    return x + text_width_em(name) * size + 26


def _fitting(text: str, room: float, most: float) -> float:
    return round(min(most, room / (text_width_em(text) * 1.08 or 1.0)), 1)


def _write(
    root: ET.Element, at: tuple[float, float], text: str, size: float, colours: Mapping[str, str], *,
    colour: str = "ink", weight: str = "400", anchor: str = "start",
) -> None:  # fmt: skip
    place = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "font-size": f"{size:g}", "font-weight": weight}
    paint = {"fill": colours.get(colour, "#000"), "text-anchor": anchor}
    ET.SubElement(root, "text", {**place, **paint}).text = clean(text)


def _plain(root: ET.Element) -> None:
    """Take out the empty titles of links that a slide does not have."""
    for parent, title in list(_titles(root)):
        parent.remove(title)


def _titles(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    for parent in root.iter("g"):
        for title in parent.findall("title"):
            yield parent, title
