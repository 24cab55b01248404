"""Validity bars: solid as far as evidence reaches, dotted after it, grey when ended, on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from graph.records.records import Agreement
from webapp.record.tables import start_of
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import Piece, piece
from webapp.words.typography import format_date, format_range
from webapp.words.wording import badge

__all__ = ["Bar", "Bars", "validity_bars"]

STEPS = (1, 2, 5, 10, 20, 50)
MAX_TICKS = 5


# Form of a stretch ("held" as far as shown, "open" not verified after, "ended"), its start and end in per cent.
Mark: TypeAlias = tuple[str, float, float]


@dataclass(frozen=True)
class Bar:
    """An agreement on the axis, in the form that ``macros/bars.html`` takes."""

    label: Piece
    detail: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Bars:
    """Bars, the oldest agreement first, and years with their place on the axis in per cent."""

    rows: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, day: date) -> float:
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return round(100 * share, 2)


def validity_bars(visit: Visit, agreements: Sequence[Agreement]) -> Bars:
    """Draw agreements whose start is known on one axis that ends on the day of the request."""
    dated = sorted((a for a in agreements if a.period.latest_start), key=lambda a: (start_of(a), a.iri))
    if not dated:
        return Bars((), ())
    today = visit.on.day
    earliest = min(_start(agreement) for agreement in dated)
    axis = _Axis(date(min(earliest.year, today.year) - 1, 1, 1), max(today, earliest + timedelta(days=365)))
    return Bars(tuple(_bar(visit, agreement, axis, today) for agreement in dated), tuple(_ticks(axis)))


def _start(agreement: Agreement) -> date:
    assert agreement.period.latest_start is not None
    return agreement.period.earliest_start or agreement.period.latest_start


def _bar(visit: Visit, agreement: Agreement, axis: _Axis, today: date) -> Bar:
    start, period = _start(agreement), agreement.period
    end = period.latest_end or period.shown_ended
    label, detail = piece(visit, agreement.iri), _detail(visit, agreement)
    if end and end <= today:
        return Bar(label, detail, (("ended", axis.at(start), axis.at(end)),))
    shown = min(max(start, period.shown_active or start), today)
    marks: tuple[Mark, ...] = (("held", axis.at(start), axis.at(shown)), ("open", axis.at(shown), axis.at(today)))
    return Bar(label, detail, marks if shown < today else marks[:1])


def _detail(visit: Visit, agreement: Agreement) -> str:
    read = badge(visit, agreement)
    if read.form == "ended":
        return format_range(start_of(agreement), visit.state(agreement).day, lang=visit.language)
    start = _("from %(day)s") % {"day": format_date(start_of(agreement), lang=visit.language)}
    return ", ".join(dict.fromkeys(filter(None, (start, read.detail))))


def _ticks(axis: _Axis) -> Iterable[tuple[float, str]]:
    years = axis.last.year - axis.first.year
    step = next((step for step in STEPS if years / step <= MAX_TICKS), STEPS[-1])
    for year in range(-(-axis.first.year // step) * step, axis.last.year + 1, step):
        at = axis.at(date(year, 1, 1))
        if at <= 97:
            yield at, str(year)
