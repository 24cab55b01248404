"""Places and time limits for those who send or read slowly, without a server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tests.apps import app_of
from tests.conftest import Built
from tests.effort import wait_until
from webapp.request.errors import REFUSAL, headers_of, status_of
from webapp.server.connections import Honest, allow_connections, cut
from webapp.server.slow_clients import GRACE_S, LEAST_BYTES_PER_S, PIECE_BYTES, SlowReaders, SlowSenders

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.hostile


def told(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Stand in for the pages, which word what is refused: give the headers of the error."""
    error = environ[REFUSAL]
    start_response(f"{status_of(error)} {error.name}", headers_of(error))
    return []


class Exchange:
    """A request to middleware; keeps status and headers, the body can be read on."""

    def __init__(self, application: Any, client: str = "a", **environ: Any) -> None:
        self.status = ""
        self.body: Iterable[bytes] = Honest(application, told)({"REMOTE_ADDR": client, **environ}, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        self.status, self.headers = status[:3], dict(headers)
        return lambda _: None

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)


def answering(*pieces: bytes) -> Any:
    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(sum(map(len, pieces))))])
        return iter(pieces)

    return application


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


class TestReaders:
    def test_short_answer_is_one_piece(self) -> None:
        assert Exchange(SlowReaders(answering(b"a", b"b"), places=1)).body == [b"ab"]
        assert Exchange(SlowReaders(answering(), places=1)).body == [b""]

    def test_long_answer_is_whole_and_takes_a_place(self) -> None:
        pieces = [bytes([number]) * 100_000 for number in range(10)]
        readers = SlowReaders(answering(*pieces), places=4)
        first, second = Exchange(readers), Exchange(readers)
        refused = Exchange(readers)
        assert (refused.status, refused.headers["Retry-After"], Exchange(readers, "b").status) == ("503", "60", "200")
        got = list(first)
        assert b"".join(got) == b"".join(pieces)
        assert all(len(piece) >= PIECE_BYTES for piece in got[:-1])
        first.body.close()  # type: ignore[attr-defined]
        assert Exchange(readers).status == "200"
        second.body.close()  # type: ignore[attr-defined]
        second.body.close()  # type: ignore[attr-defined]

    def test_big_piece_is_cut(self) -> None:
        body = bytes(range(256)) * 5000
        got = list(Exchange(SlowReaders(answering(body), places=1)))
        assert b"".join(got) == body
        assert max(map(len, got)) <= 2 * PIECE_BYTES

    def test_reader_below_the_least_speed_is_left(self) -> None:
        now = [0.0]
        pieces = [b"x" * PIECE_BYTES] * 4
        exchange = iter(Exchange(SlowReaders(answering(*pieces), places=4, clock=lambda: now[0])))
        next(exchange)
        now[0] = GRACE_S + 0.1
        assert now[0] * LEAST_BYTES_PER_S > PIECE_BYTES
        assert list(exchange) == []

    def test_slow_but_sufficient_reader_gets_all(self) -> None:
        now = [0.0]
        exchange = iter(Exchange(SlowReaders(answering(*[b"x" * PIECE_BYTES] * 4), places=4, clock=lambda: now[0])))
        for _ in range(4):
            assert len(next(exchange)) == PIECE_BYTES
            now[0] += PIECE_BYTES / LEAST_BYTES_PER_S - 0.1


