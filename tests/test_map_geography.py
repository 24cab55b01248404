"""The geographic form of the map: the organizations and ties of its network, each where it is or in a list."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from graph import open_edition
from tests.conftest import Built, settings_of
from tests.map_browser import address, browser_page
from tests.test_map_page import OVERLAPS
from webapp.app import create_app
from webapp.request.site import Site

__all__ = ["address", "browser_page"]  # fixtures

SVG = "{http://www.w3.org/2000/svg}"


def app_of(built: Built) -> Flask:
    return create_app(Site(built.settings, built.edition, built.store, None))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return app_of(small).test_client()


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return app_of(real).test_client()


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
    settings = settings_of(bad_tables)
    edition = open_edition(settings)
    with edition.open() as store:
        yield app_of(Built(settings, edition, store)).test_client()


def figure(page: str) -> str:
    return page[page.index('<figure class="canvas">') : page.index("</figure>")]


def screens(page: str) -> list[str]:
    """Give the wide and the narrow form, each with the list of what has no position."""
    drawn = figure(page)
    wide, slim = drawn.index('<div class="wide">'), drawn.index('<div class="slim">')
    unplaced = drawn.find('id="unplaced"')
    end = unplaced if unplaced > 0 else len(drawn)
    return [drawn[wide:slim] + drawn[end:], drawn[slim:]]


def drawn_ids(markup: str) -> tuple[list[str], list[str]]:
    """Ids of organizations and of ties, sorted, each as often as it is drawn."""
    links = re.findall(r'<a (?:href="[^"]*" )?data-id="([^"]*)"', markup)
    return sorted(key for key in links if "~" not in key), sorted(key for key in links if "~" in key)


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
    for screen in screens(client.get(f"/map?view=geo&{query}").text):
        assert drawn_ids(screen) == expected


@pytest.mark.parametrize(
    "query", ["", "hops=2&group=c0&group=c1", "hops=3&group=c0&group=c1&group=c2&group=c3&group=c4"]
)
def test_same_with_the_real_facts(real_client: FlaskClient, query: str) -> None:
    data = real_client.get(f"/map.json?{query}").json
    assert data
    expected = sorted(node["id"] for node in data["nodes"]), sorted(edge["id"] for edge in data["edges"])
    page = real_client.get(f"/map?view=geo&{query}").text
    for screen in screens(page):
        assert drawn_ids(screen) == expected
    for svg in re.findall(r"<svg viewBox.*?</svg>", figure(page), re.DOTALL):
        ET.fromstring(svg)


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
    page = client.get("/map?view=geo&ground=agreement&lang=en").text
    assert re.search(r'aria-current="page" href="[^"]*view=geo[^"]*">Geography<', page)
    links = re.findall(r'<a href="([^"]*)" data-id="mustermark"', figure(page))
    assert links
    assert all("ground=agreement" in link and "view=geo" in link and "sel=mustermark" in link for link in links)


def test_what_is_chosen_is_marked_and_has_its_card(client: FlaskClient) -> None:
    page = client.get("/map?view=geo&lang=en&sel=mustermark").text
    assert 'data-ids="mustermark mustermark~vzorov"' in page
    for screen in screens(page):
        assert screen.count('class="pick"') == 1
        assert screen.count('class="halo"') == 1


def test_several_at_one_place_are_listed(client: FlaskClient) -> None:
    page = figure(client.get("/map?view=geo&lang=en").text)
    anchor = re.search(r'<a href="#(wide-[\d-]+)"><title>Musterdorf, 2 organizations: [^<]*</title>', page)
    assert anchor
    listed = page[page.index(f'id="{anchor[1]}"') :]
    listed = listed[: listed.index("</section>")]
    assert re.findall(r">([^<>]*Musterdorf|Gr[^<>]*)</a>", listed) == ["Grüntalverein e. V.", "Musterdorf"]


def signs(markup: str) -> dict[str, str]:
    """Classes of the mark of each organization."""
    return dict(
        re.findall(r'data-id="(\w+)"[^>]*><title>[^<]*</title><circle class="hit"[^>]*><\w+ class="([^"]*)"', markup)
    )


def test_approximate_positions_are_marked_and_counted(client: FlaskClient) -> None:
    page = client.get("/map?view=geo&lang=en").text.replace("\u00a0", " ")
    assert signs(page)["mustermark"] == "n1 approx"
    assert "4 positions are approximate" in page
    assert "stands at its seat" not in page  # the position of this region is exact
    assert signs(client.get("/map?view=geo&focus=musterdorf").text)["vzorov"] == "n0"


def test_middle_says_that_it_stands_at_its_seat(client: FlaskClient) -> None:
    page = client.get("/map?view=geo&lang=en&focus=mustermark").text.replace("\u00a0", " ")
    assert "Mustermark stands at its seat, Musterstadt, and not in the middle of its territory." in page


def test_what_has_no_position_is_counted_and_listed_with_its_ties(lost: FlaskClient) -> None:
    page = lost.get("/map?view=geo&lang=en").text
    unplaced = page[page.index('id="unplaced"') : page.index("<figcaption>")]
    assert "1 organization has no position in the data" in unplaced.replace("\u00a0", " ")
    assert drawn_ids(unplaced) == (["mustermark"], ["mustermark~unie-vzoru", "mustermark~vzorov"])
    assert re.search(r'href="[^"]*sel=mustermark"[^>]*>Mustermark<', unplaced)
    czech = lost.get("/map?view=geo&lang=cs").text.replace("\u00a0", " ")
    assert "1 organizace nemá v datech polohu" in czech


def test_map_around_what_has_no_position(lost: FlaskClient) -> None:
    data = lost.get("/map.json?focus=mustermark").json
    assert data
    for screen in screens(lost.get("/map?view=geo&focus=mustermark").text):
        assert drawn_ids(screen)[1] == sorted(edge["id"] for edge in data["edges"])


def test_two_days_are_compared_as_in_the_network(client: FlaskClient) -> None:
    query = "on=2012-12-31&versus=1998"
    edges = client.get(f"/map.json?{query}").json["edges"]  # type: ignore[index]
    changed = sorted(edge["change"] for edge in edges if edge["change"] != "same")
    for screen in screens(client.get(f"/map?view=geo&{query}").text):
        assert sorted(re.findall(r'<text class="sign (\w+)"', screen)) == changed != []


def test_borders_are_explained(client: FlaskClient) -> None:
    page = client.get("/map?view=geo&lang=cs").text.replace("\u00a0", " ")
    assert "Natural Earth" in page and "de facto" in page and "území se nebarví" in page


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

    def test_marks_and_names_open_the_card(self, browser_page: Page) -> None:
        page, heading = browser_page, browser_page.locator("#card-h")
        page.goto("/map?view=geo")
        page.locator('.wide section > svg a[data-id="itapua"]').click()
        expect(heading).to_contain_text("Itapúa")
        page.locator(".wide .places a", has_text="Sasko").first.click()
        expect(heading).to_contain_text("Sasko")
        expect(page).to_have_url(re.compile(r"view=geo.*sel=saxony"))
