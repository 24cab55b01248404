"""The page for the frames of other sites, and the ways to pass an answer on."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.result_app import HOSTILE, HTML, page, result_client, text_of, texts, turtle_string

QUERY = "SELECT ?x { VALUES ?x { 'a' } }"


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return result_client(small, tmp_path_factory.mktemp("state"))


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
        html = page(client, QUERY, "/sparql/embed", view="nope")
        assert texts(html) == [["a"]]
        assert not re.search(r"<(form|script|button|input|header|nav)\b", html)
        assert small.edition.identifier in text_of(html)
        back = next(unescape(href) for href in re.findall(r'<a href="([^"]*)"', html) if "Dotaz a data" in html)
        assert urlsplit(unescape(back)).path == "/sparql"

    def test_hostile_text_stays_text(self, client: FlaskClient) -> None:
        html = page(client, f"SELECT ?x {{ VALUES ?x {{ {turtle_string(HOSTILE)} }} }}", "/sparql/embed")
        assert "<img" not in html
        assert texts(html) == [[HOSTILE]]

    def test_faults(self, client: FlaskClient) -> None:
        assert client.get("/sparql/embed").status_code == 400
        response = client.get("/sparql/embed", query_string={"query": "SELECT"}, headers=HTML)
        assert response.status_code == 400
        assert "Dotaz nebyl zodpovězen" in response.text
        assert response.headers["Cache-Control"] == "no-store"


class TestSharing:
    def test_downloads_are_of_exactly_this_answer(self, client: FlaskClient) -> None:
        html = page(client, QUERY, on="2012-12-31", sort="x", view="table")
        menu = re.search(r'<details class="menu noprint">.*?<ul>(.*?)</ul>', html, re.DOTALL)
        assert menu
        links = {
            text: parse_qs(urlsplit(unescape(href)).query) for href, text in re.findall(r'href="(.*?)">(.*?)<', menu[1])
        }
        assert list(links) == ["Tabulka XLSX", "CSV pro Excel", "JSON", "XML", "CSV", "TSV"]
        assert links["CSV"] == {"query": [QUERY], "format": ["csv"], "on": ["2012-12-31"]}

    def test_downloads_of_a_graph(self, client: FlaskClient) -> None:
        html = page(client, "CONSTRUCT WHERE { ?s ?p ?o }")
        menu = re.search(r'<details class="menu noprint">.*?<ul>(.*?)</ul>', html, re.DOTALL)
        assert menu
        assert re.findall(r">([^<]+)</a>", menu[1]) == ["Turtle", "N-Triples", "RDF/XML", "JSON-LD"]

    def test_dataset_stays(self, client: FlaskClient) -> None:
        html = page(client, QUERY, **{"default-graph-uri": "urn:g:1"})
        assert html.count("default-graph-uri=urn%3Ag%3A1") >= 8

    def test_frame_code_is_one_element(self, small: Built, client: FlaskClient) -> None:
        html = page(client, 'SELECT ("<b>" AS ?x) {}', view="map")
        code = unescape(re.findall(r"<pre [^>]*>(&lt;iframe.*?)</pre>", html, re.DOTALL)[0])
        found = re.fullmatch(r'<iframe src="([^"<>]*)" title="[^"<>]*" width="100%" height="480"></iframe>', code)
        assert found
        address = unescape(found[1])
        assert address.startswith(f"{small.settings.base}/sparql/embed?")
        assert parse_qs(urlsplit(address).query)["query"] == ['SELECT ("<b>" AS ?x) {}']

    def test_code_asks_for_the_day_shown(self, client: FlaskClient) -> None:
        html = page(client, "SELECT ?on { VALUES ?on { UNDEF } }", on="2012-12-31")
        sharing = text_of(html.partition('id="links"')[2])
        assert sharing.count("2012-12-31") >= 4
        assert "setOnlyConneg(True)" in sharing

    def test_addresses_never_come_from_the_request(self, small: Built, tmp_path: Path) -> None:
        client = result_client(small, tmp_path)
        html = client.get("/sparql", query_string={"query": QUERY}, headers={**HTML, "Host": "evil.example"}).text
        assert "evil.example" not in html
