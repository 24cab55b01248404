"""The list of organizations."""

from __future__ import annotations

from datetime import date

from graph.folding import czech_order
from graph.kept import kept
from graph.records.reading import Form, read_state
from graph.records.records import Dated, Organization
from graph.views.facets import Facet
from graph.views.facts import Facts
from graph.views.region import Place, place_of
from webapp.listing.common_facets import NONE, area_facet, evidence_facet, kind_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import base_fields, source_iris
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, concept_label, kind_text, number_cell, number_of_sources, source_cell, title_cell
from webapp.words.parts import Piece
from webapp.words.typography import sentence, some

__all__ = ["ORGANIZATIONS", "ties_of"]

YES, NO = "yes", "no"


def ties_of(organization: Organization) -> int:
    """Count the relationships of an organization that had begun by the day of the request, with the ended ones."""
    return _ties(this_visit().facts, this_visit().on.day.toordinal(), this_visit().on.is_past).get(
        organization.iri, (0, frozenset())
    )[0]


def _areas_of(organization: Organization) -> frozenset[str]:
    return _ties(this_visit().facts, this_visit().on.day.toordinal(), this_visit().on.is_past).get(
        organization.iri, (0, frozenset())
    )[1]


@kept(32)
def _ties(served: Facts, ordinal: int, past: bool) -> dict[str, tuple[int, frozenset[str]]]:
    day, years = date.fromordinal(ordinal), served.settings.evidence_years
    begun: dict[str, bool] = {}
    numbers: dict[str, int] = {}
    areas: dict[str, set[str]] = {}
    for start, end, iri in served.network.edges(keys=True):
        record = served.library.get(iri)
        if not isinstance(record, Dated):
            continue
        if iri not in begun:
            begun[iri] = read_state(record, day, past=past, evidence_years=years).form is not Form.FUTURE
        for organization in (start, end) if begun[iri] else ():
            numbers[organization] = numbers.get(organization, 0) + 1
            areas.setdefault(organization, set()).update(record.areas)
    return {iri: (number, frozenset(areas[iri])) for iri, number in numbers.items()}


def _country_codes(organization: Organization) -> tuple[str, ...]:
    return (this_visit().library.code(organization.country) or NONE,)


def _group_codes(organization: Organization) -> tuple[str, ...]:
    country = this_visit().library.concepts.get(organization.country)
    return (this_visit().library.code(country.country_group) if country else NONE,)


def _concept_or_none(visit: Visit, scheme: str, code: str) -> str:
    return _("not stated") if code == NONE else concept_label(visit, scheme, code)


def _place_label(code: str) -> str:
    labels = {
        Place.REGION: _("the region and its parts"),
        Place.COUNTRY: _("other in the country"),
        Place.ABROAD: _("abroad"),
        Place.UNKNOWN: _("not stated"),
    }
    return next((label for place, label in labels.items() if place == code), code)


def _ties_label(code: str) -> str:
    return {YES: _("with a documented tie"), NO: _("no tie found")}.get(code, code)


def _title(organization: Organization) -> Cell:
    name, local = organization.name(this_visit().language), organization.local
    return Cell(
        title_cell(this_visit(), organization).pieces,
        small=(Piece(local[0], local[1]),) if local[0] and local[0] != name[0] else (),
    )


def _place(organization: Organization) -> Cell:
    library = this_visit().library
    names = (
        [library.name(organization.country, this_visit().language)[0]] if organization.country else [_("not stated")]
    )
    seat = organization.seat.get(this_visit().language) or organization.seat.get("en", "")
    return Cell(tuple(map(Piece, names)), small=(Piece(seat),) if seat else ())


def _sentence(answer: Answer) -> str:
    tied, lone = answer.count("ties", YES), answer.count("ties", NO)
    with_ties = ngettext("%(num)s has a documented tie", "%(num)s have a documented tie", tied)
    without = ngettext("for %(num)s no tie was found", "for %(num)s no tie was found", lone)
    return sentence(some(tied, with_ties), some(lone, without))


ORGANIZATIONS: ListDescription[Organization] = ListDescription(
    name="organizations",
    title=lambda: _("Organizations"),
    noun=lambda number: ngettext("%(num)s organization", "%(num)s organizations", number),
    records=lambda: this_visit().library.organizations.values(),
    facets=(
        Facet(
            name="place",
            title=lambda: _("Place"),
            codes=lambda o: (place_of(this_visit().facts, o),),
            label=_place_label,
        ),
        kind_facet("kinds"),
        Facet(
            name="group",
            title=lambda: _("Group of countries"),
            codes=_group_codes,
            label=lambda code: _concept_or_none(this_visit(), "country-groups", code),
        ),
        Facet(
            name="country",
            title=lambda: _("Country"),
            codes=_country_codes,
            label=lambda code: _concept_or_none(this_visit(), "countries", code),
        ),
        Facet(name="ties", title=lambda: _("Ties"), codes=lambda o: (YES if ties_of(o) else NO,), label=_ties_label),
        area_facet(_areas_of),
        evidence_facet(),
    ),
    columns=(
        Column(
            "name",
            lambda: _("Organization"),
            _title,
            lambda organization: czech_order(organization.name(this_visit().language)[0]),
        ),
        Column("kind", lambda: _("Kind"), lambda o: Cell((Piece(kind_text(o)),)), kind_text),
        Column("place", lambda: _("Country and seat"), _place, label=lambda: _("Country")),
        Column("ties", lambda: _("Ties"), lambda o: number_cell(ties_of(o)), ties_of, numeric=True),
        Column("sources", lambda: _("Sources"), source_cell, number_of_sources, numeric=True),
    ),
    fields=(
        *base_fields(),
        Field("name_local", lambda o: o.local_name),
        Field("language_local", lambda o: o.local_language),
        Field("country", lambda o: this_visit().library.code(o.country)),
        Field("place", lambda o: place_of(this_visit().facts, o).value),
        Field("part_of", lambda o: o.part_of),
        Field("latitude", lambda o: o.latitude),
        Field("longitude", lambda o: o.longitude),
        Field("website", lambda o: o.website),
        Field("ties", ties_of),
        Field("sources", source_iris),
    ),
    sentence=_sentence,
    caption=lambda answer: _("Ties are counted with the ended ones."),
    order="-ties",
)
