"""Cells of the tables of analyses: as a page shows them, and as files hold them beside identifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from graph.analyses.declared import Column, Form, Value
from graph.analyses.proof import CLASSES
from graph.records.base import Dated
from graph.sheets.cells import Cell
from webapp.analyses.change_words import change_sentence
from webapp.listing.columns import list_words
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.cells import Cell as Shown
from webapp.words.cells import cell_markup, number_cell, parties_cell, state_cell
from webapp.words.names import heading_of, kind_label, name_of
from webapp.words.parts import Piece, claimed_pieces, piece, text_of
from webapp.words.typography import format_date, format_money, format_number, lower_first
from webapp.words.wording import badge

__all__ = ["code_words", "column_heading", "file_cells", "file_names", "file_value", "page_cell"]

FEW = 3
WHOLE = 1000  # from which a fraction is not shown


def column_heading(visit: Visit, column: Column[Any]) -> str:
    """Heading of a column in the reader's language."""
    return name_of(visit, column.about)[0] if column.about else _(column.heading)


def page_cell(visit: Visit, columns: Iterable[Column[Any]], column: Column[Any], row: Any) -> Markup:
    """Write what a page shows of a row in one of the columns of a table, with what stands small below it."""
    if column.form is Form.SENTENCE:
        return Markup(_sentence(visit, row, lambda iri: cell_markup(Shown((piece(visit, iri),)))))
    shown = _shown(visit, column, row)
    below = next((other for other in columns if other.name == column.below), None)
    if below and below.of(row):
        small = _shown(visit, below, row).pieces
        shown = Shown(shown.pieces, shown.opposite, shown.more, (*small, *shown.small), shown.badge)
    return cell_markup(shown)


def _shown(visit: Visit, column: Column[Any], row: Any) -> Shown:
    value = column.of(row)
    record = visit.library.get(row.record) if column.form is Form.STATE else None
    if isinstance(record, Dated):
        return state_cell(visit, record)
    if column.form is Form.DATE and not column.missing:
        return _text(format_date(str(value or ""), "neuter", lang=visit.language))
    if value in (None, "", ()):
        return _text(
            _(column.missing) if column.missing else _("not stated") if column.form.is_number else _("not found")
        )
    return _FORMS[column.form](visit, column, row, value)


def _sentence(visit: Visit, row: Any, named: Callable[[str], str]) -> str:
    """Word a change; beside what `named` makes of IRIs, all of it is text of messages."""
    return change_sentence(visit, row, code_words(visit, "kinds", row.kind), _states(visit, row), named)


def _states(visit: Visit, row: Any) -> tuple[str, str]:
    return code_words(visit, "states", row.before), code_words(visit, "states", row.after)


def _text(text: str) -> Shown:
    return Shown((Piece(text),))


def _records(visit: Visit, iris: tuple[str, ...]) -> Shown:
    few = iris if len(iris) <= FEW + 1 else iris[:FEW]
    return Shown(tuple(piece(visit, iri) for iri in few), more=len(iris) - len(few))


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value not in (None, "") else ()


def _sources(visit: Visit, row: Any, value: tuple[str, ...]) -> Shown:
    return number_cell(len(value), f"{visit.links.page(row.record)}#sources")


_FORMS: Mapping[Form, Callable[[Visit, Column[Any], Any, Any], Shown]] = {
    Form.TEXT: lambda _visit, _column, _row, value: _text(", ".join(_several(value))),
    Form.NOTE: lambda visit, _column, _row, value: Shown(_notes(visit, value)),
    Form.RECORD: lambda visit, _column, _row, value: _records(visit, _several(value)),
    Form.PARTIES: lambda visit, _column, _row, value: parties_cell(visit, _several(value)),
    Form.CONCEPT: lambda visit, _column, _row, value: _text(
        ", ".join(lower_first(name_of(visit, iri)[0]) for iri in _several(value))
    ),
    Form.WORDS: lambda visit, column, _row, value: _text(
        ", ".join(code_words(visit, column.words, code) for code in _several(value))
    ),
    Form.PROPERTY: lambda visit, _column, _row, value: _text(lower_first(heading_of(visit, value))),
    Form.CLAIMED: lambda visit, _column, row, value: Shown(_claimed(visit, row, value)),
    Form.NUMBER: lambda visit, _column, _row, value: _text(_number(visit, value)),
    Form.MONEY: lambda visit, _column, _row, value: _text(format_money(value, lang=visit.language)),
    Form.SOURCES: lambda visit, _column, row, value: _sources(visit, row, value),
}


def _number(visit: Visit, value: int | Decimal) -> str:
    """Write a number, a sum of money among others in whole units; a tenth is kept of what is measured."""
    if isinstance(value, Decimal):
        return format_number(round(value) if abs(value) >= WHOLE else float(value), lang=visit.language)
    return format_number(value, lang=visit.language)


def _claimed(visit: Visit, row: Any, values: tuple[str, ...]) -> tuple[Piece, ...]:
    about = visit.library.get(row.record)
    return tuple(text for value in values for text in claimed_pieces(visit, about, row.property, value))


