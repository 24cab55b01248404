"""The web process's side of the sandbox: warm workers to borrow, and their replacement."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from graph.errors import StoreError
from graph.sandbox import wire, zygote
from graph.settings import Settings
from graph.sparql.engines.dataset import Dataset

__all__ = ["Pool", "Worker"]

_QUERIES_OF_A_WORKER = 1000  # then a fresh one: memory that the allocator keeps cannot add up
_HANG_UP_S = 5.0
_THREADS_END_S = 0.5
_SOON_S = 0.05  # in which most queries are answered


@dataclass(eq=False)
class Worker:
    """A borrowed process: its pid, its socket, the edition of the data it holds, queries it has answered."""

    pid: int
    sock: socket.socket
    edition: int
    answered: int = 0

    def __post_init__(self) -> None:
        self.frames = wire.Frames(self.sock, _SOON_S)


class Pool:
    """Workers of one zygote; safe for threads, but made before any thread.

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
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._edition = 0
        self._warm = settings.query_workers
        self._pid, self._control = zygote.start(load, settings)
        try:
            self._await_ready()
        except StoreError:
            self.close()
            raise
        self._fill()

    def take(self) -> Worker:
        """Lend the idle worker that was used last, or a new one.

        Notes
        -----
        The engine counts references in the data even when it only reads. So a worker copies each page of the
        data that it reads for the first time, and one that has been at work is faster than a new one.
        """
        with self._lock:
            return self._idle.pop() if self._idle else self._spawn()

    def exchange(self, lost: Worker) -> Worker:
        """Lend another worker instead of one that has ended."""
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
        with self._lock:
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
        if kill:
            with suppress(ProcessLookupError):  # only when the zygote has ended, and its workers with it
                os.kill(worker.pid, signal.SIGKILL)
        wire.hang_up(worker.sock, _HANG_UP_S)
        worker.sock.close()
        with self._lock:
            status = self._reap(worker.pid)
        self._fill()
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def replace(self, load: Callable[[], Dataset]) -> None:
        """Change the data: `load` must be picklable; queries under way end on the old data."""
        with self._lock:
            wire.send(self._control, zygote.LOAD, pickle.dumps(load))
            self._await_ready()
            self._edition += 1
            old, self._idle = self._idle, []
        for worker in old:
            self.end(worker)

    def close(self) -> None:
        """End all processes; borrowed workers go too."""
        with self._lock:
            if self._control.fileno() < 0:
                return
            self._control.close()
            for worker in self._idle:
                worker.sock.close()
            self._idle.clear()
        os.waitpid(self._pid, 0)

    def _fill(self) -> None:
        with self._lock, suppress(StoreError):  # a query will say that the zygote is gone
            while len(self._idle) < self._warm:
                self._idle.insert(0, self._spawn())

    def _await_ready(self) -> None:
        try:
            kind, payload = wire.receive(self._control)
        except EOFError as error:
            raise StoreError("The query sandbox ended while it loaded the data.") from error
        if kind == wire.FAULT:
            raise StoreError(f"The query sandbox cannot load the data: {payload.decode()}")

    def _spawn(self) -> Worker:
        with _zygote_lives():
            wire.send(self._control, zygote.SPAWN)
            message, descriptors, _, _ = socket.recv_fds(self._control, zygote.NUMBER.size, 1)
            if not descriptors:
                raise EOFError
        os.set_inheritable(descriptors[0], False)
        sock = socket.socket(fileno=descriptors[0])
        return Worker(zygote.NUMBER.unpack(message)[0], sock, self._edition)

    def _reap(self, pid: int) -> int:
        with _zygote_lives():
            wire.send(self._control, zygote.REAP, zygote.NUMBER.pack(pid))
            return int(zygote.NUMBER.unpack(wire.exactly(self._control, zygote.NUMBER.size))[0])


def _be_alone() -> None:
    """Make sure that no other thread runs; one that is about to end gets the time for it."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(_THREADS_END_S)
    if threading.active_count() > 1:
        raise StoreError("The query sandbox forks: it must be started before any thread.")


@contextmanager
def _zygote_lives() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise StoreError("The process that runs queries has ended; the server must be restarted.") from error
