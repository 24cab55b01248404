"""The catalogue of data sets: a page, DCAT-AP in RDF, and the documents that the Czech national catalogue harvests.

References
----------
DCAT-AP 3.0.1; open formal norm "Rozhraní katalogů otevřených dat: DCAT-AP-CZ", 28 May 2024.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from rdflib import DCTERMS, FOAF, RDF, RDFS, VOID, XSD, Literal, URIRef

from graph.descriptions.catalog import Catalog, Dataset, make_catalog
from graph.descriptions.catalog_cz import catalog_document, dataset_document
from graph.descriptions.catalog_dcat import catalog_triples
from graph.descriptions.void import Fact, describe_contents
from graph.files.dump_set import about
from graph.files.exports import RDF_SUFFIXES
from graph.kept import kept
from graph.sparql.answers import BY_NAME, GRAPHS
from graph.views.facts import Facts
from webapp.open_data.dumps import dump_set
from webapp.open_data.rdf_answers import form_of, respond_with, sorted_triples, wanted_form
from webapp.request.linked_data import digest, negotiated, validate
from webapp.request.negotiation import choose, prefers_html
from webapp.request.visit import Visit, this_visit

__all__ = ["PATH", "catalog_blueprint", "catalog_of", "dataset_iri", "void_blueprint"]

JSON_LD = BY_NAME["jsonld"]
# What is asked for without Accept is what the national catalogue reads.
DATASET_FORMS = (JSON_LD, *(form for form in GRAPHS if form is not JSON_LD))


def catalog_blueprint() -> Blueprint:
    """Make the routes of ``/catalog`` and of all that it names."""
    blueprint = Blueprint("catalog", __name__)
    blueprint.add_url_rule("/catalog", "catalog", _page)
    blueprint.add_url_rule("/catalog.<suffix>", "catalog_as", _data)
    blueprint.add_url_rule("/catalog/dcat-ap-cz.jsonld", "national", _national)
    blueprint.add_url_rule("/catalog/datasets/<name>", "dataset", _dataset)
    blueprint.add_url_rule("/catalog/<path:part>", "part", _part)
    return blueprint


@kept(2)
def catalog_of(served: Facts) -> Catalog | None:
    """Make the catalogue of what is served; None for a remote store, whose files are not here."""
    dumps = dump_set(served)
    return make_catalog(served.settings, dumps, served.library) if dumps and dumps.contents else None


def _catalog(visit: Visit) -> Catalog:
    return catalog_of(visit.facts) or abort(404)


@lru_cache(maxsize=2)
def _triples(catalog: Catalog) -> bytes:
    return sorted_triples(catalog_triples(catalog), first=catalog.iri)


def _page() -> str | Response:
    visit = this_visit()
    catalog = _catalog(visit)
    if not prefers_html(request.accept_mimetypes, GRAPHS):
        return respond_with(visit, _triples(catalog), wanted_form())
    return render_template("catalog.html", catalog=catalog)


def _data(suffix: str) -> Response:
    visit = this_visit()
    return respond_with(visit, _triples(_catalog(visit)), form_of(suffix))


def _national() -> Response:
    visit = this_visit()
    return _document(visit, catalog_document(_catalog(visit)))


def _dataset(name: str) -> Response:
    """Send the document of a data set; lead people to the page."""
    visit = this_visit()
    catalog = _catalog(visit)
    dataset = _find(catalog, name.removesuffix(".jsonld")) or abort(404)
    if prefers_html(request.accept_mimetypes, DATASET_FORMS):
        return _see_other(f"{visit.links.address('/catalog')}#{dataset.key}")
    form = JSON_LD if name.endswith(".jsonld") else choose(request.accept_mimetypes, DATASET_FORMS) or abort(406)
    if form is JSON_LD:
        return _document(visit, dataset_document(catalog, dataset))
    own = f"<{dataset.iri}".encode()
    return respond_with(visit, b"".join(t for t in _triples(catalog).splitlines(True) if t.startswith(own)), form)


def _part(part: str) -> Response:
    visit = this_visit()
    catalog = _catalog(visit)
    if f"<{catalog.iri}/{part}> ".encode() not in _triples(catalog):
        abort(404)
    if prefers_html(request.accept_mimetypes, GRAPHS):
        return _see_other(visit.links.address("/catalog"))
    return _see_other(visit.links.path(f"/catalog.{wanted_form().name}"))


def _find(catalog: Catalog, key: str) -> Dataset | None:
    return next((dataset for dataset in (*catalog.datasets, catalog.series) if dataset.key == key), None)


def _document(visit: Visit, document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    response = Response(text, content_type=JSON_LD.content_type)
    validate(visit, negotiated(response), f"{digest(text.encode())}-cz")
    return response


def _see_other(target: str) -> Response:
    response = Response(status=303, headers={"Location": target})
    response.vary.add("Accept")
    return response


PATH = "/.well-known/void"
MAX_COUNTED = 250_000  # quads beyond which the parts are not counted: it would take most of a minute for a million


def void_blueprint() -> Blueprint:
    """Make the routes of the description, by Accept and by suffix."""
    blueprint = Blueprint("void", __name__)
    blueprint.add_url_rule(PATH, "void", _by_accept)
    blueprint.add_url_rule("/void.<suffix>", "void_as", _by_suffix)
    return blueprint


def dataset_iri(served: Facts) -> str:
    """IRI of the whole data set: that of the catalogue, or a fragment of its description when there is no catalogue."""
    base = served.settings.base
    return f"{base}/catalog/datasets/krajina" if served.has_tables else f"{base}{PATH}#dataset"


def _by_accept() -> Response:
    visit = this_visit()
    return respond_with(visit, _void(visit.facts), wanted_form())


def _by_suffix(suffix: str) -> Response:
    visit = this_visit()
    return respond_with(visit, _void(visit.facts), form_of(suffix))


@kept(1)
def _void(served: Facts) -> bytes:
    """Write the description as sorted N-Triples, once for what is served."""
    base, dataset = served.settings.base, dataset_iri(served)
    counted = served.edition.quads <= MAX_COUNTED
    return sorted_triples(
        (
            *(describe_contents(served.store, dataset, f"{base}{PATH}", base) if counted else ()),
            *_general(served, URIRef(dataset)),
            *_access(served, URIRef(dataset)),
            *_graphs(served, dataset),
        ),
        first=dataset,
    )


def _general(served: Facts, dataset: URIRef) -> Iterator[Fact]:
    base, edition = served.settings.base, served.edition
    document, said = URIRef(f"{base}{PATH}"), about(edition, edition.tables)
    yield document, RDF.type, VOID.DatasetDescription
    yield document, FOAF.primaryTopic, dataset
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, DCTERMS.title, Literal(said["title"], "en")
    yield dataset, DCTERMS.identifier, Literal(edition.identifier)
    if edition.modified:
        yield dataset, DCTERMS.modified, Literal(edition.modified, datatype=XSD.date)
    if "license" in said:
        yield dataset, DCTERMS.license, URIRef(said["license"])
    yield dataset, FOAF.homepage, URIRef(f"{base}/")
    if served.has_tables:
        yield dataset, RDFS.seeAlso, URIRef(f"{base}/catalog")
        yield dataset, RDFS.seeAlso, URIRef(f"{base}/.well-known/sparql-examples")
        yield dataset, VOID.openSearchDescription, URIRef(f"{base}/opensearch.xml")
        yield from ((dataset, VOID.exampleResource, URIRef(iri)) for iri in _examples(served))


def _access(served: Facts, dataset: URIRef) -> Iterator[Fact]:
    base = served.settings.base
    yield dataset, VOID.sparqlEndpoint, URIRef(f"{base}/sparql")
    yield dataset, VOID.uriSpace, Literal(f"{base}/resource/")
    dumps = dump_set(served)
    for suffix in RDF_SUFFIXES if dumps else ():
        yield dataset, VOID.feature, URIRef(BY_NAME[suffix].iri)
        yield dataset, VOID.dataDump, URIRef(f"{base}/dump/krajina.{suffix}")
        yield dataset, VOID.dataDump, URIRef(f"{base}/dump/krajina.{suffix}.gz")


def _graphs(served: Facts, dataset: str) -> Iterator[Fact]:
    """Tell the named graphs, each a part of the data set."""
    for iri, triples in served.edition.named_graphs.items():
        yield URIRef(dataset), VOID.subset, URIRef(iri)
        yield URIRef(iri), RDF.type, VOID.Dataset
        yield URIRef(iri), VOID.triples, Literal(triples)


def _examples(served: Facts) -> Iterator[str]:
    """Give one resource of each class that has a list, the home region among them."""
    library = served.library
    if library.home in library.organizations:
        yield library.home
    for records in (library.agreements, library.projects, library.activities, library.sources):
        yield from list(records)[:1]
