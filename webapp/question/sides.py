"""Who takes part in a record, and on which side of the border: for the choices of the questions."""

from __future__ import annotations

from collections import Counter

from graph.kept import kept
from graph.records.records import Activity, Agreement, Dated, Project
from graph.views.facts import Facts
from graph.views.region import home_country, home_members

__all__ = ["agreed_with_home", "at_home", "ends_abroad", "in_home_country", "together"]


def together(record: Dated) -> tuple[str, ...]:
    """IRIs of the parties of an agreement, or of the participants of a project or activity."""
    match record:
        case Agreement():
            return record.parties
        case Project() | Activity():
            return record.participants
    return ()


def in_home_country(served: Facts, iri: str) -> bool:
    """Whether an organization has its seat in the country of the home region."""
    organization = served.library.organizations.get(iri)
    return organization is not None and organization.country == home_country(served.library) != ""


def at_home(served: Facts, iri: str) -> bool:
    """Whether an organization belongs to the home region, or has its seat in the country of it."""
    return iri in home_members(served) or in_home_country(served, iri)


def ends_abroad(served: Facts, iris: tuple[str, ...]) -> tuple[str, ...]:
    """IRIs of those that have their seat in another country."""
    organizations = served.library.organizations
    away = {iri for iri in iris if iri in organizations and organizations[iri].country}
    return tuple(iri for iri in iris if iri in away and not in_home_country(served, iri))


@kept()
def agreed_with_home(served: Facts) -> dict[str, int]:
    """Organization to the number of its agreements with the home region, ended ones included."""
    agreements = (one for one in served.library.agreements.values() if served.library.home in one.parties)
    return Counter(iri for agreement in agreements for iri in agreement.parties if iri != served.library.home)
