"""The page of measures: its numbers, order, choice, day, files and explanations."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built

ADDRESS = "/analysis/measures"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return client_of(real)


def rows(client: FlaskClient, query: str = "") -> dict[str, dict[str, object]]:
    return {row["id"]: row for row in get_json(client, f"{ADDRESS}.json?{query}")["rows"]}


def test_numbers_are_those_of_the_ties_of_the_day(client: FlaskClient) -> None:
    # lhota - musterdorf - vzorov - mustermark, gruentalverein, unie-vzoru; embassy - mustermark;
    # vzornik - gruentalverein; odbor - komora: 10 organizations, 36 pairs of others
    found = rows(client)
    assert len(found) == 10
    vzorov = found["vzorov"]
    # of the 7 others of its part, it lies between all pairs but those on the same side of it
    assert vzorov["partners"] == 4
    assert vzorov["is_single_contact"] is True
    sides = [2, 2, 2, 1]  # musterdorf with lhota, mustermark with its embassy, gruentalverein with vzornik, unie
    between = sum(a * b for n, a in enumerate(sides) for b in sides[n + 1 :])
    assert float(str(vzorov["betweenness"])) == pytest.approx(between / 36, abs=1e-6)
    assert (found["komora-vzorov"]["component_size"], vzorov["component_size"]) == (2, 8)


def test_day_of_the_page_decides(client: FlaskClient) -> None:
    assert "mustermark" in rows(client, "on=2005") and "spolek-vzornik" not in rows(client, "on=2005")
    page = get_page(client, f"{ADDRESS}?on=2005&lang=en")
    assert page.text.count("as of 31 December 2005") >= 1


def test_answer_names_who_joins_most(client: FlaskClient) -> None:
    page = get_page(client, f"{ADDRESS}?lang=en")
    lead = page.first("p.lead").text
    assert lead.startswith("Most ways between others lead through: Vzorov Region (50.0 %) and ")
    assert page.column(0)[0].startswith("Vzorov Region Region, Czechia")


@pytest.mark.parametrize(
    ("sort", "field"), [("betweenness", "betweenness"), ("page_rank", "page_rank"), ("relationships", "relationships")]
)
def test_columns_sort_both_ways(client: FlaskClient, sort: str, field: str) -> None:
    values = [float(str(row[field])) for row in rows(client, f"sort=-{sort}").values()]
    assert values == sorted(values, reverse=True)
    assert [float(str(row[field])) for row in rows(client, f"sort={sort}").values()] == sorted(values)
    page = get_page(client, f"{ADDRESS}?sort=-{sort}")
    assert page.values('th[aria-sort="descending"] > a', "href") == [f"{ADDRESS}?sort={sort}"]


def test_choice_by_country_kind_and_single_contact(client: FlaskClient) -> None:
    found = rows(client)
    german = {key for key, row in found.items() if row["country"] == "DE"}
    assert set(rows(client, "country=DE")) == german != set()
    assert set(rows(client, "kind=region&country=DE")) == {"mustermark"}
    single = {key for key, row in found.items() if row["is_single_contact"] is True}
    assert set(rows(client, "single=yes")) == single
    assert get_page(client, ADDRESS).facet("single") == {"yes": len(single), "no": len(found) - len(single)}


def test_single_contact_tells_who_hangs_on_it(client: FlaskClient) -> None:
    found = rows(client)["mustermark"]
    assert [str(iri).rpartition("/")[2] for iri in found["reached_only"]] == ["embassy-cz-musterstadt"]  # type: ignore[attr-defined]
    assert rows(client)["lhota"]["reached_only"] == []


def test_community_is_called_by_its_strongest_hub(client: FlaskClient) -> None:
    found = rows(client)
    pair = {key for key, row in found.items() if row["community"] == found["komora-vzorov"]["community"]}
    assert pair == {"komora-vzorov", "odbor-vztahu"}
    page = get_page(client, f"{ADDRESS}?lang=en&community={found['vzorov']['community']}")
    assert all(text.startswith("around: ") for text in page.column(6))
    assert len(set(page.column(6))) == 1


def test_files_hold_the_same_rows(client: FlaskClient) -> None:
    answer = client.get(f"{ADDRESS}.csv?country=DE")
    table = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["id"] for row in table] == list(rows(client, "country=DE"))
    assert re.search(r'filename="krajina-analysis-measures-[\d-]+\.csv"', answer.headers["Content-Disposition"])


def test_every_column_of_numbers_is_explained(client: FlaskClient) -> None:
    page = get_page(client, f"{ADDRESS}?lang=en")
    queries = [parse_qs(urlsplit(address).query) for address in page.values("th > a", "href")]
    sortable = {query["sort"][0].removeprefix("-") for query in queries if "sort" in query} - {"name"}
    explained = page.all('div[id^="m-"]')
    assert {measure["id"] for measure in explained} == {f"m-{name}" for name in sortable}
    assert all(measure.text.count("Range:") == measure.text.count("Formula:") == 1 for measure in explained)
    assert "what was found in sources" in page.section("limits").text


def test_real_network(real_client: FlaskClient) -> None:
    page = get_page(real_client, f"{ADDRESS}?lang=cs")
    assert len(page.rows()) == 20
    assert page.text.count("Nejvíc cest mezi ostatními vede přes: Ústecký kraj (") == 1


def test_links_to_it(small: Built) -> None:
    client = client_of(small)
    for address in ("/map?view=table", "/questions"):
        assert get_page(client, address).has(f'a[href="{ADDRESS}"]')
    assert get_page(client, "/questions").has('a[href="/path"]')
    assert get_page(client, ADDRESS).has('a[href="#limits"]')
