"""What analyses count over the published tables is what a second computation from the tables finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from graph.sparql.named_queries import run_query
from tests.apps import get_json
from tests.conftest import Built
from tests.fixed_day import DAYS_RUN, address_on, client_on, day_of, tables_of
from tests.recomputed.dated import Day
from tests.recomputed.money import Money
from tests.recomputed.tables import Tables
from tests.recomputed.watch import Watch, later


@dataclass(frozen=True)
class Site:
    """The site and the tables on a day."""

    client: FlaskClient
    tables: Tables
    on: Day
    real: Built

    def rows(self, analysis: str, table: str, query: str = "") -> list[dict[str, object]]:
        document = get_json(self.client, address_on(f"/analysis/{analysis}.json?{query}", self.on))
        rows: list[dict[str, object]] = document["tables"][table]["rows"]
        return rows

    def keys(self, analysis: str, table: str, query: str = "") -> list[str]:
        return [key_of(row["record"]) for row in self.rows(analysis, table, query)]


def key_of(iri: object) -> str:
    return str(iri).rpartition("/")[2]


@pytest.fixture(scope="module", params=DAYS_RUN)
def site(request: pytest.FixtureRequest, real: Built) -> Iterator[Site]:
    tables = tables_of(real)
    on = day_of(tables, request.param)
    with client_on(real, tables.modified) as client:
        yield Site(client, tables, on, real)


@pytest.mark.parametrize("months", [3, 12, 240])
def test_what_ends(site: Site, months: int) -> None:
    expected = Watch(site.tables, site.on).ending(months)
    assert sorted(site.keys("watch", "ending", f"months={months}")) == sorted(expected)
    to = later(site.on.day, months)
    rows = run_query(site.real.store, "analysis-ending", **{"from": site.on.day, "to": to})
    assert sorted(key_of(row["record"]) for row in rows) == sorted(expected)


def test_what_has_no_known_end(site: Site) -> None:
    assert sorted(site.keys("watch", "unending")) == sorted(Watch(site.tables, site.on).unending())


def test_what_has_ended_and_lives_on(site: Site) -> None:
    assert sorted(site.keys("watch", "lively")) == sorted(Watch(site.tables, site.on).lively())


@pytest.mark.parametrize("query", ["", "territory=saxony", "territory=saxony&with=home"])
@pytest.mark.parametrize("table", ["year", "programme", "area", "territory", "lead"])
def test_money(site: Site, query: str, table: str) -> None:
    money = Money(site.tables, site.on, "saxony" if query else "", home="with=home" in query)
    found = {}
    for row in site.rows("money", table, query):
        eu, budget = (Decimal(str(row[name])) if row[name] is not None else Decimal(0) for name in ("eu", "budget"))
        numbers = [row[name] for name in ("projects", "with_eu", "with_budget", "without")]
        found[key_of(row["of"])] = (numbers[0], numbers[1], eu, numbers[2], budget, numbers[3])
    assert found == money.by(table)
    assert sorted(site.keys("money", "projects", query)) == sorted(record.key for record in money.projects)
    funds = {record.key for record in money.chosen} & money.funds
    assert sorted(site.keys("money", "funds", query)) == sorted(funds)


def test_money_by_programme_is_that_of_the_question(site: Site) -> None:
    if site.on.is_past:
        pytest.skip("the question knows no day")
    rows = run_query(site.real.store, "q24-money-by-programme")
    asked = {
        key_of(row["programme"]): (int(row["projects"]) - int(row["funds"]), Decimal(row["eu_contribution_eur"]))
        for row in rows
        if int(row["projects"]) > int(row["funds"])
    }
    found = {
        key_of(row["of"]): (row["projects"], Decimal(str(row["eu"] or 0))) for row in site.rows("money", "programme")
    }
    assert found == asked
