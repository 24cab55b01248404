"""The map by keyboard, by touch and by the button back, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.map_browser import page, serious_findings, settled, status

__all__ = ["page"]  # fixtures

pytestmark = pytest.mark.browser

DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WHOLE = "/map?view=whole"  # axe looks at 24,000 elements
ACTIVE = "document.activeElement"


def focused(page: Page) -> str:
    return str(page.evaluate(f"{ACTIVE}.id"))


def active_option(page: Page) -> str:
    option = page.locator("#node-list").get_attribute("aria-activedescendant")
    return str(page.locator(f"#{option}").get_attribute("data-node"))


class TestKeyboard:
    def test_walk_from_the_region_to_a_partner_to_a_source(self, page: Page) -> None:
        settled(page, "/map")
        for _ in range(120):
            page.keyboard.press("Tab")
            if focused(page) == "node-list":
                break
        assert focused(page) == "node-list"
        page.keyboard.type("svob")
        expect(page.locator("[data-status]")).to_have_text(re.compile("^Svobodný stát Sasko, Německo, [0-9]+ vztahů$"))
        expect(page.locator('svg.wide a.at[data-id="saxony"]')).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("#card-h")).to_be_focused()
        expect(page.locator("#card-h")).to_contain_text("Sasko")
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate(f"Boolean({ACTIVE}.closest('#card .src'))"):
                break
        assert page.evaluate(f"{ACTIVE}.href").startswith("http")
        assert page.evaluate(f"{ACTIVE}.origin") != page.evaluate("location.origin")

    def test_keys_of_the_list(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("#node-list").focus()
        rows = page.locator("#node-list a").evaluate_all("links => links.map(link => link.dataset.node)")
        assert active_option(page) == rows[0] == "ustecky-kraj"
        for key, at in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", -1), ("Home", 0), ("PageDown", 10)):
            page.keyboard.press(key)
            assert active_option(page) == rows[at]

    def test_letters_need_no_diacritics(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("#node-list").focus()
        page.keyboard.type("zil")
        assert status(page).startswith("Žilinský samosprávný kraj, Slovensko, ")

    def test_escape_gives_the_focus_back(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("#node-list").focus()
        page.keyboard.type("vojv")
        page.keyboard.press("Enter")
        expect(page.locator("#card-h")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#node-list")).to_be_focused()
        expect(page.locator("[data-close]")).to_have_count(0)
        assert active_option(page) == "vojvodina"

    def test_steps_keep_the_place_in_the_list(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("#node-list").focus()
        page.keyboard.type("vojv")
        before = page.locator("#node-list a").count()
        page.keyboard.press("2")
        expect(page).to_have_url(re.compile("hops=2"))
        expect(page.locator(".steps [aria-current]")).to_have_text("2")
        assert page.locator("#node-list a").count() > before
        assert (focused(page), active_option(page)) == ("node-list", "vojvodina")
        assert page.evaluate("window.same") is True
        assert "partnerů" in status(page)


class TestFind:
    def test_names_complete_without_diacritics(self, page: Page) -> None:
        settled(page, "/map?hops=2")
        page.keyboard.press("/")
        page.keyboard.type("usti nad")
        option = page.locator("#find-list [role=option]").first
        expect(option).to_contain_text("Ústí nad Labem")
        expect(page.locator("#find")).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Mapa vztahů: Ústí nad Labem")
        expect(page).to_have_url(re.compile("focus=usti-nad-labem&hops=2"))
        expect(page.locator("#node-list")).to_be_focused()
        page.go_back()
        expect(page.locator("h1")).to_have_text("Mapa vztahů Ústeckého kraje")

    def test_escape_closes_the_names_first(self, page: Page) -> None:
        settled(page, "/map")
        page.locator("#find").press_sequentially("sasko")
        page.locator("#find-list li").first.wait_for()
        page.keyboard.press("Escape")
        expect(page.locator("#find-list")).to_be_hidden()
        expect(page.locator("#find")).to_have_value("sasko")
        page.keyboard.press("Escape")
        expect(page.locator("#find")).to_have_value("")

    @pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
    def test_form_works_without_script(self, page: Page) -> None:
        page.goto("/map")
        page.fill("#find", "usti nad labem")
        page.press("#find", "Enter")
        page.get_by_role("link", name="Ústí nad Labem", exact=True).click()
        assert "focus=usti-nad-labem" in page.url


class TestSwap:
    def test_legend_changes_the_page_in_place_and_back(self, page: Page) -> None:
        settled(page, "/map")
        lead = page.locator(".lead").inner_text()
        box = page.locator("#filter input[name=group][value=c1]")
        box.focus()
        page.keyboard.press("Space")
        expect(page.locator(".lead")).not_to_have_text(lead)
        expect(box).to_be_focused()
        expect(page).to_have_url(re.compile("group=c2"))
        expect(page.locator('svg.wide a[data-id="saxony"]')).to_have_count(0)
        page.go_back()
        expect(page.locator(".lead")).to_have_text(lead)
        expect(box).to_be_checked()
        assert page.evaluate("window.same") is True

    def test_table_changes_in_place(self, page: Page) -> None:
        page.goto("/map?view=table")
        rows = page.locator("tbody tr").count()
        page.locator("#filter input[name=group][value=c1]").uncheck()
        expect(page.locator("tbody tr")).not_to_have_count(rows)
        assert page.evaluate("window.same") is True

    def test_other_form_is_another_page(self, page: Page) -> None:
        settled(page, "/map?hops=2")
        page.locator(".tabs").get_by_role("link", name="Tabulka").click()
        page.wait_for_url(re.compile("view=table"))
        assert "hops=2" in page.url
        page.go_back()
        expect(page.locator("svg.wide")).to_be_visible()

    def test_folded_group_stays_folded(self, page: Page) -> None:
        settled(page, "/map")
        group = page.locator("#filter details").first
        group.locator("summary").first.click()
        page.locator("#filter input[name=group][value=c1]").uncheck()
        expect(page).to_have_url(re.compile("group="))
        expect(page.locator("#filter details").first).not_to_have_attribute("open", "")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
class TestPhone:
    def test_card_is_a_sheet_from_below(self, page: Page) -> None:
        settled(page, "/map")
        link = page.locator('svg.slim a[data-id="saxony"]').last
        link.click()
        card = page.locator("#card")
        expect(card).to_contain_text("Sasko")
        box, close = card.bounding_box(), page.locator("[data-close]").bounding_box()
        assert box and close
        assert box["y"] + box["height"] == 740 and box["y"] > 0.25 * 740
        assert min(close["width"], close["height"]) >= 44
        page.locator("[data-close]").click()
        expect(link).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_jump_to_the_legend_is_left_to_the_browser(self, page: Page) -> None:
        settled(page, "/map")
        page.locator(".jump").click()
        expect(page).to_have_url(re.compile("/map#filter$"))
        assert page.evaluate("document.querySelector('#filter').getBoundingClientRect().top < innerHeight")

    def test_targets_are_large(self, page: Page) -> None:
        settled(page, "/map")
        small = page.locator("#find, .find button, .steps a, .steps b, #node-list a, [data-zoom]").evaluate_all(
            "parts => parts.filter(part => part.getBoundingClientRect().height < 44).map(part => part.outerHTML)"
        )
        assert small == []


class TestHostileNames:
    NAME = '<img src=x onerror="window.hit = 1"> \u202e<script>window.hit = 2</script>'

    def test_offered_name_is_text(self, page: Page) -> None:
        names = {"names": [{"key": '"><b id=hit>', "name": self.NAME, "lang": "", "place": self.NAME}]}
        page.route("**/map/names.json*", lambda route: route.fulfill(json=names))
        settled(page, "/map")
        page.locator("#find").press_sequentially("img")
        expect(page.locator("#find-list li")).to_have_text(f"{self.NAME} {self.NAME}")
        assert page.locator("#find-list :is(img, script, b)").count() == 0
        assert page.evaluate("window.hit ?? document.querySelector('#hit')") is None

    def test_whole_network_is_drawn_with_text(self, page: Page) -> None:
        node = {"id": '"><b id=hit>', "label": self.NAME * 40, "folded": "img", "place": self.NAME, "count": self.NAME}
        more = {"records": 1, "x": 0, "y": 0, "size": 9, "group": "c1", "figure": "no such figure"}
        data = {"caption": self.NAME, "nodes": [node | more], "edges": []}
        page.route("**/map/whole.json*", lambda route: route.fulfill(json=data))
        settled(page, "/map?view=whole")
        page.locator("[data-all]").click()
        page.locator("[data-whole] canvas").first.wait_for()
        expect(page.locator("#node-list [role=option] > span")).to_have_text(self.NAME * 40)
        page.locator("#node-list").focus()
        expect(page.locator("[data-whole]")).to_have_attribute("aria-label", self.NAME)
        assert page.locator("#node-list :is(img, script, b)").count() == 0
        assert page.evaluate("window.hit ?? document.querySelector('#hit')") is None


@pytest.mark.parametrize("lang", ["cs", pytest.param("en", marks=pytest.mark.heavy)])
@pytest.mark.parametrize("page", [{}, DARK], indirect=True, ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/map?sel=saxony",
        "/map?pos=358,400,1",
        pytest.param(WHOLE, marks=pytest.mark.heavy),
        pytest.param("/map?view=table&since=2010", marks=pytest.mark.heavy),
    ],
)
def test_axe_finds_nothing_serious(page: Page, path: str, lang: str) -> None:
    page.goto(f"{path}&lang={lang}")
    page.locator("[data-status]").wait_for(state="attached")
    if "whole" in path:
        page.locator("[data-all]").click()
    if "pos" in path or "whole" in path:
        page.locator(".zoom canvas").first.wait_for()
    assert serious_findings(page) == []


def test_open_names_are_accessible(page: Page) -> None:
    settled(page, "/map")
    page.locator("#find").press_sequentially("sasko")
    page.locator("#find-list li").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert serious_findings(page) == []
