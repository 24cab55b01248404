"""The map in a real browser: a served site, a watched context, axe; for the tests of what its scripts do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["AXE", "browser_page", "page", "serious_findings", "settled", "status"]

AXE = Path(__file__).parent.parent / "webapp" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
WATCH = """window.broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.violatedDirective), true);
window.same = true;"""


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Give a page with the options of the parameter, and see that nothing was violated, failed or asked of others."""
    options = {"viewport": {"width": 1280, "height": 900}, "locale": "cs-CZ", "base_url": address}
    faults: list[str] = []
    with contexts(**{**options, **getattr(request, "param", {})}).new_page() as page:
        page.add_init_script(WATCH)
        page.on("request", lambda r: faults.extend([] if r.url.startswith((address, "data:", "blob:")) else [r.url]))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.extend([m.text] if m.type == "error" else []))
        yield page
        faults += page.evaluate("window.broken ?? []")
    assert faults == []


def status(page: Page) -> str:
    """Read what was last told to those who do not see the page change."""
    return page.locator("[data-status]").inner_text().replace("\u00a0", " ")


def settled(page: Page, path: str) -> None:
    """Open a page and wait until its scripts have set up the list."""
    page.goto(path)
    page.locator("#node-list[role=listbox]").wait_for(state="attached")


def serious_findings(page: Page) -> list[str]:
    """Let axe tell what is serious or critical: rule and first place. Only the test runs its script past the policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((run) => run.violations)")
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def browser_page(browser: Browser, address: str) -> Iterator[Page]:
    """Give one page to all tests of a module."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="cs-CZ", base_url=address)
    yield page
    page.close()
