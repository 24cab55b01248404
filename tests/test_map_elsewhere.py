"""The map beside its page: geography as files, one file that needs no network, the frame of another site."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import parse
from tests.test_map_files import FORMATS, LICENCE, of_html
from webapp.map import elsewhere


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


class TestGeography:
    """Files of the form of the map that is looked at."""

    def test_svg_and_sheets_show_maps(self, client: FlaskClient) -> None:
        network, maps = (client.get(f"/map.svg?lang=en&view={tab}") for tab in ("", "geo"))
        assert b'class="land"' in maps.data and b'class="land"' not in network.data
        (page,) = PdfReader(io.BytesIO(client.get("/map.pdf?lang=en&view=geo").data)).pages
        width, height = (float(side) for side in page.mediabox[2:])
        assert round(width) == 842 and height > 660  # as wide as A4 landscape, as high as the maps need
        assert "Natural Earth" in page.extract_text()
        contents = page.get_contents()
        assert contents is not None
        operators = contents.get_data().split()
        assert b"W*" in operators  # cut off at the edges
        assert operators.count(b"l") > 50  # coasts

    def test_page_for_other_places_has_the_network(self, client: FlaskClient) -> None:
        assert of_html(client.get("/map.html?view=geo").data) == of_html(client.get("/map.html").data)


class TestInlining:
    @pytest.mark.parametrize(
        "text", ["@import 'x.css'", "a { b: URL(x) }", "</style>", "</SCRIPT>", "import x from 'y'", "<!--"]
    )
    def test_refuses_what_would_reach_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        (tmp_path / "good.css").write_text("a { color: red }")
        (tmp_path / "bad").write_text(text)
        monkeypatch.setattr(elsewhere, "STATIC", tmp_path)
        with pytest.raises(ValueError, match="bad cannot stand in a page"):
            elsewhere.inline(("good.css",), "bad")

    def test_island_is_no_markup_and_the_same_data(self) -> None:
        data = {"a": "</script><!-- & \u2028 'x' ž"}
        island = elsewhere.json_island(data)
        assert not re.search("[<>&\u2028]", island)
        assert json.loads(island) == data


class TestEmbed:
    def test_may_stand_in_frames_and_runs_nothing(self, client: FlaskClient) -> None:
        for _ in range(2):  # made, and from memory
            policy = client.get("/map/embed?hops=2").headers["Content-Security-Policy"]
            assert "frame-ancestors *" in policy and "script-src 'none'" in policy
        assert "frame-ancestors 'self'" in client.get("/map").headers["Content-Security-Policy"]

    def test_is_bare_and_leads_back(self, client: FlaskClient, small: Built) -> None:
        page = get_page(client, "/map/embed?hops=2&lang=en")
        assert not page.has("form, script, button, input, header, nav")
        addresses = page.values("a", "href")
        assert f"{small.settings.base}/map?lang=en&v=1&hops=2" in addresses
        assert LICENCE in page.text and small.edition.identifier in page.text
        assert all(address.startswith(f"{small.settings.base}/") for address in addresses)

    def test_code_is_offered_on_the_page(self, client: FlaskClient, small: Built) -> None:
        page = get_page(client, "/map?hops=2&lang=en&sel=mustermark")
        (code,) = [sample for sample in page.texts("pre, code, textarea") if sample.startswith("<iframe")]
        frame = parse(code).only("iframe")
        assert frame["src"] == f"{small.settings.base}/map/embed?lang=en&v=1&hops=2"
        assert frame["title"].startswith("Map of the ties of")

    @pytest.mark.parametrize("lang", ["cs", "en"])
    def test_menu_leads_to_every_format_of_this_view(self, client: FlaskClient, lang: str) -> None:
        addresses = get_page(client, f"/map?hops=2&lang={lang}&sel=mustermark").values("a", "href")
        assert {f"/map.{suffix}?lang={lang}&v=1&hops=2" for suffix in (*FORMATS, "json")} <= set(addresses)
