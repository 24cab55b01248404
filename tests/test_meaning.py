"""`krajina check` tells of meanings that stand in notes: each kind on invented rows, none left in the real ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.intake.findings import Severity
from graph.intake.notes import check_meaning
from graph.intake.tables import read_tables
from tests.conftest import Built

# Table, row, what is changed in it, column of the finding, and how its message goes on.
CASES = [
    ("projects", "prj-most", {"note": "Project no. 100279937. Invented"}, "note", "a number is told"),
    ("projects", "prj-most", {"note": "EEL-0886-SN-08.11.2021; invented"}, "note", "a number is told"),
    ("projects", "prj-most", {"note": "invented; place: Lhota; Vzorov"}, "note", "a place is told"),
    ("projects", "prj-most", {"date_from": "2009", "date_to": ""}, "date_from", "the year of the approval"),
    ("projects", "prj-most", {"note": "283 000 CZK, invented"}, "note", "a sum in the note, '283 000 CZK'"),
    ("activities", "act-setkani", {"note": "about CZK 590,000 for four"}, "note", "a sum in the note"),
    ("activities", "act-setkani", {"note": "announced date; invented"}, "status", "said to be held, but the note"),
    ("activities", "act-setkani", {"note": "invented; planned for June"}, "status", "said to be held, but the note"),
    ("activities", "act-setkani", {"note": "realisation not verified"}, "status", "said to be held, but the note"),
    ("activities", "act-setkani", {"note": "year inferred from the weekday"}, "note", "the note tells that a value"),
    ("activities", "act-setkani", {"note": "rok odvozen z výročí"}, "note", "the note tells that a value"),
    ("agreements", "agr-muster-2008", {"note": "year from the register copy"}, "signed", "the note says"),
    (
        "value_bases",
        "bas-act-navsteva-2012-date-from",
        {"property": "date_to"},
        "property",
        "'act-navsteva-2012' has no",
    ),
]
# What reads alike and is none of it.
HARMLESS = [
    ("projects", "prj-most", {"note": "final approval not seen; mirror project EEL-0145-SN-16.08.2016"}),
    ("projects", "prj-most", {"note": "the printed number of partners is 7; total 16 866.12 EUR"}),
    ("projects", "prj-most", {"date_from": "2009", "date_to": "2011"}),
    ("activities", "act-setkani", {"note": "a joint trip was planned; the ministry announced it"}),
    ("activities", "act-slavnost-2013", {"note": "announced in May"}),
    ("activities", "act-navsteva-2012", {"note": "month inferred from the report"}),
    ("agreements", "agr-muster-2008", {"note": "not in the register copy of 2013"}),
]


def change(folder: Path, table: str, key: str, cells: dict[str, str]) -> None:
    path = folder / f"{table}.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **(cells if row["id"] == key else {})} for row in rows)


@pytest.mark.parametrize(("table", "key", "cells", "column", "words"), CASES)
def test_meaning_in_a_note_is_found(
    bad_tables: Path, table: str, key: str, cells: dict[str, str], column: str, words: str
) -> None:
    change(bad_tables, table, key, cells)
    (finding,) = check_meaning(read_tables(bad_tables))
    assert (finding.file, finding.column) == (f"{table}.csv", column)
    assert finding.message.removeprefix(f"{key}: ").startswith(words)
    assert finding.severity is (Severity.ERROR if table == "value_bases" else Severity.WARNING)


@pytest.mark.parametrize(("table", "key", "cells"), HARMLESS)
def test_what_reads_alike_is_let_through(bad_tables: Path, table: str, key: str, cells: dict[str, str]) -> None:
    change(bad_tables, table, key, cells)
    assert list(check_meaning(read_tables(bad_tables))) == []


def test_held_by_articles_that_appeared_before(bad_tables: Path) -> None:
    source = next(iter(csv.DictReader((bad_tables / "activities.csv").read_text("utf-8").splitlines())))["sources"]
    change(bad_tables, "sources", source, {"kind": "article", "published": "2012-04-30"})
    (finding,) = check_meaning(read_tables(bad_tables))
    assert finding.message == (
        "act-navsteva-2012: said to be held, but all its sources are articles that appeared before"
    )
    change(bad_tables, "sources", source, {"published": "2012-05"})
    assert list(check_meaning(read_tables(bad_tables))) == []


def test_two_bases_of_one_value(bad_tables: Path) -> None:
    path = bad_tables / "value_bases.csv"
    path.write_text(path.read_text("utf-8") + "bas-x,act-navsteva-2012,date_from,estimated,,\n", "utf-8")
    (finding,) = check_meaning(read_tables(bad_tables))
    assert (finding.line, finding.severity) == (3, Severity.ERROR)
    assert "has another basis above" in finding.message


def test_nothing_is_left_in_the_published_notes(real: Built) -> None:
    assert list(map(str, check_meaning(read_tables(real.settings.data)))) == []
