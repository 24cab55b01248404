"""A list as a file: JSON for programs, CSV and XLSX for people; all rows of the choice, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request

from graph.views.columns import ListDescription, Value
from graph.views.list_files import csv_of, json_of
from webapp.listing.charts import list_chart
from webapp.listing.columns import file_value
from webapp.listing.page import chosen_by_request
from webapp.listing.sheet import list_about, list_headings, list_rows
from webapp.request.visit import Visit, this_visit
from webapp.words.charts import chart_response
from webapp.words.sheets import XLSX_TYPE, workbook

__all__ = ["FILES", "list_csv", "list_json", "list_svg", "list_xlsx"]


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
    """Write the chosen records as a workbook; see `webapp.listing.sheet`."""
    visit = this_visit()
    address = visit.links.list_page(description.address, **request.args.to_dict(flat=False))
    records = chosen_by_request(visit, description).records
    about = list_about(visit, description, len(records), visit.links.under_base(address))
    content = workbook(list_headings(visit, description), list_rows(visit, description, records), about)
    return _file(visit, content, XLSX_TYPE, description, "xlsx")


def list_svg(description: ListDescription[Any]) -> Response:
    """Draw the chosen records as a chart, which ``by`` names; see `webapp.listing.charts.list_chart`."""
    visit, by = this_visit(), request.args.get("by", "")
    chart = list_chart(visit, description, chosen_by_request(visit, description), by)
    return chart_response(visit, chart, f"krajina-{description.address}-{chart.key}")


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
