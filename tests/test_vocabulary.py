"""The ontology, the shapes and the context at their addresses: all terms documented, all forms the same triples."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from graph.namespaces import PREFIXES, K
from graph.vocabulary import Vocabulary, read_shapes, read_vocabulary
from tests.apps import client_of, get_page
from tests.conftest import ROOT, Built
from tests.markup import Element, parse
from webapp.vocabulary.terms import draw_classes

pytestmark = pytest.mark.slow

FORMS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
FILES = {"ontology": "krajina.ttl", "shapes": "shapes.ttl"}
VERSION = "https://w3id.org/krajina/ontology/0.1.0"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(ROOT / "ontology")


def article(page: Element, name: str) -> Element:
    return page.only(f'article.term-doc[id="{name}"]')


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("suffix", FORMS)
def test_every_form_says_the_same(client: FlaskClient, name: str, suffix: str) -> None:
    expected = Graph().parse(ROOT / "ontology" / FILES[name])
    for response in (
        client.get(f"/{name}.{suffix}"),
        client.get(f"/{name}", headers={"Accept": f"text/csv, {FORMS[suffix]}"}),
    ):
        assert response.content_type == f"{FORMS[suffix]}; charset=utf-8"
        assert response.headers["Content-Location"] == f"/{name}.{suffix}"
        assert "Accept" in response.vary
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert isomorphic(Graph().parse(data=response.data, format=PARSERS[suffix]), expected)
        again = client.get(f"/{name}.{suffix}", headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", FILES)
def test_browsers_get_a_page_that_links_all_forms(client: FlaskClient, name: str) -> None:
    response = client.get(f"/{name}", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert response.headers["Content-Location"] == f"/{name}.html"
    page = parse(response.text)
    for suffix, media_type in FORMS.items():
        assert page.has(f'link[rel="alternate"][type="{media_type}"][href="/{name}.{suffix}"]')
        assert f'</{name}.{suffix}>; rel="alternate"; type="{media_type}"' in response.headers.getlist("Link")
    assert client.get(f"/{name}.csv").status_code == 404


def test_client_that_wants_none_of_them_is_told_so(client: FlaskClient) -> None:
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_version_iri_answers(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/ontology.ttl").data, format="turtle")
    assert graph.value(URIRef("https://w3id.org/krajina/ontology"), OWL.versionIRI) == URIRef(VERSION)
    path = "/ontology/" + VERSION.rpartition("/")[2]
    assert client.get(f"{path}.nt").mimetype == "application/n-triples"
    assert client.get(path, headers={"Accept": "application/rdf+xml"}).mimetype == "application/rdf+xml"
    assert client.get(path, headers={"Accept": "text/html"}).mimetype == "text/html"
    other = client.get("/ontology/0.0.1", headers={"Accept": "text/turtle"})
    assert (other.status_code, other.mimetype) == (404, "text/plain")
    assert "0.1.0" in other.get_data(as_text=True)


@pytest.mark.parametrize("language", ["cs", "en"])
def test_all_terms_are_documented(client: FlaskClient, vocabulary: Vocabulary, language: str) -> None:
    page = get_page(client, f"/ontology.html?lang={language}")
    articles = {element["id"]: element.text for element in page.all("article.term-doc")}
    assert len(vocabulary.terms) > 130
    for term in vocabulary.terms:
        told = articles[term.name]
        for tag in ("cs", "en"):
            assert term.labels[tag] in told, term
            start = re.split(r'["„“”]', term.definitions[tag])[0][:40].rstrip(" -–")
            assert start in told, (term.name, start)
        assert f"k:{term.name}" in told
    assert len(page.all("article")) == len(articles) == len(vocabulary.terms)


def test_article_tells_hierarchy_mapping_domain_range_and_example(client: FlaskClient) -> None:
    page = get_page(client, "/ontology.html?lang=en")
    agreement = article(page, "Agreement").text
    assert "Above it relationship k:Relationship" in agreement
    assert "foaf:Document narrower" in agreement and "fibo-agr:Agreement close" in agreement
    party = article(page, "party")
    assert "From agreement k:Agreement" in party.text and "To organization k:Organization" in party.text
    (example,) = [term.next() for term in party.all("dt") if term.text == "Example"]
    assert re.fullmatch(r"/page/agreements/[^?]+\?lang=en", example.first("a")["href"])


def test_links_inside_the_page_lead_somewhere(client: FlaskClient) -> None:
    page = get_page(client, "/ontology.html?lang=cs")
    anchors = page.values("[id]", "id")
    assert {address.removeprefix("#") for address in page.values('a[href^="#"]', "href")} <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_iri_of_a_term_leads_to_its_place(client: FlaskClient) -> None:
    response = client.get("/resource", query_string={"iri": str(K.party)}, headers={"Accept": "text/html"})
    assert (response.status_code, response.location) == (303, "/ontology#party")


class TestDiagram:
    def test_holds_every_class_once(self, vocabulary: Vocabulary) -> None:
        diagram = draw_classes(vocabulary, "cs")
        names = [box.term.name for box in diagram.boxes]
        assert sorted(names) == sorted(term.name for term in vocabulary.of_kind("class"))

    def test_boxes_do_not_lie_on_each_other_and_are_in_the_picture(self, vocabulary: Vocabulary) -> None:
        diagram = draw_classes(vocabulary, "en")
        for box in diagram.boxes:
            assert 0 <= box.x < box.x + box.width <= diagram.width and 0 <= box.y < box.y + box.height <= diagram.height
        columns = [[b for b in diagram.boxes if (b.x < diagram.width // 2) == left] for left in (True, False)]
        for column in columns:
            for above, below in pairwise(column):
                assert above.y + above.height < below.y

    def test_each_subclass_has_a_line(self, vocabulary: Vocabulary) -> None:
        diagram = draw_classes(vocabulary, "cs")
        parents = sum(len(term.parents) for term in vocabulary.of_kind("class"))
        assert len(diagram.subclass_lines) == parents

    def test_main_properties_stand_in_their_class(self, vocabulary: Vocabulary) -> None:
        boxes = {box.term.name: box for box in draw_classes(vocabulary, "en").boxes}
        assert ("party", "organization") in boxes["Agreement"].properties
        assert ("programme", "programme") in boxes["Project"].properties

    def test_page_shows_it_with_links(self, client: FlaskClient, vocabulary: Vocabulary) -> None:
        drawing = get_page(client, "/ontology.html?lang=en").only("section svg[class]")
        assert set(drawing.values("a", "href")) == {f"#{term.name}" for term in vocabulary.of_kind("class")}


@pytest.mark.parametrize("language", ["cs", "en"])
def test_all_shapes_are_documented(client: FlaskClient, language: str) -> None:
    page = get_page(client, f"/shapes.html?lang={language}")
    shapes = read_shapes(ROOT / "ontology")
    rows = {row["id"]: row.text for row in page.all("tbody tr[id]")}
    for shape in shapes:
        assert shape.messages[language].split('"')[0][:30] in rows[shape.name]
    assert len(page.all("tbody tr[id]")) == len(rows) == len(shapes) > 70


def test_iri_of_a_shape_has_its_place_on_the_page_of_its_namespace(client: FlaskClient) -> None:
    page = get_page(client, "/ontology.html?lang=cs")
    anchors = {link["id"]: link["href"] for link in page.all("a[id]")}
    for shape in read_shapes(ROOT / "ontology"):
        assert anchors[shape.name] == f"/shapes?lang=cs#{shape.name}"


def test_links_of_the_shapes_lead_to_terms(client: FlaskClient) -> None:
    addresses = get_page(client, "/shapes.html?lang=cs").values('a[href^="/ontology?lang=cs#"]', "href")
    anchors = set(get_page(client, "/ontology.html?lang=cs").values("[id]", "id"))
    linked = {address.partition("#")[2] for address in addresses}
    assert linked and linked <= anchors


def test_context_at_its_address_is_the_one_that_data_are_written_with(client: FlaskClient, small: Built) -> None:
    response = client.get("/context.jsonld")
    assert response.mimetype == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    context = json.loads(response.data)["@context"]
    assert context["party"] == {"@id": "k:party", "@type": "@id"}
    assert PREFIXES.items() <= context.items()
    written = json.loads(client.get("/data/agreements/agr-muster-2008.jsonld").data)
    assert written["@context"].items() <= context.items()
    whole = {**written, "@context": context}
    expected = Graph().parse(data=client.get("/data/agreements/agr-muster-2008.nt").data, format="nt")
    assert isomorphic(Graph().parse(data=json.dumps(whole), format="json-ld"), expected)
    assert (URIRef(small.iri("agreements", "agr-muster-2008")), RDF.type, K.Agreement) in expected


def test_without_tables_the_ontology_is_there_too(small: Built) -> None:
    client = client_of(small, has_tables=False)
    assert client.get("/ontology.html?lang=en").status_code == 200
    assert client.get("/shapes.nt").status_code == 200
