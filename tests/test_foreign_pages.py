"""Over RDF of others every address answers: right, or refused in words with its own status; none takes others along."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from graph.editions.edition import file_edition
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from tests.apps import client_of, get_page
from tests.conftest import Built

FILES = {
    "URN property and class": "<http://example.org/a> <urn:example:name> 'x' ; a <urn:example:K> .",
    "property without a local name": "<http://example.org/a> <http://example.org/p/123> 'o' .",
    "property with a colon": "<http://example.org/a> <http://example.org/properties:p> 'o' .",
    "characters that XML cannot hold": r"<http://example.org/a> <http://example.org/b> 'a\u0000b\u0008\uFFFE z' .",
    "carriage return": r"<http://example.org/a> <http://example.org/b> 'a\rb\r\nc' .",
    "triple about a triple": "<< <urn:x:a> <urn:x:b> <urn:x:c> >> <http://example.org/certainty> 0.9 .",
    "graph named by a blank node": "_:g { <http://example.org/a> <http://example.org/b> 'x' }",
    "blank nodes": "[] a <http://example.org/K> ; <http://example.org/b> [ <http://example.org/c> <urn:x:d> ] .",
    "comma, quote and line in an IRI": "<http://example.org/a,b'c> <http://example.org/b> <urn:x:a,b> .",
}
REFUSED = {
    "property without a local name": {"rdf"},
    "characters that XML cannot hold": {"rdf", "xml"},
    "triple about a triple": {"jsonld"},
}
QUADS = ("nq", "trig")
TRIPLES = ("ttl", "nt", "rdf", "jsonld")
ALL = quote("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
TABLE = quote("SELECT ?s ?p ?o { ?s ?p ?o }")


pytestmark = pytest.mark.crawl


@pytest.fixture(scope="module", params=[*FILES], ids=[*FILES])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, FlaskClient]]:
    folder = tmp_path_factory.mktemp("foreign")
    file = folder / "file.trig"
    file.write_text(FILES[request.param], encoding="utf-8")
    settings = Settings(base="http://base.example", home="", cache=folder / "cache", state=folder / "state")
    with MemoryStore() as store:
        store.load(file, suffix="trig")
        built = Built(settings, file_edition([file], len(store.engine)), store)
        client = client_of(built, has_tables=False)
        client.application.config["PROPAGATE_EXCEPTIONS"] = False
        yield request.param, client


def addresses(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Each address with the serialisation that it is in, if any."""
    for path in ("/", "/version", "/sparql", "/dump/SHA256SUMS", "/.well-known/void"):
        yield path, ""
    for suffix in TRIPLES:
        yield f"/void.{suffix}", ""
        yield f"/sparql?query={ALL}&format={suffix}", suffix
    for suffix in QUADS + TRIPLES:
        yield f"/dump/krajina.{suffix}", suffix
        yield f"/dump/krajina.{suffix}.gz", suffix
    for suffix in ("json", "xml", "csv", "tsv", "xlsx", "csv-excel"):
        yield f"/sparql?query={TABLE}&format={suffix}", suffix
    for view in ("", "network", "map", "bars", "timeline"):
        yield f"/sparql?query={TABLE}&view={view}", ""
    for iri in sorted(iris(client)):
        yield f"/resource?iri={quote(iri)}", ""
        for suffix in (*TRIPLES, "csv"):
            yield f"/resource?iri={quote(iri)}&format={suffix}", suffix


def iris(client: FlaskClient) -> set[str]:
    """IRIs that stand as subject or object."""
    rows = json.loads(client.get(f"/sparql?query={TABLE}&format=json").data)["results"]["bindings"]
    return {term["value"] for row in rows for name, term in row.items() if name != "p" and term["type"] == "uri"}


def test_every_address_is_right_or_refused_in_words(served: tuple[str, FlaskClient]) -> None:
    name, client = served
    for address, suffix in addresses(client):
        accept = "text/html,*/*;q=0.5" if not suffix else "*/*"
        answer = client.get(address, headers={"Accept": accept})
        if answer.status_code == 501:
            assert suffix in REFUSED.get(name, ()), address
            assert "has no way to write" in answer.text or "Tato data nelze" in answer.text, address
        else:
            assert answer.status_code in (200, 303), (address, answer.text[:300])
            body = gzip.decompress(answer.data) if address.endswith(".gz") else answer.data
            assert_readable(body, suffix)


def assert_readable(body: bytes, suffix: str) -> None:
    if suffix in QUADS + TRIPLES:
        form = ox.RdfFormat.from_extension(suffix)
        assert form is not None
        assert list(ox.parse(body, format=form))
    if suffix in ("rdf", "xml"):
        ElementTree.fromstring(body)
    if suffix in ("json", "tsv"):
        kind = ox.QueryResultsFormat.JSON if suffix == "json" else ox.QueryResultsFormat.TSV
        assert list(ox.parse_query_results(body, format=kind))  # type: ignore[arg-type]


def test_all_that_is_refused_is_refused(served: tuple[str, FlaskClient]) -> None:
    name, client = served
    refused = {suffix for address, suffix in addresses(client) if suffix and client.get(address).status_code == 501}
    assert refused == REFUSED.get(name, set())


def test_checksums_are_of_the_files_that_can_be_written(served: tuple[str, FlaskClient]) -> None:
    name, client = served
    listed = {line.split("  ")[1] for line in client.get("/dump/SHA256SUMS").text.splitlines()}
    unwritable = {f"krajina.{suffix}{end}" for suffix in REFUSED.get(name, ()) for end in ("", ".gz")}
    whole = {f"krajina.{suffix}{end}" for suffix in QUADS + TRIPLES for end in ("", ".gz")}
    assert listed == whole - unwritable


def test_pages_link_only_to_what_answers(served: tuple[str, FlaskClient]) -> None:
    _name, client = served
    for path in ("/", "/sparql", *(f"/resource?iri={quote(iri)}" for iri in sorted(iris(client)))):
        for link in get_page(client, path).all("a"):
            if link["href"].startswith("/") and "format=" not in link["href"]:
                status = client.get(link["href"], headers={"Accept": "text/html"}).status_code
                assert status in (200, 303), (path, link["href"])


def test_documents_hold_the_triples_of_the_file(served: tuple[str, FlaskClient], tmp_path: Path) -> None:
    name, client = served
    parsed = [quad.triple for quad in ox.parse(FILES[name], format=ox.RdfFormat.TRIG)]
    expected = ox.Dataset(ox.Quad(*triple) for triple in parsed)
    expected.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    for suffix in TRIPLES:
        answer = client.get(f"/dump/krajina.{suffix}")
        if answer.status_code == 200:
            form = ox.RdfFormat.from_extension(suffix)
            assert form is not None
            found = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(answer.data, format=form))
            found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
            assert found == expected, suffix
