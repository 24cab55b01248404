"""What narrows and widens the map: facets with counts, years, another day, opened ties, other views."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import Element


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def page_of(client: FlaskClient, query: str) -> Element:
    return get_page(client, f"/map?lang=en&{query}")


def edges(client: FlaskClient, query: str) -> dict[str, str]:
    data = client.get(f"/map.json?{query}").json or {}
    return {edge["id"]: edge["form"] for edge in data["edges"]}


HELD, OPEN, ENDED = "held", "open", "ended"
MUSTERMARK, DORF, VEREIN, UNIE = "mustermark~vzorov", "musterdorf~vzorov", "gruentalverein~vzorov", "unie-vzoru~vzorov"
ACROSS = "mustermark~unie-vzoru"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("country=AT", {UNIE: OPEN}),
        ("topic=culture", {MUSTERMARK: OPEN, VEREIN: OPEN}),
        ("topic=crafts", {}),
        ("topic=economy", {MUSTERMARK: OPEN}),
        ("programme=prg-vzor", {MUSTERMARK: ENDED}),
        ("proof=closed", {MUSTERMARK: ENDED, }),
        ("proof=open", {DORF: OPEN}),
        ("cited=2", {UNIE: OPEN}),
        ("undated=0", {MUSTERMARK: OPEN, VEREIN: OPEN, UNIE: OPEN, ACROSS: ENDED}),
    ],
)  # fmt: skip
def test_facets_of_relationships(client: FlaskClient, query: str, shown: dict[str, str]) -> None:
    assert edges(client, query) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("since=2003&until=2004", {MUSTERMARK: HELD, DORF: OPEN, VEREIN: OPEN}),
        ("since=2005&until=2007", {MUSTERMARK: HELD, DORF: OPEN, VEREIN: OPEN, UNIE: HELD, ACROSS: HELD}),
        ("since=2016&until=2020", {MUSTERMARK: OPEN, DORF: OPEN, VEREIN: OPEN, UNIE: OPEN, ACROSS: ENDED}),
        ("until=2002", {DORF: OPEN, VEREIN: OPEN}),
    ],
)
def test_a_span_decides_the_state_of_ties(client: FlaskClient, query: str, shown: dict[str, str]) -> None:
    assert edges(client, query) == shown


def test_counts_of_facets_are_under_the_present_choice(client: FlaskClient) -> None:
    page = page_of(client, "topic=culture")
    assert page.facet("country") == {"DE": 2}
    assert page.facet("topic") == {"culture": 2, "economy": 1}
    assert page_of(client, "").facet("proof") == {"older": 3, "open": 1, "closed": 1}
    assert page_of(client, "").facet("cited") == {"1": 2, "2": 1, "3": 1}


def test_chips_take_back_what_was_chosen(client: FlaskClient) -> None:
    page = page_of(client, "country=DE&since=2005&undated=0&versus=2010&also=lhota.agreement&ground=agreement")
    chosen = page.first(".chosen").links("a.chip:not(.jump)")
    chips = {text.removeprefix("Leave out ").removesuffix(" ×"): href for href, text in chosen}
    assert list(chips) == [
        "agreement", "Germany", "since 2005", "without ties that have no date", "compared with 31 December 2010",
        "opened: Žluťoučká Lhota (agreement)",
    ]  # fmt: skip
    assert "country" not in chips["Germany"] and "since=2005" in chips["Germany"]
    assert "ground" not in chips["agreement"] and "also" not in chips["opened: Žluťoučká Lhota (agreement)"]


def test_a_form_leads_to_the_short_address(client: FlaskClient) -> None:
    sent = (
        "ground=agreement&ground=project&ground=membership&ground=relation&since=2005&until=&versus=&country=DE&apply=1"
    )
    response = client.get(f"/map?{sent}")
    assert (response.status_code, response.location) == (303, "/map?v=1&country=DE&since=2005")


def test_histogram_counts_relationships_by_year(client: FlaskClient) -> None:
    page = page_of(client, "since=2009&until=2011&sel=mustermark")
    span = page.only("[data-span]")
    numbers = dict(zip(map(int, span["data-years"].split()), map(int, span["data-counts"].split()), strict=True))
    assert (min(numbers), max(numbers)) == (2003, 2015)
    assert (numbers[2003], numbers[2006], numbers[2008], numbers[2015]) == (1, 3, 4, 1)
    histogram = page.only("svg.years")
    (bar,) = [bar for bar in histogram.all("a") if bar.first("title").text.startswith("2012: ")]
    assert bar["href"] == "/map?lang=en&v=1&since=2012&until=2012&sel=mustermark"
    assert bar["tabindex"] == "-1" and bar.first("title").text.removeprefix("2012: ").isdigit()
    assert histogram.has("rect.bar.out")
    assert "by year, from 2003 to 2015; most in 2008: 4 relationships" in histogram["aria-label"].replace("\xa0", " ")


def test_ties_without_a_date_never_vanish_silently(client: FlaskClient) -> None:
    assert "1 tie has no date at all." in page_of(client, "").text
    hidden = page_of(client, "undated=0")
    assert "1 tie without any date is hidden." in hidden.text and hidden.facet("undated") == {"0": 1}


def test_difference_between_two_days(client: FlaskClient) -> None:
    page = page_of(client, "versus=2004")
    sentence = (
        "Between 31 December 2004 and today: 1 new tie, 1 changed, 1 that began and ended meanwhile and 2 the same."
    )
    assert sentence in page.text and "Organizations: 1 new, 0 no longer." in page.text
    data = client.get("/map.json?versus=2004").json or {}
    changes = {edge["id"]: edge["change"] for edge in data["edges"]}
    assert changes == {MUSTERMARK: "changed", DORF: "same", VEREIN: "same", UNIE: "new", ACROSS: "passed"}
    assert {node["id"]: node["change"] for node in data["nodes"]}["unie-vzoru"] == "new"
    ties = page_of(client, "versus=2004&view=table").all('tr:not(:has([data-l="Partners in all"]))')
    assert [change for tie in ties for change in tie.texts('[data-l="Change"]')] == [
        "the same", "the same", "± changed", "+ new", "∓ began and ended meanwhile",
    ]  # fmt: skip


def test_difference_marks_lines_with_signs(client: FlaskClient) -> None:
    page = page_of(client, "versus=2004")
    picture = page.first("svg.wide")
    signs = [(sign["class"], sign.text) for sign in picture.all("text.sign")]
    assert signs == [("sign passed", "∓"), ("sign changed", "±"), ("sign new", "+")]
    assert "3 memberships" not in picture.text
    assert any(title.endswith("not verified, changed") for title in picture.texts("title"))


def test_the_later_of_two_days_is_shown_whichever_is_asked_first(client: FlaskClient) -> None:
    one, other = (client.get(f"/map.json?{query}").json for query in ("on=2006&versus=2010", "on=2010&versus=2006"))
    assert one and other and one["edges"] == other["edges"]


def test_a_card_offers_what_is_not_shown(client: FlaskClient) -> None:
    card = page_of(client, "part=card&sel=mustermark")
    assert [(href, text.removeprefix("+ ")) for href, text in card.links(".open-more a.chip")] == [
        ("/map?lang=en&v=1&also=mustermark.agreement&sel=mustermark", "1 agreement"),
        ("/map?lang=en&v=1&also=mustermark.project&sel=mustermark", "1 project"),
        ("/map?lang=en&v=1&also=mustermark.relation&sel=mustermark", "1 relation"),
    ]
    assert "/map?lang=en&v=1&focus=mustermark" in card.values("a", "href")


def test_opened_ties_are_in_the_picture(client: FlaskClient) -> None:
    before, after = edges(client, ""), edges(client, "also=mustermark.agreement")
    assert sorted(after.keys() - before.keys()) == ["lhota~musterdorf", "lhota~mustermark"]


def test_other_views(client: FlaskClient) -> None:
    page = page_of(client, "")
    shortcuts = page.only(".fold.shortcuts")
    assert [code for code in shortcuts.values("option", "value") if code] == [
        "AT", "CZ", "DE", "crafts", "culture", "economy", "music", "prg-vzor", "lhota",
    ]  # fmt: skip
    assert "/map?lang=en&v=1&view=whole" in shortcuts.values("a", "href")
    whole = client.get("/map.json?view=whole&country=AT").json or {}
    assert {edge["id"] for edge in whole["edges"]} == {UNIE, ACROSS}


def test_caption_says_what_is_hidden(client: FlaskClient) -> None:
    assert "Shown: 5 organizations, 5 ties; records below them: 7." in page_of(client, "").text
    assert "The choice hides within the same steps: 2 organizations, 5 ties." in page_of(client, "").text
    assert "does not exist" in page_of(client, "").text
    assert "5 records that began later are not shown." in page_of(client, "on=2004").text
    assert "Years 2005–2007: full lines held in them" in page_of(client, "since=2005&until=2007").text
