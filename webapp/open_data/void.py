"""``/.well-known/void``: what the data set holds, where it is to be had, and which other descriptions there are.

References
----------
Describing Linked Datasets with the VoID Vocabulary (W3C Note, 2011), section 7.2 (well-known address); RFC 8615.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response
from rdflib import DCTERMS, FOAF, RDF, RDFS, VOID, XSD, Literal, URIRef

from graph.descriptions.void import Fact, describe_contents
from graph.files.dump_set import about
from graph.files.exports import RDF_SUFFIXES
from graph.kept import kept
from graph.sparql.answers import BY_NAME
from graph.views.facts import Facts
from webapp.open_data.dumps import dump_set
from webapp.open_data.rdf_answers import form_of, respond_with, sorted_triples, wanted_form
from webapp.request.visit import this_visit

__all__ = ["PATH", "dataset_iri", "void_blueprint"]

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
    return respond_with(this_visit(), _document(this_visit().facts), wanted_form())


def _by_suffix(suffix: str) -> Response:
    return respond_with(this_visit(), _document(this_visit().facts), form_of(suffix))


@kept(1)
def _document(served: Facts) -> bytes:
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
