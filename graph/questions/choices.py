"""What can be chosen in the blanks of the questions: codes that give an answer, and how often each occurs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, product

from graph.kept import kept
from graph.questions.questions import Blank, Question, bind_question
from graph.records.library import Library
from graph.records.records import Agreement, Dated
from graph.sparql.named_queries import bind, named_query
from graph.sparql.store import Solution
from graph.views.facts import Facts
from graph.views.region import (
    agreed_with_home,
    at_home,
    ends_abroad,
    home_members,
    in_home_country,
    together,
    with_broader,
)
from graph.views.territories import in_territory, joined_with_home

__all__ = ["codes_for"]

# Code -> weight; the heaviest is offered first where something must be chosen.
Codes = Mapping[str, int]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SPAN_YEARS = 10  # how far back the sentence about a period reaches before the reader changes it


@kept()
def codes_for(facts: Facts, question: Question, blank: Blank) -> Codes:
    """Codes for a blank of a question.

    Returns
    -------
    mapping
        Code to its weight, in no order; empty when nothing gives an answer.
    """
    if blank.choice in ("own", "own-years"):
        return _own(facts, question, blank)
    return _CHOICES[blank.choice](facts)


def _own(facts: Facts, question: Question, blank: Blank) -> Codes:
    """Codes that stand in the answer when the blank is left open."""
    rows = _open_rows(facts, question)
    if blank.choice == "own-years":
        return Counter(year for row in rows for year in _years(facts, row))
    return Counter(_code(facts, row[blank.parameter]) for row in rows)


@kept(64)
def _open_rows(facts: Facts, question: Question) -> list[Solution]:
    return facts.store.select(bind_question(question, {}, facts.iris, facts.library.home, "cs"))


def _years(facts: Facts, row: Solution) -> Iterable[str]:
    plan = facts.library.name(row["plan"], "cs")[0] if row.get("plan") else ""
    return {row["since"][:4], *_YEAR.findall(plan)} - {""}


def _code(facts: Facts, iri: str) -> str:
    kind_and_code = facts.iris.split(iri)
    return kind_and_code[1] if kind_and_code else iri.rpartition("#")[2]


def _slugs(facts: Facts, iris: Iterable[str]) -> Codes:
    return Counter(_code(facts, iri) for iri in iris)


def _shared(facts: Facts) -> Iterator[Dated]:
    """Agreements and projects with somebody from both sides."""
    for record in chain(facts.library.agreements.values(), facts.library.projects.values()):
        members = together(record)
        if ends_abroad(facts.library, members) and any(in_home_country(facts.library, iri) for iri in members):
            yield record


def _of_two(facts: Facts) -> Iterator[Dated]:
    records: Iterable[Dated] = chain(facts.library.agreements.values(), facts.library.projects.values())
    return (record for record in records if len(together(record)) > 1)


def _partners_abroad(facts: Facts) -> Codes:
    return _slugs(facts, (iri for record in _shared(facts) for iri in ends_abroad(facts.library, together(record))))


def _partner_countries(facts: Facts) -> Codes:
    organizations = facts.library.organizations
    countries = (
        {organizations[iri].country for iri in ends_abroad(facts.library, together(record))}
        for record in _shared(facts)
    )
    return _slugs(facts, chain.from_iterable(countries))


def _areas(facts: Facts) -> Codes:
    return _slugs(facts, (iri for r in _shared(facts) for iri in with_broader(facts.library, r.areas)))


def _areas_of_pairs(facts: Facts) -> Codes:
    return _slugs(facts, (iri for record in _of_two(facts) for iri in record.areas))


def _broader_areas(facts: Facts) -> Codes:
    library = facts.library
    broader = {concept.broader for concept in library.concepts.values()}
    areas = (iri for record in _of_two(facts) for iri in with_broader(library, record.areas))
    return _slugs(facts, (iri for iri in areas if iri in broader))


def _with_home(facts: Facts) -> Iterator[Dated]:
    library = facts.library
    for record in chain(library.agreements.values(), library.held_activities, library.projects.values()):
        if library.home in together(record):
            yield record


def _partners_with_areas(facts: Facts) -> Codes:
    members = (iri for record in _with_home(facts) if record.areas for iri in together(record))
    return _slugs(facts, ends_abroad(facts.library, members))


def _parties(facts: Facts, holds: Callable[[Agreement], bool] = bool) -> Codes:
    agreements = (record for record in facts.library.agreements.values() if holds(record))
    return _slugs(facts, (iri for record in agreements for iri in record.parties if at_home(facts, iri)))


def _home_parties(facts: Facts) -> Codes:
    agreements = (r for r in facts.library.agreements.values() if ends_abroad(facts.library, r.parties))
    parties = (iri for record in agreements for iri in record.parties)
    return _slugs(facts, (iri for iri in parties if iri in home_members(facts)))


def _begun(record: Agreement) -> bool:
    return bool(record.dated) and len(record.parties) > 1


def _without_agreement(facts: Facts) -> Codes:
    library, agreed = facts.library, set[tuple[str, str]]()
    for agreement in library.agreements.values():
        agreed.update(product(agreement.parties, agreement.parties))
    meetings: Iterable[Dated] = chain(library.projects.values(), library.held_activities)
    groups = [together(record) for record in meetings] + [
        (relation.subject, relation.object)
        for relation in library.relations.values()
        if library.code(relation.kind) == "cooperates_with"
    ]
    pairs = {(iri, other) for group in groups for iri, other in product(group, group) if iri != other} - agreed
    others = ((iri, other) for iri, other in pairs if other not in in_territory(facts, iri) | library.own_posts)
    return _slugs(facts, (iri for iri, _ in others if iri in home_members(facts)))


def _regions_of_partners(facts: Facts) -> Codes:
    library, regions = facts.library, list[str]()
    for agreement in library.agreements.values():
        if any(iri in home_members(facts) and _is_municipality(library, iri) for iri in agreement.parties):
            regions += joined_with_home(facts, agreement.parties)
    return _slugs(facts, (iri for iri in regions if not _is_municipality(library, iri)))


def _is_municipality(library: Library, iri: str) -> bool:
    return library.code(library.organizations[iri].kind) == "municipality"


def _participants(facts: Facts) -> Codes:
    participants = (iri for activity in facts.library.held_activities for iri in activity.participants)
    return _slugs(facts, (iri for iri in participants if at_home(facts, iri)))


def _project_participants(facts: Facts) -> Codes:
    participants = (iri for project in facts.library.projects.values() for iri in project.participants)
    return _slugs(facts, (iri for iri in participants if at_home(facts, iri)))


def _members(facts: Facts) -> Codes:
    return _slugs(facts, (membership.member for membership in facts.library.memberships.values()))


def _co_members(facts: Facts) -> Codes:
    joined: dict[str, set[str]] = {}
    for membership in facts.library.memberships.values():
        joined.setdefault(membership.organization, set()).add(membership.member)
    return _slugs(facts, (iri for members in joined.values() if len(members) > 1 for iri in members))


def _chain(facts: Facts) -> Codes:
    """Organizations that a chain connects with the home region; those that it reaches through others come first."""
    rows = _chain_rows(facts)
    weights = {_code(facts, row["end"]): 1 + (row["is_direct"] == "false") for row in rows}
    return {**weights, _code(facts, facts.library.home): 0} if rows else {}


def _chain_starts(facts: Facts) -> Codes:
    agreed = agreed_with_home(facts)
    ends = {row["end"] for row in _chain_rows(facts)}
    weights = {_code(facts, iri): agreed.get(iri, 0) for iri in ends}
    return {**weights, _code(facts, facts.library.home): 0} if ends else {}


@kept()
def _chain_rows(facts: Facts) -> list[Solution]:
    return facts.store.select(bind(named_query("q15-path"), {"start": facts.library.home}))


def _start_years(facts: Facts) -> list[str]:
    periods = [record.period for record in facts.library.agreements.values() if _begun(record)]
    bounds = {(str(period.earliest_start)[:4], str(period.latest_start)[:4]) for period in periods}
    return sorted({first for first, last in bounds if first == last})


def _first_years(facts: Facts) -> Codes:
    years = _start_years(facts)
    wanted = next((year for year in years if int(year) >= int(years[-1]) - _SPAN_YEARS), "")
    return {year: int(year == wanted) for year in years}


def _last_years(facts: Facts) -> Codes:
    years = _start_years(facts)
    return {year: int(year == years[-1]) for year in years}


def _sources(facts: Facts) -> Codes:
    library = facts.library
    records = chain(
        library.organizations.values(), library.agreements.values(), library.activities.values(),
        library.projects.values(), library.participations.values(), library.memberships.values(),
        library.relations.values(), library.documents.values(), library.offices.values(), library.delegations.values(),
        library.commitments.values(), library.expenditures.values(), library.claims.values(),
        library.statements.values(),
    )  # fmt: skip
    return _slugs(facts, (iri for record in records for iri in record.sources))


def _sourced_agreements(facts: Facts) -> Codes:
    agreements = facts.library.agreements.values()
    return {_code(facts, record.iri): len(record.sources) for record in agreements if record.sources}


def _agreement_classes(facts: Facts) -> Codes:
    official = sum(agreement.is_official for agreement in facts.library.agreements.values())
    return {"OfficialPartnershipAgreement": official} if official else {}


_CHOICES: Mapping[str, Callable[[Facts], Codes]] = {
    "agreement-classes": _agreement_classes,
    "areas": _areas,
    "areas-of-pairs": _areas_of_pairs,
    "broader-areas": _broader_areas,
    "chain": _chain,
    "chain-starts": _chain_starts,
    "co-members": _co_members,
    "first-years": _first_years,
    "grounds": lambda facts: {"Agreement": 1, "Project": 1},
    "home-parties": _home_parties,
    "last-years": _last_years,
    "members": _members,
    "participants": _participants,
    "parties": _parties,
    "parties-with-end": lambda facts: _parties(facts, lambda record: record.period.latest_end is not None),
    "parties-with-start": lambda facts: _parties(facts, _begun),
    "partner-countries": _partner_countries,
    "partners-abroad": _partners_abroad,
    "partners-with-areas": _partners_with_areas,
    "project-participants": _project_participants,
    "regions-of-partners": _regions_of_partners,
    "scopes": lambda facts: {"region": 1, "municipalities": 1},
    "sourced-agreements": _sourced_agreements,
    "sources": _sources,
    "without-agreement": _without_agreement,
}
