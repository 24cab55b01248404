"""SIGTERM finishes what is under way, takes nobody new, and leaves nobody; a second one is in the hostile tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPResponse

import psutil
import pytest

from graph.settings import Settings
from tests.conftest import Built
from tests.effort import PATIENCE_S, wait_until
from tests.servers import serve_krajina
from tests.test_hostile import Server
from tests.test_hostile_connections import is_stopping
from webapp.server.serve import end_s

# What is under way, how its bytes begin and end; of the pictures one, as they are made one after the other.
DOWNLOADS = {
    "/dump/krajina.nq": (b"<http", b" .\n"),
    "/organizations.csv?on=2011-03-04": (b"", b"\r\n"),
}
PICTURES = {
    "/map.png?on=2011-03-04": (b"\x89PNG", b"IEND\xaeB`\x82"),
    "/map.pdf?on=2011-03-04": (b"%PDF-", b"%%EOF\n"),
}


@pytest.fixture
def running(real: Built) -> Iterator[Server]:
    with serve_krajina() as address:
        port = address.rpartition(":")[2]
        master = next(child for child in psutil.Process().children() if port in child.cmdline())
        yield Server(int(port), master=master)


@pytest.mark.server
@pytest.mark.heavy
@pytest.mark.parametrize("picture", PICTURES)
def test_answers_under_way_are_finished(running: Server, picture: str) -> None:
    under_way = {**DOWNLOADS, picture: PICTURES[picture]}
    assert running.send("GET", "/dump/krajina.nq", timeout_s=PATIENCE_S).status == 200  # it is made, and lies there
    found = running.processes()
    connections = {path: running.connect() for path in under_way}
    for path, connection in connections.items():
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    # Who is answered now came after them; the dump is longer than what the system keeps for who does not read.
    assert running.send("GET", "/healthz", timeout_s=PATIENCE_S).status == 200
    running.master.terminate()
    wait_until(lambda: is_stopping(running))
    for path, connection in connections.items():
        with connection, HTTPResponse(connection) as answer:
            answer.begin()
            body = answer.read()  # IncompleteRead when it was cut
        first, last = under_way[path]
        assert (answer.status, body.startswith(first), body.endswith(last)) == (200, True, True), path
    assert psutil.wait_procs(found, timeout=PATIENCE_S)[1] == []


@pytest.mark.parametrize(("query_s", "most_s"), [(0.5, 21), (10.0, 30), (40.0, 60), (3600.0, 60)])
def test_end_is_never_far(query_s: float, most_s: int) -> None:
    assert end_s(replace(Settings(), query_timeout_s=query_s)) == most_s
