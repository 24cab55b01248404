"""Who is in which territory, and what joins a territory with the home region: one rule for both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.kept import kept
from graph.sparql.named_queries import run_query
from graph.views.facts import Facts

__all__ = ["in_territory", "joined_with_home", "partners_in", "territories_of", "territories_with", "wholes_of_parts"]


@kept()
def _territories(facts: Facts) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Territories of each organization, and organizations of each territory."""
    of, members = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in run_query(facts.store, "territories"):
        of[row["organization"]].add(row["territory"])
        members[row["territory"]].add(row["organization"])
    return (
        {iri: frozenset(territories) for iri, territories in of.items()},
        {iri: frozenset(organizations) for iri, organizations in members.items()},
    )


def in_territory(facts: Facts, iri: str) -> frozenset[str]:
    """IRIs of the organizations in the territory of a territorial authority, itself included; empty for any other."""
    return _territories(facts)[1].get(iri, frozenset())


def territories_of(facts: Facts, organization: str) -> frozenset[str]:
    """IRIs of the territories that an organization is in."""
    return _territories(facts)[0].get(organization, frozenset())


def territories_with(facts: Facts, organizations: Iterable[str]) -> frozenset[str]:
    """IRIs of the territories in which any of some organizations is: that of a record, with somebody there."""
    return frozenset().union(*(territories_of(facts, iri) for iri in organizations))


def joined_with_home(facts: Facts, organizations: Iterable[str]) -> frozenset[str]:
    """IRIs of the territories that a record joins with the home region: somebody of ours, and a partner there.

    Parameters
    ----------
    organizations : iterable of str
        IRIs of parties or participants.

    Returns
    -------
    frozenset of str
        Territories of those who are not in the home region; empty when nobody of the home region takes part. A post of
        ours that has its seat there is no partner.
    """
    ours, everybody = in_territory(facts, facts.library.home), frozenset(organizations)
    return territories_with(facts, everybody - ours - facts.library.own_posts) if everybody & ours else frozenset()


def partners_in(facts: Facts, iri: str) -> frozenset[str]:
    """IRIs of those in a territory who can be partners there: neither in the home region nor a post of ours."""
    return in_territory(facts, iri) - in_territory(facts, facts.library.home) - facts.library.own_posts


def wholes_of_parts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Pair each organization with what it is part of and the smallest territory that it is in; IRIs, each pair once."""
    for iri, organization in facts.library.organizations.items():
        wholes = {organization.part_of} & facts.library.organizations.keys()
        around = territories_of(facts, iri) - {iri}
        yield from ((iri, whole) for whole in sorted(wholes | (around - _around(facts, around))))


def _around(facts: Facts, territories: Iterable[str]) -> frozenset[str]:
    """Territories that any of some territories lies in."""
    return frozenset().union(*(territories_of(facts, iri) - {iri} for iri in territories))
