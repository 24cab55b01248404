"""What the map shows, to take away: each format with licence, day, edition and address of the view in it.

References
----------
DCMI Metadata Terms; JSON-LD 1.1; Metadata Vocabulary for Tabular Data (W3C Recommendation 2015), sections 5.3 and 5.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef

from graph.namespaces import PREFIXES, SCHEMA
from graph.networks.network_exports import write_gexf, write_graphml, write_tie_gexf, write_tie_graphml
from graph.sheets.cells import Cell, Holds, cell_of
from graph.sparql.answers import convert
from graph.sparql.named_queries import bind, named_query
from graph.views.scene import Scene, part_of_network
from webapp.map.addresses import LinkedView
from webapp.map.caption import Provenance
from webapp.map.elsewhere import standalone_file
from webapp.map.sheet import pdf_file, picture_svg, png_file, slide_png
from webapp.map.slide import slide_svg
from webapp.map.table import TIE_COLUMNS, tie_cells
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit
from webapp.words.cells import concept_label
from webapp.words.names import name_of
from webapp.words.sheets import CSV_TYPE, XLSX_TYPE, csv_bytes, workbook
from webapp.words.typography import format_date

__all__ = ["FORMATS", "SLIDES", "csv_description", "downloads", "file_name"]

Writer: TypeAlias = Callable[[Visit, Scene, LinkedView, Provenance], bytes]

NAMED = ("partner_country", "sources")  # beside which the workbook has names, at its end
HOLDS = {"relationships": Holds.NUMBER, "since": Holds.DATE}  # other columns hold text
NAMES: Mapping[str, Callable[[], str]] = {
    "organization": lambda: _("Address of the organization"),
    "organization_name": lambda: _("Organization"),
    "partner": lambda: _("Address of the partner"),
    "partner_name": lambda: _("Partner"),
    "partner_country": lambda: pgettext("column", "Country"),
    "grounds": lambda: _("Ground"),
    "relationships": lambda: pgettext("column", "Relationships"),
    "since": lambda: _("Since"),
    "state": lambda: _("State"),
    "sources": lambda: _("Sources"),
}


@dataclass(frozen=True)
class Format:
    """A format: media type, label in the menu, writer."""

    content_type: str
    label: Callable[[], str]
    write: Writer


def downloads(view: LinkedView) -> list[dict[str, str]]:
    """Entries of the menu: each format of the view, with its address."""
    plain = view.without_choice()
    slides = [
        {"text": form.label(), "href": plain.address(f"/map/slide.{suffix}")}
        for suffix, form in SLIDES.items() if view.view.between
    ]  # fmt: skip
    labels = {**{suffix: form.label() for suffix, form in FORMATS.items()}, "json": _("Drawing JSON")}
    return [*slides, *({"text": text, "href": plain.address(f"/map.{suffix}")} for suffix, text in labels.items())]


def file_name(visit: Visit, view: LinkedView) -> str:
    """Name of a file of a view, without its suffix."""
    focus, between = visit.iris.split(view.view.focus), view.view.between
    around = "" if view.view.focus == visit.library.home or not focus else f"-{focus[1]}"
    around = f"-{between.replace('.', '-')}" if between else around
    return f"krajina-map{around[:60]}" if around.isascii() else "krajina-map"


def csv_description(address: str, about: Provenance) -> dict[str, object]:
    """Describe the CSV file at an address, which has no room for its own provenance."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "dc:title": about.title,
        "dc:description": about.sentence,
        "dc:license": {"@id": about.licence},
        "dc:valid": about.day,
        "dc:modified": about.modified,
        "dc:source": {"@id": about.address},
        "schema:version": about.edition,
        "tableSchema": {"columns": [{"name": name, "titles": [name, _heading(name)]} for name in TIE_COLUMNS]},
    }


def _csv(visit: Visit, scene: Scene, _view: LinkedView, _about: Provenance) -> bytes:
    """Write the ties as CSV for spreadsheets, in which no cell is run as a formula."""
    return csv_bytes([TIE_COLUMNS, *_cells(visit, scene)])


def _xlsx(visit: Visit, scene: Scene, _view: LinkedView, about: Provenance) -> bytes:
    """Write the ties as a workbook, with a second sheet that says where they come from."""
    facts = [
        (_("Map"), about.title),
        (_("Shown"), about.sentence),
        (_("Day"), format_date(about.day, lang=visit.language)),
        (_("Edition"), about.edition),
        (_("Date of the data"), format_date(about.modified, lang=visit.language) or "–"),
        (_("Licence"), f"CC BY 4.0, {about.licence}"),
        (_("Address of the view"), about.address),
    ]
    identifier = pgettext("column", "identifier")
    beside = [[_heading(name), f"{_heading(name)} ({identifier})"] for name in NAMED]
    headings = [_heading(name) for name in TIE_COLUMNS if name not in NAMED]
    rows = ([*_unnamed(row), *_named(visit, row)] for row in _cells(visit, scene))
    return workbook([*headings, *chain.from_iterable(beside)], rows, facts)


