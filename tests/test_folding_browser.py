"""Long pages on a phone: sections are folded under their headings, and shown by link, on paper and on wide screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.effort import heavy

pytestmark = pytest.mark.browser

FOLDED = "details.section-fold"
LONG = "/page/organizations/ustecky-kraj"
SCREENS = 16
HEIGHT = 800


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], address: str) -> Iterator[Page]:
    size = ViewportSize(width=360, height=HEIGHT)
    with contexts(viewport=size, base_url=address).new_page() as page:
        yield page


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


@pytest.mark.parametrize("path", [LONG, *heavy("/ontology", "/api", "/analysis/money", "/analysis/gaps", "/shapes")])
def test_a_long_page_is_some_screens_with_all_its_headings(page: Page, path: str) -> None:
    page.goto(path)
    folded = page.locator(FOLDED)
    assert folded.count() > 0 and height(page) < SCREENS * HEIGHT
    for number in range(folded.count()):
        expect(folded.nth(number).locator("> summary h2")).to_be_visible()
        assert not folded.nth(number).get_attribute("open")


def test_a_link_into_what_is_folded_shows_it(page: Page) -> None:
    page.goto(f"{LONG}#sources")
    part = page.locator(f"#sources > {FOLDED}")
    expect(part).to_have_attribute("open", "")
    expect(part.locator("> summary")).to_be_in_viewport()
    assert page.locator(f"{FOLDED}:not([open])").count() > 0


def test_a_keyboard_opens_it(page: Page) -> None:
    page.goto(LONG)
    first = page.locator(FOLDED).first
    first.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("open", "")


def test_paper_and_wide_screens_show_all(page: Page) -> None:
    page.goto(LONG)
    number = page.locator(FOLDED).count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(f"{FOLDED}[open]").count() == number > 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(f"{FOLDED}[open]").count() == 0
    page.set_viewport_size(ViewportSize(width=1280, height=HEIGHT))
    expect(page.locator(f"{FOLDED}[open]")).to_have_count(number)
    page.reload()
    expect(page.locator(FOLDED)).to_have_count(0)
