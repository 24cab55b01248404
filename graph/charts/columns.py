"""Columns, stacked of a few parts: how much in each year, with the total above each and no axis of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from graph.charts.marks import ChartWords, Part, add_patterns, add_text, chart_root, fitting, paint
from graph.pictures.picture import clean

__all__ = ["MOST_COLUMNS", "Column", "YearCounts", "columns", "totals", "year_counts"]

MOST_COLUMNS = 24
TOP_PX, BOTTOM_PX = 18, 20
HEIGHT_PX, TALLEST_PX, LOWEST_PX = 110.0, 240.0, 24.0
LEAST_UNIT_PX, MOST_UNIT_PX = 2.5, 14.0
LEAST_PX, PATTERN_FROM_PX = 0.8, 3.0
APART, FILLED, WIDEST = 1.5, 0.76, 9.0  # percent of the width, share of a column's room, percent
STEPS = (1, 2, 5, 10)
NEAR_EDGE = 99.0
ROOMY_PX, NARROW_PX = 540.0, 290.0  # chart beside another on a wide screen, and on a telephone


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    label : str
        What stands below it.
    values : tuple of float
        One for each part, 0 or more.
    apart : bool
        It is none of the row, as what has no date, and stands apart.
    href : str
        Where a click leads; the same link must stand in the table beside the chart. "" for nowhere.
    """

    label: str
    values: tuple[float, ...]
    apart: bool = False
    href: str = ""

    @property
    def total(self) -> float:
        """Sum of its parts."""
        return sum(self.values)


@dataclass(frozen=True)
class YearCounts:
    """Numbers by year: those of each year of a span without a gap, before it, and without a date."""

    years: Mapping[int, int]
    before: int
    undated: int


def year_counts(years: Sequence[int | None], most: int = MOST_COLUMNS - 2) -> YearCounts:
    """Count years, each of the last `most` by itself and earlier ones together; None has no date.

    Examples
    --------
    >>> year_counts([2015, 1990, None, 2012, 2015], most=4)
    YearCounts(years={2012: 1, 2013: 0, 2014: 0, 2015: 2}, before=1, undated=1)
    """
    known = sorted(year for year in years if year is not None)
    if not known:
        return YearCounts({}, 0, len(years))
    first = max(known[0], known[-1] - most + 1)
    spread = {year: known.count(year) for year in range(first, known[-1] + 1)}
    return YearCounts(spread, sum(year < first for year in known), len(years) - len(known))


def columns(
    words: ChartWords,
    parts: Sequence[Part],
    shown: Sequence[Column],
    *,
    form: Callable[[float], str] = "{:g}".format,
    greatest: float = 0,
    counted: bool = True,
) -> ET.Element:
    """Draw columns.

    Parameters
    ----------
    parts : sequence of Part
        From the bottom, at most 3.
    shown : sequence of Column
        From the left, at most `MOST_COLUMNS`.
    form : callable
        Writes a total.
    greatest : float
        Greatest total of all charts that stand on the same scale; 0 for that of this one.
    counted : bool
        Values are counts, whose unit keeps a height that can be seen.

    Raises
    ------
    ValueError
        More columns than can be read.
    """
    if len(shown) > MOST_COLUMNS:
        raise ValueError(f"{len(shown)} columns are more than can be read ({MOST_COLUMNS}); join years to decades")
    most = max([greatest, *(column.total for column in shown)], default=0.0)
    height = _height(most, counted=counted)
    root = chart_root(words, height + TOP_PX + BOTTOM_PX, linked=any(column.href for column in shown))
    add_patterns(root, words.key, (part.look for part in parts))
    places = _places(shown)
    numbers, labels = [form(column.total) if column.total else "" for column in shown], _label_classes(shown, places)
    classes = _number_classes(shown, places, numbers)
    for i, (column, (left, width)) in enumerate(zip(shown, places, strict=True)):
        within = _link(root, column, numbers[i])
        if column.href:
            box = {
                "x": _percent(left),
                "width": _percent(width),
                "y": "0",
                "height": f"{height + TOP_PX + BOTTOM_PX:.0f}",
            }
            ET.SubElement(within, "rect", {"class": "hit", **box})
        top = _stack(within, words.key, parts, column, (left, width), (height, height / most if most else 0.0))
        if i in classes:
            add_text(within, f"cn{classes[i]}", _percent(left + width / 2), top - 4, numbers[i])
        if i in labels:
            at, anchor = (left, "start") if column.apart and not left else (left + width / 2, "middle")
            at, anchor = (100.0, "end") if column.apart and left + width > NEAR_EDGE else (at, anchor)
            add_text(within, f"ct{labels[i]}", _percent(at), TOP_PX + height + 15, column.label, anchor)
    base = f"{TOP_PX + height:.1f}"
    end = _percent(sum(places[-1]) if places else 100.0)
    ET.SubElement(root, "line", {"class": "ax", "x1": "0", "x2": end, "y1": base, "y2": base})
    return root


