"""How a day is read from an address."""

from __future__ import annotations

import re
from datetime import date

from graph.dates import PartialDate
from webapp.request.language import _

__all__ = ["parse_day", "wrong_date"]

TODAY = ("", "dnes", "today", "heute")
# 31. 12. 2012 and 12. 2012, as people write them.
WRITTEN = re.compile(r"(?:([0-9]{1,2})\.\s*)?([0-9]{1,2})\.\s*([0-9]{4})")


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


def wrong_date(asked: str) -> str:
    """Say that a text is not a day, and how days are written."""
    return _(
        "“%(text)s” is not a date that can be read here. Write 2012, 2012-12, 2012-12-31, 31. 12. 2012, or today.",
        text=asked[:40],
    )
