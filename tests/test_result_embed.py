"""The page for the frames of other sites, and the ways to pass an answer on."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built
from tests.markup import parse
from tests.results import HOSTILE, HTML, answer_markup, answer_page, turtle_string

QUERY = "SELECT ?x { VALUES ?x { 'a' } }"


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(small, state=tmp_path_factory.mktemp("state"))


class TestEmbed:
    def test_only_this_page_may_stand_in_frames(self, client: FlaskClient) -> None:
        policies = {
            path: client.get(path, query_string={"query": QUERY}, headers=HTML).headers["Content-Security-Policy"]
            for path in ("/sparql", "/sparql/embed", "/")
        }
        assert [path for path, policy in policies.items() if "frame-ancestors *" in policy] == ["/sparql/embed"]
        assert "script-src 'none'" in policies["/sparql/embed"]
        assert "form-action 'none'" in policies["/sparql/embed"]

    def test_is_bare_and_leads_back(self, small: Built, client: FlaskClient) -> None:
        page = answer_page(client, QUERY, "/sparql/embed", view="nope")
        assert page.table() == [["a"]]
        assert not page.has("form, script, button, input, header, nav")
        assert small.edition.identifier in page.text
        (back,) = [address for address, text in page.links() if text == "Dotaz a data v Krajině"]
        assert urlsplit(back).path == "/sparql"

    def test_hostile_text_stays_text(self, client: FlaskClient) -> None:
        markup = answer_markup(client, f"SELECT ?x {{ VALUES ?x {{ {turtle_string(HOSTILE)} }} }}", "/sparql/embed")
        assert "<img" not in markup
        assert parse(markup).table() == [[HOSTILE]]

    def test_faults(self, client: FlaskClient) -> None:
        assert client.get("/sparql/embed").status_code == 400
        response = client.get("/sparql/embed", query_string={"query": "SELECT"}, headers=HTML)
        assert response.status_code == 400
        alert = parse(response.text).only("[role=alert]")
        assert alert.only("h2").text == "Na dotaz nelze odpovědět"
        assert alert.only("[lang=en]").text.startswith("error at 1:7: expected")
        assert response.headers["Cache-Control"] == "no-store"


class TestSharing:
    def test_downloads_are_of_exactly_this_answer(self, client: FlaskClient) -> None:
        page = answer_page(client, QUERY, on="2012-12-31", sort="x", view="table")
        links = {text: parse_qs(urlsplit(address).query) for address, text in page.links("details.menu.noprint > ul a")}
        assert list(links) == ["Tabulka XLSX", "CSV pro Excel", "JSON", "XML", "CSV", "TSV"]
        assert links["CSV"] == {"query": [QUERY], "format": ["csv"], "on": ["2012-12-31"]}

    def test_downloads_of_a_graph(self, client: FlaskClient) -> None:
        page = answer_page(client, "CONSTRUCT WHERE { ?s ?p ?o }")
        assert page.texts("details.menu.noprint > ul a") == ["Turtle", "N-Triples", "RDF/XML", "JSON-LD"]

    def test_dataset_stays(self, client: FlaskClient) -> None:
        page = answer_page(client, QUERY, **{"default-graph-uri": "urn:g:1"})
        addresses = page.values("a", "href")
        assert len([address for address in addresses if "default-graph-uri=urn%3Ag%3A1" in address]) >= 8

    def test_frame_code_is_one_element(self, small: Built, client: FlaskClient) -> None:
        page = answer_page(client, 'SELECT ("<b>" AS ?x) {}', view="map")
        (code,) = [sample.content for sample in page.all("pre") if sample.content.startswith("<iframe")]
        # As text: what a person copies must hold no other element and end no attribute early.
        assert re.fullmatch(r'<iframe src="[^"<>]*" title="[^"<>]*" width="100%" height="480"></iframe>', code)
        address = parse(code).only("iframe")["src"]
        assert address.startswith(f"{small.settings.base}/sparql/embed?")
        assert parse_qs(urlsplit(address).query)["query"] == ['SELECT ("<b>" AS ?x) {}']

    def test_code_asks_for_the_day_shown(self, client: FlaskClient) -> None:
        page = answer_page(client, "SELECT ?on { VALUES ?on { UNDEF } }", on="2012-12-31")
        sharing = page.only('[id="links"]').text
        assert sharing.count("2012-12-31") >= 4
        assert "setOnlyConneg(True)" in sharing

    def test_addresses_never_come_from_the_request(self, small: Built, tmp_path: Path) -> None:
        client = client_of(small, state=tmp_path)
        markup = client.get("/sparql", query_string={"query": QUERY}, headers={**HTML, "Host": "evil.example"}).text
        assert "evil.example" not in markup
