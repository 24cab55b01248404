"""A list as a file: JSON for programs, CSV and XLSX for people; all rows of the choice, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request

from graph.views.columns import ListDescription, Value
from graph.views.list_files import csv_of, json_of, list_cell
from webapp.listing.columns import file_value, heading_text
from webapp.listing.page import chosen_by_request
from webapp.request.language import _
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit, this_visit
from webapp.words.sheets import XLSX_TYPE, workbook
from webapp.words.typography import format_date

__all__ = ["FILES", "list_csv", "list_json", "list_xlsx"]


def list_json(description: ListDescription[Any]) -> Response:
    """Write the chosen records as JSON, see `graph.views.list_files.json_of`."""
    visit = this_visit()
    content = json_of(visit.reader, description.in_files, _rows(visit, description))
    return _file(visit, content, "application/json", description, "json")


def list_csv(description: ListDescription[Any]) -> Response:
    """Write the chosen records as CSV for spreadsheets, see `graph.views.list_files.csv_of`.

    Notes
    -----
    Begins with a byte order mark, as spreadsheets take Czech letters for another encoding without it.
    """
    visit = this_visit()
    content = csv_of(description.in_files, _rows(visit, description))
    return _file(visit, f"\N{ZERO WIDTH NO-BREAK SPACE}{content}", "text/csv", description, "csv")


def list_xlsx(description: ListDescription[Any]) -> Response:
    """Write the chosen records as a workbook; a second sheet says where they come from, and of which day."""
    visit = this_visit()
    address = visit.links.list_page(description.address, **request.args.to_dict(flat=False))
    about = [
        (_("Title"), heading_text(description.heading, visit.language)),
        (_("Day"), format_date(visit.on.day.isoformat(), lang=visit.language)),
        (_("Edition"), visit.facts.edition.identifier),
        (_("Licence"), f"CC BY 4.0, {LICENSE}"),
        (_("Address of the view"), visit.links.under_base(address)),
    ]
    columns = description.in_files
    rows = ([list_cell(*pair) for pair in zip(columns, row, strict=True)] for row in _rows(visit, description))
    content = workbook([column.file for column in columns], rows, about)
    return _file(visit, content, XLSX_TYPE, description, "xlsx")


FILES: Mapping[str, Callable[[ListDescription[Any]], Response]] = {
    "json": list_json,
    "csv": list_csv,
    "xlsx": list_xlsx,
}


def _rows(visit: Visit, description: ListDescription[Any]) -> list[list[Value]]:
    """Values of the chosen records, in the order of the choice and of the columns of files."""
    columns = description.in_files
    records = chosen_by_request(visit, description).records
    return [[file_value(visit, column, record) for column in columns] for record in records]


def _file(
    visit: Visit, content: str | bytes, media_type: str, description: ListDescription[Any], suffix: str
) -> Response:
    charset = "; charset=utf-8" if isinstance(content, str) else ""
    response = Response(content, content_type=f"{media_type}{charset}")
    name = f"krajina-{description.address.replace('/', '-')}-{visit.on.day.isoformat()}.{suffix}"
    response.headers["Content-Disposition"] = f'{"inline" if suffix == "json" else "attachment"}; filename="{name}"'
    return response
