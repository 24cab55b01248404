"""Columns and facets that several lists share: identity, state on the day, sources; kind, country, area, year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from graph.folding import czech_order
from graph.records.reading import Form, Phrase
from graph.records.records import Claim, Dated, Organization, Record
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, Tagged
from graph.views.facets import N_, FactsOn, ListFacet, Reader
from graph.views.facts import Facts
from graph.views.region import partner_countries, with_broader
from graph.views.territories import codes_of_territories, joined_codes, territory_name

__all__ = [
    "DIFFER", "NO", "NONE", "STATUS", "UNDATED", "UNKNOWN", "YES", "area_codes", "area_facet", "base_columns",
    "bases_column",
    "between_facet", "country_codes", "country_facet", "evidence_facet", "kind_column", "kind_facet", "name_order",
    "own_country_facet", "sources_column", "state_columns", "status_facet", "territory_facet", "year_facet",
]  # fmt: skip

R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=Dated)

STATUS = "status"
NONE, UNKNOWN, UNDATED, DIFFER = "none", "unknown", "undated", "differ"
YES, NO = "yes", "no"
# Code of a district that is no record of its own, see `graph.views.territories`.
DISTRICT = re.compile(r"[A-Z]{2}\.[\w-]+")


def name_order(reader: Reader, record: Record) -> tuple[str, str]:
    """Sort by the name in the reader's language, in the order of the Czech alphabet."""
    return czech_order(record.name(reader.language)[0])


def base_columns(
    heading: str,
    name: str = "title",
    detail: Callable[[Reader, Any], tuple[Tagged, ...]] | None = None,
    order: Callable[[Reader, Any], Any] = name_order,
) -> tuple[ListColumn[Any], ...]:
    """IRI, row id, and the name in the reader's language; under it `detail`, the kind of the record for None."""
    return (
        ListColumn(file="iri", value=lambda _reader, record: record.iri),
        ListColumn(file="id", value=lambda _reader, record: record.key),
        ListColumn(
            name=name,
            file="name",
            heading=heading,
            value=lambda reader, record: record.name(reader.language)[0],
            form=CellForm.TITLE,
            detail=detail or (lambda reader, record: ((reader.name(record.kind), ""),)),
            order=order,
        ),
    )


def kind_column() -> ListColumn[Record]:
    """Code of the kind, in files only."""
    return ListColumn(file="kind", value=lambda reader, record: reader.library.code(record.kind))


def state_columns() -> tuple[ListColumn[Dated], ...]:
    """Form, words and date of the state on the day."""
    return (
        ListColumn(
            name="state",
            file="state",
            heading=N_("State as of the day"),
            label=N_("State"),
            value=lambda reader, record: reader.state(record).form.value,
            form=CellForm.STATE,
        ),
        ListColumn(file="state_basis", value=lambda reader, record: reader.state(record).phrase.value),
        ListColumn(file="state_date", holds=Holds.DATE, value=lambda reader, record: reader.state(record).day),
        ListColumn(file="state_text", value=None, form=CellForm.STATE_WORDS),
    )


def bases_column() -> ListColumn[Record]:
    """Properties whose values no source states, each with its basis, in files only: ``since=derived``."""
    return ListColumn(
        file="bases",
        value=lambda reader, record: tuple(
            f"{each.of_property.rpartition('#')[2].rpartition('/')[2]}={reader.library.code(each.basis)}"
            for each in reader.library.bases_of(record.iri)
        ),
    )


def sources_column() -> ListColumn[Record]:
    """IRIs of the sources; a page counts them."""
    return ListColumn(
        name="sources",
        file="sources",
        holds=Holds.RECORD,
        heading=N_("Sources"),
        value=lambda _reader, record: record.sources,
        form=CellForm.SOURCES,
        order=lambda _reader, record: len(record.sources),
    )


def area_codes(at: FactsOn, areas: Iterable[str]) -> tuple[str, ...]:
    """Codes of areas."""
    return tuple(map(at.library.code, areas))