class Sending:
    """A body that comes when the test says so."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def read(self, size: int = -1) -> bytes:
        self.go.wait(10)
        return b""


class TestSenders:
    def senders(self, cut: Callable[[str, float], object] = lambda *_: None, places: int = 4) -> SlowSenders:
        return SlowSenders(echo, places=places, timeout_s=0.0, max_bytes=10, cut=cut)

    def test_body_is_passed_on(self) -> None:
        sent: dict[str, Any] = {"wsgi.input": BytesIO(b"hello"), "CONTENT_LENGTH": "5"}
        assert b"".join(Exchange(self.senders(), **sent)) == b"hello"

    def test_long_body(self) -> None:
        sent: dict[str, Any] = {"wsgi.input": BytesIO(b"x" * 11), "HTTP_TRANSFER_ENCODING": "chunked"}
        assert Exchange(self.senders(), **sent).status == "413"
        assert Exchange(self.senders(), CONTENT_LENGTH=str(10**15)).status == "413"

    def test_late_one_is_cut_and_told_and_its_client_has_half_of_the_places(self) -> None:
        sending = Sending()
        calls: list[tuple[str, float]] = []

        def cut(client: str, silence_s: float) -> None:
            calls.append((client, silence_s))
            sending.go.set()

        senders = self.senders(cut)
        found: list[str] = []
        more: dict[str, Any] = {"wsgi.input": sending, "CONTENT_LENGTH": "5"}
        threads = [threading.Thread(target=lambda: found.append(Exchange(senders, **more).status)) for _ in range(2)]
        for number, thread in enumerate(threads, 1):
            thread.start()
            wait_until(lambda: len(senders._bodies) == number)  # noqa: B023
        refused = Exchange(senders, **more)
        assert (refused.status, refused.headers["Retry-After"]) == ("503", "60")
        assert Exchange(senders, "b", **{**more, "wsgi.input": BytesIO(b"hello")}).status == "200"
        senders.cut_late()
        for thread in threads:
            thread.join()
        assert (found, calls) == (["408", "408"], [("a", 0.0)])

    def test_client_whose_query_runs_is_not_cut(self) -> None:
        calls: list[str] = []
        sending = Sending()

        def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            senders.cut_late()
            return [b""]

        senders = SlowSenders(application, places=4, timeout_s=0.0, max_bytes=10, cut=lambda *_: calls.append("cut"))
        sent: dict[str, Any] = {"wsgi.input": sending, "CONTENT_LENGTH": "5"}
        waiting = threading.Thread(target=lambda: Exchange(senders, **sent))
        waiting.start()
        wait_until(lambda: senders._bodies)
        Exchange(senders)
        assert calls == []
        Exchange(senders, "b")
        assert calls == ["cut"]
        sending.go.set()
        waiting.join()


class TestConnections:
    def test_silent_connection_is_cut(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            with closing(socket.create_connection(("127.0.0.1", port))) as client, listening.accept()[0] as server:
                assert cut(port, 60) == 0
                wait_until(lambda: not cut(port, 0.1, "127.0.0.2") and cut(port, 0.1, "127.0.0.1", socket.SHUT_RD))
                assert server.recv(1) == b""
                server.sendall(b"408")
                assert client.recv(3) == b"408"
                wait_until(lambda: cut(port, 0.1))
                assert client.recv(1) == b""

    def test_connections_are_fewer_than_descriptors(self) -> None:
        assert allow_connections(64) == 64


class TestFaults:
    @pytest.mark.parametrize(
        ("accept", "language", "media_type", "words"),
        [
            ("text/html", "en", "text/html; charset=utf-8", "Something went wrong on our side"),
            ("application/json", "cs", "application/problem+json; charset=utf-8", "Něco se u\u00a0nás pokazilo"),
            ("text/turtle", "cs", "text/plain; charset=utf-8", "Něco se u\u00a0nás pokazilo"),
        ],
    )
    def test_what_fails_outside_of_the_pages_is_told_as_they_tell(
        self, small: Built, accept: str, language: str, media_type: str, words: str
    ) -> None:
        def fail(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
            raise OSError("no space left")

        client = Client(Honest(fail, app_of(small).wsgi_app), Response)
        answer = client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept, "Accept-Language": language})
        assert (answer.status_code, answer.content_type) == (500, media_type)
        assert words in answer.text and "no space" not in answer.text

    @pytest.mark.parametrize(
        ("length", "language", "status", "words"),
        [
            ("5", "en", 408, "The request did not arrive in time"),
            ("5", "cs", 408, "Požadavek nedorazil včas"),
            (str(10**15), "cs", 413, "Požadavek je příliš dlouhý"),
        ],
    )
    def test_who_sends_too_slowly_or_too_much_gets_a_page(
        self, small: Built, length: str, language: str, status: int, words: str
    ) -> None:
        pages = app_of(small).wsgi_app
        sending = Sending()

        def cut(*_: object) -> None:
            sending.go.set()

        senders = SlowSenders(pages, places=4, timeout_s=0.0, max_bytes=10, cut=cut)
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(
                Client(Honest(senders, pages), Response).post,
                "/sparql",
                headers={"Accept": "text/html", "Accept-Language": language},
                environ_overrides={"wsgi.input": sending, "CONTENT_LENGTH": length},
            )
            wait_until(lambda: asked.done() or senders._bodies)
            senders.cut_late()
            answer = asked.result()
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert words in answer.text

    def test_words_are_there_when_the_pages_fail_too(self) -> None:
        def fail(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
            raise OSError("no space left")

        answer = Client(Honest(fail, fail), Response).get("/")
        assert (answer.status_code, answer.text) == (500, "Something went wrong on our side; try again.\n")
