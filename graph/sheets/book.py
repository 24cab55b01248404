"""A workbook in XLSX: sheets of typed cells, none of which is a formula or a link.

References
----------
ECMA-376 Part 1, section 18.17.5 (serial dates).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from graph.sheets.cells import Cell, written

__all__ = ["XLSX_TYPE", "Sheet", "write_book"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # characters of the name of a sheet
LONGEST_TEXT = 32_767  # characters that Excel keeps in a cell
EXACT_DIGITS = 15  # digits that Excel keeps of a number
GREATEST = 300  # powers of ten that it has room for
FIRST_DAY = date(1900, 3, 1)  # before it serial dates are off by one
NO_GUESSES = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: the headings in bold in the first row, which stays in sight, and rows of cells.

    Attributes
    ----------
    name : str
        Cut to what a workbook allows.
    headings : sequence of str
        None for a sheet that explains: its first column is in bold then.
    widths : mapping
        Number of a column to its width in characters; 28 for the others.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Mapping[int, int] = field(default_factory=dict)


def write_book(
    target: Path | IO[bytes],
    sheets: Iterable[Sheet],
    *,
    properties: Mapping[str, str] | None = None,
    modified: str = "",
) -> None:
    """Write a workbook, a row after the other.

    Parameters
    ----------
    properties : mapping
        Title and comments of the document.
    modified : str
        Day that stands for the time of writing, so that the bytes are the same each time; "" for now.
    """
    # Not at the top: it takes a tenth of a second to import, and few ask for it.
    import xlsxwriter

    created = datetime.combine(date.fromisoformat(modified), time(), UTC) if modified else datetime.now(UTC)
    # It leaves its own temporary files behind where writing fails.
    with TemporaryDirectory(prefix="krajina-") if isinstance(target, Path) else nullcontext() as folder:
        kept = {"constant_memory": True, "tmpdir": folder} if folder else {"in_memory": True}
        book = xlsxwriter.Workbook(target, {**kept, **NO_GUESSES})
        book.set_properties({**(properties or {}), "created": created})
        forms = _Forms(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name[:LONGEST_NAME]), sheet, forms)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from error  # what the system says


class _Forms:
    def __init__(self, book: Any) -> None:
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def _write_sheet(page: Any, sheet: Sheet, forms: _Forms) -> None:
    if sheet.headings:
        page.set_column(0, len(sheet.headings) - 1, 28)
        page.freeze_panes(1, 0)
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, heading[:LONGEST_TEXT], forms.bold)
    for column, width in sheet.widths.items():
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=1 if sheet.headings else 0):
        for column, cell in enumerate(row):
            text_form = None if sheet.headings else forms.wrapped if column else forms.bold
            _write(page, number, column, cell, forms, text_form)


def _write(page: Any, row: int, column: int, cell: Cell, forms: _Forms, text_form: Any) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, cell)
        case int() | float() | Decimal() if _fits(Decimal(cell)):
            page.write_number(row, column, float(cell))
        case datetime() if cell.date() >= FIRST_DAY:
            page.write_datetime(row, column, cell.replace(tzinfo=None), forms.time)
        case date() if not isinstance(cell, datetime) and cell >= FIRST_DAY:
            page.write_datetime(row, column, cell, forms.day)
        case str():
            page.write_string(row, column, cell[:LONGEST_TEXT], text_form)
        case _:
            page.write_string(row, column, written(cell)[:LONGEST_TEXT], text_form)


def _fits(number: Decimal) -> bool:
    """Whether a spreadsheet keeps a number as it is."""
    if not number.is_finite() or abs(number.adjusted()) >= GREATEST:
        return False
    is_whole = number == number.to_integral_value()
    # Of a fraction with more digits, as measures are, the last ones are rounded off; of a whole number none may be.
    return len(number.as_tuple().digits) <= EXACT_DIGITS or (not is_whole and number.adjusted() < EXACT_DIGITS)
