"""The list of areas: a row for each area of the code list, with as many records as the lists that it leads to."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.tables import rows_of


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


def test_each_area_has_a_row(client: FlaskClient, real: Built) -> None:
    found = get_json(client, "/areas.json?lang=en")["rows"]
    table = rows_of("areas", real.settings.data)
    assert {(row["code"], row["broader"], row["name"]) for row in found} == {
        (row["code"], row["broader"], row["label_en"]) for row in table
    }
    assert len(client.get("/areas.csv").text.splitlines()) == 1 + len(table)


@pytest.mark.parametrize("day", ["", "2012-12-31"])
@pytest.mark.parametrize("name", ["agreements", "projects", "activities"])
def test_numbers_are_those_of_the_lists(client: FlaskClient, name: str, day: str) -> None:
    rows = get_json(client, f"/areas.json?on={day}")["rows"]
    phase = "&phase=held" if name == "activities" else ""
    for row in rows[:3] + rows[-3:]:
        assert row[name] == get_json(client, f"/{name}.json?on={day}&area={row['code']}{phase}")["total"]
    assert any(row[name] for row in rows)


def test_page_leads_to_the_lists_and_back(real: Built) -> None:
    client = client_of(real)
    page = get_page(client, "/areas?lang=cs")
    numbers = [int(text) for text in page.column(1)]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 0
    assert page.has('td a[href^="/agreements?lang=cs&area="]') and page.has('tbody a[href^="/page/areas/"]')
    assert get_page(client, "/page/areas/agriculture").has('a[href="/areas"]')
    assert "Zemědělství" in client.get("/areas?lang=cs&broadest=economy&sort=name").text


def test_list_is_in_the_sitemap(real: Built) -> None:
    pages = client_of(real).get("/sitemap-pages.xml").text
    assert "/areas?" in pages and "/analysis/measures?" in pages
