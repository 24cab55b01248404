"""Invented data of any size, always the same: in the shape of the graph for SPARQL, and a network for the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import networkx as nx

from graph.iris import Iris
from graph.records.reading import Form

__all__ = ["BASE", "HOME", "SIZES", "invent_network", "triples", "write_data"]

BASE = "https://example.org/bench"
HOME = f"{BASE}/resource/organizations/home"
SIZES = {"S": 400, "M": 40_000}  # agreements: about 10 thousand and 1 million triples

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_TERMS = "http://purl.org/dc/terms/"
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_SYLLABLES = ("dub", "no", "kre", "šov", "li", "tice", "bra", "vel", "há", "jek", "rov", "mo", "most", "dě", "ny")
_CLASSES = ("Town",) * 9 + ("Association",) * 5 + ("School",) * 3 + ("Chamber",) * 2 + ("Company",)
_AREAS, _ORGANIZATIONS_PER_AGREEMENT = 24, 0.55


def write_data(size: str, path: Path) -> int:
    """Write data as N-Triples, always the same bytes for a size; return the number of triples."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as target:
        for triple in triples(SIZES[size]):
            target.write(triple)
            count += 1
    return count


def triples(agreements: int) -> Iterator[str]:
    """Invent that many agreements and what they need, as lines of N-Triples."""
    chance = Random(2012)
    countries, regions = max(12, agreements // 300), max(30, agreements // 12)
    organizations = max(120, int(agreements * _ORGANIZATIONS_PER_AGREEMENT))
    for number in range(countries):
        yield from _thing(f"country-{number}", "Country", _LABEL, f"Země {_name(chance)}")
    for number in range(regions):
        yield from _thing(f"region-{number}", "Region", _LABEL, f"Kraj {_name(chance)}")
        yield _link(f"region-{number}", f"{_TERMS}isPartOf", f"country-{_often_low(chance, countries, 2.2)}")
    for number in range(_AREAS):
        yield from _thing(f"area-{number}", "Area", _PREF_LABEL, f"Oblast {_name(chance)}")
    for number in range(organizations):
        yield from _organization(chance, number, regions)
    for number in range(agreements):
        yield from _agreement(chance, number, organizations)


def _organization(chance: Random, number: int, regions: int) -> Iterator[str]:
    iri, name = f"organization-{number}", _name(chance)
    kind = chance.choice(_CLASSES)
    yield from _thing(iri, kind, _PREF_LABEL, f"{kind} {name}")
    if chance.random() < 0.65:
        yield _text(iri, _PREF_LABEL, f"{kind} of {name}", "@en")
    yield _link(iri, _RDF_TYPE, "Organization")
    yield _link(iri, f"{_TERMS}isPartOf", f"region-{_often_low(chance, regions, 1.6)}")
    yield _text(iri, f"{_TERMS}identifier", f"{10_000_000 + number}")


def _agreement(chance: Random, number: int, organizations: int) -> Iterator[str]:
    iri, year = f"agreement-{number}", chance.randint(1990, 2025)
    yield from _thing(iri, "Agreement", f"{_TERMS}title", f"Dohoda {number} ({_name(chance)})")
    if chance.random() < 0.5:
        yield _text(iri, f"{_TERMS}title", f"Agreement {number}", "@en")
    yield _text(iri, f"{BASE}/begin", _day(chance, year), f"^^<{_DATE}>")
    if chance.random() < 0.4:
        yield _text(iri, f"{BASE}/end", _day(chance, year + chance.randint(1, 12)), f"^^<{_DATE}>")
    parties = 2 if chance.random() < 0.72 else 3 + min(9, int(chance.expovariate(0.6)))
    found: dict[int, None] = {}
    while len(found) < parties:
        found[_often_low(chance, organizations, 2.6)] = None
    for party in found:
        yield _link(iri, f"{BASE}/party", f"organization-{party}")
    for area in sorted({_often_low(chance, _AREAS, 1.5) for _ in range(chance.randint(1, 3))}):
        yield _link(iri, f"{BASE}/area", f"area-{area}")
    yield _link(iri, f"{_TERMS}references", f"document-{number}")
    yield from _thing(f"document-{number}", "Document", f"{_TERMS}title", f"Smlouva {_name(chance)}")
    yield _text(f"document-{number}", f"{_TERMS}issued", _day(chance, year), f"^^<{_DATE}>")
    for event in range(chance.choice((0, 1, 1, 2))):
        yield from _thing(f"event-{number}-{event}", "Event", _LABEL, f"Akce {_name(chance)}")
        yield _link(f"event-{number}-{event}", f"{BASE}/under", iri)
        yield _text(f"event-{number}-{event}", f"{BASE}/begin", _day(chance, year), f"^^<{_DATE}>")


def _often_low(chance: Random, below: int, power: float) -> int:
    """Choose a number by a power law, so that few are chosen often, as in real networks."""
    return min(below - 1, int(below * chance.random() ** power))


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _day(chance: Random, year: int) -> str:
    return f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _thing(name: str, kind: str, label: str, text: str) -> Iterator[str]:
    yield _link(name, _RDF_TYPE, kind)
    yield _text(name, label, text, "@cs")


def _link(name: str, predicate: str, target: str) -> str:
    return f"<{BASE}/{name}> <{predicate}> <{BASE}/{target}> .\n"


def _text(name: str, predicate: str, text: str, kind: str = "") -> str:
    return f'<{BASE}/{name}> <{predicate}> "{text}"{kind} .\n'


_COUNTRIES = (("DE", "c1"),) * 9 + (("CZ", "c0"),) * 9 + (("SK", "c2"), ("AT", "c2"), ("RS", "c3"), ("UA", "c4")) + (
    ("CN", "c5"), ("CA", "c6"),
)  # fmt: skip
_KINDS = ("municipality",) * 5 + ("association",) * 3 + ("region", "school", "euroregion")
_GROUNDS = ("Agreement", "Project", "Project", "Membership", "Relation")
_FORMS = (Form.HELD, Form.HELD, Form.ENDED, Form.OPEN)


def invent_network(nodes: int, edges: int) -> tuple[nx.MultiDiGraph, dict[str, Form]]:
    """Invent a network in which few have many partners and many have few, and the form of each relationship.

    Parameters
    ----------
    nodes, edges : int
        Organizations, the home region among them, and relationships; more edges than nodes.

    References
    ----------
    A.-L. Barabási, R. Albert: Emergence of scaling in random networks. Science 286, 1999 (who has partners gets
    more).
    """
    chance, iris = Random(2012), Iris(BASE)
    names = [HOME, *(iris.resource("organizations", f"o{number}") for number in range(1, nodes))]
    network = nx.MultiDiGraph()
    for number, iri in enumerate(names):
        country, group = chance.choice(_COUNTRIES) if number else ("CZ", "c0")
        network.add_node(iri, kind=chance.choice(_KINDS), country=country, group=group)
    ends, forms = [0], {}
    for number in range(edges):
        node = number + 1 if number < nodes - 1 else chance.randrange(1, nodes)
        other = chance.choice(ends)
        other = other if other != node else 0
        ends += (node, other)
        relation = iris.resource("relations", f"r{number}")
        start, end = sorted((names[node], names[other]))
        since = str(chance.randrange(1990, 2026))
        network.add_edge(start, end, key=relation, ground=chance.choice(_GROUNDS), kind="", since=since, until="",
                         evidence=(), directed=False)  # fmt: skip
        forms[relation] = chance.choice(_FORMS)
    return network, forms
