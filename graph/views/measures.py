"""Measures of the organizations on a day, and the list of them: hubs, bridges, single points of contact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.folding import czech_order
from graph.kept import kept
from graph.networks.meanings import MEANINGS
from graph.networks.ties import USUAL_GROUNDS
from graph.records.records import Organization
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, ListDescription
from graph.views.facets import N_, FactsOn, HeadingText, ListFacet, Reader
from graph.views.facts import AsOf, Facts
from graph.views.paths import USUAL_FORMS, network_on
from graph.views.shared_columns import (
    NO,
    YES,
    base_columns,
    kind_column,
    kind_facet,
    own_country_facet,
    territory_facet,
)

if TYPE_CHECKING:
    from graph.networks.measures import Measures

__all__ = ["MEASURES", "DayMeasures", "community_hub", "measures"]

_NAMES: Mapping[str, HeadingText] = {
    meaning.code: {tag: f"{name[:1].upper()}{name[1:]}" for tag, name in meaning.name.items()} for meaning in MEANINGS
}


@dataclass(frozen=True)
class DayMeasures:
    """Measures of the network of a day.

    Attributes
    ----------
    organizations : mapping
        IRI to measures.
    sizes : mapping
        Number of a connected component to how many organizations it has.
    communities : mapping
        Number of a community to the IRI of its strongest hub, by which it is called.
    samples : int
        Organizations from which betweenness was estimated; 0 when it is exact.
    """

    organizations: Mapping[str, Measures]
    sizes: Mapping[int, int]
    communities: Mapping[int, str]
    samples: int


@kept(32)
def measures(facts: Facts, on: AsOf) -> DayMeasures:
    """Measure the network of the relationships that hold or are not verified on a day; events only are no ties here."""
    # Not at the top: numpy takes long to import, and no start waits for the first measures.
    from graph.networks.measures import measure_network

    measured = measure_network(network_on(facts, on, USUAL_GROUNDS, USUAL_FORMS))
    organizations = measured.organizations
    sizes = Counter(values.component for values in organizations.values())
    by_strength = sorted(organizations.items(), key=lambda item: (item[1].page_rank, item[0]))
    communities = {values.community: iri for iri, values in by_strength}
    return DayMeasures(organizations, sizes, communities, measured.samples)


def community_hub(at: FactsOn, code: str) -> str:
    """IRI of the strongest hub of a community, given by its number; "" for one that there is not."""
    return measures(at.facts, at.on).communities.get(int(code), "") if code.isdecimal() else ""


def _of(at: FactsOn, organization: Organization) -> Measures:
    return measures(at.facts, at.on).organizations[organization.iri]


def _records(at: FactsOn) -> list[Organization]:
    return [at.library.organizations[iri] for iri in measures(at.facts, at.on).organizations]


def _component_size(reader: Reader, organization: Organization) -> int:
    return measures(reader.facts, reader.on).sizes[_of(reader, organization).component]


def _community_order(reader: Reader, organization: Organization) -> tuple[str, str]:
    return czech_order(reader.short_name(community_hub(reader, str(_of(reader, organization).community))))


def _kind_and_country(reader: Reader, organization: Organization) -> tuple[tuple[str, str], ...]:
    return (reader.name(organization.kind), ""), (reader.name(organization.country), "")


def _share(code: str) -> ListColumn[Organization]:
    def share(reader: Reader, organization: Organization) -> float:
        return float(getattr(_of(reader, organization), code))

    return ListColumn(
        name=code,
        file=code,
        holds=Holds.NUMBER,
        heading=_NAMES[code],
        value=lambda reader, organization: str(share(reader, organization)),
        form=CellForm.SHARE,
        order=share,
    )


def _number(code: str, number: Callable[[Measures], int]) -> ListColumn[Organization]:
    def value(reader: Reader, organization: Organization) -> int:
        return number(_of(reader, organization))

    return ListColumn(name=code, file=code, heading=_NAMES[code], value=value, form=CellForm.NUMBER, order=value)


MEASURES: ListDescription[Organization] = ListDescription(
    name="measures",
    path="analysis/measures",
    heading=N_("Who holds the network together"),
    records=_records,
    facets=(
        ListFacet(
            name="single",
            heading=_NAMES["reached_only"],
            codes=lambda at, o: (YES if _of(at, o).is_single_contact else NO,),
            values=(YES, NO),
            words="yes-no",
        ),
        own_country_facet(),
        territory_facet(lambda _at, o: (o.iri,), N_("In the territory of")),
        kind_facet("kinds"),
        ListFacet(
            name="community",
            heading=_NAMES["community"],
            codes=lambda at, o: (str(_of(at, o).community),),
            words="communities",
            folded=True,
        ),
    ),
    columns=(
        *base_columns(N_("Organization"), "name", _kind_and_country),
        kind_column(),
        ListColumn(file="country", value=lambda reader, o: reader.library.code(o.country)),
        _share("betweenness"),
        _share("page_rank"),
        _number("partners", lambda values: values.partners),
        _number("relationships", lambda values: values.relationships),
        ListColumn(
            file="is_single_contact",
            holds=Holds.BOOLEAN,
            value=lambda reader, o: str(_of(reader, o).is_single_contact).lower(),
        ),
        ListColumn(
            name="reached_only",
            file="reached_only",
            holds=Holds.RECORD,
            heading=_NAMES["reached_only"],
            value=lambda reader, o: _of(reader, o).reached_only,
            form=CellForm.COUNT,
            order=lambda reader, o: len(_of(reader, o).reached_only),
        ),
        ListColumn(
            name="community",
            file="community",
            heading=_NAMES["community"],
            value=lambda reader, o: _of(reader, o).community,
            form=CellForm.COMMUNITY,
            order=_community_order,
        ),
        ListColumn(
            name="component",
            file="component",
            heading=_NAMES["component"],
            value=lambda reader, o: _of(reader, o).component,
            form=CellForm.COMPONENT,
            order=_component_size,
        ),
        ListColumn(file="component_size", value=_component_size),
    ),
    order="-betweenness",
)
