"""A list as a file: JSON for programs, CSV and XLSX for people; all rows of the choice, in its order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask import Response, json, request
from rdflib import XSD

from graph.records.records import Record
from graph.sparql.answers import AnswerTerm
from webapp.asof import asof
from webapp.language import _
from webapp.links import list_page, under_base
from webapp.listing.description import ListDescription, Value
from webapp.listing.lists import find
from webapp.query.spreadsheets import FORMULA_START, XLSX_TYPE, Sheet, write_xlsx
from webapp.resource.linked_data import LICENSE
from webapp.site import site
from webapp.typography import format_date

__all__ = ["FILES", "list_csv", "list_json", "list_xlsx"]


def list_json(description: ListDescription[Any]) -> Response:
    """Write the chosen records as JSON.

    Returns
    -------
    Response
        ``{"edition", "on", "total", "rows"}``; a row holds the fields of the description, a field with several
        values is a list, one that is not known is "" or an empty list.
    """
    found = find(description)
    rows = [{field.name: field.value(record) for field in description.fields} for record in found.records]
    answer = {"edition": site().edition.identifier, "on": asof().day, "total": len(rows), "rows": rows}
    return _file(
        json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=False, default=str),
        "application/json",
        description,
        "json",
    )


def list_csv(description: ListDescription[Any]) -> Response:
    """Write the chosen records as CSV for spreadsheets.

    Notes
    -----
    Begins with a byte order mark, as spreadsheets take Czech letters for another encoding without it. Several
    values are separated by "; ". A cell that a spreadsheet would take for a formula begins with an apostrophe.

    References
    ----------
    RFC 4180; OWASP, CSV Injection.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(field.name for field in description.fields)
    for record in find(description).records:
        writer.writerow(_cells(description, record))
    return _file("\N{ZERO WIDTH NO-BREAK SPACE}" + target.getvalue(), "text/csv", description, "csv")


def list_xlsx(description: ListDescription[Any]) -> Response:
    """Write the chosen records as a workbook; a second sheet says where they come from, and of which day."""
    found = find(description)
    columns = [field.name for field in description.fields]
    rows = [[_typed(field.value(record)) for field in description.fields] for record in found.records]
    facts = [
        (_("Title"), description.title()),
        (_("Day"), format_date(asof().day.isoformat())),
        (_("Edition"), site().edition.identifier),
        (_("Licence"), f"CC BY 4.0, {LICENSE}"),
        (_("Address of the view"), under_base(list_page(description.name, **request.args.to_dict(flat=False)))),
    ]
    return _file(write_xlsx(Sheet(columns, rows, {}, facts)), XLSX_TYPE, description, "xlsx")


FILES = {"json": list_json, "csv": list_csv, "xlsx": list_xlsx}


def _cells(description: ListDescription[Any], record: Record) -> Iterable[str]:
    for field in description.fields:
        text = _text(field.value(record))
        yield f"'{text}" if text.startswith(FORMULA_START) else text


def _typed(value: Value) -> AnswerTerm | None:
    if isinstance(value, int):
        return AnswerTerm(str(value), "literal", datatype=str(XSD.integer))
    return AnswerTerm(_text(value), "literal") if value else None


def _text(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _file(content: str | bytes, media_type: str, description: ListDescription[Any], suffix: str) -> Response:
    charset = "; charset=utf-8" if isinstance(content, str) else ""
    response = Response(content, content_type=f"{media_type}{charset}")
    name = f"krajina-{description.name.replace('/', '-')}-{asof().day.isoformat()}.{suffix}"
    response.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
