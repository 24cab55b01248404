"""The one date that rules a page: ``on=`` in the address, today by default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flask import g, has_request_context, request
from werkzeug.exceptions import BadRequest

from graph.dates import PartialDate
from webapp.language import _

__all__ = ["AsOf", "asof", "parse_day", "wrong_date"]

TODAY = ("", "dnes", "today", "heute")
# 31. 12. 2012 and 12. 2012, as people write them.
WRITTEN = re.compile(r"(?:([0-9]{1,2})\.\s*)?([0-9]{1,2})\.\s*([0-9]{4})")


@dataclass(frozen=True)
class AsOf:
    """The day that a page shows.

    Attributes
    ----------
    day : date
        Today when none was chosen.
    is_set : bool
        The address names a day.
    today : date
        The day of the request.
    """

    day: date
    is_set: bool
    today: date

    @property
    def is_past(self) -> bool:
        """Whether the day lies before today."""
        return self.day < self.today


def asof() -> AsOf:
    """Read the day of the present request, once.

    Raises
    ------
    BadRequest
        ``on`` cannot be read; the rest of the request, that is the page of the error, then shows today.
    """
    if not has_request_context():
        return AsOf(date.today(), False, date.today())
    if "asof" not in g:
        today = date.today()
        g.asof = AsOf(today, False, today)
        asked = request.args.get("on", "")
        try:
            day = parse_day(asked)
        except ValueError as error:
            raise BadRequest(wrong_date(asked)) from error
        g.asof = AsOf(day or today, day is not None, today)
    found: AsOf = g.asof
    return found


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