def country_codes(at: FactsOn, organizations: Iterable[str]) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries of organizations, the home country left out."""
    return tuple(map(at.library.code, partner_countries(at.library, organizations)))


def status_facet(words: str) -> ListFacet[D]:
    """State on the day: the form of its badge."""
    return ListFacet(
        name=STATUS,
        heading=N_("State"),
        codes=lambda at, record: (at.state(record).form,),
        values=tuple(Form),
        words=words,
        tells_day=True,
    )


def kind_facet(scheme: str) -> ListFacet[R]:
    """Kind by a code list."""
    return ListFacet(
        name="kind",
        heading=N_("Kind"),
        codes=lambda at, record: (at.library.code(record.kind) or NONE,),
        scheme=scheme,
    )


def own_country_facet() -> ListFacet[Organization]:
    """Country of the seat of an organization."""
    return ListFacet(
        name="country",
        heading=N_("Country"),
        codes=lambda at, o: (at.library.code(o.country) or NONE,),
        scheme="countries",
    )


def country_facet(heading: str, organizations: Callable[[R], Iterable[str]]) -> ListFacet[R]:
    """Countries of organizations, the home country left out."""
    return ListFacet(
        name="country",
        heading=heading,
        codes=lambda at, record: country_codes(at, organizations(record)),
        scheme="countries",
    )


def area_facet(areas: Callable[[FactsOn, R], Iterable[str]]) -> ListFacet[R]:
    """Areas of cooperation; the top ones are offered, a narrower one counts for its broader ones too."""
    return ListFacet(
        name="area",
        heading=N_("Area"),
        codes=lambda at, record: area_codes(at, with_broader(at.library, areas(at, record))) or (NONE,),
        scheme="areas",
        offered=_is_top_area,
        folded=True,
    )


def territory_facet(
    organizations: Callable[[FactsOn, R], Iterable[str]], heading: str = N_("With somebody in")
) -> ListFacet[R]:
    """Territories in which any of some organizations is.

    Regions and the districts of ours are offered; countries, which have a facet of their own, and municipalities work
    in an address.
    """

    def codes(at: FactsOn, record: R) -> Iterable[str]:
        return codes_of_territories(at.facts, organizations(at, record))

    return _territory_facet("territory", heading, codes)


def between_facet(organizations: Callable[[R], Iterable[str]]) -> ListFacet[R]:
    """Territories that a record joins with the home region: somebody of ours, and a partner there."""
    heading = N_("Between the region and")
    return _territory_facet("between", heading, lambda at, record: joined_codes(at.facts, organizations(record)))


def _territory_facet(name: str, heading: str, territories: Callable[[FactsOn, R], Iterable[str]]) -> ListFacet[R]:
    return ListFacet(
        name=name,
        heading=heading,
        codes=lambda at, record: sorted(territories(at, record)),
        label=lambda reader, code: territory_name(reader.facts, code, reader.language),
        offered=_is_region_or_district,
        folded=True,
    )


def _is_region_or_district(facts: Facts, code: str) -> bool:
    if DISTRICT.fullmatch(code):
        return True
    organization = facts.library.organizations.get(facts.iris.resource("organizations", code))
    return organization is not None and facts.library.code(organization.kind) == "region"


def year_facet(date: Callable[[R], str], *, folded: bool = False) -> ListFacet[R]:
    """Year of a date as given, newest first."""
    return ListFacet(
        name="year",
        heading=N_("Year"),
        codes=lambda _at, record: (date(record)[:4] or NONE,),
        words="years",
        by_code=True,
        folded=folded,
    )


def evidence_facet() -> ListFacet[R]:
    """Tell what is weak in the evidence: it holds only by a source without a date, or sources differ."""
    return ListFacet(
        name="evidence",
        heading=N_("Evidence"),
        codes=_evidence,
        values=(UNDATED, DIFFER),
        words="evidence",
        folded=True,
    )


def _evidence(at: FactsOn, record: Record) -> Iterable[str]:
    described = (record.iri, *(period.iri for period in at.library.statuses_of(record.iri)))
    if any(isinstance(other, Claim) for iri in described for other in at.library.naming(iri)):
        yield DIFFER
    if isinstance(record, Dated):
        read = at.state(record)
        if read.phrase is Phrase.UNDATED and read.form is Form.AGED:
            yield UNDATED


def _is_top_area(facts: Facts, code: str) -> bool:
    concept = facts.library.concept("areas", code)
    return code == NONE or (concept is not None and not concept.broader)
