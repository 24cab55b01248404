"""Kept answers, equal queries at the same time, the budget of a client; and both doors to the endpoint."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from graph.errors import QueryBusy, QueryError, QueryTimeout
from graph.sandbox.budget import Budget
from graph.settings import Settings
from graph.sparql.answer_cache import AnswerCache
from graph.sparql.answers import BY_NAME
from graph.sparql.query_service import Answer, QueryRequest, Reply
from graph.sparql.query_text import scan
from tests.apps import app_of
from tests.conftest import Built
from webapp.query.endpoint import sparql_blueprint
from webapp.query.gate import SparqlGate
from webapp.request import security_headers

ASK = QueryRequest("ASK {}")


class Service:
    """Answers with the number of the run, `size` times; waits for `go`."""

    def __init__(self, size: int = 1, error: QueryError | None = None) -> None:
        self.runs = 0
        self.size, self.error = size, error
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        self.go.set()

    def run(self, request: QueryRequest) -> Reply:
        self.runs += 1
        self.begun.release()
        self.go.wait(10)
        if self.error:
            raise self.error
        form = request.graph if scan(request.text).is_graph else request.results
        body = (b"%d" % self.runs) * self.size
        return Reply("ask", form, Answer("ask", form, body, "").chunks(), len(body) if self.size < 2**20 else None)

    def tend(self) -> None:
        pass

    def close(self) -> None:
        self.go.set()


def cache_of(service: Service, max_mb: int = 4) -> AnswerCache:
    return AnswerCache(service, "edition", max_mb=max_mb, wait_s=10)


def read(cache: AnswerCache, request: QueryRequest = ASK) -> bytes:
    return b"".join(cache.run(request).chunks)


class TestKeeping:
    def test_equal_query_is_run_once(self) -> None:
        cache = cache_of(Service())
        assert [read(cache), read(cache, QueryRequest("ASK {}", client="other"))] == [b"1", b"1"]

    @pytest.mark.parametrize(
        "other",
        [
            QueryRequest("ASK { }"),
            QueryRequest("ASK {}", default_graphs=("urn:g",)),
            QueryRequest("ASK {}", named_graphs=("urn:g",)),
            QueryRequest("ASK {}", results=BY_NAME["xml"]),
        ],
        ids=["text", "default graph", "named graph", "format"],
    )
    def test_other_query_is_run(self, other: QueryRequest) -> None:
        cache = cache_of(Service())
        assert [read(cache), read(cache, other), read(cache)] == [b"1", b"2", b"1"]
        assert cache.tag(ASK) != cache.tag(other)

    @pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID ()"])
    def test_clock_and_chance_are_asked_each_time(self, call: str) -> None:
        cache, request = cache_of(Service()), QueryRequest(f"SELECT ({call} AS ?x) {{}}")
        assert [read(cache, request), read(cache, request), cache.tag(request)] == [b"1", b"2", ""]

    def test_edition_names_the_answer(self) -> None:
        one, other = (AnswerCache(Service(), name, max_mb=1, wait_s=1) for name in "ab")
        assert one.tag(ASK) == one.tag(QueryRequest("ASK {}", client="other")) != other.tag(ASK)

    def test_answer_above_a_half_is_given_and_not_kept(self) -> None:
        cache = cache_of(Service(size=2**20), max_mb=2)
        assert [read(cache), read(cache)] == [b"1" * 2**20, b"2" * 2**20]
        nothing = cache_of(Service(), max_mb=0)
        assert [read(nothing), read(nothing)] == [b"1", b"2"]

    def test_error_is_not_kept(self) -> None:
        service = Service(error=QueryError("no"))
        cache = cache_of(service)
        for _ in range(2):
            with pytest.raises(QueryError, match="no"):
                read(cache)
        service.error = None
        assert read(cache) == b"3"

    def test_compressed_form_is_made_once(self) -> None:
        answer = Answer("ask", BY_NAME["json"], b"a" * 5000, "")
        assert answer.zipped is not None and gzip.decompress(answer.zipped) == answer.body
        assert answer.zipped is answer.zipped
        assert Answer("ask", BY_NAME["json"], b"short", "").zipped is None


class TestEqualQueriesAtOnce:
    def ask_four(self, service: Service) -> list[bytes | BaseException]:
        service.go.clear()
        cache = cache_of(service)
        with ThreadPoolExecutor() as pool:
            asked = [pool.submit(read, cache) for _ in range(4)]
            service.begun.acquire(timeout=10)
            while cache._waiting < 3:
                threading.Event().wait(0.001)
            service.go.set()
            return [one.exception() or one.result() for one in asked]

    def test_share_the_answer(self) -> None:
        assert self.ask_four(Service()) == [b"1"] * 4

    def test_share_an_error_of_the_query(self) -> None:
        service = Service(error=QueryTimeout("late"))
        assert [str(found) for found in self.ask_four(service)] == ["late"] * 4
        assert service.runs == 1

    def test_do_not_share_a_refusal(self) -> None:
        service = Service(error=QueryBusy("full", retry_after_s=1))
        assert [str(found) for found in self.ask_four(service)] == ["full"] * 4
        assert service.runs == 4


class TestBudget:
    def test_flows_back(self) -> None:
        now = [0.0]
        budget = Budget(60, clock=lambda: now[0])
        for seconds in (100, 30):
            budget.check("a")
            budget.charge("a", seconds)
        with pytest.raises(QueryBusy, match="60 s of queries per minute") as caught:
            budget.check("a")
        assert (caught.value.by_client, caught.value.retry_after_s) == (True, 11)
        budget.check("b")
        now[0] = 10.5
        budget.check("a")

    def test_is_never_more_than_twice_a_minute(self) -> None:
        now = [0.0]
        budget = Budget(60, clock=lambda: now[0])
        budget.charge("a", 1)
        now[0] = 10_000.0
        budget.charge("a", 120)
        with pytest.raises(QueryBusy):
            budget.check("a")

    def test_none_and_forgotten_clients(self) -> None:
        free = Budget(0)
        free.charge("a", 1e9)
        free.check("a")
        budget = Budget(60, clock=lambda: 0.0)
        for number in range(1000):
            budget.charge(str(number), 0.0)
        assert not budget._accounts


@pytest.fixture
def doors() -> Iterator[tuple[Client, Client]]:
    """Clients of the endpoint with and without the fast door, each with its own service."""

    def app() -> tuple[Flask, Any]:
        made = Flask(__name__)
        cache = cache_of(Service(size=2000))
        made.extensions["krajina"] = SimpleNamespace(settings=Settings(), sandbox=cache)
        security_headers.install(made)
        made.register_blueprint(sparql_blueprint())
        return made, cache

    slow, (fast, cache) = app()[0], app()
    yield Client(SparqlGate(fast.wsgi_app, cache, 512)), Client(slow)


TABLE, GRAPH = quote("SELECT * { ?s ?p ?o }"), quote("DESCRIBE <urn:x>")


class TestDoors:
    @pytest.mark.parametrize(
        ("path", "headers"),
        [
            (f"/sparql?query={TABLE}", {}),
            (f"/sparql?query={TABLE}", {"Accept": "text/csv;q=0.5, application/sparql-results+xml"}),
            (f"/sparql?query={TABLE}", {"Accept-Encoding": "gzip"}),
            (f"/sparql?query={TABLE}&format=tsv", {"Accept": "text/html"}),
            (f"/sparql.csv?query={TABLE}", {"Accept": "text/html"}),
            (f"/sparql.jsonld?query={GRAPH}", {}),
            (f"/sparql?query={GRAPH}&default-graph-uri=urn:g&named-graph-uri=urn:h", {"Accept": "*/*"}),
            (f"/sparql?query={quote('SELECT (NOW() AS ?x) {}')}", {}),
            (f"/sparql.csv?query={GRAPH}", {}),
            (f"/sparql?query={TABLE}&query={TABLE}", {}),
            (f"/sparql?query={TABLE}", {"Accept": "image/png"}),
            ("/sparql?query=%ff", {}),
        ],
    )
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_answer_the_same(
        self, doors: tuple[Client, Client], method: str, path: str, headers: dict[str, str]
    ) -> None:
        for _ in range(2):
            fast, slow = (seen(door.open(path, method=method, headers=headers)) for door in doors)
            assert fast == slow
        assert (len(fast[2]) > 0) is (method == "GET")

    def test_post_is_the_same_and_has_no_validator(self, doors: tuple[Client, Client]) -> None:
        for body, kind in (
            (urlencode({"query": "ASK {}"}), "application/x-www-form-urlencoded"),
            ("ASK {}", "application/sparql-query"),
            ("ASK {}", "text/plain"),
        ):
            fast, slow = (seen(door.post("/sparql", data=body, content_type=kind)) for door in doors)
            assert fast == slow and "etag" not in fast[1]

    def test_known_answer_is_not_sent_again(self, doors: tuple[Client, Client]) -> None:
        path = f"/sparql?query={TABLE}"
        tags = {
            door.get(path, headers={"Accept-Encoding": coding}).headers["ETag"]
            for door in doors
            for coding in ("", "gzip")
        }
        assert len(tags) == 1
        for door in doors:
            again = door.get(path, headers={"If-None-Match": f'"other", {min(tags)}'})
            assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", min(tags))
            assert again.headers["Cache-Control"] == "public, max-age=60"
            assert door.get(path, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_octets_that_are_not_percent_encoded(self, doors: tuple[Client, Client]) -> None:
        fields = {"query": "SELECT ('Ústí' AS ?x) {}", "default-graph-uri": "urn:ž"}
        octets = "&".join(f"{name}={value}" for name, value in fields.items()).encode().decode("latin-1")
        fast, slow = (seen(door.get("/sparql", environ_overrides={"QUERY_STRING": octets})) for door in doors)
        usual = doors[0].get(f"/sparql?{urlencode(fields)}")
        assert fast == slow == seen(usual)

    @pytest.mark.parametrize("query", ["SELECT", "CLEAR ALL"])
    def test_browsers_are_told_on_a_page(self, small: Built, query: str) -> None:
        app = app_of(small)
        fast = Client(SparqlGate(app.wsgi_app, app.extensions["krajina"].sandbox, 512))
        for path, accept in ((f"/sparql.csv?query={query}", "text/html"), (f"/sparql?query={query}", "*/*")):
            told = [seen(door.get(path, headers={"Accept": accept})) for door in (fast, Client(app))]
            assert told[0] == told[1]
            assert (told[0][0], b"<h1>Na dotaz nelze" in told[0][2]) == (400, accept == "text/html")

    def test_unknown_suffix_is_not_found(self, doors: tuple[Client, Client]) -> None:
        assert [door.get(f"/sparql.docx?query={TABLE}").status_code for door in doors] == [404, 404]


def seen(answer: TestResponse) -> tuple[int, dict[str, str], bytes]:
    return answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.data
