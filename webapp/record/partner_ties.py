"""Ties below two regions: events of their authorities, agreements of their municipalities, shared projects."""

from __future__ import annotations

from collections.abc import Iterable

from graph.kept import kept
from graph.records.records import Activity, Agreement, Project
from graph.views.facts import Facts
from graph.views.region import home_members
from webapp.record.tables import newest, not_later, start_of
from webapp.request.visit import Visit

__all__ = ["members_of", "region_events", "shared_projects", "town_ties"]

# Who acts for a region: meetings with schools or towns there are not meetings with the region.
AUTHORITIES = ("region", "public_authority", "ministry", "representation_office", "elected_body")


@kept(64)
def members_of(served: Facts, iri: str) -> frozenset[str]:
    """IRIs of a region and of all that is part of it, at any depth."""
    organizations, found, added = served.library.organizations, {iri}, {iri}
    while added:
        added = {part.iri for part in organizations.values() if part.part_of in added} - found
        found |= added
    return frozenset(found)


def _of_kind(visit: Visit, iris: Iterable[str], *kinds: str) -> set[str]:
    library = visit.library
    return {iri for iri in iris if library.code(library.organizations[iri].kind) in kinds}


def region_events(visit: Visit, iri: str, agreements: Iterable[Agreement]) -> tuple[Activity, ...]:
    """Activities of the home region with those who act for the partner, and those under one of the agreements."""
    library = visit.library
    authorities, under = (
        _of_kind(visit, members_of(visit.facts, iri), *AUTHORITIES),
        {agreement.iri for agreement in agreements},
    )
    found = (
        activity
        for activity in library.activities.values()
        if (library.home in activity.participants and authorities.intersection(activity.participants))
        or activity.agreement in under
    )
    return tuple(a for a in newest(not_later(visit, found)) if isinstance(a, Activity))


def town_ties(visit: Visit, iri: str) -> tuple[Agreement, ...]:
    """Agreements of municipalities of both regions, the oldest first, those without a date at the end."""
    ours, theirs = (
        _of_kind(visit, home_members(visit.facts), "municipality"),
        _of_kind(visit, members_of(visit.facts, iri), "municipality"),
    )
    found = [
        agreement
        for agreement in visit.library.agreements.values()
        if ours.intersection(agreement.parties) and theirs.intersection(agreement.parties)
    ]
    kept = (a for a in not_later(visit, found) if isinstance(a, Agreement))
    return tuple(sorted(kept, key=lambda agreement: (start_of(agreement) or "9", agreement.iri)))


def shared_projects(visit: Visit, iri: str) -> tuple[Project, ...]:
    """Projects in which someone of both regions takes part, newest first."""
    ours, theirs = home_members(visit.facts), members_of(visit.facts, iri)
    found = (
        project
        for project in visit.library.projects.values()
        if ours.intersection(project.participants) and theirs.intersection(project.participants)
    )
    return tuple(p for p in newest(not_later(visit, found)) if isinstance(p, Project))
