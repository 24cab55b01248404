"""The bench of the map: its invented network, what it draws, what it says without a browser; never its times."""

from __future__ import annotations

import json
import sys

import pytest
from flask import Flask
from playwright.sync_api import Playwright

from bench.invented import HOME, invent_network
from bench.map_views import MISSING, PAGE, VENDOR, _draws_ours, browser_lines, draw_around, pyvis_page
from graph.networks.ties import collapse
from tests.no_skip import CHROMIUM


def test_network_is_the_same_each_time_and_as_large_as_said() -> None:
    (one, forms), (other, _) = invent_network(300, 1500), invent_network(300, 1500)
    assert (one.number_of_nodes(), one.number_of_edges(), len(forms)) == (300, 1500, 1500)
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    degrees = sorted((degree for _, degree in one.degree()), reverse=True)
    assert min(degrees) >= 1 and degrees[0] > 10 * degrees[150]


def test_what_is_drawn_is_within_the_budget_and_counts_all() -> None:
    network, forms = invent_network(2000, 6000)
    reached, data = draw_around(network, collapse(network, forms), 3, {}, HOME)
    assert reached > 1500 and len(data["nodes"]) <= 300 and len(data["edges"]) <= 800
    assert json.loads(json.dumps(data)) == data


def test_page_of_pyvis_holds_all() -> None:
    network, _ = invent_network(20, 40)
    page = pyvis_page(network)
    assert page.count('"from": ') == 40 and '"label": "home"' in page


def test_without_playwright_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    assert list(browser_lines(Flask("none"))) == [MISSING]


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium")
@pytest.mark.skipif(not (VENDOR / "vis-network.js").exists(), reason="bundles are not built")
def test_our_page_is_drawn(playwright: Playwright) -> None:
    network, forms = invent_network(30, 60)
    _, data = draw_around(network, collapse(network, forms), 2, {}, HOME)
    drawn_ms = _draws_ours(playwright, (PAGE % json.dumps(data)).encode())
    assert drawn_ms is not None and drawn_ms > 0
