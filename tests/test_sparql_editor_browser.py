"""The SPARQL editor in a real browser: completion, prefixes, faults, the last queries, and the form without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.sparql.named_queries import named_query, query_names
from tests.tables import rows_of

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

ROOT = Path(__file__).parent.parent
AXE = ROOT / "webapp" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
SAXONY = "<https://w3id.org/krajina/cz042/resource/organizations/saxony>"
ONTOLOGY = "PREFIX k: <https://w3id.org/krajina/ontology#>"
COUNT = f"{ONTOLOGY}\nSELECT (COUNT(*) AS ?n) {{ ?s a k:Agreement }}"
WATCH = """window.broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.violatedDirective), true);"""
Opened = Callable[..., Page]


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Give a browser of its own, and see at the end that nothing was violated or asked of others."""
    faults: list[str] = []
    with browser.new_context(locale="cs-CZ") as context:
        context.add_init_script(WATCH)
        context.on("request", lambda r: faults.extend(outside(r.url, address)))
        context.on("weberror", lambda e: faults.append(str(e.error)))
        context.on("console", lambda m: faults.extend([m.text] if "Content Security Policy" in m.text else []))
        yield context
        faults += [name for page in context.pages for name in page.evaluate("window.broken ?? []")]
    assert faults == []


def outside(url: str, address: str) -> list[str]:
    return [] if url.startswith((address, "data:")) else [f"request to {url}"]


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Opened:
    def open_page(query: str = "", lang: str = "cs", text: str | None = None) -> Page:
        page = context.new_page()
        with page.expect_response(re.compile(r"/sparql/terms\.json")):
            page.goto(f"{address}/sparql?lang={lang}" + (f"&query={quote(query)}" if query else ""))
            page.mouse.move(20, 20)  # the editor is fetched when somebody is there
        if text is not None:
            page.locator(".cm-content").fill(text)
        return page

    return open_page


def type_at_end(page: Page, text: str) -> None:
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=20)


def sent(page: Page) -> str:
    """Text that the form would send."""
    return page.locator("#query").input_value()


def offered(page: Page) -> list[str]:
    page.locator(".cm-tooltip-autocomplete").wait_for()
    return page.locator(".cm-completionLabel").all_inner_texts()


