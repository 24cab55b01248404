"""The geographic form of the map: the organizations and ties of its network, each where it is or in a list."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask.testing import FlaskClient
from PIL import ImageFont
from playwright.sync_api import Page, expect

from graph import open_edition
from graph.geography.outlines import ATLAS
from graph.networks.ties import tie_key
from tests.apps import client_of, get_page
from tests.conftest import Built, settings_of
from tests.editions import kept
from tests.map_browser import browser_page
from tests.markup import Element, parse
from tests.recomputed.places import Places
from tests.recomputed.tables import Tables
from tests.test_map_page import OVERLAPS

__all__ = ["browser_page"]  # fixtures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture
def lost(bad_tables: Path) -> Iterator[FlaskClient]:
    """Give the miniature where Mustermark has no position."""
    table = bad_tables / "organisations.csv"
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    with table.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            blank = {"lat": "", "lon": "", "coordinates": ""} if row["id"] == "mustermark" else {}
            writer.writerow(row | blank)
    settings = kept(settings_of(bad_tables))
    edition = open_edition(settings)
    with edition.open() as store:
        yield client_of(Built(settings, edition, store))


def screens(page: Element) -> list[list[Element]]:
    """Give the wide and the narrow form, each with the list of what has no position."""
    drawn = page.only("figure.canvas")
    return [[drawn.only(f"div.{width}"), *drawn.all("#unplaced")] for width in ("wide", "slim")]


def drawn_ids(parts: list[Element]) -> tuple[list[str], list[str]]:
    """Ids of organizations and of ties, sorted, each as often as it is drawn."""
    keys = [key for part in parts for key in part.values("a", "data-id")]
    return sorted(key for key in keys if "~" not in key), sorted(key for key in keys if "~" in key)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "hops=2",
        "hops=3&group=c0&group=c1&group=c2",
        "ground=agreement",
        "st=ended",
        "group=c2",
        "focus=lhota",
        "on=1998",
    ],
)
def test_same_organizations_and_ties_as_the_network(client: FlaskClient, query: str) -> None:
    data = client.get(f"/map.json?{query}").json
    assert data
    expected = sorted(node["id"] for node in data["nodes"]), sorted(edge["id"] for edge in data["edges"])
    for screen in screens(get_page(client, f"/map?view=geo&{query}")):
        assert drawn_ids(screen) == expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        pytest.param("hops=2&group=c0&group=c1", marks=pytest.mark.heavy),
        pytest.param("hops=3&group=c0&group=c1&group=c2&group=c3&group=c4", marks=pytest.mark.heavy),
    ],
)
def test_same_with_the_real_facts(real_client: FlaskClient, query: str) -> None:
    # Above three hundred organizations the picture of the network draws groups; its file never does.
    network = nx.read_graphml(io.BytesIO(real_client.get(f"/map.graphml?{query}").data), force_multigraph=True)
    key = {node: node.rsplit("/", 1)[1] for node in network}
    expected = sorted(key.values()), sorted(tie_key(key[start], key[end]) for start, end in network.edges())
    markup = real_client.get(f"/map?view=geo&{query}").text
    page = parse(markup)
    for screen in screens(page):
        assert drawn_ids(screen) == expected
    figure = markup[markup.index('<figure class="canvas"') : markup.index("</figure>")]
    pictures = figure.split("<svg viewBox")[1:]
    assert len(pictures) == len(page.all("figure.canvas svg[viewBox]")) > 0
    for picture in pictures:  # well formed as XML too
        ET.fromstring(f"<svg viewBox{picture.partition('</svg>')[0]}</svg>")


def test_same_in_the_file(client: FlaskClient, small: Built) -> None:
    response = client.get("/map.svg?view=geo&hops=2&lang=en")
    root = ET.fromstring(response.data)
    prefix = f"{small.settings.base}/resource/organizations/"
    links = sorted(link.get("href", "").removeprefix(prefix) for link in root.iter(f"{SVG}a"))
    data = client.get("/map.json?hops=2").json
    assert data
    assert links == sorted(node["id"] for node in data["nodes"])
    description = root.findtext(f"{SVG}desc") or ""
    assert "CC BY 4.0" in description and "Natural Earth" in description
    assert not any("class" in element.attrib and element.get("class", "").startswith("hit") for element in root.iter())


def test_tab_keeps_the_view(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&ground=agreement&lang=en")
    (tab,) = page.links('.tabs a[aria-current="page"]')
    assert "view=geo" in tab[0] and tab[1] == "Geography"
    links = page.values('figure.canvas a[data-id="mustermark"]', "href")
    assert links
    assert all("ground=agreement" in link and "view=geo" in link and "sel=mustermark" in link for link in links)


def test_what_is_chosen_is_marked_and_has_its_card(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&lang=en&sel=mustermark")
    assert page.values("#card", "data-ids") == ["mustermark mustermark~vzorov"]
    for (screen,) in screens(page):
        assert len(screen.all(".pick")) == 1
        assert len(screen.all(".halo")) == 1


def test_several_at_one_place_are_listed(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&lang=en")
    marks = page.all('figure.canvas a[href^="#wide-"]')
    (mark,) = [mark for mark in marks if mark.first("title").text.startswith("Musterdorf, 2 organizations: ")]
    place = page.section(mark["href"].removeprefix("#"))
    assert [row.children("a")[0].text for row in place.all("ul.places > li")] == ["Grüntalverein e. V.", "Musterdorf"]


def signs(page: Element) -> dict[str, str]:
    """Classes of the mark of each organization."""
    marks = page.all("a[data-id]:has(circle.hit)")
    return {mark["data-id"]: mark.first("circle.hit").next()["class"] for mark in marks if "~" not in mark["data-id"]}


def test_approximate_positions_are_marked_and_counted(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&lang=en")
    assert signs(page)["mustermark"] == "n1 approx"
    assert "4 positions are approximate" in page.text
    assert "stands at its seat" not in page.text  # the position of this region is exact
    assert signs(get_page(client, "/map?view=geo&focus=musterdorf"))["vzorov"] == "n0"


def test_middle_says_that_it_stands_at_its_seat(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&lang=en&focus=mustermark")
    assert "Mustermark stands at its seat, Musterstadt, and not in the middle of its territory." in page.text


def test_what_has_no_position_is_counted_and_listed_with_its_ties(lost: FlaskClient) -> None:
    unplaced = get_page(lost, "/map?view=geo&lang=en").section("unplaced")
    assert "1 organization has no position in the data" in unplaced.text
    assert drawn_ids([unplaced]) == (["mustermark"], ["mustermark~unie-vzoru", "mustermark~vzorov"])
    assert "Mustermark" in unplaced.texts('a[href$="sel=mustermark"]')
    assert "1 organizace nemá v datech polohu" in get_page(lost, "/map?view=geo&lang=cs").text


def test_map_around_what_has_no_position(lost: FlaskClient) -> None:
    data = lost.get("/map.json?focus=mustermark").json
    assert data
    for screen in screens(get_page(lost, "/map?view=geo&focus=mustermark")):
        assert drawn_ids(screen)[1] == sorted(edge["id"] for edge in data["edges"])


def test_two_days_are_compared_as_in_the_network(client: FlaskClient) -> None:
    query = "on=2012-12-31&versus=1998"
    edges = client.get(f"/map.json?{query}").json["edges"]  # type: ignore[index]
    changed = sorted(edge["change"] for edge in edges if edge["change"] != "same")
    for screen in screens(get_page(client, f"/map?view=geo&{query}")):
        signed = [classes for part in screen for classes in part.values("text.sign", "class")]
        assert sorted(signed) == [f"sign {change}" for change in changed] != []


def test_borders_are_explained(client: FlaskClient) -> None:
    page = get_page(client, "/map?view=geo&lang=cs").text
    assert "Natural Earth" in page and "de facto" in page and "území se nebarví" in page


VIEWS = (
    "between=saxony", "hops=2", "hops=3", "between=DE", "between=PL", "between=anhui", "focus=saxony&hops=2",
    "focus=decin", "on=2012-12-31&hops=2",
)  # fmt: skip


def spots(page: Element) -> Iterator[tuple[Element, str, list[str]]]:
    """Give each mark that stands for several, the heading of its list, and the row ids of those in the list."""
    for screen in ("wide", "slim"):
        for mark in page.all(f'figure.canvas .{screen} a[href^="#{screen}-"]:has(text.num)'):
            section = page.section(mark["href"].removeprefix("#"))
            rows = [row.children("a")[0]["href"] for row in section.all("ul.places > li")]
            yield mark, section.all("h2")[0].text, [dict(parse_qsl(urlsplit(row).query))["sel"] for row in rows]


def heading(towns: Sequence[str], number: int, tag: str) -> str:
    """Write the heading of a place as it must read: up to three towns, else two and the number of the others."""
    named, more = (towns, 0) if len(towns) <= 3 else (towns[:2], len(towns) - 2)
    forms = {"en": ("more place", "more places", "more places"), "cs": ("další místo", "další místa", "dalších míst")}
    counted = {"en": ("organization", "organizations"), "cs": ("organizace", "organizací")}
    form = 0 if more == 1 else 1 if more < 5 else 2
    last = [f"{more} {forms[tag][form]}"] if more else []
    *first, final = [*named, *last]
    said = f"{', '.join(first)} {'a' if tag == 'cs' else 'and'} {final}" if first else final
    return f"{said}, {number} {counted[tag][number > 4 if tag == 'cs' else number > 1]}"


@pytest.mark.parametrize("tag", ["cs", "en"])
@pytest.mark.parametrize(
    "query",
    ["", *(pytest.param(query, marks=pytest.mark.heavy) for query in VIEWS)],
)
def test_name_of_a_place_is_true_of_all_in_it(real_client: FlaskClient, real: Built, query: str, tag: str) -> None:
    places = Places(Tables(real.settings.data, real.settings.home))
    several = 0
    for mark, said, keys in spots(get_page(real_client, f"/map?view=geo&{query}&lang={tag}")):
        towns = [town for town, _ in Counter(places.town(key, tag) for key in keys).most_common()]
        countries = [code for code, _ in Counter(filter(None, map(places.country, keys))).most_common()]
        several += len(towns) > 1
        assert plain(said) == heading(towns, len(keys), tag)
        if not (label := mark.all("text.lb")) or label[0]["class"] == "lb hm":
            continue
        more = f" +{len(towns) - 1}" if len(towns) > 1 else ""
        code = f" {', '.join(countries)}" if len(countries) <= 3 else ""
        assert plain(" ".join(line.text for line in label)) == f"{towns[0]}{more}{code}"
    assert several > 0 or query in ("between=anhui", "focus=decin")  # where no mark stands for several towns


def plain(text: str) -> str:
    """Text with plain spaces."""
    return " ".join(text.split())


FONTS = {"lb hm": ("700Bold", 17.0), "lb key": ("600SemiBold", 14.0), "lb minor": ("400Regular", 11.5)}
CUT = """svg => [...svg.querySelectorAll("text.lb")].filter(text => {
    const box = text.getBBox(), { width, height } = svg.viewBox.baseVal;
    return box.x < 0 || box.x + box.width > width || box.y < -4 || box.y + box.height > height + 4;
}).map(text => text.textContent)"""
CODE_FONT = ("400Regular", 10.5)
EDGE_PX = 3  # for fonts that are a little wider than the one that is measured


@cache
def measured(text: str, font: tuple[str, float]) -> float:
    """Width in pixels of a text in a weight and size of Noto Sans, the widest font that the pages name."""
    vendor = ATLAS.with_name(f"NotoSans_{font[0]}.ttf")
    return ImageFont.truetype(vendor, 100).getlength(text) * font[1] / 100


def cut_labels(page: Element) -> Iterator[str]:
    """Give the labels that reach out of their pictures."""
    for picture in page.all("figure.canvas section > svg"):
        width, height = (float(number) for number in picture["viewBox"].split()[2:])
        for label in (label for label in picture.all("text.lb") if label["class"] in FONTS):
            x, y, (weight, size) = float(label["x"]), float(label["y"]), FONTS[label["class"]]
            codes = label.texts("tspan")
            wide = measured(label.text.removesuffix("".join(codes)), (weight, size))
            wide += sum(4 + measured(code, CODE_FONT) for code in codes)
            left = x - wide * {"middle": 0.5, "end": 1.0, None: 0.0}[label.get("text-anchor")]
            if not (
                left >= EDGE_PX and left + wide <= width - EDGE_PX and y - 0.8 * size >= 0 and y + 0.25 * size <= height
            ):
                yield f"{label.text} in {width:g} x {height:g}: {left:.0f} to {left + wide:.0f}, {y:.0f}"


@pytest.mark.parametrize("tag", ["cs", "en"])
@pytest.mark.parametrize("query", ["", "hops=2", "focus=lhota", "focus=mustermark", "on=1998"])
def test_no_label_is_cut(client: FlaskClient, query: str, tag: str) -> None:
    assert list(cut_labels(get_page(client, f"/map?view=geo&{query}&lang={tag}"))) == []


@pytest.mark.parametrize("tag", ["cs", pytest.param("en", marks=pytest.mark.heavy)])
@pytest.mark.parametrize("query", ["", *(pytest.param(query, marks=pytest.mark.heavy) for query in VIEWS)])
def test_no_label_is_cut_with_the_real_facts(real_client: FlaskClient, query: str, tag: str) -> None:
    assert list(cut_labels(get_page(real_client, f"/map?view=geo&{query}&lang={tag}"))) == []


def test_title_of_a_file_stays_within_it(real_client: FlaskClient) -> None:
    root = ET.fromstring(real_client.get("/map.svg?view=geo&between=saxony&lang=cs").data)
    width = float(root.get("viewBox", "").split()[2])
    titles = [text for text in root.findall(f".//{SVG}text[@font-size='17']") if text.get("text-anchor") != "middle"]
    assert len(titles) > 1
    for text in titles:
        assert float(text.get("x", "")) + measured(text.text or "", FONTS["lb hm"]) <= width


@pytest.mark.browser
class TestBrowser:
    @pytest.mark.parametrize("query", ["", "&hops=2&lang=en"])
    def test_labels_do_not_overlap_as_they_are_drawn(self, browser_page: Page, query: str) -> None:
        browser_page.goto(f"/map?view=geo{query}")
        overlaps = OVERLAPS.replace("() =>", "svg =>").replace(
            'document.querySelectorAll("svg.wide a")', 'svg.querySelectorAll("a")'
        )
        pictures = browser_page.locator(".wide section > svg").all()
        assert len(pictures) == 3
        assert [picture.evaluate(overlaps) for picture in pictures] == [[], [], []]

    @pytest.mark.parametrize("query", ["lang=cs", "lang=en", "lang=cs&focus=decin"])
    def test_no_label_is_cut_on_a_phone(self, browser_page: Page, query: str) -> None:
        browser_page.set_viewport_size({"width": 360, "height": 780})
        browser_page.goto(f"/map?view=geo&{query}")
        pictures = browser_page.locator(".slim section > svg").all()
        cut = [picture.evaluate(CUT) for picture in pictures]
        browser_page.set_viewport_size({"width": 1280, "height": 900})  # all tests of the module have one page
        assert pictures
        assert cut == [[] for _ in pictures]

    def test_marks_and_names_open_the_card(self, browser_page: Page) -> None:
        page, heading = browser_page, browser_page.locator("#card-h")
        page.goto("/map?view=geo")
        page.locator('.wide section > svg a[data-id="itapua"]').click()
        expect(heading).to_contain_text("Itapúa")
        page.locator(".wide .places a", has_text="Sasko").first.click()
        expect(heading).to_contain_text("Sasko")
        expect(page).to_have_url(re.compile(r"view=geo.*sel=saxony"))
