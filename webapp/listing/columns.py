"""Columns and facets of lists in words: headings, cells by form, labels of codes, what files say in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale, UnknownLocaleError
from rdflib import DCTERMS

from graph.records.reading import Form
from graph.records.records import TOOK_PLACE, Record
from graph.views.columns import CellForm, ListColumn, Value
from graph.views.dated_lists import ACTIVITIES
from graph.views.facets import HeadingText, ListFacet
from graph.views.measures import community_hub, measures
from graph.views.region import Side, Whereabouts
from graph.views.shared_columns import DIFFER, NO, NONE, UNDATED, YES
from webapp.request.language import _, format_number, format_share, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.bases import marked
from webapp.words.cells import (
    Cell,
    concept_label,
    country_pieces,
    date_cell,
    names_cell,
    number_cell,
    parties_cell,
    source_cell,
    state_cell,
    title_cell,
)
from webapp.words.parts import Piece, between, dated_text
from webapp.words.typography import format_date, format_money
from webapp.words.wording import agreement_state, badge

__all__ = ["cell", "code_label", "facet_heading", "file_value", "heading_text", "list_words"]


def heading_text(heading: HeadingText, language: str) -> str:
    """Word a heading in the reader's language."""
    return (_(heading) if heading else "") if isinstance(heading, str) else heading[language]


def facet_heading(visit: Visit, facet: ListFacet[Any]) -> str:
    """Heading of a facet; of one that tells the day, with a past day in it."""
    if facet.tells_day and visit.on.is_past:
        return _("State on %(day)s", day=format_date(visit.on.day.isoformat(), lang=visit.language))
    return heading_text(facet.heading, visit.language)


def code_label(visit: Visit, facet: ListFacet[Any], code: str) -> str:
    """Text of a code of a facet in the reader's language; the code itself when nobody has words for it."""
    if facet.words:
        return list_words(visit, facet.words, code)
    if code == NONE:
        return _("not stated")
    return facet.label(visit.reader, code) if facet.label else concept_label(visit, facet.scheme, code)


def list_words(visit: Visit, words: str, code: str) -> str:
    """Word a code of a set that is no code list of the data; the code itself when nobody has words for it."""
    return _CODES[words](visit, code)


def file_value(visit: Visit, column: ListColumn[Any], record: Any) -> Value:
    """Give what a file says of a record; words where the column is of words."""
    if column.value is not None:
        return column.value(visit.reader, record)
    words = badge(visit, record)
    return " ".join(filter(None, (words.word, words.detail)))


def cell(visit: Visit, column: ListColumn[Any], record: Record) -> Cell:
    """Make what stands in a column of the page for a record."""
    value = file_value(visit, column, record)
    shown = _CELLS[column.form](visit, column, record, value)
    small = tuple(Piece(text, tag) for text, tag in column.detail(visit.reader, record) if text)
    return Cell(shown.pieces, shown.opposite, shown.more, shown.small or small, shown.badge)


def _texts(value: Value) -> Cell:
    return Cell(tuple(map(Piece, value if isinstance(value, tuple) else (str(value),))))


def _text(text: str) -> Cell:
    return Cell((Piece(text),))


def _names(visit: Visit, iris: tuple[str, ...]) -> Cell:
    return names_cell(visit, iris, country_pieces(visit, iris))


def _span(visit: Visit, record: Any, *, single_day: bool = False) -> Cell:
    text = between(visit, record, single_day=single_day)
    return _text(text) if text else date_cell(visit, "", "neuter")


def _listed(visit: Visit, column: ListColumn[Any], record: Any, number: int) -> Cell:
    counted = {"phase": TOOK_PLACE} if column.name == ACTIVITIES.name else {}
    return number_cell(number, visit.links.list_page(column.name, area=record.code, **counted) if number else "")


def _concept(visit: Visit, scheme: str, code: str) -> str:
    return concept_label(visit, scheme, code) if code else _("not stated")


def _language(visit: Visit, tag: str) -> str:
    """Name of a language in the reader's language (CLDR); the tag itself when it has none."""
    if tag in ("", NONE):
        return _("not stated")
    try:
        return Locale.parse(tag, sep="-").get_display_name(visit.language) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _community(visit: Visit, code: str) -> str:
    """Call a community by its strongest hub."""
    iri = community_hub(visit.reader, code)
    return _("around: %(name)s", name=visit.reader.short_name(iri)) if iri else code


def _component(visit: Visit, number: int) -> Cell:
    size = measures(visit.facts, visit.on).sizes[number]
    small = ngettext("%(num)s organization", "%(num)s organizations", size)
    return Cell((Piece(str(number)),), small=(Piece(small),))


