"""An answer as a timeline, and as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.sparql.answers import AnswerTerm
from webapp.language import ngettext
from webapp.query.result_cells import label_of, show
from webapp.query.result_columns import Columns
from webapp.query.result_labels import address_of
from webapp.query.result_terms import date_of, number_of
from webapp.record.parts import Piece
from webapp.typography import format_date

__all__ = ["Bar", "Bars", "Event", "bars", "timeline"]

MOST_BARS = 100
OPEN_END = "~"  # sorts behind all digits: within a year what is known by the year alone comes first


@dataclass(frozen=True)
class Event:
    """A row of the timeline, as its macro reads it."""

    when: str
    what: Piece
    small: str
    open: bool


@dataclass(frozen=True)
class Bar:
    """A bar, as its macro reads it; `detail` is what is said after the number."""

    label: Piece
    total: float
    parts: tuple[tuple[str, float], ...]
    detail: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars in the order of the rows, the name of the column of numbers, and what was left out ("" for nothing)."""

    rows: tuple[Bar, ...]
    unit: str
    left_out: str


def timeline(columns: Columns) -> tuple[Event, ...]:
    """Rows by the first column of dates, newest first, those without a date last; empty without such a column."""
    label = columns.label_column()
    if not columns.dates or label is None:
        return ()
    column = columns.dates[0]
    rows = sorted(columns.table.rows, key=lambda row: date_of(row[column]) + OPEN_END, reverse=True)
    dated = [row for row in rows if date_of(row[column])]
    undated = [row for row in rows if not date_of(row[column])]
    return tuple(_event(row, column, label, columns) for row in dated + undated)


def bars(columns: Columns) -> Bars | None:
    """Rows by the first column of numbers; None when there is no such column, or any number is below 0."""
    numbers = [i for i in columns.numbers if not columns.degrees or i not in columns.degrees]
    label = columns.label_column()
    if not numbers or label is None:
        return None
    pairs = [(row, number) for row in columns.table.rows if (number := number_of(row[numbers[0]])) is not None]
    if any(number < 0 for _row, number in pairs):
        return None
    left = len(columns.table.rows) - len(pairs[:MOST_BARS])
    return Bars(
        tuple(_bar(row, label, number, columns) for row, number in pairs[:MOST_BARS]),
        columns.table.columns[numbers[0]],
        ngettext("%(num)s row is not drawn.", "%(num)s rows are not drawn.", left) if left else "",
    )


def _event(row: Sequence[AnswerTerm | None], column: int, label: int, columns: Columns) -> Event:
    day = date_of(row[column])
    others = [i for i in range(len(row)) if i not in (column, label) and row[i]]
    small = " · ".join(_small(row[i], columns.table.columns[i], columns) for i in others)
    return Event(format_date(day, "date"), _piece(row[label], columns), small, not day)


def _small(cell: AnswerTerm | None, column: str, columns: Columns) -> str:
    shown = show(cell, column, columns.labels)
    return f"{column}: {shown.text}" if shown else ""


def _bar(row: Sequence[AnswerTerm | None], label: int, number: Decimal, columns: Columns) -> Bar:
    total = int(number) if number == number.to_integral_value() else float(number)
    return Bar(_piece(row[label], columns), total, (("held", float(number)),))


def _piece(cell: AnswerTerm | None, columns: Columns) -> Piece:
    if cell is None:
        return Piece("–")
    if cell.kind == "iri":
        lang = columns.labels.get(cell.value, ("", ""))[1]
        return Piece(label_of(cell, columns.labels), lang, address_of(cell.value))
    return Piece(cell.value, cell.lang or "")
