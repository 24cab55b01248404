"""What held on a day or in a span: one rule, told by known dates and dated evidence, with an honest "not known"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from graph.dates import months_later

__all__ = [
    "Basis", "Period", "Span", "State", "Validity", "interval_of", "is_undated", "span_of", "state_in", "state_on",
    "years_held",
]  # fmt: skip

# First day of a span, and the first day after it; ``date.max`` for an open end.
Span: TypeAlias = tuple[date, date]


class State(StrEnum):
    """The answers to "did it hold that day?"; FUTURE, SUSPENDED and ENDED all mean that it did not."""

    HELD = "held"
    ENDED = "ended"
    SUSPENDED = "suspended"
    FUTURE = "future"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What the answer rests on."""

    END = "end"  # the given end, or the start of the successor
    EVIDENCE = "evidence"  # a dated source
    CONCLUDED = "concluded"  # it began within the year before the day
    UNDATED = "undated"  # a source without a date presents it as current
    START = "start"  # only the start is known
    NOTHING = "nothing"


@dataclass(frozen=True)
class Period:
    """What is known of the time of one relationship; None is not known.

    Attributes
    ----------
    earliest_start, latest_start : date or None
        Bounds of the start at the precision of its source; equal for a full date.
    earliest_end, latest_end : date or None
        Bounds of the given end, or of the start of the successor.
    shown_active : date or None
        Last day on which a dated source shows it active.
    shown_active_from : date or None
        First day of the span that this source's date means (a year: 1 January).
    shown_ended : date or None
        Last day of the date of the source that calls it ended.
    presented_current : bool
        A source without a date presents it as current.
    last_day_included : bool
        It still holds on the day of its end (a visit, a project), unlike an agreement that ends that day.
    dates_unproven : bool
        No source dated from its start on states its start and end, so that these alone do not prove that it held.
    suspensions : tuple of Span
        When it was suspended, in the order of time; none overlaps another.
    contradicted : bool
        Its latest status contradicts older evidence of being in force, though nothing ended.
    """

    earliest_start: date | None = None
    latest_start: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None
    shown_active: date | None = None
    shown_active_from: date | None = None
    shown_ended: date | None = None
    presented_current: bool = False
    last_day_included: bool = False
    dates_unproven: bool = False
    suspensions: tuple[Span, ...] = ()
    contradicted: bool = False


@dataclass(frozen=True)
class Validity:
    """The answer, what it rests on, and the day of that (None where it has none)."""

    state: State
    basis: Basis
    day: date | None = None


def state_on(period: Period, day: date) -> Validity:
    """Tell whether a relationship held on `day`.

    Parameters
    ----------
    period : Period
        What is known of its time.
    day : date
        The day asked for.

    Returns
    -------
    Validity
        FUTURE when its start lies after the day. ENDED when its end, its successor's start or the
        source that calls it ended is on or before the day. SUSPENDED within a suspension. HELD when it
        had started and an end after the day is given, or a source dated on or after the day shows it
        active, or it began within the year before, where a dated source states these dates; and when its
        start is not known but a source of that year shows it active. Else UNKNOWN, with the last evidence:
        a source without a date proves nothing.

    Notes
    -----
    ``queries/parts/validity.rq`` states the same rule in SPARQL; tests compare the two.
    """
    if period.earliest_start and period.earliest_start > day:
        return Validity(State.FUTURE, Basis.START, period.earliest_start)
    ended = min((end for end in (period.latest_end, period.shown_ended) if end), default=None)
    if ended and (ended < day or (ended == day and not period.last_day_included)):
        basis = Basis.END if ended == period.latest_end else Basis.EVIDENCE
        return Validity(State.ENDED, basis, ended)
    suspended = next((first for first, end in period.suspensions if first <= day < end), None)
    if suspended:
        return Validity(State.SUSPENDED, Basis.EVIDENCE, suspended)
    started = period.latest_start is not None and period.latest_start <= day
    return (_held_after_start(period, day) if started else _held_without_start(period, day)) or _unknown(period, day)


