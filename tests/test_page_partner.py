"""The card of a partner region; its numbers are held to the tables by `tests/against_tables`."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from graph.iris import Iris
from graph.records.library import read_library
from tests.apps import app_of, client_of, get_page
from tests.conftest import Built
from tests.markup import Element
from tests.tables import rows_of
from webapp.record.partner import is_partner, validity_bars
from webapp.request.visit import this_visit


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def saxony(real: Built) -> Element:
    return get_page(client_of(real), "/page/organizations/saxony?lang=cs")


def test_cards_are_newest_first_with_their_sources(saxony: Element) -> None:
    cards = saxony.all("article.card")
    rows = {
        row["title_cs"]: row
        for row in rows_of("agreements")
        if {"ustecky-kraj", "saxony"} <= set(row["parties"].split(";"))
    }
    titles = [card.first("h3").text for card in cards]
    expected = sorted(rows, key=lambda title: rows[title]["valid_from"] or rows[title]["signed"], reverse=True)
    assert titles == expected
    for title, card in zip(titles, cards, strict=True):
        assert len(card.all(".src")) == len(rows[title]["sources"].split(";"))


def test_comparison_marks_the_value_in_use_and_merges_sources(saxony: Element) -> None:
    rows = saxony.table("prameny")
    parties = next(i for i, row in enumerate(rows) if row[0] == "Strany Společné prohlášení o spolupráci (2013)")
    assert rows[parties][1] == "Ústecký kraj, Svobodný stát Sasko použito"
    assert rows[parties + 1][0] == "Ústecký kraj, Zemské ředitelství Sasko"
    assert rows[parties + 1][1].count(" · de · ") == 2


def test_towns_are_oldest_first(saxony: Element) -> None:
    rows = saxony.table("obce")
    assert rows[0][:3] == ["Louny", "Zschopau", "1972"]
    assert all(town[0] for town in rows)


def test_sources_are_numbered_from_the_oldest(saxony: Element) -> None:
    anchors = saxony.section("sources").values("li", "id")
    assert anchors == [f"s{number}" for number in range(1, len(anchors) + 1)] != []
    numbered = [address for address in saxony.values("a", "href") if re.fullmatch(r"#s\d+", address)]
    assert set(numbered) <= {f"#{anchor}" for anchor in anchors}


def test_who_is_a_partner(small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    with app_of(small).test_request_context("/"):
        assert [o.key for o in library.organizations.values() if is_partner(this_visit(), o)] == ["mustermark"]


def test_bars_reach_as_far_as_evidence(small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    both = [library.agreements[small.iri("agreements", key)] for key in ("agr-muster-2003", "agr-muster-2008")]
    with app_of(small).test_request_context("/?lang=en&on=2017-12-31"):
        bars = validity_bars(this_visit(), both)
    (old, new) = bars.rows
    assert [mark[0] for mark in old.marks] == ["ended"]
    assert [mark[0] for mark in new.marks] == ["held", "open"]
    assert old.marks[0][2] == new.marks[0][1]
    assert new.marks[1][2] == 100
    # 2015-06-10 on an axis from 2002-01-01 to 2017-12-31
    assert new.marks[0][2] == pytest.approx(100 * 4908 / 5843, abs=0.01)
    assert old.detail.replace("\N{NO-BREAK SPACE}", " ") == "7 May 2003 – 1 April 2008"


def test_contacts_say_what_they_are(client: FlaskClient) -> None:
    text = get_page(client, "/page/organizations/mustermark?lang=en").text
    assert "Whom to talk to Embassy in Musterstadt contact institution" in text
    assert "Areas in agreements Culture (2) Economy (1)" in text
