"""A remote store is a stranger: whatever it does costs bounded time and memory, and ends in words."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from graph.editions.edition import remote_edition
from graph.errors import QueryBusy, QueryError, QueryTooLarge, StoreError, StoreTimeout
from graph.sparql.answers import GRAPHS, RESULTS
from graph.sparql.engines import remote
from graph.sparql.engines.exchange import Credentials
from graph.sparql.engines.remote import RemoteQueries, RemoteStore
from graph.sparql.query_service import QueryRequest
from graph.views.facts import Facts
from tests.conftest import Built
from tests.servers import refusal, serve_krajina
from tests.strangers import MISBEHAVIOURS, Stranger, stranger
from webapp.app import create_app
from webapp.request.site import Site

MAX_MB = 1
ON_THE_WAY = 24 * 2**20  # bytes that buffers of the system may hold beside what was read
QUERIES = (
    "SELECT ?s { ?s ?p ?o } LIMIT 1",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:x:p> ?o } WHERE { ?s ?p ?o } LIMIT 1",
)


@pytest.fixture
def elsewhere(small: Built) -> Iterator[Stranger]:
    with stranger(small.store) as it:
        yield it


def store_at(it: Stranger, timeout_s: float = 10.0, credentials: Credentials | None = None) -> RemoteStore:
    return RemoteStore(it.address, timeout_s=timeout_s, max_mb=MAX_MB, credentials=credentials)


def client_at(it: Stranger, small: Built, timeout_s: float = 10.0) -> FlaskClient:
    """Make a client of the application over the store; what is read at the start has been read."""
    settings = replace(small.settings, store=it.address, query_timeout_s=timeout_s, answer_max_mb=MAX_MB)
    there = store_at(it, timeout_s)
    app = create_app(Site(Facts(settings, small.edition, there), RemoteQueries(settings, there)))
    return app.test_client()


@pytest.mark.hostile
@pytest.mark.parametrize("manner", MISBEHAVIOURS)
def test_misbehaviour_ends_in_words(strange: Stranger, elsewhere: Stranger, manner: str) -> None:
    strange.manner, strange.elsewhere = manner, elsewhere.address
    words = MISBEHAVIOURS[manner][1]
    is_late = words == "did not answer in"
    with pytest.raises(StoreError) as caught:
        store_at(strange, 0.3 if is_late else 300.0).select(QUERIES[0])
    assert words in str(caught.value)
    assert isinstance(caught.value, StoreTimeout) == is_late
    assert str(caught.value).isprintable() and len(str(caught.value)) < 700
    assert strange.sent < MAX_MB * 2**20 + ON_THE_WAY
    assert elsewhere.requests == []


@pytest.mark.hostile
@pytest.mark.parametrize("manner", ["HTML", "garbage", "dies in the middle", "leads nowhere", "endless in chunks"])
def test_pages_and_queries_say_it_with_a_status(strange: Stranger, small: Built, manner: str) -> None:
    client = client_at(strange, small)
    strange.manner = manner
    page = client.get("/agreements?lang=en", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (502, "text/html")
    assert "The data cannot be reached just now" in page.text
    answer = client.get("/sparql", query_string={"query": QUERIES[0]}, headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.mimetype) == (503 if "endless" in manner else 502, "text/plain")
    assert MISBEHAVIOURS[manner][1] in answer.text
    assert client.get("/readyz").status_code >= 500
    assert client.get("/healthz").status_code == 200


def test_what_comes_too_late_is_504(strange: Stranger, small: Built) -> None:
    client = client_at(strange, small, 0.3)
    strange.manner = "a byte now and then"
    for address in ("/agreements", "/sparql?query=ASK%20%7B%7D", "/readyz"):
        answer = client.get(address, headers={"Accept": "text/html;q=0.1, text/plain"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (504, "5")
        assert "nepřišly včas" in answer.text or "did not answer in 0.3 s" in answer.text


def test_pages_come_again_when_the_store_does(strange: Stranger, small: Built) -> None:
    client = client_at(strange, small)
    strange.manner = "closes"
    assert client.get("/agreements").status_code == 502
    strange.manner = ""
    assert client.get("/agreements").status_code == 200
    assert client.get("/readyz").text == "ready\n"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_redirect_within_the_origin_asks_the_same_again(
    strange: Stranger, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    def lead_on(it: Stranger, out: object) -> None:
        it.manner = ""
        out(f"HTTP/1.1 {status}\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n".encode())  # type: ignore[operator]

    monkeypatch.setitem(MISBEHAVIOURS, "leads on", (lead_on, ""))
    strange.manner = "leads on"
    assert store_at(strange, credentials=Credentials("anna", "secret")).ask(QUERIES[1]) is True
    (_, _, first), (line, headers, second) = strange.requests
    assert line == "POST /there HTTP/1.1"
    assert first == second
    assert headers["authorization"] == "Basic YW5uYTpzZWNyZXQ="


def test_see_other_is_asked_by_get(strange: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    def lead_on(it: Stranger, out: object) -> None:
        it.manner = "there"
        out(b"HTTP/1.1 303 See Other\r\nLocation: /answers/1\r\n\r\n")  # type: ignore[operator]

    monkeypatch.setitem(MISBEHAVIOURS, "leads on", (lead_on, ""))
    body = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"head":{},"boolean":false}'
    monkeypatch.setitem(MISBEHAVIOURS, "there", (lambda _it, out: out(body), ""))
    strange.manner = "leads on"
    assert store_at(strange).ask(QUERIES[1]) is False
    assert strange.requests[1][0] == "GET /answers/1 HTTP/1.1"
    assert strange.requests[1][1]["accept"] == "application/sparql-results+json"
    assert "content-type" not in strange.requests[1][1]


@pytest.mark.parametrize("query", QUERIES)
def test_what_users_get_is_written_here(strange: Stranger, small: Built, query: str) -> None:
    """Each form of an answer is asked for in one form, read, and written as for the tables."""
    service = RemoteQueries(replace(small.settings, store=strange.address), store_at(strange))
    for form in GRAPHS if query.startswith("CONSTRUCT") else RESULTS:
        reply = service.run(QueryRequest(query, results=form, graph=form))
        body = b"".join(reply.chunks)
        assert (reply.size, reply.format, reply.kind) == (
            len(body),
            form,
            {"S": "select", "A": "ask", "C": "graph"}[query[0]],
        )
    accepted = {headers["accept"] for _, headers, _ in strange.requests}
    assert accepted <= {"application/sparql-results+json", "application/n-triples"} and len(accepted) == 1


def test_answer_within_the_limit_that_is_past_it_in_another_form(strange: Stranger, small: Built) -> None:
    service = RemoteQueries(replace(small.settings, answer_max_mb=0), store_at(strange))
    with pytest.raises(QueryTooLarge, match="larger than 0 MB"):
        service.run(QueryRequest(QUERIES[0]))


def test_words_of_the_store_about_a_bad_query_are_kept(strange: Stranger) -> None:
    with pytest.raises(QueryError, match="error at 1:18"):
        store_at(strange).select("SELECT ?s { ?s ?p")


def test_refusal_of_a_legal_query_of_ours_is_a_fault_of_the_store(
    strange: Stranger, small: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = b"HTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\n\r\nno"
    monkeypatch.setitem(MISBEHAVIOURS, "refuses", (lambda _it, out: out(refused), ""))
    client = client_at(strange, small)
    strange.manner = "refuses"
    assert client.get("/agreements").status_code == 502
    with pytest.raises(StoreError, match="refuses a query that is legal: no"):
        store_at(strange).ask(QUERIES[1])


def test_column_that_is_left_out_is_a_fault_of_the_store(strange: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n"
    monkeypatch.setitem(MISBEHAVIOURS, "other", (lambda _it, out: out(start + body), ""))
    strange.manner = "other"
    with pytest.raises(StoreError, match=r"lacks the column \?identifier"):
        remote_edition(store_at(strange))


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <urn:x:a> <urn:x:b> 1 }", "PREFIX a: <urn:a:> DELETE WHERE { ?s ?p ?o }"]
)
def test_update_never_leaves(strange: Stranger, query: str) -> None:
    for ask in (store_at(strange).select, store_at(strange).ask, store_at(strange).construct):
        with pytest.raises(QueryError, match="is an update"):
            ask(query)
    assert strange.requests == []


def test_more_than_its_places_are_told_to_come_later(strange: Stranger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PLACES", 2)
    monkeypatch.setattr(remote, "PLACE_WAIT_S", 0.05)
    store = store_at(strange, 10.0)
    strange.manner = "no first byte"
    threads = [threading.Thread(target=lambda: _ended(store), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
        assert strange.waiting.acquire(timeout=10)
    with pytest.raises(QueryBusy) as caught:
        store.ask(QUERIES[1])
    assert caught.value.retry_after_s == 5
    strange.ended.set()
    for thread in threads:
        thread.join(10)
    strange.manner = ""
    assert store.ask(QUERIES[1]) is True


def _ended(store: RemoteStore) -> None:
    with pytest.raises(StoreError):
        store.ask(QUERIES[1])


@pytest.mark.server
def test_other_pages_answer_while_the_store_is_silent(strange: Stranger, small: Built) -> None:
    environment = {
        "KRAJINA_STORE": strange.address,
        "KRAJINA_HOME": small.settings.home,
        "KRAJINA_BASE": small.settings.base,
        "KRAJINA_QUERY_TIMEOUT_S": "20",
    }
    with serve_krajina(**environment) as address:
        with urllib.request.urlopen(f"{address}/agreements", timeout=30) as page:
            assert page.status == 200
        strange.manner = "no first byte"
        while strange.waiting.acquire(blocking=False):
            pass
        said: list[int] = []
        threads = [threading.Thread(target=lambda: said.append(status(f"{address}/readyz"))) for _ in range(40)]
        for thread in threads:
            thread.start()
        for _ in range(remote.PLACES):
            assert strange.waiting.acquire(timeout=30)
        for path in ("/healthz", "/about?lang=en", "/organizations?on=2012", "/map", "/version"):
            assert status(address + path) == 200
        assert said == [] or set(said) == {503}
        strange.ended.set()
        for thread in threads:
            thread.join(30)
        assert set(said) == {502, 503}
        strange.manner = ""
        assert status(f"{address}/readyz") == 200


@pytest.mark.server
@pytest.mark.heavy
@pytest.mark.parametrize("manner", MISBEHAVIOURS)
def test_server_says_at_its_start_what_is_wrong(
    strange: Stranger, elsewhere: Stranger, monkeypatch: pytest.MonkeyPatch, manner: str
) -> None:
    is_late = MISBEHAVIOURS[manner][1] == "did not answer in"
    monkeypatch.setenv("KRAJINA_QUERY_TIMEOUT_S", "1" if is_late else "60")
    monkeypatch.setenv("KRAJINA_ANSWER_MAX_MB", str(MAX_MB))
    strange.manner, strange.elsewhere = manner, elsewhere.address
    said = refusal(strange.address)
    assert said.startswith("Error: ") and len(said.splitlines()) == 1
    assert MISBEHAVIOURS[manner][1] in said


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers={"Accept": "text/plain, */*"}), timeout=60
        ) as r:
            return int(r.status)
    except urllib.error.HTTPError as error:
        return error.code
