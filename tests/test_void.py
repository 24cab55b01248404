"""The description of the data set counts what is there, and leads to all that there is."""

from __future__ import annotations

from collections import Counter, defaultdict

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, SKOS, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from graph.namespaces import VOID_EXT
from tests.apps import client_of
from tests.conftest import Built

pytestmark = pytest.mark.slow

TYPE = ox.NamedNode(str(RDF.type))


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def void(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get("/.well-known/void").data, format="turtle")


@pytest.fixture(scope="module")
def dataset(small: Built) -> URIRef:
    return URIRef(f"{small.settings.base}/catalog/datasets/krajina")


@pytest.fixture(scope="module")
def triples(small: Built) -> set[ox.Triple]:
    return {quad.triple for quad in small.store.engine}


def number(graph: Graph, subject: Node, predicate: Node) -> int:
    found = graph.value(subject, predicate)
    assert isinstance(found, Literal)
    return int(found)


def classes_of(triples: set[ox.Triple]) -> dict[str, set[str]]:
    classes = defaultdict(set)
    for t in triples:
        if t.predicate == TYPE:
            classes[str(t.subject)].add(t.object.value)  # type: ignore[union-attr]
    return classes


def test_totals(void: Graph, dataset: URIRef, triples: set[ox.Triple], small: Built) -> None:
    assert number(void, dataset, VOID.triples) == len(triples)
    assert number(void, dataset, VOID.distinctSubjects) == len({str(t.subject) for t in triples})
    assert number(void, dataset, VOID.distinctObjects) == len({str(t.object) for t in triples})
    assert number(void, dataset, VOID.properties) == len({t.predicate for t in triples})
    own = {str(t.subject) for t in triples if str(t.subject).startswith(f"<{small.settings.base}/")}
    assert number(void, dataset, VOID.entities) == len(own)


def test_parts_by_class(void: Graph, dataset: URIRef, triples: set[ox.Triple]) -> None:
    told = {
        str(void.value(part, VOID["class"])): number(void, part, VOID.entities)
        for part in void.objects(dataset, VOID.classPartition)
    }
    assert told == Counter(name for names in classes_of(triples).values() for name in names)


def test_parts_by_property(void: Graph, dataset: URIRef, triples: set[ox.Triple]) -> None:
    told = {
        str(void.value(part, VOID.property)): number(void, part, VOID.triples)
        for part in void.objects(dataset, VOID.propertyPartition)
    }
    assert told == Counter(t.predicate.value for t in triples)


def test_parts_by_class_property_and_class_of_the_object(void: Graph, dataset: URIRef, triples: set[ox.Triple]) -> None:
    classes = classes_of(triples)
    expected = Counter(
        (one, t.predicate.value, other)
        for t in triples
        if t.predicate != TYPE
        for one in classes[str(t.subject)]
        for other in classes.get(str(t.object), ())
    )
    told = {
        (
            str(void.value(part, VOID["class"])),
            str(void.value(inner, VOID.property)),
            str(void.value(leaf, VOID["class"])),
        ): number(void, leaf, VOID.triples)
        for part in void.objects(dataset, VOID.classPartition)
        for inner in void.objects(part, VOID.propertyPartition)
        for leaf in void.objects(inner, VOID_EXT.objectClassPartition)
    }
    assert told == expected


def test_linksets(void: Graph, dataset: URIRef) -> None:
    told = {}
    for part in void.subjects(RDF.type, VOID.Linkset):
        space = void.value(void.value(part, VOID.objectsTarget), VOID.uriSpace)
        told[void.value(part, VOID.linkPredicate), str(space)] = number(void, part, VOID.triples)
    assert told == {
        (OWL.sameAs, "https://wiki.example.org/"): 1,
        (SKOS.exactMatch, "https://nuts.example.org/"): 1,
        (SKOS.exactMatch, "http://publications.europa.eu/"): 3,
    }
    assert {void.value(part, VOID.subjectsTarget) for part in void.subjects(RDF.type, VOID.Linkset)} == {dataset}


def test_addresses_answer(void: Graph, dataset: URIRef, client: FlaskClient, small: Built) -> None:
    dumps = [str(iri) for iri in void.objects(dataset, VOID.dataDump)]
    assert len(dumps) == 12
    examples = [str(iri) for iri in void.objects(dataset, VOID.exampleResource)]
    assert len(examples) >= 3
    for iri in (*dumps, *examples):
        answer = client.head(iri.removeprefix(small.settings.base), headers={"Accept": "text/turtle"})
        assert answer.status_code in (200, 303), iri


def test_named_graphs_are_parts(void: Graph, dataset: URIRef, small: Built) -> None:
    parts = set(void.objects(dataset, VOID.subset))
    for iri, count in small.edition.named_graphs.items():
        assert URIRef(iri) in parts
        assert number(void, URIRef(iri), VOID.triples) == count


def test_forms_say_the_same(client: FlaskClient, void: Graph) -> None:
    for suffix, name in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")):
        assert set(Graph().parse(data=client.get(f"/void.{suffix}").data, format=name)) == set(void)
    assert client.get("/void.csv").status_code == 404
    accepted = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert accepted.content_type == "application/n-triples; charset=utf-8"
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_descriptions_lead_to_each_other(void: Graph, dataset: URIRef, small: Built) -> None:
    base = small.settings.base
    assert {URIRef(f"{base}/catalog"), URIRef(f"{base}/.well-known/sparql-examples")} <= set(
        void.objects(dataset, RDFS.seeAlso)
    )
    assert void.value(dataset, VOID.sparqlEndpoint) == URIRef(f"{base}/sparql")


def test_other_data_is_described_too(small: Built) -> None:
    client = client_of(small, has_tables=False)
    graph = Graph().parse(data=client.get("/.well-known/void").data, format="turtle")
    assert number(graph, URIRef(f"{small.settings.base}/.well-known/void#dataset"), VOID.triples)
