"""Simple to walk: six sections, each page in one, skip links, pictures with legends, errors that can be told."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small, contact="mailto:data@example.org")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Overview", "Map", "Partners", "Agreements", "Activity", "Questions"]),
        ("cs", ["Přehled", "Mapa", "Partneři", "Dohody", "Činnost", "Otázky"]),
    ],
)
def test_six_sections_of_one_word(client: FlaskClient, lang: str, words: list[str]) -> None:
    assert get_page(client, f"/?lang={lang}").texts("nav.nav a") == words


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("/", "Overview"), ("/map", "Map"), ("/path", "Map"), ("/organizations", "Partners"),
        ("/page/organizations/mustermark", "Partners"), ("/agreements", "Agreements"), ("/activities", "Activity"),
        ("/projects", "Activity"), ("/areas", "Activity"), ("/questions", "Questions"),
        ("/analysis/measures", "Questions"),
    ],
)  # fmt: skip
def test_each_page_belongs_to_a_section(client: FlaskClient, address: str, section: str) -> None:
    assert get_page(client, f"{address}?lang=en").texts("nav.nav a[aria-current]") == [section]


def test_lists_of_activity_lead_to_each_other_and_the_foot_to_sources_and_areas(client: FlaskClient) -> None:
    page = get_page(client, "/projects?lang=en")
    assert page.values("nav.tabs a", "href") == ["/activities?lang=en", "/projects?lang=en", "/areas?lang=en"]
    assert {"/sources?lang=en", "/areas?lang=en"} <= set(page.values("footer nav a", "href"))


@pytest.mark.parametrize("address", ["/", "/map", "/map?view=geo&v=1"])
def test_picture_is_the_second_stop_of_the_keyboard(client: FlaskClient, address: str) -> None:
    page = get_page(client, address)
    first, second = page.all("body > a.skip")
    assert (first["href"], second["href"]) == ("#content", "#picture")
    assert page.only("#picture")["tabindex"] == "-1" and page.has("#picture svg a")


@pytest.mark.parametrize("name", ["organizations", "agreements", "activities", "projects", "sources", "areas"])
def test_each_list_says_what_it_answers(client: FlaskClient, name: str) -> None:
    assert get_page(client, f"/{name}?lang=cs").first(".head p.muted").text.endswith(".")


def test_error_of_a_record_is_told_with_the_record(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/mustermark?lang=cs")
    (href,) = [href for href in page.values("#data a", "href") if href.startswith("mailto:")]
    said = parse_qs(urlsplit(href).query)
    assert urlsplit(href).path == "data@example.org"
    assert said["subject"][0].startswith("Chyba v údajích: ")
    assert page.only("#data code").text in said["body"][0] and "\r\n" in said["body"][0]


def test_without_a_contact_nothing_is_offered(small: Built) -> None:
    page = get_page(client_of(small), "/page/organizations/mustermark?lang=en")
    assert "Report an error" not in page.only("#data").text


def test_picture_of_a_card_has_a_legend_of_what_it_shows(real: Built) -> None:
    client = client_of(real)
    for address in ("litvinov", "saxony"):
        figure = get_page(client, f"/page/organizations/{address}?lang=en").only("figure.canvas")
        words = figure.texts(".keyrow span")
        assert {"not verified", "Germany"} <= set(words)
        drawn = {name for line in figure.all("svg.wide line.e") for name in line["class"].split()}
        assert ("valid" in words) == ("held" in drawn)


def test_tasks_of_the_overview_lead_to_pages(client: FlaskClient) -> None:
    links = get_page(client, "/?lang=en").values(".tasks a", "href")
    assert len(links) == 8
    for link in links:
        get_page(client, link)
