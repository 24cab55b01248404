"""One request to a server that is a stranger: it has one deadline and a limit of bytes, and leads nowhere else.

What comes may be slow, endless, compressed or cut. Each step gets the time that is left, not a time of its own, and
bytes are counted before anything looks at them.

References
----------
RFC 9110, sections 8.4 (Content-Encoding), 15.4 (redirection) and 15.6 (server errors); RFC 9112, section 8 (incomplete
messages); RFC 6454, section 4 (origin); RFC 7617 (Basic), RFC 6750, section 2.1 (Bearer).
"""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from graph.errors import SettingsError, StoreError, StoreTimeout

__all__ = ["AnswerTooLarge", "Bounds", "Credentials", "exchange", "one_line", "read_body"]

MOST_REDIRECTS = 3
_REPEATED, _SEE_OTHER = (301, 302, 307, 308), 303
_KEPT = ("Accept", "Authorization", "User-agent")  # of the headers of a request with a body, for one without
_PIECE = 2**16
_HEAD_BYTES = 2**20  # of all headers, interim answers and marks of chunks, beside the body and as many bytes again
_SENT_BYTES = 2**14  # written at once: what a TLS record holds


class AnswerTooLarge(StoreError):
    """An answer has more bytes than are accepted."""


class Bounds:
    """What an exchange may take from now on: seconds, to its last byte, and bytes of the body of the answer."""

    def __init__(self, timeout_s: float, max_bytes: int) -> None:
        self.timeout_s, self.max_bytes = timeout_s, max_bytes
        self._end = monotonic() + timeout_s

    def left_s(self) -> float:
        """Seconds that are left.

        Raises
        ------
        TimeoutError
            None are.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True)
class Credentials:
    """What a server is told of who asks; nothing of it is ever shown."""

    user: str = ""
    secret: str = field(default="", repr=False)

    @classmethod
    def read(cls, file: Path) -> Credentials:
        """Read a file of one line: ``user:password``, or ``Bearer token``.

        Raises
        ------
        SettingsError
            The file cannot be read, or holds neither; the text names the file and nothing of what is in it.
        """
        try:
            line = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            raise SettingsError(f"{file}: the credentials of the store cannot be read: {reason}") from None
        scheme, _, token = line.partition(" ")
        user, colon, password = line.partition(":")
        if not line.isprintable():
            raise SettingsError(f"{file}: holds more than one line; credentials are one, user:password or Bearer TOKEN")
        if scheme.lower() == "bearer" and token.strip().isascii():
            return cls("", token.strip())
        if colon and user and password:
            return cls(user, password)
        raise SettingsError(f"{file}: holds no credentials; write one line, user:password or Bearer TOKEN")

    def hidden(self, text: str) -> str:
        """Give a text of the server without the secret, which it may have repeated."""
        return text.replace(self.secret, "…") if self.secret else text


def exchange(request: Request, bounds: Bounds) -> HTTPResponse:
    """Send a request and return the answer, whatever its status, with its body still to be read by `read_body`.

    A redirect is followed within the origin of the request: there the same request is sent again.

    Raises
    ------
    StoreTimeout
        The deadline has passed.
    StoreError
        The server cannot be reached, leads elsewhere or round in a circle, or does not speak HTTP.
    """
    opener = _opener(bounds)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            response: HTTPResponse = opener.open(request)
            if response.status not in (*_REPEATED, _SEE_OTHER):
                return response
            response.close()
            request = _led_on(request, response)
    except (HTTPException, OSError, ValueError) as error:
        raise _failure(error, bounds) from error
    raise StoreError(f"the SPARQL endpoint does not answer: it leads on more than {MOST_REDIRECTS} times")


def read_body(response: HTTPResponse, bounds: Bounds) -> bytes:
    """Read the body of an answer, all of it.

    Raises
    ------
    StoreTimeout
        The deadline has passed.
    AnswerTooLarge
        It is larger than the bounds; no more than these were read.
    StoreError
        It ends before its end, or is compressed, which was not asked for.
    """
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in ("", "identity"):
        raise StoreError(f"the answer of the SPARQL endpoint is compressed ({coding[:40]!r}), which was not asked for")
    announced = response.length
    pieces, size = [], 0
    try:
        with response:
            while size <= bounds.max_bytes and (announced or 0) <= bounds.max_bytes:
                piece = response.read(_PIECE)
                if not piece:
                    break
                pieces.append(piece)
                size += len(piece)
            else:
                raise AnswerTooLarge(f"the answer of the SPARQL endpoint is larger than {bounds.max_bytes:,} bytes")
    except (HTTPException, OSError, ValueError) as error:
        raise _failure(error, bounds) from error
    if announced is not None and size < announced:
        raise StoreError(f"the answer of the SPARQL endpoint broke off after {size:,} of {announced:,} bytes")
    return b"".join(pieces)


def one_line(text: str) -> str:
    """Give words of a stranger as a line that can be printed, cut after 400 characters."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:400]


