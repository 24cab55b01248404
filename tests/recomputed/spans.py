"""What held in a span of years: on any of its days, or it began or ended within it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.recomputed.dated import Dated, Day
from tests.recomputed.tables import first_day, last_day, years_earlier

__all__ = ["ONE_DAY", "form_in_span", "years_held"]

ONE_DAY = timedelta(days=1)


def form_in_span(record: Dated, span: tuple[int, int], on: Day) -> str:
    """How a record reads in a span of years, either of which may be 0 for open; read at its end, at most on the day."""
    first, last = date(span[0] or 1, 1, 1), date(span[1] or 9999, 12, 31)
    if holds_in(record, first, last):
        return "held"
    day = max(first, min(last, on.day))
    # A span that ended before the day of the page is past, whatever day the page is read on.
    today = day + ONE_DAY if on.is_past or last < on.day else day
    return record.form(Day(day, today))


def holds_in(record: Dated, first: date, last: date) -> bool:
    """Tell whether it held on a day from the first to the last one, or surely began or ended within them."""
    if any(first <= day <= last and record.verdict(day)[0] == "held" for day in turning_days(record, first)):
        return True
    if not record.is_proven:
        return False
    begins_within = record.start and first <= first_day(record.start) and last_day(record.start) <= last
    ends_within = record.end and first < first_day(record.end) and last_day(record.end) <= last
    return bool(begins_within) or bool(ends_within)


def years_held(record: Dated, last_year: int) -> Iterator[int]:
    """Years in which it held, up to the last one."""
    texts = [text for text in (record.start, record.end, record.shown) if text]
    for year in range(min((int(text[:4]) for text in texts), default=last_year + 1), last_year + 1):
        if holds_in(record, date(year, 1, 1), date(year, 12, 31)):
            yield year


def turning_days(record: Dated, first: date) -> set[date]:
    """Days on which the verdict may turn, and the first of the span."""
    turning = {first}
    for text in filter(None, (record.start, record.end, record.shown, record.called_ended)):
        for day in (first_day(text), last_day(text), date(int(text[:4]), 1, 1), date(int(text[:4]), 12, 31)):
            turning |= {day, day + ONE_DAY}
    turning.update(after for _first, after in record.suspensions)
    if record.start:
        turning.add(years_earlier(last_day(record.start), -1))
    return turning
