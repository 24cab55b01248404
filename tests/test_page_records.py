"""Pages of projects, events, sources and all other records."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.tables import rows_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return client_of(real)


def test_project(client: FlaskClient) -> None:
    page = get_page(client, "/page/projects/prj-most?lang=cs")
    text = page.text
    assert "Rozpočet 100 000 € " in text
    assert "Dotace 80 000 €" in text
    assert "V rámci dohody Partnerská smlouva (2008)" in text
    assert [row[:3] for row in page.table("ucastnici")] == [
        ["Kraj Vzorov", "Česko", "vedoucí partner"],
        ["Mustermark", "Německo", "partner"],
        ["Spolek Vzorník", "Česko", "přidružený"],
    ]
    assert any(name.startswith("Brücke über die Grenze") for name in page.texts('[lang="de"]'))


def test_project_without_sums(client: FlaskClient) -> None:
    assert "Rozpočet nenalezen Dotace 1 500 €" in get_page(client, "/page/projects/prj-zahrada?lang=cs").text


def test_activity(client: FlaskClient) -> None:
    page = get_page(client, "/page/activities/act-slavnost-2013?lang=cs")
    assert "Datum 1. 6. 2013 – 2. 6. 2013" in page.text
    assert "Projekt Most přes hranici" in page.text
    assert [row[0] for row in page.table("ucastnici")] == ["Kraj Vzorov", "Mustermark"]
    assert [row[:2] for row in page.table("vztahy")] == [["je popsán v", "Plán akcí na rok 2013"]]


def test_activity_without_date(client: FlaskClient) -> None:
    assert "Setkání · datum neznámé" in get_page(client, "/page/activities/act-setkani?lang=cs").text


def test_source_says_what_rests_on_it(client: FlaskClient) -> None:
    page = get_page(client, "/page/sources/src-muster-bote?lang=en")
    assert page.texts('h1[lang="de"]') == ["Der Vertrag gilt weiter"]
    counts = (
        "agreements (1), events (1), organizations (1), memberships (1), status periods of agreements (1), "
        "differing values (1)"
    )
    assert f"Rest on it {counts}" in page.text
    assert "28 February 2008" in page.section("prameny").text
    assert "1 March 2008 used" in page.section("prameny").text


def test_every_record_of_the_initial_document_is_listed(real_client: FlaskClient) -> None:
    page = get_page(real_client, "/page/sources/src-seed-2012?lang=cs")
    for table in ("agreements", "projects", "activities", "organisations", "memberships", "relations", "documents"):
        citing = [row["id"] for row in rows_of(table) if "src-seed-2012" in row["sources"].split(";")]
        kind = table.replace("isations", "izations")
        linked = [urlsplit(address).path for address in page.values(f'section[id="{kind}"] a', "href")]
        assert {f"/page/{kind}/{slug}" for slug in citing} <= set(linked)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("relations/rel-odbor-komora", "Department of External Relations cooperates with Chamber of the Vzorov Region"),
        ("memberships/mem-mustermark-unie", "Mustermark – Union of Patterns"),
        ("participations/par-most--vzorov", "Vzorov Region – Bridge across the border"),
        ("claims/clm-agr-muster-2008-signed-2", "Value 28 February 2008"),
        ("statements/2", "The department prepared the report."),
        ("documents/doc-usneseni-2008", "Number 7/2008"),
        ("programmes/prg-vzor", "Projects 2"),
        ("kinds/municipality", "Organizations 3"),
        ("status-periods/sta-muster-2003-1", "Shown on 2 April 2008"),
        ("areas/culture", "Agreements 4"),
        ("areas/music", "Definition Invented area: music and singing."),
        ("countries/DE", "Organizations 4"),
    ],
)
def test_other_records(client: FlaskClient, path: str, expected: str) -> None:
    assert expected in get_page(client, f"/page/{path}?lang=en").text


def test_area_counts_what_its_list_counts(client: FlaskClient) -> None:
    page, past = (get_page(client, f"/page/areas/culture?lang=en{day}") for day in ("", "&on=2005-12-31"))
    assert page.section("agreements").text.startswith("Agreements 4")  # one of them in music, which is narrower
    assert "A broader area counts what lies in its narrower ones." in page.text
    assert "A broader area" not in get_page(client, "/page/areas/music?lang=en").text
    assert past.section("agreements").text.startswith("Agreements 3")
    assert "3 records that began after this day are not shown." in past.text  # and two events
