"""One query under way in one worker: its clock, its answer in pieces, its end."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from graph.errors import (
    QueryBusy,
    QueryError,
    QueryRestarting,
    QueryTimeout,
    QueryTooLarge,
    QueryUnsupported,
    StoreError,
)
from graph.sandbox import wire
from graph.sandbox.budget import Budget
from graph.sandbox.pool import Pool
from graph.sandbox.running import Running
from graph.sandbox.slots import ALONE_S, LIGHT_S, PRESSED_S, Slots
from graph.sandbox.worker_query import WorkerQuery
from graph.settings import Settings
from graph.sparql.answers import BY_NAME
from graph.sparql.query_service import Kind, Reply
from graph.sparql.query_text import QueryText, syntax_error

__all__ = ["Turn"]

_CERTAIN_BYTES = 4 * 2**20  # an answer up to here is complete before its first byte leaves
_PLACE_S = 1.0  # for a place; places get free every 0.1 to 0.3 s, and every answer is due soon after the limit
_HEAVY_NICE = 10
_LOST_WORKERS = 16  # that are tried before a query gives up
_DELIVERY_S = 60.0  # what a slow reader may add to the time limit


class Turn:
    """A borrowed worker and a place, from the question to the last piece of the answer.

    Iterating gives the body's pieces. Whatever ends a turn, be it the answer's end, a limit, or a reader
    that goes away, gives place and worker back, or kills the worker.
    """

    def __init__(
        self, pool: Pool, slots: Slots, running: Running, budget: Budget, settings: Settings, client: str
    ) -> None:
        self._pool, self._slots, self._budget, self._settings, self._client = pool, slots, budget, settings, client
        self._running = running
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._delivery_s = 0.0
        self._heavy = self._lowered = self._over = False
        slots.enter(client, min(_PLACE_S, settings.query_timeout_s))
        try:
            self._worker = pool.take()
        except BaseException:
            slots.leave(client, heavy=False)
            raise
        self._under_way = running.enter(client, self._worker.pid)
        self._started = self._left = self._under_way.begun
        self._deadline = self._started + settings.query_timeout_s

    def ask(self, query: QueryText, question: WorkerQuery) -> Reply:
        """Put the question and read until the answer is complete or too big to be held.

        Raises
        ------
        QueryError, QueryTimeout, QueryTooLarge, QueryBusy
            The answer cannot be given; the turn is over.
        """
        self._query = query
        try:
            self._send(wire.frame(wire.QUERY, question.packed()))
            kind, name = self._begin()
            while not self._over and self._size < _CERTAIN_BYTES:
                self._read()
            if not self._over:
                self._promote()
        except BaseException:
            self.close()
            raise
        size = self._size if self._over else None
        return Reply(kind, BY_NAME[name], self, size)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if not self._pieces and not self._over:
            self._resume()
        if not self._pieces:
            raise StopIteration
        self._left = time.monotonic()
        return self._pieces.popleft()

    def close(self) -> None:
        """End the turn where it stands."""
        self._pieces.clear()
        if not self._over:
            self._finish(kill=True)

    def _resume(self) -> None:
        """Read on; the time that the reader took does not count, up to a bound."""
        self._delivery_s += time.monotonic() - self._left
        may_take_s = self._settings.query_timeout_s + min(self._delivery_s, _DELIVERY_S)
        self._deadline = self._started + may_take_s
        try:
            self._read()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> tuple[Kind, str]:
        """Read the first frame, which is all of a small answer; give kind and serialisation."""
        of, payload = self._frame()
        head, _, body = payload.partition(b"\n")
        if of == wire.WHOLE:
            self._keep(body)
            self._hand_back()
        kind, name = head.decode().split()
        return cast(Kind, kind), name

    def _read(self) -> None:
        """Read one more frame of the answer."""
        of, payload = self._frame()
        if of == wire.END:
            self._hand_back()
        else:
            self._keep(payload)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._settings.answer_max_mb * 2**20:
            raise QueryTooLarge(f"The answer is larger than {self._settings.answer_max_mb} MB; LIMIT helps.")
        self._pieces.append(piece)

    def _send(self, question: bytes) -> None:
        """Send the question; workers that ended while they were idle, as by the memory killer, are replaced."""
        for _ in range(_LOST_WORKERS):
            try:
                return self._worker.sock.sendall(question)
            except (BrokenPipeError, ConnectionResetError):
                self._exchange()
        raise self._died()

    def _exchange(self) -> None:
        self._running.leave(self._under_way)
        try:
            self._worker = self._pool.exchange(self._worker)
        except (QueryRestarting, StoreError):
            self._over = True
            self._leave()
            raise
        self._under_way = self._running.enter(self._client, self._worker.pid)

    def _frame(self) -> tuple[bytes, bytes]:
        frames = self._worker.frames
        try:
            frame = frames.take()
            if frame is None and not self._size:
                frames.fill()  # before any look at the clock: it waits for a moment only
                frame = frames.take()
            while frame is None:
                self._await()
                frames.fill()
                frame = frames.take()
        except EOFError:
            raise self._died() from None
        if frame[0] == wire.FAULT:
            self._hand_back()
            raise self._fault(json.loads(frame[1]))
        return frame

    def _await(self) -> None:
        if not self._heavy and not self._light_enough():
            self._promote()
        if not wire.wait(self._worker.sock, self._deadline):
            raise self._late()

    def _light_enough(self) -> bool:
        sock = self._worker.sock
        if wire.wait(sock, self._started + PRESSED_S):
            return True
        self._lower()
        if self._slots.pressed(self._client):
            return False
        if wire.wait(sock, self._started + LIGHT_S):
            return True
        return self._slots.is_alone(self._client) and wire.wait(sock, self._started + ALONE_S)

    def _promote(self) -> None:
        """Go on as heavy, behind all light queries; or raise QueryBusy."""
        if not self._heavy:
            self._slots.promote(self._client)
            self._heavy = True
            self._lower()

    def _lower(self) -> None:
        """Let new queries go first: many that last would starve a light one until it counts as heavy itself."""
        self._lowered = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._worker.pid, _HEAVY_NICE)

    def _calm(self) -> bool:
        """Give a worker the priority of light queries again; False where that is not allowed."""
        try:
            os.setpriority(os.PRIO_PROCESS, self._worker.pid, os.getpriority(os.PRIO_PROCESS, 0))
        except OSError:
            return False
        return True

    def _hand_back(self) -> None:
        """Give back a worker that has answered; one that cannot get its priority again is of no more use."""
        self._finish(kill=self._lowered and not self._calm())

    def _finish(self, *, kill: bool) -> int:
        """Give back what was borrowed, or end it."""
        self._over = True
        self._running.leave(self._under_way)
        if kill:
            self._leave()  # first: a crowd of workers is replaced one by one, and others wait for the place
            return self._pool.end(self._worker)
        try:
            self._pool.give_back(self._worker, is_last=self._lowered)
        finally:
            self._leave()
        return 0

    def _leave(self) -> None:
        self._slots.leave(self._client, heavy=self._heavy)
        self._budget.charge(self._client, time.monotonic() - self._started - self._delivery_s)

    def _late(self) -> QueryTimeout:
        limit_s = self._settings.query_timeout_s
        return QueryTimeout(f"The query was ended after the time limit of {limit_s:g} s.")

    def _died(self) -> QueryError:
        self._over = True
        self._running.leave(self._under_way)
        self._leave()
        number = self._pool.end(self._worker, kill=False)
        if self._under_way.is_cancelled:
            return QueryBusy("The query was ended, since the client that asked it has gone.", retry_after_s=1)
        if number == signal.SIGKILL:
            return QueryRestarting("The process that ran the query was ended from outside.", retry_after_s=1)
        if number == signal.SIGXCPU:
            return self._late()
        if number == signal.SIGSEGV:
            return QueryTooLarge("The query is too complex: it is nested too deep.")
        # A failed allocation and the engine's refusal to sort what has no total order end a worker alike.
        memory_mb = self._settings.query_memory_mb
        return QueryTooLarge(
            f"The query needs more than {memory_mb} MB of memory, or sorts values that cannot be compared"
            " (then ORDER BY STR(?x) helps)."
        )

    def _fault(self, fault: dict[str, str]) -> QueryError:
        if fault["error"] == "syntax":
            return syntax_error(self._query, fault["message"])
        if fault["error"] == "unwritable":
            return QueryUnsupported(fault["message"])
        return QueryUnsupported(f"The query cannot be evaluated: {fault['message']}")
