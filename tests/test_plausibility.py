"""Rows that contradict each other, texts in another language, dates in notes: each found with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.intake.checks import check_tables
from graph.intake.findings import Finding, Severity
from graph.intake.tables import read_tables
from tests.tables import replace_in

VISIT = "act-navsteva-2012,visit,Návštěva z Mustermarku,Visit from Mustermark,2012-05,,"
SIGNING = "act-podpis-2008,signing,Podpis smlouvy,Signing of the agreement,2008-03-01,,Musterstadt,vzorov;mustermark,"


def findings(folder: Path) -> list[Finding]:
    return check_tables(read_tables(folder))


def places(found: list[Finding]) -> list[tuple[str, int, str]]:
    return [(finding.file, finding.line, finding.column) for finding in found]


def add_after(path: Path, start: str, row: str) -> None:
    """Put a row below the one that begins so."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [number for number, line in enumerate(lines) if line.startswith(start)]
    path.write_text("".join([*lines[: place + 1], f"{row}\n", *lines[place + 1 :]]), encoding="utf-8")


def test_circle_of_wholes_is_told_once_with_its_way(bad_tables: Path) -> None:
    replace_in(bad_tables / "organisations.csv", "Kraj Vzorov,cs,CZ,,,Vzorov", "Kraj Vzorov,cs,CZ,odbor-vztahu,,Vzorov")
    (finding,) = findings(bad_tables)
    assert places([finding]) == [("organisations.csv", 8, "part_of")]
    assert finding.severity is Severity.ERROR
    assert "'odbor-vztahu' > 'vzorov' > 'odbor-vztahu'; empty one of these cells" in finding.message


def test_circle_of_agreements_and_of_areas(bad_tables: Path) -> None:
    replace_in(
        bad_tables / "agreements.csv", "2003-05-07,,,,,superseded,,", "2003-05-07,,,,,superseded,agr-muster-2008,"
    )
    (finding,) = findings(bad_tables)
    assert places([finding]) == [("agreements.csv", 5, "supersedes")]
    assert "'agr-muster-2003' > 'agr-muster-2008' > 'agr-muster-2003'" in finding.message


def test_event_that_stands_twice(bad_tables: Path) -> None:
    path = bad_tables / "activities.csv"
    add_after(
        path,
        "act-podpis-2008",
        "act-podpis-again,meeting,held,Podpis smlouvy v Musterstadtu,Agreement signed,2008-03-01,,,mustermark;vzorov,,"
        ",,src-vzorov-2008,",
    )
    (finding,) = findings(bad_tables)
    assert finding.file == "activities.csv" and finding.column == "title_cs"
    assert finding.severity is Severity.WARNING
    assert "'act-podpis-again' seems to be the event of line 3, 'act-podpis-2008'" in finding.message
    assert "merged.csv" in finding.message


@pytest.mark.parametrize(
    ("title", "day", "participants", "agreement"),
    [
        ("Podpis smlouvy", "2008-03-02", "mustermark;vzorov", ""),  # another day
        ("Podpis smlouvy", "2008-03", "mustermark;vzorov", ""),  # no day
        ("Podpis smlouvy", "2008-03-01", "lhota;musterdorf", ""),  # of others
        ("Výstava vzorů", "2008-03-01", "mustermark;vzorov", ""),  # another title
        ("Podpis smlouvy", "2008-03-01", "mustermark;vzorov", "agr-verein"),  # of another agreement
    ],
)
def test_events_that_are_two(bad_tables: Path, title: str, day: str, participants: str, agreement: str) -> None:
    row = f"act-podpis-again,meeting,held,{title},Another,{day},,,{participants},{agreement},,,src-vzorov-2008,"
    add_after(bad_tables / "activities.csv", "act-podpis-2008", row)
    assert findings(bad_tables) == []


