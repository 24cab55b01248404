"""Every IRI of an edition answers, as a page and as data, and data say nothing that the edition does not."""

from __future__ import annotations

import csv
import gzip
import io

import brotli  # type: ignore[import-untyped]
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import SKOS

from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import parse

TYPES = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}
SAMPLE = 150


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def own_iris(built: Built) -> list[str]:
    """IRIs under the base of an edition in its triples, sorted."""
    terms = {str(term.value) for quad in built.store.engine for term in quad if isinstance(term, ox.NamedNode)}
    return sorted(iri for iri in terms if iri.startswith(built.settings.base))


def triples_of(built: Built) -> set[str]:
    return {str(quad.triple) for quad in built.store.engine}


def path_of(built: Built, iri: str) -> str:
    return iri.removeprefix(f"{built.settings.base}/resource/")


@pytest.mark.crawl
def test_every_iri_of_the_miniature(small: Built, client: FlaskClient) -> None:
    triples = triples_of(small)
    for iri in own_iris(small):
        assert client.get(f"/page/{path_of(small, iri)}").status_code == 200, iri
        data = client.get(f"/data/{path_of(small, iri)}.ttl")
        found = {str(quad.triple) for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)}
        assert found and found <= triples, iri


@pytest.mark.crawl
@pytest.mark.heavy
def test_every_real_iri_has_data_that_are_in_the_edition(real: Built) -> None:
    client, triples, iris = client_of(real), triples_of(real), own_iris(real)
    assert len(iris) > 4000
    for iri in iris:
        data = client.get(f"/data/{path_of(real, iri)}.nt", headers={"Accept-Encoding": "identity"})
        assert data.status_code == 200, iri
        found = {line.removesuffix(" .") for line in data.data.decode().splitlines() if not line.startswith("# ")}
        assert found and found <= triples, iri


