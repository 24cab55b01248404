"""Pages of organizations: what they say is what the tables say."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.effort import heavy
from tests.tables import rows_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


@pytest.fixture(scope="module")
def real_client(real: Built) -> FlaskClient:
    return client_of(real)


def test_mission_says_whom_it_stands_for_and_where_it_is_competent(client: FlaskClient) -> None:
    terms = dict(get_page(client, "/page/organizations/embassy-cz-musterstadt?lang=en").terms())
    assert (terms["Sending state"], terms["Accredited to"]) == ("Czechia", "Germany")
    assert terms["Consular district"] == "Mustermark"
    czech = dict(get_page(client, "/page/organizations/embassy-cz-musterstadt?lang=cs").terms())
    assert (czech["Vysílající stát"], czech["Přijímající stát"]) == ("Česko", "Německo")
    assert "Sending state" not in dict(get_page(client, "/page/organizations/mustermark?lang=en").terms())


def test_missions_can_be_filtered_by_the_state_that_sent_them(client: FlaskClient) -> None:
    (row,) = get_json(client, "/organizations.json?sending=CZ")["rows"]
    assert (row["id"], row["sending_state"], row["accredited_to"]) == ("embassy-cz-musterstadt", "CZ", ["DE"])
    assert [end.rsplit("/", 1)[1] for end in row["consular_district"]] == ["mustermark"]


def test_each_mission_of_the_tables_has_a_sending_and_a_receiving_state() -> None:
    kinds = {"embassy", "consulate_general", "honorary_consulate"}
    missions = {row["id"] for row in rows_of("organisations") if row["kind"] in kinds}
    told = {row["id"]: (row["sending_state"], row["accredited_to"].split(";")) for row in rows_of("missions")}
    assert set(told) == missions
    assert [
        key for key, (state, receiving) in told.items() if state in receiving or ("CZ" not in (state, *receiving))
    ] == []


def test_ties_of_the_home_region_by_ground(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/vzorov?lang=en&on=2012-12-31")
    assert [row[:3] for row in page.table("dohody")] == [
        ["Mustermark", "Partnership agreement (2008) Partnership agreement", "1 April 2008"],
        ["Mustermark", "Joint declaration (2003) Joint declaration", "7 May 2003"],
        ["Musterdorf", "Memorandum of unknown date Memorandum", ""],
        ["Grüntalverein e. V.", "Agreement with the Grüntalverein Partnership agreement", ""],
    ]
    assert [row[:4] for row in page.table("projekty")] == [
        [
            "Bridge across the border Pattern Programme",
            "lead partner",
            "Mustermark, Vzorník Society",
            "January 2010 – December 2011",
        ]
    ]
    assert [row[:3] for row in page.table("clenstvi")] == [
        ["Union of Patterns", "is a member of it member", "from 2005"]
    ]


def test_events_are_newest_first_and_unknown_dates_last(client: FlaskClient) -> None:
    section = get_page(client, "/page/organizations/vzorov?lang=cs").section("udalosti")
    events = section.text
    titles = ["Návštěva z Mustermarku", "Podpis smlouvy", "Setkání bez data"]
    assert [events.index(title) for title in titles] == sorted(events.index(title) for title in titles)
    assert section.texts("li.key > span.when") == ["1. 3. 2008"]
    assert section.texts("li.open > span.when") == ["datum neznámé"]


def test_membership_is_seen_from_both_ends(client: FlaskClient) -> None:
    rows = get_page(client, "/page/organizations/unie-vzoru?lang=en").table("clenstvi")
    assert [row[:3] for row in rows] == [
        ["Mustermark", "is its member observer", "2006 – 30 June 2010"],
        ["Vzorov Region", "is its member member", "from 2005"],
    ]


def test_relations_are_worded_from_the_side_of_the_page(client: FlaskClient) -> None:
    own = get_page(client, "/page/organizations/odbor-vztahu?lang=en").table("vztahy")
    other = get_page(client, "/page/organizations/komora-vzorov?lang=en").table("vztahy")
    assert [row[:2] for row in own] == [
        ["cooperates with", "Chamber of the Vzorov Region"],
        ["prepared", "Report on relations"],
    ]
    assert [row[:2] for row in other] == [["cooperates with", "Department of External Relations"]]


def test_a_past_day_leaves_out_what_began_later(client: FlaskClient) -> None:
    text = get_page(client, "/page/organizations/vzorov?lang=en&on=2006").text
    assert "Joint declaration (2003)" in text
    assert "Partnership agreement (2008)" not in text
    assert "records that began after this day are not shown." in text


def test_a_municipality_without_a_tie_is_told_so(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/samota?lang=cs")
    assert "Samota: vztahy nenalezeny" in page.text
    assert "Tak je na tom 1 obcí kraje z 2." in page.text
    assert "neexistuje" not in page.text
    assert not page.has(".tiles")


def test_what_sources_differ_in_shows_the_value_in_use(client: FlaskClient) -> None:
    rows = get_page(client, "/page/organizations/lhota?lang=en").table("prameny")
    assert rows[0][:2] == ["Name Žluťoučká Lhota", "Žluťoučká Lhota used"]
    assert rows[1][0] == "Žlutá Lhota"


def test_names_in_other_languages_are_marked(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/gruentalverein?lang=cs")
    assert page.texts('h1[lang="de"]') == ["Grüntalverein e. V."]
    assert "Land Mustermark" in get_page(client, "/page/organizations/mustermark?lang=cs").texts('span[lang="de"]')


def test_facts_of_the_tables(client: FlaskClient) -> None:
    text = get_page(client, "/page/organizations/lhota?lang=cs").text
    assert "Obyvatel 321 (2020)" in text
    assert "Kód LAU 999901" in text
    assert "Poloha 50.61, 14.62 (přesná)" in text
    assert "Patří pod Kraj Vzorov" in text


@pytest.mark.parametrize(
    "slug",
    [
        "usti-nad-labem",
        *heavy("decin", "litomerice", "most", "ujep", "euroregion-labe"),
    ],
)
def test_counts_of_real_organizations(real_client: FlaskClient, slug: str) -> None:
    page = get_page(real_client, f"/page/organizations/{slug}?lang=cs")
    agreements = [row for row in rows_of("agreements") if slug in row["parties"].split(";")]
    projects = {row["project"] for row in rows_of("participations") if row["organisation"] == slug}
    memberships = [row for row in rows_of("memberships") if slug in (row["member"], row["organisation"])]
    relations = [row for row in rows_of("relations") if slug in (row["subject"], row["object"])]
    activities = [row for row in rows_of("activities") if slug in row["participants"].split(";")]
    assert len(page.table("dohody")) == len(agreements)
    assert len(page.table("projekty")) == len(projects)
    assert len(page.table("clenstvi")) == len(memberships)
    assert len(page.table("vztahy")) == len(relations)
    held = [row for row in activities if row["status"] == "held"]
    assert len(page.section("udalosti").all("span.when")) == len(held)
    others = page.section("planovane").all("span.when") if len(activities) > len(held) else []
    assert len(others) == len(activities) - len(held)
    titles = sorted(row[1] for row in page.table("dohody"))
    expected = sorted(row["title_cs"].replace(" - ", " – ") for row in agreements)
    assert all(title.startswith(start) for title, start in zip(titles, expected, strict=True))


def test_how_many_real_municipalities_have_no_tie(real_client: FlaskClient) -> None:
    towns = {
        r["id"] for r in rows_of("organisations") if r["part_of"] == "ustecky-kraj" and r["kind"] == "municipality"
    }
    tied = {iri for row in rows_of("agreements") for iri in row["parties"].split(";")}
    tied |= {row["organisation"] for row in rows_of("participations")}
    tied |= {iri for row in rows_of("activities") if row["status"] == "held" for iri in row["participants"].split(";")}
    tied |= {row[end] for row in rows_of("memberships") for end in ("member", "organisation")}
    tied |= {row[end] for row in rows_of("relations") for end in ("subject", "object")}
    text = get_page(real_client, "/page/organizations/bechlin?lang=cs").text
    assert f"Tak je na tom {len(towns - tied)} obcí kraje z {len(towns)}." in text
