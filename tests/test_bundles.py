"""Front-end bundles: licences, nothing that a strict content security policy forbids, a first drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser

VENDOR = Path(__file__).resolve().parent.parent / "webapp" / "static" / "vendor"


@pytest.fixture
def vendor() -> Path:
    if not VENDOR.is_dir():
        pytest.skip("the front-end bundles are not made; make test makes them")
    return VENDOR


def test_bundle_comes_with_the_licence_of_each_package_in_it(vendor: Path) -> None:
    text = (vendor / "vis-network.LICENSE.txt").read_text(encoding="utf-8")
    headings = re.findall(r"^(\S+) \S+, licence: (.*)$", text, re.MULTILINE)
    assert headings == [
        ("@egjs/hammerjs", "MIT"),
        ("component-emitter", "MIT"),
        ("keycharm", "(Apache-2.0 OR MIT)"),
        ("uuid", "MIT"),
        ("vis-data", "(Apache-2.0 OR MIT)"),
        ("vis-network", "(Apache-2.0 OR MIT)"),
        ("vis-util", "(Apache-2.0 OR MIT)"),
    ]


def test_bundle_of_the_whole_network_is_free_to_use(vendor: Path) -> None:
    text = (vendor / "sigma.LICENSE.txt").read_text(encoding="utf-8")
    headings = re.findall(r"^(\S+) \S+, licence: (.*)$", text, re.MULTILINE)
    assert headings == [(name, "MIT") for name in ("events", "graphology", "graphology-utils", "sigma")]


FORBIDDEN = [r"\beval\(", r"\bFunction\(", r"createElement\(.style.\)", "insertRule", r"\bWorker\("]


@pytest.mark.parametrize("name", ["vis-network.js", "sigma.js"])
@pytest.mark.parametrize("code", FORBIDDEN)
def test_bundle_makes_no_code_no_styles_and_no_workers(vendor: Path, code: str, name: str) -> None:
    assert re.findall(code, (vendor / name).read_text(encoding="utf-8")) == []


def test_bundled_styles_fetch_nothing(vendor: Path) -> None:
    styles = (vendor / "vis-network.css").read_text(encoding="utf-8")
    assert set(re.findall(r"url\([\"']?(.{15})", styles)) == {"data:image/png;"}


POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:"
PAGE = """<!doctype html><title>Map</title><link rel="stylesheet" href="vendor/vis-network.css">
<link rel="stylesheet" href="page.css"><div id="map"></div><script type="module" src="page.js"></script>"""
SCRIPT = """import { DataSet, Network } from "./vendor/vis-network.js";
const node = { id: 1, x: 0, y: 0, shape: "square", color: "#123456", label: "<img src=x onerror=hit()>" };
const nodes = new DataSet([node]);
const options = { physics: false, interaction: { keyboard: true, navigationButtons: true } };
const network = new Network(document.getElementById("map"), { nodes, edges: [] }, options);
network.once("afterDrawing", () => { window.network = network; });"""
PIXEL = """() => {
    const { x, y } = network.canvasToDOM({ x: 0, y: 0 });
    return [...document.querySelector("canvas").getContext("2d").getImageData(x, y, 1, 1).data];
}"""
WATCH = """window.broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.violatedDirective), true);"""


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def address(vendor: Path, tmp_path: Path) -> Iterator[str]:
    (tmp_path / "vendor").symlink_to(vendor)
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "page.js").write_text(SCRIPT)
    (tmp_path / "page.css").write_text("#map { width: 600px; height: 400px }")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_map_library_draws_under_the_strict_policy(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_function("window.network")
        assert page.evaluate(PIXEL) == [0x12, 0x34, 0x56, 255]
        assert page.evaluate("broken") == []
