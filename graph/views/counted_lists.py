"""The lists of what is ranked by how much belongs to it: organizations, areas; and these counts on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Concept, Organization, Project
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, ListDescription
from graph.views.facets import N_, FactsOn, ListFacet, Reader
from graph.views.facts import AsOf, Facts
from graph.views.region import Whereabouts, place_of, with_broader
from graph.views.relations import Days, dated_records, forms_of
from graph.views.shared_columns import (
    NO,
    NONE,
    YES,
    area_facet,
    base_columns,
    evidence_facet,
    kind_facet,
    own_country_facet,
    sources_column,
    territory_facet,
)
from graph.views.territories import territories_of

__all__ = ["AREAS", "ORGANIZATIONS", "area_counts", "ties_of"]


def ties_of(at: FactsOn, organization: Organization) -> int:
    """Count whom any relationship had tied an organization to by the day; ended ones and shared events count."""
    return _ties(at.facts, at.on).get(organization.iri, (0, frozenset()))[0]


@kept(32)
def _ties(facts: Facts, on: AsOf) -> Mapping[str, tuple[int, frozenset[str]]]:
    """Organization to the number of others that it was tied to by the day, and the areas of what ties them."""
    forms, records = forms_of(facts, (0, 0), Days(on.day, on.is_past)), dated_records(facts)
    others: dict[str, set[str]] = defaultdict(set)
    areas: dict[str, set[str]] = defaultdict(set)
    for start, end, iri in facts.network.edges(keys=True):
        for one, other in ((start, end), (end, start)) if forms[iri] is not Form.FUTURE else ():
            others[one].add(other)
            areas[one].update(records[iri].areas)
    return {iri: (len(tied), frozenset(areas[iri])) for iri, tied in others.items()}


def _tied_areas(at: FactsOn, organization: Organization) -> frozenset[str]:
    return _ties(at.facts, at.on).get(organization.iri, (0, frozenset()))[1]


def _group_code(at: FactsOn, organization: Organization) -> str:
    country = at.library.concepts.get(organization.country)
    return at.library.code(country.country_group) if country else NONE


def _local_name(reader: Reader, organization: Organization) -> tuple[tuple[str, str], ...]:
    local = organization.local
    return (local,) if local[0] and local[0] != organization.name(reader.language)[0] else ()


def _seat(reader: Reader, organization: Organization) -> str:
    return organization.seat.get(reader.language) or organization.seat.get("en", "")


ORGANIZATIONS: ListDescription[Organization] = ListDescription(
    name="organizations",
    heading=N_("Organizations"),
    records=lambda at: at.library.organizations.values(),
    facets=(
        ListFacet(
            name="place",
            heading=N_("Place"),
            codes=lambda at, o: (place_of(at.facts, o),),
            values=tuple(Whereabouts),
            words="places",
        ),
        kind_facet("kinds"),
        ListFacet(
            name="group",
            heading=N_("Group of countries"),
            codes=lambda at, o: (_group_code(at, o),),
            scheme="country-groups",
        ),
        own_country_facet(),
        territory_facet(lambda _at, o: (o.iri,), N_("In the territory of")),
        ListFacet(
            name="sending",
            heading=N_("Sending state"),
            codes=lambda at, o: (at.library.code(o.sending_state),) if o.sending_state else (),
            scheme="countries",
            folded=True,
        ),
        ListFacet(
            name="ties",
            heading=N_("Ties"),
            codes=lambda at, o: (YES if ties_of(at, o) else NO,),
            values=(YES, NO),
            words="ties",
        ),
        area_facet(_tied_areas),
        evidence_facet(),
    ),
    columns=(
        *base_columns(N_("Organization"), "name", _local_name),
        ListColumn(
            name="kind",
            file="kind",
            heading=N_("Kind"),
            value=lambda reader, o: reader.library.code(o.kind),
            form=CellForm.CONCEPT,
            scheme="kinds",
            order=lambda reader, o: reader.name(o.kind),
        ),
        ListColumn(file="name_local", value=lambda _reader, o: o.local_name),
        ListColumn(file="language_local", value=lambda _reader, o: o.local_language),
        ListColumn(
            name="place",
            file="country",
            heading=N_("Country and seat"),
            label=N_("Country"),
            value=lambda reader, o: reader.library.code(o.country),
            form=CellForm.CONCEPT,
            scheme="countries",
            detail=lambda reader, o: ((_seat(reader, o), ""),),
        ),
        ListColumn(file="place", value=lambda reader, o: place_of(reader.facts, o).value),
        ListColumn(file="part_of", holds=Holds.RECORD, value=lambda _reader, o: o.part_of),
        ListColumn(
            file="territories",
            holds=Holds.RECORD,
            value=lambda reader, o: tuple(sorted(territories_of(reader.facts, o.iri))),
        ),
        ListColumn(
            file="sending_state", scheme="countries", value=lambda reader, o: reader.library.code(o.sending_state)
        ),
        ListColumn(
            file="accredited_to",
            scheme="countries",
            value=lambda reader, o: tuple(map(reader.library.code, o.accredited_to)),
        ),
        ListColumn(file="consular_district", holds=Holds.RECORD, value=lambda _reader, o: o.consular_district),
        ListColumn(file="latitude", holds=Holds.NUMBER, value=lambda _reader, o: o.latitude),
        ListColumn(file="longitude", holds=Holds.NUMBER, value=lambda _reader, o: o.longitude),
        ListColumn(file="website", value=lambda _reader, o: o.website),
        ListColumn(name="ties", file="ties", heading=N_("Ties"), value=ties_of, form=CellForm.NUMBER, order=ties_of),
        sources_column(),
    ),
    order="-ties",
)


def _areas(at: FactsOn) -> Iterable[Concept]:
    iris = at.facts.iris
    return (concept for iri, concept in at.library.concepts.items() if (iris.split(iri) or "")[0] == "areas")


def _broadest(at: FactsOn, area: Concept) -> str:
    """Code of the area of the first level that holds an area; its own on that level."""
    top = [iri for iri in with_broader(at.library, [area.iri]) if not at.library.concepts[iri].broader]
    return at.library.code(top[0]) if top else area.code


@kept(32)
def area_counts(facts: Facts, on: AsOf, name: str) -> Mapping[str, int]:
    """Count the records of a list in each area: on a past day without later ones, of activities those held.

    Parameters
    ----------
    name : str
        ``agreements``, ``projects`` or ``activities``.

    Returns
    -------
    mapping
        IRI of an area to number, 0 for any that is not in it; what is in a narrower area is in the broader one too.
    """
    held = facts.library.held_activities if name == "activities" else getattr(facts.library, name).values()
    records: Iterable[Agreement | Project | Activity] = held
    begun = (record for record in records if not on.is_past or facts.state(record, on).form is not Form.FUTURE)
    return Counter(iri for record in begun for iri in with_broader(facts.library, record.areas))


def _number_column(name: str, heading: str) -> ListColumn[Concept]:
    """Give the number of records of a list in an area."""

    def number(reader: Reader, area: Concept) -> int:
        return area_counts(reader.facts, reader.on, name)[area.iri]

    return ListColumn(name=name, file=name, heading=heading, value=number, form=CellForm.LISTED, order=number)


AREAS: ListDescription[Concept] = ListDescription(
    name="areas",
    heading=N_("Areas of cooperation"),
    records=_areas,
    facets=(
        ListFacet(
            name="broadest",
            heading=N_("Area of the first level"),
            codes=lambda at, area: (_broadest(at, area),),
            scheme="areas",
        ),
    ),
    columns=(
        *base_columns(N_("Area"), "name", lambda reader, area: ((reader.name(area.broader), ""),)),
        ListColumn(file="code", value=lambda _reader, area: area.code),
        ListColumn(file="broader", scheme="areas", value=lambda reader, area: reader.library.code(area.broader)),
        _number_column("agreements", N_("Agreements")),
        _number_column("projects", N_("Projects")),
        _number_column("activities", N_("Events")),
    ),
    order="-agreements",
)
