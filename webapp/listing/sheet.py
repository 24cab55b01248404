"""A list as a sheet for people: headings in the reader's language, names beside identifiers, and what explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import DC, DCTERMS, FOAF, URIRef

from graph.namespaces import WGS, K
from graph.sheets.cells import Cell, Holds
from graph.views.columns import CellForm, ListColumn, ListDescription, Value
from graph.views.list_files import list_cell
from webapp.listing.columns import code_label, file_value, heading_text
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.cells import concept_label
from webapp.words.names import heading_of, name_of
from webapp.words.sheets import about_lines

__all__ = ["SheetColumn", "list_about", "list_headings", "list_rows", "sheet_columns"]

# Name in files -> property whose heading stands over it, or words; the others have their heading on the page.
HEADINGS: Mapping[str, URIRef | Callable[[], str]] = {
    "iri": lambda: pgettext("column", "Address"),
    "id": DCTERMS.identifier,
    "kind": K.kind,
    "name_local": K.localName,
    "language_local": K.localLanguage,
    "country": K.country,
    "countries": lambda: pgettext("column", "Countries abroad"),
    "place": lambda: _("Place"),
    "part_of": K.partOf,
    "territories": lambda: _("In the territory of"),
    "sending_state": K.sendingState,
    "accredited_to": K.accreditedTo,
    "consular_district": K.consularDistrict,
    "latitude": WGS.lat,
    "longitude": WGS.long,
    "website": FOAF.page,
    "side": lambda: _("Side of the region"),
    "official": lambda: _("Official partnership of the region"),
    "signed": K.signed,
    "since": K.since,
    "until": K.until,
    "state": lambda: _("State as of the day"),
    "state_basis": lambda: pgettext("column", "State: basis"),
    "state_date": lambda: pgettext("column", "State: date"),
    "state_text": lambda: pgettext("column", "State: in words"),
    "status": K.status,
    "status_as_of": K.statusAsOf,
    "areas": K.area,
    "agreement": lambda: _("Agreement"),
    "project": lambda: _("Project"),
    "acronym": K.acronym,
    "number": K.projectNumber,
    "programme": K.programme,
    "umbrella": K.umbrella,
    "approved": K.approved,
    "budget_eur": lambda: pgettext("column", "Budget in euro"),
    "eu_contribution_eur": lambda: pgettext("column", "Grant in euro"),
    "bases": lambda: pgettext("column", "Derived or estimated"),
    "url": lambda: pgettext("column", "Web address"),
    "issued": DCTERMS.issued,
    "publisher_iri": lambda: pgettext("column", "Publisher: address"),
    "archived_at": K.archivedAt,
    "accessed": K.accessed,
    "language": DC.language,
    "code": K.code,
    "broader": lambda: pgettext("column", "Broader area"),
    "is_single_contact": lambda: _("Single contact"),
    "component_size": lambda: pgettext("column", "Component: organizations"),
}


@dataclass(frozen=True)
class SheetColumn:
    """A column of the sheet: what a column of files holds, or with `is_named` the names of that."""

    column: ListColumn[Any]
    is_named: bool


def sheet_columns(description: ListDescription[Any]) -> list[SheetColumn]:
    """Columns in the order of the files, but for the title, which is first; names stand before their identifiers."""
    return [
        SheetColumn(column, is_named)
        for column in sorted(description.in_files, key=lambda column: column.form is not CellForm.TITLE)
        for is_named in ((True, False) if _has_names(description, column) else (False,))
    ]


def _has_names(description: ListDescription[Any], column: ListColumn[Any]) -> bool:
    return column.holds is Holds.RECORD or bool(column.scheme) or _has_words(description, column)


def _has_words(description: ListDescription[Any], column: ListColumn[Any]) -> bool:
    """Whether a facet of the same name has words for its codes."""
    facet = description.facet(column.file)
    is_code = column.holds is Holds.TEXT and column.form is not CellForm.NUMBER
    return is_code and facet is not None and bool(facet.words or facet.scheme)


def list_headings(visit: Visit, description: ListDescription[Any]) -> list[str]:
    """Headings of `sheet_columns`; those of identifiers beside names say so."""
    headings, identifier = [], pgettext("column", "identifier")
    for shown in sheet_columns(description):
        heading = _heading(visit, shown.column)
        is_beside = not shown.is_named and _has_names(description, shown.column)
        headings.append(f"{heading} ({identifier})" if is_beside else heading)
    return headings


def _heading(visit: Visit, column: ListColumn[Any]) -> str:
    found = HEADINGS.get(column.file)
    if isinstance(found, URIRef):
        return heading_of(visit, found)
    return found() if found else heading_text(column.heading, visit.language) or column.file


def list_rows(visit: Visit, description: ListDescription[Any], records: Sequence[Any]) -> Iterator[list[Cell]]:
    """Give the cells of `sheet_columns` for each record."""
    columns = sheet_columns(description)
    for record in records:
        row: list[Cell] = []
        for shown in columns:
            value = file_value(visit, shown.column, record)
            names = _names(visit, description, shown.column, value) if shown.is_named else None
            row.append(names if shown.is_named else list_cell(shown.column, value))
        yield row


def _names(visit: Visit, description: ListDescription[Any], column: ListColumn[Any], value: Value) -> str:
    items = [item for item in (value if isinstance(value, tuple) else (str(value),)) if item]
    return "; ".join(_name(visit, description, column, item) for item in items)


def _name(visit: Visit, description: ListDescription[Any], column: ListColumn[Any], item: str) -> str:
    if column.holds is Holds.RECORD:
        return name_of(visit, item)[0]
    if column.scheme:
        return concept_label(visit, column.scheme, item)
    facet = description.facet(column.file)
    return code_label(visit, facet, item) if facet else item


def list_about(visit: Visit, description: ListDescription[Any], number: int, address: str) -> list[tuple[str, str]]:
    """Say what a sheet of so many records is: of which day and edition, from where, under which licence."""
    return about_lines(visit, heading_text(description.heading, visit.language), number, address)
