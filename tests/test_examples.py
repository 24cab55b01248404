"""Example queries as RDF: the form of sib-swiss/sparql-examples, and that each runs and answers."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from graph.questions.question_list import QUESTIONS
from tests.apps import client_of
from tests.conftest import Built

SCHEMA = Namespace("https://schema.org/")
PATH = "/.well-known/sparql-examples"


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def graph(client: FlaskClient) -> Graph:
    return Graph().parse(data=client.get(PATH).data, format="turtle")


def iris(graph: Graph) -> list[URIRef]:
    return sorted(iri for iri in graph.subjects(RDF.type, SH.SPARQLExecutable) if isinstance(iri, URIRef))


def test_each_question_is_an_example(real: Built, graph: Graph) -> None:
    document = f"{real.settings.base}{PATH}"
    assert [str(iri) for iri in iris(graph)] == sorted(f"{document}#{question.query}" for question in QUESTIONS)


def test_form_of_each_example(real: Built, graph: Graph) -> None:
    for iri in iris(graph):
        assert (iri, RDF.type, SH.SPARQLSelectExecutable) in graph
        assert sorted(str(c.language) for c in graph.objects(iri, RDFS.comment) if isinstance(c, Literal)) == [
            "cs",
            "en",
        ]
        assert list(graph.objects(iri, SCHEMA.target)) == [URIRef(f"{real.settings.base}/sparql")]
        assert list(graph.objects(iri, SCHEMA.keywords))
        (prefixes,) = graph.objects(iri, SH.prefixes)
        assert list(graph.objects(prefixes, SH.declare))
        assert len(list(graph.objects(iri, SH.select))) == 1


@pytest.mark.crawl
def test_each_example_parses_and_answers(real: Built, graph: Graph) -> None:
    for iri in iris(graph):
        (text,) = graph.objects(iri, SH.select)
        prepareQuery(str(text))
        assert real.store.select(str(text)), iri


def test_declared_prefixes_are_those_of_the_queries(graph: Graph) -> None:
    texts = [str(text) for text in graph.objects(None, SH.select)]
    declared = {}
    for declaration in graph.objects(None, SH.declare):
        (prefix,), (namespace,) = graph.objects(declaration, SH.prefix), graph.objects(declaration, SH.namespace)
        declared[str(prefix)] = str(namespace)
    used = {
        line.split()[1][:-1]: line.split()[2][1:-1] for t in texts for line in t.splitlines() if line[:7] == "PREFIX "
    }
    assert declared == used


@pytest.mark.parametrize(
    ("suffix", "media_type", "form"),
    [("ttl", "text/turtle", "turtle"), ("nt", "application/n-triples", "nt"),
     ("rdf", "application/rdf+xml", "xml"), ("jsonld", "application/ld+json", "json-ld")],
)  # fmt: skip
def test_serialisations_hold_the_same(
    client: FlaskClient, graph: Graph, suffix: str, media_type: str, form: str
) -> None:
    by_suffix = client.get(f"{PATH}.{suffix}")
    by_accept = client.get(PATH, headers={"Accept": media_type})
    assert by_suffix.mimetype == by_accept.mimetype == media_type
    assert by_suffix.data == by_accept.data
    assert by_suffix.headers["Access-Control-Allow-Origin"] == "*"
    assert set(Graph().parse(data=by_suffix.data, format=form)) == set(graph)


def test_what_is_not_offered(client: FlaskClient) -> None:
    assert client.get(f"{PATH}.csv").status_code == 404
    assert client.get(PATH, headers={"Accept": "image/png"}).status_code == 406


def test_answer_is_not_sent_twice(client: FlaskClient) -> None:
    etag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("first", [f"{PATH}.nt?lang=en", f"{PATH}.nt?on=2005-01-01"])
def test_first_reader_decides_on_no_example(small: Built, first: str) -> None:
    """Two areas of the miniature occur as often, so that the one offered first differs with the language of a page."""
    expected = client_of(small).get(f"{PATH}.nt").text
    client = client_of(small)
    assert client.get(first).text == expected
    assert client.get(f"{PATH}.nt").text == expected
