"""The formats of an edition, and what is not RDF in them: network, places, workbook; the same gives the same bytes.

References
----------
RFC 4180 (CSV); RFC 7946 (GeoJSON), sections 3 (objects), 4 (WGS 84, longitude first), 6.1 (foreign members).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import networkx as nx

from graph.networks.measures import measure
from graph.networks.network_exports import write_gexf, write_graphml
from graph.records.library import Library
from graph.records.records import Organization

__all__ = [
    "EXPORTS",
    "MEASURED",
    "RDF_SUFFIXES",
    "XLSX_TYPE",
    "Export",
    "network_bytes",
    "with_measures",
    "write_geojson",
    "write_workbook",
]

LANGUAGES = ("cs", "en")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # characters of the name of a sheet
LONGEST_TEXT = 32_767  # characters that Excel keeps in a cell
NO_GUESSES = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


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


def write_workbook(tables: Path, target: Path, about: Mapping[str, str], modified: str) -> None:
    """Write the tables of a folder as XLSX; all cells are text, none is a formula or a link.

    Parameters
    ----------
    about : mapping
        Lines of the first sheet: title, edition, licence.
    modified : str
        Date of the facts, which stands for the time of writing, so that the bytes are the same each time.
    """
    # Not at the top: it takes a tenth of a second to import, and few ask for it.
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True, **NO_GUESSES}) as book:
        created = datetime.combine(date.fromisoformat(modified), time(), UTC)
        book.set_properties({"title": about.get("title", ""), "created": created, "comments": about.get("license", "")})
        bold = book.add_format({"bold": True})
        first = book.add_worksheet("about")
        first.set_column(0, 1, 40)
        for number, (name, text) in enumerate(about.items()):
            first.write_string(number, 0, name, bold)
            first.write_string(number, 1, text)
        for path in sorted(tables.glob("*.csv")):
            _sheet(book.add_worksheet(path.stem[:LONGEST_NAME]), path, bold)


def _sheet(sheet: Any, path: Path, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 30)
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines)):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(number, column, text[:LONGEST_TEXT], bold if number == 0 else None)
