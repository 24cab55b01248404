"""First drawn picture and size of pages in headless Chromium: our start view, and pyvis's own page beside ours."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

import webapp
from bench.maps import draw_around, milliseconds
from bench.networks import HOME, invent_network
from bench.pyvis_pages import pyvis_page
from graph.networks.positions import place_network
from graph.networks.ties import collapse

__all__ = ["browser_lines"]

SIZES = {100: 289, 1_000: 5_852, 5_000: 34_506}  # nodes: edges
CAP_S = 35
VENDOR = Path(webapp.__file__).parent / "static" / "vendor"
OURS = "http://krajina.example/"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-quic"]
MISSING = "pages in a browser are left out: playwright is not installed (pip install playwright; only tests need it)"

# The first shape that is filled on any canvas, in milliseconds after the navigation.
WATCH = """
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...given) {
  window.firstDrawn ??= performance.now();
  return fill.apply(this, given);
};
"""
PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="vis-network.css">
<div id="map" style="height: 600px"></div><script type="application/json" id="data">%s</script>
<script type="module">
import { DataSet, Network } from "./vis-network.js";
const data = JSON.parse(document.querySelector("#data").textContent);
const [nodes, edges] = [new DataSet(data.nodes), new DataSet(data.edges)];
new Network(document.querySelector("#map"), { nodes, edges }, data.options);
</script>"""
PAINTED = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime'
SENT = """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


def browser_lines(app: Flask) -> Iterator[str]:
    """Give the lines of the report; one that says why when there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        yield MISSING
        return
    with sync_playwright() as playwright:
        yield _start_view(playwright, app)
        yield f"\nfirst drawn picture, {'pyvis, its own page':>42}{'ours, within the budget':>42}"
        for nodes, edges in SIZES.items():
            yield _compare(playwright, nodes, edges)


def _start_view(playwright: Any, app: Flask) -> str:
    app.test_client().get("/map")  # warms the server
    with _served(app) as address, _page(playwright) as page:
        page.goto(f"{address}/map", wait_until="networkidle")
        page.wait_for_function(PAINTED)
        painted, sent = page.evaluate(PAINTED), page.evaluate(SENT)
    return f"{painted:10.1f} ms  first picture of /map in Chromium, {sent / 1000:.0f} KB as sent, script included"


def _compare(playwright: Any, nodes: int, edges: int) -> str:
    network, forms = invent_network(nodes, edges)
    made_ms, html = milliseconds(lambda: pyvis_page(network))
    theirs = _shown(made_ms, _draws_file(playwright, html), html.encode())
    ties = collapse(network, forms)
    positions = place_network(network, HOME)  # kept by edition, and thus no part of the time
    directions = {iri: positions.direction(iri, group) for iri, group in network.nodes(data="group")}
    made_ms, (_, data) = milliseconds(lambda: draw_around(network, ties, 3, directions, HOME))
    body = (PAGE % json.dumps(data).replace("<", "\\u003c")).encode()
    if not (VENDOR / "vis-network.js").exists():
        return f"{nodes:6} nodes {theirs}  ours needs `python webapp/assets/install.py` first"
    files = [(VENDOR / name).read_bytes() for name in ("vis-network.js", "vis-network.css")]
    ours = _shown(made_ms, _draws_ours(playwright, body), body, *files)
    return f"{nodes:6} nodes {theirs:>50}{ours:>42}"


def _shown(made_ms: float, drawn_ms: float | None, *bodies: bytes) -> str:
    drawn = f"none in {CAP_S} s" if drawn_ms is None else f"{drawn_ms:.0f} ms"
    size, packed = sum(map(len, bodies)), sum(len(gzip.compress(body)) for body in bodies)
    return f"{drawn} + {made_ms:.0f} made, {size / 1000:.0f} KB ({packed / 1000:.0f} gz)"


def _draws_file(playwright: Any, html: str) -> float | None:
    with tempfile.TemporaryDirectory() as folder, _page(playwright) as page:
        path = Path(folder) / "pyvis.html"
        path.write_text(html, encoding="utf-8")
        return _first_drawn(page, path.as_uri())


def _draws_ours(playwright: Any, body: bytes) -> float | None:
    with _page(playwright) as page:
        page.route(f"{OURS}*", lambda route: route.fulfill(path=VENDOR / route.request.url.rpartition("/")[2]))
        page.route(OURS, lambda route: route.fulfill(body=body, content_type="text/html"))
        return _first_drawn(page, OURS)


def _first_drawn(page: Any, address: str) -> float | None:
    from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

    try:
        page.goto(address, wait_until="commit")
        page.wait_for_function("window.firstDrawn", timeout=CAP_S * 1000)
        return float(page.evaluate("window.firstDrawn"))
    except PlaywrightTimeoutError:
        return None


@contextmanager
def _page(playwright: Any) -> Iterator[Any]:
    """Open a page in a browser of its own, which reaches nothing outside."""
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(CAP_S * 1000)
        page.route("https://**", lambda route: route.abort())
        page.add_init_script(WATCH)
        yield page
    finally:
        browser.close()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request between those of the report."""

    def log(self, type: str, message: str, *args: Any) -> None:
        return


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
