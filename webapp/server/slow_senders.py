"""Keeps clients that send a body slowly from taking all threads of the server.

The server hands a request over as soon as its headers are there, so that reading the body waits for the
sender, in a thread and without a limit. Here the number of those who wait is limited, and who is late is cut.
"""

from __future__ import annotations

import io
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from webapp.server.refusal import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["SlowSenders"]

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
        """Read the body, or refuse it; then let the application answer."""
        client = environ.get("REMOTE_ADDR", "")
        declared = int(environ.get("CONTENT_LENGTH") or 0)
        if declared > DISCARDED_BYTES:
            return self._too_long(start_response)
        if declared or "HTTP_TRANSFER_ENCODING" in environ:
            body = self._enter(client)
            if body is None:
                text = "Too many requests are being sent at this moment; please ask again in a minute."
                return refuse(start_response, "503 Service Unavailable", text)
            content = self._read(environ["wsgi.input"], body)
            if body.is_late:
                text = f"The body of the request did not arrive within {self._timeout_s:g} s."
                return refuse(start_response, "408 Request Timeout", text)
            if len(content) > self._max_bytes:
                return self._too_long(start_response)
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

    def _too_long(self, start_response: StartResponse) -> Iterable[bytes]:
        text = f"The body of the request is longer than {self._max_bytes // 1024} kB."
        return refuse(start_response, "413 Content Too Large", text)
