"""Messages between the web process and the processes of the sandbox: frames over Unix sockets.

A frame is one byte of kind, four bytes of length (network order) and the payload. Payloads are JSON or
answer bytes and never pickles from a worker: a worker is not trusted after it has run a query.
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
    "exactly",
    "hang_up",
    "receive",
    "send",
    "send_json",
    "wait",
]

QUERY, HEAD, DATA, FAULT, END = b"Q", b"H", b"D", b"F", b"E"
_PREFIX = struct.Struct("!cI")


def send(sock: socket.socket, kind: bytes, payload: bytes = b"") -> None:
    """Send one frame; blocks until the other side has room."""
    sock.sendall(_PREFIX.pack(kind, len(payload)) + payload)


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


def wait(sock: socket.socket, until: float) -> bool:
    """Wait until there is something to receive, or the end, or `until` on the monotonic clock."""
    poll = select.poll()  # not select(): its descriptors end at 1024
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(max(0.0, (until - time.monotonic()) * 1000)))


def hang_up(sock: socket.socket, timeout_s: float) -> None:
    """Wait until the process at the other side has let go of the socket, at most `timeout_s`."""
    poll = select.poll()
    poll.register(sock, 0)
    poll.poll(timeout_s * 1000)
