"""The comparison of speeds: its pairs, its table, its memory; never its times."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bench.comparison import Pairs, pairs_of, table
from bench.paired_speed import KINDS, main
from bench.processes import process_tree, processor_ns, proportional_kb


def test_sides_are_measured_in_turns() -> None:
    asked: list[str] = []

    def measure(side: str, value: float) -> float:
        asked.append(side)
        return value

    pairs = pairs_of("x", lambda: measure("old", 2.0), lambda: measure("new", 3.0), 4)
    assert "".join(side[0] for side in asked) == "onnoonno"
    assert (pairs.old, pairs.new, pairs.ratio, pairs.spread) == ((2.0,) * 4, (3.0,) * 4, 1.5, (1.5, 1.5))


def test_ratio_is_the_median_of_pairs() -> None:
    pairs = Pairs("x", (1.0, 1.0, 10.0), (1.2, 1.3, 10.0))  # one round on a busy machine
    assert pairs.ratio == pytest.approx(1.2)
    assert pairs.spread == pytest.approx((1.1, 1.25))


def test_table_names_what_is_worse() -> None:
    lines, worse = table([Pairs("home, cold", (2.0,), (2.1,)), Pairs("map, cold", (2.0,), (2.5,))], 1.1)
    assert worse == ["map, cold"]
    assert [" ".join(line.split()) for line in lines[1:3]] == [
        "home, cold 2.00 2.10 1.050 1.050 1.050 1", "map, cold 2.00 2.50 1.250 1.250 1.250 1 above 1.1",
    ]  # fmt: skip
    assert lines[-1] == "2 kinds, median of their ratios 1.150, 1 above 1.1"


def test_memory_is_that_of_a_process_and_all_below_it() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as process:
        while len(process_tree(process.pid)) < 2 and process.poll() is None:
            pass
        tree = process_tree(process.pid)
        sizes = [proportional_kb(pid) for pid in tree]
        process.communicate(b"\n")
    assert tree[0] == process.pid and len(tree) == 2
    assert all(size > 500 for size in sizes)
    assert proportional_kb(process.pid) == 0
    assert process.pid not in process_tree(os.getpid())


def test_processor_time_of_a_process_grows_while_it_works() -> None:
    before = processor_ns(os.getpid())
    sum(number * number for number in range(300_000))
    assert processor_ns(os.getpid()) - before > 1_000_000


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) == len({(kind.target, kind.accept) for kind in KINDS})


def test_help_names_both_checkouts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "krajina bench speed" in capsys.readouterr().out
