"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.sparql.named_queries import bind, named_query
from tests.conftest import copy_small
from tests.effort import PATIENCE_S, wait_until

ROOT = Path(__file__).parent.parent
pytestmark = [pytest.mark.server, pytest.mark.usefixtures("real")]  # the commands take its edition from the cache


def krajina(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "webapp", *arguments], cwd=ROOT, capture_output=True, env={**os.environ, **environment}
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    agreements = folder / "agreements.csv"
    agreements.write_text(
        agreements.read_text("utf-8").replace("ustecky-kraj;anhui,2010-07-19", "ustecky-kraj;anhuj,2010-17-19"), "utf-8"
    )
    return folder


def test_version() -> None:
    assert krajina("--version").stdout.startswith(b"krajina, version 0.")


def test_check_of_the_shipped_tables_has_no_error() -> None:
    ended = krajina("check", "--quiet")
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert ended.stderr.startswith(b"0 errors")


@pytest.mark.heavy
def test_check_tells_all_faults_with_their_place(broken: Path) -> None:
    ended = krajina("check", KRAJINA_DATA=str(broken))
    lines = ended.stdout.decode().splitlines()
    assert ended.returncode == 1
    assert [line for line in lines if ": error: " in line] == [
        "agreements.csv:2:parties: error: 'anhuj' is not a row of organisations.csv",
        "agreements.csv:2:signed: error: '2010-17-19' is not in the calendar: month must be in 1..12",
    ]


def test_serve_refuses_faulty_tables_and_names_them(broken: Path, tmp_path: Path) -> None:
    ended = krajina("serve", "--port", "0", KRAJINA_DATA=str(broken), KRAJINA_CACHE=str(tmp_path / "cache"))
    assert ended.returncode == 1
    assert b"not fit to publish" in ended.stderr and b"agreements.csv:2:parties" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert not list((tmp_path / "cache").rglob("edition.nq"))


def test_query_answers_as_csv() -> None:
    ended = krajina("query", "edition")
    (row,) = csv.DictReader(io.StringIO(ended.stdout.decode()))
    assert len(row["identifier"]) == 16 and int(row["triples"]) > 40_000


def test_csv_of_a_query_is_read_back_whatever_stands_in_it(tmp_path: Path) -> None:
    """IRIs with commas and apostrophes, texts with quotes, line ends and what would be a formula, an empty row."""
    question = tmp_path / "odd.rq"
    values = ["http://example.org/a,b;c'd", 'say "no", or\r\nnot', "=1+1", "", "-5", "ř\n"]
    terms = [f"<{values[0]}>", *(json.dumps(value, ensure_ascii=False) for value in values[1:])]
    question.write_text(f"SELECT ?x {{ VALUES ?x {{ {' '.join(terms)} }} }}", "utf-8")
    answer = krajina("query", question).stdout.decode()
    assert list(csv.reader(io.StringIO(answer, newline=""), strict=True)) == [["x"], *([value] for value in values)]
    assert answer.startswith('x\r\n"http://example.org/a,b;c\'d"\r\n"say ""no"", or')


def test_query_is_shown_complete_and_bound() -> None:
    ended = krajina("query", "q02-agreements-on", "--set", "party=https://example.org/p", "--show")
    text = ended.stdout.decode()
    assert text == bind(named_query("q02-agreements-on"), {"party": "https://example.org/p"})
    assert "VALUES ?party { <https://example.org/p> }" in text and "k:shownActive ?active" in text


def test_query_that_is_not_there_names_those_that_are() -> None:
    ended = krajina("query", "nonsense")
    assert ended.returncode == 1
    assert b"there is no question 'nonsense'" in ended.stderr and b"relations" in ended.stderr


def test_query_in_a_file_with_a_fault_gives_its_place(tmp_path: Path) -> None:
    question = tmp_path / "bad.rq"
    question.write_text("SELECT ?s\nWHERE { ?s ?p }", "utf-8")
    ended = krajina("query", question)
    assert ended.returncode == 1 and b"2:" in ended.stderr and b"Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "suffix", ["nq", "gexf", *(pytest.param(suffix, marks=pytest.mark.heavy) for suffix in ("ttl", "csv", "graphml"))]
)
def test_export_has_the_same_bytes_under_another_hash_seed(suffix: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert krajina("export", suffix, "-o", one, PYTHONHASHSEED="1").returncode == 0
    assert krajina("export", suffix, "-o", other, PYTHONHASHSEED="2").returncode == 0
    assert one.read_bytes() == other.read_bytes() and one.stat().st_size > 1000


@pytest.mark.heavy
def test_map_is_a_standalone_svg() -> None:
    svg = krajina("map").stdout
    assert svg.lstrip().startswith((b"<svg", b"<?xml")) and "Ústecký kraj".encode() in svg


def test_serve_says_who_else_listens(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as other:
        ended = krajina("serve", "--port", str(other.getsockname()[1]))
    assert ended.returncode == 1
    assert b"cannot listen on 127.0.0.1" in ended.stderr and b"--port" in ended.stderr


def test_command_that_is_told_to_end_leaves_nothing_half_written(tmp_path: Path) -> None:
    small = copy_small(tmp_path / "data")
    told = {"KRAJINA_DATA": str(small), "KRAJINA_HOME": "vzorov", "KRAJINA_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "webapp", "export", "--all", str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=subprocess.DEVNULL) as ended:
        wait_until(lambda: any((tmp_path / "cache").rglob("*")))
        ended.terminate()
        assert ended.wait(PATIENCE_S) == 128 + signal.SIGTERM
    made = [path for folder in ("cache", "out") for path in (tmp_path / folder).rglob("*")]
    assert [path for path in made if ".part" in path.name or path.name.startswith("tmp")] == []
