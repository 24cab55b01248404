"""A SPARQL endpoint that answers from a store, or misbehaves in a way that it is told; it counts what it could send."""

from __future__ import annotations

import gzip
import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pyoxigraph as ox

from graph.sparql.engines.memory import MemoryStore
from graph.sparql.writing import serialize, write_results

__all__ = ["MISBEHAVIOURS", "Stranger", "stranger"]

JSON = "application/sparql-results+json"
BOOLEAN = b'{"head":{},"boolean":true}'
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
Send = Callable[[bytes], None]


@dataclass
class Stranger:
    """What the endpoint does, and what came of it.

    Attributes
    ----------
    manner : str
        A key of `MISBEHAVIOURS`; "" to answer.
    sent : int
        Bytes that went out in all.
    requests : list of (str, dict, str)
        Request line, headers and body of each request.
    waiting : threading.Semaphore
        Released when a request has come.
    ended : threading.Event
        Set when whoever goes on for ever may stop.
    """

    store: MemoryStore
    port: int = 0
    manner: str = ""
    elsewhere: str = ""
    sent: int = 0
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/query"


def head(status: str = "200 OK", media_type: str = JSON, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", "Connection: close"]
    return "\r\n".join([*lines, *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()), "", ""]).encode()


def whole(body: bytes, status: str = "200 OK", media_type: str = JSON, **headers: str) -> Callable[..., None]:
    def send(_it: Stranger, out: Send) -> None:
        out(head(status, media_type, Content_Length=str(len(body)), **headers) + body)

    return send


def pieces(*parts: bytes) -> Callable[..., None]:
    def send(_it: Stranger, out: Send) -> None:
        for part in parts:
            out(part)

    return send


def silent(it: Stranger, _out: Send) -> None:
    it.ended.wait()


def dripping(begin: bytes, drop: bytes) -> Callable[..., None]:
    def send(it: Stranger, out: Send) -> None:
        out(begin)
        while not it.ended.wait(0.05):
            out(drop)

    return send


def endless(begin: bytes, flood: bytes) -> Callable[..., None]:
    def send(it: Stranger, out: Send) -> None:
        out(begin)
        while not it.ended.is_set():
            out(flood)

    return send