def _led_on(request: Request, response: HTTPResponse) -> Request:
    """Make the request that a redirect asks for."""
    target = urljoin(request.full_url, response.headers.get("Location", ""))
    if _origin(target) != _origin(request.full_url):
        raise StoreError(
            f"the SPARQL endpoint leads on to another server, {one_line(target)}, which is not followed; "
            "if that one is meant, set its address"
        )
    if response.status == _SEE_OTHER:
        return Request(target, headers={name: request.headers[name] for name in _KEPT if name in request.headers})
    return Request(target, request.data, request.headers)


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _failure(error: Exception, bounds: Bounds) -> StoreError:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return StoreTimeout(f"the SPARQL endpoint did not answer in {bounds.timeout_s:g} s")
    if isinstance(reason, IncompleteRead):
        return StoreError("the answer of the SPARQL endpoint broke off before its end")
    return StoreError(f"the SPARQL endpoint did not answer: {one_line(str(reason)) or type(reason).__name__}")


def _opener(bounds: Bounds) -> OpenerDirector:
    """Make what opens http and https alone, through the proxies of the environment, and follows nothing."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), _Plain(bounds), _Secure(bounds)):
        opener.add_handler(handler)
    return opener


class _Plain(HTTPHandler):
    def __init__(self, bounds: Bounds) -> None:
        super().__init__()
        self._bounds = bounds

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Connection, bounds=self._bounds), req)


class _Secure(HTTPSHandler):
    def __init__(self, bounds: Bounds) -> None:
        super().__init__()
        self._bounds = bounds

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_SecureConnection, bounds=self._bounds), req)


class _Connection(HTTPConnection):
    """A connection each step of which gets the time that is left."""

    def __init__(self, host: str, *, bounds: Bounds, **more: Any) -> None:
        super().__init__(host, **more)
        self._bounds = bounds
        vars(self)["response_class"] = partial(_Response, bounds=bounds)
        vars(self)["_create_connection"] = partial(_connected, bounds)

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        for start in range(0, len(data), _SENT_BYTES):
            self.sock.settimeout(self._bounds.left_s())
            super().send(data[start : start + _SENT_BYTES])


class _SecureConnection(_Connection, HTTPSConnection):
    """The same with TLS."""


class _Response(HTTPResponse):
    def __init__(self, sock: socket.socket, *more: Any, bounds: Bounds, **named: Any) -> None:
        super().__init__(sock, *more, **named)
        self.fp = io.BufferedReader(_Counted(self.fp.detach(), sock, bounds), _PIECE)


class _Counted(io.RawIOBase):
    """Bytes from a socket, as many and as long as the bounds allow."""

    def __init__(self, source: io.RawIOBase, sock: socket.socket, bounds: Bounds) -> None:
        self._source, self._socket, self._bounds = source, sock, bounds
        self._left = 2 * bounds.max_bytes + _HEAD_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._bounds.left_s())
        count = self._source.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise AnswerTooLarge(f"the answer of the SPARQL endpoint is larger than {self._bounds.max_bytes:,} bytes")
        return int(count or 0)

    def close(self) -> None:
        super().close()
        self._source.close()


def _connected(bounds: Bounds, address: tuple[str, int], *_: object) -> socket.socket:
    """Connect to the first address of a name that takes it."""
    failure: OSError = OSError("the name of the server leads to no address")
    for family, kind, protocol, _name, place in _found(bounds, *address):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(bounds.left_s())
            connection.connect(place)
            connection.settimeout(bounds.left_s())  # for the greeting of TLS
            return connection
        except OSError as error:
            connection.close()
            failure = error
    raise failure


def _found(bounds: Bounds, host: str, port: int) -> list[Any]:
    """Look a name up in a thread of its own: the system gives it no deadline."""
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else OSError(f"{host[:200]!r} is no name of a server"))

    thread = Thread(target=look_up, name="name of the store", daemon=True)
    thread.start()
    thread.join(bounds.left_s())
    if not found:
        raise TimeoutError
    if isinstance(found[0], OSError):
        raise found[0]
    return list(found[0])
