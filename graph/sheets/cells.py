"""What stands in a cell: a number is a number, a date a date; and CSV of it.

References
----------
RFC 4180 (CSV); OWASP, CSV Injection; XML Schema 1.1 Part 2, sections 3.3 and 3.4.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

__all__ = [
    "FORMULA_START",
    "NUMBER",
    "Cell",
    "Holds",
    "cell_of",
    "csv_text",
    "harmless",
    "json_number",
    "plain",
    "written",
]

# None is an empty cell; a datetime is in UTC or of no time zone.
Cell: TypeAlias = str | int | float | Decimal | date | datetime | None
# How texts begin that a spreadsheet would take for a formula.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,6})?\d*(Z|\+00:00)?")


class Holds(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    RECORD = "record"  # IRIs of records, which have names
    NUMBER = "number"
    DATE = "date"  # those of a year or a month alone stay text
    BOOLEAN = "boolean"


def cell_of(text: str, holds: Holds) -> Cell:
    """Read a lexical form; text that is no such thing stays text, "" is an empty cell.

    Examples
    --------
    >>> cell_of("-12.50", Holds.NUMBER), cell_of("2012-05", Holds.DATE), cell_of("2012-05-07", Holds.DATE)
    (Decimal('-12.50'), '2012-05', datetime.date(2012, 5, 7))
    """
    if not text:
        return None
    if holds is Holds.NUMBER and NUMBER.fullmatch(text):
        return Decimal(text)
    if holds is Holds.BOOLEAN and text in ("true", "false"):
        return text == "true"
    return _day(text) if holds is Holds.DATE else text


def _day(text: str) -> Cell:
    time = TIME.fullmatch(text)
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        if time:
            return datetime.fromisoformat(time[1] + (time[2] or "")).replace(tzinfo=UTC if time[3] else None)
    except ValueError:  # no such day
        return text
    return text


def csv_text(rows: Iterable[Iterable[Cell]], *, for_programs: bool = False) -> str:
    """Write rows as CSV: numbers with a decimal point, dates as in ISO 8601, quoted where RFC 4180 wants it.

    Parameters
    ----------
    for_programs : bool
        Texts stay as they are; else none is left that a spreadsheet would run as a formula.

    Notes
    -----
    A row of one empty value is ``""``, as many readers pass over empty lines.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows((plain(cell) if for_programs else written(cell) for cell in row) for row in rows)
    return target.getvalue()


def json_number(number: Decimal) -> int | float:
    """Give a number that JSON writes with the digits it has, up to the 17 that its readers keep.

    Examples
    --------
    >>> json_number(Decimal("50.6625")), json_number(Decimal("1250000.00")), json_number(Decimal("-0.10"))
    (50.6625, 1250000, -0.1)
    """
    return int(number) if number == number.to_integral_value() else float(number)


def written(cell: Cell) -> str:
    """Write a cell for CSV; a text that a spreadsheet would take for a formula is made harmless."""
    return harmless(cell) if isinstance(cell, str) else plain(cell)


def plain(cell: Cell) -> str:
    """Write a cell for programs: a text as it is."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat().replace("+00:00", "Z")
    return str(cell)


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; a plain number stays one.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-5.2"), harmless("-5+cmd"), harmless("Most")
    ("'=1+1", '-5.2', "'-5+cmd", 'Most')
    """
    return f"'{text}" if text.startswith(FORMULA_START) and not NUMBER.fullmatch(text) else text
