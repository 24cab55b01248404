"""Pages of agreements."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def test_facts_in_their_order(client: FlaskClient) -> None:
    page = get_page(client, "/page/agreements/agr-muster-2008?lang=en")
    assert dict(page.terms()) == {
        "Parties": "Mustermark (Musterstadt), Vzorov Region (Vzorov)",
        "Kind": "Partnership agreement, official partnership agreement",
        "Areas": "culture, economy",
        "Signature": "1 March 2008, Musterstadt",
        "Signatories": "governor of the Vzorov Region; minister of Mustermark",
        "Valid from": "1 April 2008",
        "Term": "not found",
        "Approval": "Assembly of the Vzorov Region (February 2008)",
        "Supersedes": "Joint declaration (2003)",
    }


def test_each_status_stands_with_the_source_that_shows_it(client: FlaskClient) -> None:
    page = get_page(client, "/page/agreements/agr-muster-2008?lang=en")
    assert [row[:3] for row in page.table("stavy")] == [["in force", "", "10 June 2015"]]
    assert "1 source" in page.table("stavy")[0][3] or page.section("stavy").all("a")
    undated = get_page(client, "/page/agreements/agr-lhota--musterdorf?lang=en")
    assert [row[:3] for row in undated.table("stavy")] == [["in force", "", "by a source without a date"]]


def test_what_was_not_found_is_said(client: FlaskClient) -> None:
    text = get_page(client, "/page/agreements/agr-neznama?lang=cs").text
    assert "Podpis nenalezen" in text
    assert "Doba platnosti nenalezena" in text
    assert "Schválení nenalezeno" in text


def test_what_is_under_it(client: FlaskClient) -> None:
    page = get_page(client, "/page/agreements/agr-muster-2008?lang=en")
    assert [row[0] for row in page.table("projekty")] == ["Bridge across the border Pattern Programme"]
    assert "Signing of the agreement" in page.section("udalosti").text
    assert "1 March 2008 used" in page.section("prameny").text
    assert "28 February 2008" in page.section("prameny").text
    assert "A valid agreement is signed with Mustermark." in page.section("vychozi").text


def test_the_chain_of_successors(client: FlaskClient) -> None:
    for slug in ("agr-muster-2003", "agr-muster-2008"):
        chain = get_page(client, f"/page/agreements/{slug}?lang=en").section("sled").text
        assert chain.endswith("7 May 2003 Joint declaration (2003) 1 April 2008 Partnership agreement (2008)")


def test_quotes_of_a_note_are_escaped_and_typeset(client: FlaskClient) -> None:
    page = get_page(client, "/page/agreements/agr-muster-2008?lang=cs")
    assert any("with a comma" in note for note in page.texts('p.small span[lang="en"]'))
