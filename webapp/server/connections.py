"""Limits on connections that the server has no settings for.

The server waits for ever for a body that does not come and for a reader that does not read. So connections
to which nothing has been sent for too long can be cut, by way of the descriptors of this process.
"""

from __future__ import annotations

import io
import logging
import os
import re
import resource
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.exceptions import BadRequest

from graph.sandbox.running import Running
from webapp.request import open_access
from webapp.request.errors import REFUSAL

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Honest", "allow_connections", "cancel_unwanted", "cut", "repeat"]

logger = logging.getLogger(__name__)

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+;=%-]+)(?::\d*)?")
_OTHER_DESCRIPTORS = 256
_DESCRIPTORS = Path("/proc/self/fd")
_IS_LINUX = sys.platform == "linux"
_LASTING_S = 1.0  # of a query, before a look at whether its client is still there
_ESTABLISHED = 1  # first byte of struct tcp_info of Linux, from net/tcp_states.h
_LAST_DATA_SENT = struct.Struct("=44xI")  # in struct tcp_info of Linux: milliseconds; at first since the beginning


def allow_connections(most: int) -> int:
    """Raise the limit of descriptors as far as needed and allowed.

    Returns
    -------
    int
        Connections that this process, and what it forks, may hold; at most `most`.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + _OTHER_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return most if soft == resource.RLIM_INFINITY else max(64, min(most, soft - _OTHER_DESCRIPTORS))


def repeat(name: str, *tasks: Callable[[], object]) -> None:
    """Do something twice a second in a thread of a name, as long as the process lives and whatever goes wrong."""

    def run() -> None:
        while True:
            time.sleep(0.5)
            for task in tasks:
                try:
                    task()
                except Exception:
                    logger.exception("%s are not looked after at this moment", name)

    threading.Thread(target=run, name=name, daemon=True).start()


def cut(port: int, silence_s: float, client: str = "", how: int = socket.SHUT_RDWR) -> int:
    """Cut the connections to `port` of this process to which nothing has been sent for `silence_s`; Linux only.

    Parameters
    ----------
    client
        Address of those that are meant; empty for all.
    how
        ``socket.SHUT_RD`` leaves a way for an answer.

    Returns
    -------
    int
        How many were cut; closing is left to who opened them.
    """
    count = 0
    for connection in _connections(port, client):
        with connection:
            info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAST_DATA_SENT.size)
            if _LAST_DATA_SENT.unpack(info)[0] >= silence_s * 1000:
                count += _shut_down(connection, how)
    return count


def cancel_unwanted(running: Running, port: int) -> None:
    """End the lasting queries of clients that hold no connection to `port` any more; Linux only.

    Notes
    -----
    The server does not tell by which connection a query came. So a query goes on while its client holds another
    one, until its time limit at the latest.
    """
    for client in running.clients(_LASTING_S) if _IS_LINUX else ():
        if not _is_there(port, client):
            running.cancel(client)


def _is_there(port: int, client: str) -> bool:
    is_established = False
    for connection in _connections(port, client):
        with connection:
            is_established |= connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == _ESTABLISHED
    return is_established


def _shut_down(connection: socket.socket, how: int) -> bool:
    try:
        connection.shutdown(how)
    except OSError:  # the client was faster
        return False
    return True


def _connections(port: int, client: str) -> Iterator[socket.socket]:
    """Give copies of the TCP sockets of this process that are connected to its `port`."""
    for name in os.listdir(_DESCRIPTORS) if _IS_LINUX else ():
        connection = _copy(int(name))
        if connection is None:
            continue
        if connection.family in (socket.AF_INET, socket.AF_INET6) and _is_connected(connection, port, client):
            yield connection
        else:
            connection.close()


def _copy(descriptor: int) -> socket.socket | None:
    """Copy a socket; None when the descriptor is none, or closed by now."""
    try:
        copied = os.dup(descriptor)
    except OSError:
        return None
    try:
        return socket.socket(fileno=copied)
    except OSError:
        os.close(copied)
        return None


def _is_connected(connection: socket.socket, port: int, client: str) -> bool:
    try:
        peer = connection.getpeername()[0]
        return connection.getsockname()[1] == port and client in ("", peer)
    except OSError:
        return False


class Honest:
    """WSGI middleware: whatever goes wrong is answered in words, and a request must say which host it is for.

    Parameters
    ----------
    application
        What answers.
    errors
        The application of the pages, which answers in the language and the form that was asked for; see
        `webapp.request.errors.REFUSAL`.

    References
    ----------
    RFC 9112, section 3.2 (a request of HTTP/1.1 without Host, with two, or with a wrong one gets 400). The server joins
    two by a comma, and gives no host as an empty one.
    """

    def __init__(self, application: WSGIApplication, errors: WSGIApplication) -> None:
        self._application, self._errors = application, errors

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not _HOST.fullmatch(environ.get("HTTP_HOST", "")) and environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
            text = "A request of HTTP/1.1 must name the host that it is for, once, in the field Host."
            return self._told(BadRequest(text), environ, start_response)
        try:
            return self._application(environ, start_response)
        except Exception as error:
            return self._told(error, environ, start_response)

    def _told(self, error: Exception, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            told = {"CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO(), REFUSAL: error}
            return self._errors({**environ, **told}, start_response)
        except Exception:
            logger.exception("an error cannot be told in the form of the pages")
            return _refuse(start_response, "500 Internal Server Error", "Something went wrong on our side; try again.")


def _refuse(start_response: StartResponse, status: str, text: str) -> Iterable[bytes]:
    """Answer a request with a status and a line of plain text."""
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("X-Content-Type-Options", "nosniff"),
        open_access.ORIGIN,
    ]
    start_response(status, headers)
    return [body]
