"""Pages of agreements."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.record_pages import record_app, section, table_rows, text_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return record_app(small).test_client()


def test_facts_in_their_order(client: FlaskClient) -> None:
    html = client.get("/page/agreements/agr-muster-2008?lang=en").data.decode()
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", html, re.DOTALL))
    said = {text_of(label): text_of(value) for label, value in facts.items()}
    assert said == {
        "Parties": "Mustermark (Musterstadt), Vzorov Region (Vzorov)",
        "Kind": "Partnership agreement",
        "Areas": "culture, economy",
        "Signature": "1 March 2008, Musterstadt",
        "Signatories": "governor of the Vzorov Region; minister of Mustermark",
        "Valid from": "1 April 2008",
        "Term": "not found",
        "Approval": "Assembly of the Vzorov Region (February 2008)",
        "Supersedes": "Joint declaration (2003)",
        "Status in the source": "in force (10 June 2015)",
    }


def test_what_was_not_found_is_said(client: FlaskClient) -> None:
    text = text_of(client.get("/page/agreements/agr-neznama?lang=cs").data)
    assert "Podpis nenalezen" in text
    assert "Doba platnosti nenalezena" in text
    assert "Schválení nenalezeno" in text


def test_what_is_under_it(client: FlaskClient) -> None:
    html = client.get("/page/agreements/agr-muster-2008?lang=en").data
    assert [row[0] for row in table_rows(html, "projekty")] == ["Bridge across the border Pattern Programme"]
    assert "Signing of the agreement" in text_of(section(html, "udalosti"))
    assert "1 March 2008 used" in text_of(section(html, "prameny"))
    assert "28 February 2008" in text_of(section(html, "prameny"))
    assert "A valid agreement is signed with Mustermark." in text_of(section(html, "vychozi"))


def test_the_chain_of_successors(client: FlaskClient) -> None:
    for slug in ("agr-muster-2003", "agr-muster-2008"):
        chain = text_of(section(client.get(f"/page/agreements/{slug}?lang=en").data, "sled"))
        assert chain.endswith("7 May 2003 Joint declaration (2003) 1 April 2008 Partnership agreement (2008)")


def test_quotes_of_a_note_are_escaped_and_typeset(client: FlaskClient) -> None:
    page = client.get("/page/agreements/agr-muster-2008?lang=cs").data.decode()
    assert '<p class="small" lang="en">' in page
    assert "with a comma" in page
