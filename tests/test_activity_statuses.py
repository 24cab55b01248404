"""What is planned, announced, cancelled or not verified is listed with its status, but no tie and not counted."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.records.reading import Form
from graph.records.validity import State, state_on
from graph.sparql.named_queries import run_query
from graph.views.facts import AsOf, Facts
from graph.views.overview import last_events, number_of
from tests.apps import client_of, get_json, get_page
from tests.conftest import ROOT, Built, copy_small, settings_of
from tests.tables import rows_of

TODAY = AsOf(date(2020, 6, 30), False)
# Invented: of the four activities of the miniature only the signing is shown to have taken place.
STATUSES = {
    "act-navsteva-2012": "cancelled", "act-podpis-2008": "held", "act-setkani": "unverified",
    "act-slavnost-2013": "announced",
}  # fmt: skip


@pytest.fixture(scope="module")
def unheld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = copy_small(tmp_path_factory.mktemp("unheld") / "data")
    shutil.copy(ROOT / "data" / "activity_statuses.csv", folder)
    path = folder / "activities.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "status": STATUSES[row["id"]]} for row in rows)
    settings = settings_of(folder)
    edition = open_edition(settings)
    with edition.open() as store:
        yield Built(settings, edition, store)


@pytest.fixture(scope="module")
def facts(unheld: Built) -> Facts:
    return Facts(unheld.settings, unheld.edition, unheld.store)


@pytest.fixture(scope="module")
def pages(unheld: Built) -> FlaskClient:
    return client_of(unheld)


def test_only_what_took_place_is_a_tie(facts: Facts, unheld: Built) -> None:
    events = {key for _, _, key, ground in facts.network.edges(keys=True, data="ground") if ground == "Activity"}
    assert events == {unheld.iri("activities", "act-podpis-2008")}


def test_questions_count_only_what_took_place(unheld: Built) -> None:
    home, partner = unheld.organization("vzorov"), unheld.organization("mustermark")
    rows = run_query(unheld.store, "q09-events-by-kind-and-year")
    assert [(row["year"], row["activities"]) for row in rows] == [("2008", "1")]
    assert {row["activities"] for row in run_query(unheld.store, "q04-areas-with", home=home, partner=partner)} == {"0"}
    assert run_query(unheld.store, "q10-visitors", home=home) == []
    without = {row["other"] for row in run_query(unheld.store, "q07-without-agreement", home=home)}
    assert unheld.organization("komora-vzorov") not in without
    idle = run_query(unheld.store, "q08-idle", party=home, on=date(2014, 1, 1))
    assert {row["last"] for row in idle} == {"2008-03-01", ""}


def test_question_of_plans_gives_what_is_planned_or_announced(unheld: Built) -> None:
    home = unheld.organization("vzorov")
    items = {row["item"] for row in run_query(unheld.store, "q11-planned", home=home, year="2013")}
    assert unheld.iri("activities", "act-slavnost-2013") in items
    assert not run_query(unheld.store, "q11-planned", home=home, year="2012")


def test_day_gone_by_is_no_proof(facts: Facts, unheld: Built) -> None:
    announced = facts.library.activities[unheld.iri("activities", "act-slavnost-2013")]
    states = [state_on(announced.period, date(year, 6, 1)).state for year in (2013, 2014, 2030)]
    assert state_on(announced.period, date(2013, 5, 31)).state is State.FUTURE
    assert states == [State.UNKNOWN] * 3
    assert facts.state(announced, TODAY).form is Form.OPEN


def test_overview_counts_and_shows_what_took_place(facts: Facts) -> None:
    assert [event.key for event in last_events(facts, TODAY)] == ["act-podpis-2008"]
    assert number_of(facts, TODAY, "activities", {}) == 4
    assert number_of(facts, TODAY, "activities", {"phase": ("held",)}) == 1


def test_list_tells_plan_from_reality(pages: FlaskClient) -> None:
    rows = get_json(pages, "/activities.json")["rows"]
    assert {row["id"]: row["phase"] for row in rows} == STATUSES
    chosen = get_json(pages, "/activities.json?phase=announced&phase=cancelled")["rows"]
    assert sorted(row["id"] for row in chosen) == ["act-navsteva-2012", "act-slavnost-2013"]
    assert "žádný zdroj neříká, že se konaly" in get_page(pages, "/activities?lang=cs").text


def test_pages_set_it_apart_and_say_so(pages: FlaskClient) -> None:
    page = get_page(pages, "/page/organizations/vzorov?lang=cs")
    assert len(page.section("udalosti").all("span.when")) == 1
    others = page.section("planovane")
    assert others.first("h2").text == "Události, u kterých není doloženo, že se konaly 3"
    small = others.texts("li > small")
    assert [text.split(" · ")[0] for text in small] == ["ohlášená", "zrušená", "neověřená"]
    assert (
        "Slavnost · ohlášená · 1. 6. 2013 – 2. 6. 2013"
        in get_page(pages, "/page/activities/act-slavnost-2013?lang=cs").text
    )


def test_real_tables_hold_both(real: Built) -> None:
    statuses = {row["status"] for row in rows_of("activities", real.settings.data)}
    assert {"held", "announced", "planned"} <= statuses
