"""The list of measures: who is a hub, a bridge, a single point of contact in the network of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.folding import czech_order
from graph.records.records import Organization
from webapp.analysis.meanings import explained, name_of_measure, warnings
from webapp.analysis.measured import measured, measures_of
from webapp.language import _, format_number, format_share, language, ngettext
from webapp.listing.cells import Cell, concept_label, kind_text, title_cell
from webapp.listing.common_facets import NONE, kind_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.facets import Facet
from webapp.listing.fields import base_fields
from webapp.listing.words import join_and
from webapp.network_map.scene import short_name
from webapp.record.names import name_of
from webapp.record.parts import Piece
from webapp.site import site

__all__ = ["MEASURES"]

YES, NO = "yes", "no"
NAMED = 2
COLUMNS = ("betweenness", "page_rank", "partners", "relationships", "reached_only", "community", "component")


def _organizations() -> list[Organization]:
    library = site().library
    return [library.organizations[iri] for iri in measured().organizations]


def _title(organization: Organization) -> Cell:
    country = site().library.name(organization.country, language())[0] if organization.country else ""
    return title_cell(organization, *filter(None, (kind_text(organization), country)))


def _country_codes(organization: Organization) -> tuple[str, ...]:
    return (site().library.code(organization.country) or NONE,)


def _country(code: str) -> str:
    return _("not stated") if code == NONE else concept_label("countries", code)


def _single(organization: Organization) -> str:
    return YES if measures_of(organization).is_single_contact else NO


def _yes_no(code: str) -> str:
    return {YES: _("yes"), NO: _("no")}.get(code, code)


def _community(code: str) -> str:
    """Call a community by its strongest hub."""
    iri = measured().communities.get(int(code)) if code.isdecimal() else None
    return _("around: %(name)s", name=short_name(site(), iri, language())) if iri else code


def _community_cell(organization: Organization) -> Cell:
    return Cell((Piece(_community(str(measures_of(organization).community))),))


def _component_cell(organization: Organization) -> Cell:
    number, size = measures_of(organization).component, _size_of_component(organization)
    return Cell((Piece(str(number)),), small=(Piece(_organization_count(size)),))


def _organization_count(number: int) -> str:
    return ngettext("%(num)s organization", "%(num)s organizations", number)


def _size_of_component(organization: Organization) -> int:
    return measured().sizes[measures_of(organization).component]


def _reached_only(organization: Organization) -> int:
    return len(measures_of(organization).reached_only)


def _sentence(_answer: Answer) -> str:
    """Name who joins most others, whatever is chosen in the facets."""
    found = measured().organizations
    ranked = sorted(found, key=lambda iri: (-found[iri].betweenness, iri))[:NAMED]
    if not ranked:
        return ""
    names = join_and(*(f"{name_of(site().library, iri)[0]} ({format_share(found[iri].betweenness)})" for iri in ranked))
    single = sum(one.is_single_contact for one in found.values())
    lone = ngettext(
        "%(num)s is the only contact of some other.", "%(num)s are the only contact of some other.", single
    )  # fmt: skip
    return _("Most ways between others lead through: %(names)s. %(lone)s", names=names, lone=lone)


def _caption(_answer: Answer) -> str:
    explanation, samples = _("Each column is explained below the table."), measured().samples
    if not samples:
        return explanation
    estimate = ngettext(
        "Bridges are estimated from %(num)s organization.", "Bridges are estimated from %(num)s organizations.", samples
    )  # fmt: skip
    return f"{explanation} {estimate}"


def _extras() -> Mapping[str, Any]:
    return {"meanings": explained(*COLUMNS), "warnings": warnings()}


def _column(
    code: str, value: Callable[[Organization], float], cell: Callable[[Organization], Cell] | None = None
) -> Column[Organization]:
    def number(organization: Organization) -> Cell:
        return Cell((Piece(format_number(value(organization))),))

    return Column(code, lambda: name_of_measure(code), cell or number, value, numeric=True)


def _share(code: str) -> Column[Organization]:
    def value(organization: Organization) -> float:
        return float(getattr(measures_of(organization), code))

    return _column(code, value, lambda organization: Cell((Piece(format_share(value(organization))),)))


MEASURES: ListDescription[Organization] = ListDescription(
    name="analysis/measures",
    title=lambda: _("Who holds the network together"),
    noun=_organization_count,
    records=_organizations,
    facets=(
        Facet(name="single", title=lambda: name_of_measure("reached_only"), codes=lambda o: (_single(o),),
              label=_yes_no),
        Facet(name="country", title=lambda: _("Country"), codes=_country_codes, label=_country),
        kind_facet("kinds"),
        Facet(name="community", title=lambda: name_of_measure("community"),
              codes=lambda o: (str(measures_of(o).community),), label=_community, folded=True),
    ),
    columns=(
        Column("name", lambda: _("Organization"), _title, lambda o: czech_order(o.name(language())[0])),
        _share("betweenness"),
        _share("page_rank"),
        _column("partners", lambda o: measures_of(o).partners),
        _column("relationships", lambda o: measures_of(o).relationships),
        _column("reached_only", _reached_only),
        Column("community", lambda: name_of_measure("community"), _community_cell,
               lambda o: czech_order(_community(str(measures_of(o).community)))),
        _column("component", _size_of_component, _component_cell),
    ),
    fields=(
        *base_fields(),
        Field("country", lambda o: site().library.code(o.country)),
        Field("betweenness", lambda o: str(measures_of(o).betweenness)),
        Field("page_rank", lambda o: str(measures_of(o).page_rank)),
        Field("partners", lambda o: measures_of(o).partners),
        Field("relationships", lambda o: measures_of(o).relationships),
        Field("is_single_contact", lambda o: str(measures_of(o).is_single_contact).lower()),
        Field("reached_only", lambda o: measures_of(o).reached_only),
        Field("community", lambda o: measures_of(o).community),
        Field("component", lambda o: measures_of(o).component),
        Field("component_size", _size_of_component),
    ),
    sentence=_sentence,
    caption=_caption,
    order="-betweenness",
    template="measures.html",
    extras=_extras,
)  # fmt: skip
