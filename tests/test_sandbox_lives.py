"""Processes of the sandbox that are killed, stopped or cannot be started: they are replaced, and queries are told."""

from __future__ import annotations

import importlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest

from graph.errors import QueryRestarting
from graph.sandbox.sandbox import Sandbox
from tests.effort import wait_until
from tests.hostile_queries import RUNAWAY
from tests.sandboxes import SETTINGS, ask, count, ended, fails, in_own_process, load, patiently, processes

pytestmark = [pytest.mark.server, pytest.mark.hostile, pytest.mark.heavy]


CHECKS = [
    "check_lost_worker",
    "check_lost_zygote",
    "check_tending",
    "check_lost_query",
    "check_failing_revival",
]


@pytest.mark.parametrize("name", CHECKS)
def test_in_own_process(name: str) -> None:
    in_own_process(globals()[name])


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
