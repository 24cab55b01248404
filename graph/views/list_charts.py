"""Numbers of the charts of a list: its chosen records by year, by area and by partner, and the money of projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.records.library import Library
from graph.records.records import Project, Record
from graph.views.facets import FactsOn, ListFacet, Selection
from graph.views.lists import ALL_LISTS, chosen_set, facet_index
from graph.views.region import in_home_country
from graph.views.shared_columns import NONE

__all__ = ["CHARTS", "FACETS", "Money", "chart_counts", "charted_facet", "money_by_year"]

# Facet that a chart counts by, under the name of the chart.
FACETS: Mapping[str, str] = {"year": "year", "area": "area", "partner": "between"}
CHARTS: Mapping[str, tuple[str, ...]] = {
    "agreements": ("year", "area", "partner"),
    "activities": ("year", "area", "partner"),
    "projects": ("year", "money", "area", "partner"),
}


@dataclass(frozen=True)
class Money:
    """What projects of a year state: the sum in euro, how many state an amount, how many there are."""

    eur: Decimal
    stating: int
    projects: int


def charted_facet(name: str, by: str) -> ListFacet[Record]:
    """Facet of a list that a chart of it counts by."""
    return next(facet for facet in ALL_LISTS[name].facets if facet.name == FACETS[by])


def chart_counts(at: FactsOn, name: str, by: str, selection: Selection) -> Mapping[str, int]:
    """Count the chosen records of a list by the codes of the facet of a chart, those that are offered and none.

    A record with several codes counts for each of them. Partners are abroad.
    """
    facet, library = charted_facet(name, by), at.library
    chosen = chosen_set(at.facts, at.on, name, selection)
    counts = facet_index(at.facts, at.on, name).counts(facet.name, chosen)
    shown = {code: number for code, number in counts.items() if code == NONE or facet.offered(at.facts, code)}
    if by != "partner":
        return shown
    iris = {code: at.facts.iris.resource("organizations", code) for code in shown}
    abroad = {code for code, iri in iris.items() if iri in library.organizations and not in_home_country(library, iri)}
    return {code: number for code, number in shown.items() if code in abroad}


def money_by_year(library: Library, projects: Sequence[Record]) -> Mapping[str, Money]:
    """Sum the EU contributions of projects by the year of their beginning, ``none`` for an unknown one.

    Umbrella funds are left out, as their money is in their small projects too.
    """
    sums: dict[str, Money] = {}
    for project in projects:
        if isinstance(project, Project) and project.iri not in library.umbrella_funds:
            year, stated = project.since[:4] or NONE, project.eu_contribution_eur
            so_far = sums.get(year, Money(Decimal(0), 0, 0))
            amount = Decimal(stated) if stated else Decimal(0)
            sums[year] = Money(so_far.eur + amount, so_far.stating + bool(stated), so_far.projects + 1)
    return sums
