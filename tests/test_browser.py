"""Every kind of page in a real browser: nothing leaves the host, no policy is violated, axe finds nothing serious."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.map_browser import serious_findings
from tests.tables import rows_of

pytestmark = pytest.mark.browser

DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=900)
PAGES = {
    "home": "/",
    "home in the past": "/?on=2012-12-31",
    "organizations": "/organizations",
    "agreements": "/agreements?on=2012-12-31",
    "projects": "/projects",
    "activities": "/activities",
    "sources": "/sources",
    "areas": "/areas",
    "search": "/search?q=usti",
    "nothing found": "/search?q=qqqqqq",
    "partner card": "/page/organizations/saxony",
    "municipality": "/page/organizations/decin",
    "agreement": "/page/agreements/agr-saxony-2013",
    "project": "/page/projects/prj-adelsschaetze",
    "activity": "/page/activities/act-aecr-founding-2023",
    "source": "/page/sources/src-seed-2012",
    "concept": "/page/areas/culture",
    "map": "/map",
    "map, a tie chosen": "/map?sel=saxony",
    "map as a table": "/map?view=table",
    "map as geography": "/map?view=geo&sel=saxony",
    "paths": "/path?from=chemnitz&to=zakarpattia-council",
    "paths, several meant": "/path?from=usti&to=saxony",
    "paths, none found": "/path?from=arnoltice&to=anhui",
    "measures": "/analysis/measures",
    "measures, chosen": "/analysis/measures?country=DE&single=yes&on=2012-12-31",
    "map for other sites": "/map/embed?hops=2",
    "SPARQL": "/sparql",
    "SPARQL answer": "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%203",
    "SPARQL fault": "/sparql?query=SELECT%20*%20%7B",
    "questions": "/questions",
    "answer": "/questions/cooperation?country=DE&area=culture",
    "no answer": "/questions/expiring",
    "about": "/about",
    "download": "/download",
    "named graph": "/page/graphs/agreements",
    "code list": "/page/schemes/areas",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "catalogue": "/catalog",
    "editions": "/editions",
    "licence": "/licence",
    "accessibility": "/accessibility",
    "not there": "/page/organizations/nobody",
}


# In every run a dozen pages that are unlike each other, in Czech; with the heavy tests all, in both languages.
# `test_map_browser` holds the forms of the map to the same in two schemes of colour, `test_result_browser` the answers
# of SPARQL.
LANGUAGES = ["cs", pytest.param("en", marks=pytest.mark.heavy)]
FURTHER = (
    "activities",
    "areas",
    "municipality",
    "activity",
    "paths",
    "SPARQL fault",
    "named graph",
    "catalogue",
    "editions",
    "organizations",
    "projects",
    "sources",
    "nothing found",
    "agreement",
    "project",
    "source",
    "concept",
    "paths, none found",
    "SPARQL answer",
    "no answer",
    "code list",
    "shapes",
    "licence",
    "accessibility",
    "map, a tie chosen",
    "map as a table",
    "map as geography",
    "map for other sites",
    "download",
    "ontology",
    "measures, chosen",
    "paths, several meant",
    "home in the past",
)
NAMES = [pytest.param(name, marks=pytest.mark.heavy) if name in FURTHER else name for name in PAGES]


class Watched:
    """A page that notes what it must not do."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.faults = page, []
        page.on("request", lambda r: self.note("request to", r.url, not r.url.startswith((address, "data:", "blob:"))))
        page.on(
            "console",
            lambda m: self.note(
                "console", m.text, m.type in ("error", "warning") and not re.search(r"status of 40[04]", m.text)
            ),
        )
        page.on("pageerror", lambda e: self.note("script", str(e), True))

    faults: list[str]

    def note(self, what: str, text: str, is_fault: bool) -> None:
        if is_fault:
            self.faults.append(f"{what}: {text}")


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.fixture
def watched(contexts: Callable[..., BrowserContext], address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with contexts(
        viewport={**DESK, "width": getattr(request, "param", DESK["width"])}, locale="cs-CZ"
    ).new_page() as page:
        yield Watched(page, address)
        page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_page_keeps_to_itself_is_accessible_and_fits_a_phone(
    watched: Watched, address: str, name: str, language: str
) -> None:
    watched.page.goto(in_language(address + PAGES[name], language))
    assert watched.page.locator("html").get_attribute("lang") == language
    assert watched.page.locator("h1").count() == 1
    assert watched.faults == []
    assert serious_findings(watched.page) == []
    watched.page.set_viewport_size(PHONE)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.faults == []
    watched.page.set_viewport_size(DESK)


@pytest.mark.heavy
@pytest.mark.parametrize("watched", [360], indirect=True)
@pytest.mark.parametrize("language", ["cs", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_opened_on_a_phone_fits_a_phone(watched: Watched, address: str, name: str, language: str) -> None:
    watched.page.goto(in_language(address + PAGES[name], language))
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.faults == []


@pytest.mark.parametrize("path", ["/areas", "/sources", "/analysis/measures"])
def test_numbers_are_as_large_as_other_cells(watched: Watched, address: str, path: str) -> None:
    watched.page.goto(address + path)
    looks = watched.page.locator("tbody td").evaluate_all(
        "(cells) => cells.map(getComputedStyle).map(({ fontSize, fontWeight }) => `${fontSize} ${fontWeight}`)"
    )
    assert len(set(looks)) == 1 and watched.page.locator("tbody td.num").count()


@pytest.mark.parametrize("watched", [1280, 360], indirect=True)
def test_date_and_basis_do_not_touch_the_title(watched: Watched, address: str) -> None:
    watched.page.goto(f"{address}/page/organizations/saxony?lang=cs")
    touching = watched.page.locator(".time li").evaluate_all(
        """(rows) => rows.filter((row) => {
            const [date, title] = [row.querySelector("time, .when"), row.querySelector("a")].map((part) => {
                const range = document.createRange();
                range.selectNodeContents(part);
                return range.getBoundingClientRect();
            });
            return date.bottom > title.top && date.right > title.left;
        }).map((row) => row.textContent)"""
    )
    assert watched.page.locator(".time li").count() > 5
    assert touching == []


class TestUse:
    def test_language_switch_stays_on_the_page(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/page/organizations/saxony?on=2012-12-31")
        watched.page.get_by_role("link", name="EN", exact=True).click()
        assert watched.page.url.startswith(f"{address}/page/organizations/saxony")
        assert "on=2012-12-31" in watched.page.url
        assert watched.page.locator("h1").inner_text() == "Free State of Saxony"

    def test_date_form_shows_the_past(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/agreements")
        watched.page.fill("#on", "31. 12. 2012")
        watched.page.press("#on", "Enter")
        assert (
            watched.page.locator(".past").inner_text().replace("\xa0", " ").startswith("Zobrazen stav k 31. 12. 2012")
        )

    def test_search_by_keyboard_finds_without_diacritics(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/")
        watched.page.focus("#q")
        watched.page.keyboard.type("zilinsky")
        watched.page.keyboard.press("Enter")
        watched.page.get_by_role("link", name="Žilinský samosprávný kraj", exact=True).first.click()
        assert watched.page.url.endswith("/page/organizations/zilina-region")

    def test_skip_link_is_first(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/")
        watched.page.keyboard.press("Tab")
        assert watched.page.evaluate("document.activeElement.getAttribute('href')") == "#content"

    def test_clicked_tie_opens_its_evidence(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/map")
        watched.page.locator(".canvas svg.wide a[href*='saxony']").last.click()
        card = watched.page.locator("aside.card")
        card.locator(".src").first.wait_for()
        assert "Svobodný stát Sasko" in card.inner_text().replace("\xa0", " ")
        assert card.locator(".src").count() >= 1
        watched.page.go_back()
        assert watched.page.url == f"{address}/map"
        assert watched.faults == []

    def test_paths_by_keyboard_to_the_source_of_a_step(self, watched: Watched, address: str) -> None:
        page = watched.page
        page.goto(f"{address}/path")
        page.focus("#from")
        page.keyboard.type("usti nad labem")
        page.keyboard.press("Tab")
        page.keyboard.type("zakarpat")
        page.keyboard.press("Enter")
        offer = page.locator(".empty").get_by_role("link", name="Zakarpatská oblastní rada")
        offer.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/path?from=usti-nad-labem&to=zakarpattia-council")
        assert page.locator("h1").inner_text().startswith("Jak spolu souvisejí Ústí nad Labem")
        names = page.locator("#path-1 .path > li:not(.by) a").all_inner_texts()
        assert (names[0], names[-1]) == ("Ústí nad Labem", "Zakarpatská oblastní rada")
        page.locator("#path-1 .path > li a").first.focus()
        reached = []
        for _ in range(12):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.closest('.src') !== null"))
        assert any(reached)
        assert watched.faults == []

    def test_measures_are_sorted_and_filtered_by_keyboard(self, watched: Watched, address: str) -> None:
        page = watched.page
        page.goto(f"{address}/analysis/measures?lang=en")
        page.locator("#content").get_by_role("link", name="Partners").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**sort=-partners")
        counts = [int(text) for text in page.locator("tbody td:nth-of-type(3)").all_inner_texts()]
        assert counts == sorted(counts, reverse=True) and len(counts) == 20
        page.locator("#filter").get_by_label("yes").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**single=yes")
        assert "0" not in page.locator("tbody td:nth-of-type(5)").all_inner_texts()
        assert watched.faults == []

    def test_editor_answers(self, watched: Watched, address: str) -> None:
        watched.page.goto(f"{address}/sparql")
        watched.page.mouse.move(20, 20)  # the editor is fetched when somebody is there
        watched.page.fill(
            ".cm-content", "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/krajina/ontology#Agreement> }"
        )
        watched.page.get_by_role("button", name="Spustit").click()
        assert watched.page.locator("tbody td").inner_text() == str(len(rows_of("agreements")))
