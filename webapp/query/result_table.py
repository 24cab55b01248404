"""The table of an answer: headings that sort, cells, and the place of each cell in the order of its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.sparql.answers import TermTable
from webapp.query.result_asked import Asked
from webapp.query.result_cells import Shown, is_numeric, ranks, show
from webapp.query.result_labels import Labels

__all__ = ["Heading", "ResultTable", "make_table"]


@dataclass(frozen=True)
class Heading:
    """A column: its variable, where a click leads, ``ascending``, ``descending`` or "", whether all are numbers."""

    name: str
    href: str
    sort: str
    numeric: bool


@dataclass(frozen=True)
class ResultTable:
    """Headings, and rows of pairs: the cell or None, and its rank in the column (-1 where nothing is bound)."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[tuple[Shown | None, int], ...], ...]


def make_table(table: TermTable, labels: Labels, asked: Asked) -> ResultTable:
    """Lay out a table in the order that the address asks for; unknown columns leave the order of the answer."""
    columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
    headings = tuple(_heading(name, asked, is_numeric(columns[i])) for i, name in enumerate(table.columns))
    places = ranks(table, labels)
    rows = [
        tuple((show(cell, name, labels), rank) for cell, name, rank in zip(row, table.columns, line, strict=True))
        for row, line in zip(table.rows, places, strict=True)
    ]
    order = sorted_rows(places, table.columns, asked.sort)
    return ResultTable(headings, tuple(rows[i] for i in order))


def sorted_rows(places: Sequence[Sequence[int]], columns: Sequence[str], sort: str) -> list[int]:
    """Numbers of the rows in the order of a column, those without a value last either way; a stable sort."""
    name, order = sort.removeprefix("-"), list(range(len(places)))
    if name not in columns:
        return order
    column = list(columns).index(name)
    bound = [i for i in order if places[i][column] >= 0]
    bound.sort(key=lambda i: places[i][column], reverse=sort.startswith("-"))
    return bound + [i for i in order if places[i][column] < 0]


def _heading(name: str, asked: Asked, numeric: bool) -> Heading:
    sort = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    return Heading(name, asked.address(sort=f"-{name}" if sort == "ascending" else name), sort, numeric)
