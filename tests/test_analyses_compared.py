"""Changes, comparisons and evidence over the published tables are what a second computation from the tables finds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from graph.sparql.named_queries import run_query
from tests.recomputed.changes import changes, read_on
from tests.recomputed.compared import Compared
from tests.test_analyses_recomputed import Site, key_of, site

__all__ = ["site"]

TABLES = {"agreements": "agreements", "projects": "projects", "activities": "activities", "memberships": "memberships",
          "relations": "relations"}  # fmt: skip


@pytest.mark.parametrize("versus", ["2008-06-30", "2018-03-31"])
def test_changes(site: Site, versus: str) -> None:
    earlier, later = sorted((date.fromisoformat(versus), site.on.day))
    expected = changes(site.tables, earlier, later)
    for table, records in expected.items():
        rows = site.rows("changes", table, f"versus={versus}")
        assert {f"{TABLES[str(row['kind'])]}/{key_of(row['record'])}" for row in rows} == records, table
        read = read_on(site.tables, earlier, later)
        for row in rows:
            before, after, number = read[f"{TABLES[str(row['kind'])]}/{key_of(row['record'])}"]
            assert (row["before"], row["after"]) == (before, after), row["record"]
            assert table != "evidenced" or len(row["sources"]) == number, row["record"]  # type: ignore[arg-type]
    asked = run_query(site.real.store, "analysis-begun-or-ended", **{"from": earlier, "to": later})
    began = {key_of(row["record"]) for row in asked if row["began"] == "true"}
    ended = {key_of(row["record"]) for row in asked if row["ended"] == "true" and row["began"] != "true"}
    assert began == {record.partition("/")[2] for record in expected["new"]}
    assert ended == {record.partition("/")[2] for record in expected["ended"]}


def test_partners_side_by_side(site: Site) -> None:
    subjects = ("saxony", "zilina-region", "most", "culture")
    rows = site.rows("compare", "figures", "&".join(f"with={key}" for key in subjects))
    compared = Compared(site.tables, site.on)
    for subject in subjects:
        found = {row["of"]: row[subject] for row in rows}
        for name, number in compared.figures(subject).items():
            value = Decimal(str(found[name])) if name == "grants" and found[name] is not None else found[name]
            assert value == number, (subject, name)
    if not site.on.is_past:
        resource = [site.real.organization(key) for key in subjects[:2]]
        home = site.real.organization("ustecky-kraj")
        for row in run_query(site.real.store, "analysis-between", home=home, territory=resource):
            figures = compared.figures(key_of(row["territory"]))
            assert [int(row[name]) for name in ("agreements", "events", "projects")] == [
                figures[name] for name in ("agreements", "events", "projects")
            ]


@pytest.mark.parametrize("years", [2, 5])
def test_age_of_evidence(site: Site, years: int) -> None:
    compared = Compared(site.tables, site.on)
    rows = {row["kind"]: row for row in site.rows("evidence", "age", f"years={years}")}
    for table in ("agreements", "projects", "activities", "memberships"):
        expected = compared.ages(table, years)
        for name in ("records", "fresh", "older", "undated", "without", "single"):
            assert rows[table][name] == expected[name], (table, name)


@pytest.mark.parametrize("language", ["cs", "en"])
def test_notes_tell_in_the_language_of_the_reader_why_a_value_is_chosen(site: Site, language: str) -> None:
    czech = {row["text"]: row["cs"] for row in site.tables["translations"].values() if row["property"] == "note"}
    notes = {key: row["note"] for key, row in site.tables["claims"].items()}
    told = [
        (key_of(iri), text)
        for row in site.rows("evidence", "differing", f"lang={language}")
        for iri, text in zip(row["why"], row["why_text"], strict=True)  # type: ignore[call-overload]
    ]
    assert len(told) > 20
    assert told == [(key, czech[notes[key]] if language == "cs" else notes[key]) for key, _text in told]


def test_differing_values_and_lone_sources(site: Site) -> None:
    claims = site.tables["claims"].values()
    rows = site.rows("evidence", "differing")
    assert len(rows) == len({(row["about"], row["property"]) for row in claims})
    cited = {key for name in ("claims",) for row in site.tables[name].values() for key in [row["source"]]}
    unused = {key_of(row["record"]) for row in site.rows("evidence", "lone", "records=0")}
    assert not unused & cited
