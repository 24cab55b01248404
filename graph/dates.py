"""Dates at the precision that a source gives: ``2003``, ``2003-05`` or ``2003-05-07``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

__all__ = ["DAY_PATTERN", "PartialDate", "months_later", "parse_day"]

# What is surely a day, for programs: a year of the last centuries, a month, or a day that exists in every year.
DAY_PATTERN = (
    r"^(1[89]|20)\d\d"
    r"(-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?$"
)
TODAY = ("", "dnes", "today", "heute")
# 31. 12. 2012 and 12. 2012, as people write them.
WRITTEN = re.compile(r"(?:([0-9]{1,2})\.\s*)?([0-9]{1,2})\.\s*([0-9]{4})")
PATTERN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day; its text is what the source gave.

    Attributes
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (ISO 8601, XSD 1.1 section 3.3.9 to 3.3.11).

    Examples
    --------
    >>> PartialDate.parse("2004-02").last
    datetime.date(2004, 2, 29)
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Check `text` and keep it.

        Raises
        ------
        ValueError
            It is none of the three forms, or no such month or day exists.
        """
        match = PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            date(year, month, day)
        except ValueError as error:
            raise ValueError(f"{text!r} is not in the calendar: {error}") from error
        return cls(text)

    @classmethod
    def between(cls, first: date, last: date) -> PartialDate:
        """Find the text that means exactly the days from `first` to `last`; the last day where none does.

        Examples
        --------
        >>> PartialDate.between(date(2012, 1, 1), date(2012, 12, 31)).text
        '2012'
        """
        for length in (4, 7):
            partial = cls(last.isoformat()[:length])
            if (partial.first, partial.last) == (first, last):
                return partial
        return cls(last.isoformat())

    @property
    def datatype(self) -> str:
        """Local name of the XSD datatype: ``gYear``, ``gYearMonth`` or ``date``."""
        return {4: "gYear", 7: "gYearMonth", 10: "date"}[len(self.text)]

    @property
    def first(self) -> date:
        """The first day that the text can mean."""
        return date.fromisoformat(f"{self.text}-01-01"[:10])

    @property
    def last(self) -> date:
        """The last day that the text can mean."""
        if len(self.text) == 10:
            return date.fromisoformat(self.text)
        year, month = int(self.text[:4]), int(self.text[5:7] or 12)
        return date(year, month, calendar.monthrange(year, month)[1])


def parse_day(text: str) -> date | None:
    """Read a day; a month or a year means its last day.

    Parameters
    ----------
    text : str
        ``2012``, ``2012-12``, ``2012-12-31``, ``12. 2012``, ``31. 12. 2012``, or ``dnes``, ``today``, "".

    Returns
    -------
    date or None
        None for today.

    Raises
    ------
    ValueError
        It is none of these, or no such day exists.
    """
    text = " ".join(text.split()).lower()
    if text in TODAY:
        return None
    written = WRITTEN.fullmatch(text)
    if written:
        day, month, year = written.groups()
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return PartialDate.parse(text).last


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, before for a number below 0.

    Returns
    -------
    date
        The last day of a month that is too short; the first or last day of the calendar (years 1 to 9999) for one
        that would lie beyond it.

    Examples
    --------
    >>> months_later(date(2026, 11, 30), 3), months_later(date(2024, 2, 29), -12)
    (datetime.date(2027, 2, 28), datetime.date(2023, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