def totals(shown: Sequence[Column]) -> list[float]:
    """Totals of the columns that are of the row, for the rules of titles."""
    return [column.total for column in shown if not column.apart]


def _height(most: float, *, counted: bool) -> float:
    if not counted or not most:
        return HEIGHT_PX if most else LOWEST_PX
    return min(max(min(HEIGHT_PX, most * MOST_UNIT_PX), LEAST_UNIT_PX * most, LOWEST_PX), TALLEST_PX)


def _places(shown: Sequence[Column]) -> list[tuple[float, float]]:
    """Left edge and width of the room of each column, in percent; what stands apart has a gap towards the others."""
    breaks = [i > 0 and shown[i].apart != shown[i - 1].apart for i in range(len(shown))]
    width = min((100 - APART * sum(breaks)) / max(len(shown), 1), WIDEST)
    return [(i * width + APART * sum(breaks[: i + 1]), width) for i in range(len(shown))]


def _stack(
    within: ET.Element,
    key: str,
    parts: Sequence[Part],
    column: Column,
    place: tuple[float, float],
    measure: tuple[float, float],
) -> float:
    """Draw the parts of a column on the line at the height of the chart; returns where it ends above, in pixels."""
    (left, width), (height, unit) = place, measure
    y = TOP_PX + height
    across = {"x": _percent(left + width * (1 - FILLED) / 2), "width": _percent(width * FILLED)}
    for part, value in zip(parts, column.values, strict=True):
        if value:
            tall = max(value * unit, LEAST_PX)
            y -= tall
            # A border would hide what is so low.
            look = paint(key, part.look) if tall > PATTERN_FROM_PX else {"class": f"q-{part.look}"}
            ET.SubElement(within, "rect", {**look, **across, "y": f"{y:.1f}", "height": f"{tall:.1f}"})
    return y


def _link(root: ET.Element, column: Column, number: str) -> ET.Element:
    if not column.href:
        return root
    link = ET.SubElement(root, "a", {"href": column.href, "tabindex": "-1"})  # by keys, the table leads there
    ET.SubElement(link, "title").text = clean(f"{column.label}: {number or '0'}")
    return link


def _number_classes(
    shown: Sequence[Column], places: Sequence[tuple[float, float]], numbers: Sequence[str]
) -> dict[int, str]:
    """Which totals are written, those of the highest columns first, and which of them on wide screens only."""
    order = sorted(range(len(shown)), key=lambda i: (-shown[i].total, i))
    return _classes([(left + width / 2, text) for (left, width), text in zip(places, numbers, strict=True)], order)


def _label_classes(shown: Sequence[Column], places: Sequence[tuple[float, float]]) -> dict[int, str]:
    """Which labels are written: those that stand apart, and of the years each, each second, fifth or tenth."""
    texts = [(left + width / 2, column.label) for (left, width), column in zip(places, shown, strict=True)]
    wide, narrow = (_labels(shown, texts, width_px) for width_px in (ROOMY_PX, NARROW_PX))
    return {i: "" if i in narrow else " sk" for i in sorted(wide)}


def _labels(shown: Sequence[Column], texts: Sequence[tuple[float, str]], width_px: float) -> frozenset[int]:
    apart = [i for i, column in enumerate(shown) if column.apart]
    taken = frozenset[int]()
    for step in STEPS:
        regular = [
            i for i, c in enumerate(shown) if not c.apart and (not c.label.isdecimal() or int(c.label) % step == 0)
        ]
        alone = fitting(texts, regular, width_px)
        taken = fitting(texts, [*apart, *regular], width_px)
        if len(alone) == len(regular):
            break
    return taken


def _classes(texts: Sequence[tuple[float, str]], order: Sequence[int]) -> dict[int, str]:
    narrow = fitting(texts, order, NARROW_PX)
    first = [*(i for i in order if i in narrow), *(i for i in order if i not in narrow)]
    return {i: "" if i in narrow else " sk" for i in sorted(fitting(texts, first, ROOMY_PX))}


def _percent(number: float) -> str:
    return f"{number:.2f}%"
