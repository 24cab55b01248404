"""Charts of lists: the numbers are those of the tables, links lead to what a column counts, and files say the same."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.effort import heavy
from tests.fixed_day import DAYS, address_on, client_on, day_of, tables_of
from tests.markup import Element
from tests.recomputed.lists import Lists

LISTS = ("agreements", "activities", "projects")
IN_EVERY_RUN = {("agreements", DAYS[0]), ("projects", DAYS[-1])}
SVG = "{http://www.w3.org/2000/svg}"


def table_of(chart: Element) -> dict[str, list[str]]:
    """First cell of each row of the table of a chart to its other cells."""
    cells = ([cell.text for cell in row.children("th", "td")] for row in chart.all("tbody tr"))
    return {row[0]: row[1:] for row in cells}


def number(text: str) -> Decimal:
    return Decimal(0) if text == "not stated" else Decimal(re.sub(r"[^\d.]", "", text))


@pytest.mark.real
@pytest.mark.parametrize(("name", "day"), [
    pytest.param(name, day, marks=() if (name, day) in IN_EVERY_RUN else pytest.mark.heavy)
    for name, day in product(LISTS, DAYS)
])  # fmt: skip
def test_numbers_are_those_of_the_tables(real: Built, name: str, day: str) -> None:
    tables = tables_of(real)
    on = day_of(tables, day)
    lists = Lists(tables, on)
    chosen = {"between": "saxony"} if name == "projects" else {}
    query = "&".join(f"{facet}={code}" for facet, code in chosen.items())
    with client_on(real, on.today) as client:
        page = get_page(client, address_on(f"/{name}?{query}", on))
    records = lists.keys(name, **chosen)
    listing = lists[name]
    years = Counter(code for key in records for code in listing.codes[key]["year"])
    drawn = {label: int(cells[0]) for label, cells in table_of(page.only("#by-year")).items()}
    first = min(int(label) for label in drawn if label.isdecimal())
    expected = {code: count for code, count in years.items() if code != "none" and int(code) >= first}
    assert {label: count for label, count in drawn.items() if label.isdecimal() and count} == expected
    assert drawn.get("unknown", 0) == years["none"]
    assert sum(drawn.values()) == len(records)
    if page.has("#by-money"):
        money = lists.money_by_year(**chosen)
        for amount, stating, _projects in table_of(page.only("#by-money")).values():
            assert (amount == "not stated") == (stating == "0")
        shown = {label: [number(cell) for cell in cells] for label, cells in table_of(page.only("#by-money")).items()}
        stated = {year: of for year, of in money.items() if year in shown}
        assert {year: [round(of[0]), of[1], of[2]] for year, of in stated.items()} == {
            year: cells for year, cells in shown.items() if year != "unknown"
        }
        assert sum(cells[0] for cells in shown.values()) == pytest.approx(sum(of[0] for of in money.values()), abs=20)


@pytest.fixture
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.mark.parametrize("name", ["activities", *heavy("agreements", "projects")])
def test_link_of_a_column_leads_to_as_many_records(real: Built, name: str) -> None:
    client = client_of(real)
    page = get_page(client, f"/{name}?lang=en")
    for chart in ("#by-year", "#by-area", "#by-partner"):
        rows = page.only(chart).all("tbody tr")
        for row in (rows[0], rows[-1]):
            href, (count,) = row.only("a")["href"], [cell.text for cell in row.children("td")]
            assert get_json(client, href.replace(f"/{name}?", f"/{name}.json?"))["total"] == int(count), href


def test_links_in_the_drawing_stand_in_the_table_too(real: Built) -> None:
    chart = get_page(client_of(real), "/activities?lang=en").only("#by-year")
    assert chart.values("svg a", "href") == chart.values("tbody a", "href")
    assert chart.only("svg")["role"] == "group"


def test_file_holds_the_takeaway_and_the_choice(real: Built) -> None:
    client = client_of(real)
    chart = get_page(client, "/activities?lang=cs&country=DE").only("#by-year")
    response = client.get(chart.only("p a")["href"])
    assert response.mimetype == "image/svg+xml"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="krajina-activities-by-year-')
    texts = " ".join(text.text or "" for text in ET.fromstring(response.data).iter(f"{SVG}text"))
    assert chart.only("h2").text.replace("\N{NO-BREAK SPACE}", " ") in texts.replace("\N{NO-BREAK SPACE}", " ")
    assert response.data == client.get(chart.only("p a")["href"]).data


def test_a_chart_of_less_than_three_years_is_not_shown(client: FlaskClient) -> None:
    assert not get_page(client, "/activities?year=2010").has("figure.chart")


def test_home_shows_the_years_alone(real: Built) -> None:
    figures = get_page(client_of(real), "/?lang=en").all("figure.chart")
    assert {figure["id"] for figure in figures} == {"activities-by-year", "projects-by-year"}


def test_unknown_chart_is_the_first_one(client: FlaskClient) -> None:
    assert client.get("/projects.svg?by=x").data == client.get("/projects.svg?by=year").data
    assert client.get("/sources.svg").status_code == 404
