"""An invented network of any size, always the same, for the bench of the map."""

from __future__ import annotations

from random import Random

import networkx as nx

from graph.iris import Iris
from graph.records.reading import Form

__all__ = ["BASE", "HOME", "invent_network"]

BASE = "https://example.org/bench"
HOME = f"{BASE}/resource/organizations/home"

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
        one = number + 1 if number < nodes - 1 else chance.randrange(1, nodes)
        other = chance.choice(ends)
        other = other if other != one else 0
        ends += (one, other)
        relation = iris.resource("relations", f"r{number}")
        start, end = sorted((names[one], names[other]))
        since = str(chance.randrange(1990, 2026))
        network.add_edge(start, end, key=relation, ground=chance.choice(_GROUNDS), kind="", since=since, until="",
                         evidence=(), directed=False)  # fmt: skip
        forms[relation] = chance.choice(_FORMS)
    return network, forms
