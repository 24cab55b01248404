"""The official SPARQL 1.1 tests of W3C: over HTTP against `krajina serve`, and query evaluation in the sandbox.

The tests and their runner are not part of this repository; they are looked for beside it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from graph.sparql.engines.dataset import Dataset
from tests.servers import free_port, running
from tests.sparql_server import Client

pytestmark = [pytest.mark.server, pytest.mark.schema, pytest.mark.heavy]
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
RUNNER = SHARED / "tools" / "sparql11_suite.py"
DATA = SHARED / "tools" / "protocol-data.nq"
SUITE = SHARED / "standards" / "w3c-rdf-tests"


# What the engine answers otherwise than the tests want; nothing of it is ours to mend.
KNOWN = {
    "aggregates/agg-groupconcat-04",  # GROUP_CONCAT of values with language tags
    "aggregates/agg-groupconcat-06",
    "aggregates/agg-empty-group-count-graph",  # GRAPH ?g around a pattern without triples leaves ?g unbound
    "bindings/graph",
    "negation/graph-minus",
    "functions/bnode01",  # BNODE("x") is the same node in every row
    "property-path/zero_or_more_set_start",  # paths of length zero from a constant on an empty graph
    "property-path/zero_or_more_set_end",
    "property-path/zero_or_one_set_start",
    "property-path/zero_or_one_set_end",
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Port of a server with the data of the protocol tests, whose base is its own address."""
    port = free_port()
    command: list[str | Path] = [sys.executable, "-m", "webapp", "serve", "--port", str(port), "--rdf", DATA]
    address = f"http://127.0.0.1:{port}"
    with running(command, f"{address}/healthz", {"KRAJINA_BASE": address}):
        yield port


def run_suite(command: Sequence[str | Path], file: Path, *arguments: str) -> list[dict[str, str]]:
    """Run the official tests and give what became of each."""
    whole = [sys.executable, *command, "--suite", str(SUITE), "--json", str(file), *arguments]
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(ROOT)]))
    done = subprocess.run(whole, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return list(json.loads(file.read_text())["tests"])


def over_http(port: int, file: Path, groups: str, *arguments: str) -> list[dict[str, str]]:
    url = f"http://127.0.0.1:{port}/sparql"
    return run_suite([RUNNER], file, "--query-url", url, "--preloaded", "--groups", groups, *arguments)


def totals(tests: list[dict[str, str]]) -> dict[str, Counter[str]]:
    return {
        group: Counter(test["result"] for test in tests if test["group"] == group)
        for group in {test["group"] for test in tests}
    }


def failures(tests: list[dict[str, str]]) -> dict[str, str]:
    return {test["id"]: test["why"] for test in tests if test["result"] == "fail"}


def test_protocol_syntax_and_service_description(port: int, tmp_path: Path) -> None:
    tests = over_http(port, tmp_path / "read.json", "protocol,syntax,sd")
    assert failures(tests) == {}
    assert totals(tests) == {
        "protocol": {"pass": 20, "skip": 14},  # the others update
        "syntax": {"pass": 114, "skip": 55},
        "sd": {"pass": 3},
    }


def test_updates_are_refused_without_effect(port: int, tmp_path: Path) -> None:
    everything = "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }"
    before = Client(port).query(everything).body
    url = f"http://127.0.0.1:{port}/sparql"
    tests = over_http(port, tmp_path / "update.json", "protocol", "--update-url", url, "--only", "update")
    assert totals(tests) == {"protocol": {"pass": 7, "fail": 7}}  # the seven that pass want a refusal
    assert {why[:9] for why in failures(tests).values()} == {"HTTP 403,"}
    assert sorted(Client(port).query(everything).body.splitlines()) == sorted(before.splitlines())
    assert before.count(b"Document") == 3


def test_query_evaluation_in_the_sandbox(tmp_path: Path) -> None:
    code = "import sys, tests.test_w3c as t; t.main(sys.argv[1:])"
    file, chosen = tmp_path / "query.json", ("--engine", "pyoxigraph", "--groups", "query,results")
    tests = run_suite(["-P", "-c", code], file, *chosen)
    assert set(failures(tests)) == KNOWN, failures(tests)
    assert totals(tests) == {
        "query": {"pass": 215, "fail": 10, "skip": 77},  # skipped: entailment, SERVICE
        "results": {"pass": 10},
    }


def load(quads: bytes) -> Dataset:
    store = pyoxigraph.Store()
    store.load(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    return Dataset(store)


def main(arguments: list[str]) -> None:
    """Run the official tests with the sandbox as engine; a process of its own, since a sandbox forks."""
    from graph.sandbox.sandbox import Sandbox
    from graph.settings import Settings

    found = importlib.util.spec_from_file_location("sparql11_suite", RUNNER)
    assert found and found.loader
    suite: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(suite)
    with Sandbox(lambda: Dataset(pyoxigraph.Store()), Settings(query_workers=1)) as sandbox:
        suite.PyoxigraphEngine = engine(suite, sandbox)
        sys.argv[1:] = arguments
        suite.main()


def engine(suite: Any, sandbox: Any) -> type:
    """Make the class of an engine that asks a sandbox, with the default graph apart as the tests want it."""
    from graph.errors import QueryError
    from graph.sparql.answers import BY_NAME
    from graph.sparql.query_service import QueryRequest

    sandboxes: Any = importlib.import_module("graph.sandbox.sandbox")
    as_asked = sandboxes.WorkerQuery
    sandboxes.WorkerQuery = lambda *parts: as_asked(*parts)._replace(has_clauses=True)

    class SandboxEngine(suite.PyoxigraphEngine):  # type: ignore[misc]
        def reset(self, quads: Any, empty_graphs: Any = ()) -> None:
            n_quads = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b""
            sandbox.replace(functools.partial(load, n_quads))

        def query(self, text: str, base: str, form: str | None = None) -> Any:
            results = BY_NAME[form if form in ("csv", "tsv") else "json"]
            asked = QueryRequest(suite.based(text, base), results=results, graph=BY_NAME["nt"])
            try:
                reply = sandbox.run(asked)
            except QueryError as error:
                raise suite.SyntaxRefused(str(error)) from error
            body = b"".join(reply.chunks)
            if form == "csv":
                return "csv", body.decode()
            if reply.kind == "graph":
                return suite.unpack_graph(body)
            assert isinstance(results.engine, pyoxigraph.QueryResultsFormat)
            return suite.unpack(pyoxigraph.parse_query_results(body, format=results.engine))

    return SandboxEngine
