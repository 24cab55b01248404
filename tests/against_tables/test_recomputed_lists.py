"""Each list over the published tables on three days: its rows, numbers and facets as computed from the tables alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask.testing import FlaskClient

from tests.apps import get_json, get_page
from tests.fixed_day import address_on
from tests.recomputed.dated import FRESH_YEARS, Day
from tests.recomputed.lists import Lists
from tests.recomputed.tables import Tables

NAMES = ("organizations", "agreements", "activities", "projects", "sources", "areas")
CHOICES = {
    "organizations": ({"country": ["DE"]}, {"place": ["region"], "ties": ["no"]}, {"area": ["culture", "sport"]}),
    "agreements": ({"country": ["DE", "PL"]}, {"side": ["region"], "status": ["held"]}, {"area": ["health"]}),
    "activities": (
        {"kind": ["visit"], "area": ["economy"]},
        {"phase": ["announced", "planned"]},
        {"year": ["2014"]},
        {"status": ["none"]},
    ),
    "projects": ({"country": ["DE"], "area": ["tourism"]}, {"programme": ["none"]}, {"status": ["future", "open"]}),
    "sources": ({"language": ["de"]}, {"dated": ["no"], "kind": ["web_page"]}),
    "areas": ({"broadest": ["society", "economy"]},),
}


@pytest.fixture(scope="module")
def lists(tables: Tables, on: Day) -> Lists:
    return Lists(tables, on)


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_numbers(client: FlaskClient, lists: Lists, on: Day, name: str) -> None:
    answer, listing = get_json(client, address_on(f"/{name}.json", on)), lists[name]
    rows = {row["id"]: row for row in answer["rows"]}
    assert set(rows) == listing.keys({})
    assert answer["total"] == len(rows) == len(answer["rows"])
    for column, numbers in listing.numbers.items():
        assert {key: row[column] for key, row in rows.items()} == {key: numbers[key] for key in rows}, column


def test_answers_in_words(client: FlaskClient, lists: Lists, on: Day) -> None:
    """What a list says above its table, and on agreements also in the caption of it."""
    forms = ["held", "aged", "open", "suspended", "ended", "future"]
    order = {"agreements": ("status", forms), "activities": ("status", ["past", "none", "future"]),
             "organizations": ("ties", ["yes", "no"]), "sources": ("dated", ["yes", "no"])}  # fmt: skip
    for name, (facet, codes) in order.items():
        page, counts = get_page(client, address_on(f"/{name}", on)), lists[name].counts(facet, {})
        years = FRESH_YEARS if name == "agreements" else None
        told = [number for number in numbers(page.first("p.lead").text) if number != years]
        phases = lists[name].counts("phase", {}) if name == "activities" else {}
        uncertain = sum(number for code, number in phases.items() if code != "held")
        expected = [*(counts[code] for code in codes if code in counts), uncertain]
        assert told == [number for number in expected if number], name
    page = get_page(client, address_on("/projects", on))
    counts = Counter(lists["projects"].counts("status", {}))
    running, *others = counts["held"] + counts["aged"], counts["open"], counts["ended"], counts["future"]
    assert numbers(page.first("p.lead").text) == [number for number in (running, *others) if number]
    undated = len(lists.keys("agreements", evidence="undated"))
    said = re.findall(r"For (\d+) only an undated web page", get_page(client, address_on("/agreements", on)).text)
    assert said == ([str(undated)] if undated else [])


def test_areas_in_words(client: FlaskClient, tables: Tables, lists: Lists, on: Day) -> None:
    agreements = lists["areas"].numbers["agreements"]
    most = sorted((agreements[code] for code, broader in tables.broader.items() if not broader), reverse=True)
    assert numbers(get_page(client, address_on("/areas", on)).first("p.lead").text) == most[:3]


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("name", ["agreements", "projects"])
def test_state_of_each_row_and_its_date(client: FlaskClient, lists: Lists, on: Day, name: str) -> None:
    rows = get_json(client, address_on(f"/{name}.json", on))["rows"]
    records = lists.dated[name]
    for row in rows:
        record = records[row["id"]]
        assert (row["id"], row["state"], row["state_date"]) == (record.key, record.form(on), record.state_date(on))


@pytest.mark.parametrize("name", ["agreements", "activities", "projects"])
def test_bases_of_each_row(client: FlaskClient, tables: Tables, on: Day, name: str) -> None:
    rows = get_json(client, address_on(f"/{name}.json", on))["rows"]
    assert {row["id"]: set(row["bases"]) for row in rows} == {row["id"]: tables.bases(name, row["id"]) for row in rows}
    assert any(row["bases"] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_facets(client: FlaskClient, lists: Lists, on: Day, name: str) -> None:
    listing = lists[name]
    for chosen in ({}, *CHOICES[name]):
        query = "&".join(f"{facet}={code}" for facet, codes in chosen.items() for code in codes)
        page = get_page(client, address_on(f"/{name}?{query}", on))
        for facet in next(iter(listing.codes.values())):
            assert page.facet(facet) == listing.counts(facet, chosen), (chosen, facet)
