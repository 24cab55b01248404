"""The home page: every number of it against the tables, in both languages and on a past day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.markup import Element, parse
from tests.tables import rows_of

PAST = "2012-12-31"


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return client_of(small)


def tiles(page: Element) -> list[str]:
    return page.texts("div.tile")


def section(page: Element, heading: str) -> Element:
    (part,) = [part for part in page.all("main section") if heading in part.first("h2").text]
    return part


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    """Give what the file of a list holds when it is asked as its page."""
    path, _, query = address.partition("?")
    return get_json(client, f"{path}.json?{query}")


def of_region(real: Built) -> list[dict[str, str]]:
    """Agreements of the region itself with anybody in another country; none of these is with a post of ours alone."""
    country = {row["id"]: row["country"] for row in rows_of("organisations", real.settings.data)}
    parties = {row["id"]: row["parties"].split(";") for row in rows_of("agreements", real.settings.data)}
    return [
        row
        for row in rows_of("agreements", real.settings.data)
        if "ustecky-kraj" in parties[row["id"]] and {country[key] for key in parties[row["id"]]} - {"CZ", ""}
    ]


def test_tiles_count_what_the_tables_hold(client: FlaskClient, real: Built) -> None:
    agreements = rows_of("agreements", real.settings.data)
    kinds = {row["id"]: row for row in rows_of("organisations", real.settings.data)}
    with_region = [row for row in agreements if "ustecky-kraj" in row["parties"].split(";")]
    municipal = [
        row
        for row in agreements
        if row not in with_region
        and any(kinds[p]["kind"] == "municipality" and kinds[p]["country"] == "CZ" for p in row["parties"].split(";"))
    ]
    shown = tiles(get_page(client, "/?lang=cs"))
    assert re.match(rf"\d+ z {len(of_region(real))} dohod kraje se zahraničními partnery", shown[0])
    assert shown[1].startswith(f"{len(municipal)} dohod a partnerství obcí Ústeckého kraje")
    assert shown[2].startswith(f"{len(rows_of('projects', real.settings.data))} společných projektů")
    assert shown[4].startswith(f"{len(rows_of('sources', real.settings.data))} zdrojů")


@pytest.mark.parametrize("address", ["/?lang=en", f"/?lang=en&on={PAST}"])
def test_each_tile_is_the_length_of_its_list(client: FlaskClient, address: str) -> None:
    page = get_page(client, address)
    links = [tile.first("a")["href"] for tile in page.all("div.tile")]
    numbers = [re.findall(r"\d+", text)[0] for text in tiles(page)]
    numbers[0] = re.findall(r"of (\d+)", tiles(page)[0])[0]
    for link, number in zip(links, numbers, strict=True):
        assert asked(client, link)["total"] == int(number), link


def shown_active(data: Path) -> dict[str, str]:
    """Date of the newest source that shows each agreement in force, by no code of the product."""
    published = {row["id"]: row["published"] for row in rows_of("sources", data)}
    shown: dict[str, str] = {}
    for row in rows_of("status_periods", data):
        dates = [published[source] for source in row["sources"].split(";") if published[source]]
        if row["status"] == "active" and dates:
            shown[row["agreement"]] = max(shown.get(row["agreement"], ""), *dates)
    return shown


def test_fresh_evidence_is_that_of_the_last_five_years(client: FlaskClient, real: Built) -> None:
    fresh = date.today().replace(year=date.today().year - 5).isoformat()
    rows = of_region(real)
    shown = shown_active(real.settings.data)
    held = [row for row in rows if shown.get(row["id"], "") >= fresh]
    assert tiles(get_page(client, "/?lang=en"))[0].startswith(f"{len(held)} of {len(rows)} ")


def test_table_of_the_region_runs_by_form_then_from_the_newest(client: FlaskClient, real: Built) -> None:
    page = get_page(client, "/?lang=en")
    forms = page.badges()
    order = ["held", "aged", "open", "suspended", "ended", "future"]
    assert forms == sorted(forms, key=order.index)
    rows = of_region(real)
    assert sorted(page.column(1)) == sorted(" ".join(row["title_en"].replace(" - ", " – ").split()) for row in rows)
    assert sorted(map(int, page.column(4))) == sorted(len(row["sources"].split(";")) for row in rows)


def test_bars_count_agreements_by_country(client: FlaskClient, real: Built) -> None:
    country = {row["id"]: row["country"] for row in rows_of("organisations", real.settings.data)}
    german = [
        r for r in rows_of("agreements", real.settings.data) if "DE" in {country[p] for p in r["parties"].split(";")}
    ]
    bars = section(get_page(client, "/?lang=en"), "by country")
    numbers = [int(text.split()[0]) for text in bars.texts("span.n")]
    assert bars.text.split()[6:8] == ["Germany", str(len(german))]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 10
    widths = [float(width) for width in bars.first("svg").values("rect", "width")]
    assert sum(widths) == pytest.approx(100, abs=0.05)


def test_last_year_has_only_what_a_month_dates(client: FlaskClient, real: Built) -> None:
    rows = rows_of("activities", real.settings.data)
    within = [
        row
        for row in rows
        if row["status"] == "held" and len(row["date_from"]) > 4 and "2012" < row["date_from"] <= PAST
    ]
    titles = {row["title_en"] for row in within}
    part = section(get_page(client, f"/?lang=en&on={PAST}"), "Last year")
    assert f"{len(within)} event" in part.first("h2").text
    shown = [line.text for line in part.all("li") if "year" not in line.first("span").text]
    assert shown and all(re.search("2012", line) for line in shown)
    assert sum(any(title in line for title in titles) for line in shown) == min(6, len(within))


def test_map_opens_the_page_with_partners_by_agreement(client: FlaskClient, real: Built) -> None:
    page = get_page(client, "/?lang=en")
    figure = page.only("figure.home-map")
    marks = {href for href in figure.values("svg.wide a", "href") if "/page/organizations/" in href}
    assert "/page/organizations/zilina-region?lang=en" in marks and len(marks) > 5
    numbers = [int(text) for text in figure.texts(".keyrow b")]
    assert sum(numbers) == len(of_region(real))


def test_what_is_not_known_is_counted(client: FlaskClient, real: Built) -> None:
    agreements = rows_of("agreements", real.settings.data)
    undated = sum(not row["signed"] and not row["valid_from"] for row in agreements)
    annexes = sum(row["kind"] == "annex" and not row["website"] for row in rows_of("documents", real.settings.data))
    part = section(get_page(client, "/?lang=en"), "What we do not know").text
    assert f"{undated} agreements without a date of signing and start." in part
    assert f"The text of {annexes} annexes was not available." in part
    assert f"{len(rows_of('claims', real.settings.data))} values in which sources contradict each other." in part


def test_past_day_speaks_in_the_past(client: FlaskClient) -> None:
    page = get_page(client, f"/?lang=cs&on={PAST}")
    assert page.headings()[0] == "S kým, na jakém základě a odkdy spolupracoval Ústecký kraj k 31. 12. 2012"
    assert "platná" not in page.first("tbody").text
    assert "doloženě platilo" in tiles(page)[0]


def test_questions_lead_to_answers(client: FlaskClient) -> None:
    questions = section(get_page(client, "/?lang=cs"), "Na co se tu lze zeptat").all("li > a")
    assert len(questions) == 6
    assert questions[0]["href"] == "/agreements?lang=cs&on=2012-12-31&status=held"
    assert questions[0].content == "Které dohody platily k\xa031.\xa012.\xa02012?"
    for address in (question["href"] for question in questions):
        if address.startswith("/agreements"):
            assert asked(client, address)["total"] > 0, address


def test_english_heading_has_its_article(client: FlaskClient) -> None:
    page = get_page(client, "/?lang=en")
    assert page.headings()[0] == "With whom, on what basis and since when the Ústí Region cooperates"


def test_another_region_speaks_of_itself(small_client: FlaskClient) -> None:
    text = small_client.get("/?lang=cs").text
    page = parse(text)
    assert page.headings()[0] == "S kým, na jakém základě a odkdy spolupracuje Kraj Vzorov"
    assert "Ústeck" not in text
    assert tiles(page)[0].startswith("0 z 4 dohod kraje")
    assert page.column(0)[-1] == "Mustermark Německo"


def test_page_has_no_inline_style_or_script(client: FlaskClient) -> None:
    assert get_page(client, "/").inline_code() == []
