"""Fields of the JSON and CSV files that several lists share."""

from __future__ import annotations

from collections.abc import Iterable

from graph.records.records import Dated, Record
from graph.views.region import partner_countries
from webapp.listing.description import Field
from webapp.request.visit import Visit, this_visit
from webapp.words.wording import badge

__all__ = ["area_codes", "base_fields", "country_codes", "source_iris", "state_fields"]


def base_fields() -> tuple[Field[Record], ...]:
    """IRI, row id, name in the reader's language, code of the kind."""
    return (
        Field("iri", lambda record: record.iri),
        Field("id", lambda record: record.key),
        Field("name", lambda record: record.name(this_visit().language)[0]),
        Field("kind", lambda record: this_visit().library.code(record.kind)),
    )


def state_fields() -> tuple[Field[Dated], ...]:
    """Start and end as given; form, words and date of the state on the day of the request."""
    return (
        Field("since", lambda record: record.since),
        Field("until", lambda record: record.until),
        Field("state", lambda record: this_visit().state(record).form.value),
        Field("state_basis", lambda record: this_visit().state(record).phrase.value),
        Field("state_date", lambda record: this_visit().state(record).day),
        Field(
            "state_text",
            lambda record: " ".join(
                filter(None, (badge(this_visit(), record).word, badge(this_visit(), record).detail))
            ),
        ),
    )


def area_codes(visit: Visit, areas: Iterable[str]) -> tuple[str, ...]:
    """Codes of areas."""
    return tuple(map(visit.library.code, areas))


def country_codes(visit: Visit, organizations: Iterable[str]) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries of organizations, the home country left out."""
    return tuple(map(visit.library.code, partner_countries(visit.library, organizations)))


def source_iris(record: Record) -> tuple[str, ...]:
    """IRIs of the sources of a record."""
    return record.sources
