"""Pages of partners, organizations, code lists and other records over the published tables: what they count."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.apps import get_page
from tests.fixed_day import address_on
from tests.markup import Element
from tests.recomputed.cards import Cards
from tests.recomputed.dated import Day
from tests.recomputed.lists import Lists
from tests.recomputed.tables import Tables

# One record in so many has its page compared, beside all partners and the organizations with most ties; or all of them.
SHARES = pytest.mark.parametrize("share", [60, pytest.param(1, marks=pytest.mark.heavy)])
MOST = 5
CODES = ("areas", "countries", "country_groups", "kinds", "statuses", "agreement_kinds", "programmes")


@pytest.fixture(scope="module")
def cards(tables: Tables, on: Day) -> Cards:
    return Cards(tables, on)


def page_of(client: FlaskClient, cards: Cards, segment: str, key: str) -> Element:
    return get_page(client, address_on(f"/page/{segment}/{key}", cards.on))


def tiles(page: Element) -> list[str]:
    return [number for text in page.texts("div.tile") for number in re.findall(r"\d+", text)]


def sections(page: Element) -> dict[str, int]:
    """Rows of the sections that hold a table, a timeline or names, by anchor; their heading must say the same."""
    rows = {}
    for part in page.all("main section[id]"):
        count = part.texts("h2 small")
        if count and part["id"] != "sources":
            rows[part["id"]] = int(re.sub(r"\D", "", count[0]))
            shown = len(part.all("tbody tr, li")) or len(part.all("details a"))
            assert shown == rows[part["id"]], part["id"]
    return rows


def later(page: Element) -> int:
    texts = [text for text in page.texts("p.small") if "that began after this day" in text]
    return int(texts[0].split()[0]) if texts else 0


def sample(cards: Cards, share: int) -> list[str]:
    keys = [key for key in cards.tables["organisations"] if key not in cards.partners]
    busiest = sorted(keys, key=lambda key: -sum(map(len, cards.naming(key).values())))
    return sorted({*keys[::share], *busiest[:MOST]})


def test_partners(client: FlaskClient, cards: Cards) -> None:
    for key in cards.partners:
        page = page_of(client, cards, "organizations", key)
        assert tiles(page) == cards.partner_tiles(key), key
        assert sections(page) == cards.partner_sections(key), key
        assert later(page) == cards.later(key), key
        areas = [box for box in page.all("aside div.box") if box.first("h2").text == "Areas in agreements"]
        counts = [
            int(number) for box in areas for text in box.texts("li") for number in re.findall(r"\((\d+)\)$", text)
        ]
        assert counts == cards.partner_areas(key), key


@SHARES
def test_organizations(client: FlaskClient, cards: Cards, share: int) -> None:
    for key in sample(cards, share):
        page = page_of(client, cards, "organizations", key)
        assert tiles(page) == cards.tiles(key), key
        assert sections(page) == cards.sections(key), key
        assert later(page) == cards.later(key), key
        alone = re.findall(r"with (\d+) of the (\d+) municipalities", page.text)
        is_lone_town = not any(cards.ties(key).values()) and key in cards.places.municipalities
        assert [(int(few), int(all_)) for few, all_ in alone] == ([cards.alone] if is_lone_town else []), key


@SHARES
@pytest.mark.parametrize("table", ["agreements", "projects", "activities"])
def test_relationships(client: FlaskClient, cards: Cards, table: str, share: int) -> None:
    for key in [*cards.tables[table]][::share]:
        page = page_of(client, cards, table, key)
        assert sections(page) == cards.relationship_sections(table, key), key


@SHARES
def test_sources(client: FlaskClient, cards: Cards, share: int) -> None:
    numbers = Lists(cards.tables, cards.on)["sources"].numbers["records"]
    for key in [*cards.tables["sources"]][::share]:
        page = page_of(client, cards, "sources", key)
        told = dict(page.terms()).get("Rest on it", "")
        assert sum(map(int, re.findall(r"\((\d+)\)", told))) == numbers[key], key
        assert all(f"({number})" in told for number in sections(page).values()), key


@pytest.mark.parametrize("table", CODES)
def test_what_names_a_code(client: FlaskClient, cards: Cards, table: str) -> None:
    for key in cards.tables[table]:
        page = page_of(client, cards, cards.tables.segments[table], key)
        assert sections(page) == cards.named_by(table, key), key
