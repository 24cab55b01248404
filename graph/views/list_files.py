"""A list as text for programs and for spreadsheets: the columns of its files, all rows of a choice, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from graph.sheets.cells import Cell, Holds, cell_of, csv_text
from graph.views.columns import ListColumn, Value
from graph.views.facets import FactsOn

__all__ = ["csv_of", "json_of", "list_cell"]


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
    """Write rows as CSV, see `graph.sheets.cells.csv_text`; several values are separated by "; "."""
    columns = list(columns)
    cells = ([list_cell(column, value) for column, value in zip(columns, row, strict=True)] for row in rows)
    return csv_text([[column.file for column in columns], *cells])


def list_cell(column: ListColumn[Any], value: Value) -> Cell:
    """Make of the value of a column what a spreadsheet computes with."""
    if isinstance(value, tuple):
        return cell_of("; ".join(value), Holds.TEXT)
    return value if isinstance(value, int) else cell_of(value, column.holds)
