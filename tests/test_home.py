"""The home page: every number of it against the tables, in both languages and on a past day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.conftest import Built
from tests.web import cells, client_of, get_json, headings, rows_of, text_of

PAST = "2012-12-31"


@pytest.fixture(scope="module")
def client(real: Built) -> FlaskClient:
    return client_of(real)


@pytest.fixture(scope="module")
def small_client(small: Built) -> FlaskClient:
    return client_of(small)


def tiles(page: str) -> list[str]:
    return [text_of(found) for found in re.findall(r'<div class="tile">(.*?)</div>', page, re.DOTALL)]


def section(page: str, heading: str) -> str:
    parts: list[str] = re.findall(r"<section>.*?</section>", page, re.DOTALL)
    return next(part for part in parts if heading in part)


def test_tiles_count_what_the_tables_hold(client: FlaskClient, real: Built) -> None:
    agreements = rows_of(real.settings, "agreements")
    kinds = {row["id"]: row for row in rows_of(real.settings, "organisations")}
    with_region = [row for row in agreements if "ustecky-kraj" in row["parties"].split(";")]
    municipal = [
        row
        for row in agreements
        if row not in with_region
        and any(kinds[p]["kind"] == "municipality" and kinds[p]["country"] == "CZ" for p in row["parties"].split(";"))
    ]
    found = tiles(client.get("/?lang=cs").text)
    assert re.match(rf"\d+ z {len(with_region)} dohod kraje", found[0])
    assert found[1].startswith(f"{len(municipal)} dohod a partnerství obcí Ústeckého kraje")
    assert found[2].startswith(f"{len(rows_of(real.settings, 'projects'))} společných projektů")
    assert found[4].startswith(f"{len(rows_of(real.settings, 'sources'))} zdrojů")


@pytest.mark.parametrize("address", ["/?lang=en", f"/?lang=en&on={PAST}"])
def test_each_tile_is_the_length_of_its_list(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    links = re.findall(r'<div class="tile">.*?href="([^"]*)"', page, re.DOTALL)
    numbers = [re.findall(r"\d+", text)[0] for text in tiles(page)]
    numbers[0] = re.findall(r"of (\d+)", tiles(page)[0])[0]
    for link, number in zip(links, numbers, strict=True):
        path, _, query = link.replace("&amp;", "&").partition("?")
        assert get_json(client, f"{path}.json?{query}")["total"] == int(number), link


def test_fresh_evidence_is_that_of_the_last_five_years(client: FlaskClient, real: Built) -> None:
    fresh = date.today().replace(year=date.today().year - 5).isoformat()
    rows = [row for row in rows_of(real.settings, "agreements") if "ustecky-kraj" in row["parties"].split(";")]
    held = [row for row in rows if row["status"] == "active" and max(row["status_as_of"], row["valid_to"]) >= fresh]
    assert tiles(client.get("/?lang=en").text)[0].startswith(f"{len(held)} of {len(rows)} ")


def test_table_of_the_region_runs_by_form_then_from_the_newest(client: FlaskClient, real: Built) -> None:
    page = client.get("/?lang=en").text
    forms = re.findall(r'<span class="badge (\w+)"', page)
    order = ["held", "aged", "open", "ended", "future"]
    assert forms == sorted(forms, key=order.index)
    rows = [row for row in rows_of(real.settings, "agreements") if "ustecky-kraj" in row["parties"].split(";")]
    assert sorted(cells(page, 1)) == sorted(" ".join(row["title_en"].replace(" - ", " – ").split()) for row in rows)
    assert sorted(map(int, cells(page, 4))) == sorted(len(row["sources"].split(";")) for row in rows)


def test_bars_count_agreements_by_country(client: FlaskClient, real: Built) -> None:
    country = {row["id"]: row["country"] for row in rows_of(real.settings, "organisations")}
    german = [r for r in rows_of(real.settings, "agreements") if "DE" in {country[p] for p in r["parties"].split(";")}]
    bars = section(client.get("/?lang=en").text, "by country")
    numbers = [int(number) for number in re.findall(r'<span class="n">(\d+)', bars)]
    assert text_of(bars).split()[6:8] == ["Germany", str(len(german))]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) == 10
    widths = [float(w) for w in re.findall(r'width="([\d.]+)"', bars.partition("</svg>")[0])]
    assert sum(widths) == pytest.approx(100, abs=0.05)


def test_events_are_the_last_ones_that_are_not_later(client: FlaskClient, real: Built) -> None:
    rows = rows_of(real.settings, "activities")
    begun = sorted(row["date_from"] for row in rows if row["date_from"] and row["date_from"] <= PAST)
    titles = {row["title_en"] for row in rows if row["date_from"] in begun[-6:]}
    part = section(client.get(f"/?lang=en&on={PAST}").text, "Last documented events")
    shown = [text_of(found) for found in re.findall(r"<li.*?</li>", part, re.DOTALL)]
    assert len(shown) == 6
    assert all(any(title in line for title in titles) for line in shown)


def test_what_is_not_known_is_counted(client: FlaskClient, real: Built) -> None:
    agreements = rows_of(real.settings, "agreements")
    undated = sum(not row["signed"] and not row["valid_from"] for row in agreements)
    annexes = sum(row["kind"] == "annex" and not row["website"] for row in rows_of(real.settings, "documents"))
    part = text_of(section(client.get("/?lang=en").text, "What we do not know"))
    assert f"{undated} agreements without a date of signing and start." in part
    assert f"The text of {annexes} annexes was not available." in part
    assert f"{len(rows_of(real.settings, 'claims'))} values in which sources contradict each other." in part


def test_past_day_speaks_in_the_past(client: FlaskClient) -> None:
    page = client.get(f"/?lang=cs&on={PAST}").text
    assert next(headings(page)) == "S kým, na jakém základě a odkdy spolupracoval Ústecký kraj k 31. 12. 2012"
    assert "platná" not in text_of(re.search(r"<tbody.*?</tbody>", page, re.DOTALL)[0])  # type: ignore[index]
    assert "doloženě platilo" in tiles(page)[0]


def test_questions_lead_to_answers(client: FlaskClient) -> None:
    part = section(client.get("/?lang=cs").text, "Na co se tu lze zeptat")
    found = re.findall(r'<li><a href="([^"]*)">(.*?)</a>', part)
    assert len(found) == 6
    assert found[0][0] == "/agreements?lang=cs&amp;on=2012-12-31&amp;status=held"
    assert found[0][1] == "Které dohody platily k\xa031.\xa012.\xa02012?"
    for address, _ in found:
        if address.startswith("/agreements"):
            path, _, query = address.replace("&amp;", "&").partition("?")
            assert get_json(client, f"{path}.json?{query}")["total"] > 0, address


def test_english_heading_has_its_article(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    assert next(headings(page)) == "With whom, on what basis and since when the Ústí Region cooperates"


def test_another_region_speaks_of_itself(small_client: FlaskClient) -> None:
    page = small_client.get("/?lang=cs").text
    assert next(headings(page)) == "S kým, na jakém základě a odkdy spolupracuje Kraj Vzorov"
    assert "Ústeck" not in page
    assert tiles(page)[0].startswith("0 z 4 dohod kraje")
    assert cells(page, 0)[-1] == "Mustermark Německo"


def test_page_has_no_inline_style_or_script(client: FlaskClient) -> None:
    page = client.get("/").text
    assert not re.search(r"\sstyle=|<style|<script(?! type=.application/ld.json|[^>]*src=)|\son[a-z]+=\"", page)
