"""Keeps clients that read an answer slowly from taking all threads of the server.

The server takes the pieces of an answer in a thread that waits for the reader, without a limit. Here short
answers become one piece, which needs no waiting, and long ones have a number of places and a least speed.

Who is refused is so by an error of HTTP, for `webapp.server.connections.Honest` around all to tell in words.
"""

from __future__ import annotations

import io
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout, ServiceUnavailable

__all__ = ["SlowReaders", "SlowSenders"]

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


PIECE_BYTES = 256 * 1024
GRACE_S, LEAST_BYTES_PER_S = 20.0, 16 * 1024
AGAIN_S = 60  # when places may be free again


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
        """Let the application answer; give it out in one piece or in pieces.

        Raises
        ------
        ServiceUnavailable
            No place is free for a long answer.
        """
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
            raise ServiceUnavailable(retry_after=AGAIN_S)
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


if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment


DISCARDED_BYTES = 32 * 2**20  # of a body that is too long: who still sends when answered may not see the answer


@dataclass(eq=False)
class _Body:
    """A body under way."""

    client: str
    begun: float = field(default_factory=time.monotonic)
    is_late: bool = False


class SlowSenders:
    """WSGI middleware that reads bodies of requests before the application; safe for threads.

    Parameters
    ----------
    application
        What answers; it finds the whole body in memory.
    places
        Bodies that may be waited for at once; those of one client may be a half of it.
    timeout_s, max_bytes
        Limits of one body.
    cut
        Ends what a client sends on connections to which nothing was sent for so many seconds.
    """

    def __init__(
        self,
        application: WSGIApplication,
        *,
        places: int,
        timeout_s: float,
        max_bytes: int,
        cut: Callable[[str, float], object],
    ) -> None:
        self._application = application
        self._places, self._timeout_s, self._max_bytes, self._cut = places, timeout_s, max_bytes, cut
        self._bodies: list[_Body] = []
        self._answering: defaultdict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Read the body, then let the application answer.

        Raises
        ------
        RequestEntityTooLarge, RequestTimeout, ServiceUnavailable
            The body is too long, late, or finds no place.
        """
        client = environ.get("REMOTE_ADDR", "")
        declared = int(environ.get("CONTENT_LENGTH") or 0)
        if declared > DISCARDED_BYTES:
            raise RequestEntityTooLarge(f"> {self._max_bytes // 1024} kB")
        if declared or "HTTP_TRANSFER_ENCODING" in environ:
            body = self._enter(client)
            if body is None:
                raise ServiceUnavailable(retry_after=AGAIN_S)
            content = self._read(environ["wsgi.input"], body)
            if body.is_late:
                raise RequestTimeout
            if len(content) > self._max_bytes:
                raise RequestEntityTooLarge(f"> {self._max_bytes // 1024} kB")
            environ["wsgi.input"] = io.BytesIO(content)
        return self._answer(client, environ, start_response)

    def cut_late(self) -> None:
        """Cut the senders that are past the time limit; to be called again and again, from another thread.

        Notes
        -----
        The server does not tell which connection a request came by. It is one of its client to which nothing
        has been sent since; so clients for whom the application works at this moment have to wait.
        """
        with self._lock:
            before = time.monotonic() - self._timeout_s
            late = [body for body in self._bodies if body.begun <= before and body.client not in self._answering]
            for body in late:
                body.is_late = True
        for client in {body.client for body in late}:
            self._cut(client, self._timeout_s)

    def _enter(self, client: str) -> _Body | None:
        with self._lock:
            own = sum(body.client == client for body in self._bodies)
            if len(self._bodies) >= self._places or own >= max(1, self._places // 2):
                return None
            self._bodies.append(body := _Body(client))
            return body

    def _read(self, stream: InputStream, body: _Body) -> bytes:
        try:
            content = stream.read(self._max_bytes + 1)
            discarded = 0
            while len(content) > self._max_bytes and discarded < DISCARDED_BYTES and (piece := stream.read(2**16)):
                discarded += len(piece)
            return content
        finally:
            with self._lock:
                self._bodies.remove(body)

    def _answer(self, client: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._lock:
            self._answering[client] += 1
        try:
            return self._application(environ, start_response)
        finally:
            with self._lock:
                self._answering[client] -= 1
                if not self._answering[client]:
                    del self._answering[client]
