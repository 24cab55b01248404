"""What joins the home region with a partner, for report and brief: agreements, meetings, who deals with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.errors import InputError
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Organization, Record, Relation
from graph.views.facts import AsOf, Facts
from graph.views.region import ends_abroad, home_country, home_members
from graph.views.territories import in_territory

__all__ = [
    "IN_FORCE",
    "STANDING",
    "Contact",
    "agreements_of_home",
    "agreements_with",
    "contacts_with",
    "guest",
    "known",
    "meetings_with",
    "newest",
    "offices_for",
]

# Forms of a record that counts on a day: in force, or not known to have ended.
IN_FORCE = (Form.HELD, Form.AGED)
STANDING = (*IN_FORCE, Form.OPEN, Form.SUSPENDED)
# Who acts for a region: meetings with schools or towns there are not meetings with the region.
AUTHORITIES = ("region", "public_authority", "ministry", "representation_office", "elected_body")
CONTACTS = ("contact_institution_for", "represents")
# How units of the home region deal with what is abroad.
UNIT_RELATIONS = ("organises_meetings_for", "prepares_briefings_for", "responsible_for")


@dataclass(frozen=True)
class Contact:
    """An organization that deals with a partner.

    Attributes
    ----------
    role : str
        ``contact`` by a source; ``ours`` or ``theirs``, a mission in charge; ``unit`` of ours; ``chamber``.
    records : sequence of Record
        What shows it.
    """

    iri: str
    role: str
    records: Sequence[Record]


def agreements_of_home(facts: Facts) -> list[Agreement]:
    """Agreements of the home region itself with somebody abroad, at any time."""
    library = facts.library
    agreements = library.agreements.values()
    return [a for a in agreements if library.home in a.parties and ends_abroad(library, a.parties)]


def agreements_with(facts: Facts, iri: str, agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Keep the agreements to which the partner, or anybody in its territory, is party; newest first."""
    there = in_territory(facts, iri) | {iri}
    return newest(a for a in agreements if there.intersection(a.parties))


def meetings_with(facts: Facts, iri: str, agreements: Iterable[Agreement]) -> list[Activity]:
    """Activities of the home region with those who act for a partner, and those under one of the agreements."""
    library = facts.library
    territory, under = in_territory(facts, iri) | {iri}, {agreement.iri for agreement in agreements}
    authorities = {o for o in territory if library.code(library.organizations[o].kind) in AUTHORITIES} | {iri}
    return [
        a
        for a in library.activities.values()
        if (library.home in a.participants and authorities.intersection(a.participants)) or a.agreement in under
    ]


def offices_for(facts: Facts, on: AsOf, iri: str) -> tuple[Relation, ...]:
    """Relations of offices that stand for a partner, or through which it is dealt with, not ended on the day."""
    relations = (r for r in facts.library.naming(iri) if isinstance(r, Relation) and r.object == iri)
    standing = (r for r in relations if facts.state(r, on).form in STANDING)
    return tuple(r for r in standing if facts.library.code(r.kind) in CONTACTS)


def newest(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Sort from the newest, those without a date at the end."""
    return tuple(sorted(sorted(agreements, key=lambda a: a.iri), key=lambda a: a.dated, reverse=True))


def contacts_with(facts: Facts, on: AsOf, partner: Organization, area: str) -> Iterator[Contact]:
    """Offices that sources name for the partner, missions in charge, units of ours, chambers that units work with."""
    seen = set[str]()
    for contact in (
        *(Contact(r.subject, "contact", (r,)) for iri in {partner.iri, area} for r in offices_for(facts, on, iri)),
        *_missions(facts, partner, area),
        *_units(facts, on),
    ):
        if contact.iri not in seen:
            seen.add(contact.iri)
            yield contact


def _missions(facts: Facts, partner: Organization, area: str) -> Iterator[Contact]:
    """Ours that are in charge of the partner, and theirs that is accredited here; consulates by their district only."""
    library, home = facts.library, home_country(facts.library)
    for mission in library.organizations.values():
        is_embassy = library.code(mission.kind) == "embassy"
        is_sent = mission.sending_state == home
        if is_sent and (area in mission.consular_district or (is_embassy and partner.country in mission.accredited_to)):
            yield Contact(mission.iri, "ours", (mission,))
        elif is_embassy and mission.sending_state == partner.country and home in mission.accredited_to:
            yield Contact(mission.iri, "theirs", (mission,))


def _units(facts: Facts, on: AsOf) -> Iterator[Contact]:
    library, ours = facts.library, home_members(facts)
    standing = [r for r in library.relations.values() if facts.state(r, on).form in STANDING]
    units = [r for r in standing if library.code(r.kind) in UNIT_RELATIONS and r.object == library.home]
    yield from (Contact(r.subject, "unit", (r,)) for r in units if r.subject in ours)
    named = {r.subject for r in units}
    for r in standing:
        other = library.organizations.get(r.object)
        is_work = r.subject in named and library.code(r.kind) == "cooperates_with"
        if is_work and other and library.code(other.kind) == "chamber":
            yield Contact(r.object, "chamber", (r,))


def guest(facts: Facts, key: str) -> Organization:
    """Find the organization abroad that a brief may be about.

    Parameters
    ----------
    key : str
        Row id.

    Raises
    ------
    InputError
        There is no such organization, or it is one of ours.
    """
    organization = known(facts, key)
    if not ends_abroad(facts.library, [organization.iri]):
        raise InputError(f"{key} has no seat in another country, so no brief is made for a visit of it")
    return organization


def known(facts: Facts, key: str) -> Organization:
    """Find the organization with a row id.

    Raises
    ------
    InputError
        There is none.
    """
    organization = facts.library.organizations.get(facts.iris.resource("organizations", key))
    if organization is None:
        raise InputError(f"there is no organization {key[:60]!r}; row ids are those of krajina list organizations")
    return organization
