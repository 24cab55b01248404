"""What narrows and widens the map: facets with counts, years, another day, opened ties, other views."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.map_pages import small_app, small_client  # noqa: F401


def page_of(client: FlaskClient, query: str) -> str:
    return client.get(f"/map?lang=en&{query}").text.replace("\u00a0", " ")


def edges(client: FlaskClient, query: str) -> dict[str, str]:
    data = client.get(f"/map.json?{query}").json or {}
    return {edge["id"]: edge["form"] for edge in data["edges"]}


def counts(page: str, name: str) -> dict[str, int]:
    found = re.findall(rf'name="{name}" value="([\w-]+)".*?<span class="n">(\d+)</span>', page)
    return {code: int(number) for code, number in found}


HELD, OPEN, ENDED = "held", "open", "ended"
MUSTERMARK, DORF, VEREIN, UNIE = "mustermark~vzorov", "musterdorf~vzorov", "gruentalverein~vzorov", "unie-vzoru~vzorov"
ACROSS = "mustermark~unie-vzoru"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("country=AT", {UNIE: HELD}),
        ("topic=culture", {MUSTERMARK: HELD, VEREIN: HELD}),
        ("topic=crafts", {}),
        ("topic=economy", {MUSTERMARK: HELD}),
        ("programme=prg-vzor", {MUSTERMARK: ENDED}),
        ("proof=closed", {MUSTERMARK: ENDED, }),
        ("proof=open", {DORF: OPEN}),
        ("cited=2", {UNIE: HELD}),
        ("undated=0", {MUSTERMARK: HELD, VEREIN: HELD, UNIE: HELD, ACROSS: ENDED}),
    ],
)  # fmt: skip
def test_facets_of_relationships(client: FlaskClient, query: str, shown: dict[str, str]) -> None:
    assert edges(client, query) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("since=2003&until=2004", {MUSTERMARK: HELD, DORF: OPEN, VEREIN: OPEN}),
        ("since=2005&until=2007", {MUSTERMARK: HELD, DORF: OPEN, VEREIN: OPEN, UNIE: HELD, ACROSS: HELD}),
        ("since=2016&until=2020", {MUSTERMARK: OPEN, DORF: OPEN, VEREIN: OPEN, UNIE: HELD, ACROSS: ENDED}),
        ("until=2002", {DORF: OPEN, VEREIN: OPEN}),
    ],
)
def test_a_span_decides_the_state_of_ties(client: FlaskClient, query: str, shown: dict[str, str]) -> None:
    assert edges(client, query) == shown


def test_counts_of_facets_are_under_the_present_choice(client: FlaskClient) -> None:
    page = page_of(client, "topic=culture")
    assert counts(page, "country") == {"DE": 2}
    assert counts(page, "topic") == {"culture": 2, "economy": 1}
    assert counts(page_of(client, ""), "proof") == {"older": 2, "undated": 1, "open": 1, "closed": 1}
    assert counts(page_of(client, ""), "cited") == {"1": 2, "2": 1, "3": 1}


def test_chips_take_back_what_was_chosen(client: FlaskClient) -> None:
    page = page_of(client, "country=DE&since=2005&undated=0&versus=2010&also=lhota.agreement&ground=agreement")
    block = page[page.index('class="chosen"') : page.index('class="map"')]
    chips = {
        re.sub("<.*?>", "", text).replace("Leave out ", "").strip(" ×"): unescape(href)
        for href, text in re.findall(r'<a class="chip" href="([^"]*)">(.*?)</a>', block)
    }
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
    years, numbers = (re.findall(rf'data-{name}="([^"]*)"', page)[0].split() for name in ("years", "counts"))
    found = dict(zip(map(int, years), map(int, numbers), strict=True))
    assert (min(found), max(found)) == (2003, 2026)
    assert (found[2003], found[2006], found[2008], found[2015], found[2026]) == (1, 3, 4, 2, 1)
    bars = re.findall(r'<a href="([^"]*)" tabindex="-1"><title>2012: (\d+)</title>', page)
    assert [unescape(href) for href, _ in bars] == ["/map?lang=en&v=1&since=2012&until=2012&sel=mustermark"]
    assert 'class="bar out"' in page
    assert "by year, from 2003 to 2026; most in 2008: 4 relationships" in page


def test_ties_without_a_date_never_vanish_silently(client: FlaskClient) -> None:
    assert "1 tie has no date at all." in page_of(client, "")
    hidden = page_of(client, "undated=0")
    assert "1 tie without any date is hidden." in hidden and counts(hidden, "undated") == {"0": 1}


def test_difference_between_two_days(client: FlaskClient) -> None:
    page = page_of(client, "versus=2004")
    sentence = (
        "Between 31 December 2004 and today: 1 new tie, 1 changed, 1 that began and ended meanwhile and 2 the same."
    )
    assert sentence in page and "Organizations: 1 new, 0 no longer." in page
    data = client.get("/map.json?versus=2004").json or {}
    changes = {edge["id"]: edge["change"] for edge in data["edges"]}
    assert changes == {MUSTERMARK: "changed", DORF: "same", VEREIN: "same", UNIE: "new", ACROSS: "passed"}
    assert {node["id"]: node["change"] for node in data["nodes"]}["unie-vzoru"] == "new"
    table = page_of(client, "versus=2004&view=table").partition("<h2>Organizations")[0]
    assert re.findall(r'data-l="Change">([^<]*)<', table) == [
        "the same", "the same", "± changed", "+ new", "∓ began and ended meanwhile",
    ]  # fmt: skip


def test_difference_marks_lines_with_signs(client: FlaskClient) -> None:
    page = page_of(client, "versus=2004")
    picture = page[page.index('<svg viewBox="0 0 716') : page.index("</svg><svg")]
    assert re.findall(r'class="sign (\w+)"[^>]*>(.)<', picture) == [("passed", "∓"), ("changed", "±"), ("new", "+")]
    assert "3 memberships" not in picture and "valid, changed</title>" in picture


def test_the_later_of_two_days_is_shown_whichever_is_asked_first(client: FlaskClient) -> None:
    one, other = (client.get(f"/map.json?{query}").json for query in ("on=2006&versus=2010", "on=2010&versus=2006"))
    assert one and other and one["edges"] == other["edges"]


def test_a_card_offers_what_is_not_shown(client: FlaskClient) -> None:
    card = page_of(client, "part=card&sel=mustermark")
    offers = re.findall(r'href="([^"]*)"><span aria-hidden="true">\+</span> ([^<]*)<', card)
    assert [(unescape(href), text) for href, text in offers] == [
        ("/map?lang=en&v=1&also=mustermark.agreement&sel=mustermark", "1 agreement"),
        ("/map?lang=en&v=1&also=mustermark.project&sel=mustermark", "1 project"),
        ("/map?lang=en&v=1&also=mustermark.relation&sel=mustermark", "1 relation"),
    ]
    assert "/map?lang=en&amp;v=1&amp;focus=mustermark" in card


def test_opened_ties_are_in_the_picture(client: FlaskClient) -> None:
    before, after = edges(client, ""), edges(client, "also=mustermark.agreement")
    assert sorted(after.keys() - before.keys()) == ["lhota~musterdorf", "lhota~mustermark"]


def test_other_views(client: FlaskClient) -> None:
    page = page_of(client, "")
    block = page[page.index('class="fold shortcuts') : page.index('class="tabs"')]
    assert re.findall(r'<option value="([^"]+)"', block) == [
        "AT", "CZ", "DE", "crafts", "culture", "economy", "music", "prg-vzor", "lhota",
    ]  # fmt: skip
    assert 'href="/map?lang=en&amp;v=1&amp;view=whole"' in block
    whole = client.get("/map.json?view=whole&country=AT").json or {}
    assert {edge["id"] for edge in whole["edges"]} == {UNIE, ACROSS}


def test_caption_says_what_is_hidden(client: FlaskClient) -> None:
    assert "Shown: 5 organizations, 5 ties; records below them: 7." in page_of(client, "")
    assert "The choice hides within the same steps: 2 organizations, 5 ties." in page_of(client, "")
    assert "does not exist" in page_of(client, "")
    assert "6 records that began later are not shown." in page_of(client, "on=2004")
    assert "Years 2005–2007: full lines held in them" in page_of(client, "since=2005&until=2007")
