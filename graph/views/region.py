"""How records lie to the home region: who belongs to it, whose side a party is on, where partners are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from graph.kept import kept
from graph.records.library import Library
from graph.records.records import Activity, Agreement, Organization, Project, Record
from graph.views.facts import Facts
from graph.views.territories import in_territory, members_of

__all__ = [
    "Side",
    "Whereabouts",
    "agreed_with_home",
    "at_home",
    "ends_abroad",
    "home_country",
    "home_members",
    "in_home_country",
    "partner_countries",
    "place_of",
    "side_of",
    "sides_of",
    "together",
    "with_broader",
]


class Whereabouts(StrEnum):
    """Where an organization is, seen from the home region."""

    REGION = "region"
    COUNTRY = "country"
    ABROAD = "abroad"
    POST = "post"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """Who stands in an agreement on the side of the home region."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    OTHER = "other"
    ABROAD = "abroad"


def home_country(library: Library) -> str:
    """IRI of the country of the home region; "" when it has none."""
    home = library.organizations.get(library.home)
    return home.country if home else ""


def home_members(facts: Facts) -> frozenset[str]:
    """IRIs of the organizations in the territory of the home region, itself included."""
    return in_territory(facts, facts.library.home)


def place_of(facts: Facts, organization: Organization) -> Whereabouts:
    """Where an organization is; posts of ours abroad apart, the territory of the region before all else."""
    if organization.iri in facts.library.own_posts:
        return Whereabouts.POST
    if organization.iri in home_members(facts):
        return Whereabouts.REGION
    if not organization.country:
        return Whereabouts.UNKNOWN
    return Whereabouts.COUNTRY if organization.country == home_country(facts.library) else Whereabouts.ABROAD


def side_of(facts: Facts, agreement: Agreement) -> Side:
    """Tell the side of the region: the region itself, else a municipality of it, else anyone at home."""
    library = facts.library
    if library.home in agreement.parties:
        return Side.REGION
    parties = [library.organizations[iri] for iri in agreement.parties if iri in library.organizations]
    if any(party.iri in home_members(facts) and library.code(party.kind) == "municipality" for party in parties):
        return Side.MUNICIPALITY
    return Side.OTHER if any(party.country == home_country(library) for party in parties) else Side.ABROAD


def partner_countries(library: Library, organizations: Iterable[str]) -> tuple[str, ...]:
    """IRIs of the countries of foreign organizations, posts of ours left out; sorted.

    Parameters
    ----------
    organizations : iterable of str
        IRIs of parties or participants.
    """
    return tuple(sorted({library.organizations[iri].country for iri in ends_abroad(library, organizations)}))


def with_broader(library: Library, concepts: Iterable[str]) -> tuple[str, ...]:
    """IRIs of concepts and of all concepts broader than they; sorted."""
    broader: set[str] = set()
    for iri in concepts:
        while iri and iri not in broader:
            broader.add(iri)
            iri = library.concepts[iri].broader if iri in library.concepts else ""
    return tuple(sorted(broader))


def together(record: Record) -> tuple[str, ...]:
    """IRIs of the parties of an agreement, or of the participants of a project or activity."""
    match record:
        case Agreement():
            return record.parties
        case Project() | Activity():
            return record.participants
    return ()


def in_home_country(library: Library, iri: str) -> bool:
    """Whether an organization has its seat in the country of the home region."""
    organization = library.organizations.get(iri)
    return organization is not None and organization.country == home_country(library) != ""


def at_home(facts: Facts, iri: str) -> bool:
    """Whether an organization belongs to the home region, or has its seat in the country of it."""
    return iri in home_members(facts) or in_home_country(facts.library, iri)


def ends_abroad(library: Library, iris: Iterable[str]) -> tuple[str, ...]:
    """IRIs of those that have their seat in another country and are no posts of ours, in their order."""
    organizations = library.organizations
    seated = (iri for iri in iris if iri in organizations and organizations[iri].country)
    return tuple(iri for iri in seated if not in_home_country(library, iri) and iri not in library.own_posts)


@kept()
def sides_of(facts: Facts, territory: str) -> tuple[frozenset[str], frozenset[str]]:
    """IRIs of ours and of theirs when the home region and a territory stand face to face; posts of ours are on neither.

    Parameters
    ----------
    territory : str
        Code, see `graph.views.territories.codes_of_territories`. One within the home region stands against everybody
        abroad, any other against the whole home region.
    """
    home, there = home_members(facts), members_of(facts, territory)
    if there and there <= home:
        return there, frozenset(ends_abroad(facts.library, facts.library.organizations))
    return home, there - home - facts.library.own_posts


@kept()
def agreed_with_home(facts: Facts) -> Mapping[str, int]:
    """Organization to the number of its agreements with the home region, ended ones included."""
    home = facts.library.home
    agreements = (agreement for agreement in facts.library.agreements.values() if home in agreement.parties)
    return Counter(iri for agreement in agreements for iri in agreement.parties if iri != home)
