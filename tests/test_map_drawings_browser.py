"""The years, the canvas and the whole network of the map in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.map_browser import page, settled

__all__ = ["page"]  # fixtures

pytestmark = pytest.mark.browser


class TestYears:
    def test_slider_by_keyboard(self, page: Page) -> None:
        settled(page, "/map")
        handle = page.get_by_role("slider", name="od")
        first = int(handle.get_attribute("min") or "")
        handle.focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(f"since={first + 3}$"))
        expect(handle).to_be_focused()
        expect(handle).to_have_attribute("aria-valuetext", str(first + 3))
        expect(page.locator("#filter [name=since]")).to_have_value(str(first + 3))
        expect(page.locator(".chosen .chip")).to_contain_text(str(first + 3))
        assert f"since={first + 3}" in str(page.locator(".map").get_attribute("data-json"))
        assert f"since={first + 3}" in str(page.locator(".tabs a", has_text="Tabulka").get_attribute("href"))
        page.go_back()
        expect(page.get_by_role("slider", name="od")).to_have_value(str(first))
        expect(page).to_have_url(re.compile("/map$"))
        assert page.evaluate("window.same") is True

    def test_handles_do_not_pass_each_other(self, page: Page) -> None:
        settled(page, "/map?since=2010&until=2011")
        page.get_by_role("slider", name="od").focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile("since=2011&until=2011"))

    def test_typed_year_changes_the_page_in_place(self, page: Page) -> None:
        settled(page, "/map")
        page.fill("#filter [name=until]", "2010")
        page.press("#filter [name=until]", "Enter")
        expect(page).to_have_url(re.compile("until=2010$"))
        expect(page.get_by_role("slider", name="do")).to_have_value("2010")
        assert page.evaluate("window.same") is True


class TestCanvas:
    def test_place_stands_in_the_address(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("[data-zoom]").click()
        page.get_by_role("button", name="Blíž", exact=True).click()
        expect(page).to_have_url(re.compile(r"pos=[-\d.]+%2C[-\d.]+%2C[\d.]+"))
        pos = page.url
        page.reload()
        expect(page.locator(".zoom canvas")).to_be_visible()
        expect(page).to_have_url(re.compile(re.escape(pos.partition("pos=")[2])))
        page.get_by_role("button", name="Zpět na stálý obrázek").click()
        expect(page).not_to_have_url(re.compile("pos="))
        expect(page.locator("svg.wide")).to_be_visible()

    def test_left_canvas_writes_no_place_afterwards(self, page: Page) -> None:
        page.clock.install()
        settled(page, "/map")
        page.locator("[data-zoom]").click()
        page.locator(".zoom canvas").hover()
        page.mouse.wheel(0, -300)
        page.get_by_role("button", name="Zpět na stálý obrázek").click()
        expect(page).not_to_have_url(re.compile("pos="))
        page.clock.fast_forward(1000)
        assert "pos=" not in page.url

    def test_page_stays_where_it_is_under_the_mouse(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("[data-zoom]").click()
        two_frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        page.locator(".zoom canvas").evaluate(
            "(canvas) => scrollTo(0, scrollY + canvas.getBoundingClientRect().bottom - innerHeight - 100)"
        )
        page.evaluate(two_frames)  # what the page still had to place is in its place
        top = page.evaluate("scrollY")
        page.mouse.move(500, 500)
        page.mouse.move(520, 520)
        page.evaluate(two_frames)
        assert page.evaluate("scrollY") == top
        corner = page.locator(".zoom canvas").bounding_box()
        assert corner
        page.mouse.click(corner["x"] + 3, max(corner["y"], 0) + 60)  # where nothing is that leads elsewhere
        assert page.evaluate("document.activeElement.closest('.zoom') !== null")  # it takes keys from here on

    @pytest.mark.parametrize("focus", ["ustecky-kraj", "saxony"])
    def test_middle_is_named(self, page: Page, focus: str) -> None:
        page.add_init_script(
            "window.written = []; const write = CanvasRenderingContext2D.prototype.fillText;"
            "CanvasRenderingContext2D.prototype.fillText = function (text, ...rest)"
            " { window.written.push(text); return write.call(this, text, ...rest); };"
        )
        settled(page, f"/map?focus={focus}&hops=3&ground=event&ground=project&ground=agreement")
        page.locator("[data-zoom]").click()
        page.locator(".zoom canvas").wait_for()
        page.wait_for_function("window.written.length > 0")
        data = page.request.get(page.locator(".map").get_attribute("data-json") or "").json()
        middle = next(node for node in data["nodes"] if node["figure"] == "home")
        assert set(middle["lines"]) <= set(page.evaluate("window.written"))

    def test_canvas_stays_open_when_the_legend_changes(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("[data-zoom]").click()
        page.locator(".zoom canvas").wait_for()
        page.locator("#filter input[name=group][value=c1]").uncheck()
        expect(page).to_have_url(re.compile("group="))
        expect(page.locator(".zoom canvas")).to_be_visible()


class TestWhole:
    def test_list_opens_the_card(self, page: Page) -> None:
        settled(page, "/map?view=whole")
        page.locator("[data-all]").click()
        expect(page.locator("[data-whole] canvas").first).to_be_visible(timeout=30_000)
        page.locator("#node-list").focus()
        page.keyboard.type("svobodny stat")
        page.keyboard.press("Enter")
        expect(page.locator("#card-h")).to_contain_text("Svobodný stát Sasko")
        expect(page).to_have_url(re.compile("sel=saxony"))
        page.keyboard.press("Escape")
        expect(page.locator("#node-list")).to_be_focused()
        page.locator("[data-all]").click()
        expect(page.locator('svg.wide a[data-id="group:DE"]')).to_be_visible()

    def test_without_webgl_it_says_so(self, page: Page) -> None:
        page.add_init_script("delete window.WebGLRenderingContext")
        page.goto("/map?view=whole")
        expect(page.locator("[data-no-webgl]")).to_be_visible()


@pytest.mark.parametrize("page", [{"forced_colors": "active"}], indirect=True)
def test_forced_colours_lead_to_the_table(page: Page) -> None:
    settled(page, "/map?hops=2")
    page.get_by_role("link", name="Tabulka říká totéž slovy.").click()
    page.wait_for_url(re.compile("hops=2&view=table"))