_CELLS: Mapping[CellForm, Callable[[Visit, ListColumn[Any], Any, Any], Cell]] = {
    CellForm.TEXT: lambda _visit, _column, _record, value: _texts(value),
    CellForm.TITLE: lambda visit, _column, record, _value: title_cell(visit, record),
    CellForm.NAMES: lambda visit, _column, _record, value: _names(visit, value),
    CellForm.PARTIES: lambda visit, _column, _record, value: parties_cell(visit, value),
    CellForm.CONCEPT: lambda visit, column, _record, value: _text(_concept(visit, column.scheme, value)),
    CellForm.LANGUAGE: lambda visit, _column, _record, value: _text(_language(visit, value)),
    CellForm.SIGNING: lambda visit, _column, record, value: _text(dated_text(visit, record, value, "masculine")),
    CellForm.ISSUE: lambda visit, _column, record, value: _text(
        marked(visit, record, str(DCTERMS.issued), format_date(value, "none", lang=visit.language))
    ),
    CellForm.SPAN: lambda visit, _column, record, _value: _span(visit, record),
    CellForm.OCCASION: lambda visit, _column, record, _value: _span(visit, record, single_day=True),
    CellForm.STATE: lambda visit, _column, record, _value: state_cell(visit, record),
    CellForm.NUMBER: lambda visit, _column, _record, value: _text(format_number(value, lang=visit.language)),
    CellForm.COUNT: lambda visit, _column, _record, value: _text(format_number(len(value), lang=visit.language)),
    CellForm.SHARE: lambda visit, _column, _record, value: _text(format_share(float(value), lang=visit.language)),
    CellForm.MONEY: lambda visit, _column, _record, value: _text(format_money(value, lang=visit.language)),
    CellForm.SOURCES: lambda visit, _column, record, _value: source_cell(visit, record),
    CellForm.LISTED: _listed,
    CellForm.COMMUNITY: lambda visit, _column, _record, value: _text(_community(visit, str(value))),
    CellForm.COMPONENT: lambda visit, _column, _record, value: _component(visit, value),
}


def _project_state(visit: Visit, code: str) -> str:
    past = visit.on.is_past
    labels: Mapping[str, str] = {
        Form.HELD: pgettext("project", "was running") if past else pgettext("project", "running"),
        Form.AGED: _("older or undated evidence"),
        Form.OPEN: _("not verified"),
        Form.ENDED: pgettext("project", "finished"),
        Form.FUTURE: pgettext("project", "began later") if past else pgettext("project", "not begun yet"),
    }
    return labels.get(code, code)


def _event_time(visit: Visit, code: str) -> str:
    labels: Mapping[str, str] = {
        "past": _("by that day") if visit.on.is_past else _("its day has passed"),
        NONE: _("date unknown"),
        Form.FUTURE: _("later"),
    }
    return labels.get(code, code)


def _side(_visit: Visit, code: str) -> str:
    labels: Mapping[str, str] = {
        Side.REGION: _("the region"),
        Side.MUNICIPALITY: _("municipality"),
        Side.OTHER: _("other organization in the country"),
        Side.ABROAD: _("nobody at home"),
    }
    return labels.get(code, code)


def _place(_visit: Visit, code: str) -> str:
    labels: Mapping[str, str] = {
        Whereabouts.REGION: _("in the territory of the region"),
        Whereabouts.COUNTRY: _("other in the country"),
        Whereabouts.ABROAD: _("abroad"),
        Whereabouts.POST: _("post of ours abroad"),
        Whereabouts.UNKNOWN: _("not stated"),
    }
    return labels.get(code, code)


# Codes that are no code list of the data, by the name of their set, see `graph.views.facets.ListFacet`.
_CODES: Mapping[str, Callable[[Visit, str], str]] = {
    "agreement-states": lambda visit, code: agreement_state(code, past=visit.on.is_past),
    "project-states": _project_state,
    "event-times": _event_time,
    "sides": _side,
    "places": _place,
    "communities": _community,
    "languages": _language,
    "signings": lambda _visit, _code: pgettext("masculine", "unknown"),
    "years": lambda _visit, code: pgettext("masculine", "unknown") if code == NONE else code,
    "ties": lambda _visit, code: {YES: _("with a documented tie"), NO: _("no tie found")}.get(code, code),
    "dates": lambda _visit, code: {YES: _("with a date"), NO: _("without a date")}.get(code, code),
    "yes-no": lambda _visit, code: {YES: _("yes"), NO: _("no")}.get(code, code),
    "evidence": lambda _visit, code: {UNDATED: _("undated web page only"), DIFFER: _("sources differ")}.get(code, code),
}
