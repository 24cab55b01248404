"""Keeps clients that read an answer slowly from taking all threads of the server.

The server takes the pieces of an answer in a thread that waits for the reader, without a limit. Here short
answers become one piece, which needs no waiting, and long ones have a number of places and a least speed.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from webapp.server.refusal import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["SlowReaders"]

PIECE_BYTES = 256 * 1024
GRACE_S, LEAST_BYTES_PER_S = 20.0, 16 * 1024


class SlowReaders:
    """WSGI middleware that gives out what the application answers; safe for threads.

    Parameters
    ----------
    application
        What answers.
    places
        Long answers that may be under way at once; one client gets a half of them.
    clock
        Seconds that go on.
    """

    def __init__(
        self, application: WSGIApplication, *, places: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._application = application
        self._places, self._clock = places, clock
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer; give it out in one piece, in pieces, or not at all."""
        begun: list[Any] = []

        def begin(*head: Any) -> Callable[[bytes], object]:
            begun[:] = head
            return lambda _: None

        answer = self._application(environ, begin)
        if isinstance(answer, tuple | list) and sum(map(len, answer)) <= PIECE_BYTES:
            start_response(*begun)
            return [b"".join(answer)]
        pieces = _Pieces(answer)
        first = pieces.take()
        if pieces.is_over:
            start_response(*begun)
            return [first]
        client = environ.get("REMOTE_ADDR", "")
        if not self._enter(client):
            pieces.close()
            text = "Too many long answers are being read at this moment; please ask again in a minute."
            return refuse(start_response, "503 Service Unavailable", text)
        start_response(*begun)
        return _Delivery(first, pieces, self._clock, lambda: self._leave(client))

    def _enter(self, client: str) -> bool:
        with self._lock:
            if self._under_way.total() >= self._places or self._under_way[client] >= max(1, self._places // 2):
                return False
            self._under_way[client] += 1
            return True

    def _leave(self, client: str) -> None:
        with self._lock:
            self._under_way[client] -= 1
            if not self._under_way[client]:
                del self._under_way[client]


class _Pieces:
    """An answer of the application in pieces of `PIECE_BYTES` to twice as much; the last may be smaller."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self._answer = answer
        self._iterator = _slices(answer)
        self.is_over = False

    def take(self) -> bytes:
        taken, size = [], 0
        while size < PIECE_BYTES:
            piece = next(self._iterator, None)
            if piece is None:
                self.close()
                break
            taken.append(piece)
            size += len(piece)
        return b"".join(taken)

    def close(self) -> None:
        self.is_over = True
        close = getattr(self._answer, "close", None)
        if close is not None:
            close()


def _slices(answer: Iterable[bytes]) -> Iterator[bytes]:
    """Cut big pieces, which the server would hold as a whole for every reader."""
    for piece in answer:
        for start in range(0, len(piece), PIECE_BYTES):
            yield piece if len(piece) <= PIECE_BYTES else piece[start : start + PIECE_BYTES]


class _Delivery:
    """A long answer under way; it breaks off below the least speed, before its length, so that clients see it."""

    def __init__(self, first: bytes, pieces: _Pieces, clock: Callable[[], float], leave: Callable[[], None]) -> None:
        self._next, self._pieces, self._clock, self._leave = first, pieces, clock, leave
        self._begun, self._given = clock(), 0
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        elapsed = self._clock() - self._begun
        if not self._next or (elapsed > GRACE_S and self._given < elapsed * LEAST_BYTES_PER_S):
            raise StopIteration
        piece = self._next
        self._next = b"" if self._pieces.is_over else self._pieces.take()
        self._given += len(piece)
        return piece

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._pieces.close()
            self._leave()
