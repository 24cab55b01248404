"""An invented network with records, for tests of the map that need no edition."""

from __future__ import annotations

import networkx as nx

from graph.iris import Iris

IRIS = Iris("https://example.org/kraj")
GROUPS = {"CZ": "c0", "DE": "c1", "SK": "c2", "RS": "c3", "UA": "c4", "CN": "c5", "CA": "c6"}


def org(key: str) -> str:
    return IRIS.resource("organizations", key)


def relation(kind: str, key: str) -> str:
    return IRIS.resource(kind, key)


def make_network(nodes: dict[str, tuple[str, str]], edges: list[tuple[str, str, str, str, str]]) -> nx.MultiDiGraph:
    """Nodes: key to (kind, country). Edges: start, end, ground, key of the relationship, since."""
    network = nx.MultiDiGraph()
    for key, (kind, country) in sorted(nodes.items()):
        network.add_node(org(key), kind=kind, country=country, group=GROUPS[country])
    for start, end, ground, key, since in edges:
        one, other = sorted((org(start), org(end)))
        facts = {"ground": ground, "kind": "", "since": since, "until": "", "evidence": (), "directed": False}
        network.add_edge(one, other, key=relation("relations", key), **facts)
    return network


def star(count: int) -> nx.MultiDiGraph:
    """Make a home region with `count` partners of all groups, ring ties between some."""
    countries = list(GROUPS)
    keys = [f"partner-{number:03}" for number in range(count)]
    nodes = {"home": ("region", "CZ")}
    nodes |= {key: ("municipality", countries[number % len(countries)]) for number, key in enumerate(keys)}
    edges = [("home", key, "Agreement" if n % 3 else "Project", f"tie-{key}", "2001") for n, key in enumerate(keys)]
    edges += [(key, keys[(n + 7) % count], "Project", f"ring-{key}", "") for n, key in enumerate(keys) if n % 4 == 0]
    return make_network(nodes, edges)
