"""Writes an edition in each format; the same edition gives the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import networkx as nx

from graph.edition import Edition
from graph.errors import QueryError
from graph.library import Library
from graph.measures import measure
from graph.namespaces import PREFIXES
from graph.network_exports import write_gexf, write_graphml
from graph.store import convert

__all__ = ["EXPORTS", "Export", "export"]


@dataclass(frozen=True)
class Export:
    """A format: suffix, media type, and what it is in a few words."""

    suffix: str
    media_type: str
    title: str


EXPORTS: Mapping[str, Export] = {
    export.suffix: export
    for export in (
        Export("nq", "application/n-quads", "N-Quads, with named graphs"),
        Export("trig", "application/trig", "TriG, with named graphs"),
        Export("ttl", "text/turtle", "Turtle"),
        Export("nt", "application/n-triples", "N-Triples"),
        Export("rdf", "application/rdf+xml", "RDF/XML"),
        Export("jsonld", "application/ld+json", "JSON-LD"),
        Export("csv", "text/csv", "CSV of the network: one relationship between two organizations a line"),
        Export("graphml", "application/graphml+xml", "GraphML of the network"),
        Export("gexf", "application/gexf+xml", "GEXF of the network"),
    )
}


def export(edition: Edition, suffix: str, network: Callable[[], tuple[nx.MultiDiGraph, Library]]) -> bytes:
    """Write an edition in one format.

    Parameters
    ----------
    edition : Edition
        Its sorted N-Quads are the order of all RDF formats.
    suffix : str
        A key of `EXPORTS`.
    network : callable
        Gives network and records of the same edition; called only for the formats of the network.

    Raises
    ------
    QueryError
        There is no such format.
    """
    if suffix not in EXPORTS:
        raise QueryError(f"there is no export {suffix!r}; there are: {', '.join(EXPORTS)}")
    if suffix == "nq":
        return edition.path.read_bytes()
    if suffix in ("csv", "graphml", "gexf"):
        writer = {"csv": network_csv, "graphml": write_graphml, "gexf": write_gexf}[suffix]
        built, library = network()
        return writer(built if suffix == "csv" else with_measures(built), library)
    return convert(edition.path.read_bytes(), suffix, PREFIXES)


def with_measures(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Copy a network with the measures of `graph.measures.measure` as attributes of its nodes."""
    copy = network.copy()
    nx.set_node_attributes(copy, {iri: asdict(measures) for iri, measures in measure(network).items()})
    return copy


def network_csv(network: nx.MultiDiGraph, library: Library) -> bytes:
    """Edges as CSV (RFC 4180): ends with names, ground, dates as given, sources separated by blanks."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(
        ["relationship", "ground", "start", "start_name", "end", "end_name", "directed", "since", "until", "sources"]
    )
    for start, end, relation, facts in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        names = (library.name(iri, "en")[0] for iri in (start, end))
        writer.writerow(
            [relation, facts["ground"], start, next(names), end, next(names), str(facts["directed"]).lower(),
             facts["since"], facts["until"], " ".join(facts["evidence"])]
        )  # fmt: skip
    return target.getvalue().encode()