class TestCompletion:
    def test_property_by_its_czech_label(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?dohoda ")
        type_at_end(page, "stran")
        page.locator(".cm-completionDetail", has_text="strana").first.wait_for()
        page.locator(".cm-tooltip-autocomplete li", has_text="k:party").first.click()
        assert sent(page) == f"{ONTOLOGY}\nSELECT * {{\n  ?dohoda k:party"

    def test_definition_is_shown_in_the_language(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?dohoda ", lang="en")
        type_at_end(page, "k:part")
        assert "k:party" in offered(page)
        page.keyboard.type("y")
        expect(page.locator(".cm-completionInfo")).to_contain_text("Party to an agreement.")

    def test_record_by_folded_name(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?dohoda ?p ")
        type_at_end(page, "svobodn")
        page.locator(".cm-tooltip-autocomplete li", has_text="organizations/saxony").first.click()
        assert sent(page).endswith(f"?dohoda ?p {SAXONY}")

    def test_record_in_an_iri(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?dohoda ?p ")
        type_at_end(page, "<Sask")
        first = page.locator(".cm-tooltip-autocomplete li", has_text="organizations/").first
        expect(first).to_have_text("Svobodný stát Saskoorganizations/saxony")
        first.click()
        assert sent(page).endswith(f"?dohoda ?p {SAXONY}")

    def test_classes_only_after_a(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?s a ")
        type_at_end(page, "k:A")
        assert "k:Agreement" in offered(page)
        assert [name for name in offered(page) if name.startswith("k:a") and name != "k:Agreement"] == []

    def test_named_graphs_after_graph(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  GRAPH ")
        page.locator(".cm-content").focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("Control+Space")
        assert "graphs/agreements" in offered(page)
        page.keyboard.press("Escape")
        page.keyboard.type("validity")  # a list shows nine at once
        page.keyboard.press("Control+Space")
        assert "graphs/validity" in offered(page)

    def test_nothing_in_a_string(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?s ?p 'Sasko a dal' }")
        page.locator(".cm-content").focus()
        page.keyboard.press("Control+End")
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        page.keyboard.press("Control+Space")
        expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)


class TestPrefixes:
    def test_known_prefix_is_declared_when_typed_and_undone_with_it(self, opened: Opened) -> None:
        page = opened(text="SELECT * { ?s ?p ?o }\n# konec\n")
        type_at_end(page, "skos:")
        skos = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        assert sent(page) == f"{skos}SELECT * {{ ?s ?p ?o }}\n# konec\nskos:"

    def test_text_is_left_alone_in_strings_comments_and_declarations(self, opened: Opened) -> None:
        text = "# k:party\nPREFIX k: <urn:mine:>\nSELECT * { ?s k:x 'skos:note', <http://org:80/> } # foaf:name"
        page = opened(text=text)
        assert sent(page) == text

    def test_prefix_of_a_declaration_being_typed(self, opened: Opened) -> None:
        page = opened(text="")
        type_at_end(page, "PREFIX skos:")
        assert sent(page) == "PREFIX skos:"

    def test_prefix_is_declared_on_run(self, opened: Opened) -> None:
        page = opened()
        page.evaluate(
            "text => { const area = document.querySelector('#query'); area.value = text;"
            " area.dispatchEvent(new Event('input')); }",
            "SELECT (COUNT(*) AS ?n) { ?s a k:Agreement }",
        )
        page.get_by_role("button", name="Spustit").click()
        page.wait_for_url("**/sparql?*query=*")
        assert page.locator("tbody td").first.inner_text() == str(len(rows_of("agreements")))
        assert sent(page).startswith(ONTOLOGY)


class TestFaults:
    def test_place_that_the_server_names(self, opened: Opened) -> None:
        page = opened("SELECT *\n{ ?s ?p\n}")
        expect(page.locator(".cm-fault")).to_have_count(1)
        assert page.locator(".cm-fault").inner_text() == "}"
        assert page.locator("[data-told]").inner_text().startswith("Řádek 3")

    def test_faults_are_marked_while_one_types(self, opened: Opened) -> None:
        page = opened(text="SELECT * {\n  ?s ?p }\n")
        expect(page.locator("[data-told]")).to_have_text("Řádek 2: „}“ sem nepatří.")
        assert page.locator(".cm-fault").inner_text() == "  ?s ?p }"
        page.locator(".cm-content").fill("SELECT * { ?s neznama:x ?o }")
        expect(page.locator("[data-told]")).to_have_text("Řádek 1: Předpona neznama: není deklarovaná.")
        page.locator(".cm-content").fill("SELECT * { ?s ?p ?o")
        expect(page.locator("[data-told]")).to_have_text("Řádek 1: Dotaz není dokončený.")
        page.locator(".cm-content").fill("SELECT * { ?s ?p ?o }")
        expect(page.locator("[data-told]")).to_have_text("")
        expect(page.locator(".cm-fault")).to_have_count(0)

    def test_no_fault_in_any_named_query(self, context: BrowserContext, address: str) -> None:
        page = context.new_page()
        page.goto(f"{address}/sparql")
        found = page.evaluate(
            """async (queries) => {
                const { sparql } = await import("/static/vendor/sparql-editor.js");
                const hasFault = (text) => {
                    let fault = false;
                    sparql().language.parser.parse(text).iterate({ enter: (node) => { fault ||= node.type.isError; } });
                    return fault;
                };
                return Object.keys(queries).filter((name) => hasFault(queries[name]));
            }""",
            {name: named_query(name).text for name in query_names()},
        )
        assert found == []


class TestLastQueries:
    def test_they_survive_a_reload_and_can_be_picked_and_forgotten(self, opened: Opened) -> None:
        page = opened(text=COUNT)
        page.locator(".cm-content").press("Control+Enter")
        page.wait_for_url("**/sparql?*query=*")
        page.locator(".cm-content").fill("ASK {}")
        page.reload()
        page.mouse.move(30, 30)
        page.locator(".cm-content").wait_for()  # the editor brings what was typed
        assert sent(page) == "ASK {}", "what was typed and not sent is kept too"
        page.get_by_text("Poslední dotazy").click()
        page.get_by_role("button", name=re.compile("SELECT .COUNT")).click()
        assert sent(page) == COUNT
        page.get_by_role("button", name="Zapomenout").click()
        expect(page.locator("[data-queries]")).to_be_hidden()
        assert page.evaluate("localStorage.getItem('krajina-queries')") is None

    def test_thirty_at_most_each_once(self, opened: Opened) -> None:
        page = opened()
        lengths = page.evaluate(
            """async () => {
                const history = await import("/static/sparql-history.js");
                for (let number = 0; number < 40; number += 1) history.remember(`ASK { # ${number % 35}\\n}`);
                return [history.queries().length, history.queries()[0].text];
            }"""
        )
        assert lengths == [30, "ASK { # 4\n}"]

    def test_blocked_storage_breaks_nothing(self, context: BrowserContext, opened: Opened) -> None:
        context.add_init_script(
            """const refuse = () => { throw new DOMException("blocked", "SecurityError"); };
            for (const name of ["localStorage", "sessionStorage"])
                Object.defineProperty(window, name, { get: refuse })"""
        )
        page = opened(text=COUNT)
        page.locator(".cm-content").press("Control+Enter")
        page.wait_for_url("**/sparql?*query=*")
        assert page.locator("tbody td").first.inner_text() == str(len(rows_of("agreements")))


class TestUse:
    def test_escape_then_tab_leaves_and_tab_alone_indents(self, opened: Opened) -> None:
        page = opened(text="ASK {}")
        page.locator(".cm-content").focus()
        page.keyboard.press("Control+Home")
        page.keyboard.press("Tab")
        assert sent(page) == "  ASK {}"
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Spustit"

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_and_colours_can_be_read(self, opened: Opened, scheme: str) -> None:
        page = opened("SELECT *\n{ ?s ?p 'text'@cs, 1 . # poznámka\n")
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        type_at_end(page, "k:part")
        offered(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [v for v in found["violations"] if v["impact"] in ("serious", "critical")]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in serious] == []

    def test_print_shows_the_query_and_not_the_editor(self, opened: Opened) -> None:
        page = opened(COUNT)
        page.emulate_media(media="print")
        assert page.locator("form.query pre").inner_text().strip() == COUNT
        expect(page.locator("[data-editor]")).to_be_hidden()

    def test_editor_fits_a_phone(self, opened: Opened) -> None:
        page = opened(f"{COUNT} # {'x' * 200}")
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_form_works_without_script(self, browser: Browser, address: str) -> None:
        with browser.new_context(java_script_enabled=False, locale="cs-CZ") as context:
            page = context.new_page()
            page.goto(f"{address}/sparql")
            expect(page.get_by_text("Esc", exact=True)).to_be_hidden()
            page.fill("#query", COUNT)
            page.get_by_role("button", name="Spustit").click()
            assert page.locator("tbody td").first.inner_text() == str(len(rows_of("agreements")))


def test_bundle_comes_with_licences_and_makes_no_code() -> None:
    vendor = ROOT / "webapp" / "static" / "vendor"
    licences = re.findall(r"^\S+ \S+, licence: (.*)$", (vendor / "sparql-editor.LICENSE.txt").read_text(), re.MULTILINE)
    assert len(licences) >= 14
    assert set(licences) == {"MIT"}
    assert re.findall(r"\b(?:eval|Function)\(", (vendor / "sparql-editor.js").read_text(encoding="utf-8")) == []
