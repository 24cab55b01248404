"""Partial dates: what is one, what it means, and that no text is changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import PartialDate, months_later

DAYS = st.dates(min_value=date(1, 1, 1))
LENGTHS = st.sampled_from((4, 7, 10))


@pytest.mark.parametrize(
    ("text", "datatype", "first", "last"),
    [
        ("2003", "gYear", date(2003, 1, 1), date(2003, 12, 31)),
        ("2003-05", "gYearMonth", date(2003, 5, 1), date(2003, 5, 31)),
        ("2003-05-07", "date", date(2003, 5, 7), date(2003, 5, 7)),
        ("2004-02", "gYearMonth", date(2004, 2, 1), date(2004, 2, 29)),
        ("1900-02", "gYearMonth", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", "gYearMonth", date(2000, 2, 1), date(2000, 2, 29)),
        ("2012-12", "gYearMonth", date(2012, 12, 1), date(2012, 12, 31)),
        ("0001", "gYear", date(1, 1, 1), date(1, 12, 31)),
        ("9999", "gYear", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_meaning(text: str, datatype: str, first: date, last: date) -> None:
    partial = PartialDate.parse(text)
    assert (partial.text, partial.datatype, partial.first, partial.last) == (text, datatype, first, last)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("12", "write YYYY"),
        ("200", "write YYYY"),
        ("2003-5", "write YYYY"),
        ("2003-05-7", "write YYYY"),
        ("2003/05", "write YYYY"),
        ("7.5.2003", "write YYYY"),
        ("2003-05-07T00:00", "write YYYY"),
        ("2003-05-07Z", "write YYYY"),
        ("-2003", "write YYYY"),
        (" 2003", "write YYYY"),
        ("2003\n", "write YYYY"),
        ("٢٠٠٣", "write YYYY"),
        ("0000", "not in the calendar"),
        ("2003-13", "not in the calendar"),
        ("2003-00", "not in the calendar"),
        ("2003-02-29", "not in the calendar"),
        ("2003-04-31", "not in the calendar"),
    ],
)
def test_what_is_no_date(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part) as caught:
        PartialDate.parse(text)
    assert repr(text) in str(caught.value)


@given(DAYS, LENGTHS)
def test_a_text_keeps_its_precision(day: date, length: int) -> None:
    partial = PartialDate.parse(day.isoformat()[:length])
    assert partial.text == day.isoformat()[:length]
    assert partial.first <= day <= partial.last
    assert (partial.first == partial.last) is (length == 10)


@given(DAYS, LENGTHS)
def test_bounds_tell_the_text_again(day: date, length: int) -> None:
    partial = PartialDate.parse(day.isoformat()[:length])
    assert PartialDate.between(partial.first, partial.last) == partial


@given(DAYS, st.integers(1, 400))
def test_bounds_of_no_text_tell_the_last_day(first: date, days: int) -> None:
    last = min(first, date(9998, 1, 1)) + timedelta(days)
    partial = PartialDate.between(min(first, date(9998, 1, 1)), last)
    assert partial.last == last
    assert len(partial.text) == 10 or (partial.first, partial.last) == (first, last)


@given(DAYS, DAYS, LENGTHS)
def test_order_of_the_same_precision_is_that_of_the_calendar(one: date, other: date, length: int) -> None:
    texts = one.isoformat()[:length], other.isoformat()[:length]
    assert (PartialDate(texts[0]) < PartialDate(texts[1])) is (
        PartialDate(texts[0]).first < PartialDate(texts[1]).first
    )


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        partial = PartialDate.parse(text)
    except ValueError:
        return
    assert partial.text == text
    assert text.replace("-", "").isascii()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2012-02-29", -12, "2011-02-28"),
        ("2012-02-29", -48, "2008-02-29"),
        ("2012-12-31", -12, "2011-12-31"),
        ("2013-02-28", -12, "2012-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        # beyond the calendar
        ("0001-12-31", -12, "0001-01-01"),
        ("0002-01-31", -12, "0001-01-31"),
        ("0100-12-31", -1200, "0001-01-01"),
        ("9999-12-31", 1, "9999-12-31"),
        ("9999-11-30", 1, "9999-12-30"),
        ("9999-01-01", 12, "9999-12-31"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(DAYS, st.integers(-(10**6), 10**6))
def test_more_months_are_never_an_earlier_day(day: date, months: int) -> None:
    assert months_later(day, months) <= months_later(day, months + 1)
