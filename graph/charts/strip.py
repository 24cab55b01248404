"""A strip of a calendar: when something ends, exactly, within a month or a year, or as derived; one row a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from xml.etree import ElementTree as ET

from graph.charts.marks import ChartWords, add_text, chart_root, fitting

__all__ = ["Certainty", "Moment", "StripRow", "strip", "strip_axis", "strip_rows"]

STRIP_PX, AXIS_PX = 24, 20
DIAMOND_PX, BAND_PX = 7, 12
LABEL_SHARE = 34.0
NARROW_PX = 60.0  # what is left for a strip between its words on a phone
LEAST_SHARE = 0.8  # a band of a month among many years is seen


class Certainty(StrEnum):
    """How exactly a moment is known."""

    DAY = "day"
    SPAN = "span"
    DERIVED = "derived"


@dataclass(frozen=True)
class Moment:
    """A day, or the first and the last day that a partial or derived date can mean."""

    first: date
    last: date
    certainty: Certainty


@dataclass(frozen=True)
class StripRow:
    """A record with its moments."""

    label: str
    moments: tuple[Moment, ...]


def strip(moments: Sequence[Moment], span: tuple[date, date], ticks: Sequence[date] = ()) -> ET.Element:
    """Draw a row; the words beside it must say the dates, since it is hidden from those who do not see it.

    Parameters
    ----------
    moments : sequence of Moment
        Those beyond the span are left out.
    span : tuple of date
        First and last day of the strip.
    ticks : sequence of date
        Days with a thin line, as those of `strip_axis`.
    """
    root = ET.Element("svg", {"class": "cv", "width": "100%", "height": str(STRIP_PX), "aria-hidden": "true"})
    _draw(root, moments, span, ticks, (0.0, 100.0), 0)
    return root


def strip_axis(ticks: Sequence[tuple[date, str]], span: tuple[date, date]) -> ET.Element:
    """Draw the words of a calendar above its strips."""
    root = ET.Element("svg", {"class": "cv", "width": "100%", "height": str(AXIS_PX), "aria-hidden": "true"})
    _draw_axis(root, ticks, span, (0.0, 100.0))
    return root


def strip_rows(
    words: ChartWords, rows: Sequence[StripRow], span: tuple[date, date], ticks: Sequence[tuple[date, str]]
) -> ET.Element:
    """Draw all strips with their labels and their calendar as one chart, for a file."""
    root = chart_root(words, AXIS_PX + STRIP_PX * len(rows))
    across = (LABEL_SHARE, 100.0 - LABEL_SHARE)
    _draw_axis(root, ticks, span, across)
    for i, row in enumerate(rows):
        top = AXIS_PX + i * STRIP_PX
        add_text(root, "cl", "0", top + 16, row.label, "start")
        _draw(root, row.moments, span, [day for day, _word in ticks], across, top)
    return root


def _draw_axis(
    root: ET.Element, ticks: Sequence[tuple[date, str]], span: tuple[date, date], across: tuple[float, float]
) -> None:
    places = [(_share(day, span), word) for day, word in ticks]
    narrow = fitting(places, range(len(places)), NARROW_PX)
    for i, (at, word) in enumerate(places):
        anchor = "start" if at < 3 else "end" if at > 97 else "middle"
        add_text(root, "ct" if i in narrow else "ct sk", _place(at, across), 14, word, anchor)


def _draw(
    root: ET.Element,
    moments: Sequence[Moment],
    span: tuple[date, date],
    ticks: Sequence[date],
    across: tuple[float, float],
    top: float,
) -> None:
    for tick in ticks:
        x = _place(_share(tick, span), across)
        ET.SubElement(root, "line", {"class": "gl", "x1": x, "x2": x, "y1": f"{top:g}", "y2": f"{top + STRIP_PX:g}"})
    middle = top + STRIP_PX / 2
    for moment in moments:
        if moment.last < span[0] or moment.first > span[1]:
            continue
        if moment.certainty is Certainty.DAY:
            place = ET.SubElement(
                root,
                "svg",
                {"x": _place(_share(moment.first, span), across), "y": f"{middle:g}", "overflow": "visible"},
            )
            half = DIAMOND_PX
            shape = f"M0-{half}l{half} {half}-{half} {half}-{half}-{half}z"
            ET.SubElement(place, "path", {"class": "w-day", "d": shape})
            continue
        start, end = (min(max(_share(day, span), 0.0), 100.0) for day in (moment.first, moment.last))
        start = min(start, 100.0 - LEAST_SHARE)
        wide = max(end - start, LEAST_SHARE) * across[1] / 100
        box = {
            "x": _place(start, across),
            "width": f"{wide:.2f}%",
            "y": f"{middle - BAND_PX / 2:g}",
            "height": str(BAND_PX),
        }
        ET.SubElement(root, "rect", {"class": f"w-{moment.certainty}", **box})


def _share(day: date, span: tuple[date, date]) -> float:
    """Part of the span before a day, in percent."""
    return 100 * (day - span[0]).days / max((span[1] - span[0]).days, 1)


def _place(share: float, across: tuple[float, float]) -> str:
    return f"{across[0] + share * across[1] / 100:.2f}%"
