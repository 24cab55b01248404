"""Answers in a real browser: each view keeps the policy, is accessible and fits a phone; the table sorts in place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from graph.sparql.named_queries import named_query
from tests.map_browser import serious_findings
from tests.test_browser import Watched

pytestmark = pytest.mark.browser

K = "PREFIX k: <https://w3id.org/krajina/ontology#>\n"
ANSWERS = {
    "table": ("q14-municipalities", {"iris": "1", "sort": "-other"}),
    "network": ("q13-co-members", {"view": "network"}),
    "network of small groups": ("q14-municipalities", {"view": "network"}),
    "map": ("q01-partners", {"view": "map"}),
    "timeline": (K + "SELECT ?a ?day { ?a a k:Agreement ; k:signed ?day } LIMIT 20", {"view": "timeline"}),
    "bars": (K + "SELECT ?kind (COUNT(*) AS ?n) { ?a a k:Agreement ; k:kind ?kind } GROUP BY ?kind", {"view": "bars"}),
    "does not fit": ("ASK {}", {"view": "map"}),
    "past": ("q02-agreements-on", {"on": "2012-12-31"}),
}
TARGETS = [
    *((name, "/sparql") for name in ("network", "timeline")),
    # Of the same templates as these.
    *(
        pytest.param(name, "/sparql", marks=pytest.mark.heavy)
        for name in ("map", "bars", "table", "network of small groups", "does not fit", "past")
    ),
    ("map", "/sparql/embed"),
    pytest.param("table", "/sparql/embed", marks=pytest.mark.heavy),
]


@pytest.fixture
def watched(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    width = getattr(request, "param", 1280)
    with browser.new_context(viewport={"width": width, "height": 900}, locale="cs-CZ") as context:
        yield Watched(context.new_page(), address)


def target(name: str, path: str = "/sparql") -> str:
    text, arguments = ANSWERS[name]
    query = text if "{" in text else named_query(text).text
    return f"{path}?{urlencode({'query': query, **arguments})}"


@pytest.mark.parametrize(("name", "path"), TARGETS)
def test_answer_keeps_to_itself_is_accessible_and_fits_a_phone(
    watched: Watched, address: str, name: str, path: str
) -> None:
    watched.page.goto(address + target(name, path))
    for fold in watched.page.locator("details.fold > summary").all():
        fold.click()
    # What the editor does is told by its own tests.
    assert [found for found in serious_findings(watched.page) if 'class="cm-' not in found] == []
    watched.page.set_viewport_size({"width": 360, "height": 900})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.faults == []


@pytest.mark.heavy
@pytest.mark.parametrize("watched", [360], indirect=True)
@pytest.mark.parametrize(("name", "path"), TARGETS)
def test_answer_opened_on_a_phone_fits_a_phone(watched: Watched, address: str, name: str, path: str) -> None:
    watched.page.goto(address + target(name, path))
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.faults == []


def test_table_sorts_in_place_as_the_server_does(watched: Watched, address: str) -> None:
    query = "SELECT ?x { VALUES ?x { 'čb' 10 9 UNDEF 'Chb' 'hb' } }"
    requests: list[str] = []
    watched.page.goto(f"{address}/sparql?{urlencode({'query': query})}")
    watched.page.locator(".cm-content").wait_for()  # the editor comes after the answer
    watched.page.on("request", lambda request: requests.append(request.url))
    found = {}
    for order in ("ascending", "descending"):
        watched.page.locator("thead a").click()
        assert watched.page.locator("th").get_attribute("aria-sort") == order
        found[order] = watched.page.locator("tbody td").all_inner_texts()
    assert [url for url in requests if "/sparql" in url] == []
    assert found["ascending"] == ["9", "10", "čb", "hb", "Chb", "–"]
    assert found["descending"] == ["Chb", "hb", "čb", "10", "9", "–"]
    watched.page.reload()
    assert watched.page.locator("tbody td").all_inner_texts() == found["descending"]
    assert watched.faults == []


def test_short_link_is_made_and_followed(watched: Watched, address: str) -> None:
    watched.page.goto(f"{address}/sparql?{urlencode({'query': 'SELECT (7 AS ?x) {}'})}")
    watched.page.get_by_role("button", name="Vytvořit krátký odkaz").click()
    short = watched.page.locator("#links code").inner_text()
    watched.page.goto(address + short[short.index("/s/") :])
    assert watched.page.locator("tbody td").all_inner_texts() == ["7"]
    assert watched.faults == []


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Give the folder and the address of a site of another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def test_frame_of_another_site(browser: Browser, address: str, other_site: tuple[Path, str]) -> None:
    """Only the page for frames is shown in a page of another origin."""
    folder, site = other_site
    query = urlencode({"query": "SELECT (7 AS ?x) {}"})
    frames = "".join(f'<iframe src="{address}{path}?{query}"></iframe>' for path in ("/sparql/embed", "/sparql"))
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{frames}", encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/index.html")
        shown = [frame.locator("tbody td").all_inner_texts() for frame in page.frames[1:]]
    assert shown == [["7"], []]
