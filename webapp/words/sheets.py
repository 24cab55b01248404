"""An answer as a spreadsheet: XLSX with typed cells, and CSV as Excel reads it.

References
----------
ECMA-376 Part 1, section 18.17.5 (serial dates); RFC 4180; OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from graph.files.exports import XLSX_TYPE
from graph.sparql.answer_terms import BOOLEAN, Labels, date_of, label_of, number_of
from graph.sparql.answers import AnswerTerm
from graph.views.list_files import FORMULA_START
from webapp.request.language import pgettext

__all__ = ["CSV_TYPE", "FORMULA_START", "XLSX_TYPE", "Sheet", "harmless", "write_csv", "write_xlsx"]

CSV_TYPE = "text/csv; charset=utf-8"
PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
LONGEST_TEXT = 32_767  # characters that Excel keeps in a cell
EXACT_DIGITS = 15  # digits that Excel keeps of a number
FIRST_DAY = date(1900, 3, 1)  # before it serial dates are off by one
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """Rows of an answer for a spreadsheet.

    Attributes
    ----------
    labels : mapping
        Names of IRIs; a column with any gets a second one with the names beside it.
    about : sequence of (str, str)
        What the second sheet says of the answer: edition, date, query.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[AnswerTerm | None]]
    labels: Labels
    about: Sequence[tuple[str, str]]

    @property
    def headings(self) -> list[str]:
        """Names of the columns, those of names after the ones they name."""
        return [heading for i, name in enumerate(self.columns) for heading in self._pair(i, name, self._named(name))]

    def lines(self) -> Iterator[list[AnswerTerm | str | None]]:
        """Give each row with its names: terms, texts, None where there is nothing."""
        named = [self.is_named(i) for i in range(len(self.columns))]
        for row in self.rows:
            line: list[AnswerTerm | str | None] = []
            for cell, has_names in zip(row, named, strict=True):
                line += [cell, self._name(cell)] if has_names else [cell]
            yield line

    def is_named(self, column: int) -> bool:
        """Whether any IRI of a column has a name."""
        return any(self._name(row[column]) for row in self.rows)

    def _pair(self, column: int, name: str, title: str) -> list[str]:
        return [name, title] if self.is_named(column) else [name]

    def _named(self, name: str) -> str:
        return f"{name} ({pgettext('column', 'name')})"

    def _name(self, cell: AnswerTerm | None) -> str | None:
        return label_of(cell, self.labels) if cell and cell.kind == "iri" and cell.value in self.labels else None


def write_csv(sheet: Sheet) -> bytes:
    """Write CSV for Excel: UTF-8 with a byte order mark, and no cell that would be run as a formula."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(map(harmless, sheet.headings))
    for line in sheet.lines():
        writer.writerow(harmless(_text(value)) for value in line)
    return target.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; a plain number stays one.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-5.2"), harmless("-5+cmd"), harmless("Most")
    ("'=1+1", '-5.2', "'-5+cmd", 'Most')
    """
    return f"'{text}" if text.startswith(FORMULA_START) and not PLAIN_NUMBER.fullmatch(text) else text


def write_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook of two sheets: the answer, and what is to be known of it. No cell is a formula or a link."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        answer = book.add_worksheet(pgettext("sheet", "Answer"))
        _headings(answer, sheet.headings, head)
        for i, line in enumerate(sheet.lines(), start=1):
            for j, value in enumerate(line):
                _write(answer, i, j, value, day)
        about = book.add_worksheet(pgettext("sheet", "About"))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 100)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for i, (name, text) in enumerate(sheet.about):
            about.write_string(i, 0, name, head)
            about.write_string(i, 1, text[:LONGEST_TEXT], wrapped)
    return target.getvalue()


def _headings(answer: Any, headings: Sequence[str], head: Any) -> None:
    for j, heading in enumerate(headings):
        answer.write_string(0, j, heading[:LONGEST_TEXT], head)
    answer.set_column(0, max(len(headings) - 1, 0), 28)
    answer.freeze_panes(1, 0)


def _write(sheet: Any, row: int, column: int, value: AnswerTerm | str | None, day_format: Any) -> None:
    text = _text(value)
    if not isinstance(value, AnswerTerm):
        if text:
            sheet.write_string(row, column, text[:LONGEST_TEXT])
        return
    number, day = number_of(value), date_of(value)
    if number is not None and len(number.as_tuple().digits) <= EXACT_DIGITS and abs(number.adjusted()) < 300:
        sheet.write_number(row, column, float(number))
    elif value.datatype == BOOLEAN and text in ("true", "false"):
        sheet.write_boolean(row, column, text == "true")
    elif len(day) == len(text) == 10 and date.fromisoformat(day) >= FIRST_DAY:
        sheet.write_datetime(row, column, date.fromisoformat(day), day_format)
    else:
        sheet.write_string(row, column, text[:LONGEST_TEXT])


def _text(value: AnswerTerm | str | None) -> str:
    if isinstance(value, AnswerTerm):
        return f"_:{value.value}" if value.kind == "blank_node" else value.value
    return value or ""
