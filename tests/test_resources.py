"""Every IRI of an edition answers, as a page and as data, and data say nothing that the edition does not."""

from __future__ import annotations

import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from graph.edition import file_edition
from graph.store import MemoryStore
from tests.conftest import Built
from tests.record_pages import record_app, text_of

TYPES = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}
SAMPLE = 150


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return record_app(small).test_client()


def own_iris(built: Built) -> list[str]:
    """IRIs under the base of an edition in its triples, sorted."""
    start = f"{built.settings.base}/resource/"
    terms = {str(term.value) for quad in built.store.engine for term in quad if isinstance(term, ox.NamedNode)}
    return sorted(iri for iri in terms if iri.startswith(start))


def triples_of(built: Built) -> set[str]:
    return {str(quad.triple) for quad in built.store.engine}


def path_of(built: Built, iri: str) -> str:
    return iri.removeprefix(f"{built.settings.base}/resource/")


def test_every_iri_of_the_miniature(small: Built, client: FlaskClient) -> None:
    triples = triples_of(small)
    for iri in own_iris(small):
        assert client.get(f"/page/{path_of(small, iri)}").status_code == 200, iri
        data = client.get(f"/data/{path_of(small, iri)}.ttl")
        found = {str(quad.triple) for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)}
        assert found and found <= triples, iri


def test_a_sample_of_the_real_iris(real: Built) -> None:
    client, triples, iris = record_app(real).test_client(), triples_of(real), own_iris(real)
    for iri in iris[:: max(1, len(iris) // SAMPLE)]:
        page = client.get(f"/page/{path_of(real, iri)}", headers={"Accept-Language": "en"})
        assert page.status_code == 200, iri
        assert not re.search(r"<[^>]+ (style|on\w+)=", page.data.decode()), iri
        data = client.get(f"/data/{path_of(real, iri)}.ttl")
        found = {str(quad.triple) for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)}
        assert found and found <= triples, iri


def test_description_holds_own_triples_and_those_of_relationships(small: Built, client: FlaskClient) -> None:
    iri = small.organization("spolek-vzornik")
    data = client.get("/data/organizations/spolek-vzornik.nt").data
    subjects = {quad.subject.value for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)}  # type: ignore[union-attr]
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


def test_page_leads_to_data(client: FlaskClient) -> None:
    page = client.get("/page/organizations/mustermark?lang=en").data.decode()
    assert '<link rel="alternate" type="text/turtle" href="/data/organizations/mustermark.ttl">' in page
    assert ">Data (RDF)</a>" in page


@pytest.mark.parametrize(
    "path", ["/page/organizations/nobody", "/data/organizations/nobody.ttl", "/resource/nothing/nobody"]
)
def test_unknown_is_404(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html, */*"})
    assert response.status_code == 404
    assert "nobody" in text_of(response.data)


def test_data_in_no_known_form_is_406(client: FlaskClient) -> None:
    assert client.get("/data/organizations/mustermark", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("slug", ["a.b", "a b", "příklad", "a/b", "a%b", "<script>"])
def test_slugs_with_any_character(small: Built, slug: str) -> None:
    iri = small.iri("organizations", slug)
    store = MemoryStore()
    store.load(f'<{iri}> <http://www.w3.org/2000/01/rdf-schema#label> "{slug}" .'.encode(), suffix="nt")
    built = Built(small.settings, file_edition([], 1), store)
    client = record_app(built, has_tables=False).test_client()
    page = client.get(f"/page/organizations/{quote(slug, safe='')}")
    assert page.status_code == 200
    assert "<script>" not in page.data.decode()
    response = client.get(f"/resource/organizations/{quote(slug, safe='')}", headers={"Accept": "text/turtle"})
    data = client.get(response.headers["Location"])
    assert [quad.subject.value for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)] == [iri]  # type: ignore[union-attr]


def test_named_graph(small: Built, client: FlaskClient) -> None:
    name = small.iri("graphs", "agreements")
    data = client.get("/data/graphs/agreements.nt").data
    assert len(data.splitlines()) == small.edition.named_graphs[name]
    assert client.get("/page/graphs/agreements").status_code == 200


def test_any_iri_without_tables(small: Built) -> None:
    client = record_app(small, has_tables=False).test_client()
    foreign = "http://publications.europa.eu/resource/authority/country/DEU"
    page = client.get("/resource", query_string={"iri": foreign}, headers={"Accept": "text/html"}).data.decode()
    assert 'href="/page/countries/DE"' in page
    assert f'href="/resource?iri={quote(foreign, safe="")}&amp;format=ttl"' in page
    data = client.get("/resource", query_string={"iri": foreign, "format": "nt"}).data.decode()
    assert data.strip().endswith(f"<http://www.w3.org/2004/02/skos/core#exactMatch> <{foreign}> .")
    assert "321" in text_of(client.get("/page/organizations/lhota?lang=cs").data)


@pytest.mark.parametrize("iri", ["", "nonsense", "http://a b", "http://a> ?p ?o } #", "javascript:alert(1)<b>"])
def test_what_is_no_iri_is_refused(client: FlaskClient, iri: str) -> None:
    response = client.get("/resource", query_string={"iri": iri}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "<b>" not in response.data.decode().replace("<b lang", "")
