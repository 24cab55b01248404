"""Descriptions of resources out of the ordinary: long ones, former records, graphs, code lists, IRIs of others."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, SKOS, XSD, Graph, Literal, URIRef

from graph.editions.edition import file_edition
from graph.sparql.engines.memory import MemoryStore
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import parse
from tests.tables import rows_of
from tests.test_resources import client

__all__ = ["client"]  # fixtures


@pytest.fixture(scope="module")
def long(small: Built) -> FlaskClient:
    """Client of an invented thing that 1 203 others name, and that has a blank node."""
    store = MemoryStore()
    many = "".join(f"<https://example.org/n/{i:04}> <urn:p> <https://example.org/hub> .\n" for i in range(1203))
    own = "<https://example.org/hub> <urn:has> _:b .\n_:b <urn:says> 'inside' .\n"
    store.load(f"{own}{many}".encode(), suffix="ttl")
    return client_of(Built(small.settings, file_edition([], 1205), store), has_tables=False)


def test_long_description_comes_in_parts_that_say_where_the_next_is(long: FlaskClient) -> None:
    address, parts = f"/resource?iri={quote('https://example.org/hub', safe='')}&format=ttl", []
    while address:
        response = long.get(address)
        parts.append(Graph().parse(data=response.data, format="turtle"))
        following = [link for link in response.headers.getlist("Link") if 'rel="next"' in link]
        address = following[0][1 : following[0].index(">")] if following else ""
        assert bool(address) == response.data.startswith((b"# Only the first 500 ", b"# Only the next 500 "))
    named = [set(part.subjects(URIRef("urn:p"))) for part in parts]
    assert [len(subjects) for subjects in named] == [500, 500, 203]
    assert len(set.union(*named)) == 1203


def test_of_too_many_to_sort_some_are_told_and_a_query_tells_the_rest(small: Built) -> None:
    store = MemoryStore()
    store.load("".join(f"<urn:n{i}> <urn:p> <urn:hub> .\n" for i in range(20_100)).encode(), suffix="nt")
    client = client_of(Built(small.settings, file_edition([], 20_100), store), has_tables=False)
    response = client.get("/resource", query_string={"iri": "urn:hub", "format": "ttl"})
    graph = Graph().parse(data=response.data, format="turtle")
    assert len(set(graph.subjects(URIRef("urn:p"), URIRef("urn:hub")))) == len(graph) == 500
    assert response.data.startswith(b"# Only some 500 resources that name it; more at /sparql?query=")
    related = next(link for link in response.headers.getlist("Link") if 'rel="related"' in link)
    query = parse_qs(urlsplit(related[1 : related.index(">")]).query)["query"][0]
    assert len(store.select(query)) == 20_100


def test_description_holds_what_blank_nodes_say(long: FlaskClient) -> None:
    data = long.get("/resource", query_string={"iri": "https://example.org/hub", "format": "nt"}).data
    assert b'<urn:says> "inside"' in data


class TestFormerRecords:
    def test_withdrawn_is_gone_with_a_page_in_words(self, small: Built, client: FlaskClient) -> None:
        for path in ("resource/organizations/gone-club", "page/organizations/gone-club"):
            response = client.get(f"/{path}?lang=cs", headers={"Accept": "text/html"})
            page = parse(response.data)
            assert response.status_code == 410
            assert "Klub nikdy neexistoval." in page.text
            assert "2. 2. 2020" in page.text
            assert page.has('a[href="/page/withdrawn/gone-club?lang=cs"]')

    @pytest.mark.parametrize(
        "path",
        ["resource/organizations/gone-club", "data/organizations/gone-club.ttl", "data/organizations/gone-club.csv"],
    )
    def test_withdrawn_is_plain_text_for_rdf_clients(self, small: Built, client: FlaskClient, path: str) -> None:
        response = client.get(f"/{path}", headers={"Accept": "text/turtle"})
        assert (response.status_code, response.mimetype) == (410, "text/plain")
        assert small.iri("withdrawn", "gone-club") in response.get_data(as_text=True)
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize(
        ("path", "location"),
        [
            ("resource/organizations/old-mustermark", "/resource/organizations/mustermark"),
            ("page/organizations/old-mustermark", "/page/organizations/mustermark"),
            ("data/organizations/old-mustermark.rdf", "/data/organizations/mustermark.rdf"),
            ("data/organizations/old-mustermark.csv", "/data/organizations/mustermark.csv"),
        ],
    )
    def test_merged_leads_to_its_successor(self, client: FlaskClient, path: str, location: str) -> None:
        response = client.get(f"/{path}")
        assert (response.status_code, response.location) == (301, location)

    def test_row_that_says_so_is_described(self, small: Built, client: FlaskClient) -> None:
        note = URIRef(small.iri("merged", "old-mustermark"))
        graph = Graph().parse(data=client.get("/data/merged/old-mustermark.ttl").data, format="turtle")
        assert graph.value(note, DCTERMS.isReplacedBy) == URIRef(small.organization("mustermark"))


@pytest.mark.parametrize("slug", ["a.b", "a b", "příklad", "a/b", "a%b", "<script>"])
def test_slugs_with_any_character(small: Built, slug: str) -> None:
    iri = small.iri("organizations", slug)
    store = MemoryStore()
    store.load(f'<{iri}> <http://www.w3.org/2000/01/rdf-schema#label> "{slug}" .'.encode(), suffix="nt")
    built = Built(small.settings, file_edition([], 1), store)
    client = client_of(built, has_tables=False)
    page = client.get(f"/page/organizations/{quote(slug, safe='')}")
    assert page.status_code == 200
    assert "<script>" not in page.data.decode()
    response = client.get(f"/resource/organizations/{quote(slug, safe='')}", headers={"Accept": "text/turtle"})
    data = client.get(response.headers["Location"])
    assert [quad.subject.value for quad in ox.parse(data.data, format=ox.RdfFormat.TURTLE)] == [iri]


def test_named_graph(small: Built, client: FlaskClient) -> None:
    name = small.iri("graphs", "agreements")
    lines = client.get("/data/graphs/agreements.nt").data.decode().splitlines()
    own = [line for line in lines if line.startswith(f"<{name}> ")]
    assert len(lines) - len(own) == small.edition.named_graphs[name]
    assert any(line.endswith(f'"{small.edition.named_graphs[name]}"^^<{XSD.integer}> .') for line in own)
    assert get_page(client, "/page/graphs/agreements?lang=cs").only("h1").text == "Dohody a partnerství"
    assert get_page(client, "/page/graphs/agreements?lang=en").only("h1").text == "Agreements and twinnings"


def test_code_list_is_a_scheme_with_its_top_concepts(small: Built, client: FlaskClient) -> None:
    scheme = URIRef(small.iri("schemes", "areas"))
    graph = Graph().parse(data=client.get("/data/schemes/areas.ttl").data, format="turtle")
    assert set(graph.objects(scheme, SKOS.prefLabel)) == {
        Literal("Oblasti spolupráce", "cs"),
        Literal("Areas of cooperation", "en"),
    }
    tops = {row["code"] for row in rows_of("areas", small.settings.data) if not row["broader"]}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == {URIRef(small.iri("areas", code)) for code in tops}
    concepts = set(graph.subjects(SKOS.inScheme, scheme))
    assert len(concepts) == len(rows_of("areas", small.settings.data)) > len(tops)


def test_any_iri_without_tables(small: Built) -> None:
    client = client_of(small, has_tables=False)
    foreign = "http://publications.europa.eu/resource/authority/country/DEU"
    page = get_page(client, f"/resource?iri={quote(foreign, safe='')}")
    assert page.has('a[href="/page/countries/DE"]')
    assert f"/resource?iri={quote(foreign, safe='')}&format=ttl" in page.values("a", "href")
    data = client.get("/resource", query_string={"iri": foreign, "format": "nt"}).data.decode()
    assert data.strip().endswith(f"<http://www.w3.org/2004/02/skos/core#exactMatch> <{foreign}> .")
    assert "321" in get_page(client, "/page/organizations/lhota?lang=cs").text


@pytest.mark.parametrize("iri", ["", "nonsense", "http://a b", "http://a> ?p ?o } #", "javascript:alert(1)<b>"])
def test_what_is_no_iri_is_refused(client: FlaskClient, iri: str) -> None:
    response = client.get("/resource", query_string={"iri": iri}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "<b>" not in response.data.decode().replace("<b lang", "")
