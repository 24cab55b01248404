"""The picture as a sheet to take away: heading, picture, legend, caption, and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from graph.pictures.labels import text_width_em
from graph.pictures.picture import clean
from graph.pictures.picture_file import NAMESPACE, dress, without_hits

__all__ = ["A4_PX", "LegendGroup", "SheetWords", "make_sheet", "size_of", "wrapped"]

A4_PX = (1122.5, 793.7)  # A4 landscape, 96 pixels to the inch
MARGIN_PX, LEGEND_PX, GAP_PX = 36.0, 200.0, 24.0
BODY_PX, SMALL_PX, HEADING_PX = 12.0, 10.0, 20.0
LINE = 1.4  # height of a line of text, in em
SIGN_PX = (26.0, 16.0)
FAMILY = "Noto Sans"
MOST_LINES = 4  # of a paragraph: a name of two thousand letters leaves room for the picture

Colours = Mapping[str, str]


@dataclass(frozen=True)
class LegendGroup:
    """A group of the legend: title, and values with their signs (an SVG element of 26 by 16 pixels, or None)."""

    title: str
    signs: Sequence[tuple[ET.Element | None, str]]


@dataclass(frozen=True)
class SheetWords:
    """What stands around the picture.

    Attributes
    ----------
    heading, sentence : str
        What the picture is of, and what it shows.
    notes : sequence of str
        Caption, edition, day, licence; a paragraph each.
    address : str
        Address of the same view; the last line, and a link.
    """

    heading: str
    sentence: str
    legend: Sequence[LegendGroup]
    notes: Sequence[str]
    address: str


@dataclass
class _Column:
    """Text set from the top down; `y` is where the next line begins."""

    root: ET.Element
    x: float
    y: float
    width: float
    colours: Colours = field(default_factory=dict)

    def write(self, text: str, size: float = BODY_PX, weight: str = "400", colour: str = "ink", href: str = "") -> None:
        parent = ET.SubElement(self.root, "a", {"href": href}) if href else self.root
        style = {"font-size": f"{size:g}", "font-weight": weight, "fill": self.colours.get(colour, "#000")}
        for line in wrapped(text, self.width / size / (1.1 if weight != "400" else 1.04), MOST_LINES):
            self.y += size * LINE
            place = {"x": f"{self.x:.1f}", "y": f"{self.y - size * 0.35:.1f}"}
            ET.SubElement(parent, "text", {**place, **style}).text = line


def make_sheet(
    picture: ET.Element, words: SheetWords, colours: Colours, paper: tuple[float, float] | None = None
) -> ET.Element:
    """Set a picture with its words on a sheet.

    Parameters
    ----------
    picture : Element
        SVG with a ``viewBox``, as `graph.pictures.picture.draw_svg` draws it; it is changed.
    colours : mapping
        Colour by name, see `graph.pictures.picture_file.read_colours`.
    paper : (float, float) or None
        Width and height in pixels, into which the picture is scaled; None for a sheet of A4 width, as high as
        the picture needs.

    Returns
    -------
    Element
        SVG of a handful of elements: ``svg``, ``g`` and ``a`` around ``rect``, ``line``, ``circle``, ``path``
        and ``text`` with attributes for all colours and lines.
    """
    width = paper[0] if paper else A4_PX[0]
    root = ET.Element("svg", {"xmlns": NAMESPACE, "font-family": FAMILY})
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": colours.get("paper", "#fff")})
    head = _Column(root, MARGIN_PX, MARGIN_PX, width - 2 * MARGIN_PX, colours)
    head.write(words.heading, HEADING_PX, "700")
    head.write(words.sentence)
    top = head.y + GAP_PX / 2
    notes_height = _notes(words, ET.Element("g"), 0, width, colours)
    below = paper[1] - MARGIN_PX - notes_height - GAP_PX / 2 if paper else 0.0
    room = (width - 2 * MARGIN_PX - LEGEND_PX - GAP_PX, below - top)
    drawn = _place(root, picture, (MARGIN_PX, top), room if paper else (room[0], 0.0), colours)
    end_of_legend = _legend(root, words.legend, width - MARGIN_PX - LEGEND_PX, top, colours)
    end = below if paper else max(top + drawn, end_of_legend)
    end = max(end, end_of_legend) + GAP_PX / 2
    height = max(_notes(words, root, end, width, colours) + MARGIN_PX, paper[1] if paper else 0.0)
    root.attrib.update({"viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}"})
    return root


def size_of(picture: ET.Element) -> tuple[float, float]:
    """Width and height of an SVG in pixels, from its ``viewBox``."""
    width, height = picture.get("viewBox", "0 0 1 1").split()[2:]
    return float(width), float(height)


def _place(
    root: ET.Element, picture: ET.Element, at: tuple[float, float], room: tuple[float, float], colours: Colours
) -> float:
    """Scale a picture into the room, whose height 0 is no limit; return the height that it takes."""
    width, height = size_of(picture)
    scale = min(room[0] / width, room[1] / height if room[1] else room[0] / width)
    left = at[0] + (room[0] - width * scale) / 2
    group = ET.SubElement(root, "g", {"transform": f"translate({left:.1f} {at[1]:.1f}) scale({scale:.4f})"})
    group.extend(_dressed(picture, colours))
    return height * scale


def _legend(root: ET.Element, legend: Sequence[LegendGroup], x: float, y: float, colours: Colours) -> float:
    column = _Column(root, x, y, LEGEND_PX, colours)
    for group in legend:
        column.write(group.title, BODY_PX, "600")
        for sign, label in group.signs:
            if sign is not None:
                height = BODY_PX * LINE
                place = f"translate({x:.1f} {column.y + (height - SIGN_PX[1]) / 2:.1f})"
                ET.SubElement(root, "g", {"transform": place}).extend(_dressed(sign, colours))
            beside = SIGN_PX[0] + 8 if sign is not None else 0
            text = _Column(root, x + beside, column.y, LEGEND_PX - beside, colours)
            text.write(label, 11)
            column.y = max(text.y, column.y + BODY_PX * LINE)
        column.y += 8
    return column.y


def _notes(words: SheetWords, root: ET.Element, y: float, width: float, colours: Colours) -> float:
    column = _Column(root, MARGIN_PX, y, width - 2 * MARGIN_PX, colours)
    for note in words.notes:
        column.write(note, SMALL_PX, colour="ink-2")
    column.write(words.address, SMALL_PX, colour="link", href=words.address)
    return column.y


def _dressed(picture: ET.Element, colours: Colours) -> list[ET.Element]:
    without_hits(picture)
    dress(picture, colours)
    for span in picture.iter("tspan"):
        # Not every renderer counts a shift as width of a text that ends at its anchor; all count a space.
        if span.attrib.pop("dx", ""):
            span.text = f"\N{NO-BREAK SPACE}{span.text}"
    return list(picture)


def wrapped(text: str, width_em: float, most: int) -> Iterator[str]:
    """Break a text at plain spaces, and words that no line holds anywhere.

    Parameters
    ----------
    width_em : float
        Room of a line, in em of its font.
    most : int
        At most so many lines; the last ends with "…" where there would be more.
    """
    lines = list(_lines(clean(text), width_em))
    yield from lines[:most] if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _lines(text: str, width_em: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width_em(longer) <= width_em:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width_em)
        yield from full
    yield line


def _pieces(word: str, width_em: float) -> Iterator[str]:
    piece, width = "", 0.0
    for letter in word:
        width += text_width_em(letter)
        if piece and width > width_em:
            yield piece
            piece, width = "", text_width_em(letter)
        piece += letter
    yield piece
