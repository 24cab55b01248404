"""Analyses as files: JSON for programs, CSV and XLSX for people, a calendar and a feed of what ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Response, request

from graph.analyses.declared import Table
from graph.sheets.cells import Cell
from webapp.analyses.cells import column_heading, file_cells, file_names, file_value
from webapp.analyses.ending_files import calendar_file, feed_file
from webapp.analysis.said import Answer, Said
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.sheets import CSV_TYPE, XLSX_TYPE, about_lines, book, csv_bytes

__all__ = ["FILES", "MORE"]


def _json(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write all tables as JSON.

    Returns
    -------
    Response
        ``{"analysis", "edition", "on", "settings", "tables", "limits"}``; a table has `heading`, `total` and `rows`,
        and a row the columns by their names. Beside identifiers and codes stands what they are called, under their
        name and ``_text``.
    """
    tables = {
        table.name: {
            "heading": _(table.heading),
            "total": answer.number(table.name),
            "rows": [_object(visit, answer, table, row) for row in answer.rows[table.name]],
        }
        for table in _tables(answer)
    }
    document = {
        "analysis": answer.analysis.name,
        "edition": visit.facts.edition.identifier,
        "on": visit.on.day.isoformat(),
        "settings": {name: list(values) for name, values in answer.asked.values.items()},
        "tables": tables,
        "limits": [" ".join(limit) for limit in said.limits(visit, answer)],
    }
    return _sent(visit, answer, json.dumps(document, ensure_ascii=False, indent=1), "application/json", "json")


def _object(visit: Visit, answer: Answer, table: Table[Any], row: Any) -> dict[str, Any]:
    return {
        name: value
        for column in table.columns_for(answer.asked)
        for name, value in zip(file_names(column), file_value(visit, column, row), strict=True)
    }


def _csv(visit: Visit, answer: Answer, _said: Said) -> Response:
    """Write the table that is asked for, or the first one, as CSV for spreadsheets."""
    table = answer.analysis.table(request.args.get("table", ""))
    names = [name for column in table.columns_for(answer.asked) for name in file_names(column)]
    return _sent(visit, answer, csv_bytes([names, *_cells(visit, answer, table)]), CSV_TYPE, "csv", table.name)


def _xlsx(visit: Visit, answer: Answer, said: Said) -> Response:
    """Write the table that is asked for, or all of them, as a workbook; with ``fill`` with empty columns to fill in."""
    is_to_fill = bool(request.args.get("fill"))
    shown = list(_tables(answer))
    sheets = [
        (
            _(table.heading),
            [*_headings(visit, answer, table), *(map(_, table.to_fill) if is_to_fill else ())],
            _cells(visit, answer, table),
        )
        for table in shown
    ]
    address = visit.links.under_base(visit.links.here().replace(".xlsx", "", 1))
    number = sum(answer.number(table.name) for table in shown)
    about = about_lines(visit, said.title(visit, answer), number, address)
    about += [(_(setting.heading), ", ".join(answer.asked.values[setting.name]) or "–") for setting in
              answer.analysis.settings]  # fmt: skip
    about += [(_(table.heading), said.rules[table.name](visit, answer)) for table in shown if table.name in said.rules]
    about += said.limits(visit, answer)
    return _sent(visit, answer, book(sheets, about), XLSX_TYPE, "xlsx", shown[0].name if len(shown) == 1 else "")


def _headings(visit: Visit, answer: Answer, table: Table[Any]) -> Iterator[str]:
    identifier = pgettext("column", "identifier")
    for column in table.columns_for(answer.asked):
        heading = column_heading(visit, column)
        yield f"{heading} ({identifier})" if column.form.is_named else heading
        if column.form.is_named:
            yield heading


def _cells(visit: Visit, answer: Answer, table: Table[Any]) -> Iterator[list[Cell]]:
    for row in answer.rows[table.name]:
        yield [cell for column in table.columns_for(answer.asked) for cell in file_cells(visit, column, row)]


def _tables(answer: Answer) -> list[Table[Any]]:
    """Give the table that is asked for by its name, else all of them."""
    name = request.args.get("table", "")
    return [table for table in answer.analysis.tables if table.name == name] or list(answer.analysis.tables)


def _sent(visit: Visit, answer: Answer, content: str | bytes, kind: str, suffix: str, part: str = "") -> Response:
    response = Response(content, content_type=kind if "charset" in kind or isinstance(content, bytes) else
                        f"{kind}; charset=utf-8")  # fmt: skip
    words = ("krajina-analysis", answer.analysis.name, part, visit.on.day.isoformat())
    name = f"{'-'.join(filter(None, words))}.{suffix}"
    response.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return response


FILES: Mapping[str, Callable[[Visit, Answer, Said], Response]] = {"json": _json, "csv": _csv, "xlsx": _xlsx}
MORE: Mapping[str, Callable[[Visit, Answer, Said], Response]] = {"ics": calendar_file, "atom": feed_file}
