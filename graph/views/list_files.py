"""A list as text for programs and for spreadsheets: the columns of its files, all rows of a choice, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from graph.sheets.cells import Cell, Holds, cell_of, csv_text, json_number
from graph.views.columns import ListColumn, Value
from graph.views.facets import FactsOn

__all__ = ["csv_of", "json_of", "list_cell"]


def json_of(at: FactsOn, columns: Iterable[ListColumn[Any]], rows: Sequence[Sequence[Value]]) -> str:
    """Write rows as JSON.

    Returns
    -------
    str
        ``{"edition", "on", "total", "rows"}``; a row holds the columns by their names in files, one with several
        values is a list. Numbers are numbers with their own digits, dates texts. What is not known is "", an empty
        list, or null where a number or a boolean would stand.
    """
    columns = list(columns)
    answer = {
        "edition": at.facts.edition.identifier,
        "on": at.on.day.isoformat(),
        "total": len(rows),
        "rows": [
            {column.file: _json_value(column, value) for column, value in zip(columns, row, strict=True)}
            for row in rows
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def csv_of(columns: Iterable[ListColumn[Any]], rows: Iterable[Iterable[Value]]) -> str:
    """Write rows as CSV, see `graph.sheets.cells.csv_text`; several values are separated by "; "."""
    columns = list(columns)
    cells = ([list_cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows)
    return csv_text([[column.file for column in columns], *cells])


def _json_value(column: ListColumn[Any], value: Value) -> Value | float | None:
    if isinstance(value, tuple | int) or column.holds not in (Holds.NUMBER, Holds.BOOLEAN):
        return value
    cell = cell_of(value, column.holds)
    return json_number(cell) if isinstance(cell, Decimal) else cast("str | bool | None", cell)


def list_cell(column: ListColumn[Any], value: Value) -> Cell:
    """Make of the value of a column what a spreadsheet computes with."""
    if isinstance(value, tuple):
        return cell_of("; ".join(value), Holds.TEXT)
    return value if isinstance(value, int) else cell_of(value, column.holds)
