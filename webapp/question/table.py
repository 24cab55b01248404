"""The answer to a question as a table: the rows of its query with names, dates in words and the state of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from graph.records.reading import Form
from graph.records.records import Dated
from graph.sparql.store import Solution
from graph.views.region import with_broader
from webapp.question.asked import Asked
from webapp.question.columns import DATES, NUMBERS, state_of, title_of, value_cell
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, cell_markup, kind_text, names_cell, number_cell, source_cell
from webapp.words.parts import Piece, areas
from webapp.words.typography import format_date

__all__ = ["PAGE_SIZE", "AnswerTable", "table_of"]

PAGE_SIZE = 50
R = TypeVar("R")
# Columns that are told otherwise: by the sentence, by the badge of the state.
_LEFT_OUT = ("basis", "day", "home", "state", "status")
# What has a state, in the order of preference.
_STATED = ("agreement", "record", "activity", "item")


@dataclass(frozen=True)
class AnswerTable:
    """Columns as the macro ``table`` takes them, the rows of cells of one page, its number, and that of all rows."""

    columns: list[dict[str, object]]
    rows: list[list[Markup]]
    page: int
    total: int


def table_of(visit: Visit, asked: Asked, rows: Sequence[Solution], page: int) -> AnswerTable:
    """Make the table of an answer; that of the main sentence has a row for each agreement or project.

    Parameters
    ----------
    page : int
        Number of the page, from 1; one beyond the last is the last.
    """
    question = asked.question
    if question.name == "cooperation":
        return _cooperation(visit, rows, page, asked.codes["area"])
    names = [name for name in rows[0] if name not in _LEFT_OUT]
    stated = next((name for name in _STATED if name in names), "")
    with_state = bool(stated) and any(isinstance(visit.library.get(row[stated]), Dated) for row in rows)
    ordered = sorted(rows, key=lambda row: _by_state(visit, row[stated])) if question.name == "agreements-on" else rows
    columns = [_column(name, rows) for name in names] + [_state_column()] * with_state
    page, shown = _page_of(ordered, page)
    cells = (_cells(visit, row, names, stated if with_state else "") for row in shown)
    return AnswerTable(columns, [list(map(cell_markup, row)) for row in cells], page, len(rows))


def _page_of(found: Sequence[R], page: int) -> tuple[int, Sequence[R]]:
    last = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), last)
    return page, found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _cells(visit: Visit, row: Solution, names: Sequence[str], stated: str) -> list[Cell]:
    cells = [value_cell(visit, name, row[name]) for name in names]
    if not row[names[0]]:
        cells[0] = Cell((Piece(_("no date") if names[0] == "year" else _("not stated")),))
    return [*cells, state_of(visit, row[stated])] if stated else cells


def _column(name: str, rows: Sequence[Solution]) -> dict[str, object]:
    is_date = name in DATES and not any(this_visit().library.get(row[name]) for row in rows)
    return {"title": title_of(name, is_date=is_date), "num": name in NUMBERS, "nb": is_date}


def _state_column() -> dict[str, object]:
    return {"title": _("State")}


def _by_state(visit: Visit, iri: str) -> tuple[int, str]:
    record = visit.library.agreements[iri]
    return list(Form).index(visit.state(record).form), iri


def _cooperation(visit: Visit, rows: Sequence[Solution], page: int, area: str) -> AnswerTable:
    grouped: dict[str, list[Solution]] = {}
    for row in rows:
        grouped.setdefault(row["record"], []).append(row)
    columns: list[dict[str, object]] = [
        {"title": pgettext("column", "Who")},
        {"title": _("Partner")},
        {"title": pgettext("column", "Ground")},
        {"title": _("Since"), "nb": True},
        _state_column(),
        {"title": _("Sources"), "num": True},
    ]
    page, shown = _page_of(list(grouped.items()), page)
    cells = (_ground_row(visit, iri, found, area) for iri, found in shown)
    return AnswerTable(columns, [list(map(cell_markup, row)) for row in cells], page, len(grouped))


def _ground_row(visit: Visit, iri: str, rows: Sequence[Solution], area: str) -> tuple[Cell, ...]:
    record = visit.library.get(iri)
    assert isinstance(record, Dated)
    return (
        names_cell(visit, {row["who"] for row in rows}),
        names_cell(visit, {row["partner"] for row in rows}),
        Cell(value_cell(visit, "", iri).pieces, small=_kind_and_areas(visit, record, area)),
        Cell((Piece(format_date(record.dated, "neuter", lang=visit.language)),)),
        state_of(visit, iri),
        source_cell(visit, record) if record.sources else number_cell(0),
    )


def _kind_and_areas(visit: Visit, record: Dated, area: str) -> tuple[Piece, ...]:
    """Word the kind of a record and its areas, of which only those in the chosen one when one was chosen."""
    library, chosen = visit.library, visit.iris.resource("areas", area)
    within = [iri for iri in record.areas if not area or chosen in with_broader(library, (iri,))]
    kind = kind_text(visit, record) or _("Project")
    found = ", ".join(one.text for one in areas(visit, within))
    return (Piece(f"{kind}: {found}" if found else kind),)
