"""What officials want to know, walked in Chromium from the home page: each task in few steps, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from graph.views.map_parameters import PARAMETERS
from tests.walker import Walk

pytestmark = pytest.mark.browser

WIDTHS = (1280, 360)
HAS_BETWEEN = "between" in {parameter.name for parameter in PARAMETERS}


@pytest.fixture(params=WIDTHS)
def page(contexts: Callable[..., BrowserContext], address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    size = ViewportSize(width=request.param, height=900)
    with contexts(viewport=size, locale="cs-CZ", base_url=address).new_page() as page:
        yield page


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("cs", "partner v Srbsku", "Memorandum o porozumění (města Jižního Banátu)"),
        ("en", "partner in Serbia", "Memorandum of Understanding (towns of South Banat)"),
    ],
)
def test_who_is_our_partner_on_what_paper_and_what_proves_it(page: Page, language: str, words: str, title: str) -> None:
    walk = Walk(page, "partner in Serbia", language)
    walk.search(words)
    agreement = page.locator(".hit2", has_text=title[:20]).filter(has=page.locator('a[href*="agr-south-banat-2011"]'))
    expect(agreement.locator(".badge")).to_be_visible()
    expect(agreement.locator(".small")).to_contain_text("2011")
    walk.click(agreement.get_by_role("link"))
    expect(page.locator("#sources, .srcs, .src").first).to_be_visible()
    walk.end(2)


@pytest.mark.parametrize(("language", "words"), [("cs", "mapa Saska"), ("en", "map of Saxony")])
def test_map_of_ties_with_a_territory(page: Page, language: str, words: str) -> None:
    walk = Walk(page, "map of Saxony", language)
    walk.search(words)
    walk.click(page.locator('.best a[href*="/map"]'))
    assert ("between=saxony" if HAS_BETWEEN else "focus=saxony") in page.url
    expect(page.locator("main")).to_contain_text("Sasko" if language == "cs" else "Saxony")
    walk.end(3)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("cs", "Které naše obce mají partnera na Slovensku?"),
        ("en", "Which of our towns have a partner in Slovakia?"),
    ],
)
def test_which_of_our_towns_have_a_partner_in_a_country(page: Page, language: str, words: str) -> None:
    walk = Walk(page, "towns with a partner in Slovakia", language)
    walk.search(words)
    walk.click(page.locator("#questions + .list a").first)
    assert "country=SK" in page.url and "side=municipality" in page.url
    expect(page.locator("main .cols table tbody tr").first).to_be_visible()
    walk.end(3)


@pytest.mark.parametrize("language", ["cs", "en"])
def test_what_was_done_with_a_partner_in_a_year(page: Page, language: str) -> None:
    walk = Walk(page, "Anhui in 2012", language)
    walk.search("Anhui 2012")
    expect(page.locator(".best h2")).to_contain_text("Anhui")
    expect(page.locator('.hit2 a[href*="/page/documents/doc-seed-2012"]')).to_be_visible()
    walk.click(page.locator('.best a[href*="/activities"]'))
    expect(page.locator("main .cols table tbody tr").first).to_be_visible()
    walk.end(3)
