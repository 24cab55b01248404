"""``krajina bench map``: what the map takes, as numbers; nothing is asserted."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, TypeVar, cast

import networkx as nx
from flask import Flask
from pyvis.network import Network
from werkzeug.serving import WSGIRequestHandler, make_server

import webapp
from bench.invented import BASE, HOME, invent_network
from graph.iris import Iris
from graph.kept import forget
from graph.networks.grouping import Grouped, grouped
from graph.networks.measures import measure_network
from graph.networks.neighbourhood import View, neighbourhood
from graph.networks.positions import place_network
from graph.networks.sectors import AROUND
from graph.networks.ties import Ties, collapse
from graph.networks.whole import draw_whole
from graph.pictures.drawing import draw, read_back
from graph.pictures.labels import make_label
from graph.pictures.layout import lay_out
from graph.settings import Settings
from webapp.request.site import Site
from webapp.server.serve import open_app

__all__ = ["bench_lines", "browser_lines", "draw_around", "large_network_lines", "milliseconds", "pyvis_page"]

VIEWS = {
    "start view": "",
    "2 steps": "hops=2",
    "3 steps": "hops=3",
    "one country group": "group=c1",
    "whole": "view=whole",
    "whole, Germany open": "view=whole&open=DE",
    "whole on a day of the past": "view=whole&on=2012-06-30",
}


def bench_lines(settings: Settings, rounds: int) -> Iterator[str]:
    """Time the large invented network, the views of the edition, and pages in a browser beside those of pyvis."""
    yield from large_network_lines(rounds)
    with open_app(settings) as app:
        yield "\nthe edition that is served, /map.json"
        yield from _view_lines(app, rounds)
        yield ""
        yield from browser_lines(app)


def _view_lines(app: Flask, rounds: int) -> Iterator[str]:
    client, site = app.test_client(), cast(Site, app.extensions["krajina"])
    client.get("/map.json")  # imports
    for name, query in VIEWS.items():
        anew, again = [], []
        for number in range(rounds):
            forget(site.facts)
            if query:  # as on a server that has shown its start view since the edition began
                client.get(f"/map.json?sel=first-{name}-{number}")
            address = f"/map.json?{query}&sel=none-{number}"
            took, answer = milliseconds(lambda a=address: client.get(a))  # type: ignore[misc]
            anew.append(took)
            again.append(milliseconds(lambda a=address: client.get(a))[0])  # type: ignore[misc]
        nodes = len(answer.get_json()["nodes"])
        yield f"{median(anew):10.1f} ms  {name}, {nodes} nodes; {median(again):.1f} ms when asked again"


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


def pyvis_page(network: nx.MultiDiGraph) -> str:
    """Write a network as pyvis does for whoever follows its introduction: everything in one file, physics on.

    Notes
    -----
    Directed, because pyvis takes time in proportion to the square of the edges otherwise: two minutes at 5,000 nodes.
    """
    picture = Network(directed=True, cdn_resources="in_line")
    numbers = {iri: number for number, iri in enumerate(network)}
    for iri, number in numbers.items():
        picture.add_node(number, label=iri.rpartition("/")[2])
    for start, end in network.edges():
        picture.add_edge(numbers[start], numbers[end])
    return str(picture.generate_html(notebook=False))


NODES, EDGES = 10_000, 56_000
WIDTH_PX, LABELS = 716.0, 120
FOCUSED = f"{BASE}/resource/organizations/o50"

Result = TypeVar("Result")


def milliseconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """Time one call by the clock."""
    started = time.perf_counter()
    result = work()
    return (time.perf_counter() - started) * 1000, result


def _line_of(what: str, work: Callable[[], Result]) -> tuple[str, Result]:
    """Time one call by the clock and by the processor, which differ where others are busy."""
    on_cpu = time.process_time()
    took, result = milliseconds(work)
    return f"{took:10.1f} ms  {what} ({(time.process_time() - on_cpu) * 1000:.0f} ms of the processor)", result


def large_network_lines(rounds: int) -> Iterator[str]:
    """Time measures, positions, the whole as data and a focused view; give the lines of a report."""
    network, forms = invent_network(NODES, EDGES)
    yield f"{network.number_of_nodes()} organizations, {network.number_of_edges()} relationships, invented"
    line, measured = _line_of("measures", lambda: measure_network(network))
    yield f"{line}; betweenness " + (f"from {measured.samples} organizations" if measured.samples else "exact")
    line, positions = _line_of("positions, first edition", lambda: place_network(network, HOME))
    yield line
    fewer = network.subgraph([iri for iri in network if not iri.endswith("77")])
    before = place_network(fewer, HOME)
    new = NODES - len(fewer)
    yield _line_of(f"positions, next edition with {new} new ones", lambda: place_network(network, HOME, before))[0]
    line, ties = _line_of("all relationships as ties", lambda: collapse(network, forms))
    ties.at(HOME)
    yield line
    line, whole = _line_of("whole network as data", lambda: draw_whole(network, ties, positions, {}, Iris(BASE), HOME))
    yield f"{line}, {len(whole['nodes'])} nodes and {len(whole['edges'])} edges"
    directions = {iri: positions.direction(iri, group) for iri, group in network.nodes(data="group")}
    for hops in (1, 2, 3):
        times = [milliseconds(lambda h=hops: draw_around(network, ties, h, directions)) for _ in range(rounds)]  # type: ignore[misc]
        (_, (reached, found)) = times[0]
        what = f"{reached} organizations within reach, {len(found['nodes'])} nodes drawn"
        yield f"{median(took for took, _ in times):10.1f} ms  focused view, steps {hops}: {what}"


def draw_around(
    network: nx.MultiDiGraph, ties: Ties, hops: int, directions: Mapping[str, float], focus: str = FOCUSED
) -> tuple[int, dict[str, Any]]:
    """Draw what is around an organization, grouped within the budget: number within reach, and the picture as data."""
    view = View(focus, hops=hops, groups=frozenset(AROUND))
    reached = neighbourhood(network, ties, view)
    shown = grouped(reached, network)
    return len(reached.distance), _drawn(shown, directions)


def _drawn(found: Grouped, directions: Mapping[str, float]) -> dict[str, Any]:
    shown, nodes = found.shown, found.network.nodes
    names = {iri: iri.rpartition("/")[2] for iri in list(shown.distance)[:LABELS]}
    labels = {iri: make_label(name, nodes[iri]["country"], key=iri == shown.focus) for iri, name in names.items()}
    groups = {iri: nodes[iri]["group"] for iri in shown.partners}
    layout = lay_out(shown, groups, labels, width=WIDTH_PX, directions=directions)
    return read_back(draw(found.network, shown, labels, layout, Iris(BASE)))
