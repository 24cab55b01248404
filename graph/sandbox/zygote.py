"""The parent of all workers: it holds the data, has one thread, and does nothing but fork.

A process with threads must not fork, so the web process asks this one for workers, over the control
socket: SPAWN is answered by a worker's pid with its socket as a passed descriptor, REAP by the wait
status of a worker that has ended, LOAD by READY when other data are in place. Workers are waited for only
on REAP: until then the web process may send signals to the pid and cannot hit a stranger.

The first one is forked and shares the memory of the data. When it is lost, the web process has threads and cannot
fork another: the next one is a fresh interpreter, which gets the data as N-Quads.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import pyoxigraph

from graph.errors import GraphError, StoreError
from graph.sandbox import wire
from graph.sandbox.worker import die_with_parent, work
from graph.settings import Settings
from graph.sparql.engines.dataset import Dataset

__all__ = ["Lost", "Zygote", "be_fresh", "start", "start_fresh"]

SPAWN, REAP, LOAD, READY = b"S", b"R", b"L", b"O"
NUMBER = struct.Struct("!i")
_ANSWER_S = 5.0  # for a fork; who takes longer has been stopped
_DATA, _CONTROL = 0, 3  # descriptors of a fresh interpreter
_FRESH = "import sys; sys.path[:] = {path!r}; from graph.sandbox.zygote import be_fresh; be_fresh()"

Load = Callable[[], Dataset]


class Lost(Exception):
    """The zygote has ended, or does not answer."""

    def __str__(self) -> str:
        return "the process has ended, or does not answer"


class Zygote:
    """What the web process holds of a zygote; not safe for threads.

    Parameters
    ----------
    pid, control
        The process, a child of this one, and its socket. READY comes when the data are loaded, FAULT when they
        cannot be. It ends its workers and itself when the socket closes, as it does when this process dies.
    """

    def __init__(self, pid: int, control: socket.socket) -> None:
        self.pid, self._control = pid, control

    @property
    def is_gone(self) -> bool:
        """Whether it has let go of its socket."""
        return wire.has_hung_up(self._control)

    def await_ready(self) -> None:
        """Wait until the data are loaded.

        Raises
        ------
        Lost, StoreError
            It has ended; it cannot load the data.
        """
        self._control.settimeout(None)
        with _lives():
            kind, payload = wire.receive(self._control)
        self._control.settimeout(_ANSWER_S)
        if kind == wire.FAULT:
            raise StoreError(f"The query sandbox cannot load the data: {payload.decode()}")

    def load(self, load: Load) -> None:
        """Change the data; `load` must be picklable. Raises as `await_ready` does."""
        with _lives():
            wire.send(self._control, LOAD, pickle.dumps(load))
        self.await_ready()

    def spawn(self) -> tuple[int, socket.socket]:
        """Have a worker forked; give its pid and its socket.

        Raises
        ------
        Lost
            The zygote has ended.
        """
        with _lives():
            wire.send(self._control, SPAWN)
            message, descriptors, _, _ = socket.recv_fds(self._control, NUMBER.size, 1)
            if not descriptors:
                raise EOFError
        os.set_inheritable(descriptors[0], False)
        return NUMBER.unpack(message)[0], socket.socket(fileno=descriptors[0])

    def reap(self, pid: int) -> int:
        """Give the wait status of a worker that has ended or is about to; raises as `spawn` does."""
        with _lives():
            wire.send(self._control, REAP, NUMBER.pack(pid))
            return int(NUMBER.unpack(wire.exactly(self._control, NUMBER.size))[0])

    def close(self, *, kill: bool = False) -> None:
        """End it and its workers, and see it gone."""
        if kill:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self._control.close()
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


@contextmanager
def _lives() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise Lost from error


def start(load: Load, settings: Settings) -> Zygote:
    """Fork a zygote; the caller must have one thread only."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Zygote(pid, ours)
    ours.close()
    _run_and_exit(lambda: _Parent(theirs, settings).serve(load))


