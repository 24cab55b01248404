"""All tables as one workbook: a sheet for each, and a first one that says what they are."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

__all__ = ["XLSX_TYPE", "write_workbook"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LONGEST_NAME = 31  # characters of the name of a sheet
LONGEST_TEXT = 32_767  # characters that Excel keeps in a cell
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(tables: Path, target: Path, about: Mapping[str, str], modified: str) -> None:
    """Write the tables of a folder as XLSX; all cells are text, none is a formula or a link.

    Parameters
    ----------
    about : mapping
        Lines of the first sheet: title, edition, licence.
    modified : str
        Date of the facts, which stands for the time of writing, so that the bytes are the same each time.
    """
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        created = datetime.combine(date.fromisoformat(modified), time(), UTC)
        book.set_properties({"title": about.get("title", ""), "created": created, "comments": about.get("license", "")})
        bold = book.add_format({"bold": True})
        first = book.add_worksheet("about")
        first.set_column(0, 1, 40)
        for number, (name, text) in enumerate(about.items()):
            first.write_string(number, 0, name, bold)
            first.write_string(number, 1, text)
        for path in sorted(tables.glob("*.csv")):
            _sheet(book.add_worksheet(path.stem[:LONGEST_NAME]), path, bold)


def _sheet(sheet: Any, path: Path, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 30)
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines)):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text[:LONGEST_TEXT], bold if number == 0 else None)