def bomb() -> bytes:
    """Make a megabyte that is a gigabyte when it is read as it asks to be."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as file:
        for _ in range(1024):
            file.write(bytes(2**20))
    return packed.getvalue()


def elsewhere(it: Stranger, out: Send) -> None:
    out(head("307 Temporary Redirect", "text/plain", Location=it.elsewhere, Content_Length="0"))


LOOP = head("302 Found", "text/plain", Location="/query", Content_Length="0")
HTML = b"<html><body><h1>Welcome</h1><script>alert(1)</script></body></html>"
CHUNKED = head(Transfer_Encoding="chunked")
WRONG_SHAPES = {
    "a list": b"[]",
    "no results": b'{"head":{"vars":["s"]}}',
    "an unknown variable": b'{"head":{"vars":["s"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:x:a"}}]}}',
    "an unknown kind": b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"thing","value":"a"}}]}}',
    "no value": b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri"}}]}}',
    "no IRI": b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"not an IRI"}}]}}',
    "deep brackets": b'{"head":{"vars":["s"]},"results":{"bindings":' + b"[" * 100_000,
}
# What it does -> how, and a word of what is said of it.
MISBEHAVIOURS: dict[str, tuple[Callable[..., None], str]] = {
    "no first byte": (silent, "did not answer in"),
    "no end of headers": (dripping(b"HTTP/1.1 200 OK\r\nX-A: ", b"a"), "did not answer in"),
    "a byte now and then": (dripping(head(Content_Length="1000000"), b" "), "did not answer in"),
    "interim answers for ever": (dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "did not answer in"),
    "endless without length": (endless(head(), b" " * 2**16), "larger than"),
    "endless in chunks": (endless(CHUNKED, b"10000\r\n" + b" " * 2**16 + b"\r\n"), "larger than"),
    "endless in tiny chunks": (endless(CHUNKED, b"1\r\n \r\n" * 2**13), "larger than"),
    "endless mark of a chunk": (endless(CHUNKED, b"1;" + b"a" * 2**16), "did not answer"),
    "endless trailers": (endless(CHUNKED + b"0\r\n", b"X-A: a\r\n" * 2**13), "larger than"),
    "endless interim answers": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2**10), "larger than"),
    "HTML": (whole(HTML, media_type="text/html"), "answers with text/html"),
    "HTML called JSON": (whole(HTML), "cannot be read"),
    "garbage": (whole(bytes(range(256)) * 8), "cannot be read"),
    "nothing": (whole(b""), "cannot be read"),
    "another media type": (whole(BOOLEAN, media_type="application/octet-stream"), "application/octet-stream"),
    "no media type": (pieces(b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n" + BOOLEAN), "answers with text/plain"),
    "a huge length": (endless(head(Content_Length=str(2**50)), b" " * 2**16), "larger than"),
    "a bomb": (whole(bomb(), Content_Encoding="gzip"), "compressed ('gzip')"),
    "leads elsewhere": (elsewhere, "leads on to another server"),
    "leads to a file": (whole(b"", "302 Found", "text/plain", Location="file:///etc/passwd"), "another server"),
    "leads nowhere": (whole(b"", "302 Found", "text/plain", Location="http://[::"), "did not answer"),
    "a circle": (pieces(LOOP), "leads on more than 3 times"),
    "dies in the middle": (pieces(head(Content_Length="1000") + BOOLEAN), "broke off after 26 of 1,000"),
    "dies in a chunk": (pieces(CHUNKED + b"1000\r\n" + BOOLEAN), "broke off"),
    "dies before a chunk": (pieces(CHUNKED + b"1A\r\n" + BOOLEAN + b"\r\n"), "broke off"),
    "a chunk of no number": (pieces(CHUNKED + b"zz\r\n" + BOOLEAN), "broke off"),
    "a cut answer without length": (pieces(head() + ROWS[:-9]), "cannot be read"),
    "closes": (pieces(b""), "did not answer"),
    "no HTTP": (pieces(b"220 mail.example ESMTP\r\n"), "did not answer"),
    "another HTTP": (pieces(b"HTTP/9.9 200 OK\r\n\r\n"), "did not answer"),
    "too many headers": (pieces(b"HTTP/1.1 200 OK\r\n" + b"X-A: a\r\n" * 500 + b"\r\n"), "did not answer"),
    "a header too long": (pieces(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 2**17 + b"\r\n\r\n"), "did not answer"),
    "invalid UTF-8": (whole(ROWS.replace(b'"s"', b'"\xff"')), "cannot be read"),
    "no content": (pieces(head("204 No Content")), "204"),
    **{f"wrong shape, {name}": (whole(body), "cannot be read") for name, body in WRONG_SHAPES.items()},
    **{
        f"status {status.split()[0]} with {'a body' if body else 'none'}": (
            whole(body, status, "text/plain"),
            "KRAJINA_STORE_CREDENTIALS" if status.startswith("4") and "Un" in status else status,
        )
        for status in ("500 Oops", "401 Unauthorized", "429 Slowly", "503 Later", "404 Gone")
        for body in (b"", f"{status}: words of the store".encode())
    },
    "an endless error": (endless(head("500 Oops", "text/plain"), b"words " * 2**10), "500 Oops"),
}


@contextmanager
def stranger(store: MemoryStore) -> Iterator[Stranger]:
    """Run it in threads of this process for as long as the block lasts."""
    it = Stranger(store)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        it.port = listener.getsockname()[1]

        def take() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=_serve, args=(it, client), daemon=True).start()

        threading.Thread(target=take, daemon=True).start()
        try:
            yield it
        finally:
            it.ended.set()
            listener.shutdown(socket.SHUT_RDWR)


def _serve(it: Stranger, client: socket.socket) -> None:
    def out(data: bytes) -> None:
        client.sendall(data)
        it.sent += len(data)

    with client, suppress(OSError):
        line, headers, body = _request(client)
        it.requests.append((line, headers, body))
        it.waiting.release()
        if it.manner:
            MISBEHAVIOURS[it.manner][0](it, out)
        else:
            _answer(it, headers, body, out)


def _request(client: socket.socket) -> tuple[str, dict[str, str], str]:
    with client.makefile("rb") as lines:
        first = lines.readline().decode()
        headers = {}
        while (line := lines.readline().decode().strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return first.strip(), headers, lines.read(int(headers.get("content-length", "0"))).decode()


def _answer(it: Stranger, headers: dict[str, str], body: str, out: Send) -> None:
    media_type = headers["accept"]
    try:
        found = it.store.dataset.query(parse_qs(body)["query"][0])
    except SyntaxError as error:
        whole(str(error).encode(), "400 Bad Request", "text/plain")(it, out)
        return
    if isinstance(found, ox.QueryTriples):
        whole(serialize(found, ox.RdfFormat.N_TRIPLES), media_type=media_type)(it, out)
    else:
        written = io.BytesIO()
        write_results(found, written, ox.QueryResultsFormat.JSON)
        whole(written.getvalue(), media_type=media_type)(it, out)
