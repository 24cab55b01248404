"""Who is in which territory, and what joins a territory with the home region: one rule for both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.folding import fold
from graph.kept import kept
from graph.namespaces import K
from graph.sparql.named_queries import run_query
from graph.views.facts import Facts

__all__ = [
    "codes_of_territories",
    "district_names",
    "in_territory",
    "joined_codes",
    "joined_with_home",
    "members_of",
    "partners_in",
    "territories_of",
    "territories_with",
    "territory_name",
    "wholes_of_parts",
]


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


def codes_of_territories(facts: Facts, organizations: Iterable[str]) -> frozenset[str]:
    """Codes, as they stand in addresses, of the territories in which any of some organizations is.

    Parameters
    ----------
    organizations : iterable of str
        IRIs.

    Returns
    -------
    frozenset of str
        Row ids of territorial authorities (``saxony``), codes of countries (``DE``), and of districts that are no
        records of their own: country and name, folded (``CZ.decin``).
    """
    codes = _codes(facts)[0]
    return frozenset().union(*(codes.get(iri, frozenset()) for iri in organizations))


def joined_codes(facts: Facts, organizations: Iterable[str]) -> frozenset[str]:
    """Codes of the territories that a record joins with the home region, by the rule of `joined_with_home`."""
    ours, everybody = in_territory(facts, facts.library.home), frozenset(organizations)
    partners = everybody - ours - facts.library.own_posts
    return codes_of_territories(facts, partners) if everybody & ours else frozenset()


def members_of(facts: Facts, code: str) -> frozenset[str]:
    """IRIs of the organizations in the territory with a code, see `codes_of_territories`; empty for an unknown one."""
    return _codes(facts)[1].get(code, frozenset())


def territory_name(facts: Facts, code: str, language: str) -> str:
    """Name of the territory with a code in a language, "district Děčín" for a district; the code for an unknown one."""
    library = facts.library
    for scheme in ("organizations", "countries"):
        if library.get(iri := facts.iris.resource(scheme, code)):
            return library.name(iri, language)[0]
    if name := district_names(facts).get(code):
        word = facts.vocabulary.heading(str(K.district), language)
        return f"{word[:1].upper()}{word[1:]} {name}"
    return code


@kept()
def _codes(facts: Facts) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Codes of the territories of each organization, and organizations of each code.

    Whoever is in a municipality is in its district and country.
    """
    members = defaultdict[str, set[str]](set)
    of: dict[str, frozenset[str]] = {}
    for iri, organization in facts.library.organizations.items():
        around = territories_of(facts, iri)
        districts = (_district_code(facts, other) for other in {iri, *around})
        codes = {*map(facts.iris.key, around), *districts, facts.library.code(organization.country)} - {""}
        of[iri] = frozenset(codes)
        for code in codes:
            members[code].add(iri)
    return of, {code: frozenset(organizations) for code, organizations in members.items()}


def _district_code(facts: Facts, iri: str) -> str:
    """Code of the district in which an organization is said to be; "" for none."""
    organization = facts.library.organizations.get(iri)
    if organization is None or not organization.district:
        return ""
    return f"{facts.library.code(organization.country)}.{fold(organization.district).replace(' ', '-')}"


@kept()
def district_names(facts: Facts) -> Mapping[str, str]:
    """Name of each district that is no record of its own, by its code."""
    organizations = facts.library.organizations
    return {code: organizations[iri].district for iri in sorted(organizations) if (code := _district_code(facts, iri))}


def wholes_of_parts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Pair each organization with what it is part of and the smallest territory that it is in; IRIs, each pair once."""
    for iri, organization in facts.library.organizations.items():
        wholes = {organization.part_of} & facts.library.organizations.keys()
        around = territories_of(facts, iri) - {iri}
        yield from ((iri, whole) for whole in sorted(wholes | (around - _around(facts, around))))


def _around(facts: Facts, territories: Iterable[str]) -> frozenset[str]:
    """Territories that any of some territories lies in."""
    return frozenset().union(*(territories_of(facts, iri) - {iri} for iri in territories))