def _heading(column: str) -> str:
    return NAMES[column]() if column in NAMES else column


def _unnamed(row: list[Cell]) -> list[Cell]:
    return [cell for name, cell in zip(TIE_COLUMNS, row, strict=True) if name not in NAMED]


def _named(visit: Visit, row: list[Cell]) -> Iterator[Cell]:
    """Give names, then identifiers, of what else than organizations is named by these."""
    told = dict(zip(TIE_COLUMNS, row, strict=True))
    country, sources = str(told["partner_country"] or ""), str(told["sources"] or "")
    yield concept_label(visit, "countries", country) if country else None
    yield told["partner_country"]
    yield "; ".join(name_of(visit, iri)[0] for iri in sources.split())
    yield told["sources"]


def _cells(visit: Visit, scene: Scene) -> Iterator[list[Cell]]:
    for row in tie_cells(visit, scene):
        yield [cell_of(text, HOLDS.get(name, Holds.TEXT)) for name, text in zip(TIE_COLUMNS, row, strict=True)]


def _graphml(visit: Visit, scene: Scene, _view: LinkedView, about: Provenance) -> bytes:
    """Give an edge for each line of the picture; with ``edges=relationships`` for each relationship behind them."""
    return _network(visit, scene, about, write_graphml, write_tie_graphml)


def _gexf(visit: Visit, scene: Scene, _view: LinkedView, about: Provenance) -> bytes:
    """See `_graphml`."""
    return _network(visit, scene, about, write_gexf, write_tie_gexf)


def _network(
    visit: Visit,
    scene: Scene,
    about: Provenance,
    write: Callable[..., bytes],
    write_ties: Callable[..., bytes],
) -> bytes:
    places = visit.facts.edition_network.positions.upwards
    if "relationships" in visit.links.args.get("edges", ())[:1]:
        return write(part_of_network(visit.facts, scene.shown), visit.library, about.texts(), places)
    return write_ties(scene.shown, visit.facts.network, visit.library, scene.changes, about.texts(), places)


def _jsonld(visit: Visit, scene: Scene, _view: LinkedView, about: Provenance) -> bytes:
    """Write what is shown as JSON-LD; asks ``queries/describe.rq``.

    The view is a dataset whose parts are the organizations and relationships that are shown.
    """
    relations = {relation for tie in scene.shown.ties for relation in tie.relations}
    parts = [URIRef(iri) for iri in (*scene.shown.distance, *sorted(relations))]
    triples = visit.facts.store.construct(bind(named_query("describe"), {"iri": parts}))
    triples += _dataset(visit, parts, about).serialize(format="nt", encoding="utf-8")
    namespaces = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in triples}
    return convert(triples, "jsonld", namespaces)


def _dataset(visit: Visit, parts: list[URIRef], about: Provenance) -> Graph:
    graph, view = Graph(), URIRef(about.address)
    graph.add((view, RDF.type, DCAT.Dataset))
    graph.add((view, DCTERMS.title, Literal(about.title, lang=visit.language)))
    graph.add((view, DCTERMS.description, Literal(about.sentence, lang=visit.language)))
    graph.add((view, DCTERMS.license, URIRef(about.licence)))
    graph.add((view, DCTERMS.valid, Literal(about.day, datatype=XSD.date)))
    graph.add((view, SCHEMA.version, Literal(about.edition)))
    graph.add((view, DCTERMS.hasVersion, Literal(about.edition)))
    for part in parts:
        graph.add((view, DCTERMS.hasPart, part))
    return graph


# Slides of two territories face to face.
SLIDES: Mapping[str, Format] = {
    "png": Format("image/png", lambda: _("Slide 16:9, PNG"), slide_png),
    "svg": Format("image/svg+xml", lambda: _("Slide 16:9, SVG"), slide_svg),
}
FORMATS: Mapping[str, Format] = {
    "pdf": Format("application/pdf", lambda: _("Sheet PDF"), pdf_file),
    "png": Format("image/png", lambda: _("Sheet PNG"), png_file),
    "svg": Format("image/svg+xml", lambda: _("Picture SVG"), picture_svg),
    "html": Format("text/html; charset=utf-8", lambda: _("Page in one file, HTML"), standalone_file),
    "xlsx": Format(XLSX_TYPE, lambda: _("Table XLSX"), _xlsx),
    "csv": Format(CSV_TYPE, lambda: _("Table CSV"), _csv),
    "graphml": Format("application/graphml+xml", lambda: _("Network GraphML"), _graphml),
    "gexf": Format("application/gexf+xml", lambda: _("Network GEXF"), _gexf),
    "jsonld": Format("application/ld+json", lambda: _("Data JSON-LD"), _jsonld),
}
