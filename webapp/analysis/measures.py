"""The list of measures: who is a hub, a bridge, a single point of contact in the network of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.folding import czech_order
from graph.records.records import Organization
from graph.views.facets import Facet
from webapp.analysis.meanings import explained, name_of_measure, warnings
from webapp.analysis.measured import measured, measures_of
from webapp.listing.common_facets import NONE, kind_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import base_fields
from webapp.request.language import _, format_number, format_share, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, concept_label, kind_text, title_cell
from webapp.words.clauses import join_and
from webapp.words.names import name_of, short_name
from webapp.words.parts import Piece

__all__ = ["MEASURES"]

YES, NO = "yes", "no"
NAMED = 2
COLUMNS = ("betweenness", "page_rank", "partners", "relationships", "reached_only", "community", "component")


def _organizations() -> list[Organization]:
    library = this_visit().library
    return [library.organizations[iri] for iri in measured(this_visit()).organizations]


def _title(organization: Organization) -> Cell:
    country = this_visit().library.name(organization.country, this_visit().language)[0] if organization.country else ""
    return title_cell(this_visit(), organization, *filter(None, (kind_text(organization), country)))


def _country_codes(organization: Organization) -> tuple[str, ...]:
    return (this_visit().library.code(organization.country) or NONE,)


def _country(code: str) -> str:
    return _("not stated") if code == NONE else concept_label(this_visit(), "countries", code)


def _single(visit: Visit, organization: Organization) -> str:
    return YES if measures_of(visit, organization).is_single_contact else NO


def _yes_no(code: str) -> str:
    return {YES: _("yes"), NO: _("no")}.get(code, code)


def _community(code: str) -> str:
    """Call a community by its strongest hub."""
    iri = measured(this_visit()).communities.get(int(code)) if code.isdecimal() else None
    return _("around: %(name)s", name=short_name(this_visit().library, iri, this_visit().language)) if iri else code


def _community_cell(organization: Organization) -> Cell:
    return Cell((Piece(_community(str(measures_of(this_visit(), organization).community))),))


def _component_cell(organization: Organization) -> Cell:
    number, size = measures_of(this_visit(), organization).component, _size_of_component(organization)
    return Cell((Piece(str(number)),), small=(Piece(_organization_count(size)),))


def _organization_count(number: int) -> str:
    return ngettext("%(num)s organization", "%(num)s organizations", number)


def _size_of_component(organization: Organization) -> int:
    return measured(this_visit()).sizes[measures_of(this_visit(), organization).component]


def _reached_only(organization: Organization) -> int:
    return len(measures_of(this_visit(), organization).reached_only)


def _sentence(_answer: Answer) -> str:
    """Name who joins most others, whatever is chosen in the facets."""
    visit = this_visit()
    found = measured(visit).organizations
    ranked = sorted(found, key=lambda iri: (-found[iri].betweenness, iri))[:NAMED]
    if not ranked:
        return ""
    names = join_and(
        *(
            f"{name_of(visit, visit.library, iri)[0]} ({format_share(found[iri].betweenness, lang=visit.language)})"
            for iri in ranked
        )
    )
    single = sum(one.is_single_contact for one in found.values())
    lone = ngettext(
        "%(num)s is the only contact of some other.", "%(num)s are the only contact of some other.", single
    )  # fmt: skip
    return _("Most ways between others lead through: %(names)s. %(lone)s", names=names, lone=lone)


def _caption(_answer: Answer) -> str:
    explanation, samples = _("Each column is explained below the table."), measured(this_visit()).samples
    if not samples:
        return explanation
    estimate = ngettext(
        "Bridges are estimated from %(num)s organization.", "Bridges are estimated from %(num)s organizations.", samples
    )  # fmt: skip
    return f"{explanation} {estimate}"


def _extras() -> Mapping[str, Any]:
    return {"meanings": explained(this_visit(), *COLUMNS), "warnings": warnings()}


def _column(
    code: str, value: Callable[[Organization], float], cell: Callable[[Organization], Cell] | None = None
) -> Column[Organization]:
    def number(organization: Organization) -> Cell:
        return Cell((Piece(format_number(value(organization), lang=this_visit().language)),))

    return Column(code, lambda: name_of_measure(this_visit(), code), cell or number, value, numeric=True)


def _share(code: str) -> Column[Organization]:
    def value(organization: Organization) -> float:
        return float(getattr(measures_of(this_visit(), organization), code))

    return _column(
        code,
        value,
        lambda organization: Cell((Piece(format_share(value(organization), lang=this_visit().language)),)),
    )


MEASURES: ListDescription[Organization] = ListDescription(
    name="analysis/measures",
    title=lambda: _("Who holds the network together"),
    noun=_organization_count,
    records=_organizations,
    facets=(
        Facet(name="single", title=lambda: name_of_measure(this_visit(), "reached_only"), 
              codes=lambda o: (_single(this_visit(), o),), label=_yes_no),
        Facet(name="country", title=lambda: _("Country"), codes=_country_codes, label=_country),
        kind_facet("kinds"),
        Facet(name="community", title=lambda: name_of_measure(this_visit(), "community"),
              codes=lambda o: (str(measures_of(this_visit(), o).community),), label=_community, folded=True),
    ),
    columns=(
        Column("name", lambda: _("Organization"), _title, lambda o: czech_order(o.name(this_visit().language)[0])),
        _share("betweenness"),
        _share("page_rank"),
        _column("partners", lambda o: measures_of(this_visit(), o).partners),
        _column("relationships", lambda o: measures_of(this_visit(), o).relationships),
        _column("reached_only", _reached_only),
        Column("community", lambda: name_of_measure(this_visit(), "community"), _community_cell,
               lambda o: czech_order(_community(str(measures_of(this_visit(), o).community)))),
        _column("component", _size_of_component, _component_cell),
    ),
    fields=(
        *base_fields(),
        Field("country", lambda o: this_visit().library.code(o.country)),
        Field("betweenness", lambda o: str(measures_of(this_visit(), o).betweenness)),
        Field("page_rank", lambda o: str(measures_of(this_visit(), o).page_rank)),
        Field("partners", lambda o: measures_of(this_visit(), o).partners),
        Field("relationships", lambda o: measures_of(this_visit(), o).relationships),
        Field("is_single_contact", lambda o: str(measures_of(this_visit(), o).is_single_contact).lower()),
        Field("reached_only", lambda o: measures_of(this_visit(), o).reached_only),
        Field("community", lambda o: measures_of(this_visit(), o).community),
        Field("component", lambda o: measures_of(this_visit(), o).component),
        Field("component_size", _size_of_component),
    ),
    sentence=_sentence,
    caption=_caption,
    order="-betweenness",
    template="measures.html",
    extras=_extras,
)  # fmt: skip
