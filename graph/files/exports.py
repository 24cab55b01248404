"""The formats of an edition, and its network in those that are made of it; the same edition gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from graph.files.geojson import write_geojson
from graph.files.workbook import XLSX_TYPE
from graph.networks.measures import measure
from graph.networks.network_exports import write_gexf, write_graphml
from graph.records.library import Library

__all__ = ["EXPORTS", "MEASURED", "RDF_SUFFIXES", "Export", "network_bytes", "with_measures"]


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
        Export("jsonld", "application/ld+json", "JSON-LD, with named graphs"),
        Export("csv", "text/csv", "CSV of the network: one relationship between two organizations a line"),
        Export("graphml", "application/graphml+xml", "GraphML of the network"),
        Export("gexf", "application/gexf+xml", "GEXF of the network"),
        Export("geojson", "application/geo+json", "GeoJSON of the organizations with positions"),
        Export("xlsx", XLSX_TYPE, "workbook of all tables"),
    )
}
RDF_SUFFIXES = ("nq", "trig", "ttl", "nt", "rdf", "jsonld")
MEASURED = ("graphml", "gexf")  # whose nodes carry their measures


def network_bytes(suffix: str, network: nx.MultiDiGraph, library: Library, about: Mapping[str, str]) -> bytes:
    """Write the network, or what has a place, of an edition.

    Parameters
    ----------
    suffix : str
        ``csv``, ``graphml``, ``gexf`` or ``geojson``.
    network : networkx.MultiDiGraph
        For the formats of `MEASURED` as `with_measures` makes it.
    about : mapping
        What the file says of itself: title, edition, licence.
    """
    if suffix == "geojson":
        return write_geojson(library, dict(about))
    if suffix == "csv":
        return network_csv(network, library)
    written = {"graphml": write_graphml, "gexf": write_gexf}[suffix](network, library)
    declaration, end, rest = written.partition(b"?>")
    words = "; ".join(f"{name}: {text}" for name, text in about.items()).replace("--", "- -")
    return declaration + end + f"\n<!-- {words} -->".encode() + rest


def with_measures(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Copy a network with the measures of `graph.networks.measures.measure` as attributes of its nodes."""
    copy = network.copy()
    nx.set_node_attributes(copy, {iri: _plain(asdict(measures)) for iri, measures in measure(network).items()})
    return copy


def _plain(measures: dict[str, Any]) -> dict[str, Any]:
    """Write what has several values as one text, separated by blanks; the formats have no lists."""
    return {name: " ".join(value) if isinstance(value, tuple) else value for name, value in measures.items()}


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
