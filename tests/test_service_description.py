"""The service description says what is true: counts, graphs, limits."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pyoxigraph
import pytest

from graph.settings import Settings
from graph.sparql.answers import BY_NAME
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import run_query
from tests.conftest import Built
from tests.servers import serve_krajina
from tests.sparql_server import serve
from webapp.query.endpoint import describe_service

pytestmark = pytest.mark.server
SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
SIZES = {"": 3, "urn:g:one": 2, "urn:g:two": 1}


def graphs_of(turtle: bytes) -> tuple[int, dict[str, int]]:
    """Read the triples of the default graph and of each named graph from a description."""
    found = {}
    store = pyoxigraph.Store()
    store.load(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    for row in store.query(f"SELECT ?name ?n {{ ?d <{SD}defaultGraph> ?g . ?g <{VOID}triples> ?n }}"):  # type: ignore[union-attr]
        found[""] = int(row["n"].value)
    for row in store.query(
        f"SELECT ?name ?n {{ ?d <{SD}namedGraph> ?e . ?e <{SD}name> ?name ; <{SD}graph>/<{VOID}triples> ?n }}"
    ):  # type: ignore[union-attr]
        found[row["name"].value] = int(row["n"].value)
    return found.pop(""), found


def test_counts_over_http_are_those_of_the_data() -> None:
    with serve() as server:
        answer = server.send("GET", "/sparql", Accept="text/turtle")
        assert graphs_of(answer.body) == (3, {"urn:g:one": 2, "urn:g:two": 1})
        again = server.send("GET", "/sparql", Accept="text/turtle", If_None_Match=answer.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        head = server.send("HEAD", "/sparql", Accept="text/turtle")
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])


def test_sizes_are_those_of_each_named_graph(small: Built) -> None:
    rows = run_query(small.store, "graph-sizes")
    sizes = {row["graph"]: int(row["triples"]) for row in rows}
    assert {graph: sizes[graph] for graph in small.edition.named_graphs} == small.edition.named_graphs
    store = MemoryStore()
    store.load(b"<urn:a> <urn:b> 1 . <urn:a> <urn:b> 2 .", suffix="ttl")
    assert run_query(store, "graph-sizes") == [{"graph": "", "triples": "2"}]


@pytest.mark.parametrize(
    ("budget_s", "words"), [(30.0, "per client 30 s of queries per minute"), (0.0, "64 MB of answer.")]
)
def test_limits_are_told(budget_s: float, words: str) -> None:
    text = describe_service(Settings(query_budget_s=budget_s), SIZES, BY_NAME["ttl"]).decode()
    assert "Limits of a query: 10 s, 1024 MB of memory, 512 kB of text" in text
    assert words in text


def test_dump_of_rdf_files_holds_all_quads(tmp_path: Path) -> None:
    file = tmp_path / "two.trig"
    file.write_text("<urn:g> { <urn:a> <urn:b> 1 } <urn:a> <urn:b> 2 .", "utf-8")
    with serve_krajina("--rdf", file) as address:
        for suffix, form in (("nq", pyoxigraph.RdfFormat.N_QUADS), ("trig", pyoxigraph.RdfFormat.TRIG)):
            with urlopen(f"{address}/dump/krajina.{suffix}", timeout=30) as answer:
                quads = set(pyoxigraph.parse(answer.read(), format=form))
            assert {str(quad.graph_name) for quad in quads} == {"<urn:g>", "DEFAULT"}
            assert len(quads) == 2
