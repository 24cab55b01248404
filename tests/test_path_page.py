"""The page of paths and its files: fields, paths with their sources, picture, what to loosen."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.markup import Element


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def keys(found: dict[str, object]) -> list[list[str]]:
    """Row ids along each path of the JSON."""
    paths: list[dict[str, list[dict[str, str]]]] = found["paths"]  # type: ignore[assignment]
    ends = [[path["steps"][0]["from"], *(step["to"] for step in path["steps"])] for path in paths]
    return [[iri.rpartition("/")[2] for iri in path] for path in ends]


def empty_state(page: Element) -> Element:
    return page.only("div.empty.tight")


class TestFields:
    @pytest.mark.parametrize(
        ("query", "address"),
        [
            ("from=Žluťoučká Lhota&to=mustermark", "/path?from=lhota&to=mustermark"),
            ("from=zlutoucka&to=MUSTERUNION&lang=en", "/path?lang=en&from=lhota&to=unie-vzoru"),
            ("from=lhota&to=Land Mustermark&on=2008&st=ended", "/path?on=2008-12-31&from=lhota&to=mustermark&st=ended"),
            ("from=zlutoucka", "/path?from=lhota"),
        ],
    )
    def test_name_without_diacritics_leads_to_row_id(self, client: FlaskClient, query: str, address: str) -> None:
        answer = client.get(f"/path?{query}")
        assert (answer.status_code, answer.headers["Location"]) == (303, address)

    def test_several_that_may_be_meant_are_offered(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=vzorov&to=muster&st=held")
        assert "fits several organizations" in empty_state(page).text
        offers = [(link["href"], link.content) for link in page.all('li > a[href^="/path"]')]
        assert ("/path?lang=en&from=vzorov&to=mustermark&st=held", "Mustermark") in offers
        assert {name for _, name in offers} == {
            "Mustermark", "Musterdorf", "Union of Patterns", "Embassy in Musterstadt"
        }  # fmt: skip

    def test_one_unknown_name_keeps_the_other_as_typed(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=nobody&to=muster")
        assert "“nobody” was not found" in page.text
        assert "/path?lang=en&from=nobody&to=musterdorf" in page.values("a", "href")

    def test_fields_hold_names(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?from=lhota&to=mustermark")
        assert page.values("input#from, input#to", "value") == ["Žluťoučká Lhota", "Mustermark"]

    def test_same_organization_twice(self, client: FlaskClient) -> None:
        assert "the same organization" in empty_state(get_page(client, "/path?lang=en&from=lhota&to=lhota")).text

    @settings(deadline=None)
    @given(st.text(max_size=30), st.text(max_size=30))
    def test_any_text_is_answered(self, client: FlaskClient, one: str, other: str) -> None:
        answer = client.get("/path", query_string={"from": one, "to": other})
        assert answer.status_code in (200, 303)
        assert "<script>" not in answer.text.replace('<script type="module"', "")

    def test_markup_in_a_field_is_text(self, client: FlaskClient) -> None:
        page = client.get("/path", query_string={"from": '"><img src=x onerror=alert(1)>', "to": "lhota"}).text
        assert "<img" not in page


class TestAnswer:
    def test_path_of_two_steps_with_state_date_and_source(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=lhota&to=vzorov")
        assert page.only("#answer").text == "The shortest path has 2 steps."
        found = get_json(client, "/path.json?from=lhota&to=vzorov")
        assert keys(found) == [["lhota", "musterdorf", "vzorov"]]
        path = page.first("ol.path")
        organizations = [urlsplit(address).path for address in path.values("li > span:first-child > a", "href")]
        assert organizations == [f"/page/organizations/{key}" for key in ("lhota", "musterdorf", "vzorov")]
        assert path.has('a[href^="/page/agreements/agr-lhota--musterdorf"]') and ", 1999" in path.text
        assert "Weakest step: Musterdorf – Vzorov Region (not verified, 1 record, no date known)" in page.text
        assert len(path.all(".src")) >= 2
        assert "/map?lang=en&focus=lhota&sel=lhota~musterdorf" in path.values("a", "href")

    def test_ended_ties_count_only_on_demand(self, client: FlaskClient) -> None:
        assert keys(get_json(client, "/path.json?from=lhota&to=mustermark")) == [
            ["lhota", "musterdorf", "vzorov", "mustermark"]
        ]
        with_ended = get_json(client, "/path.json?from=lhota&to=mustermark&st=held&st=open&st=ended")
        assert keys(with_ended)[0] == ["lhota", "mustermark"]
        assert with_ended["paths"][0]["steps"][0]["state"] == "ended"

    def test_day_of_the_page_decides(self, client: FlaskClient) -> None:
        assert keys(get_json(client, "/path.json?from=lhota&to=mustermark&on=2005"))[0] == ["lhota", "mustermark"]
        assert get_json(client, "/path.json?from=lhota&to=mustermark&on=1990")["paths"] == []

    def test_lying_in_a_territory_is_a_step_on_demand(self, client: FlaskClient) -> None:
        steps = get_page(client, "/path?lang=en&from=samota&to=lhota&ground=part").first("ol.path").text
        assert "lies in the territory of" in steps and "has in its territory" in steps
        other = get_json(client, "/path.json?from=vzorov&to=zastupitelstvo-vzorov&ground=part")
        assert other["paths"][0]["steps"][0]["relationships"][0]["class"] == "Part"

    def test_file_of_rows(self, client: FlaskClient) -> None:
        text = client.get("/path.csv?lang=en&from=lhota&to=mustermark").data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [(row["path"], row["step"], row["relationship"].rpartition("/")[2], row["state"]) for row in rows] == [
            ("1", "1", "agr-lhota--musterdorf", "aged"),
            ("1", "2", "agr-neznama", "open"),
            ("1", "3", "agr-muster-2008", "aged"),
        ]
        assert all(row["sources"].startswith("https://example.org/small/resource/sources/") for row in rows)

    def test_picture_has_the_organizations_and_ties_of_the_paths(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?from=lhota&to=mustermark&st=held&st=open&st=ended")
        drawn = set(page.only("svg.paths").values("a", "data-id"))
        data = get_json(client, "/path.json?from=lhota&to=mustermark&st=held&st=open&st=ended")
        assert {key for key in drawn if "~" not in key} == {key for path in keys(data) for key in path}
        steps = {tuple(sorted(pair)) for path in keys(data) for pair in pairwise(path)}
        assert {key for key in drawn if "~" in key} == {"~".join(pair) for pair in steps}

    @pytest.mark.parametrize("query", ["", "from=lhota", "from=lhota&to=nobody", "from=muster&to=lhota"])
    def test_file_needs_two_organizations(self, client: FlaskClient, query: str) -> None:
        assert client.get(f"/path.json?{query}").status_code == 400


class TestNothingFound:
    def test_what_gives_a_path_is_offered(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=samota&to=lhota")
        assert empty_state(page).text.startswith("No path was found")
        assert "does not exist" not in page.text
        offers = [offer for offer in empty_state(page).links('a[href^="/path"]') if offer[1].startswith("over")]
        assert [text for _, text in offers] == ["over the territory in which they lie: 2 steps"]
        assert "ground=part" in offers[0][0]

    def test_today_is_offered_on_a_day_without_a_path(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=lhota&to=vzorov&on=1990")
        assert "today: 2 steps" in empty_state(page).text

    def test_nothing_helps(self, client: FlaskClient) -> None:
        page = get_page(client, "/path?lang=en&from=samota&to=unie-vzoru&on=1990&ground=agreement")
        assert "Not found does not mean that they are not linked" in empty_state(page).text


def test_links_to_it(client: FlaskClient) -> None:
    def paths_from_card(query: str) -> list[tuple[str, str]]:
        return get_page(client, f"/map?lang=en&part=card&{query}").links('a[href^="/path"]')

    assert get_page(client, "/page/organizations/lhota").has('a[href="/path?from=lhota"]')
    between = "Paths between them"
    assert paths_from_card("sel=mustermark") == [("/path?lang=en&from=vzorov&to=mustermark", between)]
    assert paths_from_card("sel=mustermark~unie-vzoru") == [("/path?lang=en&from=mustermark&to=unie-vzoru", between)]
    assert paths_from_card("sel=vzorov") == [("/path?lang=en&from=vzorov", "Paths to another organization")]
    embassy = paths_from_card("hops=2&sel=embassy-cz-musterstadt")
    assert embassy == [("/path?lang=en&from=vzorov&to=embassy-cz-musterstadt", "Paths to it")]