def _held_after_start(period: Period, day: date) -> Validity | None:
    is_before_end = period.earliest_end and (
        period.earliest_end > day or (period.earliest_end == day and period.last_day_included)
    )
    if is_before_end and not period.dates_unproven:
        return Validity(State.HELD, Basis.END, period.latest_end)
    if period.shown_active and period.shown_active >= day:
        return Validity(State.HELD, Basis.EVIDENCE, period.shown_active)
    assert period.latest_start is not None
    if period.latest_start > months_later(day, -12) and not period.dates_unproven:
        return Validity(State.HELD, Basis.CONCLUDED, period.latest_start)
    return None


def _held_without_start(period: Period, day: date) -> Validity | None:
    shown = period.shown_active
    if period.earliest_start is None and shown and shown.year == day.year:
        return Validity(State.HELD, Basis.EVIDENCE, shown)
    return None


def _unknown(period: Period, day: date) -> Validity:
    if period.shown_active and (period.shown_active_from or period.shown_active) <= day:
        return Validity(State.UNKNOWN, Basis.EVIDENCE, period.shown_active)
    if period.presented_current:
        return Validity(State.UNKNOWN, Basis.UNDATED)
    if period.latest_start and period.latest_start <= day:
        return Validity(State.UNKNOWN, Basis.START, period.latest_start)
    return Validity(State.UNKNOWN, Basis.NOTHING)


def state_in(period: Period, first: date, last: date) -> Validity:
    """Tell whether a relationship held on any day from `first` to `last`.

    Parameters
    ----------
    period : Period
        What is known of its time.
    first, last : date
        The span, both days in it.

    Returns
    -------
    Validity
        HELD when `graph.records.validity.state_on` says so for any day of the span; and when it began or ended within
        the span, though the source that says so may not know the day. Else what holds of the last day: FUTURE when
        it began after the span, ENDED when it had ended by then, UNKNOWN when nothing shows either.

    Notes
    -----
    Every run of days on which it is held begins on the last day that its start can mean, on the first day of a year
    whose evidence shows it without a start, or after a suspension; so it is enough to ask for these and for the
    first day. A beginning or end that no dated source states is no proof for the span either.
    """
    for day in _beginnings(period, first):
        if first <= day <= last and (validity := state_on(period, day)).state is State.HELD:
            return validity
    return _began_or_ended(period, first, last) or state_on(period, last)


def _began_or_ended(period: Period, first: date, last: date) -> Validity | None:
    if period.dates_unproven:
        return None
    if period.earliest_start and period.latest_start and first <= period.earliest_start and period.latest_start <= last:
        return Validity(State.HELD, Basis.START, period.latest_start)
    if period.earliest_end and period.latest_end and first < period.earliest_end and period.latest_end <= last:
        return Validity(State.HELD, Basis.END, period.latest_end)
    return None


def years_held(period: Period, last_year: int) -> Iterator[int]:
    """Years up to `last_year` in which it held on any day, ascending; none when no date is known."""
    known = (period.earliest_start, period.earliest_end, period.shown_active_from, period.shown_active)
    first = min((day.year for day in known if day), default=last_year + 1)
    for year in range(first, last_year + 1):
        if state_in(period, date(year, 1, 1), date(year, 12, 31)).state is State.HELD:
            yield year


def is_undated(period: Period) -> bool:
    """Whether nothing dates it: no start, no end, no source with a date."""
    dates = (period.earliest_start, period.latest_end, period.shown_active, period.shown_ended)
    return not any(dates)


def _beginnings(period: Period, first: date) -> Iterator[date]:
    yield first
    if period.latest_start:
        yield period.latest_start
    if period.shown_active:
        yield date(period.shown_active.year, 1, 1)
    yield from (end for _first, end in period.suspensions)


def interval_of(span: Span) -> str:
    """Write a span as an interval of ISO 8601-2; its end is no longer in it.

    Examples
    --------
    >>> interval_of((date(2014, 3, 1), date.max))
    '2014-03-01/..'
    """
    first, end = span
    return f"{first}/{'..' if end == date.max else end}"


def span_of(interval: str) -> Span:
    """Read what `interval_of` wrote."""
    first, _slash, end = interval.partition("/")
    return date.fromisoformat(first), date.max if end == ".." else date.fromisoformat(end)
