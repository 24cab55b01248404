"""A sheet as PDF: lines stay lines, text stays text in embedded letters, links can be followed.

References
----------
ISO 32000-1, sections 8.5 (paths), 9.4 (text), 12.5.6.5 (link annotations), 14.3.3 (document information).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from graph.pictures.picture_sheet import size_of

__all__ = ["PdfDescription", "Point", "letters_of", "path_steps", "write_pdf"]

PT_PER_PX = 0.75
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
HALO_OPACITY = 0.8
ASCENT, DESCENT = 0.8, 0.22  # of a line of text that is linked or has a halo, in em
TRANSFORM = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)(?: scale\(([\d.]+)\))?")
CAPS, JOINS = {"butt": 0, "round": 1, "square": 2}, {"miter": 0, "round": 1, "bevel": 2}


@dataclass(frozen=True)
class PdfDescription:
    """What the file says of itself: title, subject, language, day of its data, maker of the file."""

    title: str
    subject: str
    language: str
    modified: str
    creator: str = "Krajina"


@dataclass(frozen=True)
class _Frame:
    """Where an element is drawn: its origin and scale on the page in points, and where the link around it leads."""

    x: float
    y: float
    scale: float
    href: str = ""

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.scale, self.y - y * self.scale

    def moved(self, transform: str) -> _Frame:
        match = TRANSFORM.fullmatch(transform)
        if not match:
            return self
        x, y = self.at(float(match[1]), float(match[2]))
        return replace(self, x=x, y=y, scale=self.scale * float(match[3] or 1))


def write_pdf(sheet: ET.Element, fonts: Mapping[int, Path], document: PdfDescription) -> bytes:
    """Write a sheet as a PDF of one page; the same sheet gives the same bytes.

    Parameters
    ----------
    sheet : Element
        As `graph.pictures.picture_sheet.make_sheet` gives it.
    fonts : mapping
        Weight (400, 600, 700) to a TrueType file; the letters used are embedded. A letter that the font lacks is
        drawn as the replacement character.
    """
    width, height = size_of(sheet)
    target = io.BytesIO()
    page = (width * PT_PER_PX, height * PT_PER_PX)
    canvas = Canvas(target, pagesize=page, pageCompression=1, invariant=1, lang=document.language)
    canvas.setTitle(document.title)
    canvas.setSubject(document.subject)
    # Not the day of writing: the same edition gives the same bytes.
    canvas.setDateFormatter(lambda *_clock: f"D:{document.modified.replace('-', '')}000000Z")
    canvas.setCreator(document.creator)
    canvas.setAuthor(document.creator)
    _Pen(canvas, {weight: _font(path) for weight, path in fonts.items()}).draw(sheet, _Frame(0, page[1], PT_PER_PX))
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@lru_cache(maxsize=8)
def _font(path: Path) -> str:
    """Read a font once; return the name by which reportlab knows it."""
    pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return path.stem


def letters_of(path: Path) -> frozenset[str]:
    """Give the letters that a font has."""
    return frozenset(map(chr, pdfmetrics.getFont(_font(path)).face.charToGlyph))


@dataclass(frozen=True)
class _Pen:
    canvas: Any
    fonts: Mapping[int, str]

    def draw(self, element: ET.Element, frame: _Frame) -> None:
        draw: Callable[[ET.Element, _Frame], None] | None = {
            "line": self._line, "rect": self._rect, "circle": self._circle, "path": self._path, "text": self._text,
        }.get(element.tag)  # fmt: skip
        if draw:
            self.canvas.saveState()
            self._style(element, frame)
            draw(element, frame)
            self.canvas.restoreState()
            return
        if element.tag == "svg" and "x" in element.attrib:
            self._inset(element, frame)
            return
        inner = replace(frame.moved(element.get("transform", "")), href=element.get("href", frame.href))
        for child in element:
            self.draw(child, inner)

    def _inset(self, element: ET.Element, frame: _Frame) -> None:
        """Draw a picture in the picture, cut off at its edges."""
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        shown_width, _ = size_of(element)
        self.canvas.saveState()
        edge = self.canvas.beginPath()
        edge.rect(*frame.at(x, y + height), width * frame.scale, height * frame.scale)
        self.canvas.clipPath(edge, stroke=0, fill=0)
        left, top = frame.at(x, y)
        inner = replace(frame, x=left, y=top, scale=frame.scale * width / shown_width)
        for child in element:
            self.draw(child, inner)
        self.canvas.restoreState()

    def _style(self, element: ET.Element, frame: _Frame) -> None:
        canvas = self.canvas
        if (fill := element.get("fill", "#000")).startswith("#"):
            canvas.setFillColor(HexColor(fill))
        if (stroke := element.get("stroke", "")).startswith("#"):
            canvas.setStrokeColor(HexColor(stroke))
            canvas.setStrokeAlpha(
                float(element.get("stroke-opacity", element.get("opacity", "1")))
            )  # after the colour, which sets it back
            canvas.setLineWidth(float(element.get("stroke-width", "1")) * frame.scale)
            canvas.setLineCap(CAPS[element.get("stroke-linecap", "butt")])
            canvas.setLineJoin(JOINS[element.get("stroke-linejoin", "miter")])
            if dashes := element.get("stroke-dasharray"):
                canvas.setDash([float(dash) * frame.scale for dash in dashes.split()])

    def _line(self, element: ET.Element, frame: _Frame) -> None:
        x1, y1, x2, y2 = _numbers(element, "x1", "y1", "x2", "y2")
        self.canvas.line(*frame.at(x1, y1), *frame.at(x2, y2))

    def _rect(self, element: ET.Element, frame: _Frame) -> None:
        if element.get("width") == "100%":
            self.canvas.rect(0, 0, *self.canvas._pagesize, stroke=0, fill=1)
            return
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        low = frame.at(x, y + height)
        self.canvas.rect(*low, width * frame.scale, height * frame.scale, **_painted(element))
        self._link(frame, (x, y, width, height))

    def _circle(self, element: ET.Element, frame: _Frame) -> None:
        x, y, radius = _numbers(element, "cx", "cy", "r")
        self.canvas.circle(*frame.at(x, y), radius * frame.scale, **_painted(element))
        self._link(frame, (x - radius, y - radius, 2 * radius, 2 * radius))

    def _path(self, element: ET.Element, frame: _Frame) -> None:
        path = self.canvas.beginPath()
        corners: list[Point] = []
        for name, points in path_steps(element.get("d", "")):
            follow = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[name]
            follow(*(number for point in points for number in frame.at(*point)))
            corners += points
        self.canvas.drawPath(path, **_painted(element))
        if corners:
            xs, ys = zip(*corners, strict=True)
            self._link(frame, (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))

    def _text(self, element: ET.Element, frame: _Frame) -> None:
        x, y = _numbers(element, "x", "y")
        spans = [element, *element.iter("tspan")]
        widths = [self._width(span, element) for span in spans]
        x -= sum(widths) * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        size = float(element.get("font-size", "12"))
        box = (x, y - size * ASCENT, sum(widths), size * (ASCENT + DESCENT))
        if element.get("paint-order") == "stroke":
            self._halo(element, frame, box)
        for span, width in zip(spans, widths, strict=True):
            self.canvas.setFillColor(HexColor(span.get("fill", "#000")))
            name, span_size = self._face(span, element)
            self.canvas.setFont(name, span_size * frame.scale)
            self.canvas.drawString(*frame.at(x, y), _shown(span.text or "", name))
            x += width
        self._link(frame, box)

    def _halo(self, element: ET.Element, frame: _Frame, box: tuple[float, float, float, float]) -> None:
        """Keep lines from running through a text: a stroke around its letters would be read as a second text."""
        x, y, width, height = box
        self.canvas.saveState()
        self.canvas.setFillColor(HexColor(element.get("stroke", "#fff")))
        self.canvas.setFillAlpha(HALO_OPACITY)
        self.canvas.rect(*frame.at(x, y + height), width * frame.scale, height * frame.scale, stroke=0, fill=1)
        self.canvas.restoreState()

    def _face(self, span: ET.Element, text: ET.Element) -> tuple[str, float]:
        weight = int(span.get("font-weight", text.get("font-weight", "400")))
        return self.fonts[weight], float(span.get("font-size", text.get("font-size", "12")))

    def _width(self, span: ET.Element, text: ET.Element) -> float:
        name, size = self._face(span, text)
        return float(pdfmetrics.stringWidth(_shown(span.text or "", name), name, size))

    def _link(self, frame: _Frame, box: tuple[float, float, float, float]) -> None:
        if frame.href:
            x, y, width, height = box
            corners = (*frame.at(x, y + height), *frame.at(x + width, y))
            self.canvas.linkURL(frame.href, corners, relative=0, thickness=0)


def _shown(text: str, font: str) -> str:
    """Put the replacement character for letters that a font lacks."""
    has = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(letter if ord(letter) in has else REPLACEMENT for letter in text)


def _numbers(element: ET.Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]


def _painted(element: ET.Element) -> dict[str, int]:
    """Tell reportlab whether a figure is filled and has an outline."""
    is_filled = element.get("fill", "#000").startswith("#")
    return {"fill": int(is_filled), "stroke": int(element.get("stroke", "").startswith("#"))}


Point: TypeAlias = tuple[float, float]

STEP = re.compile(r"([MLHVQCZmlhvqcz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}


def path_steps(data: str) -> Iterator[tuple[str, Sequence[Point]]]:
    """Give the steps of a path: ``M`` and ``L`` with a point, ``C`` with three, ``Z`` with none; all are absolute.

    Examples
    --------
    >>> list(path_steps("M0 0H3L3 4Q6 4 6 7z"))[1:4]
    [('L', [(3.0, 0.0)]), ('L', [(3.0, 4.0)]), ('C', [(5.0, 4.0), (6.0, 5.0), (6.0, 7.0)])]
    >>> list(path_steps("m1 2l1 1 2 0zl0 5"))[2:]
    [('L', [(4.0, 3.0)]), ('Z', ()), ('L', [(1.0, 7.0)])]
    """
    here = first_of_line = (0.0, 0.0)
    for letter, text in STEP.findall(data):
        command, is_relative = letter.upper(), letter.islower()
        if command == "Z":
            here = first_of_line
            yield "Z", ()
            continue
        numbers = [float(number) for number in NUMBER.findall(text)]
        size = NUMBERS[command]
        for first in range(0, len(numbers), size):
            # Pairs after the first one of a move are lines to these points.
            given = numbers[first : first + size]
            if is_relative:
                given = _moved(command, given, here)
            name, points = _step("L" if command == "M" and first else command, given, here)
            here = points[-1]
            first_of_line = here if name == "M" else first_of_line
            yield name, points


def _moved(command: str, numbers: Sequence[float], here: Point) -> list[float]:
    """Make numbers that count from the present point absolute."""
    if command in "HV":
        return [numbers[0] + here[command == "V"]]
    return [number + here[i % 2] for i, number in enumerate(numbers)]


def _step(command: str, numbers: Sequence[float], here: Point) -> tuple[str, list[Point]]:
    if command in "HV":
        return "L", [(numbers[0], here[1]) if command == "H" else (here[0], numbers[0])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    if command == "Q":
        corner, end = points
        return "C", [_towards(here, corner), _towards(end, corner), end]
    return command, points


def _towards(start: Point, corner: Point) -> Point:
    """Give the control point of the cubic curve that equals a quadratic one: two thirds of the way to its corner."""
    return start[0] + (corner[0] - start[0]) * 2 / 3, start[1] + (corner[1] - start[1]) * 2 / 3
