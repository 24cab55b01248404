"""The list of measures: who is a hub, a bridge, a single point of contact in the network of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.folding import czech_order
from graph.records import Organization
from webapp.analysis.meanings import meanings, warnings
from webapp.analysis.measured import measured, measures_of
from webapp.language import _, format_number, language, ngettext
from webapp.listing.cells import Cell, concept_label, kind_text, number_cell, title_cell
from webapp.listing.common_facets import NONE, kind_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.facets import Facet
from webapp.listing.fields import base_fields
from webapp.listing.words import join_and
from webapp.record.parts import Piece
from webapp.site import site

__all__ = ["MEASURES"]

YES, NO = "yes", "no"
NAMED = 2


def _organizations() -> list[Organization]:
    library = site().library
    return [library.organizations[iri] for iri in measured().measures]


def _country_codes(organization: Organization) -> tuple[str, ...]:
    return (site().library.code(organization.country) or NONE,)


def _country(code: str) -> str:
    return _("not stated") if code == NONE else concept_label("countries", code)


def _single(organization: Organization) -> str:
    return YES if measures_of(organization).is_single_contact else NO


def _yes_no(code: str) -> str:
    return {YES: _("yes"), NO: _("no")}.get(code, code)


def _title(organization: Organization) -> Cell:
    country = "" if not organization.country else site().library.name(organization.country, language())[0]
    return title_cell(organization, *filter(None, (kind_text(organization), country)))


def _percent(part: float) -> str:
    if 0 < part < 0.0005:
        return _("under %(number)s %%", number=format_number(0.1))
    return f"{format_number(round(part * 100, 1))} %"


def _part(organization: Organization) -> int:
    return measured().sizes[measures_of(organization).component]


def _sentence(answer: Answer) -> str:
    """Name who joins most others, whatever is chosen in the facets."""
    ranked = sorted(measured().measures.items(), key=lambda item: (-item[1].betweenness, item[0]))[:NAMED]
    named = [f"{site().library.name(iri, language())[0]} ({_percent(one.betweenness)})" for iri, one in ranked]
    if not named:
        return ""
    single = sum(one.is_single_contact for one in measured().measures.values())
    lone = ngettext(
        "%(num)s is the only contact of some other.", "%(num)s are the only contact of some other.", single
    )  # fmt: skip
    return _("Most ways between others lead through: %(names)s. %(lone)s", names=join_and(*named), lone=lone)


def _explanation() -> Mapping[str, Any]:
    return {"meanings": meanings(), "warnings": warnings()}


MEASURES: ListDescription[Organization] = ListDescription(
    name="analysis/measures",
    title=lambda: _("Who holds the network together"),
    noun=lambda number: ngettext("%(num)s organization", "%(num)s organizations", number),
    records=_organizations,
    facets=(
        Facet(name="single", title=lambda: _("Single point of contact"), codes=lambda o: (_single(o),), label=_yes_no),
        Facet(name="country", title=lambda: _("Country"), codes=_country_codes, label=_country),
        kind_facet("kinds"),
    ),
    columns=(
        Column("name", lambda: _("Organization"), _title, lambda o: czech_order(o.name(language())[0])),
        Column("bridge", lambda: _("Bridge"), lambda o: Cell((Piece(_percent(measures_of(o).betweenness)),)),
               lambda o: measures_of(o).betweenness, numeric=True),
        Column("partners", lambda: _("Hub: partners"), lambda o: number_cell(measures_of(o).partners),
               lambda o: measures_of(o).partners, numeric=True),
        Column("relations", lambda: _("Records"), lambda o: number_cell(measures_of(o).relationships),
               lambda o: measures_of(o).relationships, numeric=True),
        Column("single", lambda: _("Single contact"), lambda o: Cell((Piece(_yes_no(_single(o))),)),
               lambda o: measures_of(o).is_single_contact, numeric=True),
        Column("part", lambda: _("Connected part"), lambda o: number_cell(_part(o)), _part, numeric=True),
    ),
    fields=(
        *base_fields(),
        Field("country", lambda o: site().library.code(o.country)),
        Field("betweenness", lambda o: str(measures_of(o).betweenness)),
        Field("partners", lambda o: measures_of(o).partners),
        Field("relationships", lambda o: measures_of(o).relationships),
        Field("is_single_contact", lambda o: str(measures_of(o).is_single_contact).lower()),
        Field("component", lambda o: measures_of(o).component),
        Field("component_size", _part),
    ),
    sentence=_sentence,
    caption=lambda answer: _("Each column is explained below the table."),
    order="-bridge",
    template="measures.html",
    extras=_explanation,
)  # fmt: skip
