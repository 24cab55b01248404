"""A table that cannot be read is told once, and not by every row that refers to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.intake.checks import check_tables
from graph.intake.findings import Severity
from graph.intake.tables import read_tables
from tests.conftest import ROOT
from tests.effort import heavy

pytestmark = pytest.mark.slow

ALL_TABLES = sorted(path.name for path in (ROOT / "data").glob("*.csv"))


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


# In every run one table of so many, with the heavy tests all.
@pytest.mark.parametrize("share", [11, *heavy(1)])
@pytest.mark.parametrize("spoil", [
    lambda path: path.unlink(),
    lambda path: write(path, ""),
    lambda path: write(path, "<html>\n<p>Log in first</p>\n"),
    lambda path: (path.unlink(), path.mkdir()),
    lambda path: write(path, path.read_text(encoding="utf-8").replace("\n", ",more\n", 1)),
    lambda path: write(path, path.read_text(encoding="utf-8").replace("\n", '\n"', 1)),
    lambda path: path.write_bytes(path.read_bytes() + "\nŽ".encode("iso8859-2")),
    lambda path: write(path, path.read_text(encoding="utf-8").rstrip("\n") + "x" * 200_000 + "\n"),
], ids=["missing", "empty", "other text", "folder", "other header", "quote", "not UTF-8", "huge cell"])  # fmt: skip
def test_a_table_that_cannot_be_read_is_the_one_finding(
    bad_tables: Path, spoil: Callable[[Path], object], share: int
) -> None:
    before = {f for f in check_tables(read_tables(bad_tables)) if f.severity is not Severity.ERROR}
    told = {}
    for file in ALL_TABLES[::share]:
        sound = (bad_tables / file).read_bytes()
        spoil(bad_tables / file)
        told[file] = [f.file for f in check_tables(read_tables(bad_tables)) if f not in before]
        if (bad_tables / file).is_dir():
            (bad_tables / file).rmdir()
        (bad_tables / file).write_bytes(sound)
    assert told == {file: [file] for file in ALL_TABLES[::share]}
