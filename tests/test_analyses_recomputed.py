"""What analyses count over the published tables is what a second computation from the tables finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from graph.geography.outlines import FINE_ATLAS
from graph.sparql.named_queries import run_query
from tests.apps import get_json
from tests.conftest import Built
from tests.fixed_day import DAYS_RUN, address_on, client_on, day_of, tables_of
from tests.recomputed.dated import Day
from tests.recomputed.gaps import Gaps, border_points, kilometres
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


def test_money_by_programme_is_that_of_the_question(real: Built) -> None:
    rows = run_query(real.store, "q24-money-by-programme")
    asked = {
        key_of(row["programme"]): (int(row["projects"]) - int(row["funds"]), Decimal(row["eu_contribution_eur"]))
        for row in rows
        if int(row["projects"]) > int(row["funds"])
    }
    tables = tables_of(real)
    with client_on(real, tables.modified) as client:
        programmes = Site(client, tables, day_of(tables, "today"), real).rows("money", "programme")
    assert {key_of(row["of"]): (row["projects"], Decimal(str(row["eu"] or 0))) for row in programmes} == asked


def test_municipalities_at_the_border(site: Site) -> None:
    gaps = Gaps(site.tables, site.on)
    line = border_points(FINE_ATLAS, "Czechia")
    rows = {key_of(row["record"]): row for row in site.rows("gaps", "border", "km=500")}
    places = {key: gaps.places.organizations[key] for key in gaps.towns}
    assert rows.keys() == {key for key, place in places.items() if place["lat"] and not gaps.partners(key)}
    for key, row in list(rows.items())[::9]:
        place = (float(places[key]["lon"]), float(places[key]["lat"]))
        near = [point for point in line if abs(point[0] - place[0]) < 1 and abs(point[1] - place[1]) < 1]
        assert float(str(row["distance"])) == pytest.approx(min(kilometres(place, point) for point in near), abs=0.2)
        assert row["population"] == (int(places[key]["population"]) if places[key]["population"] else None)
    within = {key for key, row in rows.items() if float(str(row["distance"])) <= 20}
    assert set(site.keys("gaps", "border", "km=20")) == within
    asked = run_query(site.real.store, "analysis-partnerless", home=site.real.organization("ustecky-kraj"))
    if not site.on.is_past:
        assert {key_of(row["municipality"]) for row in asked} == rows.keys()


@pytest.mark.parametrize("months", [12, 36])
def test_silent_agreements(site: Site, months: int) -> None:
    assert sorted(site.keys("gaps", "silent", f"silence={months}")) == sorted(Gaps(site.tables, site.on).silent(months))


@pytest.mark.parametrize("least", [1, 2])
def test_pairs_without_paper(site: Site, least: int) -> None:
    rows = site.rows("gaps", "paperless", f"joint={least}")
    found = {(key_of(row["record"]), key_of(row["partner"])): row["joint"] for row in rows}
    assert found == Gaps(site.tables, site.on).paperless(least)


def test_towns_of_partner_regions_without_a_counterpart(site: Site) -> None:
    rows = site.rows("gaps", "unpaired")
    assert {(key_of(row["record"]), key_of(row["region"])) for row in rows} == Gaps(site.tables, site.on).unpaired()


def test_areas_without_an_agreement_of_the_region(site: Site) -> None:
    rows = site.rows("gaps", "areas")
    found = {key_of(row["record"]): (row["others"], row["activities"], row["projects"]) for row in rows}
    assert found == Gaps(site.tables, site.on).uncovered()


@pytest.mark.parametrize("most", [1, 3])
def test_weak_evidence(site: Site, most: int) -> None:
    rows = site.rows("gaps", "weak", f"sources={most}")
    found = {key_of(row["record"]): set(row["weaknesses"]) for row in rows}  # type: ignore[call-overload]
    assert found == Gaps(site.tables, site.on).weak(most)
