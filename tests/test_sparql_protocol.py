"""The SPARQL 1.1 Protocol over a real server: requests, media types, statuses, headers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest

from graph.sparql.answers import GRAPHS, RESULTS, Format
from tests.sparql_server import Answer, Server, serve

pytestmark = pytest.mark.server
SELECT = "SELECT ?name { <urn:x:saxony> <urn:x:name> ?name } ORDER BY LANG(?name)"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
CONSTRUCT = "CONSTRUCT WHERE { <urn:x:anhui> ?p ?o }"
VARY = "Accept, Accept-Encoding"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def get(server: Server, parameters: dict[str, str] | list[tuple[str, str]], accept: str | None = None) -> Answer:
    headers: dict[str, Any] = {} if accept is None else {"Accept": accept}
    return server.send("GET", f"/sparql?{urlencode(parameters)}", **headers)


def count(answer: Answer) -> int:
    assert answer.status == 200, answer.text
    return int(answer.rows[0]["n"]["value"])


class TestWaysToAsk:
    def test_get(self, server: Server) -> None:
        assert [row["name"]["value"] for row in get(server, {"query": SELECT}).rows] == ["Sasko", "Saxony"]

    def test_post_form(self, server: Server) -> None:
        body = urlencode({"query": SELECT}).encode()
        assert len(server.send("POST", "/sparql", body, Content_Type=FORM).rows) == 2

    def test_post_direct(self, server: Server) -> None:
        assert len(server.query(SELECT).rows) == 2

    @pytest.mark.parametrize(
        "content_type", ["Application/SPARQL-Query", f"{DIRECT}; charset=UTF-8", f"{DIRECT};version=1.2"]
    )
    def test_content_type_may_be_written_otherwise(self, server: Server, content_type: str) -> None:
        assert len(server.query(SELECT, Content_Type=content_type).rows) == 2

    def test_non_ascii(self, server: Server) -> None:
        text = "SELECT ('Ústecký kraj 😀' AS ?x) {}"
        for answer in (get(server, {"query": text}), server.query(text)):
            assert answer.rows[0]["x"]["value"] == "Ústecký kraj 😀"

    def test_head_has_the_headers_of_get(self, server: Server) -> None:
        path = f"/sparql?query={quote(SELECT)}"
        head, body = server.send("HEAD", path), server.send("GET", path)
        assert (head.status, head.body) == (200, b"")
        for name in ("content-type", "content-length", "vary"):
            assert head.headers[name] == body.headers[name]

    def test_long_query_by_post(self, server: Server) -> None:
        assert len(server.query(SELECT + " #" + "a" * 300_000).rows) == 2

    def test_relative_iris_are_resolved_against_the_endpoint(self, server: Server) -> None:
        answer = server.query("SELECT (STR(<resource/x>) AS ?x) {}")
        assert answer.rows[0]["x"]["value"] == f"http://127.0.0.1:{server.port}/resource/x"


class TestDataset:
    def test_default_graph_is_the_union(self, server: Server) -> None:
        assert count(get(server, {"query": COUNT})) == 3

    def test_named_graphs_stay_visible(self, server: Server) -> None:
        assert [row["g"]["value"] for row in get(server, {"query": NAMED}).rows] == ["urn:g:one", "urn:g:two"]

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ([("default-graph-uri", "urn:g:one")], 2),
            ([("default-graph-uri", "urn:g:one"), ("default-graph-uri", "urn:g:two")], 3),
            ([("named-graph-uri", "urn:g:one")], 0),
            ([("default-graph-uri", "urn:g:absent")], 0),
        ],
    )
    def test_default_graph_of_the_request(
        self, server: Server, parameters: list[tuple[str, str]], expected: int
    ) -> None:
        assert count(get(server, [("query", COUNT), *parameters])) == expected
        assert (
            count(
                server.send("POST", "/sparql", urlencode([("query", COUNT), *parameters]).encode(), Content_Type=FORM)
            )
            == expected
        )
        path = f"/sparql?{urlencode(parameters)}"
        assert count(server.send("POST", path, COUNT.encode(), Content_Type=DIRECT)) == expected

    @pytest.mark.parametrize(("parameter", "graphs"), [("default-graph-uri", []), ("named-graph-uri", ["urn:g:two"])])
    def test_named_graphs_of_the_request(self, server: Server, parameter: str, graphs: list[str]) -> None:
        answer = get(server, [("query", NAMED), (parameter, "urn:g:two")])
        assert [row["g"]["value"] for row in answer.rows] == graphs

    def test_from_of_the_text(self, server: Server) -> None:
        assert count(server.query(COUNT.replace("{", "FROM <urn:g:two> {", 1))) == 1
        assert count(server.query("# FROM <urn:g:two>\n" + COUNT)) == 3
        assert count(server.query(COUNT.replace("{", "FROM NAMED <urn:g:two> {", 1))) == 0

    def test_request_beats_from(self, server: Server) -> None:
        text = COUNT.replace("{", "FROM <urn:g:two> {", 1)
        assert count(get(server, [("query", text), ("default-graph-uri", "urn:g:one")])) == 2

    @pytest.mark.parametrize("iri", ["one", "urn:g:a b", "http://x/<>"])
    def test_graph_that_is_no_absolute_iri(self, server: Server, iri: str) -> None:
        assert get(server, [("query", COUNT), ("default-graph-uri", iri)]).status == 400


class TestFormats:
    @pytest.mark.parametrize("form", RESULTS, ids=lambda form: str(form.name))
    @pytest.mark.parametrize("query", [SELECT, "ASK {}"], ids=["select", "ask"])
    def test_results(self, server: Server, form: Format, query: str) -> None:
        for answer in (
            get(server, {"query": query}, form.media_type),
            get(server, {"query": query, "format": form.name}),
        ):
            assert (answer.status, answer.headers["content-type"]) == (
                200,
                f"{form.media_type}; charset=utf-8",
            )
            assert int(answer.headers["content-length"]) == len(answer.body)
            assert "Sasko" in answer.text if query == SELECT else "true" in answer.text

    @pytest.mark.parametrize("form", GRAPHS, ids=lambda form: str(form.name))
    @pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <urn:x:anhui>"], ids=["construct", "describe"])
    def test_graphs(self, server: Server, form: Format, query: str) -> None:
        for answer in (
            get(server, {"query": query}, form.media_type),
            get(server, {"query": query, "format": form.name}),
        ):
            assert (answer.status, answer.headers["content-type"]) == (
                200,
                f"{form.media_type}; charset=utf-8",
            )
            quads = list(pyoxigraph.parse(answer.body, format=form.engine))  # type: ignore[arg-type]
            assert [str(quad.triple) for quad in quads] == ['<urn:x:anhui> <urn:x:name> "Anhui"@en']

    def test_turtle_uses_the_prefixes_of_the_query(self, server: Server) -> None:
        assert "x:anhui x:name" in server.query(f"PREFIX x: <urn:x:> {CONSTRUCT}").text

    def test_csv_and_tsv_are_as_the_standard_says(self, server: Server) -> None:
        text = "SELECT ?a ?b { VALUES (?a ?b) { ('x,\"y\"\\nz'@cs UNDEF) (<urn:x:a> 1) } }"
        table = get(server, {"query": text, "format": "csv"}).text
        assert table == 'a,b\r\n"x,""y""\nz",\r\nurn:x:a,1\r\n'
        assert list(csv.reader(io.StringIO(table, newline=""))) == [
            ["a", "b"],
            ['x,"y"\nz', ""],
            ["urn:x:a", "1"],
        ]
        assert get(server, {"query": text, "format": "tsv"}).text == '?a\t?b\n"x,\\"y\\"\\nz"@cs\t\n<urn:x:a>\t1\n'

    @pytest.mark.parametrize(
        ("query", "accept", "media_type"),
        [
            (SELECT, None, "application/sparql-results+json"),
            (SELECT, "*/*", "application/sparql-results+json"),
            (SELECT, "text/*", "text/csv"),
            (
                SELECT,
                "text/csv;q=0.1, application/sparql-results+xml;q=0.9",
                "application/sparql-results+xml",
            ),
            (CONSTRUCT, None, "text/turtle"),
            (CONSTRUCT, "application/sparql-results+json, */*;q=0.1", "text/turtle"),
            (CONSTRUCT, "text/turtle;q=0, */*", "application/n-triples"),
        ],
    )
    def test_accept(self, server: Server, query: str, accept: str | None, media_type: str) -> None:
        answer = get(server, {"query": query}, accept)
        assert (answer.status, answer.media_type, answer.headers["vary"]) == (200, media_type, VARY)

    @pytest.mark.parametrize(
        ("query", "accept"),
        [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "*/*;q=0")],
    )
    def test_not_acceptable(self, server: Server, query: str, accept: str) -> None:
        answer = get(server, {"query": query}, accept)
        assert (answer.status, answer.media_type) == (406, "text/plain")

    @pytest.mark.parametrize(("query", "name"), [(SELECT, "ttl"), (CONSTRUCT, "csv"), (SELECT, "doc")])
    def test_format_that_does_not_fit_leaves_the_choice_to_accept(self, server: Server, query: str, name: str) -> None:
        wanted = "application/rdf+xml" if query == CONSTRUCT else "text/csv"
        assert get(server, {"query": query, "format": name}, wanted).media_type == wanted
        assert get(server, {"query": query, "format": name}, "image/png").status == 406

    def test_rdf_xml_that_cannot_be_written_is_refused(self, server: Server) -> None:
        answer = get(server, {"query": "CONSTRUCT { <urn:x:a> <urn:1> 1 } WHERE {}", "format": "rdf"})
        assert answer.status == 501
        assert "urn:1" in answer.text
