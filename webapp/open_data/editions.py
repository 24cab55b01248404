"""Editions that were served, each with what it changed: page, JSON, RDF and files of the differences.

References
----------
DCAT 3, section 11 (versions); VoID, section 5 (statistics); PROV-O (wasRevisionOf).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file
from rdflib import DCTERMS, PROV, RDF, VOID, XSD, Literal, URIRef

from graph.editions.history import KeptEdition, history_of
from graph.intake.csvw_files import published_tables
from graph.namespaces import DCAT
from graph.sparql.answers import GRAPHS
from webapp import links
from webapp.content_codings import chosen_coding
from webapp.language import _, language
from webapp.negotiation import prefers_html
from webapp.open_data.rdf_answers import form_of, respond_with, sorted_triples, wanted_form
from webapp.site import site
from webapp.typography import format_date

__all__ = ["editions_blueprint", "kept_editions"]

SIDES = ("added", "removed")


def editions_blueprint() -> Blueprint:
    """Make the routes of ``/editions``, its forms, and of the differences."""
    blueprint = Blueprint("editions", __name__)
    blueprint.add_url_rule("/editions", "page", _page)
    blueprint.add_url_rule("/editions.<suffix>", "data", _data)
    blueprint.add_url_rule("/editions/<identifier>", "edition", _edition)
    blueprint.add_url_rule("/editions/<identifier>/<any(added, removed):side>.nq", "difference", _difference)
    return blueprint


def kept_editions() -> tuple[KeptEdition, ...]:
    """List the editions that are kept, the newest first."""
    return history_of(site().settings).editions()


def _page() -> str | Response:
    if not prefers_html(request.accept_mimetypes, GRAPHS):
        return respond_with(_triples(), wanted_form())
    columns = [
        {"title": _("Edition")}, {"title": _("Facts of")}, {"title": _("First served")},
        {"title": _("Statements"), "num": True}, {"title": _("Added"), "num": True},
        {"title": _("Removed"), "num": True},
    ]  # fmt: skip
    return render_template("editions.html", columns=columns, rows=[_row(kept) for kept in kept_editions()])


def _row(kept: KeptEdition) -> list[Any]:
    """Cells of an edition in the table of all; the first one has nothing that it changed."""
    is_served = kept.identifier == site().edition.identifier
    name = {
        "text": kept.identifier,
        "href": links.address(f"/editions/{kept.identifier}"),
        "small": _("served now") if is_served else "",
    }
    changed = [kept.added, kept.removed] if kept.previous else [_("first"), ""]
    return [name, format_date(kept.modified), format_date(kept.served[:10]), kept.quads, *changed]


def _data(suffix: str) -> Response:
    if suffix != "json":
        return respond_with(_triples(), form_of(suffix))
    response = jsonify(served=site().edition.identifier, editions=[_described(kept) for kept in kept_editions()])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _edition(identifier: str) -> str:
    kept = _find(identifier)
    titles = {table.name: table.titles for table in published_tables(site().edition.tables)}
    rows = [[_graph_title(graph, titles), *pair] for graph, pair in kept.changes.items()]
    before = history_of(site().settings).find(kept.previous)
    return render_template("edition.html", edition=kept, before=before, rows=rows, served=site().edition.identifier)


def _difference(identifier: str, side: str) -> Response:
    kept = _find(identifier)
    if not kept.previous:
        abort(404, description=_("This is the first edition that is kept: there is none to compare it with."))
    if chosen_coding(request.headers.get("Accept-Encoding", ""), ("gzip",)):  # as it is kept
        response = send_file(kept.difference(side), mimetype="application/n-quads", etag=f"{identifier}-{side}-gzip")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(kept.lines(side))
        response.set_etag(f"{identifier}-{side}")
        response.make_conditional(request)
    response.content_type = "application/n-quads; charset=utf-8"
    response.vary.add("Accept-Encoding")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _find(identifier: str) -> KeptEdition:
    found = history_of(site().settings).find(identifier)
    return found or abort(404, description=_("No edition of this identifier is kept."))


def _graph_title(graph: str, titles: Mapping[str, Mapping[str, str]]) -> str:
    """Name the table that a named graph holds; the graph by the end of its IRI when it holds none."""
    name = graph.rpartition("/")[2]
    derived = {
        "inferred": _("derived by rules"),
        "validity": _("derived: when something held"),
        "cooperation": _("derived: who cooperates with whom"),
        "ontology": _("Ontology"),
        "schemes": _("Code lists"),
    }
    return derived.get(name) or titles.get(name, {}).get(language()) or name


def _described(kept: KeptEdition) -> dict[str, Any]:
    described: dict[str, Any] = {
        "identifier": kept.identifier,
        "modified": kept.modified,
        "served": kept.served,
        "statements": kept.quads,
        "previous": kept.previous or None,
        "added": kept.added if kept.previous else None,
        "removed": kept.removed if kept.previous else None,
        "changes": {graph: dict(zip(SIDES, pair, strict=True)) for graph, pair in kept.changes.items()},
        "dump": f"{site().settings.base}/dump/{kept.identifier}/krajina.nq",
    }
    for side in SIDES if kept.previous else ():
        described[f"{side}_file"] = f"{site().settings.base}/editions/{kept.identifier}/{side}.nq"
    return described


def _triples() -> bytes:
    return sorted_triples(
        (URIRef(site().iris.resource("editions", kept.identifier)), predicate, term)
        for kept in kept_editions()
        for predicate, term in _facts(kept)
    )


def _facts(kept: KeptEdition) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    base = site().settings.base
    yield RDF.type, VOID.Dataset
    yield DCTERMS.identifier, Literal(kept.identifier)
    yield DCTERMS.issued, Literal(kept.modified, datatype=XSD.date)
    yield DCTERMS.available, Literal(kept.served, datatype=XSD.dateTime)
    yield VOID.triples, Literal(kept.quads)
    yield VOID.dataDump, URIRef(f"{base}/dump/{kept.identifier}/krajina.nq")
    yield DCTERMS.isVersionOf, URIRef(f"{base}/catalog/datasets/krajina")
    if kept.previous:
        before = URIRef(site().iris.resource("editions", kept.previous))
        yield PROV.wasRevisionOf, before
        yield DCAT.previousVersion, before
