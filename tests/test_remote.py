"""The contract of a store, held by memory, by a real `oxigraph serve`, and by our own endpoint."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import QueryError, StoreError
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.engines.remote import RemoteStore
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store
from tests.conftest import Built
from tests.servers import free_port, refusal, serve_krajina, serve_oxigraph, upload

pytestmark = pytest.mark.server
QUADS = b"""\
<urn:x:anna> <urn:x:label> "Anna \\u0160ebestov\\u00E1"@cs <urn:g:one> .
<urn:x:anna> <urn:x:age> "42"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g:one> .
<urn:x:bela> <urn:x:label> "B\\u011Bla" <urn:g:two> .
"""


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        upload(address, QUADS)
        yield f"{address}/query"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("ours") / "people.nq"
    file.write_bytes(QUADS)
    with serve_krajina("--rdf", file) as address:
        yield f"{address}/sparql"


@pytest.fixture(params=["memory", "oxigraph", "ours"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        memory = MemoryStore()
        memory.load(QUADS)
        return memory
    return RemoteStore(request.getfixturevalue(request.param))


class TestContract:
    def test_select_gives_texts_in_the_order_asked(self, store: Store) -> None:
        rows = store.select(
            "SELECT ?label ?age { ?s <urn:x:label> ?label OPTIONAL { ?s <urn:x:age> ?age } } ORDER BY ?s"
        )
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

    @pytest.mark.parametrize(
        "text",
        [
            "# of both\n# the address, to drop or to load\nASK { <urn:x:bela> ?p ?o }",
            "prefix add: <urn:x:>\nask { add:bela ?p ?o }",
        ],
    )
    def test_letters_of_an_update_make_no_update(self, store: Store, text: str) -> None:
        assert store.ask(text) is True

    def test_update_is_a_query_error(self, store: Store) -> None:
        with pytest.raises(QueryError):
            store.ask("DELETE WHERE { ?s ?p ?o }")
        assert store.ask("ASK { ?s ?p ?o }") is True

    def test_named_query(self, store: Store) -> None:
        rows = run_query(store, "records", **{"class": "urn:x:None"})
        assert rows == []


def test_endpoint_that_is_not_there_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="did not answer"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/query", timeout_s=2).ask("ASK {}")


def test_address_of_a_file_is_refused() -> None:
    with pytest.raises(StoreError, match="http://"):
        RemoteStore("file:///etc/passwd")


@pytest.mark.heavy
def test_edition_that_is_in_named_graphs_only_is_told_to_the_operator(small: Built, tmp_path: Path) -> None:
    with serve_oxigraph(tmp_path, is_union=False) as address:
        assert "holds no edition; load into it" in refusal(f"{address}/query")
        upload(address, small.edition.path.read_bytes())
        said = refusal(f"{address}/query")
    assert f"its named graph {small.iri('graphs', 'edition')} describes one" in said
    assert "tdb2:unionDefaultGraph true" in said


@pytest.fixture(scope="module")
def both(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with serve_oxigraph(tmp_path_factory.mktemp("remote")) as oxigraph:
        upload(oxigraph, real.edition.path.read_bytes())
        with serve_krajina() as here, serve_krajina(KRAJINA_STORE=f"{oxigraph}/query") as there:
            yield here, there


@pytest.mark.heavy
class TestPagesFromRemoteStore:
    """The same pages come from a SPARQL endpoint that holds what `krajina export nq` writes."""

    @pytest.mark.parametrize(
        "path",
        [
            "/?on=2012-12-31",
            "/agreements?on=2012-12-31",
            pytest.param("/organizations", marks=pytest.mark.heavy),
            pytest.param("/page/organizations/saxony?on=2012-12-31", marks=pytest.mark.heavy),
            "/page/agreements/agr-anhui-2010",
            pytest.param("/map?on=2012-12-31", marks=pytest.mark.heavy),
            "/data/agreements/agr-anhui-2010.nt",
        ],
    )
    def test_page_is_the_same(self, both: tuple[str, str], path: str) -> None:
        bodies = [get(address + path) for address in both]
        assert bodies[0] == bodies[1]
        assert len(bodies[0]) > 500

    def test_query_is_passed_on(self, both: tuple[str, str]) -> None:
        query = "/sparql?format=csv&query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D"
        counts = [int(re.findall(rb"[0-9]+", get(address + query))[-1]) for address in both]
        assert counts[0] == counts[1] > 40_000


def get(url: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Language": "cs"}), timeout=60) as answer:
        return bytes(answer.read())
