"""The web process's side of the sandbox: warm workers to borrow, and the replacement of all that was lost."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from graph.errors import QueryRestarting, StoreError
from graph.sandbox import wire, zygote
from graph.sandbox.zygote import Lost, Zygote
from graph.settings import Settings
from graph.sparql.engines.dataset import Dataset

__all__ = ["Pool", "Worker"]

_QUERIES_OF_A_WORKER = 1000  # then a fresh one: memory that the allocator keeps cannot add up
_HANG_UP_S = 5.0
_THREADS_END_S = 0.5
_SOON_S = 0.05  # in which most queries are answered
_PATIENCE_S = 5.0  # of a query while a lost zygote is replaced, which takes a second or two
_AGAIN_S = 1.0  # after a zygote could not be replaced

logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Worker:
    """A borrowed process: pid, socket, edition of the data it holds, parent, number of queries it has answered."""

    pid: int
    sock: socket.socket
    edition: int
    parent: Zygote
    answered: int = 0

    def __post_init__(self) -> None:
        self.frames = wire.Frames(self.sock, _SOON_S)


class Pool:
    """Workers of one zygote; safe for threads, but made before any thread.

    A worker or zygote that is lost, as to the memory killer, is replaced; queries wait for it.

    Parameters
    ----------
    load
        Gives the store; called in the forked zygote. ``lambda: store`` shares the caller's memory.
    settings
        Limits of the workers; `query_workers` are kept warm.

    Raises
    ------
    StoreError
        The data cannot be loaded, or threads run already.
    """

    def __init__(self, load: Callable[[], Dataset], settings: Settings) -> None:
        _be_alone()
        self._load, self._settings = load, settings
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._idle: list[Worker] = []
        self._edition = 0
        self._zygote: Zygote | None = zygote.start(load, settings)  # None while it is replaced, and at the end
        try:
            self._zygote.await_ready()
        except (Lost, StoreError) as error:
            self.close()
            raise error if isinstance(error, StoreError) else _ended_early() from error
        self._fill()

    def take(self) -> Worker:
        """Lend the idle worker that was used last, or a new one.

        Raises
        ------
        QueryRestarting
            The zygote is being replaced, and that takes long.
        StoreError
            The pool is closed.

        Notes
        -----
        The engine counts references in the data even when it only reads. So a worker copies each page of the
        data that it reads for the first time, and one that has been at work is faster than a new one.
        """
        until = time.monotonic() + _PATIENCE_S
        with self._changed:
            while True:
                living = self._living(until)
                if self._idle:
                    return self._idle.pop()
                try:
                    return self._spawn(living)
                except Lost:
                    self._lose()

    def exchange(self, lost: Worker) -> Worker:
        """Lend another worker instead of one that has ended; raises as `take` does."""
        self.end(lost, kill=False)
        return self.take()

    def give_back(self, worker: Worker, *, is_last: bool = False) -> None:
        """Take back a worker that has answered a query to its end.

        Parameters
        ----------
        is_last
            Lend the others first: after a long query it goes on giving memory back, for 40 ms and more.
        """
        worker.answered += 1
        with self._changed:
            fresh = worker.edition == self._edition and worker.answered < _QUERIES_OF_A_WORKER
            if fresh:
                self._idle.insert(0 if is_last else len(self._idle), worker)
        if not fresh:
            self.end(worker)

    def end(self, worker: Worker, *, kill: bool = True) -> int:
        """End a worker, see it gone and replace it.

        Returns
        -------
        int
            Number of the signal that ended it; 0 when it went by itself.
        """
        if kill and worker.parent is self._zygote:  # who has lost its parent has ended, and its pid may be a stranger's
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        wire.has_hung_up(worker.sock, _HANG_UP_S)
        worker.sock.close()
        status: int = signal.SIGKILL
        with self._changed:
            if worker.parent is self._zygote:
                try:
                    status = worker.parent.reap(worker.pid)
                except Lost:
                    self._lose()
        self._fill()
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def tend(self) -> None:
        """Replace what was lost while nobody asked; to be called again and again."""
        with self._changed:
            if self._zygote is not None and self._zygote.is_gone:
                self._lose()
            lost = [worker for worker in self._idle if wire.has_hung_up(worker.sock)]
            self._idle = [worker for worker in self._idle if worker not in lost]
        for worker in lost:
            self.end(worker, kill=False)

    def replace(self, load: Callable[[], Dataset]) -> None:
        """Change the data: `load` must be picklable; queries under way end on the old data."""
        with self._changed:
            living = self._living(time.monotonic() + _PATIENCE_S)
            try:
                living.load(load)
            except Lost as error:
                self._lose()
                raise _ended_early() from error
            self._load = load
            self._edition += 1
            old, self._idle = self._idle, []
        for worker in old:
            self.end(worker)

    def close(self) -> None:
        """End all processes; borrowed workers go too."""
        self._closing.set()
        with self._changed:
            living, self._zygote = self._zygote, None
            self._changed.notify_all()
            self._drop_idle()
        if living is not None:
            living.close()

    def _living(self, until: float) -> Zygote:
        """Give the zygote, when it is there again; the lock is held."""
        while self._zygote is None:
            if self._closing.is_set():
                raise StoreError("The process that runs queries has ended; the server must be restarted.")
            if not self._changed.wait(until - time.monotonic()):
                raise QueryRestarting("The processes that run queries are being started again.", retry_after_s=5)
        return self._zygote

    def _lose(self) -> None:
        """Let go of a zygote that is gone, and have it replaced; the lock is held."""
        if self._zygote is None:
            return
        logger.warning("the process that runs queries was lost; another one is started")
        self._zygote.close(kill=True)
        self._zygote = None
        self._edition += 1
        self._drop_idle()
        threading.Thread(target=self._revive, name="query sandbox", daemon=True).start()

    def _revive(self) -> None:
        """Start zygotes until one is ready or the pool is closed."""
        while not self._closing.is_set():
            try:
                fresh = zygote.start_fresh(self._load(), self._settings)
            except (Lost, StoreError, OSError) as error:
                logger.error("the process that runs queries cannot be started: %s", error)
                self._closing.wait(_AGAIN_S)
                continue
            with self._changed:
                if self._closing.is_set():
                    return fresh.close()
                self._zygote = fresh
                self._changed.notify_all()
            logger.warning("queries are answered again")
            return self._fill()

    def _drop_idle(self) -> None:
        for worker in self._idle:
            worker.sock.close()
        self._idle.clear()

    def _fill(self) -> None:
        with self._changed:
            try:
                while self._zygote is not None and len(self._idle) < self._settings.query_workers:
                    self._idle.insert(0, self._spawn(self._zygote))
            except Lost:
                self._lose()

    def _spawn(self, living: Zygote) -> Worker:
        return Worker(*living.spawn(), self._edition, living)


def _ended_early() -> StoreError:
    return StoreError("The query sandbox ended while it loaded the data.")


def _be_alone() -> None:
    """Make sure that no other thread runs; one that is about to end gets the time for it."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_THREADS_END_S)
    if threading.active_count() > 1:
        raise StoreError("The query sandbox forks: it must be started before any thread.")
