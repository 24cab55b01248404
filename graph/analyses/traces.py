"""Traces of agreements: events that took place and projects in which both sides took part, by their last days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.kept import kept
from graph.records.records import Activity, Agreement, Project
from graph.views.facts import Facts
from graph.views.region import ends_abroad, home_members, together

__all__ = ["Trace", "traces", "with_parts"]


# Kinds of organization that are the authority of a territory.
TERRITORIES = frozenset({"region", "district", "municipality", "settlement", "state"})


@dataclass(frozen=True)
class Trace:
    """An event or project of both sides of an agreement.

    Attributes
    ----------
    first, last : date or None
        First and last day that its dates can mean; None where they are not known.
    is_under : bool
        It is an event under the agreement itself.
    """

    iri: str
    first: date | None
    last: date | None
    is_under: bool


@kept()
def _parts(facts: Facts) -> Mapping[str, frozenset[str]]:
    """Organizations that are part of each organization, itself included."""
    organizations, parts = facts.library.organizations, defaultdict[str, set[str]](set)
    for iri in organizations:
        whole, passed = iri, set[str]()
        while whole in organizations and whole not in passed:
            passed.add(whole)
            parts[whole].add(iri)
            # What is part of a territory is not part of its authority: a town does not act for its region.
            is_territory = facts.library.code(organizations[whole].kind) in TERRITORIES
            whole = "" if is_territory else organizations[whole].part_of
    return {iri: frozenset(members) for iri, members in parts.items()}


def with_parts(facts: Facts, iris: Iterable[str]) -> frozenset[str]:
    """Organizations and their offices: all that is part of them and no territory of its own."""
    return frozenset().union(*(_parts(facts).get(iri, frozenset({iri})) for iri in iris))


@kept()
def traces(facts: Facts) -> Mapping[str, tuple[Trace, ...]]:
    """Traces of each agreement with somebody at home and somebody abroad, sorted by IRI.

    Notes
    -----
    A trace is an event that took place under the agreement, or an event that took place or a project in which
    somebody of each side took part: a party or what is part of it.
    """
    shared = [(record, frozenset(together(record))) for record in _joint(facts)]
    return {
        agreement.iri: tuple(_traces(facts, agreement, shared))
        for agreement in facts.library.agreements.values()
        if all(_sides(facts, agreement))
    }


def _joint(facts: Facts) -> list[Activity | Project]:
    return [*facts.library.held_activities, *facts.library.projects.values()]


def _sides(facts: Facts, agreement: Agreement) -> tuple[frozenset[str], frozenset[str]]:
    """Parties in the territory of the home region, and those abroad."""
    ours = home_members(facts).intersection(agreement.parties)
    return ours, frozenset(ends_abroad(facts.library, agreement.parties)) - ours


def _traces(
    facts: Facts, agreement: Agreement, shared: list[tuple[Activity | Project, frozenset[str]]]
) -> Iterator[Trace]:
    ours, theirs = (with_parts(facts, side) for side in _sides(facts, agreement))
    for record, members in shared:
        is_under = isinstance(record, Activity) and record.agreement == agreement.iri
        if is_under or (members & ours and members & theirs):
            period = record.period
            yield Trace(record.iri, period.earliest_start, period.latest_end or period.latest_start, is_under)
