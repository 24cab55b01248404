"""Messages between the web process and the processes of the sandbox: frames over Unix sockets.

A frame is one byte of kind, four bytes of length (network order) and the payload. Payloads from a worker are
words, JSON or answer bytes and never Python objects: a worker is not trusted after it has run a query.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

__all__ = [
    "DATA",
    "END",
    "FAULT",
    "HEAD",
    "QUERY",
    "WHOLE",
    "Frames",
    "exactly",
    "frame",
    "has_hung_up",
    "receive",
    "send",
    "send_json",
    "wait",
]

QUERY, WHOLE, HEAD, DATA, FAULT, END = b"Q", b"W", b"H", b"D", b"F", b"E"
_PREFIX = struct.Struct("!cI")
_FIRST_READ_BYTES, _READ_BYTES = 2**14, 2**18  # most answers fit into the first, which costs less to make room for
_TIME = struct.Struct("@ll")  # a timeval


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Make the bytes of one frame."""
    return _PREFIX.pack(kind, len(payload)) + payload


def send(sock: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Send one frame; blocks until the other side has room."""
    sock.sendall(frame(kind, payload))


def send_json(sock: socket.socket, kind: bytes, message: Any) -> None:
    """Send one frame with a JSON payload."""
    send(sock, kind, json.dumps(message).encode())


def receive(sock: socket.socket) -> tuple[bytes, bytes]:
    """Receive one frame.

    Raises
    ------
    EOFError
        The other side is gone.
    TimeoutError
        The socket has a timeout and it has passed.
    """
    kind, length = _PREFIX.unpack(exactly(sock, _PREFIX.size))
    return kind, exactly(sock, length)


def exactly(sock: socket.socket, size: int) -> bytes:
    """Receive `size` bytes; raises as `receive` does."""
    parts: list[bytes] = []
    while size:
        try:
            part = sock.recv(min(size, 2**20))
        except ConnectionResetError:
            part = b""
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class Frames:
    """The frames that come from a socket, read as many at once as are there.

    Parameters
    ----------
    soon_s
        Seconds that `fill` waits inside one call of the system; 0 for as long as it takes. A thread that waits
        in recv() is woken in half the time of one that waits in poll().
    """

    def __init__(self, sock: socket.socket, soon_s: float = 0.0) -> None:
        self._sock = sock
        self._kept = b""
        if soon_s:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _TIME.pack(0, int(soon_s * 1e6)))

    def fill(self) -> None:
        """Receive what is there; wait for it at most as long as was said.

        Raises
        ------
        EOFError
            The other side is gone.
        """
        try:
            part = self._sock.recv(_READ_BYTES if self._kept else _FIRST_READ_BYTES)
        except BlockingIOError:  # nothing came in time
            return
        except ConnectionResetError:
            part = b""
        if not part:
            raise EOFError
        self._kept = self._kept + part if self._kept else part

    def take(self) -> tuple[bytes, bytes] | None:
        """Take the next frame; None when it is not here as a whole."""
        kept = self._kept
        if len(kept) < _PREFIX.size:
            return None
        kind, length = _PREFIX.unpack_from(kept)
        end = _PREFIX.size + length
        if len(kept) < end:
            return None
        self._kept = kept[end:]
        return kind, kept[_PREFIX.size : end]


def wait(sock: socket.socket, until: float) -> bool:
    """Wait until there is something to receive, or the end, or `until` on the monotonic clock."""
    poll = select.poll()  # not select(): its descriptors end at 1024
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(max(0.0, (until - time.monotonic()) * 1000)))


def has_hung_up(sock: socket.socket, timeout_s: float = 0.0) -> bool:
    """Whether the process at the other side has let go of the socket; wait for it at most `timeout_s`."""
    poll = select.poll()
    poll.register(sock, 0)
    return bool(poll.poll(timeout_s * 1000))
