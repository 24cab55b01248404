"""What officials want to know, walked in Chromium from the home page: each task in few steps, in both languages."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, ViewportSize, expect

from tests.effort import heavy, wait_until
from tests.walker import Walk
from tests.workbooks import read_book

pytestmark = pytest.mark.browser


@pytest.fixture(params=[("cs", 1280), *heavy(("cs", 360), ("en", 1280), ("en", 360))])
def reader(request: pytest.FixtureRequest) -> tuple[str, int]:
    """Language and width: Czech on a desk, and with the heavy tests each pair of them."""
    language, width = request.param
    return language, width


@pytest.fixture
def language(reader: tuple[str, int]) -> str:
    return reader[0]


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], address: str, reader: tuple[str, int]) -> Iterator[Page]:
    size = ViewportSize(width=reader[1], height=900)
    with contexts(viewport=size, locale="cs-CZ", base_url=address).new_page() as page:
        yield page


def task(page: Page, called: str) -> Locator:
    """Find the task of the overview that leads to a page."""
    return page.locator(f'.tasks a[href*="{called}"]')


def test_who_is_our_partner_on_what_paper_and_what_proves_it(page: Page, language: str) -> None:
    words = {"cs": "partner v Srbsku", "en": "partner in Serbia"}[language]
    title = {"cs": "Memorandum o porozumění", "en": "Memorandum of Understanding"}[language]
    walk = Walk(page, "partner in Serbia", language)
    walk.search(words)
    agreement = page.locator(".hit2", has_text=title).filter(has=page.locator('a[href*="agr-south-banat-2011"]'))
    expect(agreement.locator(".badge")).to_be_visible()
    expect(agreement.locator(".small")).to_contain_text("2011")
    walk.click(agreement.get_by_role("link"))
    expect(page.locator("#sources, .srcs, .src").first).to_be_visible()
    walk.end(2)


def test_map_of_ties_with_a_territory(page: Page, language: str) -> None:
    walk = Walk(page, "map of Saxony", language)
    walk.search({"cs": "mapa Saska", "en": "map of Saxony"}[language])
    walk.click(page.locator('.best a[href*="/map"]'))
    assert "between=saxony" in page.url
    expect(page.locator("main")).to_contain_text("Sasko" if language == "cs" else "Saxony")
    walk.end(3)


def test_which_of_our_towns_have_a_partner_in_a_country(page: Page, language: str) -> None:
    question = {
        "cs": "Které naše obce mají partnera na Slovensku?",
        "en": "Which of our towns have a partner in Slovakia?",
    }
    walk = Walk(page, "towns with a partner in Slovakia", language)
    walk.search(question[language])
    walk.click(page.locator("#questions + .list a").first)
    assert "country=SK" in page.url and "side=municipality" in page.url
    expect(page.locator("main .cols table tbody tr").first).to_be_visible()
    walk.end(3)


def test_what_was_done_with_a_partner_in_a_year(page: Page, language: str) -> None:
    walk = Walk(page, "Anhui in 2012", language)
    walk.search("Anhui 2012")
    expect(page.locator(".best h2")).to_contain_text("Anhui")
    expect(page.locator('.hit2 a[href*="/page/documents/doc-seed-2012"]')).to_be_visible()
    walk.click(page.locator('.best a[href*="/activities"]'))
    expect(page.locator("main .cols table tbody tr").first).to_be_visible()
    walk.end(3)


def test_projects_with_a_region_by_year_and_area_with_money_in_a_workbook(page: Page, language: str) -> None:
    walk = Walk(page, "projects with Saxony in Excel", language)
    walk.click(task(page, "/analysis/money"))
    form = page.locator("form.settings")
    walk.fill(form.locator("#f-territory"), {"cs": "Svobodný stát Sasko", "en": "Free State of Saxony"}[language])
    walk.click(form.get_by_role("button"))
    assert "territory=saxony" in page.url
    total = page.locator("#projects > h2 small").inner_text()
    file = walk.download(page.locator('#projects .files a[href*=".xlsx"]'))
    walk.end(4)

    headings, *rows = next(iter(read_book(file.read_bytes()).values()))
    year, area, *money = (headings.index(name) for name in HEADINGS_OF_MONEY[language])
    rows = [[*row, *[None] * (len(headings) - len(row))] for row in rows]
    assert len(rows) == digits(total) > 100
    for column in money:
        sums = [row[column] for row in rows if row[column] is not None]
        assert sums and all(isinstance(amount, float) for amount in sums)
    assert any(row[year] for row in rows) and any(row[area] for row in rows)


HEADINGS_OF_MONEY = {
    "cs": ("Rok začátku", "Oblasti", "Příspěvek EU v eurech", "Rozpočet v eurech"),
    "en": ("Year of the beginning", "Areas", "EU contribution in euro", "Budget in euro"),
}


def digits(text: str) -> int:
    """Read a whole number as pages write it, with spaces or commas between thousands."""
    return int("".join(filter(str.isdigit, text)))


def test_which_agreements_end_in_the_next_months(page: Page, language: str) -> None:
    walk = Walk(page, "what ends in a year", language)
    walk.click(task(page, "/analysis/watch"))
    expect(page.locator("#f-months")).to_have_value("12")
    expect(page.locator("#ending > h2 small")).to_be_visible()
    ends = page.locator("#ending > .scroll tbody tr")
    assert ends.count() == digits(page.locator("#ending > h2 small").inner_text())
    expect(page.locator("#answer")).to_contain_text(str(ends.count()))
    walk.end(2)


def test_municipalities_near_the_border_without_a_partner(page: Page, language: str) -> None:
    walk = Walk(page, "border without a partner", language)
    walk.click(task(page, "/analysis/gaps"))
    expect(page.locator("#f-km")).to_have_value("20")
    total = digits(page.locator("#border > h2 small").inner_text())
    expect(page.locator("#border > .scroll tbody tr").first).to_be_visible()
    file = walk.download(page.locator('#border .files a[href*=".csv"]'))
    walk.end(3)

    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert len(rows) == total > 14
    assert all(0 <= float(row["distance"]) <= 20 for row in rows)


def test_two_partners_side_by_side(page: Page, language: str) -> None:
    names = {
        "cs": ("Svobodný stát Sasko", "Žilinský samosprávný kraj", "Sasko Žilinský kraj"),
        "en": ("Free State of Saxony", "Žilina", "Saxony Žilina Region"),
    }
    first, second, words = names[language]
    walk = Walk(page, "two partners side by side", language)
    walk.search(words)
    walk.click(page.locator('#questions + .list a[href*="/analysis/compare"]'))
    assert "with=saxony" in page.url and "with=zilina-region" in page.url
    headings = page.locator("main .chips bdi")
    expect(headings).to_have_count(2)
    expect(headings.first).to_contain_text(first)
    expect(headings.last).to_contain_text(second)
    expect(page.locator("#figures tbody tr")).not_to_have_count(0)
    walk.end(3)


def has_files(page: Page) -> bool:
    """Ask for the page of the files: who asks first waits until all are made, on a busy machine for too long."""
    try:
        return page.request.get("/download").ok
    except Error:
        return False


def test_all_data_with_licence_and_citation(page: Page, language: str) -> None:
    wait_until(lambda: has_files(page))
    walk = Walk(page, "all data", language)
    walk.click(page.locator('.foot a[href*="/download"]'))
    expect(page.locator(".lead")).to_contain_text("CC BY 4.0")
    citation = page.get_by_role("link", name="BibTeX").get_attribute("href") or ""
    assert "license" in page.request.get(citation).text() or "CC BY" in page.request.get(citation).text()
    at_once = page.locator("#at-once")
    expect(at_once.get_by_role("link", name="krajina.nq")).to_be_visible()
    file = walk.download(at_once.get_by_role("link", name="krajina.zip"))
    walk.end(2)

    with zipfile.ZipFile(file) as archive:
        assert any(name.endswith("agreements.csv") for name in archive.namelist())
        assert archive.testzip() is None


def test_a_spreadsheet_of_towns_is_matched(page: Page, language: str) -> None:
    walk = Walk(page, "match a spreadsheet of towns", language)
    walk.click(task(page, "/match"))
    walk.fill(page.locator("#names"), "Město Most\t67 000\nÚstí n. L.\t93 000\nDrážďany\t560 000")
    walk.click(page.locator("form button.primary", has_text={"cs": "Spárovat", "en": "Match"}[language]))
    rows = page.locator("#matches tbody tr")
    for place, row_id in enumerate(("most", "usti-nad-labem", "dresden")):
        expect(rows.nth(place)).to_contain_text({"cs": "jistá", "en": "certain"}[language])
        expect(rows.nth(place).locator("td a")).to_have_attribute(
            "href", re.compile(f"/page/organizations/{row_id}\\b")
        )
        expect(rows.nth(place)).to_contain_text(f"organizations/{row_id}")
    walk.end(3)


@pytest.mark.parametrize(("language", "words"), [("cs", "Žilinský samosprávný kraj"), ("en", "Žilina Region")])
def test_brief_for_the_visit_of_a_partner(page: Page, language: str, words: str) -> None:
    walk = Walk(page, "brief for a visit from Žilina", language)
    walk.search(words)
    walk.click(page.locator('.best a[href*="/briefings/zilina-region"]'))
    expect(page.locator("main h1")).to_contain_text("Podklad k návštěvě" if language == "cs" else "Visit brief")
    expect(page.locator('main a[href*="/briefings/zilina-region.pdf"]')).to_be_visible()
    walk.end(2)
