"""The formats of an edition, and what is not RDF in them: network, places; the same gives the same bytes.

References
----------
RFC 4180 (CSV); RFC 7946 (GeoJSON), sections 3 (objects), 4 (WGS 84, longitude first), 6.1 (foreign members).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from graph.intake.csvw_files import NETWORK_COLUMNS
from graph.networks.measures import measure
from graph.networks.network_exports import write_gexf, write_graphml
from graph.records.library import Library
from graph.records.records import Organization
from graph.sheets.book import XLSX_TYPE
from graph.sheets.cells import Cell, csv_text

__all__ = [
    "EXPORTS",
    "MEASURED",
    "RDF_SUFFIXES",
    "Export",
    "network_bytes",
    "with_measures",
    "write_geojson",
]

LANGUAGES = ("cs", "en")


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
        Export("xlsx", XLSX_TYPE, "workbook of all tables, with names beside identifiers"),
        Export("zip", "application/zip", "all tables as CSV with their description (CSV on the Web)"),
    )
}
RDF_SUFFIXES = ("nq", "trig", "ttl", "nt", "rdf", "jsonld")
MEASURED = ("graphml", "gexf")  # whose nodes carry their measures


def network_bytes(
    suffix: str,
    network: nx.MultiDiGraph,
    library: Library,
    about: Mapping[str, str],
    places: Mapping[str, tuple[float, float]] | None = None,
) -> bytes:
    """Write the network, or what has a place, of an edition.

    Parameters
    ----------
    suffix : str
        ``csv``, ``graphml``, ``gexf`` or ``geojson``.
    network : networkx.MultiDiGraph
        For the formats of `MEASURED` as `with_measures` makes it.
    about : mapping
        What the file says of itself: title, edition, licence.
    places : mapping
        IRI to place, y upwards, for the formats of `MEASURED`.
    """
    if suffix == "geojson":
        return write_geojson(library, dict(about))
    if suffix == "csv":
        return network_csv(network, library)
    return {"graphml": write_graphml, "gexf": write_gexf}[suffix](network, library, about, places or {})


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
    rows: list[list[Cell]] = [list(NETWORK_COLUMNS)]
    for start, end, relation, facts in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        start_name, end_name = (library.name(iri, "en")[0] for iri in (start, end))
        rows.append(
            [relation, facts["ground"], start, start_name, end, end_name, bool(facts["directed"]), facts["since"],
             facts["until"], " ".join(facts["evidence"])]
        )  # fmt: skip
    return csv_text(rows).encode()


def write_geojson(library: Library, about: dict[str, str]) -> bytes:
    """Write one feature for each organization that has a position, sorted by IRI.

    Parameters
    ----------
    about : dict
        Members of the collection beside its features: edition, licence.

    Returns
    -------
    bytes
        UTF-8; the property `position` of a feature is ``exact`` or ``approximate`` (the town of the seat).
    """
    features = [
        _feature(organization, library) for organization in library.organizations.values() if organization.latitude
    ]
    document = {"type": "FeatureCollection", **about, "features": features}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(organization: Organization, library: Library) -> dict[str, Any]:
    properties = {
        **{f"name_{language}": organization.name(language)[0] for language in LANGUAGES},
        "kind": library.code(organization.kind),
        "country": library.code(organization.country),
        "position": library.code(organization.position_quality) or "approximate",
    }
    point = {"type": "Point", "coordinates": [float(organization.longitude), float(organization.latitude)]}
    return {"type": "Feature", "id": organization.iri, "geometry": point, "properties": properties}
