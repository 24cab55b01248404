"""Limits, and the lives and deaths of the sandbox's processes."""

from __future__ import annotations

import functools
import importlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pyoxigraph
import pytest

from graph.errors import QueryError, QueryRestarting, QueryTimeout, QueryTooLarge, StoreError
from graph.sandbox.sandbox import Sandbox
from graph.settings import Settings
from graph.sparql.answers import BY_NAME
from graph.sparql.engines.dataset import Dataset
from graph.sparql.query_service import QueryRequest
from tests.effort import PATIENCE_S, wait_until
from tests.hostile_queries import DOUBLING, PRODUCT, RUNAWAY
from tests.sparql_server import ANSWER_MAX_MB, DATA

pytestmark = [pytest.mark.server, pytest.mark.hostile, pytest.mark.heavy]
ROOT = Path(__file__).resolve().parent.parent


def processes(pid: int) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
    return children


def ended(process: psutil.Process) -> bool:
    """Whether a process of another parent has ended; init may take its time to collect it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


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
    "check_lost_worker",
    "check_lost_zygote",
    "check_tending",
    "check_lost_query",
    "check_failing_revival",
    "check_no_connection",
    "check_replace",
    "check_stream",
    "check_threads",
]


class TestProcesses:
    @pytest.mark.parametrize("name", CHECKS)
    def test_in_own_process(self, name: str) -> None:
        in_own_process(globals()[name])


def in_own_process(check: Callable[[], None]) -> None:
    """Run a check in a fresh interpreter: a sandbox forks, and pytest may have threads."""
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    code = f"import tests.test_sandbox as t; t.{check.__name__}()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr.decode()


def load(data: str = DATA) -> Dataset:
    store = pyoxigraph.Store()
    store.load(data, format=pyoxigraph.RdfFormat.N_QUADS)
    return Dataset(store)


# Patient: a busy machine must not be too slow to meet another limit.
SETTINGS = Settings(query_timeout_s=60, query_memory_mb=256, answer_max_mb=ANSWER_MAX_MB, query_workers=2)


def ask(sandbox: Sandbox, text: str) -> bytes:
    return b"".join(sandbox.run(QueryRequest(text)).chunks)


def count(sandbox: Sandbox) -> int:
    reply = sandbox.run(QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }", graph=BY_NAME["nt"]))
    return b"".join(reply.chunks).count(b"\n")


def fails(sandbox: Sandbox, text: str, kind: type[QueryError], words: str) -> None:
    with pytest.raises(kind, match=words):
        ask(sandbox, text)


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


def check_lost_worker() -> None:
    """Do as the kernel's memory killer, who takes idle workers."""
    with Sandbox(load, SETTINGS) as sandbox:
        idle = processes(os.getpid())[1:]
        for process in idle:
            process.kill()
        wait_until(lambda: all(process.status() == psutil.STATUS_ZOMBIE for process in idle))
        assert count(sandbox) == 3


def check_lost_zygote() -> None:
    """See that queries wait for another zygote, which has the same data, down to the labels of blank nodes."""
    node = "SELECT ?o { <urn:x:a> ?p ?o FILTER(isBlank(?o)) }"
    dataset = load("<urn:x:a> <urn:x:b> _:label <urn:g:a> .")
    with Sandbox(lambda: dataset, SETTINGS) as sandbox:
        labels = [ask(sandbox, node)]
        for number in (signal.SIGKILL, signal.SIGSTOP):
            zygote, *workers = processes(os.getpid())
            zygote.send_signal(number)
            for worker in workers:
                worker.kill()
            wait_until(lambda: all(map(ended, workers)))  # noqa: B023
            labels.append(patiently(sandbox, node))
            assert ended(zygote)
        wait_until(lambda: len(processes(os.getpid())) >= 3)
    assert len({*labels}) == 1 and b"bnode" in labels[0]
    assert processes(os.getpid()) == []


def check_tending() -> None:
    """See that what is lost while nobody asks is replaced, and that nothing is left of it."""
    with Sandbox(load, SETTINGS) as sandbox:
        descriptors = psutil.Process().num_fds()
        for number in range(3):
            before = processes(os.getpid())
            for process in before[number % 2 :]:
                process.kill()
            wait_until(lambda: _is_replaced(sandbox, before[number % 2 :]))  # noqa: B023
            assert psutil.Process().num_fds() == descriptors
        assert count(sandbox) == 3


def _is_replaced(sandbox: Sandbox, lost: list[psutil.Process]) -> bool:
    sandbox.tend()
    now = processes(os.getpid())
    return len(now) == 3 and not {process.pid for process in now} & {process.pid for process in lost}


def check_lost_query() -> None:
    """See that a query whose processes are killed is told so, and can be asked again."""
    with Sandbox(load, SETTINGS) as sandbox, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, sandbox, RUNAWAY)
        zygote, *_ = processes(os.getpid())
        wait_until(lambda: any(process.cpu_times().user > 0.1 for process in processes(os.getpid())[1:]))
        zygote.kill()
        error = asked.exception()
        assert isinstance(error, QueryRestarting) and error.retry_after_s == 1, error
        assert "ended from outside" in str(error)
        assert patiently(sandbox, "ASK {}") == b'{"head":{},"boolean":true}'


def check_failing_revival() -> None:
    """See that a zygote that cannot be started is started again, and that queries are told meanwhile."""
    pools: Any = importlib.import_module("graph.sandbox.pool")
    pools._PATIENCE_S, pools._AGAIN_S = 0.2, 0.01
    failures: list[tuple[Any, ...]] = []

    def fail_at_first(*arguments: Any) -> Any:
        if is_failing:
            failures.append(arguments)
            raise OSError("no process")
        return start(*arguments)

    start, pools.zygote.start_fresh, is_failing = pools.zygote.start_fresh, fail_at_first, True
    with Sandbox(load, SETTINGS) as sandbox:
        found = processes(os.getpid())
        for process in found:
            process.kill()
        wait_until(lambda: all(map(ended, found)))
        fails(sandbox, "ASK {}", QueryRestarting, "being started again")
        wait_until(lambda: len(failures) > 2)
        is_failing = False
        assert patiently(sandbox, "ASK {}") == b'{"head":{},"boolean":true}'


def patiently(sandbox: Sandbox, text: str) -> bytes:
    """Ask again for as long as queries are not answered."""
    answers: list[bytes] = []

    def is_answered() -> bool:
        with suppress(QueryRestarting):
            answers.append(ask(sandbox, text))
        return bool(answers)

    wait_until(is_answered)
    return answers[0]


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