LANGUAGES = {
    "Czech in an English title": (
        "projects.csv", "Společná zahrada,,", "Společná zahrada,Zahrada je pro každého,", "title_en", "reads as 'cs'"
    ),
    "English in a Czech title": (
        "activities.csv", "Podpis smlouvy,", "Signing of the agreement by the two sides,", "title_cs", "reads as 'en'"
    ),
    "German in an English note": (
        "organisations.csv", "takes part in nothing", "nimmt an nichts teil und ist allein", "note", "reads as 'de'"
    ),
    "Czech title of a source said to be German": (
        "sources.csv", "Der Vertrag gilt weiter", "Smlouva je podle ní při starém", "title", "'cs'"
    ),
    "Czech name of a town": (
        "organisations.csv", "Musterhausen", "Vzorohauz", "seat", "'Vzorohauz' is the Czech form"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LANGUAGES)
def test_text_of_another_language(bad_tables: Path, name: str) -> None:
    file, old, new, column, message = LANGUAGES[name]
    path = bad_tables / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = [finding for finding in findings(bad_tables) if message in finding.message]
    assert [(finding.file, finding.column, finding.severity) for finding in told] == [(file, column, Severity.WARNING)]


@pytest.mark.parametrize("text", ["called “smlouva je pro každého” by its parties", "Spolek pro Lhotu and others"])
def test_names_and_quoted_passages_may_be_in_any_language(bad_tables: Path, text: str) -> None:
    replace_in(bad_tables / "organisations.csv", "takes part in nothing", text)
    assert findings(bad_tables) == []


NOTES = {
    "agreements.csv": (",vzorov;musterdorf,,,,,,,,,src-vzorov,", "signed on 4 May 2004; in a hall", "signed"),
    "memberships.csv": ("vzorov,unie-vzoru,2005,,member,src-seed-2012;src-vzorov,", "left in 2011", "date_to"),
    "projects.csv": (",1500.25,crafts,,,src-vzorov,", "approved on 4 May 2019", "approved"),
    "relations.csv": ("rel-verein-signed,gruentalverein,signed,agr-verein,,,src-verein,", "since 2009", "date_from"),
}


@pytest.mark.parametrize("note", ["Invented. Approved 12.12.2009", "approved in May 2019", "schváleno 12. 12. 2009"])
def test_approval_in_either_language_and_at_the_end_of_a_note(bad_tables: Path, note: str) -> None:
    cells = ",1500.25,crafts,,,src-vzorov,"
    replace_in(bad_tables / "projects.csv", f"{cells}\n", f"{cells}{note}\n")
    (finding,) = findings(bad_tables)
    assert "write the date into 'approved', which is empty" in finding.message


@pytest.mark.parametrize("file", NOTES)
def test_date_that_a_note_alone_tells(bad_tables: Path, file: str) -> None:
    cells, note, column = NOTES[file]
    replace_in(bad_tables / file, f"{cells}\n", f"{cells}{note}\n")
    (finding,) = findings(bad_tables)
    assert (finding.file, finding.column, finding.severity) == (file, "note", Severity.WARNING)
    assert f"write the date into {column!r}, which is empty" in finding.message


def test_date_of_a_reading_belongs_to_the_readings(bad_tables: Path) -> None:
    cells = "https://vzorov.example.org/vztahy,,cs,"
    replace_in(bad_tables / "sources.csv", f"{cells}invented", f"{cells}read on 2026-11-30")
    (finding,) = findings(bad_tables)
    assert "write the date into 'accessed' of source_readings.csv" in finding.message


def test_a_date_that_its_column_has_as_well_is_no_finding(bad_tables: Path) -> None:
    replace_in(
        bad_tables / "memberships.csv", "vzorov,unie-vzoru,2005,,member,src-seed-2012;src-vzorov,",
        "vzorov,unie-vzoru,2005,,member,src-seed-2012;src-vzorov,member since 2005",
    )  # fmt: skip
    assert findings(bad_tables) == []