def _notes(visit: Visit, iris: tuple[str, ...]) -> tuple[Piece, ...]:
    """Give what is noted on records, each text once, in the reader's language as far as there is one."""
    records = filter(None, map(visit.library.get, iris))
    return tuple(dict.fromkeys(text for record in records for text in text_of(visit, record.note)))


def code_words(visit: Visit, words: str, code: str) -> str:
    """Word a code of a set, of one that lists have too as they do; the code itself when nobody has words for it."""
    return _CODES[words](visit).get(code, code) if words in _CODES else list_words(visit, words, code)


_CODES: Mapping[str, Callable[[Visit], Mapping[str, str]]] = {
    "kinds": lambda _visit: {
        "agreements": pgettext("kind", "agreement"),
        "projects": pgettext("kind", "project"),
        "activities": pgettext("kind", "event"),
        "memberships": pgettext("kind", "membership"),
        "relations": pgettext("kind", "relation"),
    },
    "with": lambda _visit: {
        "anyone": _("with anybody there"),
        "home": _("with somebody of the region too"),
    },
    "changes": lambda _visit: {
        "begun": pgettext("change", "began"),
        "held": pgettext("change", "took place"),
        "passed": pgettext("change", "began and ended"),
        "ended": pgettext("change", "ended"),
        "superseded": pgettext("change", "was superseded"),
        "suspended": pgettext("change", "was suspended"),
        "resumed": pgettext("change", "goes on after a suspension"),
        "shown": pgettext("change", "a source shows it now"),
        "unshown": pgettext("change", "no source shows it any more"),
        "evidenced": pgettext("change", "a new source shows it"),
    },
    "states": lambda _visit: {
        "held": pgettext("change", "shown to hold"),
        "unknown": pgettext("change", "not shown"),
        "suspended": pgettext("change", "suspended"),
        "ended": pgettext("change", "at its end"),
    },
    "figures": lambda _visit: {
        "agreements": _("Agreements"),
        "going": _("of these not ended"),
        "of-region": _("of these of the region"),
        "of-municipalities": _("of these of municipalities"),
        "events": _("Events that took place"),
        "projects": _("Projects"),
        "with-grant": _("of these stating a grant"),
        "grants": _("EU contribution in euro"),
        "areas": _("Broadest areas touched"),
        "sources": _("Sources"),
        "single": _("Agreements with one source alone"),
        "differing": _("Values in which sources differ"),
        "towns": _("Organizations of ours in agreements of municipalities"),
        "towns-abroad": _("Municipalities on the other side"),
    },
    "weaknesses": lambda _visit: {
        "open": _("not verified"),
        "aged": _("only older evidence"),
        "undated": _("undated web page only"),
        "single": _("few sources"),
    },
    "classes": lambda _visit: {code: kind_label(code) for code in CLASSES},
    "precisions": lambda _visit: {
        "day": _("exact day"),
        "month": _("only the month is known"),
        "year": _("only the year is known"),
        "span": _("known within a time"),
    },
}


def file_names(column: Column[Any]) -> tuple[str, ...]:
    """Names of a column in files: of one with identifiers a second one for what they are called."""
    return (column.name, f"{column.name}_text") if column.form.is_named else (column.name,)


def file_value(visit: Visit, column: Column[Any], row: Any) -> tuple[Any, ...]:
    """Give what a program reads of a row, for each of `file_names`; several values are a list."""
    if column.form is Form.SENTENCE:
        return (_sentence(visit, row, lambda iri: name_of(visit, iri)[0]),)
    value = column.of(row)
    plain = list(value) if isinstance(value, tuple) else value if isinstance(value, str | int | None) else float(value)
    return (plain, _named(visit, column, row, value)) if column.form.is_named else (plain,)


def file_cells(visit: Visit, column: Column[Any], row: Any) -> list[Cell]:
    """Give what a spreadsheet holds of a row, for each of `file_names`."""
    if column.form is Form.SENTENCE:
        return [_sentence(visit, row, lambda iri: name_of(visit, iri)[0])]
    named = _named(visit, column, row, column.of(row)) if column.form.is_named else ""
    text = "; ".join(named) if isinstance(named, list) else named
    return [column.cell(row), *([text or None] if column.form.is_named else [])]


def _named(visit: Visit, column: Column[Any], row: Any, value: Value) -> str | list[str]:
    if column.form is Form.STATE:
        record = visit.library.get(row.record)
        words = badge(visit, record) if isinstance(record, Dated) else None
        return " ".join(filter(None, (words.word, words.detail))) if words else ""
    if column.form is Form.WORDS:
        names = [code_words(visit, column.words, code) for code in _several(value)]
    elif column.form is Form.CLAIMED:
        names = [text.text for text in _claimed(visit, row, _several(value))]
    elif column.form is Form.NOTE:
        names = [text.text for text in _notes(visit, _several(value))]
    elif column.form is Form.PROPERTY:
        names = [heading_of(visit, iri) for iri in _several(value)]
    else:
        names = [name_of(visit, iri)[0] for iri in _several(value)]
    return names if isinstance(value, tuple) else "".join(names)
