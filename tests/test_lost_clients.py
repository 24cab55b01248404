"""Queries whose client has gone end before their time, in `krajina serve` as it is shipped."""

from __future__ import annotations

import itertools
import socket
import sys
from collections.abc import Iterator
from urllib.parse import quote

import psutil
import pytest

from tests.effort import wait_until
from tests.hostile_queries import RUNAWAY
from tests.servers import serve_krajina
from tests.sparql_server import DATA

NONCE = itertools.count()
LIMIT_S = 3600  # far above all that is waited for here
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="connections are looked at by way of /proc"),
    pytest.mark.server,
    pytest.mark.hostile,
    pytest.mark.heavy,
]


class Server:
    def __init__(self, port: int, web: psutil.Process) -> None:
        self.port, self.web = port, web

    def workers(self) -> set[int]:
        """Pids of the workers that are at work."""
        workers = self.web.children()[0].children()
        return {worker.pid for worker in workers if worker.cpu_times().user > 0.2}

    def ask(self, source: str) -> socket.socket:
        """Ask a query without an end from an address of loopback."""
        connection = socket.create_connection(("127.0.0.1", self.port), 30, (source, 0))
        query = quote(f"{RUNAWAY} # {source} {next(NONCE)}")
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return connection


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("lost") / "small.nq"
    file.write_text(DATA, "utf-8")
    with serve_krajina("--rdf", file, KRAJINA_QUERY_TIMEOUT_S=f"{LIMIT_S}", KRAJINA_QUERY_BUDGET_S="0") as address:
        port = address.rpartition(":")[2]
        master = next(child for child in psutil.Process().children() if port in child.cmdline())
        yield Server(int(port), master.children()[0])


def test_only_the_query_of_who_has_gone_is_ended(server: Server) -> None:
    lost = server.ask("127.0.0.2")
    wait_until(server.workers)
    (of_lost,) = server.workers()
    kept = server.ask("127.0.0.3")
    wait_until(lambda: len(server.workers()) == 2)
    (of_kept,) = server.workers() - {of_lost}
    lost.close()
    wait_until(lambda: not psutil.pid_exists(of_lost))
    assert server.workers() == {of_kept}
    kept.close()
    wait_until(lambda: not psutil.pid_exists(of_kept))


def test_another_connection_keeps_the_queries_of_a_client(server: Server) -> None:
    first, second = server.ask("127.0.0.4"), server.ask("127.0.0.4")
    wait_until(server.workers)
    first.close()
    second.settimeout(3)
    with pytest.raises(TimeoutError):
        second.recv(1)
    assert server.workers()
    second.close()
    wait_until(lambda: not server.workers())
