"""The card of a partner region, compared with what the tables give when they are counted by hand."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.record_pages import record_app, rows_of, section, table_rows, text_of
from webapp.record.bars import validity_bars
from webapp.record.partner import is_partner
from webapp.request.visit import this_visit


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return record_app(small).test_client()


@pytest.fixture(scope="module")
def saxony(real: Built) -> bytes:
    return record_app(real).test_client().get("/page/organizations/saxony?lang=cs").data


def members(region: str) -> set[str]:
    rows, found = rows_of("organisations"), {region}
    while more := {row["id"] for row in rows if row["part_of"] in found} - found:
        found |= more
    return found


def towns_of(region: str) -> set[str]:
    kinds = {row["id"]: row["kind"] for row in rows_of("organisations")}
    return {slug for slug in members(region) if kinds[slug] == "municipality"}


def tile_numbers(html: bytes) -> list[str]:
    return re.findall(r'<div class="tile"><b>([^<]*)</b>', html.decode())


def test_tiles_of_saxony(saxony: bytes) -> None:
    agreements = [row for row in rows_of("agreements") if {"ustecky-kraj", "saxony"} <= set(row["parties"].split(";"))]
    first = min(row["valid_from"] or row["signed"] for row in agreements)[:4]
    ours, theirs = members("ustecky-kraj"), members("saxony")
    our_towns, their_towns = towns_of("ustecky-kraj"), towns_of("saxony")
    parties = [set(row["parties"].split(";")) for row in rows_of("agreements")]
    towns = [found for found in parties if found & our_towns and found & their_towns]
    partners: dict[str, set[str]] = {}
    for row in rows_of("participations"):
        partners.setdefault(row["project"], set()).add(row["organisation"])
    projects = [found for found in partners.values() if found & ours and found & theirs]
    events = section(saxony, "udalosti").count('<span class="when">')
    assert tile_numbers(saxony) == [str(len(agreements)), first, str(len(towns)), str(len(projects)), str(events)]


def test_cards_are_newest_first_with_their_sources(saxony: bytes) -> None:
    cards = re.findall(r"<article class=\"card\">(.*?)</article>", saxony.decode(), re.DOTALL)
    rows = {
        row["title_cs"]: row
        for row in rows_of("agreements")
        if {"ustecky-kraj", "saxony"} <= set(row["parties"].split(";"))
    }
    titles = [text_of(re.search(r"<h3>(.*?)</h3>", card)[1]) for card in cards]  # type: ignore[index]
    expected = sorted(rows, key=lambda title: rows[title]["valid_from"] or rows[title]["signed"], reverse=True)
    assert titles == expected
    for title, card in zip(titles, cards, strict=True):
        assert card.count('class="src"') == len(rows[title]["sources"].split(";"))


def test_comparison_marks_the_value_in_use_and_merges_sources(saxony: bytes) -> None:
    rows = table_rows(saxony, "prameny")
    parties = next(i for i, row in enumerate(rows) if row[0] == "Strany Společné prohlášení o spolupráci (2013)")
    assert rows[parties][1] == "Ústecký kraj, Svobodný stát Sasko použito"
    assert rows[parties + 1][0] == "Ústecký kraj, Zemské ředitelství Sasko"
    assert rows[parties + 1][1].count(" · de · ") == 2


def test_towns_are_oldest_first(saxony: bytes) -> None:
    rows = table_rows(saxony, "obce")
    assert rows[0][:3] == ["Louny", "Zschopau", "1972"]
    assert all(town[0] for town in rows)


def test_sources_are_numbered_from_the_oldest(saxony: bytes) -> None:
    numbers = re.findall(r'<li id="s(\d+)">', section(saxony, "zdroje"))
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert set(re.findall(r'href="#s(\d+)"', saxony.decode())) <= set(numbers)


def test_who_is_a_partner(small: Built) -> None:
    app = record_app(small)
    with app.test_request_context("/"):
        organizations = this_visit().library.organizations
        assert [o.key for o in organizations.values() if is_partner(this_visit(), o)] == ["mustermark"]


def test_bars_reach_as_far_as_evidence(small: Built) -> None:
    app = record_app(small)
    with app.test_request_context("/?lang=en&on=2017-12-31"):
        agreements = this_visit().library.agreements
        found = [agreements[small.iri("agreements", key)] for key in ("agr-muster-2003", "agr-muster-2008")]
        bars = validity_bars(this_visit(), found)
    (old, new) = bars.rows
    assert [mark[0] for mark in old.marks] == ["ended"]
    assert [mark[0] for mark in new.marks] == ["held", "open"]
    assert old.marks[0][2] == new.marks[0][1]
    assert new.marks[1][2] == 100
    # 2015-06-10 on an axis from 2002-01-01 to 2017-12-31
    assert new.marks[0][2] == pytest.approx(100 * 4908 / 5843, abs=0.01)
    assert old.detail.replace("\N{NO-BREAK SPACE}", " ") == "7 May 2003 – 1 April 2008"


def test_contacts_say_what_they_are(client: FlaskClient) -> None:
    text = text_of(client.get("/page/organizations/mustermark?lang=en").data)
    assert "Whom to talk to Embassy in Musterstadt contact institution" in text
    assert "Areas in agreements Culture (2) Economy (1)" in text
