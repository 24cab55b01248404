"""SPARQLWrapper with its default settings, which sends names of formats beside a right Accept, gets right answers."""

from __future__ import annotations

import io
import json
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import GET, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper, Wrapper

from tests.sparql_server import Server, serve

pytestmark = pytest.mark.server
FORMATS = ("json", "xml", "turtle", "n3", "rdf", "rdf+xml", "csv", "tsv", "json-ld")
WAYS = ((GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY))
QUERIES = {
    "SELECT": "SELECT ?name { <urn:x:anhui> <urn:x:name> ?name }",
    "ASK": "ASK { <urn:x:anhui> <urn:x:name> ?name }",
    "CONSTRUCT": "CONSTRUCT WHERE { <urn:x:anhui> <urn:x:name> ?name }",
    "DESCRIBE": "DESCRIBE <urn:x:anhui>",
}
TRIPLES = {(rdflib.URIRef("urn:x:anhui"), rdflib.URIRef("urn:x:name"), rdflib.Literal("Anhui", lang="en"))}
# What a format means for a kind of query; all others leave the choice to the server.
MEANT = {
    ("table", "xml"): "application/sparql-results+xml", ("table", "csv"): "text/csv",
    ("table", "tsv"): "text/tab-separated-values", ("graph", "xml"): "application/rdf+xml",
    ("graph", "rdf"): "application/rdf+xml", ("graph", "rdf+xml"): "application/rdf+xml",
    ("graph", "json"): "application/ld+json", ("graph", "json-ld"): "application/ld+json",
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def ask(server: Server, query: str, form: str, way: tuple[str, str]) -> tuple[str, bytes]:
    client = SPARQLWrapper(f"http://127.0.0.1:{server.port}/sparql")
    client.setMethod(way[0])
    client.setRequestMethod(way[1])
    client.setReturnFormat(form)
    client.setQuery(query)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # that a format does not fit a query: this is the matter here
        answer = client.query()
    return str(answer.info()["content-type"]).partition(";")[0], answer.response.read()


def test_these_are_all_formats_of_the_library() -> None:
    assert set(FORMATS) == set(Wrapper._allowedFormats)


@pytest.mark.parametrize(("kind", "form", "way"), list(product(QUERIES, FORMATS, WAYS)))
def test_answer(server: Server, kind: str, form: str, way: tuple[str, str]) -> None:
    media_type, body = ask(server, QUERIES[kind], form, way)
    answers = "graph" if kind in ("CONSTRUCT", "DESCRIBE") else "table"
    usual = "text/turtle" if answers == "graph" else "application/sparql-results+json"
    assert media_type == MEANT.get((answers, form), usual)
    if answers == "graph":
        assert set(rdflib.Graph().parse(io.BytesIO(body), format=media_type)) == TRIPLES
    else:
        assert read_table(media_type, body) == ("Anhui" if kind == "SELECT" else True)


def read_table(media_type: str, body: bytes) -> Any:
    """Read the one value of a table, or the answer of ASK."""
    if media_type == "application/sparql-results+json":
        document = json.loads(body)
        return document["boolean"] if "boolean" in document else document["results"]["bindings"][0]["name"]["value"]
    if media_type == "application/sparql-results+xml":
        root, space = ElementTree.fromstring(body), "{http://www.w3.org/2005/sparql-results#}"
        said = root.findtext(f"{space}boolean")
        return said == "true" if said else root.findtext(f".//{space}literal")
    lines = body.decode().split()
    return lines == ["true"] if len(lines) == 1 else lines[1].removesuffix("@en").strip('"')


def test_convert_of_the_library_reads_the_default_answers(server: Server) -> None:
    client = SPARQLWrapper(f"http://127.0.0.1:{server.port}/sparql")
    client.setQuery(QUERIES["CONSTRUCT"])
    graph: Any = client.queryAndConvert()
    assert set(graph) == TRIPLES
    client.setQuery(QUERIES["SELECT"])
    document: Any = client.queryAndConvert()
    assert document.getElementsByTagName("literal")[0].firstChild.data == "Anhui"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_store_of_rdflib_with_empty_graph(server: Server, method: Any) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{server.port}/sparql", method=method, params={"default-graph-uri": ""})
    rows: Any = rdflib.Graph(store).query(QUERIES["SELECT"])
    assert [str(row[0]) for row in rows] == ["Anhui"]
