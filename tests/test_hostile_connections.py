"""Odd requests, clients that leave, and processes that are killed, against `krajina serve` as it is shipped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from tests.effort import PATIENCE_S, wait_until
from tests.hostile_queries import RUNAWAY
from tests.sandboxes import ended
from tests.sparql_server import Answer
from tests.test_hostile import (
    BIG,
    DIRECT,
    OTHER,
    Server,
    busy,
    others_are_served,
    patient_server,
    server,
    serving,
)

pytestmark = [pytest.mark.server, pytest.mark.hostile, pytest.mark.heavy]
__all__ = ["patient_server", "server"]  # fixtures

ENDLESS_S = 3600.0  # a time limit that ends no query here


def big_answer(server: Server) -> Answer:
    """Ask until there is a place: long queries of tests before end with their time limit at the latest."""
    answers: list[Answer] = []

    def is_answered() -> bool:
        answers.append(server.query(BIG))
        return answers[-1].status != 503

    wait_until(is_answered)
    assert answers[-1].status == 200
    return answers[-1]


class TestOddRequests:
    @pytest.mark.parametrize(
        ("head", "status"),
        [
            ("Content-Length: -1", 400),
            ("Content-Length: ten", 400),
            ("Content-Length: 1\r\nContent-Length: 2", 400),
            ("Content-Length: 99999999999999999999999999", 400),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", 400),
            ("Transfer-Encoding: gzip", 400),
            ("Content-Length: 1000000000000", 413),
            ("Content-Length: 20", 408),
        ],
    )
    def test_bogus_length(self, server: Server, head: str, status: int) -> None:
        request = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{DIRECT}\r\n{head}\r\n\r\nASK {{}}"
        answer = server.exchange(request.encode())
        assert int(answer.split(b" ", 2)[1]) == status, answer
        assert server.is_served()

    def test_chunked_body(self, server: Server) -> None:
        chunks = b"3\r\nASK\r\n3;x=y\r\n {}\r\n0\r\n\r\n"
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{DIRECT}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        assert server.exchange(head.encode() + chunks).endswith(b'"boolean":true}')
        long = (b"100000\r\n" + b"x" * 2**20 + b"\r\n") * 10
        assert server.exchange(head.encode() + long + b"0\r\n\r\n").startswith(b"HTTP/1.1 413 ")
        assert server.exchange(head.encode() + b"zz\r\nASK {}\r\n").startswith(b"HTTP/1.1 4")

    def test_http_1_0(self, server: Server) -> None:
        answer = server.exchange(f"GET /sparql?query={quote('ASK {}')} HTTP/1.0\r\n\r\n".encode())
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.0 200 OK") and b"chunked" not in head
        assert body == b'{"head":{},"boolean":true}'

    def test_pipelining_keeps_the_order(self, server: Server) -> None:

        def ask(text: str) -> bytes:
            return f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n".encode()

        requests = b"\r\n".join([ask("ASK {}"), ask(RUNAWAY[:200]), ask("ASK { FILTER(false) }")])
        answers = server.exchange(requests + b"Connection: close\r\n\r\n")
        assert [part[:3] for part in answers.split(b"HTTP/1.1 ")[1:]] == [b"200", b"400", b"200"]
        assert answers.endswith(b'"boolean":false}')

    def test_smuggled_and_broken_requests(self, server: Server) -> None:
        for request in (b"\x16\x03\x01\x00\xff\xff", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 1000, b"GET\r\n\r\n"):
            assert server.exchange(request).split(b" ", 2)[1:2] in ([], [b"400"])
        assert server.is_served()

    @pytest.mark.parametrize("host", ["", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: a@b\r\n"])
    @pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D"])
    def test_request_must_name_one_host(self, server: Server, path: str, host: str) -> None:
        asked = f"GET {path} HTTP/1.1\r\n{host}Accept-Language: cs\r\nConnection: close\r\n\r\n"
        head, _, body = server.exchange(asked.encode()).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400 ")
        assert body.decode().startswith("Tomuto požadavku") and b"Host" in body

    @pytest.mark.parametrize("host", ["a", "a.b:80", "[::1]:8000", "127.0.0.1", "a_b-c.example:"])
    def test_host_is_no_matter(self, server: Server, host: str) -> None:
        asked = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        assert server.exchange(asked.encode()).startswith(b"HTTP/1.1 200 ")

    def test_clients_that_leave_in_the_middle(self, patient_server: Server) -> None:
        with others_are_served(patient_server):
            for number in range(60):
                query = BIG if number % 2 else RUNAWAY
                with patient_server.connect(f"127.0.0.{2 + number % 5}") as connection:
                    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    if number % 4 == 1:
                        assert connection.recv(1000).startswith(b"HTTP/1.1 ")
        big_answer(patient_server)

    def test_answer_that_is_read_slowly_is_whole(self, patient_server: Server) -> None:
        whole = big_answer(patient_server)
        assert int(whole.headers["content-length"]) == len(whole.body) > 6 * 2**20
        with patient_server.connect() as connection:
            connection.sendall(f"GET /sparql?query={quote(BIG)} HTTP/1.0\r\n\r\n".encode())
            pieces = []
            while piece := connection.recv(2**14):
                pieces.append(piece)
                time.sleep(0.002)
        assert b"".join(pieces).partition(b"\r\n\r\n")[2] == whole.body


class TestLives:
    def test_end_on_request_in_the_middle_of_queries(self, tmp_path: Path) -> None:
        with serving(tmp_path, ENDLESS_S) as running, ThreadPoolExecutor(8) as pool, running.connect() as idle:
            found = running.processes()
            asked = [
                pool.submit(running.query, RUNAWAY, source=f"127.0.0.{n}", timeout_s=PATIENCE_S) for n in range(2, 6)
            ]
            wait_until(lambda: busy(running))
            running.master.terminate()
            wait_until(lambda: is_stopping(running))
            running.master.terminate()  # the second one waits for nobody
            assert psutil.wait_procs(found, timeout=PATIENCE_S)[1] == []
            assert idle.recv(100) == b""
            for one in asked:
                with suppress(OSError):
                    assert one.result().status in (429, 503)

    def test_killed_web_process_leaves_nobody_and_comes_back(self, tmp_path: Path) -> None:
        with serving(tmp_path, ENDLESS_S) as running, ThreadPoolExecutor() as pool:
            asked = pool.submit(running.query, RUNAWAY, timeout_s=PATIENCE_S)
            wait_until(lambda: busy(running))
            found = running.processes()[1:]
            running.web.kill()
            assert psutil.wait_procs(found, timeout=PATIENCE_S)[1] == []
            assert isinstance(asked.exception(), OSError)
            wait_until(lambda: back(running))
            assert len(running.processes()) == 7

    def test_web_process_comes_back_however_often_it_is_killed(self, tmp_path: Path) -> None:
        with serving(tmp_path) as running:
            for _ in range(3):
                running.web.kill()
                wait_until(lambda: back(running))
            wait_until(lambda: len(running.processes()) == 7)

    def test_killed_master_leaves_nobody(self, tmp_path: Path) -> None:
        with serving(tmp_path) as running:
            found = running.processes()[1:]
            running.master.kill()
            assert psutil.wait_procs(found, timeout=PATIENCE_S)[1] == []

    def test_killed_query_processes_are_replaced(self, server: Server) -> None:
        zygote = server.web.children()[0]
        workers = zygote.children()
        for worker in workers:
            worker.kill()
        wait_until(lambda: all(map(ended, workers)))
        assert all(server.is_served() for _ in workers)
        assert not any(worker.is_running() for worker in workers)
        assert len(zygote.children()) >= 4

    def test_killed_parent_of_the_query_processes_is_replaced(self, tmp_path: Path) -> None:
        with serving(tmp_path) as running, others_are_told(running):
            for others in (False, True):
                lost = [running.web.children()[0], *(running.web.children()[0].children() if others else ())]
                for process in lost:
                    process.kill()
                wait_until(lambda: back(running))
                wait_until(lambda: len(running.processes()) >= 7)
                assert all(map(ended, lost))
            assert psutil.STATUS_ZOMBIE not in [process.status() for process in running.processes()]


@contextmanager
def others_are_told(server: Server) -> Iterator[None]:
    """Ask for a page and for readiness while the block runs: a page is always there, else words and a time are."""
    over = threading.Event()
    told: list[int] = []

    def ask() -> None:
        while not over.is_set() or not told:
            assert server.send("GET", "/", source=OTHER, timeout_s=PATIENCE_S).status == 200
            answer = server.send("GET", "/readyz", source=OTHER, timeout_s=PATIENCE_S, Accept_Language="cs")
            told.append(answer.status)
            if answer.status != 200:
                assert answer.status == 503 and int(answer.headers["retry-after"]) <= 5
                assert "Na dotazy" in answer.text or "příliš práce" in answer.text

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        try:
            yield
        finally:
            over.set()
            asking.result()


def back(server: Server) -> bool:
    """Whether a query that no cache of answers knows is answered again; nobody may listen until then."""
    try:
        return server.is_served(may_restart=True)
    except (OSError, HTTPException):
        return False


def is_stopping(server: Server) -> bool:
    """Whether nobody listens any more."""
    try:
        server.connect().close()
    except OSError:
        return True
    return False
