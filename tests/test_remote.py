"""The contract of a store, held by memory, by a real `oxigraph serve`, and by our own endpoint."""

from __future__ import annotations

import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import QueryError, StoreError
from graph.named_queries import run_query
from graph.remote import RemoteStore
from graph.store import MemoryStore, Store

QUADS = b"""\
<urn:x:anna> <urn:x:label> "Anna \\u0160ebestov\\u00E1"@cs <urn:g:one> .
<urn:x:anna> <urn:x:age> "42"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g:one> .
<urn:x:bela> <urn:x:label> "B\\u011Bla" <urn:g:two> .
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 30.0) -> None:
    """Poll until the server answers; fail with its end or at the deadline."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with status {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"{url} did not answer in {seconds} s")


def serve_oxigraph(folder: Path) -> Iterator[str]:
    port = free_port()
    binary = Path(sysconfig.get_path("scripts")) / "oxigraph"
    command = [binary, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    for address in serve_oxigraph(tmp_path_factory.mktemp("oxigraph")):
        upload(address, QUADS)
        yield f"{address}/query"


def upload(address: str, quads: bytes) -> None:
    headers = {"Content-Type": "application/n-quads"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/store", data=quads, headers=headers), timeout=60):
        pass


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("ours") / "people.nq"
    file.write_bytes(QUADS)
    port = free_port()
    command = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port), "--rdf", file]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", process)
            yield f"http://127.0.0.1:{port}/sparql"
        finally:
            process.terminate()


@pytest.fixture(params=["memory", "oxigraph", "ours"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        memory = MemoryStore()
        memory.load(QUADS)
        return memory
    return RemoteStore(request.getfixturevalue(request.param))


class TestContract:
    def test_select_gives_texts_in_the_order_asked(self, store: Store) -> None:
        rows = store.select("SELECT ?label ?age { ?s <urn:x:label> ?label OPTIONAL { ?s <urn:x:age> ?age } } ORDER BY ?s")
        assert rows == [{"label": "Anna Šebestová", "age": "42"}, {"label": "Běla", "age": ""}]

    def test_default_graph_is_the_union(self, store: Store) -> None:
        assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": "3"}]

    def test_named_graphs_are_told_apart(self, store: Store) -> None:
        rows = store.select("SELECT ?g { GRAPH ?g { ?s <urn:x:label> ?label } } ORDER BY ?g")
        assert [row["g"] for row in rows] == ["urn:g:one", "urn:g:two"]

    def test_ask(self, store: Store) -> None:
        assert store.ask("ASK { <urn:x:bela> ?p ?o }") is True
        assert store.ask("ASK { <urn:x:nobody> ?p ?o }") is False

    def test_construct_gives_n_triples(self, store: Store) -> None:
        triples = store.construct("CONSTRUCT { ?s <urn:x:seen> true } WHERE { ?s <urn:x:age> ?age }")
        assert b"<urn:x:anna> <urn:x:seen>" in triples
        assert len(triples.strip().splitlines()) == 1

    def test_bad_query_is_a_query_error(self, store: Store) -> None:
        with pytest.raises(QueryError):
            store.select("SELECT ?s { ?s ?p }")

    def test_named_query(self, store: Store) -> None:
        rows = run_query(store, "records", **{"class": "urn:x:None"})
        assert rows == []


def test_endpoint_that_is_not_there_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="did not answer"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/query", timeout_s=2).ask("ASK {}")


def test_address_of_a_file_is_refused() -> None:
    with pytest.raises(StoreError, match="http://"):
        RemoteStore("file:///etc/passwd")
