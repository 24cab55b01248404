"""The shell and each macro as browsers draw them: nothing overflows, nothing breaks the strict policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from flask import Flask, render_template_string
from playwright.sync_api import Browser, ConsoleMessage
from werkzeug.serving import make_server

from tests.apps import shell_app
from tests.markup import parse

IMPORTS = """{% from "macros/text.html" import text %}{% from "macros/pages.html" import pages %}
{%- from "macros/badge.html" import badge %}"""


@pytest.fixture(scope="module")
def app() -> Flask:
    return shell_app()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("width_px", [320, 360, 768, 1280])
@pytest.mark.parametrize("query", ["", "?on=2012&lang=en&state=held"])
def test_every_macro_is_drawn_without_overflow_or_complaint(
    browser: Browser, address: str, width_px: int, query: str
) -> None:
    page = browser.new_page(viewport={"width": width_px, "height": 800}, locale="cs")
    told: list[str] = []

    def note(message: ConsoleMessage) -> None:
        told.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: told.append(str(error)))
    response = page.goto(f"{address}/demo{query}")
    assert response is not None
    assert response.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width_px
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 245, 243)"
    page.close()
    assert told == []


@pytest.mark.browser
def test_menu_closes_with_escape_and_by_a_click_elsewhere(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="cs")
    page.goto(f"{address}/demo")
    menu = page.locator("details.menu")
    ways: list[Callable[[], None]] = [lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()]
    for close in ways:
        menu.locator("summary").click()
        assert menu.get_attribute("open") is not None
        close()
        assert menu.get_attribute("open") is None
    page.close()


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        ("a b", "a\N{NO-BREAK SPACE}b"),
        ("<b>", "&lt;b&gt;"),
        (2825, "2\N{NO-BREAK SPACE}825"),
        (None, ""),
        ({"text": "Haus", "lang": "de", "href": "/x"}, '<a href="/x" lang="de">Haus</a>'),
        ({"text": "A", "href": "https://x.cz"}, '<a href="https://x.cz" rel="noopener nofollow ugc">A</a>'),
        ({"text": "A", "href": "javascript:alert(1)"}, "A"),
        ({"text": "A", "href": "//x.cz"}, "A"),
        ({"text": "A", "more": 5}, 'A <span class="nb">a\N{NO-BREAK SPACE}5\N{NO-BREAK SPACE}dalších</span>'),
        ([{"text": "A"}, "B"], "A, B"),
    ],
)
def test_value(app: Flask, value: object, markup: str) -> None:
    with app.test_request_context("/"):
        assert render_template_string(IMPORTS + "{{ text(value) }}", value=value) == markup


@pytest.mark.parametrize(
    ("page", "total", "shown"),
    [
        (1, 20, ""),
        (1, 129, "1234567Další1–20 z 129"),
        (7, 129, "Předchozí1234567121–129 z 129"),
        (10, 400, "Předchozí1…89101112…20Další181–200 z 400"),
    ],
)
def test_pages(app: Flask, page: int, total: int, shown: str) -> None:
    with app.test_request_context("/agreements"):
        drawn = render_template_string(IMPORTS + "{{ pages(page, total) }}", page=page, total=total)
    assert parse(drawn).content.replace("\n", "").replace("\N{NO-BREAK SPACE}", " ").strip() == shown


@pytest.mark.parametrize("css", ["held", "aged", "open", "ended", "future", "differ"])
def test_each_badge_has_its_own_shape(app: Flask, css: str) -> None:
    with app.test_request_context("/"):
        drawn = {
            name: render_template_string(IMPORTS + "{{ badge(name, 'w', 'd') }}", name=name).replace(name, "")
            for name in ("held", "aged", "open", "ended", "future", "differ")
        }
    assert [name for name in drawn if drawn[name] == drawn[css]] == [css]
    assert drawn[css].endswith("w</span> <small>d</small>")
