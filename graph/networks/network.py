"""The network of who cooperates with whom, as a networkx object."""

from __future__ import annotations

import networkx as nx

from graph.records.library import Library
from graph.records.records import Dated
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store

__all__ = ["build_network", "describe_node"]


def build_network(store: Store, library: Library) -> nx.MultiDiGraph:
    """Build the network of all relationships between organizations, ended ones included.

    Parameters
    ----------
    store : Store
        Asked which relationships are drawn, between which ends.
    library : Library
        Records of the same edition.

    Returns
    -------
    networkx.MultiDiGraph
        Node: organization IRI with `kind` and `country` (codes; "" if none), `group` (code of the country
        group, "c0" for none). Edge, keyed by the IRI of the relationship: `ground` (local name of its class:
        Agreement, Project, Membership, Relation, Activity), `kind` (concept IRI or ""), `since`, `until`
        (at the precision known, "" if unknown), `evidence` (tuple of source IRIs), `directed` (bool).
        An undirected relationship runs from the lesser IRI to the greater. Nodes and edges are sorted.

    Notes
    -----
    Asks ``queries/relations.rq``.
    """
    network = nx.MultiDiGraph()
    rows = run_query(store, "relations")
    for iri in sorted({row[end] for row in rows for end in ("start", "end")}):
        network.add_node(iri, **describe_node(library, iri))
    for row in rows:
        if row["start"] != row["end"]:
            network.add_edge(row["start"], row["end"], key=row["relation"], **_edge(library, row))
    return network


def describe_node(library: Library, iri: str) -> dict[str, str]:
    """Attributes of the node of an organization: `kind`, `country`, `group`, see `build_network`."""
    organization = library.organizations[iri]
    country = library.concepts.get(organization.country)
    return {
        "kind": library.code(organization.kind),
        "country": country.code if country else "",
        "group": library.code(country.country_group) if country else "c0",
    }


def _edge(library: Library, row: dict[str, str]) -> dict[str, object]:
    record = library.get(row["relation"])
    assert isinstance(record, Dated)
    return {
        "ground": row["class"].rpartition("#")[2],
        "kind": record.kind,
        "since": record.began,
        "until": record.until,
        "evidence": record.sources,
        "directed": row["directed"] == "true",
    }
