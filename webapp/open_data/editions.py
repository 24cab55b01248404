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
from webapp.open_data.rdf_answers import form_of, respond_with, sorted_triples, wanted_form
from webapp.request.content_codings import chosen_coding
from webapp.request.language import _
from webapp.request.negotiation import prefers_html
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_date

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


def kept_editions(visit: Visit) -> tuple[KeptEdition, ...]:
    """List the editions that are kept, the newest first."""
    return history_of(visit.facts.settings).editions()


def _page() -> str | Response:
    visit = this_visit()
    if not prefers_html(request.accept_mimetypes, GRAPHS):
        return respond_with(visit, _triples(visit), wanted_form())
    columns = [
        {"title": _("Edition")}, {"title": _("Facts of")}, {"title": _("First served")},
        {"title": _("Statements"), "num": True}, {"title": _("Added"), "num": True},
        {"title": _("Removed"), "num": True},
    ]  # fmt: skip
    rows = [_row(visit, kept) for kept in kept_editions(visit)]
    return render_template("editions.html", columns=columns, rows=rows)


def _row(visit: Visit, kept: KeptEdition) -> list[Any]:
    """Cells of an edition in the table of all; the first one has nothing that it changed."""
    is_served = kept.identifier == visit.facts.edition.identifier
    name = {
        "text": kept.identifier,
        "href": visit.links.address(f"/editions/{kept.identifier}"),
        "small": _("served now") if is_served else "",
    }
    changed = [kept.added, kept.removed] if kept.previous else [_("first"), ""]
    days = [format_date(day, lang=visit.language) for day in (kept.modified, kept.served[:10])]
    return [name, *days, kept.quads, *changed]


def _data(suffix: str) -> Response:
    visit = this_visit()
    if suffix != "json":
        return respond_with(visit, _triples(visit), form_of(suffix))
    response = jsonify(
        served=visit.facts.edition.identifier,
        editions=[_described(visit, kept) for kept in kept_editions(visit)],
    )
    return response


def _edition(identifier: str) -> str:
    visit = this_visit()
    kept = _find(visit, identifier)
    titles = {table.name: table.titles for table in published_tables(visit.facts.edition.tables)}
    rows = [[_graph_title(visit, graph, titles), *pair] for graph, pair in kept.changes.items()]
    before = history_of(visit.facts.settings).find(kept.previous)
    return render_template(
        "edition.html", edition=kept, before=before, rows=rows, served=visit.facts.edition.identifier
    )


def _difference(identifier: str, side: str) -> Response:
    kept = _find(this_visit(), identifier)
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
    return response


def _find(visit: Visit, identifier: str) -> KeptEdition:
    edition = history_of(visit.facts.settings).find(identifier)
    return edition or abort(404, description=_("No edition of this identifier is kept."))


def _graph_title(visit: Visit, graph: str, titles: Mapping[str, Mapping[str, str]]) -> str:
    """Name the table that a named graph holds; the graph by the end of its IRI when it holds none."""
    name = graph.rpartition("/")[2]
    derived = {
        "inferred": _("derived by rules"),
        "validity": _("derived: when something held"),
        "cooperation": _("derived: who cooperates with whom"),
        "ontology": _("Ontology"),
        "schemes": _("Code lists"),
    }
    return derived.get(name) or titles.get(name, {}).get(visit.language) or name


def _described(visit: Visit, kept: KeptEdition) -> dict[str, Any]:
    described: dict[str, Any] = {
        "identifier": kept.identifier,
        "modified": kept.modified,
        "served": kept.served,
        "statements": kept.quads,
        "previous": kept.previous or None,
        "added": kept.added if kept.previous else None,
        "removed": kept.removed if kept.previous else None,
        "changes": {graph: dict(zip(SIDES, pair, strict=True)) for graph, pair in kept.changes.items()},
        "dump": f"{visit.facts.settings.base}/dump/{kept.identifier}/krajina.nq",
    }
    for side in SIDES if kept.previous else ():
        described[f"{side}_file"] = f"{visit.facts.settings.base}/editions/{kept.identifier}/{side}.nq"
    return described


def _triples(visit: Visit) -> bytes:
    return sorted_triples(
        (URIRef(visit.iris.resource("editions", kept.identifier)), predicate, term)
        for kept in kept_editions(visit)
        for predicate, term in _facts(visit, kept)
    )


def _facts(visit: Visit, kept: KeptEdition) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    base = visit.facts.settings.base
    yield RDF.type, VOID.Dataset
    yield DCTERMS.identifier, Literal(kept.identifier)
    yield DCTERMS.issued, Literal(kept.modified, datatype=XSD.date)
    yield DCTERMS.available, Literal(kept.served, datatype=XSD.dateTime)
    yield VOID.triples, Literal(kept.quads)
    yield VOID.dataDump, URIRef(f"{base}/dump/{kept.identifier}/krajina.nq")
    yield DCTERMS.isVersionOf, URIRef(f"{base}/catalog/datasets/krajina")
    if kept.previous:
        before = URIRef(visit.iris.resource("editions", kept.previous))
        yield PROV.wasRevisionOf, before
        yield DCAT.previousVersion, before
