"""Lists with facets against the tables they come from: numbers, order, pages, files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from graph.sheets.cells import Holds, harmless
from graph.views.facts import AsOf
from graph.views.lists import ALL_LISTS, chosen_set, facet_index
from tests.apps import client_of, get_json
from tests.conftest import Built
from tests.effort import calls
from tests.fixed_day import tables_of
from tests.markup import Element, parse
from tests.recomputed.places import Places
from tests.tables import rows_of

LISTS = {
    "organizations": "organisations",
    "agreements": "agreements",
    "activities": "activities",
    "projects": "projects",
    "sources": "sources",
}
PAST = "2012-12-31"


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return client_of(small)


def page(client: FlaskClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.text)


def begins(row: dict[str, str]) -> str:
    return row["valid_from"] or row["signed"]


@pytest.mark.parametrize(("name", "table"), LISTS.items())
def test_list_has_a_row_for_each_row_of_its_table(client: FlaskClient, real: Built, name: str, table: str) -> None:
    found = get_json(client, f"/{name}.json")
    expected = {row["id"] for row in rows_of(table, real.settings.data)}
    assert {row["id"] for row in found["rows"]} == expected
    assert found["total"] == len(expected)
    assert found["edition"] == real.edition.identifier


@pytest.mark.parametrize("name", LISTS)
def test_pages_together_show_every_row_once(client: FlaskClient, name: str) -> None:
    expected = [row["name"] for row in get_json(client, f"/{name}.json?lang=cs")["rows"]]
    last = -(-len(expected) // 20)
    shown = [len(page(client, f"/{name}?lang=cs&page={number}").rows()) for number in (1, last, last + 5)]
    assert shown == [min(20, len(expected)), len(expected) - 20 * (last - 1), len(expected) - 20 * (last - 1)]


@pytest.mark.parametrize("name", LISTS)
def test_csv_has_the_rows_of_json_in_the_same_order(client: FlaskClient, name: str) -> None:
    rows = get_json(client, f"/{name}.json")["rows"]
    text = client.get(f"/{name}.csv").data.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["iri"] for row in table] == [row["iri"] for row in rows]
    assert list(table[0]) == list(rows[0])
    assert not [cell for row in table for cell in row.values() if harmless(cell) != cell]


def test_json_has_the_numbers_of_the_tables_digit_by_digit(client: FlaskClient, real: Built) -> None:
    """Read as decimals, so that a digit that a float has made up would be seen."""
    columns = {
        "projects": {"budget_eur": "budget_eur", "eu_contribution_eur": "eu_contribution_eur"},
        "organizations": {"latitude": "lat", "longitude": "lon"},
    }
    for name, named in columns.items():
        text = client.get(f"/{name}.json").data
        found = {row["id"]: row for row in json.loads(text, parse_float=Decimal, parse_int=Decimal)["rows"]}
        for row in rows_of(LISTS[name], real.settings.data):
            values = {column: Decimal(row[source]) if row[source] else None for column, source in named.items()}
            assert {column: found[row["id"]][column] for column in named} == values


@pytest.mark.parametrize("name", ALL_LISTS)
def test_json_is_as_it_is_described(client: FlaskClient, name: str) -> None:
    address = f"/{ALL_LISTS[name].address}.json"
    described = get_json(client, "/openapi.json")["paths"][address]["get"]["responses"]["200"]["content"]
    found = get_json(client, address)
    Draft202012Validator(described["application/json"]["schema"]).validate(found)
    for column in ALL_LISTS[name].in_files:
        values = {type(row[column.file]) for row in found["rows"]}
        if column.holds is Holds.NUMBER:
            assert values <= {int, float, type(None)} and values & {int, float}
        elif column.holds is Holds.BOOLEAN:
            assert values <= {bool, type(None)}
        else:
            assert values <= {str, int, list}


def test_country_facet_counts_partners_of_the_tables(client: FlaskClient, real: Built) -> None:
    country = {row["id"]: row["country"] for row in rows_of("organisations", real.settings.data)}
    expected: dict[str, int] = {}
    for row in rows_of("agreements", real.settings.data):
        for code in {country[party] for party in row["parties"].split(";")} - {"CZ", ""}:
            expected[code] = expected.get(code, 0) + 1
    assert page(client, "/agreements").facet("country") == expected


def test_choices_are_combined_by_and_within_a_facet_by_or(client: FlaskClient, real: Built) -> None:
    country = {row["id"]: row["country"] for row in rows_of("organisations", real.settings.data)}
    expected = {
        row["id"]
        for row in rows_of("agreements", real.settings.data)
        if row["kind"] == "twinning" and {country[party] for party in row["parties"].split(";")} & {"PL", "SK"}
    }
    found = get_json(client, "/agreements.json?kind=twinning&country=PL&country=SK")
    assert {row["id"] for row in found["rows"]} == expected != set()


def test_signed_unknown_is_neither_signed_nor_begun(client: FlaskClient, real: Built) -> None:
    expected = {row["id"] for row in rows_of("agreements", real.settings.data) if not begins(row)}
    found = get_json(client, "/agreements.json?signed=unknown")
    assert {row["id"] for row in found["rows"]} == expected


def test_top_area_includes_the_narrower_ones(client: FlaskClient, real: Built) -> None:
    broader = {row["code"]: row["broader"] for row in rows_of("areas", real.settings.data)}
    expected = {
        row["id"]
        for row in rows_of("projects", real.settings.data)
        if any("safety" in (code, broader[code]) for code in row["areas"].split(";"))
    }
    assert {row["id"] for row in get_json(client, "/projects.json?area=safety")["rows"]} == expected
    top = {code for code, wider in broader.items() if not wider}
    assert set(page(client, "/projects").facet("area")) <= top | {"none"}


def test_past_day_leaves_out_what_came_later_but_counts_it(client: FlaskClient, real: Built) -> None:
    rows = rows_of("agreements", real.settings.data)
    later = {row["id"] for row in rows if begins(row) > PAST}
    found = get_json(client, f"/agreements.json?on={PAST}")
    assert {row["id"] for row in found["rows"]} == {row["id"] for row in rows} - later
    assert {row["id"] for row in get_json(client, f"/agreements.json?on={PAST}&status=future")["rows"]} == later
    shown = page(client, f"/agreements?on={PAST}&lang=en")
    assert f"{len(later)} came later." in shown.text
    assert shown.facet("status")["future"] == len(later)


def test_counts_of_states_are_those_of_the_sentence(client: FlaskClient) -> None:
    shown = page(client, f"/agreements?on={PAST}&lang=cs&status=held&status=open")
    counts = shown.facet("status")
    lead = shown.first("p.lead").text
    assert [int(number) for number in re.findall(r"\d+", lead)] == [
        counts["held"], counts["open"], counts["ended"], counts["future"],
    ]  # fmt: skip
    assert f"{counts['held'] + counts['open']} dohod" in shown.text
    states = {row["state"] for row in get_json(client, f"/agreements.json?on={PAST}&status=held&status=open")["rows"]}
    assert states == {"held", "open"}


def test_default_order_is_newest_first_and_unknown_last(client: FlaskClient) -> None:
    rows = get_json(client, "/agreements.json")["rows"]
    dates = [row["signed"] or row["since"] for row in rows]
    known = [date for date in dates if date]
    assert known == sorted(known, reverse=True)
    assert dates == known + [""] * (len(dates) - len(known))


def test_unknown_stays_last_when_the_order_is_turned(client: FlaskClient) -> None:
    dates = [row["issued"] for row in get_json(client, "/sources.json?sort=date")["rows"]]
    known = [date for date in dates if date]
    assert dates == sorted(known) + [""] * (len(dates) - len(known))


def test_sorted_heading_tells_its_order_and_turns_it(client: FlaskClient) -> None:
    heading = page(client, "/agreements?sort=title").first('.cols th[scope="col"]')
    assert heading["aria-sort"] == "ascending"
    assert heading.first("a")["href"] == "/agreements?sort=-title"
    assert page(client, "/agreements?sort=nonsense").values("th", "aria-sort") == ["descending"]


def test_chip_takes_its_choice_away(client: FlaskClient) -> None:
    shown = page(client, "/agreements?country=DE&side=region&lang=en")
    assert shown.links("a.chip:not(.jump)") == [
        ("/agreements?country=DE&lang=en", "Leave out Side of the region: the region ×"),
        ("/agreements?side=region&lang=en", "Leave out Country of the partner: Germany ×"),
    ]


def test_nothing_found_says_so_and_how_to_loosen(client: FlaskClient) -> None:
    shown = page(client, "/agreements?country=XX&lang=cs").text
    assert "Nenalezeno" in shown and "neexistuje" not in shown
    assert "0 dohod" in shown


def test_organizations_by_place(client: FlaskClient, real: Built) -> None:
    places = Places(tables_of(real))
    counts = page(client, "/organizations").facet("place")
    assert counts == Counter(map(places.place, places.organizations))


def test_organization_with_ties_is_an_end_of_the_network(client: FlaskClient, real: Built) -> None:
    ties = get_json(client, "/organizations.json?ties=yes")["rows"]
    everybody = get_json(client, "/organizations.json")["rows"]
    assert {row["id"] for row in ties} == {row["id"] for row in everybody if row["ties"]}
    assert ties[0]["id"] == real.settings.home


def test_publishers_have_codes_and_labels(client: FlaskClient, real: Built) -> None:
    publishers = [row["publisher"] for row in rows_of("sources", real.settings.data)]
    counts = page(client, "/sources").facet("publisher")
    assert counts["euroregion-elbe-labe"] == publishers.count("pub-euroregion-elbe-labe")


def test_miniature_by_hand(small_client: FlaskClient) -> None:
    shown = page(small_client, "/agreements?lang=cs&side=region")
    assert shown.column(0) == [
        "Partnerská smlouva (2008) Partnerská smlouva",
        "Společné prohlášení (2003) Společné prohlášení",
        "Memorandum neznámého data Memorandum",
        "Smlouva s Grüntalvereinem Partnerská smlouva",
    ]
    assert shown.column(2) == ["1. 3. 2008", "7. 5. 2003", "neznámý", "neznámý"]
    assert shown.column(1)[0] == "Kraj Vzorov – Mustermark Německo"


def test_facets_are_counted_without_a_look_at_each_record(real: Built) -> None:
    facts, on = real.facts, AsOf(date.today(), False)
    index = facet_index(facts, on, "organizations")

    def count() -> None:
        for name in ("place", "kind", "group", "country", "ties", "area"):
            choice = {"place": ("abroad",), "kind": ("municipality",)}
            index.counts(name, chosen_set(facts, on, "organizations", choice, name))

    assert calls(count) < len(index.records)
