"""An answer as a spreadsheet: XLSX with typed cells, and CSV as Excel reads it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.sheets.book import XLSX_TYPE, write_book
from graph.sheets.book import Sheet as BookSheet
from graph.sheets.cells import Cell, Holds, cell_of, csv_text
from graph.sparql.answer_terms import BOOLEAN, DATES, NUMERIC, STRING, Labels, date_of, label_of
from graph.sparql.answers import AnswerTerm
from webapp.request.language import _, ngettext, pgettext
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit
from webapp.words.typography import format_date

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "Sheet",
    "about_lines",
    "book",
    "csv_bytes",
    "term_cell",
    "workbook",
    "write_csv",
    "write_xlsx",
]

CSV_TYPE = "text/csv; charset=utf-8"


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

    def cells(self) -> Iterator[list[Cell]]:
        """Give each row with its names."""
        named = [self.is_named(i) for i in range(len(self.columns))]
        for row in self.rows:
            line: list[Cell] = []
            for term, has_names in zip(row, named, strict=True):
                line += [term_cell(term), self._name(term)] if has_names else [term_cell(term)]
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


def term_cell(term: AnswerTerm | None) -> Cell:
    """Make of a term what a spreadsheet computes with; a plain text counts as a date when it is written as a day."""
    if term is None:
        return None
    if term.kind == "blank_node":
        return f"_:{term.value}"
    if term.datatype == STRING:
        return cell_of(term.value, Holds.DATE if len(date_of(term)) == len(term.value) else Holds.TEXT)
    holds = Holds.NUMBER if term.datatype in NUMERIC else Holds.DATE if term.datatype in DATES else Holds.TEXT
    return cell_of(term.value, Holds.BOOLEAN if term.datatype == BOOLEAN else holds)


def write_csv(sheet: Sheet) -> bytes:
    """Write CSV for Excel, see `csv_bytes`."""
    return csv_bytes([sheet.headings, *sheet.cells()])


def csv_bytes(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Write `graph.sheets.cells.csv_text` with a byte order mark, without which spreadsheets misread Czech letters."""
    return csv_text(rows).encode("utf-8-sig")


def write_xlsx(sheet: Sheet) -> bytes:
    """Write an answer as a workbook, see `workbook`."""
    return workbook(sheet.headings, sheet.cells(), sheet.about)


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Cell]], about: Sequence[tuple[str, str]]) -> bytes:
    """Write a workbook of two sheets: the rows, and what is to be known of them."""
    return book([(pgettext("sheet", "Answer"), headings, rows)], about)


def book(
    tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]], about: Sequence[tuple[str, str]]
) -> bytes:
    """Write a workbook of several tables, each with its name and headings, and of what is to be known of them."""
    target = io.BytesIO()
    sheets = [BookSheet(_searchable(name), list(map(_searchable, headings)), rows) for name, headings, rows in tables]
    told = [tuple(map(_searchable, line)) for line in about]
    write_book(target, [*sheets, BookSheet(pgettext("sheet", "About"), (), told, {0: 24, 1: 100})])
    return target.getvalue()


def about_lines(visit: Visit, title: str, number: int, address: str) -> list[tuple[str, str]]:
    """Say what a sheet of so many rows is: of which day and edition, from where, under which licence."""
    edition, base = visit.facts.edition, visit.facts.settings.base
    return [
        (_("Title"), title),
        (_("Rows"), ngettext("%(num)s row", "%(num)s rows", number)),
        (_("Day"), format_date(visit.on.day.isoformat(), lang=visit.language)),
        (_("Edition"), edition.identifier),
        (_("Date of the data"), format_date(edition.modified, lang=visit.language) or "–"),
        (pgettext("sheet", "Source"), f"Krajina, {base}/"),
        (_("Licence"), f"CC BY 4.0, {LICENSE}"),
        (_("Address of the view"), address),
        (
            pgettext("sheet", "Identifiers"),
            _("Addresses and codes stand beside the names that they have on the pages."),
        ),
        (pgettext("sheet", "Dates"), _("A year or a month alone is text: no source gives the day.")),
    ]


def _searchable(text: str) -> str:
    """Write spaces that do not break as plain ones, which those who search in a sheet type."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
