"""Groups in the picture of the map: what they say, where they open, and that tables and files keep everybody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from graph import open_edition
from graph.networks.grouping import EDGE_BUDGET, NODE_BUDGET
from graph.networks.neighbourhood import View
from graph.views import scene
from graph.views.map_view import MOST_OPEN, MapView, read_group_keys, short_group_keys
from tests.apps import app_of, client_of, get_page
from tests.conftest import Built, copy_small, settings_of
from tests.editions import kept
from tests.map_browser import page, serious_findings, settled, status
from tests.markup import Element, parse

__all__ = ["page"]  # fixtures

LOW = 6
SVG = "{http://www.w3.org/2000/svg}"
WHOLE = "view=whole&lang=en"
CZECH = ["komora-vzorov", "lhota", "odbor-vztahu", "spolek-vzornik"]
OPEN = [f"{WHOLE}&open=DE", f"{WHOLE}&open=CZ.hexagon"]
STATES = [WHOLE, *OPEN, f"{WHOLE}&versus=2007", "hops=3&group=c0&group=c1&lang=en"]
OPENING = "/map?lang=en&v=1&open=CZ&view=whole"
ALL_GROUNDS = "&".join(f"ground={name}" for name in ("agreement", "project", "membership", "relation", "event"))
ALL_GROUPS = "&".join(f"group=c{number}" for number in range(7))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve the miniature as an edition of its own, which keeps the places of its pictures."""
    settings = kept(settings_of(copy_small(tmp_path_factory.mktemp("groups") / "data")))
    edition = open_edition(settings)
    with edition.open() as store:
        yield app_of(Built(settings, edition, store))


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Give a client to which pictures have room for few nodes."""
    monkeypatch.setattr(scene, "NODE_BUDGET", LOW)
    return app.test_client()


def drawn(client: FlaskClient, query: str) -> dict[str, Any]:
    return client.get(f"/map.json?{query}").json or {}


def groups(client: FlaskClient, query: str) -> dict[str, list[str]]:
    return {node["id"]: node["members"] for node in drawn(client, query)["nodes"] if node.get("is_group")}


def page_of(client: FlaskClient, query: str) -> Element:
    return get_page(client, f"/map?{query}")


def card_of(client: FlaskClient, query: str) -> Element:
    return get_page(client, f"/map?{query}&part=card").only("aside")


def chosen_by(card: Element) -> list[str]:
    """List what the links of a card choose, in their order."""
    queries = [parse_qs(urlsplit(address).query) for address in card.values("a", "href")]
    return [query["sel"][0] for query in queries if "sel" in query]


class TestState:
    def test_a_kind_opens_its_country(self) -> None:
        assert read_group_keys(["DE.circle"], {"DE"}) == ("DE", "DE.circle")
        assert short_group_keys(("CZ", "DE", "DE.circle")) == ["CZ", "DE.circle"]

    def test_unknown_keys_are_passed_over(self) -> None:
        texts = ["XX", "DE.cloud", "DE.", "DE.circle.rest", "<b>", "", "-", "-.square"]
        assert read_group_keys(texts, {"DE"}) == ("-", "-.square")

    def test_only_so_many_are_open(self) -> None:
        countries = {f"{first}{last}" for first in "ABCDEF" for last in "ABCDEF"}
        assert len(read_group_keys(sorted(countries), countries)) == MOST_OPEN

    def test_closing_a_country_closes_its_kinds(self) -> None:
        view = MapView(View("", open_groups=("CZ",))).with_open("DE").with_open("DE.circle")
        assert view.view.open_groups == ("CZ", "DE", "DE.circle")
        assert view.with_closed("DE").view.open_groups == ("CZ",)
        assert view.with_closed("DE.circle").view.open_groups == ("CZ", "DE")

    def test_address_is_as_short_as_it_can_be(self, client: FlaskClient) -> None:
        sent = client.get("/map?apply=1&view=whole&open=CZ&open=CZ.hexagon&open=XX&open=")
        assert sent.headers["Location"] == "/map?v=1&open=CZ.hexagon&view=whole"


class TestPicture:
    def test_within_the_budget_there_are_none(self, client: FlaskClient) -> None:
        assert groups(client, "") == {} and "group of organizations" not in page_of(client, "lang=en").text

    def test_groups_are_nodes_with_a_count(self, client: FlaskClient) -> None:
        node = next(node for node in drawn(client, WHOLE)["nodes"] if node["id"] == "group:CZ")
        told = {name: node[name] for name in ("is_group", "count", "members", "href", "lines", "group", "figure")}
        assert told == {
            "is_group": True, "count": 4, "members": CZECH, "href": "/map?lang=en&v=1&open=CZ&view=whole",
            "lines": ["Czechia"], "group": "c0", "figure": "circle",
        }  # fmt: skip
        assert node["gap"] > node["size"] > 10

    def test_lines_of_groups_sum_up(self, client: FlaskClient) -> None:
        edges = {edge["id"]: edge for edge in drawn(client, WHOLE)["edges"]}
        both, single = edges["group:CZ~group:DE"], edges["group:CZ~vzorov"]
        assert (both["records"], both["form"], single["records"], single["form"]) == (5, "held", 1, "ended")
        assert both["width"] > single["width"]

    def test_they_open(self, client: FlaskClient) -> None:
        assert groups(client, f"{WHOLE}&open=DE") == {"group:CZ": CZECH}
        assert sorted(groups(client, f"{WHOLE}&open=CZ.hexagon")) == ["group:DE"]

    @pytest.mark.parametrize("query", STATES)
    def test_nobody_is_lost(self, client: FlaskClient, query: str) -> None:
        data = drawn(client, query)
        everybody = [key for node in data["nodes"] for key in node.get("members", [node["id"]])]
        graph = nx.read_graphml(io.BytesIO(client.get(f"/map.graphml?{query}").data))
        assert sorted(everybody) == sorted(iri.rpartition("/")[2] for iri in graph)
        ids = {node["id"] for node in data["nodes"]}
        assert all(edge["from"] in ids and edge["to"] in ids for edge in data["edges"])

    @pytest.mark.parametrize("query", STATES)
    def test_picture_files_hold_what_is_seen(self, client: FlaskClient, query: str) -> None:
        data = drawn(client, query)
        root = ET.fromstring(client.get(f"/map.svg?{query}").data)
        figures = [part for part in root.iter() if re.fullmatch(r"n\d|home", part.get("class", ""))]
        lines = [part for part in root.iter(f"{SVG}line") if part.get("class", "").split()[0] == "e"]
        assert (len(figures), len(lines)) == (len(data["nodes"]), len(data["edges"]))
        counts = [part.text for part in root.iter(f"{SVG}text") if part.get("class") == "num"]
        assert counts == [str(node["count"]) for node in data["nodes"] if "count" in node]
        for suffix, start in (("pdf", b"%PDF"), ("png", b"\x89PNG")):
            assert client.get(f"/map.{suffix}?{query}").data.startswith(start)

    def test_group_in_the_picture_is_a_link_that_opens_it(self, client: FlaskClient) -> None:
        group = page_of(client, WHOLE).first("svg.wide").only('a[data-id="group:CZ"]')
        assert group["href"] == OPENING
        assert group.first("title").text.startswith("Czechia, 4 org")

    def test_page_in_one_file_opens_it_in_krajina(self, client: FlaskClient) -> None:
        page = get_page(client, f"/map.html?{WHOLE}")
        data = page.island("map-data")["map"]
        assert {node["id"] for node in data["nodes"]} == {node["id"] for node in drawn(client, WHOLE)["nodes"]}
        assert set(page.values('a[data-id="group:CZ"]', "href")) == {f"https://example.org/small{OPENING}"}
        assert "group of organizations" in page.text and len(page.all("tr[id]")) == 13


class TestTable:
    @pytest.mark.parametrize("query", STATES)
    def test_rows_and_data_are_the_same_however_it_is_drawn(self, client: FlaskClient, query: str) -> None:
        rows = list(csv.DictReader(io.StringIO(client.get(f"/map.csv?{query}").data.decode("utf-8-sig"))))
        shown = re.search(r"Shown: (\d+) organizations, (\d+) ties", page_of(client, query).text)
        ends = {row[end] for row in rows for end in ("organization", "partner")}
        assert shown and [int(count) for count in shown.groups()] == [len(ends), len(rows)]
        assert not any("group:" in iri for iri in ends)
        for suffix in ("gexf", "jsonld", "xlsx"):
            assert b"group:" not in client.get(f"/map.{suffix}?{query}").data

    def test_whole_network_has_its_table_below(self, client: FlaskClient) -> None:
        page = page_of(client, WHOLE)
        assert page.has("[data-table]")
        assert len(page.all('th[scope="row"]')) - len(page.all('[data-l="Partners in all"]')) == 13


class TestWords:
    def test_sentence_legend_and_caption(self, client: FlaskClient) -> None:
        page = page_of(client, WHOLE)
        text = page.text
        assert "The picture puts 8 organizations together to 2 groups; open them, or narrow the choice." in text
        assert "group of organizations" in page.texts("form span")
        assert "number of their organizations: 4 nodes and 5 lines; 2 ties within groups." in text
        czech = page_of(client, "view=whole&lang=cs").text
        assert "Obrázek shrnuje 8 organizací do 2 skupin; otevřete je, nebo zužte výběr." in czech

    def test_list_names_groups(self, client: FlaskClient) -> None:
        listed = page_of(client, WHOLE).all('a[id^="node-"][data-node]')
        names = [(link["data-node"], *link.texts("span")[:2]) for link in listed]
        assert names[1:3] == [("group:CZ", "Czechia", "4 organizations"), ("group:DE", "Germany", "4 organizations")]

    def test_card_of_a_group(self, client: FlaskClient) -> None:
        card = card_of(client, f"{WHOLE}&sel=group:CZ")
        assert "4 organizations, 1 tie between them; with others: 3 agreements, 2 projects." in card.text
        assert card.links("a[data-open]") == [(OPENING, "Open the group: Czechia")]
        assert chosen_by(card) == ["odbor-vztahu", "komora-vzorov", "spolek-vzornik", "lhota"]

    def test_card_of_a_line_lists_its_ties(self, client: FlaskClient) -> None:
        card = card_of(client, f"{WHOLE}&sel=group:CZ~group:DE")
        assert sorted(chosen_by(card)) == [
            "gruentalverein~komora-vzorov", "gruentalverein~spolek-vzornik", "lhota~musterdorf", "lhota~mustermark",
            "mustermark~spolek-vzornik",
        ]  # fmt: skip
        assert "5 ties: 3 agreements, 2 projects. At best: valid." in card.text

    def test_card_of_a_member_marks_its_group(self, client: FlaskClient) -> None:
        card = card_of(client, f"{WHOLE}&sel=lhota")
        assert "Lhota" in card.text and "group:CZ" in card["data-ids"].split()

    def test_chip_closes(self, client: FlaskClient) -> None:
        chips = page_of(client, f"{WHOLE}&open=CZ.hexagon").links("a.chip")
        assert [chip for chip in chips if "open group: " in chip[1]] == [
            ("/map?lang=en&v=1&view=whole", "Leave out open group: Czechia ×"),
            ("/map?lang=en&v=1&open=CZ&view=whole", "Leave out open group: Czechia: other organization ×"),
        ]

    def test_geography_needs_none(self, client: FlaskClient) -> None:
        markup = client.get("/map?view=geo&hops=3&group=c0&group=c1&lang=en").text
        assert "group:" not in markup and "to 2 groups" not in parse(markup).text


@pytest.mark.parametrize("query", ["view=whole", f"hops=3&{ALL_GROUNDS}&{ALL_GROUPS}"])
def test_shipped_data_are_drawn_within_the_budget(real: Built, query: str) -> None:
    client = client_of(real)
    data = drawn(client, query)
    assert len(data["nodes"]) <= NODE_BUDGET and len(data["edges"]) <= EDGE_BUDGET
    counts = [node["count"] for node in data["nodes"] if "count" in node]
    rows = csv.DictReader(io.StringIO(client.get(f"/map.csv?{query}").data.decode("utf-8-sig")))
    everybody = {row[end] for row in rows for end in ("organization", "partner")}
    assert counts and len(data["nodes"]) - len(counts) + sum(counts) == len(everybody) > NODE_BUDGET


@pytest.mark.browser
class TestInTheBrowser:
    def test_group_opens_and_closes_by_keyboard(self, page: Page) -> None:
        settled(page, "/map?view=whole")
        page.locator("#node-list").focus()
        page.keyboard.type("nemecko")
        assert status(page).startswith("Německo, ")
        page.keyboard.press("Enter")
        expect(page.locator("#card-h")).to_have_text("Německo")
        page.locator("#card [data-open]").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"[?&]open=DE(&|$)"))
        expect(page.locator("#node-list")).to_be_focused()
        expect(page.locator('svg.wide a[data-id="group:DE"]')).to_have_count(0)
        expect(page.locator('svg.wide a[data-id="saxony"]')).to_have_count(1)
        page.locator(".chosen a", has_text="otevřená skupina: Německo").press("Enter")
        expect(page.locator('svg.wide a[data-id="group:DE"]')).to_have_count(1)
        assert page.evaluate("window.same") is True

    def test_group_opens_by_click_and_the_way_back_closes_it(self, page: Page) -> None:
        settled(page, "/map?view=whole")
        page.locator('svg.wide a[data-id="group:DE"] .within').click()
        expect(page.locator('svg.wide a[data-id="group:DE"]')).to_have_count(0)
        page.go_back()
        expect(page.locator('svg.wide a[data-id="group:DE"]')).to_have_count(1)

    def test_group_opens_on_the_canvas(self, page: Page) -> None:
        settled(page, f"/map?focus=saxony&hops=3&{ALL_GROUNDS}")
        page.locator("[data-zoom]").click()
        canvas = page.locator(".zoom canvas")
        canvas.wait_for()
        data = page.request.get(page.locator(".map").get_attribute("data-json") or "").json()
        group = next(node for node in data["nodes"] if node.get("href"))
        box = canvas.bounding_box()
        assert box
        scale = min(box["width"] / data["width"], box["height"] / data["height"])
        x = box["width"] / 2 + (group["x"] - data["width"] / 2) * scale
        y = box["height"] / 2 + (group["y"] - data["height"] / 2) * scale
        canvas.click(position={"x": x, "y": y})
        expect(page).to_have_url(re.compile(f"open={group['id'].removeprefix('group:')}"))
        expect(page.locator(".zoom canvas")).to_be_visible()

    @pytest.mark.heavy
    @pytest.mark.parametrize("path", ["/map?view=whole", "/map?view=whole&sel=group:DE"])
    def test_nothing_serious(self, page: Page, path: str) -> None:
        settled(page, path)
        assert serious_findings(page) == []
