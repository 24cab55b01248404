"""What the endpoint refuses, what it tells of itself, and who may ask from where."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pyoxigraph
import pytest

from graph.sparql.answers import GRAPHS, Format
from tests.sparql_server import Server
from tests.test_sparql_protocol import BROWSER, CONSTRUCT, COUNT, DIRECT, FORM, SELECT, VARY, count, get, server

pytestmark = [pytest.mark.server, pytest.mark.hostile]
__all__ = ["server"]  # fixtures


class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "path", "body", "content_type", "status"),
        [
            ("PUT", "/sparql", b"", DIRECT, 405),
            ("DELETE", f"/sparql?query={quote(SELECT)}", None, None, 405),
            ("PATCH", "/sparql", b"", DIRECT, 405),
            ("GET", "/sparql?query=", None, None, 400),
            ("GET", "/sparql?query=SELECT", None, None, 400),
            ("GET", "/sparql?query=ASK{}&query=ASK{}", None, None, 400),
            ("GET", "/sparql?query=%ff", None, None, 400),
            ("POST", "/sparql", b"", FORM, 400),
            ("POST", "/sparql", b"query=%C3%28", FORM, 400),
            ("POST", "/sparql", b"query=ASK{}&query=ASK{}", FORM, 400),
            ("POST", "/sparql?query=ASK{}", b"ASK{}", DIRECT, 400),
            ("POST", "/sparql", b"ASK { \xff }", DIRECT, 400),
            ("POST", "/sparql", "ASK {}".encode("utf-16"), DIRECT, 400),
            ("POST", "/sparql", b"", DIRECT, 400),
            ("POST", "/sparql", b"ASK {}", "text/plain", 415),
            ("POST", "/sparql", b"ASK {}", None, 415),
            ("POST", "/sparql", b"query=ASK{}", None, 415),
            ("POST", "/sparql", b'{"query": "ASK {}"}', "application/json", 415),
            ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=utf-16", 415),
            ("POST", "/sparql", b"INSERT DATA {}", "application/sparql-update", 403),
            ("POST", "/sparql", b"update=INSERT+DATA+{}", FORM, 403),
            ("GET", "/sparql?update=CLEAR+ALL", None, None, 403),
            ("GET", "/sparql?query=CLEAR+ALL", None, None, 400),
            ("POST", "/sparql", b"SELECT * { ?s ex:p ?o }", DIRECT, 400),
            ("POST", "/sparql", b"x" * 600 * 1024, DIRECT, 413),
            ("POST", "/sparql", b"query=" + b"x" * 600 * 1024, FORM, 413),
            ("POST", "/sparql", b"x" * 10 * 2**20, DIRECT, 413),
        ],
    )  # fmt: skip
    def test_status(
        self,
        server: Server,
        method: str,
        path: str,
        body: bytes | None,
        content_type: str | None,
        status: int,
    ) -> None:
        headers: dict[str, Any] = {"Content_Type": content_type} if content_type else {}
        answer = server.send(method, path, body, **headers)
        assert (answer.status, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["access-control-allow-origin"] == "*"

    def test_nothing_was_changed(self, server: Server) -> None:
        assert count(server.query(COUNT)) == 3

    def test_syntax_error_has_its_place(self, server: Server) -> None:
        answer = server.query("SELECT * {\n  ?s ex:name ?o }")
        assert (answer.status, answer.text) == (400, "Line 2, column 6: The prefix ex: is not declared.\n")

    def test_update_is_named(self, server: Server) -> None:
        assert "read-only: INSERT is an update" in server.query("PREFIX a: <urn:a:> INSERT DATA {}").text

    def test_method_not_allowed_tells_the_methods(self, server: Server) -> None:
        assert server.send("PUT", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


class TestCrossOrigin:
    def test_preflight(self, server: Server) -> None:
        answer = server.send("OPTIONS", "/sparql", Origin="https://example.org", Access_Control_Request_Method="POST")
        assert (answer.status, answer.body) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
        assert "Content-Type" in answer.headers["access-control-allow-headers"]

    def test_simple(self, server: Server) -> None:
        answer = server.query(SELECT, Origin="https://example.org")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


class TestServiceDescription:
    @pytest.mark.parametrize("form", GRAPHS, ids=lambda form: str(form.name))
    def test_describes_this_endpoint(self, server: Server, form: Format) -> None:
        answer = server.send("GET", "/sparql", Accept=form.media_type)
        assert (answer.status, answer.media_type) == (200, form.media_type)
        store = pyoxigraph.Store()
        store.load(answer.body, format=form.engine)  # type: ignore[arg-type]
        sd = "http://www.w3.org/ns/sparql-service-description#"
        objects = [
            str(quad.object) for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(f"{sd}endpoint"), None)
        ]
        assert objects == [f"<http://127.0.0.1:{server.port}/sparql>"]
        assert len(list(store.quads_for_pattern(None, pyoxigraph.NamedNode(f"{sd}resultFormat"), None))) == 8

    def test_turtle_is_the_default(self, server: Server) -> None:
        assert server.send("GET", "/sparql").media_type == "text/turtle"


class TestEditor:
    def test_browser_without_query(self, server: Server) -> None:
        answer = server.send("GET", "/sparql", Accept=BROWSER)
        assert (answer.status, answer.media_type, answer.headers["vary"]) == (200, "text/html", VARY)
        assert answer.text == "boolean=None more=False query= limit=2.0"

    def test_browser_with_query(self, server: Server) -> None:
        answer = get(
            server,
            {"query": f"SELECT (<http://127.0.0.1:{server.port}/resource/a/b> AS ?x) ?y (1 AS ?z) {{}}"},
            BROWSER,
        )
        resource = f"http://127.0.0.1:{server.port}/resource/a/b /resource/a/b"
        assert answer.text.startswith(f"[iri {resource}][  ][literal 1 None]boolean=None")

    def test_unsafe_iri_is_not_linked(self, server: Server) -> None:
        assert get(server, {"query": "SELECT (<javascript:a> AS ?x) {}"}, BROWSER).text.startswith(
            "[iri javascript:a None]"
        )

    @pytest.mark.parametrize(
        ("query", "status", "start"),
        [
            ("ASK {}", 200, "boolean=True more=False"),
            (CONSTRUCT, 200, "[iri urn:x:anhui None][iri urn:x:name None][literal Anhui None]boolean=None"),
            ("SELECT", 400, "error 1:7 This is not"),
            (
                "SELECT ?x { VALUES ?x {" + "1 " * 501 + "} }",
                200,
                "[literal 1 None]" * 500 + "boolean=None more=True",
            ),
        ],
        ids=["ask", "construct", "error", "many"],
    )
    def test_answers(self, server: Server, query: str, status: int, start: str) -> None:
        answer = get(server, {"query": query}, BROWSER)
        assert (answer.status, answer.text[: len(start)]) == (status, start)

    def test_format_beats_the_page(self, server: Server) -> None:
        assert get(server, {"query": SELECT, "format": "csv"}, BROWSER).media_type == "text/csv"
