"""The walls: a process that runs queries of users, and cannot do anything else.

A worker is forked with the data in memory. It can open no file and no socket, hold only so much memory,
use only so much processor time, leave no core dump, and does not outlive its parent. Whatever a query does
to it, stops there.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import UnwritableError
from graph.sandbox import wire
from graph.sandbox.worker_query import WorkerQuery
from graph.settings import Settings
from graph.sparql.answers import BY_NAME
from graph.sparql.engines.dataset import Dataset
from graph.sparql.writing import write, write_results

__all__ = ["address_space_bytes", "die_with_parent", "work", "write_answer"]

_FRAME_BYTES = 64 * 1024
_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends (Linux; elsewhere closed sockets do it)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def wall_in(settings: Settings) -> None:
    """Take away what a query does not need; cannot be undone without privileges."""
    _offer_to_memory_killer()
    _limit(resource.RLIMIT_AS, address_space_bytes() + settings.query_memory_mb * 2**20)
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        _limit(nothing, 0)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def address_space_bytes() -> int:
    """Bytes of address space that this process has now."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[0]) if statm.exists() else 2**20
    return pages * resource.getpagesize()


def _offer_to_memory_killer() -> None:
    """Let the kernel end workers, and not the web process, when memory is short."""
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text("1000")


def work(dataset: Dataset, sock: socket.socket, settings: Settings) -> None:
    """Answer queries from the socket until it closes.

    One QUERY frame (a `WorkerQuery`) is answered by WHOLE (a line of kind and format, then the body); by HEAD (that
    line), DATA frames and END when it is long; or at any point by FAULT (JSON: error, message).
    """
    wall_in(settings)
    questions = wire.Frames(sock)
    with suppress(EOFError):
        while True:
            _allow_processor_time(settings.query_timeout_s)  # before the question: nobody waits for it then
            while (asked := questions.take()) is None:
                questions.fill()
            _answer(dataset, WorkerQuery.unpacked(asked[1]), sock)


def _allow_processor_time(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(dataset: Dataset, question: WorkerQuery, sock: socket.socket) -> None:
    frames = _Frames(sock)
    try:
        results = dataset.query(
            question.text,
            base=question.base,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
            has_clauses=question.has_clauses,
        )
        kind, name = _kind(results, question)
        frames.begin(kind, name)
        write_answer(results, name, question.prefixes, cast(IO[bytes], frames))
        frames.end()
    except SyntaxError as error:
        frames.fail("syntax", error)
    except UnwritableError as error:
        frames.fail("unwritable", error)
    except (OSError, RuntimeError, ValueError) as error:
        frames.fail("evaluation", error)


def _kind(results: Any, question: WorkerQuery) -> tuple[str, str]:
    if isinstance(results, pyoxigraph.QueryTriples):
        return "graph", question.graph
    return ("ask" if isinstance(results, pyoxigraph.QueryBoolean) else "select"), question.results


def write_answer(results: Any, name: str, prefixes: dict[str, str], output: IO[bytes]) -> None:
    """Write an answer in the serialisation of a name, a key of `graph.sparql.answers.BY_NAME`."""
    form = BY_NAME[name].engine
    if isinstance(form, QueryResultsFormat):
        write_results(results, output, form)
    else:
        write(results, output, form, prefixes if form == RdfFormat.TURTLE else None)


class _Frames:
    """A binary file that sends what is written to it.

    A small answer leaves as one frame, which its reader gets at once: half the time of a small query
    went into waking the reader up.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._head = b""
        self._parts: list[bytes] = []
        self._size = 0

    def begin(self, kind: str, name: str) -> None:
        self._head = f"{kind} {name}\n".encode()

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self._size += len(data)
        if self._size >= _FRAME_BYTES:
            self._sock.sendall(self._taken())
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine calls it before the end, and what is left leaves then."""

    def end(self) -> None:
        if self._head:
            self._sock.sendall(wire.frame(wire.WHOLE, self._head + b"".join(self._parts)))
        else:
            self._sock.sendall(self._taken() + wire.frame(wire.END))

    def fail(self, error: str, cause: Exception) -> None:
        wire.send_json(self._sock, wire.FAULT, {"error": error, "message": str(cause)})

    def _taken(self) -> bytes:
        taken = wire.frame(wire.HEAD, self._head) if self._head else b""
        if self._size:
            taken += wire.frame(wire.DATA, b"".join(self._parts))
        self._head, self._parts, self._size = b"", [], 0
        return taken
