"""A list as text for programs and for spreadsheets: the columns of its files, all rows of a choice, in its order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from graph.views.columns import ListColumn, Value
from graph.views.facets import FactsOn

__all__ = ["FORMULA_START", "csv_of", "json_of", "text_of_value"]

# How cells begin that a spreadsheet would take for a formula.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def json_of(at: FactsOn, columns: Iterable[ListColumn[Any]], rows: Sequence[Sequence[Value]]) -> str:
    """Write rows as JSON.

    Returns
    -------
    str
        ``{"edition", "on", "total", "rows"}``; a row holds the columns by their names in files, one with several
        values is a list, one that is not known is "" or an empty list.
    """
    names = [column.file for column in columns]
    answer = {
        "edition": at.facts.edition.identifier,
        "on": at.on.day.isoformat(),
        "total": len(rows),
        "rows": [dict(zip(names, row, strict=True)) for row in rows],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def csv_of(columns: Iterable[ListColumn[Any]], rows: Iterable[Iterable[Value]]) -> str:
    """Write rows as CSV for spreadsheets.

    Notes
    -----
    Several values are separated by "; ". A cell that a spreadsheet would take for a formula begins with an apostrophe.

    References
    ----------
    RFC 4180; OWASP, CSV Injection.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(column.file for column in columns)
    writer.writerows([_harmless(text_of_value(value)) for value in row] for row in rows)
    return target.getvalue()


def text_of_value(value: Value) -> str:
    """Write a value as one text."""
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_START) else text
