"""Reads workbooks back as a spreadsheet shows them: numbers, truth values, days and times by the form of the cell."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import TypeAlias
from xml.etree import ElementTree as ET

__all__ = ["Value", "read_book"]

Value: TypeAlias = str | float | bool | datetime | None
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = datetime(1899, 12, 30)  # of serial dates since March 1900
ESCAPED = re.compile("_x([0-9A-F]{4})_")


def read_book(content: bytes) -> dict[str, list[list[Value]]]:
    """Give the rows of each sheet by its name; a day is a datetime at midnight.

    Raises
    ------
    AssertionError
        A cell is a formula or an error.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [sheet.get("name", "") for sheet in _root(book, "xl/workbook.xml").iter(f"{MAIN}sheet")]
        shared = [_text(item) for item in _root(book, "xl/sharedStrings.xml")] if _has_shared(book) else []
        dated = _dated(_root(book, "xl/styles.xml"))
        return {
            name: [
                _row(row, shared, dated) for row in _root(book, f"xl/worksheets/sheet{number}.xml").iter(f"{MAIN}row")
            ]
            for number, name in enumerate(names, start=1)
        }


def _has_shared(book: zipfile.ZipFile) -> bool:
    return "xl/sharedStrings.xml" in book.namelist()


def _root(book: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(name))


def _dated(styles: ET.Element) -> set[int]:
    """Give the styles that show a number as a day."""
    days = {form.get("numFmtId") for form in styles.iter(f"{MAIN}numFmt") if "yy" in form.get("formatCode", "")}
    forms = styles.find(f"{MAIN}cellXfs")
    assert forms is not None
    return {number for number, form in enumerate(forms) if form.get("numFmtId") in days}


def _row(row: ET.Element, shared: list[str], dated: set[int]) -> list[Value]:
    cells: list[Value] = []
    for cell in row:
        letters = re.sub(r"\d", "", cell.get("r", ""))
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        cells += [None] * (column - len(cells))
        cells[column - 1] = _value(cell, shared, dated)
    return cells


def _value(cell: ET.Element, shared: list[str], dated: set[int]) -> Value:
    assert cell.find(f"{MAIN}f") is None, "a formula"
    text = cell.findtext(f"{MAIN}v", "")
    match cell.get("t", "n"):
        case "s":
            return shared[int(text)]
        case "inlineStr":
            return _text(cell)
        case "b":
            return text == "1"
        case "n":
            number = float(text) if text else None
            is_day = number is not None and int(cell.get("s", "0")) in dated
            return EPOCH + timedelta(days=number) if is_day and number is not None else number
    raise AssertionError(cell.get("t"))


def _text(element: ET.Element) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(element.itertext()))
