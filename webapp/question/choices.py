"""What can be chosen in the blanks of the questions: codes that give an answer, and how often each occurs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from graph.kept import kept
from graph.questions.questions import Blank, Question, bind_question
from graph.records.records import Agreement, Dated
from graph.sparql.named_queries import bind, named_query
from graph.sparql.store import Solution
from graph.views.facts import Facts
from graph.views.region import home_members, with_broader
from webapp.question.sides import agreed_with_home, at_home, ends_abroad, in_home_country, together

__all__ = ["codes_for"]

# Code -> weight; the heaviest is offered first where something must be chosen.
Codes = Mapping[str, int]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SPAN_YEARS = 10  # how far back the sentence about a period reaches before the reader changes it


def codes_for(served: Facts, question: Question, blank: Blank) -> Codes:
    """Codes for a blank of a question.

    Returns
    -------
    mapping
        Code to its weight, in no order; empty when nothing gives an answer.
    """
    if blank.choice in ("own", "own-years"):
        return _own(served, question, blank)
    return _CHOICES[blank.choice](served)


def _own(served: Facts, question: Question, blank: Blank) -> Codes:
    """Codes that stand in the answer when the blank is left open."""
    rows = _open_rows(served, question)
    if blank.choice == "own-years":
        return Counter(year for row in rows for year in _years(served, row))
    return Counter(_code(served, row[blank.parameter]) for row in rows)


@kept(64)
def _open_rows(served: Facts, question: Question) -> list[Solution]:
    return served.store.select(bind_question(question, {}, served.iris, served.library.home, "cs"))


def _years(served: Facts, row: Solution) -> Iterable[str]:
    plan = served.library.name(row["plan"], "cs")[0] if row.get("plan") else ""
    return {row["since"][:4], *_YEAR.findall(plan)} - {""}


def _code(served: Facts, iri: str) -> str:
    found = served.iris.split(iri)
    return found[1] if found else iri.rpartition("#")[2]


def _slugs(served: Facts, iris: Iterable[str]) -> Codes:
    return Counter(_code(served, iri) for iri in iris)


def _shared(served: Facts) -> Iterator[Dated]:
    """Agreements and projects with somebody from both sides."""
    for record in chain(served.library.agreements.values(), served.library.projects.values()):
        members = together(record)
        if ends_abroad(served, members) and any(in_home_country(served, iri) for iri in members):
            yield record


def _of_two(served: Facts) -> Iterator[Dated]:
    records: Iterable[Dated] = chain(served.library.agreements.values(), served.library.projects.values())
    return (record for record in records if len(together(record)) > 1)


def _partners_abroad(served: Facts) -> Codes:
    return _slugs(served, (iri for record in _shared(served) for iri in ends_abroad(served, together(record))))


def _partner_countries(served: Facts) -> Codes:
    organizations = served.library.organizations
    countries = (
        {organizations[iri].country for iri in ends_abroad(served, together(record))} for record in _shared(served)
    )
    return _slugs(served, chain.from_iterable(countries))


def _areas(served: Facts) -> Codes:
    return _slugs(served, (iri for r in _shared(served) for iri in with_broader(served.library, r.areas)))


def _areas_of_pairs(served: Facts) -> Codes:
    return _slugs(served, (iri for record in _of_two(served) for iri in record.areas))


def _broader_areas(served: Facts) -> Codes:
    library = served.library
    broader = {concept.broader for concept in library.concepts.values()}
    found = (iri for record in _of_two(served) for iri in with_broader(library, record.areas))
    return _slugs(served, (iri for iri in found if iri in broader))


def _with_home(served: Facts) -> Iterator[Dated]:
    library = served.library
    for record in chain(library.agreements.values(), library.activities.values(), library.projects.values()):
        if library.home in together(record):
            yield record


def _partners_with_areas(served: Facts) -> Codes:
    found = (iri for record in _with_home(served) if record.areas for iri in together(record))
    return _slugs(served, (iri for iri in found if iri != served.library.home))


def _parties(served: Facts, holds: Callable[[Agreement], bool] = bool) -> Codes:
    agreements = (record for record in served.library.agreements.values() if holds(record))
    return _slugs(served, (iri for record in agreements for iri in record.parties if at_home(served, iri)))


def _home_parties(served: Facts) -> Codes:
    agreements = (record for record in served.library.agreements.values() if len(record.parties) > 1)
    found = (iri for record in agreements for iri in record.parties)
    return _slugs(served, (iri for iri in found if iri in home_members(served)))


def _begun(record: Agreement) -> bool:
    return record.period.earliest_start is not None and len(record.parties) > 1


def _without_agreement(served: Facts) -> Codes:
    library, agreed = served.library, set[tuple[str, str]]()
    for agreement in library.agreements.values():
        agreed.update((one, other) for one in agreement.parties for other in agreement.parties)
    meetings: Iterable[Dated] = chain(library.projects.values(), library.activities.values())
    groups = [together(record) for record in meetings] + [
        (relation.subject, relation.object)
        for relation in library.relations.values()
        if library.code(relation.kind) == "cooperates_with"
    ]
    pairs = {(one, other) for group in groups for one in group for other in group if one != other} - agreed
    return _slugs(served, (one for one, _ in pairs if one in home_members(served)))


def _regions_of_partners(served: Facts) -> Codes:
    organizations = served.library.organizations
    found: list[str] = []
    for agreement in served.library.agreements.values():
        for one in agreement.parties:
            if organizations[one].part_of == served.library.home and _is_municipality(served, one):
                found += {whole for other in agreement.parties if other != one for whole in _wholes(served, other)}
    return _slugs(served, (iri for iri in found if iri != served.library.home))


def _is_municipality(served: Facts, iri: str) -> bool:
    return served.library.code(served.library.organizations[iri].kind) == "municipality"


def _wholes(served: Facts, iri: str) -> Iterator[str]:
    organizations, seen = served.library.organizations, {iri}
    while (iri := organizations[iri].part_of) and iri not in seen:
        seen.add(iri)
        yield iri


def _participants(served: Facts) -> Codes:
    found = (iri for activity in served.library.activities.values() for iri in activity.participants)
    return _slugs(served, (iri for iri in found if at_home(served, iri)))


def _project_participants(served: Facts) -> Codes:
    found = (iri for project in served.library.projects.values() for iri in project.participants)
    return _slugs(served, (iri for iri in found if at_home(served, iri)))


def _members(served: Facts) -> Codes:
    return _slugs(served, (membership.member for membership in served.library.memberships.values()))


def _co_members(served: Facts) -> Codes:
    joined: dict[str, set[str]] = {}
    for membership in served.library.memberships.values():
        joined.setdefault(membership.organization, set()).add(membership.member)
    return _slugs(served, (iri for members in joined.values() if len(members) > 1 for iri in members))


def _chain(served: Facts) -> Codes:
    """Organizations that a chain connects with the home region; those that it reaches through others come first."""
    rows = _chain_rows(served)
    weights = {_code(served, row["end"]): 1 + (row["is_direct"] == "false") for row in rows}
    return {**weights, _code(served, served.library.home): 0} if rows else {}


def _chain_starts(served: Facts) -> Codes:
    agreed = agreed_with_home(served)
    ends = {row["end"] for row in _chain_rows(served)}
    weights = {_code(served, iri): agreed.get(iri, 0) for iri in ends}
    return {**weights, _code(served, served.library.home): 0} if ends else {}


@kept()
def _chain_rows(served: Facts) -> list[Solution]:
    return served.store.select(bind(named_query("q15-path"), {"start": served.library.home}))


def _start_years(served: Facts) -> list[str]:
    periods = [record.period for record in served.library.agreements.values() if _begun(record)]
    bounds = {(str(period.earliest_start)[:4], str(period.latest_start)[:4]) for period in periods}
    return sorted({first for first, last in bounds if first == last})


def _first_years(served: Facts) -> Codes:
    years = _start_years(served)
    wanted = next((year for year in years if int(year) >= int(years[-1]) - _SPAN_YEARS), "")
    return {year: int(year == wanted) for year in years}


def _last_years(served: Facts) -> Codes:
    years = _start_years(served)
    return {year: int(year == years[-1]) for year in years}


def _sources(served: Facts) -> Codes:
    library = served.library
    records = chain(
        library.organizations.values(), library.agreements.values(), library.activities.values(),
        library.projects.values(), library.participations.values(), library.memberships.values(),
        library.relations.values(), library.documents.values(), library.claims.values(), library.statements.values(),
    )  # fmt: skip
    return _slugs(served, (iri for record in records for iri in record.sources))


def _sourced_agreements(served: Facts) -> Codes:
    agreements = served.library.agreements.values()
    return {_code(served, record.iri): len(record.sources) for record in agreements if record.sources}


_CHOICES: Mapping[str, Callable[[Facts], Codes]] = {
    "areas": _areas,
    "areas-of-pairs": _areas_of_pairs,
    "broader-areas": _broader_areas,
    "chain": _chain,
    "chain-starts": _chain_starts,
    "co-members": _co_members,
    "first-years": _first_years,
    "grounds": lambda served: {"Agreement": 1, "Project": 1},
    "home-parties": _home_parties,
    "last-years": _last_years,
    "members": _members,
    "participants": _participants,
    "parties": _parties,
    "parties-with-end": lambda served: _parties(served, lambda record: record.period.latest_end is not None),
    "parties-with-start": lambda served: _parties(served, _begun),
    "partner-countries": _partner_countries,
    "partners-abroad": _partners_abroad,
    "partners-with-areas": _partners_with_areas,
    "project-participants": _project_participants,
    "regions-of-partners": _regions_of_partners,
    "scopes": lambda served: {"region": 1, "municipalities": 1},
    "sourced-agreements": _sourced_agreements,
    "sources": _sources,
    "without-agreement": _without_agreement,
}
