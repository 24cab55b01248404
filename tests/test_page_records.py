"""Pages of projects, events, sources and all other records."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.record_pages import record_app, rows_of, section, table_rows, text_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return record_app(small).test_client()


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return record_app(real).test_client()


def test_project(client: FlaskClient) -> None:
    html = client.get("/page/projects/prj-most?lang=cs").data
    text = text_of(html)
    assert "Rozpočet 100 000 € " in text
    assert "Dotace 80 000 €" in text
    assert "V rámci dohody Partnerská smlouva (2008)" in text
    assert [row[:3] for row in table_rows(html, "ucastnici")] == [
        ["Kraj Vzorov", "Česko", "vedoucí partner"],
        ["Mustermark", "Německo", "partner"],
        ["Spolek Vzorník", "Česko", "přidružený"],
    ]
    assert 'lang="de">Brücke über die Grenze' in html.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_project_without_sums(client: FlaskClient) -> None:
    assert "Rozpočet nenalezen Dotace 1 500 €" in text_of(client.get("/page/projects/prj-zahrada?lang=cs").data)


def test_activity(client: FlaskClient) -> None:
    html = client.get("/page/activities/act-slavnost-2013?lang=cs").data
    assert "Datum 1. 6. 2013 – 2. 6. 2013" in text_of(html)
    assert "Projekt Most přes hranici" in text_of(html)
    assert [row[0] for row in table_rows(html, "ucastnici")] == ["Kraj Vzorov", "Mustermark"]
    assert [row[:2] for row in table_rows(html, "vztahy")] == [["je popsán v", "Plán akcí na rok 2013"]]


def test_activity_without_date(client: FlaskClient) -> None:
    assert "Setkání · datum neznámé" in text_of(client.get("/page/activities/act-setkani?lang=cs").data)


def test_source_says_what_rests_on_it(client: FlaskClient) -> None:
    html = client.get("/page/sources/src-muster-bote?lang=en").data
    assert '<h1 lang="de">Der Vertrag gilt weiter</h1>' in html.decode()
    assert "Rest on it agreements (1), events (1), organizations (1), memberships (1), differing values (1)" in text_of(
        html
    )
    assert "28 February 2008" in text_of(section(html, "prameny"))
    assert "1 March 2008 used" in text_of(section(html, "prameny"))


def test_every_record_of_the_initial_document_is_listed(real_client: FlaskClient) -> None:
    html = real_client.get("/page/sources/src-seed-2012?lang=cs").data
    for table in ("agreements", "projects", "activities", "organisations", "memberships", "relations", "documents"):
        citing = [row["id"] for row in rows_of(table) if "src-seed-2012" in row["sources"].split(";")]
        kind = table.replace("isations", "izations")
        assert section(html, kind).count(f'href="/page/{kind}/') + section(html, kind).count(f"/{kind}/") >= len(citing)
        assert all(f"/page/{kind}/{slug}" in section(html, kind) for slug in citing)


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
        ("areas/culture", "Agreements 3"),
        ("countries/DE", "Organizations 4"),
    ],
)
def test_other_records(client: FlaskClient, path: str, expected: str) -> None:
    response = client.get(f"/page/{path}?lang=en")
    assert response.status_code == 200
    assert expected in text_of(response.data)
