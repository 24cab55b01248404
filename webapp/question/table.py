"""The answer to a question as a table: the rows of its query with names, dates in words and the state of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from graph.questions.filled import FilledQuestion
from graph.records.reading import Form
from graph.records.records import Dated
from graph.sparql.store import Solution
from graph.views.region import with_broader
from webapp.question.sentences import CLASS_KINDS
from webapp.request.language import _, format_number, pgettext
from webapp.request.visit import Visit
from webapp.words.cells import (
    Cell,
    cell_markup,
    concept_label,
    kind_text,
    names_cell,
    number_cell,
    source_cell,
    state_cell,
)
from webapp.words.names import kind_label
from webapp.words.parts import Piece, areas, dated_text, piece, plain, web
from webapp.words.typography import format_date, format_money

__all__ = ["PAGE_SIZE", "AnswerTable", "table_of"]

PAGE_SIZE = 50
R = TypeVar("R")
# A column of dates may hold the name of a record instead (start and end of a chain): then it is shown as a name.
_DATES = ("day", "end", "issued", "last", "signed", "since", "start", "until")
_NUMBERS = (
    "activities", "agreements", "areas", "budget_eur", "ended", "eu_contribution_eur", "fund_eur", "funds", "projects",
    "records", "relations", "sources", "with_budget", "with_contribution",
)  # fmt: skip
_RECORDS = ("agreement", "activity", "item", "record")
_CLASS = re.compile(r".*/ontology#(\w+)\Z")
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


def table_of(visit: Visit, filled: FilledQuestion, rows: Sequence[Solution], page: int) -> AnswerTable:
    """Make the table of an answer; that of the main sentence has a row for each agreement or project.

    Parameters
    ----------
    page : int
        Number of the page, from 1; one beyond the last is the last.
    """
    question = filled.question
    if question.name == "cooperation":
        return _cooperation(visit, rows, page, filled.codes["area"])
    names = [name for name in rows[0] if name not in _LEFT_OUT]
    stated = next((name for name in _STATED if name in names), "")
    with_state = bool(stated) and any(isinstance(visit.library.get(row[stated]), Dated) for row in rows)
    ordered = sorted(rows, key=lambda row: _by_state(visit, row[stated])) if question.name == "agreements-on" else rows
    columns = [_column(visit, name, rows) for name in names] + [_state_column()] * with_state
    page, shown = _page_of(ordered, page)
    cells = (_cells(visit, row, names, stated if with_state else "") for row in shown)
    return AnswerTable(columns, [list(map(cell_markup, row)) for row in cells], page, len(rows))


def _page_of(rows: Sequence[R], page: int) -> tuple[int, Sequence[R]]:
    last = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(page, 1), last)
    return page, rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _cells(visit: Visit, row: Solution, names: Sequence[str], stated: str) -> list[Cell]:
    cells = [_value_cell(visit, name, row[name]) for name in names]
    if not row[names[0]]:
        cells[0] = Cell((Piece(_("no date") if names[0] == "year" else _("not stated")),))
    return [*cells, _state_cell(visit, row[stated])] if stated else cells


def _column(visit: Visit, name: str, rows: Sequence[Solution]) -> dict[str, object]:
    is_date = name in _DATES and not any(visit.library.get(row[name]) for row in rows)
    return {"title": _title(name, is_date=is_date), "num": name in _NUMBERS, "nb": is_date}


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
    cells = (_ground_row(visit, iri, of_record, area) for iri, of_record in shown)
    return AnswerTable(columns, [list(map(cell_markup, row)) for row in cells], page, len(grouped))


def _ground_row(visit: Visit, iri: str, rows: Sequence[Solution], area: str) -> tuple[Cell, ...]:
    record = visit.library.get(iri)
    assert isinstance(record, Dated)
    return (
        names_cell(visit, {row["who"] for row in rows}),
        names_cell(visit, {row["partner"] for row in rows}),
        Cell(_value_cell(visit, "", iri).pieces, small=_kind_and_areas(visit, record, area)),
        Cell((Piece(dated_text(visit, record, record.dated, "neuter")),)),
        _state_cell(visit, iri),
        source_cell(visit, record) if record.sources else number_cell(0),
    )


def _kind_and_areas(visit: Visit, record: Dated, area: str) -> tuple[Piece, ...]:
    """Word the kind of a record and its areas, of which only those in the chosen one when one was chosen."""
    library, chosen = visit.library, visit.iris.resource("areas", area)
    within = [iri for iri in record.areas if not area or chosen in with_broader(library, (iri,))]
    kind = kind_text(visit, record) or _("Project")
    listed = ", ".join(topic.text for topic in areas(visit, within))
    return (Piece(f"{kind}: {listed}" if listed else kind),)


def _title(column: str, *, is_date: bool = True) -> str:
    """Heading of a column."""
    if column in ("start", "end") and not is_date:
        return pgettext("chain", "From") if column == "start" else pgettext("chain", "To")
    return _TITLES[column]()


def _value_cell(visit: Visit, column: str, value: str) -> Cell:
    """Show a value: a record by its name with a link, a date and a sum in words, a code by its label."""
    if column in _TEXTS:
        return Cell(plain(_TEXTS[column](visit, value)))
    if not value:
        return Cell()
    record = visit.library.get(value)
    if record is not None:
        small = kind_text(visit, record) if column in _RECORDS else ""
        return Cell((piece(visit, value),), small=plain(small))
    if visit.iris.split(value):
        return Cell((piece(visit, value),))
    if name := _CLASS.match(value):
        return Cell(plain(kind_label(CLASS_KINDS.get(name[1], name[1]))))
    if column == "url":
        return Cell(web(value) or plain(value))
    if column in _NUMBERS:
        return Cell((Piece(format_number(int(value), lang=visit.language)),))
    return Cell(plain(format_date(value, lang=visit.language) if column in _DATES else value))


def _state_cell(visit: Visit, value: str) -> Cell:
    """Badge of a record on the day of the page; nothing for one that does not hold in time."""
    record = visit.library.get(value)
    return state_cell(visit, record) if isinstance(record, Dated) else Cell()


def _gap(_visit: Visit, code: str) -> str:
    return _("no source at all") if code == "none" else _("no source with an address")


def _yes_no(_visit: Visit, value: str) -> str:
    return _("yes") if value == "true" else _("no")


def _sum(visit: Visit, value: str) -> str:
    return format_money(value, lang=visit.language) if float(value or 0) else _("not stated")


# Columns whose values are words of their own.
_TEXTS: Mapping[str, Callable[[Visit, str], str]] = {
    "alone": _yes_no,
    "budget_eur": _sum,
    "ended_by": lambda visit, code: concept_label(visit, "end-reasons", code) if code else "",
    "eu_contribution_eur": _sum,
    "fund_eur": _sum,
    "gap": _gap,
    "is_direct": _yes_no,
    "year": lambda visit, year: year or _("no date"),
}
_TITLES: Mapping[str, Callable[[], str]] = {
    "activities": lambda: _("Events"),
    "activity": lambda: _("Event"),
    "agreement": lambda: _("Agreement"),
    "agreements": lambda: _("Agreements"),
    "alone": lambda: _("Only this source"),
    "area": lambda: _("Area"),
    "areas": lambda: _("Areas"),
    "body": lambda: pgettext("column", "Approved by"),
    "budget_eur": lambda: _("Budget"),
    "class": lambda: _("Kind"),
    "country": lambda: _("Country"),
    "day": lambda: _("Date"),
    "end": lambda: _("End"),
    "ended": lambda: pgettext("column", "Of them ended"),
    "ended_by": lambda: _("Ended by"),
    "eu_contribution_eur": lambda: _("Grant"),
    "fund_eur": lambda: pgettext("column", "Grants of the funds, not in the sums"),
    "funds": lambda: pgettext("column", "Umbrella funds"),
    "gap": lambda: pgettext("column", "What is missing"),
    "is_direct": lambda: pgettext("column", "Directly"),
    "issued": lambda: _("Published"),
    "item": lambda: _("Event"),
    "kind": lambda: _("Kind"),
    "last": lambda: pgettext("column", "Last event"),
    "mission": lambda: pgettext("column", "Mission"),
    "municipality": lambda: pgettext("column", "Municipality"),
    "narrower": lambda: _("Area"),
    "object": lambda: pgettext("column", "For what"),
    "office": lambda: pgettext("column", "Office"),
    "one": lambda: pgettext("column", "Who"),
    "organization": lambda: _("Organization"),
    "other": lambda: pgettext("column", "With whom"),
    "partner": lambda: _("Partner"),
    "place": lambda: _("Place in the document"),
    "plan": lambda: pgettext("column", "Plan"),
    "programme": lambda: _("Programme"),
    "projects": lambda: _("Projects"),
    "record": lambda: pgettext("column", "Record"),
    "records": lambda: _("Records"),
    "relation": lambda: pgettext("column", "How"),
    "relations": lambda: _("Other relations"),
    "resolution": lambda: pgettext("column", "Resolution"),
    "role": lambda: _("Role"),
    "signed": lambda: _("Signed"),
    "since": lambda: _("Since"),
    "source": lambda: _("Source"),
    "start": lambda: _("Start"),
    "supersedes": lambda: _("Supersedes"),
    "unit": lambda: pgettext("column", "Department"),
    "until": lambda: pgettext("column", "Until"),
    "url": lambda: _("Address"),
    "via": lambda: pgettext("column", "Through"),
    "visitor": lambda: pgettext("column", "Visitor"),
    "who": lambda: pgettext("column", "Who"),
    "with_budget": lambda: pgettext("column", "Projects with a budget"),
    "with_contribution": lambda: pgettext("column", "Projects with a grant"),
    "year": lambda: _("Year"),
}
