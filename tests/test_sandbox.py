"""Limits of the sandbox's processes, what they share, and how they end."""

from __future__ import annotations

import functools
import importlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any

import psutil
import pyoxigraph
import pytest

from graph.errors import QueryError, QueryTimeout, QueryTooLarge, StoreError
from graph.sandbox.sandbox import Sandbox
from graph.sparql.query_service import QueryRequest
from tests.effort import wait_until
from tests.hostile_queries import DOUBLING, PRODUCT, RUNAWAY
from tests.sandboxes import SETTINGS, ask, count, fails, in_own_process, load, processes
from tests.sparql_server import ANSWER_MAX_MB

pytestmark = [pytest.mark.server, pytest.mark.hostile, pytest.mark.heavy]


@contextmanager
def listener() -> Iterator[tuple[int, list[bool]]]:
    """Run a server that must never be contacted; give its port, and whether it was."""
    contacts: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        yield listening.getsockname()[1], contacts
        with suppress(TimeoutError):
            listening.accept()[0].close()
            contacts.append(True)


CHECKS = [
    "check_close",
    "check_failing_load",
    "check_limits",
    "check_lending",
    "check_memory",
    "check_no_connection",
    "check_replace",
    "check_stream",
    "check_threads",
]


class TestProcesses:
    @pytest.mark.parametrize("name", CHECKS)
    def test_in_own_process(self, name: str) -> None:
        in_own_process(globals()[name])


def check_close() -> None:
    before = threading.active_count()
    with Sandbox(load, SETTINGS) as sandbox:
        assert ask(sandbox, "ASK {}") == b'{"head":{},"boolean":true}'
        assert len(processes(os.getpid())) == 3
    assert processes(os.getpid()) == []
    sandbox.close()
    assert threading.active_count() == before
    with pytest.raises(StoreError, match="has ended"):
        ask(sandbox, "ASK {}")


def check_limits() -> None:
    with Sandbox(load, replace(SETTINGS, query_timeout_s=5)) as sandbox:
        at_first = {process.pid for process in processes(os.getpid())}
        for _ in range(3):
            fails(sandbox, RUNAWAY, QueryTimeout, "5 s")
            fails(sandbox, "SELECT * { ?s ?p }", QueryError, "not a legal")
            fails(sandbox, f"SELECT * {{ {PRODUCT} }}", QueryTooLarge, f"{ANSWER_MAX_MB} MB")
        assert count(sandbox) == 3
        now = processes(os.getpid())
        assert len(now) == 3
        assert {process.pid for process in now} != at_first
        nothing = (psutil.RLIMIT_NOFILE, psutil.RLIMIT_CORE, psutil.RLIMIT_FSIZE)
        for process in now[1:]:
            wait_until(partial(has_none, process, nothing))
            assert process.rlimit(psutil.RLIMIT_AS)[0] < process.memory_info().vms + 257 * 2**20
            assert process.nice() == os.getpriority(os.PRIO_PROCESS, 0)


def check_lending() -> None:
    """See that the worker used last is lent first, unless it may still be busy after a long query."""
    numbers = " ".join(map(str, range(180)))
    values = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abc")
    with Sandbox(load, SETTINGS) as sandbox:
        ask(sandbox, "ASK {}")
        last = sandbox._pool._idle[-1]
        assert last.answered == 1
        ask(sandbox, f"SELECT (COUNT(*) AS ?number) {{ {values} }}")  # more than 0.1 s
        assert sandbox._pool._idle.index(last) == 0
        assert last.answered == 2
        ask(sandbox, "ASK {}")
        assert last.answered == 2


def check_memory() -> None:
    with Sandbox(load, SETTINGS) as sandbox:
        for _ in range(3):
            fails(sandbox, DOUBLING, QueryTooLarge, "256 MB")
        assert count(sandbox) == 3


def has_none(process: psutil.Process, kinds: tuple[int, ...]) -> bool:
    """Tell whether a process may have nothing of some kinds of resource."""
    return all(process.rlimit(kind)[0] == 0 for kind in kinds)


def check_stream() -> None:
    """See that a big answer is given in pieces, and that a limit in its middle raises."""
    numbers = " ".join(map(str, range(200)))
    text = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    with Sandbox(load, SETTINGS) as sandbox:
        reply = sandbox.run(QueryRequest(text))
        body = b"".join(reply.chunks)
        assert reply.size is None
        assert 4 * 2**20 < len(body) < ANSWER_MAX_MB * 2**20
        solutions = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
        assert isinstance(solutions, pyoxigraph.QuerySolutions) and len(solutions.variables) == 2
        reply = sandbox.run(QueryRequest(text))
        first = next(reply.chunks)
        reply.chunks.close()  # a reader that goes away
        assert body.startswith(first)
        assert list(reply.chunks) == []
        assert len(processes(os.getpid())) == 3
        reply = sandbox.run(QueryRequest(f"SELECT * {{ {PRODUCT} }}"))
        got = 0
        with pytest.raises(QueryTooLarge):
            for piece in reply.chunks:
                got += len(piece)
        assert 4 * 2**20 < got <= ANSWER_MAX_MB * 2**20
        assert count(sandbox) == 3


def check_threads() -> None:
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    with pytest.raises(StoreError, match="before any thread"):
        Sandbox(load, SETTINGS)
    go.set()
    Sandbox(load, SETTINGS).close()


def check_failing_load() -> None:
    with pytest.raises(StoreError, match="cannot load the data: Parser error at line 1"):
        Sandbox(functools.partial(load, "<urn:a> nonsense"), SETTINGS)
    assert processes(os.getpid()) == []


def check_replace() -> None:
    with Sandbox(load, SETTINGS) as sandbox:
        reply = sandbox.run(QueryRequest("ASK { <urn:x:anhui> ?p ?o }"))
        sandbox.replace(functools.partial(load, '<urn:x:a> <urn:x:b> "1" <urn:g:a> .'))
        assert [count(sandbox) for _ in range(4)] == [1] * 4
        assert b"true" in b"".join(reply.chunks)
        with pytest.raises(StoreError, match="cannot load"):
            sandbox.replace(functools.partial(load, "nonsense"))
        assert count(sandbox) == 1
        assert len(processes(os.getpid())) == 3


def check_no_connection() -> None:
    """Without the refusal of SERVICE the walls alone keep a worker from connecting."""
    sandboxes: Any = importlib.import_module("graph.sandbox.sandbox")
    sandboxes.refuse_unfit = lambda *_, **__: None
    with Sandbox(load, SETTINGS) as sandbox:
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f000001"):
            with listener() as (port, contacts):
                text = f"SELECT * {{ SERVICE <http://{host}:{port}/> {{ ?s ?p ?o }} }}"
                fails(sandbox, text, QueryError, "cannot be evaluated")
                ask(sandbox, text.replace("SERVICE", "SERVICE SILENT"))
            assert contacts == []
