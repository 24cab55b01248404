"""Projects: number, approval and place are data; the money of an umbrella fund is not added to that of its projects."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.sparql.named_queries import run_query
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built, copy_small, settings_of
from tests.tables import rows_of


@pytest.fixture(scope="module")
def funded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = copy_small(tmp_path_factory.mktemp("funded") / "data")
    under(folder, "prj-zahrada", "prj-most")
    settings = settings_of(folder)
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


def under(folder: Path, project: str, umbrella: str) -> None:
    """Put a project of the miniature under another one, as if that were an umbrella fund."""
    path = folder / "projects.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "umbrella": umbrella if row["id"] == project else ""} for row in rows)


@pytest.fixture(scope="module")
def client(funded: Built) -> FlaskClient:
    return client_of(funded)


def test_sums_leave_umbrella_funds_out(funded: Built) -> None:
    (row,) = run_query(funded.store, "q24-money-by-programme")
    assert (row["projects"], row["funds"]) == ("2", "1")
    assert (row["with_budget"], float(row["budget_eur"])) == ("0", 0)
    assert (row["with_contribution"], float(row["eu_contribution_eur"])) == ("1", 1500.25)
    assert float(row["fund_eur"]) == 80000


def test_without_a_fund_everything_is_added(small: Built) -> None:
    (row,) = run_query(small.store, "q24-money-by-programme")
    assert (row["funds"], float(row["fund_eur"])) == ("0", 0)
    assert (float(row["budget_eur"]), float(row["eu_contribution_eur"])) == (100000.5, 81500.25)


def test_question_says_it(client: FlaskClient) -> None:
    page = get_page(client, "/questions/money-by-programme?lang=cs")
    assert "Peníze zastřešujících fondů jsou i v jejich malých projektech, proto v součtech nejsou." in page.text
    assert "Dotace fondů, v součtech nejsou" in page.text


def test_pages_of_fund_and_small_project(client: FlaskClient) -> None:
    fund = get_page(client, "/page/projects/prj-most?lang=cs")
    assert [row[0] for row in fund.table("male-projekty")] == ["Společná zahrada Program Vzor"]
    assert "Zastřešující fond Most přes hranici" in get_page(client, "/page/projects/prj-zahrada?lang=cs").text


def test_number_approval_and_place_are_facts(client: FlaskClient) -> None:
    text = get_page(client, "/page/projects/prj-most?lang=cs").text
    assert "Číslo projektu VZ-0001" in text
    assert "Schváleno prosinec 2009" in text
    assert "Místo Žluťoučká Lhota" in text
    row = next(row for row in get_json(client, "/projects.json")["rows"] if row["id"] == "prj-most")
    assert (row["number"], row["approved"], row["place"]) == ("VZ-0001", "2009-12", ["Žluťoučká Lhota"])


def test_approval_is_no_beginning(real: Built) -> None:
    started = [
        row["id"]
        for row in rows_of("projects", real.settings.data)
        if row["approved"] and row["date_from"] == row["approved"][:4] and not row["date_to"]
    ]
    assert started == ["prj-chemnitz-chomutov-basketball-2021"]  # planned for autumn of the same year


def test_small_projects_of_a_fund_have_it_as_umbrella(real: Built) -> None:
    rows = rows_of("projects", real.settings.data)
    umbrellas = {row["umbrella"] for row in rows} - {""}
    assert umbrellas == {"prj-kpf-eel-2021", "prj-kpf-ere-2014"}
    funds = {row["programme"]: row["umbrella"] for row in rows if row["umbrella"]}
    assert all(row["umbrella"] == funds[row["programme"]] for row in rows if row["programme"] in funds)
