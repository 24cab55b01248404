"""What an edition tells of a partner for a meeting: on what paper we stand, what happened last, who deals with it.

The visit brief is made of it. All is told as of a day; what began later is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.dates import PartialDate
from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Claim, Dated, Organization, Project, Relation
from graph.records.undertakings import Commitment, Delegation
from graph.views.facts import AsOf, Facts
from graph.views.partnership import (
    IN_FORCE,
    STANDING,
    Contact,
    agreements_of_home,
    agreements_with,
    contacts_with,
    meetings_with,
)
from graph.views.region import home_members
from graph.views.territories import in_territory, joined_with_home

__all__ = ["SORTS", "Briefing", "Companion", "Meeting", "TiesOfSort", "briefing_of"]

LAST_MEETINGS = 5
LEADING = 3
# Sort of ours -> kinds of organizations.
SORTS: Mapping[str, Sequence[str]] = {
    "towns": ("municipality", "settlement"),
    "schools": ("school", "university"),
    "firms": ("company",),
}


@dataclass(frozen=True)
class Meeting:
    """A meeting that took place, what was promised there, and who was sent."""

    activity: Activity
    promised: Sequence[Commitment]
    delegations: Sequence[Delegation]


@dataclass(frozen=True)
class TiesOfSort:
    """What joins organizations of ours of one sort with the territory of a partner.

    Attributes
    ----------
    of : str
        Sort of organizations, one of `SORTS`.
    organizations : int
        How many of ours take part.
    agreements, projects, events : int
        Records of each kind; relations without a paper are among `records` only.
    leading : sequence of str
        IRIs of the organizations with the most records, at most `LEADING`, first the one with most.
    """

    of: str
    organizations: int
    agreements: int
    projects: int
    events: int
    leading: Sequence[str]
    records: Sequence[Dated]


@dataclass(frozen=True)
class Companion:
    """An organization that takes part in the meeting, and what joins it with the other side, newest first."""

    iri: str
    records: Sequence[Dated]


@dataclass(frozen=True)
class Briefing:
    """A partner as it was known on a day.

    Attributes
    ----------
    organization : Organization
        Who comes, or is gone to.
    agreements : sequence of Agreement
        Of the home region with it, not ended, those in force first, each newest first.
    in_force : sequence of Agreement
        Those of them that a source shows to be in force.
    suspended, ended : sequence of Agreement
        Suspended ones, which are among `agreements`, too; ended ones, newest first.
    meetings : sequence of Meeting
        The last ones, newest first; `met` counts all.
    ties : sequence of TiesOfSort
        Only sorts of which anybody has a tie.
    promised : sequence of Commitment
        Between the home region and it, not of `meetings`.
    contested : sequence of Claim
        Values that sources differ in, of all that the brief names.
    """

    organization: Organization
    on: AsOf
    agreements: Sequence[Agreement]
    in_force: Sequence[Agreement]
    suspended: Sequence[Agreement]
    ended: Sequence[Agreement]
    meetings: Sequence[Meeting]
    met: int
    promised: Sequence[Commitment]
    ties: Sequence[TiesOfSort]
    contacts: Sequence[Contact]
    contested: Sequence[Claim]
    companions: Sequence[Companion]

    @property
    def is_undated(self) -> bool:
        """Whether the day of signing of an agreement that has not ended is not known."""
        return not all(agreement.signed for agreement in self.agreements)

    @property
    def is_office_known(self) -> bool:
        """Whether an office is known that stands for the partner, or a mission in charge."""
        return any(contact.role in ("contact", "ours", "theirs") for contact in self.contacts)

    @property
    def unresolved(self) -> Sequence[Commitment]:
        """Promises of which no source tells what became of them."""
        promised = (*(each for meeting in self.meetings for each in meeting.promised), *self.promised)
        return tuple(each for each in promised if not each.fulfilment)


@kept(64)
def briefing_of(facts: Facts, iri: str, on: AsOf, companions: tuple[str, ...] = ()) -> Briefing:
    """Collect what is known of a partner.

    Parameters
    ----------
    iri : str
        IRI of an organization abroad, see `graph.views.partnership.guest`.
    companions : tuple of str
        IRIs of organizations that take part, too, of either side.
    """
    organization, area = facts.library.organizations[iri], _area(facts, iri)
    begun = [a for a in agreements_of_home(facts) if facts.state(a, on).form is not Form.FUTURE]
    agreements = agreements_with(facts, area, begun)
    forms = {a.iri: facts.state(a, on).form for a in agreements}
    held = [a for a in meetings_with(facts, area, agreements) if _took_place_by(a, on)]
    held.sort(key=lambda a: (a.since, a.iri), reverse=True)
    meetings = tuple(_meeting(facts, activity) for activity in held[:LAST_MEETINGS])
    standing = sorted((a for a in agreements if forms[a.iri] in STANDING), key=lambda a: forms[a.iri] not in IN_FORCE)
    named = (iri, *(a.iri for a in standing), *(meeting.activity.iri for meeting in meetings))
    return Briefing(
        organization=organization, on=on, agreements=tuple(standing),
        in_force=tuple(a for a in standing if forms[a.iri] in IN_FORCE),
        suspended=tuple(a for a in standing if forms[a.iri] is Form.SUSPENDED),
        ended=tuple(a for a in agreements if forms[a.iri] is Form.ENDED),
        meetings=meetings, met=len(held), promised=_promised(facts, area, iri, on, meetings),
        ties=tuple(_ties(facts, on, area)), contacts=tuple(contacts_with(facts, on, organization, area)),
        contested=tuple(_claims(facts, named)),
        companions=tuple(_companion(facts, on, other, area, iri) for other in companions),
    )  # fmt: skip


def _area(facts: Facts, iri: str) -> str:
    """IRI of the territory that a partner acts for: itself, or of an elected body that of which it is part."""
    organization = facts.library.organizations[iri]
    whole = organization.part_of
    is_body = facts.library.code(organization.kind) == "elected_body"
    return whole if is_body and in_territory(facts, whole) else iri


def _took_place_by(activity: Activity, on: AsOf) -> bool:
    return bool(activity.took_place and activity.since) and PartialDate(activity.since).first <= on.day


def _meeting(facts: Facts, activity: Activity) -> Meeting:
    naming = facts.library.naming(activity.iri)
    return Meeting(
        activity,
        tuple(r for r in naming if isinstance(r, Commitment) and r.arises_from == activity.iri),
        tuple(r for r in naming if isinstance(r, Delegation) and r.activity == activity.iri),
    )


def _promised(facts: Facts, area: str, iri: str, on: AsOf, meetings: Iterable[Meeting]) -> tuple[Commitment, ...]:
    library, there = facts.library, in_territory(facts, area) | {iri}
    told = {each.iri for meeting in meetings for each in meeting.promised}

    def between(each: Commitment) -> bool:
        by, to = set(each.promised_by), set(each.promised_to)
        return bool((library.home in by and there & to) or (library.home in to and there & by))

    def had_begun(each: Commitment) -> bool:
        origin = library.get(each.arises_from)
        if isinstance(origin, Activity):
            return _took_place_by(origin, on)
        return not isinstance(origin, Dated) or facts.state(origin, on).form is not Form.FUTURE

    mine = (each for each in library.commitments.values() if each.iri not in told and between(each))
    return tuple(each for each in mine if had_begun(each))


def _together(record: Dated) -> tuple[str, ...]:
    match record:
        case Agreement():
            return record.parties
        case Project() | Activity():
            return record.participants
        case Relation():
            return record.subject, record.object
    return ()


def _counting(facts: Facts, on: AsOf) -> Iterator[Dated]:
    """Give what ties on the day: agreements and relations not ended, projects begun, events that took place."""
    library = facts.library
    yield from (a for a in library.agreements.values() if facts.state(a, on).form in STANDING)
    yield from (p for p in library.projects.values() if facts.state(p, on).form is not Form.FUTURE)
    yield from (a for a in library.activities.values() if _took_place_by(a, on))
    relations = (r for r in library.relations.values() if library.code(r.kind) == "cooperates_with")
    yield from (r for r in relations if facts.state(r, on).form in STANDING)


def _joining(facts: Facts, on: AsOf, area: str) -> Iterator[tuple[Dated, frozenset[str]]]:
    """Give the records between us and a partner or its territory, each with those of ours that take part."""
    ours = home_members(facts)
    for record in _counting(facts, on):
        ends = frozenset(_together(record))
        if ends & ours and (area in joined_with_home(facts, ends) or area in ends):
            yield record, ends & ours


def _ties(facts: Facts, on: AsOf, area: str) -> Iterator[TiesOfSort]:
    library = facts.library
    sort_of = {kind: sort for sort, kinds in SORTS.items() for kind in kinds}
    number: dict[str, Counter[str]] = {sort: Counter() for sort in SORTS}
    records: dict[str, dict[str, Dated]] = {sort: {} for sort in SORTS}
    for record, ours in _joining(facts, on, area):
        for iri in ours:
            if sort := sort_of.get(library.code(library.organizations[iri].kind)):
                number[sort][iri] += 1
                records[sort][record.iri] = record
    for sort, found in number.items():
        if not found:
            continue
        told = tuple(records[sort][key] for key in sorted(records[sort]))
        kinds = Counter(type(record) for record in told)
        leading = sorted(found, key=lambda iri, found=found: (-found[iri], iri))[:LEADING]  # type: ignore[misc]
        yield TiesOfSort(sort, len(found), kinds[Agreement], kinds[Project], kinds[Activity], tuple(leading), told)


def _claims(facts: Facts, iris: Iterable[str]) -> Iterator[Claim]:
    for iri in dict.fromkeys(iris):
        yield from (r for r in facts.library.naming(iri) if isinstance(r, Claim) and r.about == iri)


def _companion(facts: Facts, on: AsOf, other: str, area: str, iri: str) -> Companion:
    """Tie one of ours to the partner and its territory, one of theirs to anybody of ours."""
    ours = home_members(facts)
    there = (in_territory(facts, area) | {area, iri}) - ours
    opposite = there if other in ours else ours
    records = (r for r in _counting(facts, on) if other in (ends := set(_together(r))) and ends & opposite)
    dated = sorted(records, key=lambda r: r.iri)
    return Companion(other, tuple(sorted(dated, key=_dated, reverse=True)))


def _dated(record: Dated) -> str:
    return record.dated if isinstance(record, Agreement) else record.since
