"""Charts of analyses draw what a second computation from the tables finds, and their files say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from graph.geography.outlines import FINE_ATLAS
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.fixed_day import address_on, client_on, day_of, tables_of
from tests.markup import Element
from tests.recomputed.dated import Day
from tests.recomputed.gaps import Gaps, border_points, kilometres
from tests.recomputed.money import Money
from tests.recomputed.tables import Tables
from tests.recomputed.watch import Watch

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {
    "watch": ("ending", "#strip-ending"),
    "gaps": ("border", "#map-border"),
    "money": ("programme", "#money-by-programme"),
}
pytestmark = pytest.mark.real
Site = tuple[FlaskClient, Tables, Day]


@pytest.fixture(scope="module")
def site(real: Built) -> Iterator[Site]:
    tables = tables_of(real)
    with client_on(real, tables.modified) as client:
        yield client, tables, day_of(tables, "today")


def chart(site: Site, address: str, selector: str) -> Element:
    return get_page(site[0], address_on(address, site[2])).only(selector)


def rows_of(figure: Element) -> dict[str, list[str]]:
    """Row id that the first cell of a row of the table leads to, else its text, to its other cells."""
    found = {}
    for row in figure.all(".twin tbody tr"):
        head, *cells = row.children("th", "td")
        key = head.only("a")["href"].partition("?")[0].rpartition("/")[2] if head.has("a") else head.text
        found[key] = [cell.text for cell in cells]
    return found


def numbers_of(rows: dict[str, list[str]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(int(re.sub(r"\D", "", cell) or 0) for cell in cells) for key, cells in rows.items()}


def test_strip_has_what_ends(site: Site) -> None:
    figure = chart(site, "/analysis/watch?lang=en&months=60", "#strip-ending")
    watch = Watch(site[1], site[2])
    rows = rows_of(figure)
    assert rows.keys() == watch.ending(60)
    ends = {record.key: record.end for name in ("agreements", "projects") for record in watch.dated[name].values()}
    exact = sum(len(ends[key]) == len("2026-12-31") for key in rows)
    assert Counter(cells[1] == cells[2] for cells in rows.values())[True] == exact
    assert figure.only("h3").text.split()[:3] == ["Of", str(exact), "ends" if exact != 1 else "end"]
    drawn = len(figure.all(".bars path.w-day")) + len(figure.all(".bars rect"))
    assert drawn == min(len(rows), 16)


def test_map_has_the_municipalities_at_the_border(site: Site) -> None:
    figure = chart(site, "/analysis/gaps?lang=en&km=15", "#map-border")
    gaps, rows = Gaps(site[1], site[2]), rows_of(figure)
    assert {key: cells[2] == "no partner found" for key, cells in rows.items()} == {
        key: not gaps.partners(key) for key in rows
    }
    lacking = sum(cells[2] == "no partner found" for cells in rows.values())
    assert f"no foreign partner of {lacking} municipalities, of {len(rows) - lacking} we did" in figure.only("h3").text
    for drawing in figure.all("svg.gm"):
        assert (len(drawing.all("circle.mn")), len(drawing.all("rect.mp"))) == (lacking, len(rows) - lacking)
    line = border_points(FINE_ATLAS, "Czechia")
    places = gaps.places.organizations
    for key in sorted(gaps.towns)[::13]:
        place = (float(places[key]["lon"]), float(places[key]["lat"]))
        near = [point for point in line if abs(point[0] - place[0]) < 1 and abs(point[1] - place[1]) < 1]
        distance = min((kilometres(place, point) for point in near), default=500.0)
        assert (key in rows) == (distance <= 15) or abs(distance - 15) < 0.3, key


def test_money_is_that_of_the_tables(site: Site) -> None:
    money = Money(site[1], site[2])
    years = rows_of(chart(site, "/analysis/money?lang=en", "#money-by-year"))
    expected = {year or "unknown": (round(sums[2]), sums[1], sums[0]) for year, sums in money.by("year").items()}
    assert numbers_of(years) == {year: expected[year] for year in years}
    assert {year for year, sums in expected.items() if sums[0]} <= years.keys()
    figure = chart(site, "/analysis/money?lang=en", "#money-by-programme")
    assert numbers_of(rows_of(figure)) == {
        key or "not stated": (round(sums[2]), sums[1], sums[0]) for key, sums in money.by("programme").items()
    }


@pytest.mark.parametrize("name", CHARTS)
def test_file_says_what_the_page_says(site: Site, name: str) -> None:
    table, selector = CHARTS[name]
    figure = chart(site, f"/analysis/{name}?lang=cs&months=60", selector)
    href = figure.only("p a")["href"]
    assert f"table={table}" in href
    answer = site[0].get(href)
    assert answer.mimetype == "image/svg+xml"
    assert f"krajina-analysis-{name}-{selector[1:]}" in answer.headers["Content-Disposition"]
    texts = " ".join(text.text or "" for text in ET.fromstring(answer.data).iter(f"{SVG}text"))
    assert figure.only("h3").text in " ".join(texts.split())
    assert answer.data == site[0].get(href).data


def test_too_little_to_draw_is_told(small: Built) -> None:
    client = client_of(small)
    assert not get_page(client, "/analysis/watch?on=2013-06-01").has("figure.chart")
    answer = client.get("/analysis/watch.svg?lang=en&on=2013-06-01", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "too little to draw" in answer.text
