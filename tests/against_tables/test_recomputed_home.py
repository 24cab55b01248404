"""Every number of the home page over the published tables, on three days, as computed from the tables alone."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.apps import get_page
from tests.fixed_day import address_on
from tests.markup import Element
from tests.recomputed.dated import Day
from tests.recomputed.home import Home
from tests.recomputed.tables import Tables

BARS = 10
WORDS = {
    "held": "valid",
    "aged": "older or undated evidence",
    "open": "not verified",
    "suspended": "suspended",
    "ended": "ended",
}


@pytest.fixture(scope="module")
def home(tables: Tables, on: Day) -> Home:
    return Home(tables, on)


@pytest.fixture(scope="module")
def page(client: FlaskClient, home: Home) -> Element:
    return get_page(client, address_on("/", home.on))


def numbers(text: str) -> list[int]:
    """Give the numbers in a text, thousands apart or not."""
    return [int(re.sub(r"\D", "", number)) for number in re.findall(r"\d+(?:[\s,]\d{3})*\b", text)]


def section(page: Element, heading: str) -> Element:
    (part,) = [part for part in page.all("main section") if heading in part.first("h2").text]
    return part


def test_tiles(page: Element, home: Home) -> None:
    def of_region(form: str) -> int:
        return home.number("agreements", side="region", foreign="yes", status=form)

    region, municipalities, projects, abroad, sources = page.texts("div.tile")
    total = home.number("agreements", side="region", foreign="yes")
    unclear = of_region("open") if home.on.is_past else of_region("aged")
    years = [] if home.on.is_past else [5]
    assert numbers(region) == [of_region("held"), total, *years, unclear]
    assert numbers(municipalities) == [home.number("agreements", side="municipality")]
    assert numbers(projects) == [home.number("projects")]
    assert numbers(abroad) == [len(home.abroad), home.countries]
    assert numbers(sources) == [len(home.tables["sources"])]


def test_foot(page: Element, home: Home) -> None:
    foot = page.first("footer").text.partition(":")[2]
    assert numbers(foot)[:2] == [home.records, len(home.tables["sources"])]


def test_bars_by_country(page: Element, home: Home) -> None:
    part, labels = (
        section(page, "by country"),
        {row["label_en"]: code for code, row in home.tables["countries"].items()},
    )
    shown = [labels[text] for text in part.texts("div.bars a")]
    totals = {code: forms.total() for code, forms in home.by_country.items()}
    assert [totals[code] for code in shown] == sorted(totals.values(), reverse=True)[:BARS]
    for code, text in zip(shown, part.texts("span.n"), strict=True):
        forms = {form: home.by_country[code][form] for form in WORDS}
        words = {form: f"was {word}" if form == "held" and home.on.is_past else word for form, word in WORDS.items()}
        told = ", ".join(f"{words[form]} {number}" for form, number in forms.items() if number)
        assert text == f"{totals[code]} ({told})"
    others = totals.keys() - set(shown)
    assert numbers(part.texts("p.small")[-1]) == [len(others), home.with_countries(set(others))]


def test_agreements_of_the_region(page: Element, home: Home) -> None:
    part = section(page, "Agreements of the region")
    rows = home.lists.keys("agreements", side="region", foreign="yes")
    assert numbers(part.first("h2").text) == [len(rows)]
    assert sorted(map(int, page.column(4))) == sorted(len(home.begun[key].sources) for key in rows)
    later = home.number("agreements", side="region", foreign="yes", status="future")
    assert [numbers(text) for text in part.texts("p.small")] == ([[later]] if later and home.on.is_past else [])


def test_last_year(page: Element, home: Home) -> None:
    part = section(page, "Last year")
    events, begun, shown, ended, ending = home.last_year
    said = {
        f"{number} {noun}{'' if number == 1 else 's'}{rest}"
        for number, noun, rest in ((events, "event", ""), (begun, "agreement", " signed or begun"),
                                   (shown, "agreement", " newly shown in force"))
        if number
    }  # fmt: skip
    assert set(part.only("h2 small").text.split(", ")) == said or not said
    ends = [line.text for line in part.all("li") if "during the year" in line.text]
    assert [numbers(text) for text in ends] == ([[ended, *([ending] if ending else [])]] if ended else [])


def test_questions_lead_to_the_most_frequent(page: Element, home: Home) -> None:
    country = home.most_frequent_country
    addresses = " ".join(page.values("ul.q a", "href"))
    assert f"country={country}&area={home.most_frequent_area(country)}" in addresses
    assert f"side=municipality&country={country}" in addresses or f"country={country}&side=municipality" in addresses


def test_what_is_not_known(page: Element, home: Home) -> None:
    told = [numbers(text) for text in section(page, "What we do not know").texts("li")]
    counts = (
        [home.number("agreements", signed="unknown")],
        [home.number("agreements", evidence="undated")],
        [home.annexes_without_text],
        [len(home.tables["claims"]), *home.differing],
    )
    assert told == [count for count in counts if count[0]]
