"""What an edition tells of a year of the home region's relations: partners, what happened, what is lacking.

The yearly report is made of it. All is asked as of a day, the last of the year unless another is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from graph.dates import PartialDate
from graph.errors import InputError
from graph.folding import czech_order
from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Activity, Agreement, Membership, Project, Relation
from graph.views.facts import AsOf, Facts
from graph.views.partnership import (
    IN_FORCE,
    STANDING,
    agreements_of_home,
    meetings_with,
    newest,
    offices_for,
)
from graph.views.region import ends_abroad, home_members, together
from graph.views.territories import in_territory, joined_with_home

__all__ = ["Money", "PartnerYear", "Year", "year_of", "years_of"]

# Statuses of an activity that is still meant to take place; a cancelled or unverified one is no plan.
PLANNED = ("planned", "announced")
LAST_EVENTS = 5


@dataclass(frozen=True)
class Money:
    """Contributions of the EU to projects: how many projects, how many of them state a sum, and the sum in EUR."""

    projects: int
    stated: int
    eur: Decimal


@dataclass(frozen=True)
class PartnerYear:
    """A partner with an official partnership agreement that stood on the day, and what the year brought.

    Attributes
    ----------
    number : int
        Of its annex, from 1.
    iri : str
        IRI of the territorial authority or elected body; of the whole that several parties are part of.
    official : sequence of Agreement
        Official agreements that had not ended, newest first.
    is_in_force : bool
        One of them was in force on the day; False where that is not verified.
    agreements : sequence of Agreement
        All agreements of the home region with it that had begun, ended ones included, newest first.
    events : sequence of Activity
        What took place in the year, oldest first; `before` holds the last ones of earlier years, newest first.
    projects : sequence of Project
        Projects of organizations of both territories that ran in the year.
    towns : sequence of Agreement
        Agreements of municipalities of the home region with municipalities there that had not ended.
    contacts : sequence of Relation
        Offices that stand for it.
    """

    number: int
    iri: str
    official: Sequence[Agreement]
    is_in_force: bool
    agreements: Sequence[Agreement]
    events: Sequence[Activity]
    before: Sequence[Activity]
    projects: Sequence[Project]
    money: Money
    towns: Sequence[Agreement]
    contacts: Sequence[Relation]

    @property
    def is_undated(self) -> bool:
        """Whether the day of signing of one of its official agreements is not known."""
        return not all(agreement.signed for agreement in self.official)


@dataclass(frozen=True)
class Year:
    """A year as it was known on a day.

    Attributes
    ----------
    partners : sequence of PartnerYear
        Those in force before those not verified, by their Czech names; an annex each, in this order.
    signed, ended : sequence of Agreement
        Agreements of the home region that were signed, or ended, in the year by the day. One that was signed may begin
        later; one whose day of signing is not known is never said to have been signed, whenever it began.
    events : sequence of Activity
        Events of the home region with somebody abroad, or under one of its agreements, that took place in the year;
        oldest first.
    other_agreements : sequence of Agreement
        Agreements of the home region with a foreign partner that are no official partnership and had not ended.
    memberships : sequence of Membership
        Of the home region, not ended.
    planned : sequence of Activity
        Activities of the home region that are planned or announced for the next year; whose they are is that of events.
    """

    year: int
    on: AsOf
    partners: Sequence[PartnerYear]
    signed: Sequence[Agreement]
    ended: Sequence[Agreement]
    events: Sequence[Activity]
    projects: Sequence[Project]
    money: Money
    other_agreements: Sequence[Agreement]
    memberships: Sequence[Membership]
    planned: Sequence[Activity]

    @cached_property
    def in_force(self) -> Sequence[PartnerYear]:
        """Partners with an official agreement in force on the day."""
        return tuple(partner for partner in self.partners if partner.is_in_force)


def years_of(facts: Facts, day: date = date.max) -> Sequence[int]:
    """Give the years of reports, newest first: from the first agreement of the home region to that of the edition.

    Parameters
    ----------
    day : date
        As of which; a report of a later year cannot be told as of it.
    """
    starts = [PartialDate(a.began).first.year for a in agreements_of_home(facts) if a.began]
    edition = date.fromisoformat(facts.edition.modified).year
    return tuple(range(min(edition, day.year), min(starts, default=edition) - 1, -1))


@kept(16)
def year_of(facts: Facts, year: int, day: date | None = None) -> Year:
    """Collect what is known of a year.

    Parameters
    ----------
    day : date or None
        As of which; the last day of the year when None, but none after the edition, which knows no more.

    Raises
    ------
    InputError
        Nothing can be told of the year, or the day lies before it.
    """
    edition = date.fromisoformat(facts.edition.modified)
    if year not in years_of(facts):
        raise InputError(f"there is no report of {year}; there are those of {years_of(facts)[-1]} to {edition.year}")
    day = day or min(date(year, 12, 31), edition)
    if day.year < year:
        raise InputError(f"a report of {year} cannot be as of {day}: name a day of that year or a later one")
    on = AsOf.seen(day, edition)  # not today's date: the same edition tells the same
    of_home = agreements_of_home(facts)
    agreements = [agreement for agreement in of_home if facts.state(agreement, on).form is not Form.FUTURE]
    official = [a for a in agreements if a.is_official and facts.state(a, on).form in STANDING]
    partners = sorted(
        (_partner(facts, on, year, iri, official, agreements) for iri in {_partner_of(facts, a) for a in official}),
        key=lambda each: (not each.is_in_force, czech_order(facts.library.name(each.iri, "cs")[0]), each.iri),
    )
    activities = facts.library.activities.values()
    under = {agreement.iri for agreement in agreements}
    mine = [
        a
        for a in activities
        if (facts.library.home in a.participants and ends_abroad(facts.library, a.participants)) or a.agreement in under
    ]
    abroad = [p for p in facts.library.projects.values() if joined_with_home(facts, together(p))]
    projects = _running(abroad, year)
    others = [a for a in agreements if not a.is_official and facts.state(a, on).form in STANDING]
    meant = (a for a in mine if facts.library.code(a.status) in PLANNED)
    next_year = [a for a in meant if a.since.startswith(str(year + 1))]
    return Year(
        year=year, on=on, partners=tuple(replace(p, number=n) for n, p in enumerate(partners, start=1)),
        signed=tuple(a for a in of_home if _signed_in(a, year, on)),
        ended=tuple(a for a in agreements if _ended_in(a, year) and facts.state(a, on).form is Form.ENDED),
        events=_held_in(mine, year, on), projects=projects, money=_money(projects),
        other_agreements=newest(others), memberships=_memberships(facts, on),
        planned=tuple(sorted(next_year, key=lambda a: (a.since, a.iri))),
    )  # fmt: skip


def _partner_of(facts: Facts, agreement: Agreement) -> str:
    """IRI of whom an official agreement is with; of several towns the whole that all of them are part of."""
    library = facts.library
    ends = [library.organizations[iri] for iri in ends_abroad(library, agreement.parties)]
    authorities = [o for o in ends if in_territory(facts, o.iri) or library.code(o.kind) == "elected_body"] or ends
    wholes = {organization.part_of for organization in authorities}
    if len(authorities) > 1 and len(wholes) == 1 and wholes != {""}:
        return wholes.pop()
    return authorities[0].iri


def _partner(
    facts: Facts, on: AsOf, year: int, iri: str, official: Iterable[Agreement], agreements: Iterable[Agreement]
) -> PartnerYear:
    library = facts.library
    own = newest(a for a in official if _partner_of(facts, a) == iri)
    territory = in_territory(facts, iri) | {iri}
    all_agreements = newest(a for a in agreements if a in own or territory.intersection(a.parties))
    met = meetings_with(facts, iri, all_agreements)
    earlier = [a for a in met if a.took_place and a.since and a.since[:4] < str(year)]
    projects = _running((p for p in library.projects.values() if iri in joined_with_home(facts, together(p))), year)
    return PartnerYear(
        number=0, iri=iri, official=own, is_in_force=any(facts.state(a, on).form in IN_FORCE for a in own),
        agreements=all_agreements, events=_held_in(met, year, on),
        before=tuple(sorted(earlier, key=lambda a: (a.since, a.iri), reverse=True)[:LAST_EVENTS]),
        projects=projects, money=_money(projects), towns=_towns(facts, on, iri), contacts=offices_for(facts, on, iri),
    )  # fmt: skip


def _towns(facts: Facts, on: AsOf, iri: str) -> tuple[Agreement, ...]:
    library = facts.library
    ours = {o for o in home_members(facts) if library.code(library.organizations[o].kind) == "municipality"}
    agreements = (
        a
        for a in library.agreements.values()
        if ours.intersection(a.parties)
        and iri in joined_with_home(facts, a.parties)
        and facts.state(a, on).form in STANDING
    )
    return newest(agreements)


def _memberships(facts: Facts, on: AsOf) -> tuple[Membership, ...]:
    memberships = (m for m in facts.library.memberships.values() if m.member == facts.library.home)
    return tuple(m for m in memberships if facts.state(m, on).form in STANDING)


def _held_in(activities: Iterable[Activity], year: int, on: AsOf) -> tuple[Activity, ...]:
    held = (a for a in activities if a.took_place and a.since.startswith(str(year)))
    return tuple(sorted((a for a in held if PartialDate(a.since).first <= on.day), key=lambda a: (a.since, a.iri)))


def _running(projects: Iterable[Project], year: int) -> tuple[Project, ...]:
    """Projects that are said to have begun by the end of the year and not to have ended before it."""
    running = (
        p
        for p in projects
        if p.since and PartialDate(p.since).first.year <= year and p.until and PartialDate(p.until).last.year >= year
    )
    return tuple(sorted(running, key=lambda p: p.iri))


def _money(projects: Sequence[Project]) -> Money:
    """Add up; a fund whose small projects are among them is left out, as its money is theirs."""
    funds = {project.umbrella for project in projects}
    sums = [Decimal(p.eu_contribution_eur) for p in projects if p.eu_contribution_eur and p.iri not in funds]
    return Money(len(projects), len(sums), sum(sums, Decimal(0)))


def _signed_in(agreement: Agreement, year: int, on: AsOf) -> bool:
    return agreement.signed.startswith(str(year)) and PartialDate(agreement.signed).first <= on.day


def _ended_in(agreement: Agreement, year: int) -> bool:
    first, last = agreement.period.earliest_end, agreement.period.latest_end
    return first is not None and last is not None and first.year == last.year == year
