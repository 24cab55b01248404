"""Sandboxes for tests: each in a process of its own, what is asked of them, and their processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pyoxigraph
import pytest

from graph.errors import QueryError, QueryRestarting
from graph.sandbox.sandbox import Sandbox
from graph.settings import Settings
from graph.sparql.answers import BY_NAME
from graph.sparql.engines.dataset import Dataset
from graph.sparql.query_service import QueryRequest
from tests.effort import PATIENCE_S, wait_until
from tests.sparql_server import ANSWER_MAX_MB, DATA

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


def in_own_process(check: Callable[[], None]) -> None:
    """Run a check in a fresh interpreter: a sandbox forks, and pytest may have threads."""
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    code = f"import {check.__module__} as t; t.{check.__name__}()"
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


def patiently(sandbox: Sandbox, text: str) -> bytes:
    """Ask again for as long as queries are not answered."""
    answers: list[bytes] = []

    def is_answered() -> bool:
        with suppress(QueryRestarting):
            answers.append(ask(sandbox, text))
        return bool(answers)

    wait_until(is_answered)
    return answers[0]
