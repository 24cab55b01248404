"""Hostile clients against `krajina serve` as it is shipped: each gets an honest answer, others theirs in time."""

from __future__ import annotations

import itertools
import select
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import pytest

from tests.effort import PATIENCE_S, wait_until
from tests.hostile_queries import DISGUISES, FETCHES, HOSTILE, PRODUCT, RUNAWAY
from tests.servers import serve_krajina
from tests.sparql_server import ANSWER_MAX_MB, DATA, TIMEOUT_S, Client

pytestmark = [pytest.mark.server, pytest.mark.hostile, pytest.mark.heavy]
CACHE_MB = 16
MOST_WORKERS = 16  # that are kept after a crowd
LIMITS = {
    "KRAJINA_QUERY_MEMORY_MB": "256",
    "KRAJINA_ANSWER_MAX_MB": str(ANSWER_MAX_MB),
    "KRAJINA_ANSWER_CACHE_MB": str(CACHE_MB),
    "KRAJINA_QUERY_BUDGET_S": "0",  # one address does all that follows
}
PATIENT_S = 15.0  # time limit where another limit is to be met first, however busy the machine is
OTHER = "127.0.0.9"  # address of the client that means no harm
REFERENCE = "SELECT ?name { <urn:x:anhui> <urn:x:name> ?name }"
NONCE = itertools.count()
BIG = f"SELECT * {{ {PRODUCT} }} LIMIT 15000"  # an answer of 7 MB, below the limit
DIRECT = "Content-Type: application/sparql-query"


@dataclass(frozen=True)
class Server(Client):
    """A running `krajina serve`."""

    master: psutil.Process = field(kw_only=True)

    def processes(self) -> list[psutil.Process]:
        return [self.master, *self.master.children(recursive=True)]

    @property
    def web(self) -> psutil.Process:
        return next(iter(self.master.children()))

    def memory_mb(self) -> float:
        return float(sum(process.memory_full_info().pss for process in self.processes())) / 2**20

    def is_served(self, *, may_restart: bool = False) -> bool:
        """Whether the reference query, another text each time, is answered; if not, it is told when to ask again."""
        answer = self.query(f"{REFERENCE} # {next(NONCE)}", source=OTHER, timeout_s=PATIENCE_S)
        if may_restart and answer.status == 503:
            assert 1 <= int(answer.headers["retry-after"]) <= 5, answer.text
            return False
        assert answer.status == 200, answer.text
        return answer.rows == [{"name": {"type": "literal", "value": "Anhui", "xml:lang": "en"}}]

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE_S, (source, 0))

    def exchange(self, request: bytes, source: str = "127.0.0.1") -> bytes:
        """Send bytes as they are and give all that comes back until the server hangs up."""
        with self.connect(source) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(2**16), b""))


@contextmanager
def serving(folder: Path, timeout_s: float = TIMEOUT_S) -> Iterator[Server]:
    file = folder / "small.nq"
    file.write_text(DATA, "utf-8")
    with serve_krajina("--rdf", file, KRAJINA_QUERY_TIMEOUT_S=f"{timeout_s:g}", **LIMITS) as address:
        port = address.rpartition(":")[2]
        master = next(child for child in psutil.Process().children() if port in child.cmdline())
        running = Server(int(port), master=master)
        wait_until(lambda: len(running.processes()) == 7)  # master, web, zygote, four workers
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with lasting(tmp_path_factory.mktemp("hostile"), TIMEOUT_S) as running:
        yield running


@pytest.fixture(scope="module")
def patient_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with lasting(tmp_path_factory.mktemp("patient"), PATIENT_S) as running:
        yield running


@contextmanager
def lasting(folder: Path, timeout_s: float) -> Iterator[Server]:
    """Serve, and see at the end that nothing was lost or left behind."""
    with serving(folder, timeout_s) as running:
        assert running.is_served()
        pids = running.master.pid, running.web.pid
        memory_mb, descriptors = running.memory_mb(), running.web.num_fds()
        yield running
        assert pids == (running.master.pid, running.web.pid)
        assert len(running.processes()) <= 3 + MOST_WORKERS
        assert psutil.STATUS_ZOMBIE not in [process.status() for process in running.processes()]
        wait_until(lambda: running.web.num_fds() <= descriptors + 4)
        assert running.memory_mb() < memory_mb + CACHE_MB + MOST_WORKERS * 10 + 32


