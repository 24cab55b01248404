"""What held in a span of years: the one rule, against asking for each of its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import PartialDate
from graph.records.reading import Form, form_in
from graph.records.records import Agreement
from graph.records.validity import Period, State, is_undated, state_in, state_on, years_held


def period(since: str = "", until: str = "", shown: str = "", *, current: bool = False, ended: str = "") -> Period:
    start, end, active = (PartialDate(text) if text else None for text in (since, until, shown))
    return Period(
        earliest_start=start.first if start else None,
        latest_start=start.last if start else None,
        earliest_end=end.first if end else None,
        latest_end=end.last if end else None,
        shown_active=active.last if active else None,
        shown_active_from=active.first if active else None,
        shown_ended=date.fromisoformat(ended) if ended else None,
        presented_current=current,
    )


def years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 12, 31)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (period("2003", "2007"), State.HELD),  # it ended within the span
        (period("1999", "2003"), State.ENDED),
        (period("2013"), State.FUTURE),
        (period("2009-05"), State.HELD),  # it began within
        (period("1999", shown="2006"), State.HELD),  # evidence of a year within
        (period("1999", shown="2003"), State.UNKNOWN),
        (period(shown="2006"), State.HELD),
        (period(shown="2015"), State.UNKNOWN),  # nothing says when it began
        (period(until="2008"), State.HELD),  # what ended had held
        (period(), State.UNKNOWN),
        (period("1999", current=True), State.UNKNOWN),
        (replace(period("2009-05"), dates_unproven=True), State.UNKNOWN),  # a list counts from there
        (replace(period("1999", shown="2020"), suspensions=((date(2001, 1, 1), date(2012, 7, 1)),)), State.HELD),
        (replace(period("1999", shown="2020"), suspensions=((date(2001, 1, 1), date.max),)), State.SUSPENDED),
        (period(ended="2004-01-01"), State.ENDED),
        (period("2008", "2008"), State.HELD),
    ],
)
def test_state_in_2005_to_2012(known: Period, state: State) -> None:
    assert state_in(known, *years(2005, 2012)).state is state


def test_a_year_in_which_it_began_and_ended() -> None:
    assert state_in(period("2008", "2008"), *years(2008, 2008)).state is State.HELD


DAYS = st.dates(date(2000, 1, 1), date(2004, 12, 31))
TEXTS = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))
SOME = st.one_of(st.just(""), TEXTS)


@given(SOME, SOME, SOME, st.booleans(), st.one_of(st.just(""), DAYS.map(str)), DAYS, st.integers(0, 800))
def test_held_on_a_day_is_held_in_the_span(
    since: str, until: str, shown: str, current: bool, ended: str, first: date, length: int
) -> None:
    known = period(since, until, shown, current=current, ended=ended)
    days = [first + timedelta(days=number) for number in range(length + 1)]
    on_days = {state_on(known, day).state for day in days}
    found = state_in(known, days[0], days[-1]).state
    if State.HELD in on_days:
        assert found is State.HELD
    elif found is State.HELD:  # it began or ended in it, on a day that no source gives
        assert since or until
    else:
        assert found is state_on(known, days[-1]).state


def test_form_in_a_span() -> None:
    record = Agreement(iri="x", key="x", since="1999", period=period("1999", shown="2003"))
    today = date(2026, 11, 24)
    forms = [
        form_in(record, *years(*span), today, past=False, evidence_years=5)
        for span in ((1990, 1995), (2001, 2003), (2005, 2012), (2005, 2026))
    ]
    assert forms == [Form.FUTURE, Form.HELD, Form.OPEN, Form.AGED]


def test_years_held() -> None:
    assert list(years_held(period("2003-05", "2005-02-01"), 2026)) == [2003, 2004, 2005]
    assert list(years_held(period("1999", shown="2001"), 2026)) == [1999, 2000, 2001]
    assert list(years_held(period(), 2026)) == []


def test_undated() -> None:
    assert is_undated(period()) and is_undated(period(current=True))
    assert not any(map(is_undated, (period("2003"), period(until="2003"), period(shown="2003"))))
    assert not is_undated(period(ended="2003-01-01"))
