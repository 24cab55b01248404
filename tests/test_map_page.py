"""The map as a page, as a table and as files: one state in the address, the same ties everywhere."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import read_library
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.map_browser import browser_page
from tests.markup import parse
from webapp.map.words import _czech_in

__all__ = ["browser_page"]  # fixtures


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def nodes(client: FlaskClient, query: str) -> set[str]:
    return {node["id"] for node in client.get(f"/map.json?{query}").json["nodes"]}  # type: ignore[index]


START = {"vzorov", "gruentalverein", "musterdorf", "mustermark", "unie-vzoru"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("lang=en", "4 foreign partners in 2 countries: in Germany (3) and in Austria (1)."),
        ("lang=cs", "4 zahraniční partneři ve 2 zemích: v Německu (3) a v Rakousku (1)."),
        (
            "lang=en&group=c0&group=c1",
            "3 foreign partners in Germany. 1 former partner: all that is shown of it has ended or is suspended.",
        ),
        ("lang=en&ground=membership", "1 foreign partner in Austria."),
        ("lang=en&st=ended", "No partner was found."),
    ],
)
def test_answer_in_words(client: FlaskClient, query: str, sentence: str) -> None:
    assert get_page(client, f"/map?{query}").first("p.lead").text == sentence


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", START),
        ("hops=2", START | {"embassy-cz-musterstadt"}),
        ("hops=9&group=nowhere&st=", START),
        ("ground=agreement", START - {"unie-vzoru"}),
        ("st=open", START),
        ("group=c2", {"vzorov", "unie-vzoru"}),
        ("kind=square&kind=circle", {"vzorov", "musterdorf", "mustermark"}),
        ("ground=event&group=c0", {"vzorov", "komora-vzorov"}),
        ("focus=lhota", {"lhota", "musterdorf", "mustermark"}),
        ("on=1998", {"vzorov", "gruentalverein", "musterdorf"}),
    ],
)
def test_what_a_view_shows(client: FlaskClient, query: str, shown: set[str]) -> None:
    assert nodes(client, query) == shown


def test_legend_counts_under_the_present_choice(client: FlaskClient) -> None:
    page = get_page(client, "/map?lang=en&group=c0&group=c1")
    assert page.facet("ground") == {"agreement": 3, "project": 1, "event": 1}
    for unseen in ("membership", "relation"):  # nobody has them, but the form must not give them up
        assert page.has(f'input[type="hidden"][name="ground"][value="{unseen}"]')
    assert page.facet("group") == {"c1": 3, "c2": 1, "c0": 0}


def test_address_holds_only_what_was_chosen(client: FlaskClient) -> None:
    page = get_page(client, "/map?hops=2&ground=agreement&lang=en&on=2012-12-31&focus=vzorov")
    assert page.values('a[data-hops="3"]', "href") == ["/map?lang=en&on=2012-12-31&v=1&hops=3&ground=agreement"]


def test_card_of_a_tie_has_state_date_and_sources(client: FlaskClient) -> None:
    for sel in ("mustermark", "mustermark~vzorov"):
        markup = client.get(f"/map?lang=en&part=card&sel={sel}").text
        assert markup.lstrip().startswith("<aside") and "<html" not in markup
        card = parse(markup).only("aside")
        assert card["data-ids"] == "mustermark mustermark~vzorov"
        assert "2 agreements, 1 project. The tie is shown since 7 May 2003." in card.text
        statements = next(part for part in card.children("ul") if part["class"] == "list")
        badges = [(badge["class"], badge.text) for badge in statements.all(".badge")]
        assert badges[1:] == [("badge aged", "was valid in 2015"), ("badge ended", "superseded")]
        assert "https://vzorov.example.org/2008/podpis" in card.values("a", "href")


def test_card_of_a_tie_is_complete(client: FlaskClient) -> None:
    card = get_page(client, "/map?lang=en&part=card&sel=mustermark")
    assert card.terms() == [
        ("Further parties", "Vzorník Society"), ("Start", "January 2010"), ("End", "December 2011"),
        ("Areas", "economy"),
        ("Signed", "1 March 2008"), ("Start", "1 April 2008"), ("Areas", "culture, economy"),
        ("Start", "7 May 2003"), ("Areas", "culture"),
    ]  # fmt: skip
    addresses = card.values("a", "href")
    # its third source, and the one that differs
    assert len([address for address in addresses if "bote.example.org/2015/vertrag" in address]) == 2
    assert [address for address in addresses if address.startswith("/data/")] == [
        "/data/projects/prj-most.ttl", "/data/agreements/agr-muster-2008.ttl", "/data/agreements/agr-muster-2003.ttl",
    ]  # fmt: skip
    differs = card.only("section.differs")
    assert "sources differ" in differs.text
    assert [value.own_text for value in differs.all("ul.list > li")] == ["1 March 2008", "28 February 2008"]


def test_card_of_an_organization(client: FlaskClient) -> None:
    card = get_page(client, "/map?lang=en&part=card&focus=lhota&sel=lhota")
    assert "Country" in card.texts("dt") and "/data/organizations/lhota.ttl" in card.values("a", "href")
    assert "Set in the middle" not in card.text


def test_table_shows_the_card_of_what_is_chosen(client: FlaskClient) -> None:
    assert get_page(client, "/map?view=table&sel=mustermark").has("#card")
    assert not get_page(client, "/map?view=table").has("#card")


def test_card_across_and_of_a_node_further_out(client: FlaskClient) -> None:
    across = get_page(client, "/map?lang=en&part=card&sel=mustermark~unie-vzoru")
    assert "1 membership." in across.text
    node = get_page(client, "/map?lang=en&hops=2&part=card&sel=embassy-cz-musterstadt")
    assert node.has('a[href$="sel=embassy-cz-musterstadt~mustermark"]') and "Embassy · Germany" in node.text


def test_what_is_not_shown_has_no_card(client: FlaskClient) -> None:
    for sel in ("lhota", "<script>", "a~b"):
        card = client.get("/map", query_string={"part": "card", "sel": sel}).text
        assert "data-ids" not in card and "<script" not in card


def test_picture_links_keep_the_view(client: FlaskClient) -> None:
    picture = get_page(client, "/map?ground=agreement&on=2012-12-31").first("svg.wide")
    links = {link["data-id"]: link["href"] for link in picture.all("a")}
    assert links["mustermark"] == "/map?on=2012-12-31&v=1&ground=agreement&sel=mustermark"
    partners = {"gruentalverein", "musterdorf", "mustermark"}
    assert links.keys() == {"vzorov"} | partners | {f"{partner}~vzorov" for partner in partners}


def test_table_has_the_ties_of_the_picture(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=table&lang=en")
    table = page.first("table")
    partners = [urlsplit(address).path for address in table.values('th[scope="row"] > a:first-child', "href")]
    assert sorted(partners) == [f"/page/organizations/{key}" for key in sorted(START - {"vzorov"})]
    assert "4 ties of the picture" in table.text and "1 tie between these partners" in page.text
    assert not get_page(client, "/map?view=table&lang=en&st=ended").has("table")


def test_organizations_with_their_measures(client: FlaskClient) -> None:
    rows = get_page(client, "/map?view=table&lang=en").all('tr:has([data-l="Partners in all"])')
    (row,) = [row for row in rows if row.first("th").text.startswith("Mustermark")]
    cells = {cell["data-l"]: cell.text for cell in row.all("td[data-l]")}
    assert (cells["Steps"], cells["Ties here"], cells["Partners in all"]) == ("1", "2", "5")
    assert cells["Bridge"].endswith(" %") and cells["Single contact"] == "yes"


def test_files_hold_what_is_seen(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/map.csv?lang=en").data.decode("utf-8-sig"))))
    assert [(row["partner"].rpartition("/")[2], row["relationships"], row["state"]) for row in rows] == [
        ("gruentalverein", "1", "not verified"),
        ("musterdorf", "1", "not verified"),
        ("mustermark", "3", "not verified"),
        ("unie-vzoru", "1", "not verified"),
        ("unie-vzoru", "1", "ended"),
    ]
    for suffix, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        found = read(io.BytesIO(client.get(f"/map.{suffix}").data))
        assert {node.rpartition("/")[2] for node in found} == START
        assert found.number_of_edges() == 5
        every = read(io.BytesIO(client.get(f"/map.{suffix}?edges=relationships").data))
        assert every.number_of_edges() == 7  # four ties of one relationship and one of three


def test_picture_file_names_its_edition(client: FlaskClient, small: Built) -> None:
    response = client.get("/map.svg?lang=en")
    root = ET.fromstring(response.data)
    description = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert response.mimetype == "image/svg+xml"
    assert small.edition.identifier in description and "CC BY 4.0" in description
    links = [link.get("href") for link in root.iter("{http://www.w3.org/2000/svg}a")]
    assert f"{small.settings.base}/resource/organizations/mustermark" in links


def test_unknown_middle_is_not_found(client: FlaskClient) -> None:
    assert client.get("/map?focus=nobody").status_code == 404


@pytest.mark.parametrize(
    ("number", "word"), [(1, "v"), (2, "ve"), (5, "v"), (13, "ve"), (16, "v"), (23, "ve"), (100, "ve")]
)
def test_czech_preposition_before_a_number(number: int, word: str) -> None:
    assert _czech_in(number) == word


@pytest.mark.browser
class TestScript:
    def test_cards_change_without_a_new_page(self, browser_page: Page) -> None:
        page, heading = browser_page, browser_page.locator("#card-h")
        page.goto("/map")
        page.evaluate("window.same = true")
        page.locator('svg.wide a[data-id="saxony"]').click()
        expect(heading).to_contain_text("Sasko")
        expect(heading).to_be_focused()
        expect(page).to_have_url(re.compile(r"/map\?v=1&sel=saxony$"))
        assert page.locator("svg.wide .halo").count() == 1
        page.locator('svg.wide a[data-id="vojvodina"]').click()
        expect(heading).to_contain_text("Vojvodina")
        page.go_back()
        expect(heading).to_contain_text("Sasko")
        page.keyboard.press("Escape")
        expect(page.locator("[data-close]")).to_have_count(0)
        assert page.evaluate("window.same") is True

    def test_keys_set_the_steps(self, browser_page: Page) -> None:
        browser_page.goto("/map")
        browser_page.keyboard.press("2")
        expect(browser_page).to_have_url(re.compile(r"hops=2"))
        browser_page.locator("#q").press("3")
        expect(browser_page).to_have_url(re.compile(r"hops=2"))

    def test_canvas_opens_the_same_card(self, browser_page: Page) -> None:
        page = browser_page
        page.goto("/map")
        page.locator("[data-zoom]").click()
        canvas = page.locator(".zoom canvas")
        canvas.scroll_into_view_if_needed()
        data = page.evaluate("fetch(document.querySelector('.map').dataset.json).then(r => r.json())")
        saxony = next(node for node in data["nodes"] if node["id"] == "saxony")
        box = canvas.bounding_box()
        assert box
        scale = min(box["width"] / data["width"], box["height"] / data["height"])
        x = box["width"] / 2 + (saxony["x"] - data["width"] / 2) * scale
        y = box["height"] / 2 + (saxony["y"] - data["height"] / 2) * scale
        canvas.click(position={"x": x, "y": y})
        expect(page.locator("#card-h")).to_contain_text("Sasko")
        page.locator("[data-zoom]").click()
        expect(page.locator("svg.wide")).to_be_visible()

    @pytest.mark.parametrize("query", ["", "hops=2", "lang=en"])
    def test_labels_do_not_overlap_as_they_are_drawn(self, browser_page: Page, query: str) -> None:
        browser_page.goto(f"/map?{query}")
        assert browser_page.evaluate(OVERLAPS) == []


# Pairs of labels and nodes whose drawn boxes have more than a pixel in common; a line of text exceeds its letters.
OVERLAPS = """() => {
  const rooms = [...document.querySelectorAll("svg.wide a")].map((link) => [link.dataset.id,
    [...link.querySelectorAll("text, [class^=n], .home")].map((part) => part.getBBox())]);
  const across = (a, b) => a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width;
  const hit = (a, b) => across(a, b) && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height;
  return rooms.flatMap(([one, parts], i) => rooms.slice(i + 1)
    .filter(([, others]) => parts.some((a) => others.some((b) => hit(a, b)))).map(([other]) => `${one} / ${other}`));
}"""


def test_an_organization_without_ties_stands_in_the_middle_of_the_whole_network(
    client: FlaskClient, small: Built
) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    network = build_network(small.store, library)
    alone = min(organization.key for iri, organization in library.organizations.items() if iri not in network)
    for form in ("", ".svg", ".json"):
        assert client.get(f"/map{form}?focus={alone}&view=whole").status_code == 200
    assert parse(client.get(f"/map?focus={alone}&view=whole").text).has(".map")
