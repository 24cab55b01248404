"""Withdrawn and merged records: ids stay used up, no row names them, a successor exists and is of the same type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import check
from graph.intake.findings import Severity
from graph.iris import Iris
from graph.records.library import read_former_records
from tests.conftest import ROOT, Built, settings_of

MERGED = "id,type,date,successor,sources,note\n"
WITHDRAWN = "id,type,date,reason,sources,note\n"


def errors(folder: Path) -> list[str]:
    return [str(f) for f in check(settings_of(folder)) if f.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "merged.csv",
            f"{MERGED}old,organizations,2020-01-31,nobody,src-vzorov,\n",
            "'nobody' is not a row of any table",
        ),
        ("merged.csv", f"{MERGED}old,organizations,2020-01-31,agr-muster-2008,src-vzorov,\n", "cannot succeed one of"),
        ("merged.csv", f"{MERGED}lhota,organizations,2020-01-31,mustermark,src-vzorov,\n", "ids are never reused"),
        (
            "merged.csv",
            f"{MERGED}old,organizations,2020-01-31,gone-club,src-vzorov,\n",
            "'gone-club' is not a row of any",
        ),
        ("merged.csv", f"{MERGED}old,gardens,2020-01-31,mustermark,src-vzorov,\n", "'gardens'"),
        ("withdrawn.csv", f"{WITHDRAWN}gone,organizations,2020,Because.,src-vzorov,\n", "'2020' is not a valid date"),
        ("withdrawn.csv", f"{WITHDRAWN}gone,organizations,2020-02-02,,src-vzorov,\n", "may not be empty"),
        ("withdrawn.csv", f"{WITHDRAWN}gone,organizations,2020-02-02,Because.,,\n", "may not be empty"),
    ],
)
def test_faults_are_found(bad_tables: Path, file: str, text: str, message: str) -> None:
    (bad_tables / file).write_text(text, encoding="utf-8")
    found = errors(bad_tables)
    assert any(file in error and message in error for error in found), found


def test_former_records_by_their_iri(small: Built) -> None:
    former = read_former_records(small.store, Iris(small.settings.base))
    assert {iri: (found.day, found.successor) for iri, found in former.items()} == {
        small.organization("gone-club"): ("2020-02-02", ""),
        small.organization("old-mustermark"): ("2020-01-31", small.organization("mustermark")),
    }


def test_types_are_those_of_tables_with_ids_of_their_own() -> None:
    tables = json.loads((ROOT / "data" / "tables.json").read_text(encoding="utf-8"))["tables"]
    schemas = {table["url"]: table["tableSchema"] for table in tables}
    kinds = {
        schema["aboutUrl"].split("/")[1]
        for url, schema in schemas.items()
        if schema["primaryKey"] == "id" and url not in ("withdrawn.csv", "merged.csv")
    }
    for url in ("withdrawn.csv", "merged.csv"):
        column = next(c for c in schemas[url]["columns"] if c["name"] == "type")
        assert set(column["datatype"]["format"].split("|")) == kinds