def start_fresh(dataset: Dataset, settings: Settings) -> Zygote:
    """Start a zygote in an interpreter of its own and send it the data; the caller may have threads.

    Blank nodes keep their labels, so that answers stay as they were.

    Raises
    ------
    Lost, StoreError
        As `Zygote.await_ready` does.
    OSError
        No process can be started.
    """
    ours, theirs = socket.socketpair()
    reader, writer = os.pipe()
    with open(reader, "rb") as read, open(writer, "wb") as write:
        with theirs:
            zygote = Zygote(_spawned(read.fileno(), theirs.fileno()), ours)
        read.close()
        try:
            with _lives():
                pickle.dump((settings, dataset.is_disjoint), write)
                dataset.dump(write, form=pyoxigraph.RdfFormat.N_QUADS)
                write.close()
            zygote.await_ready()
        except BaseException:
            zygote.close(kill=True)
            raise
    return zygote


def _spawned(data: int, control: int) -> int:
    """Start an interpreter that gets two descriptors and finds modules as this one does."""
    given = [(os.POSIX_SPAWN_DUP2, data, _DATA), (os.POSIX_SPAWN_DUP2, control, _CONTROL)]
    command = [sys.executable, "-I", "-c", _FRESH.format(path=sys.path)]
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=given, setsigmask=())


def be_fresh() -> NoReturn:
    """Be the zygote of `start_fresh`: data on standard input, the control socket beside it."""
    control = socket.socket(fileno=_CONTROL)
    control.set_inheritable(False)
    settings, is_disjoint = pickle.load(sys.stdin.buffer)

    def load() -> Dataset:
        engine = pyoxigraph.Store()
        engine.bulk_extend(pyoxigraph.parse(sys.stdin.buffer, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True))
        return Dataset(engine, is_disjoint=is_disjoint)

    _run_and_exit(lambda: _Parent(control, settings).serve(load))


def _run_and_exit(task: Callable[[], None]) -> NoReturn:
    """Run the life of a forked process; whatever happens, it never goes on in its parent's code."""
    status = 1
    try:
        task()
        status = 0
    except BrokenPipeError:
        status = 0  # the other side has ended: so does this one
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


class _Parent:
    """The life of the zygote itself."""

    def __init__(self, control: socket.socket, settings: Settings) -> None:
        self._control = control
        self._settings = settings
        self._workers: set[int] = set()
        self._dataset = Dataset(pyoxigraph.Store())
        for number in (signal.SIGINT, signal.SIGTERM):  # sent to all at once: queries under way are to be answered
            signal.signal(number, signal.SIG_IGN)

    def serve(self, load: Load) -> None:
        self._load(load)
        answers = {SPAWN: self._spawn, REAP: self._reap, LOAD: self._reload}
        try:
            while True:
                kind, payload = wire.receive(self._control)
                answers[kind](payload)
        except EOFError:
            self._end_all()

    def _reload(self, pickled: bytes) -> None:
        self._load(pickle.loads(pickled))

    def _load(self, load: Load) -> None:
        try:
            self._dataset = load()
            self._dataset.prepare()
        except (GraphError, OSError, SyntaxError, ValueError) as error:
            wire.send(self._control, wire.FAULT, str(error).encode())
            return
        gc.collect()
        gc.freeze()  # workers share these pages: a collection in one would copy them
        wire.send(self._control, READY)

    def _spawn(self, _: bytes) -> None:
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            self._control.close()
            ours.close()
            _run_and_exit(lambda: self._be_worker(parent, theirs))
        self._workers.add(pid)
        socket.send_fds(self._control, [NUMBER.pack(pid)], [ours.fileno()])
        ours.close()
        theirs.close()

    def _be_worker(self, parent: int, sock: socket.socket) -> None:
        die_with_parent(parent)
        work(self._dataset, sock, self._settings)

    def _reap(self, payload: bytes) -> None:
        pid = NUMBER.unpack(payload)[0]
        _, status = os.waitpid(pid, 0)
        self._workers.discard(pid)
        self._control.sendall(NUMBER.pack(status))

    def _end_all(self) -> None:
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)
        for pid in self._workers:
            os.waitpid(pid, 0)
