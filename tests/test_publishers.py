"""Publishers of sources, when these were read and where copies are: table, graph, pages, lists and files."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, Graph, URIRef

from graph import open_edition
from graph.folding import fold
from graph.namespaces import K
from graph.records.library import read_class
from graph.records.records import Source
from graph.sparql.named_queries import run_query
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built, settings_of
from tests.tables import replace_in, rows_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def test_each_publisher_of_the_tables_is_spelled_once_and_none_is_without_a_source() -> None:
    names = [fold(row["publisher"]) for row in rows_of("publishers")]
    assert len(names) == len(set(names))
    assert {row["publisher"] for row in rows_of("sources")} == {row["id"] for row in rows_of("publishers")}


def test_a_source_known_by_a_copy_alone_has_no_address_of_its_own() -> None:
    copies = {row["id"] for row in rows_of("source_readings") if row["archived_at"]}
    assert len(copies) > 10
    assert [row["id"] for row in rows_of("sources") if row["id"] in copies and row["url"]] == []


@pytest.mark.parametrize(
    ("language", "title", "heading"),
    [("cs", "Kraj Vzorov", "Za organizaci"), ("en", "Vzorov Region", "On behalf of")],
)
def test_page_of_a_publisher(client: FlaskClient, language: str, title: str, heading: str) -> None:
    page = get_page(client, f"/page/publishers/pub-vzorov-region?lang={language}")
    assert page.first("h1").text == title
    assert dict(page.terms())[heading] == title
    assert page.has('a[href*="/page/organizations/vzorov"]')
    assert page.has('a[href*="/page/sources/src-vzorov-2008"]') and page.has('a[href*="/page/sources/src-seed-2012"]')
    assert not page.has('a[href*="/page/sources/src-verein"]')


def test_page_of_a_source_leads_to_its_publisher_and_says_when_it_was_read(client: FlaskClient) -> None:
    page = get_page(client, "/page/sources/src-muster-bote?lang=en")
    assert page.has('a[href*="/page/publishers/pub-muster-messenger"]')
    assert dict(page.terms())["Read on"] == "30 November 2026"
    czech = dict(get_page(client, "/page/sources/src-muster-bote?lang=cs").terms())
    assert czech["Čteno"] == "30. 11. 2026"
    other = get_page(client, "/page/sources/src-verein?lang=en")
    assert "Read on" not in dict(other.terms())
    assert dict(other.terms())["Copy"] == "https://copy.example.org/verein"


def test_page_of_an_organization_leads_to_what_it_publishes_as(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/vzorov?lang=en")
    assert dict(page.terms())["Publishes as"] == "Vzorov Region"
    assert page.has('a[href*="/page/publishers/pub-vzorov-region"]')
    assert "Publishes as" not in dict(get_page(client, "/page/organizations/samota?lang=en").terms())


def test_list_of_sources_tells_publisher_copy_and_reading(client: FlaskClient, small: Built) -> None:
    (row,) = get_json(client, "/sources.json?publisher=gruntalverein")["rows"]
    assert (row["publisher"], row["publisher_iri"]) == ("Grüntalverein", small.iri("publishers", "pub-gruntalverein"))
    assert (row["archived_at"], row["accessed"]) == ("https://copy.example.org/verein", "")
    czech = get_json(client, "/sources.json?publisher=vzorov-region&lang=cs")["rows"]
    assert {row["publisher"] for row in czech} == {"Kraj Vzorov"} and len(czech) == 3


def test_data_of_a_source(client: FlaskClient, small: Built) -> None:
    graph = Graph().parse(data=client.get("/data/sources/src-muster-bote.jsonld").text, format="json-ld")
    source = URIRef(small.iri("sources", "src-muster-bote"))
    assert graph.value(source, DCTERMS.publisher) == URIRef(small.iri("publishers", "pub-muster-messenger"))
    assert str(graph.value(source, K.accessed)) == "2026-11-30"


@pytest.mark.heavy
def test_copy_stands_for_an_address_that_is_not_known(bad_tables: Path) -> None:
    replace_in(bad_tables / "sources.csv", "https://verein.example.org/,", ",")
    settings = settings_of(bad_tables)
    with open_edition(settings).open() as store:
        source = read_class(store, Source)["https://example.org/small/resource/sources/src-verein"]
        rows = run_query(store, "q19-sources-of", record="https://example.org/small/resource/agreements/agr-komora")
        gaps = run_query(store, "q21-undocumented")
        client = client_of(Built(settings, open_edition(settings), store))
        page = get_page(client, "/page/agreements/agr-komora?lang=en")
    assert (source.url, source.address) == ("", "https://copy.example.org/verein")
    assert "https://copy.example.org/verein" in {row["url"] for row in rows}
    assert not [row for row in gaps if row["record"].endswith("/rel-verein-signed")]
    assert page.has('a[href="https://copy.example.org/verein"]')
