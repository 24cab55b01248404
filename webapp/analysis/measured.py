"""Measures of the organizations on the day of the request, taken once for each edition and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.kept import kept
from graph.records.records import Organization
from graph.views.facts import AsOf, Facts
from graph.views.paths import USUAL_FORMS, USUAL_GROUNDS, network_on
from webapp.request.visit import Visit

if TYPE_CHECKING:
    from graph.networks.measures import Measures

__all__ = ["Measured", "measured", "measures_of"]


@dataclass(frozen=True)
class Measured:
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


def measured(visit: Visit) -> Measured:
    """Measure the network of ties that hold or are not verified on the day; events only are no ties here."""
    return _measured(visit.facts, visit.on)


def measures_of(visit: Visit, organization: Organization) -> Measures:
    """Give the measures of an organization of the network of the day."""
    return measured(visit).organizations[organization.iri]


@kept(32)
def _measured(facts: Facts, on: AsOf) -> Measured:
    # Not at the top: numpy takes long to import, and no start waits for the first measures.
    from graph.networks.measures import measure_network

    found = measure_network(network_on(facts, on, USUAL_GROUNDS, USUAL_FORMS))
    sizes = Counter(one.component for one in found.organizations.values())
    by_strength = sorted(found.organizations.items(), key=lambda item: (item[1].page_rank, item[0]))
    communities = {one.community: iri for iri, one in by_strength}
    return Measured(found.organizations, sizes, communities, found.samples)
