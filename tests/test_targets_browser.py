"""What is clicked or touched is 24 px high and wide, or has that room around it (WCAG 2.2, 2.5.8)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.map_browser import AXE

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow, pytest.mark.heavy]
PAGES = (
    "/", "/map", "/map?view=table", "/agreements", "/organizations", "/analysis/measures", "/questions", "/sparql",
    "/download", "/path?from=saxony&to=most", "/page/organizations/saxony", "/search?q=sasko", "/about", "/ontology",
)  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_have_24_px(browser: Browser, address: str, width: int) -> None:
    small = []
    page = browser.new_context(bypass_csp=True).new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{address}{path}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        options = "{runOnly: ['target-size'], rules: {'target-size': {enabled: true}}, resultTypes: ['violations']}"
        found = page.evaluate(f"axe.run(document, {options})")
        small += [(path, node["html"][:120]) for rule in found["violations"] for node in rule["nodes"]]
    assert small == []
