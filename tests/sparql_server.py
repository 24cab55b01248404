"""The SPARQL endpoint alone over a tiny store, in a process of its own, and a client that shows what comes back."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent

DATA = """
<urn:x:saxony> <urn:x:name> "Sasko"@cs <urn:g:one> .
<urn:x:saxony> <urn:x:name> "Saxony"@en <urn:g:one> .
<urn:x:anhui> <urn:x:name> "Anhui"@en <urn:g:two> .
"""
PAGE = (
    "{% if error %}error {{ error.line }}:{{ error.column }} {{ error.message }}{% endif %}"
    "{% for row in rows %}{% for cell in row %}"
    "[{{ cell.kind }} {{ cell.value }} {{ cell.href }}]"
    "{% endfor %}{% endfor %}"
    "boolean={{ boolean }} more={{ more }} query={{ query }} limit={{ limits.timeout_s }}"
)
TIMEOUT_S = 2.0
ANSWER_MAX_MB = 8


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(json.loads(self.body)["results"]["bindings"])


@dataclass(frozen=True)
class Client:
    """Sends requests to a port of loopback."""

    port: int

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        source: str = "127.0.0.1",
        timeout_s: float = 30,
        **headers: str,
    ) -> Answer:
        """Send one request from the address `source`; header names have underscores for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout_s, (source, 0))
        with closing(connection):
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    def query(self, text: str | bytes, **more: Any) -> Answer:
        """POST a query directly."""
        body = text.encode() if isinstance(text, str) else text
        return self.send("POST", "/sparql", body, **{"Content_Type": "application/sparql-query", **more})


@dataclass(frozen=True)
class Server(Client):
    process: subprocess.Popen[bytes]


@contextmanager
def serve(*arguments: str) -> Iterator[Server]:
    """Run a server for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    command = [sys.executable, __file__, "--port", str(port), *arguments]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL) as process:
        try:
            _await(port, process)
            yield Server(port, process)
        finally:
            process.terminate()


def _await(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with status {process.returncode}"
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"nothing listens on port {port} after {seconds} s")


def main() -> None:
    from flask import Flask
    from jinja2 import DictLoader
    from werkzeug.serving import WSGIRequestHandler, make_server

    from graph.editions.edition import Edition
    from graph.sandbox.sandbox import Sandbox
    from graph.settings import Settings
    from graph.sparql.engines.memory import MemoryStore
    from graph.views.facts import Facts
    from webapp.query.endpoint import sparql_blueprint
    from webapp.request import open_access
    from webapp.request.site import Site

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    store = MemoryStore()
    store.load(asked.data or DATA.encode())
    settings = Settings(
        base=f"http://127.0.0.1:{asked.port}",
        query_timeout_s=TIMEOUT_S,
        query_memory_mb=256,
        answer_max_mb=ANSWER_MAX_MB,
        query_max_kb=512,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Sandbox(lambda: store.dataset, settings) as sandbox:
        app = Flask(__name__)
        app.jinja_loader = DictLoader({"sparql.html": PAGE})
        edition = cast(Edition, SimpleNamespace(identifier="", modified=""))
        app.extensions["krajina"] = Site(Facts(settings, edition, store, has_tables=False), sandbox)
        app.register_blueprint(sparql_blueprint())
        open_access.install(app)

        class _Quiet(WSGIRequestHandler):
            def log(self, *_: object) -> None:
                pass

        make_server("127.0.0.1", asked.port, app, threaded=True, request_handler=_Quiet).serve_forever()


if __name__ == "__main__":
    main()
