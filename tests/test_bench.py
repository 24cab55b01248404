"""The comparison of endpoints: its data, its queries, its arithmetic; never its times."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from bench.endpoints import KINDS, questions, ratio, run
from bench.invented import SIZES, triples, write_data
from bench.timing import Client, requests_per_second, rows_of
from graph.cli import commands
from graph.errors import StoreError
from graph.sparql.query_text import refuse_unfit, scan

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "S.nt"
    write_data("S", path)
    return path


def test_data_are_the_same_each_time_and_as_big_as_said(file: Path) -> None:
    again = "".join(triples(SIZES["S"])).encode()
    assert hashlib.sha256(again).digest() == hashlib.sha256(file.read_bytes()).digest()
    assert 8_000 < again.count(b"\n") < 12_000
    assert SIZES["M"] == 100 * SIZES["S"]


def test_all_queries_are_legal_and_find_something(file: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert len(questions()) == 13
    for name, text in questions().items():
        refuse_unfit(scan(text), max_depth=200, max_kb=512)
        assert next(iter(store.query(text)), None) is not None, name  # type: ignore[arg-type]


def test_our_server_answers_them_as_the_engine_does(file: Path, tmp_path: Path) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_TRIPLES)
    with run(KINDS[0], file, tmp_path) as peer:
        client = Client(peer.url)
        for name, text in questions().items():
            expected = store.query(text).serialize(
                format=pyoxigraph.RdfFormat.N_TRIPLES if scan(text).is_graph else pyoxigraph.QueryResultsFormat.JSON  # type: ignore[arg-type]
            )
            assert expected is not None
            assert rows_of(text, client.ask(text)) == rows_of(text, expected), name
        client.close()
        assert requests_per_second(peer.url, questions()["11-one-agreement"], unique=True, clients=2, seconds=0.1) > 0


def test_endpoint_that_hangs_up_is_no_answer_and_not_the_end(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql")
        hanging_up = threading.Thread(target=lambda: listening.accept()[0].close())
        hanging_up.start()
        with pytest.raises(StoreError, match="/sparql does not answer"):
            client.ask("ASK {}")
        hanging_up.join()


def test_connection_that_was_closed_while_it_was_idle_is_opened_again() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue"
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for _ in range(2):
                with listening.accept()[0] as connection:
                    connection.recv(4096)
                    connection.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}/sparql")
        assert [client.ask("ASK {}"), client.ask("ASK {}")] == [b"true", b"true"]
        serving.join()
        client.close()


def test_ratio_is_the_geometric_mean() -> None:
    assert ratio([1, 8], [2, 4]) == pytest.approx(1.0)
    assert ratio([1, 1], [4, 1]) == pytest.approx(0.5)


class TestCommand:
    def test_lists_what_it_measures(self) -> None:
        done = CliRunner().invoke(commands, ["bench", "--help"])
        assert done.exit_code == 0
        assert {"answers", "endpoints", "map", "speed"} <= set(done.output.split())

    def test_comparison_of_checkouts_gets_its_arguments(self) -> None:
        done = CliRunner().invoke(commands, ["bench", "answers", "--help"])
        assert done.exit_code == 0
        assert "krajina bench answers" in done.output and "--share" in done.output
        assert CliRunner().invoke(commands, ["bench", "answers", "only-one"]).exit_code == 2

    def test_says_what_to_do_where_there_is_no_checkout(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("graph.cli.ROOT", tmp_path)
        done = CliRunner().invoke(commands, ["bench"])
        assert done.exit_code == 1
        assert done.output == (
            "Error: what measures comes with a checkout, not with the installed package: "
            "in a clone of the repository, run make test once, then .venv/bin/krajina bench\n"
        )

    def test_commands_are_there_without_it(self) -> None:
        code = "import sys, webapp.__main__; print([name for name in sys.modules if name.split('.')[0] == 'bench'])"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"
