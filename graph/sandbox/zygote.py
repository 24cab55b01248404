"""The parent of all workers: it holds the data, has one thread, and does nothing but fork.

A process with threads must not fork, so the web process asks this one for workers, over the control
socket: SPAWN is answered by a worker's pid with its socket as a passed descriptor, REAP by the wait
status of a worker that has ended, LOAD by READY when other data are in place. Workers are waited for only
on REAP: until then the web process may send signals to the pid and cannot hit a stranger.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import NoReturn

import pyoxigraph

from graph.errors import GraphError
from graph.sandbox import wire
from graph.sandbox.worker import die_with_parent, work
from graph.settings import Settings
from graph.sparql.engines.dataset import Dataset

__all__ = ["LOAD", "NUMBER", "READY", "REAP", "SPAWN", "start"]

SPAWN, REAP, LOAD, READY = b"S", b"R", b"L", b"O"
NUMBER = struct.Struct("!i")

Load = Callable[[], Dataset]


def start(load: Load, settings: Settings) -> tuple[int, socket.socket]:
    """Fork the zygote; the caller must have one thread only.

    Returns
    -------
    tuple of (int, socket)
        Pid and control socket. READY arrives when the data are loaded, FAULT when they cannot be. The zygote
        ends its workers and itself when the control socket closes, as it does when the caller dies.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    ours.close()
    _run_and_exit(lambda: _Zygote(theirs, settings).serve(load))


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


class _Zygote:
    def __init__(self, control: socket.socket, settings: Settings) -> None:
        self._control = control
        self._settings = settings
        self._workers: set[int] = set()
        self._dataset = Dataset(pyoxigraph.Store())
        for number, action in ((signal.SIGINT, signal.SIG_IGN), (signal.SIGTERM, signal.SIG_DFL)):
            signal.signal(number, action)

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
