"""What held in a span of years: the rule of `graph.records.validity` for more than one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.records.reading import Form, read_state
from graph.records.records import Dated
from graph.records.validity import Basis, Period, State, Validity, state_on

__all__ = ["form_in", "is_undated", "state_in", "years_held"]


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
    Every run of days on which it is held begins on the last day that its start can mean, or on the first day of a
    year whose evidence shows it without a start; so it is enough to ask for these and for the first day.
    """
    for day in _beginnings(period, first):
        if first <= day <= last and (found := state_on(period, day)).state is State.HELD:
            return found
    if period.earliest_start and period.latest_start and first <= period.earliest_start and period.latest_start <= last:
        return Validity(State.HELD, Basis.START, period.latest_start)
    if period.earliest_end and period.latest_end and first < period.earliest_end and period.latest_end <= last:
        return Validity(State.HELD, Basis.END, period.latest_end)
    return state_on(period, last)


def form_in(record: Dated, first: date, last: date, on: date, *, past: bool, evidence_years: int) -> Form:
    """Form of a record in a span: HELD when it held on any day of it, else as it reads at the end of the span.

    Parameters
    ----------
    on : date
        The day of the page: a span that reaches it is read on it.
    past : bool
        Whether that day lies in the past, see `graph.records.reading.read_state`.
    evidence_years : int
        See there.
    """
    if state_in(record.period, first, last).state is State.HELD:
        return Form.HELD
    day = max(first, min(last, on))
    return read_state(record, day, past=past or last < on, evidence_years=evidence_years).form


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