@contextmanager
def others_are_served(server: Server, meanwhile: int = 0) -> Iterator[None]:
    """Ask the reference query from another address all the time that the block runs.

    Each must be answered, and so many of them while the block still runs: they do not wait for its end.
    """
    served = 0
    over = threading.Event()

    def ask() -> None:
        nonlocal served
        while not over.is_set() or not served:
            assert server.is_served()
            served += 1
            over.wait(0.05)

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        try:
            yield
            assert served >= meanwhile
        finally:
            over.set()
            asking.result()


class TestQueries:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_is_answered_and_harms_nobody(self, server: Server, patient_server: Server, name: str) -> None:
        query, status, words = HOSTILE[name]
        is_endless = "time limit" in words
        asked = server if is_endless or not words else patient_server
        with others_are_served(asked, meanwhile=1 if is_endless else 0):
            answer = asked.query(query, timeout_s=PATIENCE_S)
        assert (answer.status, words in answer.text) == (status, True), answer.text[:300]
        assert answer.status == 200 or answer.media_type == "text/plain"

    @pytest.mark.parametrize("name", ["cross join", "rows", "brackets", "invalid utf-8"])
    def test_form_and_address_are_the_same_door(self, server: Server, patient_server: Server, name: str) -> None:
        query, status, words = HOSTILE[name]
        server = server if "time limit" in words else patient_server
        text = quote(query)
        form = server.send(
            "POST", "/sparql", f"query={text}".encode(), Content_Type="application/x-www-form-urlencoded"
        )
        assert (form.status, words in form.text) == (status, True)
        if len(text) < 60_000:
            assert server.send("GET", f"/sparql?query={text}").status == status

    @pytest.mark.parametrize("disguise", DISGUISES)
    def test_no_other_server_is_contacted(self, server: Server, disguise: str) -> None:
        with listener() as (port, contacts):
            iri = disguise.format(port=port)
            for query, status in FETCHES:
                answer = server.query(query.format(iri=iri))
                assert answer.status == status, (query, answer.text)
            path = f"/sparql?default-graph-uri={quote(iri)}&named-graph-uri={quote(iri)}&query={quote(REFERENCE)}"
            assert server.send("GET", path).status == 200
            assert server.send("GET", f"/resource?iri={quote(iri)}").status in (404, 200)
        assert contacts == []

    def test_escaped_keyword_contacts_nobody(self, server: Server) -> None:
        with listener() as (port, contacts):
            answer = server.query(f"SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
            assert answer.status in (400, 501)
        assert contacts == []


@contextmanager
def listener() -> Iterator[tuple[int, list[bool]]]:
    """Run a server that must never be contacted; give its port, and whether it was."""
    contacts: list[bool] = []
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as listening:
        listening.settimeout(0.02)
        yield listening.getsockname()[1], contacts
        with suppress(TimeoutError):
            listening.accept()[0].close()
            contacts.append(True)


class TestCrowds:
    def test_fifty_runaways_of_five_clients(self, patient_server: Server) -> None:
        """Those that begin run to their limit; all others are refused before, as no place becomes free."""
        with ThreadPoolExecutor(50) as pool, others_are_served(patient_server, meanwhile=10):
            answers = list(pool.map(lambda n: patient_server.query(f"{RUNAWAY} # {n}", **of_crowd(n)), range(50)))
        assert {answer.status for answer in answers} <= {429, 503}
        late = [answer for answer in answers if "time limit" in answer.text]
        busy = [answer for answer in answers if "retry-after" in answer.headers]
        assert (len(late), len(late) + len(busy)) == (4, 50)

    def test_the_same_runaway_fifty_times(self, server: Server) -> None:
        with ThreadPoolExecutor(50) as pool, others_are_served(server, meanwhile=1):
            answers = list(pool.map(lambda n: server.query(RUNAWAY, **of_crowd(n)), range(50)))
        assert {answer.status for answer in answers} <= {429, 503}

    def test_fifty_memory_bombs(self, server: Server) -> None:
        bomb = HOSTILE["order by"][0]
        assert isinstance(bomb, str)
        with ThreadPoolExecutor(50) as pool, others_are_served(server):
            answers = list(pool.map(lambda n: server.query(f"{bomb} # {n}", timeout_s=PATIENCE_S), range(50)))
        assert {answer.status for answer in answers} <= {429, 503}

    def test_light_queries_of_one_client_are_all_answered(self, server: Server) -> None:
        ask = lambda n: server.query(f"{REFERENCE} # {n}", timeout_s=PATIENCE_S).status  # noqa: E731
        with ThreadPoolExecutor(60) as pool:
            assert list(pool.map(ask, range(300))) == [200] * 300

    def test_idle_slow_and_stalled_connections_at_once(self, patient_server: Server) -> None:
        """300 idle, 100 that send headers and 100 that send bodies slowly, 40 that do not read."""
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{DIRECT}\r\nContent-Length: 1000\r\n\r\n".encode()
        with ExitStack() as stack, others_are_served(patient_server, meanwhile=20):

            def crowd(count: int, source: str) -> list[socket.socket]:
                return [stack.enter_context(patient_server.connect(source)) for _ in range(count)]

            idle, headers, bodies = crowd(300, "127.0.0.2"), crowd(100, "127.0.0.3"), crowd(100, "127.0.0.4")
            readers = crowd(40, "127.0.0.5")
            for connection in headers:
                connection.sendall(b"GET / HTTP/1.1\r\nX: ")
            for connection in bodies:
                connection.sendall(head)
            for connection in readers:
                connection.sendall(f"GET /sparql?query={quote(BIG)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            drip(bodies, also=headers)
            answers = [status_of(connection) for connection in bodies]
            assert (answers.count(408), answers.count(503)) == (32, 68)  # those that had a place, and the others
            read = {status_of(connection) for connection in readers}
            assert 200 in read <= {200, 429, 503}
            drip(headers)
            for connection in idle + headers:
                assert received_to_end(connection) == b""  # hung up

    def test_huge_headers(self, server: Server) -> None:
        with ThreadPoolExecutor(50) as pool, others_are_served(server):
            request = b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 2**20
            ended = list(pool.map(lambda n: reset_or_answer(server, request, f"127.0.0.{2 + n % 5}"), range(50)))
            assert set(ended) == {431}
            many = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(5000)) + b"\r\n"
            assert reset_or_answer(server, many) == 431
            assert reset_or_answer(server, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n") == 414


def of_crowd(number: int) -> dict[str, Any]:
    """Say which of five clients one of a crowd is; it waits as long as it must."""
    return {"source": f"127.0.0.{2 + number % 5}", "timeout_s": PATIENCE_S}


def drip(connections: Sequence[socket.socket], also: Sequence[socket.socket] = ()) -> None:
    """Send a byte to each every half a second until the server has answered or left all `connections`."""

    def all_are_answered() -> bool:
        time.sleep(0.5)  # not in `select`, which waits for nobody once one is answered
        answered = select.select(connections, (), (), 0)[0]
        for connection in {*connections, *also}.difference(answered):
            with suppress(OSError):
                connection.send(b"x")
        return len(answered) == len(connections)

    wait_until(all_are_answered)


def status_of(connection: socket.socket) -> int:
    return int(connection.recv(2**16).split(b" ", 2)[1])


def received_to_end(connection: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(2**16):
            received += piece
    return received


def reset_or_answer(server: Server, request: bytes, source: str = "127.0.0.1") -> int:
    with server.connect(source) as connection:
        with suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(request)
        return status_of(connection)


def busy(server: Server) -> bool:
    return any(process.cpu_times().user > 0.2 for process in server.web.children()[0].children())