@pytest.mark.crawl
@pytest.mark.parametrize("number", [SAMPLE // 6, pytest.param(SAMPLE, marks=pytest.mark.heavy)])
def test_a_sample_of_the_real_iris(real: Built, number: int) -> None:
    client, triples, iris = client_of(real), triples_of(real), own_iris(real)
    for iri in iris[:: max(1, len(iris) // number)]:
        page = client.get(f"/page/{path_of(real, iri)}", headers={"Accept-Language": "en"})
        assert page.status_code == 200, iri
        assert parse(page.data).inline_code() == [], iri
        data = client.get(f"/data/{path_of(real, iri)}.ttl")
        found = {str(quad.triple) for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)}
        assert found and found <= triples, iri


def test_description_holds_own_triples_and_those_of_relationships(small: Built, client: FlaskClient) -> None:
    iri = small.organization("spolek-vzornik")
    data = client.get("/data/organizations/spolek-vzornik.nt").data
    subjects = {quad.subject.value for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)}
    named = {str(q.subject.value) for q in small.store.engine.quads_for_pattern(None, None, ox.NamedNode(iri))}  # type: ignore[union-attr]
    assert {iri} | named <= subjects
    assert small.iri("participations", "par-most--vzornik") in subjects
    assert small.iri("sources", "src-vzorov") in subjects
    assert data.splitlines()[0].startswith(f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>".encode())


@pytest.mark.parametrize("suffix", TYPES)
def test_all_serialisations_say_the_same(client: FlaskClient, suffix: str) -> None:
    media_type, form = TYPES[suffix]
    response = client.get(f"/data/agreements/agr-muster-2008.{suffix}")
    expected = client.get("/data/agreements/agr-muster-2008.nt").data
    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert {str(q.triple) for q in ox.parse(response.data, format=form)} == {
        str(q.triple) for q in ox.parse(expected, format=ox.RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/organizations/mustermark"),
        ("text/turtle", "/data/organizations/mustermark.ttl"),
        ("application/ld+json", "/data/organizations/mustermark.jsonld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.5", "/data/organizations/mustermark.rdf"),
        ("application/n-triples", "/data/organizations/mustermark.nt"),
    ],
)
def test_negotiation(client: FlaskClient, accept: str, location: str) -> None:
    response = client.get("/resource/organizations/mustermark", headers={"Accept": accept})
    assert response.status_code == 303
    assert response.headers["Location"] == location
    assert "Accept" in response.headers["Vary"]
    assert (
        '</data/organizations/mustermark.ttl>; rel="describedby alternate"; type="text/turtle"'
        in response.headers.getlist("Link")
    )


def test_headers_of_data(small: Built, client: FlaskClient) -> None:
    response = client.get("/data/organizations/mustermark.ttl")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    links = response.headers.getlist("Link")
    assert '</page/organizations/mustermark>; rel="alternate"; type="text/html"' in links
    assert f'<{small.organization("mustermark")}>; rel="canonical"' in links
    assert small.edition.identifier in response.headers["ETag"]
    again = client.get("/data/organizations/mustermark.ttl", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/data/organizations/mustermark.ttl")
    assert (head.status_code, head.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")


def test_page_is_known_by_its_own_address_and_cited_by_the_iri(small: Built, client: FlaskClient) -> None:
    links = client.get("/page/organizations/mustermark").headers.getlist("Link")
    assert f'<{small.settings.base}/page/organizations/mustermark>; rel="canonical"' in links
    assert f'<{small.organization("mustermark")}>; rel="cite-as"' in links


def test_page_leads_to_data(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/mustermark?lang=en")
    assert page.values('link[rel="alternate"][type="text/turtle"]', "href") == ["/data/organizations/mustermark.ttl"]
    assert "Data (RDF)" in page.texts("a")


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld"])
def test_suffix_leads_from_an_iri_or_page_to_its_data(client: FlaskClient, suffix: str) -> None:
    for start in ("resource", "page"):
        response = client.get(f"/{start}/organizations/mustermark.{suffix}")
        assert (response.status_code, response.location) == (303, f"/data/organizations/mustermark.{suffix}")
    assert client.get("/resource/organizations/nobody.ttl").status_code == 404


def test_suffixes_that_other_sites_are_used_to(client: FlaskClient) -> None:
    assert client.get("/resource/organizations/mustermark.html").location == "/page/organizations/mustermark"
    assert client.get("/page/organizations/mustermark.json").location == "/data/organizations/mustermark.jsonld"
    assert client.get("/data/organizations/mustermark.json").mimetype == "application/ld+json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/turtle;q=0.4, application/rdf+xml;q=0.6", "application/rdf+xml"),
        ("text/*;q=0.3, application/n-triples;q=0.2", "text/turtle"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("application/json", "application/ld+json"),
    ],
)
def test_quality_values_decide(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get("/data/organizations/mustermark", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, media_type)
    suffix = next(suffix for suffix, (name, _) in TYPES.items() if name == media_type)
    assert response.headers["Content-Location"] == f"/data/organizations/mustermark.{suffix}"
    assert "Accept" in response.vary


def test_nothing_acceptable_is_406_in_words(client: FlaskClient) -> None:
    response = client.get("/data/organizations/mustermark", headers={"Accept": "image/png"})
    assert (response.status_code, response.mimetype) == (406, "text/plain")
    assert "application/n-triples" in response.get_data(as_text=True)


def test_validators_are_of_the_edition(small: Built, client: FlaskClient) -> None:
    address = "/data/organizations/mustermark.ttl"
    first = client.get(address)
    assert first.last_modified is not None
    assert first.last_modified.date().isoformat() == small.edition.modified
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status_code == 200
    assert client.get(address, headers={**since, "If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(("accepted", "coding"), [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, *", "gzip")])
def test_data_are_compressed_for_clients_that_take_it(client: FlaskClient, accepted: str, coding: str) -> None:
    plain = client.get("/data/organizations/mustermark.rdf")
    coded = client.get("/data/organizations/mustermark.rdf", headers={"Accept-Encoding": accepted})
    assert coded.headers["Content-Encoding"] == coding
    assert {"gzip": gzip.decompress, "br": brotli.decompress}[coding](coded.data) == plain.data
    assert "Accept-Encoding" in plain.vary and "Accept-Encoding" in coded.vary


def test_data_as_a_table_hold_each_triple_with_names(client: FlaskClient) -> None:
    answer = client.get("/data/organizations/mustermark.csv?lang=en")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    triples = ox.parse(client.get("/data/organizations/mustermark.nt").data, format=ox.RdfFormat.N_TRIPLES)
    assert sorted((row["subject"], row["property"], row["value"]) for row in rows) == sorted(
        (str(t.triple.subject.value), t.triple.predicate.value, getattr(t.triple.object, "value", "")) for t in triples
    )
    assert any(row["property (name)"] and row["value (name)"] for row in rows)
    assert {row["language"] for row in rows} >= {"cs", "en", ""}
    assert "Accept-Language" in answer.vary and answer.get_etag()[0]
    for start in ("page", "resource"):
        led = client.get(f"/{start}/organizations/mustermark.csv")
        assert (led.status_code, led.location) == (303, "/data/organizations/mustermark.csv")


@pytest.mark.parametrize("path", ["/data/organizations/nobody.csv", "/data/graphs/agreements.csv"])
def test_table_of_nothing_or_of_a_whole_graph_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert ("/download" in client.get(path).text) is ("graphs" in path)


@pytest.mark.parametrize("path", ["/resource/organizations/mustermark", "/data/organizations/mustermark.ttl"])
def test_preflight_lets_scripts_of_all_sites_ask(client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options(path, headers={**asked, "Access-Control-Request-Headers": "if-none-match"})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


def test_licence_is_linked(client: FlaskClient) -> None:
    links = client.get("/data/organizations/mustermark.ttl").headers.getlist("Link")
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links


def test_statement_that_shows_a_record_is_in_its_description(small: Built, client: FlaskClient) -> None:
    data = client.get("/data/agreements/agr-muster-2008.nt").data.decode()
    statement = small.iri("statements", "1")
    assert f"> <https://w3id.org/krajina/ontology#evidence> <{statement}> ." in data
    assert f'<{statement}> <{SKOS.prefLabel}> "A valid agreement is signed with Mustermark."@en .' in data


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_unknown_is_told_to_rdf_clients_in_plain_text(client: FlaskClient, accept: str) -> None:
    response = client.get("/resource/organizations/nobody", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (404, "text/plain")
    assert "/resource/organizations/nobody" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/page/organizations/nobody", "/data/organizations/nobody.ttl", "/resource/nothing/nobody"]
)
def test_unknown_is_404(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html, */*"})
    assert response.status_code == 404
    assert "nobody" in parse(response.data).text


def test_data_in_no_known_form_is_406(client: FlaskClient) -> None:
    assert client.get("/data/organizations/mustermark", headers={"Accept": "image/png"}).status_code == 406
