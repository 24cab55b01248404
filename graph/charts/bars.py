"""Horizontal bars, stacked: which of several is more; the number stands at the end of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from graph.charts.marks import ChartWords, Part, add_patterns, add_text, chart_root, paint

__all__ = ["Bar", "bar", "bar_rows", "longest"]

BAR_PX, ROW_PX = 15, 24
LABEL_SHARE, NUMBER_SHARE = 34.0, 10.0
LABEL_CHARACTERS = 36


@dataclass(frozen=True)
class Bar:
    """A row: its label, a value for each part, and the number as it is written at the end."""

    label: str
    values: tuple[float, ...]
    number: str

    @property
    def total(self) -> float:
        """Sum of its parts."""
        return sum(self.values)


def longest(shown: Sequence[Bar]) -> float:
    """Measure the longest of some bars, by which all are drawn."""
    return max((each.total for each in shown), default=0.0)


def bar(key: str, parts: Sequence[Part], shown: Bar, greatest: float, *, name: str = "") -> ET.Element:
    """Draw one bar, to stand between a label and a number.

    Parameters
    ----------
    key : str
        Begins the ids of its patterns; each bar of a page has its own.
    greatest : float
        Length of the longest bar; see `longest`.
    name : str
        What it shows with all parts, for those who do not see it; "" hides it from them, where text beside it says so.
    """
    said = {"role": "img", "aria-label": name} if name else {"aria-hidden": "true"}
    root = ET.Element("svg", {"class": "hb", "width": "100%", "height": str(BAR_PX), **said})
    add_patterns(root, key, (part.look for part, value in zip(parts, shown.values, strict=True) if value))
    _draw(root, key, parts, shown, (0.0, 100.0 / greatest if greatest else 0.0), 0)
    return root


def bar_rows(words: ChartWords, parts: Sequence[Part], shown: Sequence[Bar]) -> ET.Element:
    """Draw all bars with their labels and numbers as one chart, for a file; a page has labels as text, with links."""
    root = chart_root(words, ROW_PX * len(shown))
    add_patterns(root, words.key, (part.look for part in parts))
    greatest = longest(shown)
    scale = (100 - LABEL_SHARE - NUMBER_SHARE) / greatest if greatest else 0.0
    for i, each in enumerate(shown):
        top = i * ROW_PX + (ROW_PX - BAR_PX) / 2
        cut = len(each.label) > LABEL_CHARACTERS
        label = f"{each.label[: LABEL_CHARACTERS - 1]}…" if cut else each.label
        add_text(root, "cl", "0", top + 12, label, "start")
        _draw(root, words.key, parts, each, (LABEL_SHARE, scale), top)
        add_text(root, "cn", "100%", top + 12, each.number, "end")
    return root


def _draw(
    root: ET.Element, key: str, parts: Sequence[Part], shown: Bar, across: tuple[float, float], top: float
) -> None:
    left, scale = across
    for part, value in zip(parts, shown.values, strict=True):
        if value:
            place = {"x": f"{left:.2f}%", "width": f"{value * scale:.2f}%", "y": f"{top:g}", "height": str(BAR_PX)}
            ET.SubElement(root, "rect", {**paint(key, part.look), **place})
            left += value * scale
