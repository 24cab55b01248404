"""Hostile names, titles and addresses on the map, in a real browser: no script of theirs runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.hostile_edition import NAMES
from tests.test_map_hostile import PAGES, _drawing, address, app, client, get, hostile

pytestmark = [pytest.mark.hostile, pytest.mark.heavy]
__all__ = ["address", "app", "client", "hostile"]  # fixtures


class Watched:
    """A page that notes dialogs, requests elsewhere, calls of `hit` and what its policy refused."""

    def __init__(self, browser: Browser, start: str) -> None:
        self.page: Page = browser.new_page(locale="cs-CZ")
        self.faults: list[str] = []
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        self.page.on("console", self._console)
        self.start = start
        self.page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.start, "data:", "blob:")):
            self.faults.append(f"request {request.url}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.text}")

    def open(self, address: str) -> Page:
        self.page.goto(address, wait_until="load")
        return self.page

    def is_clean(self) -> bool:
        for link in self.page.locator("[onclick], [onload], [onerror], [onmouseover]").all():
            self.faults.append(f"handler {link.evaluate('e => e.outerHTML')[:100]}")
        if hits := self.page.evaluate("window.hits"):
            self.faults.append(f"hit {hits} times")
        self.page.close()
        assert self.faults == []
        return True


@pytest.mark.browser
class TestBrowser:
    @pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
    def test_pages_run_nothing_of_the_data(self, browser: Browser, address: str, path: str) -> None:
        watched = Watched(browser, address)
        page = watched.open(address + path)
        for link in page.locator("svg.wide a[data-id], svg.alone a[data-id]").all()[:3]:
            link.dispatch_event("mouseover")
        assert watched.is_clean()

    def test_cards_and_canvas_run_nothing_of_the_data(self, browser: Browser, address: str) -> None:
        watched = Watched(browser, address)
        page = watched.open(f"{address}/map")
        page.locator('svg.wide a[data-id="x-image"]').dispatch_event("click")
        expect(page.locator("#card-h")).to_contain_text("<img src=x")
        page.locator("[data-zoom]").first.click()
        page.locator(".zoom canvas").wait_for()
        assert watched.is_clean()

    def test_picture_alone_runs_nothing(self, browser: Browser, client: FlaskClient, tmp_path: Path) -> None:
        file = tmp_path / "map.svg"
        file.write_bytes(get(client, "svg"))
        watched = Watched(browser, file.as_uri())
        page = watched.open(file.as_uri())
        assert page.evaluate("document.documentElement.tagName") == "svg"
        assert watched.is_clean()

    def test_page_in_one_file_works_without_a_network(
        self, browser: Browser, client: FlaskClient, tmp_path: Path
    ) -> None:
        file = tmp_path / "map.html"
        file.write_bytes(get(client, "html"))
        assert file.stat().st_size < 1_000_000
        watched = Watched(browser, file.as_uri())
        page = watched.open(file.as_uri())
        rows = page.locator("tbody tr:visible")
        assert rows.count() == len(NAMES) + 6
        page.locator("[data-find]").fill("zlutoucky")
        assert rows.count() == 1
        page.locator('svg.alone a[data-id="x-image"]').dispatch_event("click")
        assert sorted(row.get_attribute("data-id") or "" for row in rows.all()) == [
            "vzorov~x-image",
            "x-image~x-script",
        ]
        page.locator("[data-all]").click()
        before = page.locator("svg.alone").get_attribute("viewBox")
        page.locator("[data-zoom=in]").click()
        assert page.locator("svg.alone").get_attribute("viewBox") != before
        page.locator("[data-zoom=whole]").click()
        assert page.locator("svg.alone").get_attribute("viewBox") == before
        assert json.loads(page.locator("#map-data").text_content() or "")["map"] == _drawing(client)
        assert watched.is_clean()

    def test_policy_of_the_file_refuses_what_is_added(
        self, browser: Browser, client: FlaskClient, tmp_path: Path
    ) -> None:
        text = get(client, "html").decode()
        added = "<script>hit()</script><img src='http://127.0.0.1:9/x.png' onerror='hit()'></main>"
        file = tmp_path / "map.html"
        file.write_text(text.replace("</main>", added), encoding="utf-8")
        watched = Watched(browser, file.as_uri())
        page = watched.open(file.as_uri())
        assert page.evaluate("window.hits") == 0
        assert len([fault for fault in watched.faults if "Content Security Policy" in fault]) >= 3
        assert page.locator("img").evaluate("image => image.naturalWidth") == 0
        page.close()
