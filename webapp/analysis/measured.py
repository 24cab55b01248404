"""Measures of the organizations on the day of the request, taken once for each edition and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.measures import Measures, measure
from graph.records import Organization
from webapp.asof import asof
from webapp.paths.choice import USUAL_FORMS, USUAL_GROUNDS
from webapp.paths.linked import network_on
from webapp.site import Site, site

__all__ = ["Measured", "measured", "measures_of"]


@dataclass(frozen=True)
class Measured:
    """Measures by IRI, and how many organizations each connected component has, by its number."""

    measures: Mapping[str, Measures]
    sizes: Mapping[int, int]


def measured() -> Measured:
    """Measure the network of ties that hold or are not verified on the day; events only are no ties here."""
    on = asof()
    return _measured(site(), on.day, on.is_past)


def measures_of(organization: Organization) -> Measures:
    """Give the measures of an organization of the network of the day."""
    return measured().measures[organization.iri]


@lru_cache(maxsize=32)
def _measured(_served: Site, _day: date, _past: bool) -> Measured:
    measures = measure(network_on(USUAL_GROUNDS, USUAL_FORMS))
    return Measured(measures, Counter(found.component for found in measures.values()))
