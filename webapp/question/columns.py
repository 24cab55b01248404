"""What the columns of the answers are called, and how their values are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from graph.records.records import Dated
from webapp.question.options import CLASS_KINDS
from webapp.request.language import _, format_number, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, concept_label, kind_text, state_cell
from webapp.words.names import kind_label
from webapp.words.parts import Piece, piece, plain, web
from webapp.words.typography import format_date, format_money

__all__ = ["DATES", "NUMBERS", "state_of", "title_of", "value_cell"]

# A column of dates may hold the name of a record instead (start and end of a chain): then it is shown as a name.
DATES = ("day", "end", "issued", "last", "signed", "since", "start", "until")
NUMBERS = (
    "activities", "agreements", "areas", "budget_eur", "ended", "eu_contribution_eur", "projects", "records",
    "relations", "sources", "with_budget", "with_contribution",
)  # fmt: skip
_RECORDS = ("agreement", "activity", "item", "record")
_CLASS = re.compile(r".*/ontology#(\w+)\Z")


def title_of(column: str, *, is_date: bool = True) -> str:
    """Heading of a column."""
    if column in ("start", "end") and not is_date:
        return pgettext("chain", "From") if column == "start" else pgettext("chain", "To")
    return _TITLES[column]()


def value_cell(visit: Visit, column: str, value: str) -> Cell:
    """Show a value: a record by its name with a link, a date and a sum in words, a code by its label."""
    if column in _WORDS:
        return Cell(plain(_WORDS[column](value)))
    if not value:
        return Cell()
    record = visit.library.get(value)
    if record is not None:
        small = kind_text(visit, record) if column in _RECORDS else ""
        return Cell((piece(visit, value),), small=plain(small))
    if visit.iris.split(value):
        return Cell((piece(visit, value),))
    found = _CLASS.match(value)
    if found:
        return Cell(plain(kind_label(CLASS_KINDS.get(found[1], found[1]))))
    if column == "url":
        return Cell(web(value) or plain(value))
    if column in NUMBERS:
        return Cell((Piece(format_number(int(value), lang=visit.language)),))
    return Cell(plain(format_date(value, lang=visit.language) if column in DATES else value))


def state_of(visit: Visit, value: str) -> Cell:
    """Badge of a record on the day of the page; nothing for one that does not hold in time."""
    record = visit.library.get(value)
    return state_cell(visit, record) if isinstance(record, Dated) else Cell()


def _gap(code: str) -> str:
    return _("no source at all") if code == "none" else _("no source with an address")


def _yes_no(value: str) -> str:
    return _("yes") if value == "true" else _("no")


_WORDS: Mapping[str, Callable[[str], str]] = {
    "alone": _yes_no,
    "budget_eur": lambda value: (
        format_money(value, lang=this_visit().language) if float(value or 0) else _("not stated")
    ),
    "ended_by": lambda code: concept_label(this_visit(), "end-reasons", code) if code else "",
    "eu_contribution_eur": lambda value: (
        format_money(value, lang=this_visit().language) if float(value or 0) else _("not stated")
    ),
    "gap": _gap,
    "is_direct": _yes_no,
    "year": lambda year: year or _("no date"),
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
