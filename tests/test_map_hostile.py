"""Names and addresses that would be markup, scripts or formulas elsewhere are text on the map and in its files."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any, cast
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject
from rdflib import SKOS, Graph, Literal, URIRef
from werkzeug.serving import make_server

from graph import open_edition
from graph.errors import DataError
from tests.apps import app_of
from tests.conftest import Built, settings_of
from tests.hostile_edition import NAMES, WEBSITE, add_row, build_hostile
from tests.markup import parse
from tests.test_map_files import CELLS, READ, SVG

pytestmark = [pytest.mark.hostile, pytest.mark.slow]
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
NOT_XML = re.compile("[\ufffe\uffff]")
PAGES = {
    "map": "/map",
    "table": "/map?view=table",
    "card of a tie": "/map?sel=x-image",
    "card of a node": "/map?sel=vzorov",
    "around a script": "/map?focus=x-script",
    "around a long name": "/map?focus=x-long",
    "organization": "/page/organizations/x-image",
    "agreement": "/page/agreements/agr-x-svg",
    "source": "/page/sources/src-hostile",
    "embed": "/map/embed",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    built = build_hostile(tmp_path_factory.mktemp("hostile") / "data")
    with built.store:
        yield built


@pytest.fixture(scope="module")
def app(hostile: Built) -> Flask:
    return app_of(hostile)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def get(client: FlaskClient, suffix: str) -> bytes:
    response = client.get(f"/map.{suffix}?lang=cs")
    assert response.status_code == 200
    return bytes(response.data)


class TestDoor:
    """What the tables do not let in; the rest of the tests is about what they do."""

    @pytest.mark.parametrize(
        ("column", "text", "said"),
        [
            ("id", "<img-src=x-onerror=hit()>", "IRI"),
            ("id", "javascript:hit()", "IRI"),
            ("id", "a~b", "IRI"),
            ("website", "javascript:hit()", "http://"),
            ("website", "data:text/html,<script>hit()</script>", "http://"),
            ("name_cs", "a\x07b", "control character"),
            ("name_cs", "a\x85b", "control character"),
            ("name_cs", "a\x1bb", "control character"),
        ],
    )
    def test_refuses(self, bad_tables: Path, column: str, text: str, said: str) -> None:
        cells = {"id": "x", "kind": "association", "name_cs": "x", "name_en": "x", "sources": "src-verein"}
        add_row(bad_tables, "organisations", **{**cells, column: text})
        with pytest.raises(DataError) as refused:
            open_edition(settings_of(bad_tables))
        assert any(said in str(finding) for finding in refused.value.findings)


class TestFiles:
    @pytest.mark.parametrize("suffix", ["svg", "graphml", "gexf"])
    def test_xml_is_well_formed_and_names_are_its_text(self, client: FlaskClient, suffix: str) -> None:
        root = ET.fromstring(get(client, suffix))
        texts = {unicodedata.normalize("NFC", "".join(element.itertext())) for element in root.iter()}
        texts |= {unicodedata.normalize("NFC", value) for element in root.iter() for value in element.attrib.values()}
        for name in NAMES.values():
            wanted = NOT_XML.sub("", TURNING.sub("", name) if suffix == "svg" else name)
            assert any(unicodedata.normalize("NFC", wanted)[:100] in text.replace("\u00a0", " ") for text in texts), (
                name
            )

    def test_svg_has_nothing_that_runs_or_loads(self, client: FlaskClient, hostile: Built) -> None:
        root = ET.fromstring(get(client, "svg"))
        assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
            "svg", "title", "desc", "rect", "a", "g", "line", "circle", "path", "text", "tspan"
        }  # fmt: skip
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not [name for name in attributes if name.startswith("on") or name.endswith("style")]
        hrefs = {href for element in root.iter() for name, href in element.items() if name.endswith("href")}
        assert {href.rpartition("/")[0] for href in hrefs} == {f"{hostile.settings.base}/resource/organizations"}

    def test_all_formats_count_alike(self, client: FlaskClient) -> None:
        seen = json.loads(get(client, "json"))
        found = {suffix: read(get(client, suffix)) for suffix, read in READ.items()}
        assert found == dict.fromkeys(found, (len(seen["nodes"]), len(seen["edges"])))
        assert len(seen["nodes"]) == len(NAMES) + 5

    def test_no_cell_of_csv_is_a_formula(self, client: FlaskClient) -> None:
        rows = list(csv.reader(io.StringIO(get(client, "csv").decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        assert {f"'{NAMES[name]}" for name in ("x-at", "x-equals", "x-minus")} <= set(cells)

    def test_cells_of_xlsx_are_texts(self, client: FlaskClient) -> None:
        with zipfile.ZipFile(io.BytesIO(get(client, "xlsx"))) as book:
            parts = {name: book.read(name) for name in book.namelist() if name.endswith((".xml", ".rels"))}
        roots = {name: ET.fromstring(part) for name, part in parts.items()}
        assert not [
            element
            for root in roots.values()
            for element in root.iter()
            if element.tag in (f"{CELLS}f", f"{CELLS}hyperlink")
        ]
        assert not [name for name in parts if "externalLink" in name or b'TargetMode="External"' in parts[name]]
        shown = {"".join(item.itertext()) for item in roots["xl/sharedStrings.xml"]}
        assert {NAMES[name] for name in ("x-at", "x-equals", "x-minus", "x-script", "x-wide")} <= shown

    def test_linked_data_hold_the_names_unchanged(self, client: FlaskClient, hostile: Built) -> None:
        graph = Graph().parse(io.BytesIO(get(client, "jsonld")), format="json-ld")
        for row_id, name in NAMES.items():
            assert (URIRef(hostile.organization(row_id)), SKOS.prefLabel, Literal(name, lang="cs")) in graph

    def test_networks_are_read_back(self, client: FlaskClient, hostile: Built) -> None:
        for suffix, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
            found = read(io.BytesIO(get(client, suffix)))
            assert found.nodes[hostile.organization("x-image")]["label"] == NAMES["x-image"]
            assert found.nodes[hostile.organization("x-cdata")]["label"] == NAMES["x-cdata"]

    def test_pdf_has_links_and_no_actions(self, client: FlaskClient) -> None:
        content = get(client, "pdf")
        (page,) = PdfReader(io.BytesIO(content)).pages
        actions = [note.get_object()["/A"] for note in cast(ArrayObject, page["/Annots"])]
        assert {action["/S"] for action in actions} == {"/URI"}
        assert {action["/URI"].partition("/small/")[0] for action in actions} == {"https://example.org"}
        assert not re.search(rb"/(JavaScript|JS|Launch|OpenAction|EmbeddedFile|AA)\b", content)
        text = unicodedata.normalize("NFC", page.extract_text().replace("\u00a0", " "))
        for words in (
            "Příliš žluťoučký kůň",
            "úpěl ďábelské ódy",
            "Бранденбург",
            "<img",
            "]]><!-- & &amp;",
            "{{ 7*7 }}",
        ):
            assert words in text
        assert "\ufffd\ufffd\ufffd" in text  # three letters that the font lacks
        assert not TURNING.search(text)

    @pytest.mark.parametrize("focus", ["x-long", "x-wide", "x-han", "x-nothing"])
    @pytest.mark.parametrize("suffix", ["pdf", "png"])
    def test_any_name_may_be_the_heading(self, client: FlaskClient, suffix: str, focus: str) -> None:
        content = client.get(f"/map.{suffix}?focus={focus}").data
        if suffix == "pdf":
            assert len(PdfReader(io.BytesIO(content)).pages) == 1
        else:
            with Image.open(io.BytesIO(content)) as image:
                image.verify()
                assert image.size[1] < 2000


class TestPages:
    @pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
    def test_hold_no_foreign_markup(self, client: FlaskClient, address: str) -> None:
        markup = client.get(address).text
        page = parse(markup)
        # What a browser makes of it holds no element and no address of the names, and the markup as sent looks so too.
        assert page.inline_code() == []
        assert not page.has("img")
        addresses = [value for name in ("href", "src") for value in page.values("*", name)]
        assert not [value for value in addresses if value.strip().lower().startswith(("javascript:", "data:"))]
        assert not [value for value in page.values("script", "src") if "hit" in value or "evil" in value]
        assert not re.search(r"<(img|script|svg)[^>]*(hit|evil)", markup)
        assert not TURNING.search(markup)
        assert "49" not in re.findall(r"\$\{?(\d+)", markup)

    def test_website_is_an_address_and_no_attribute(self, client: FlaskClient) -> None:
        markup = client.get("/page/organizations/x-image").text
        assert (
            'href="https://evil.example/&#34;onmouseover=hit()//&#39;&gt;&lt;script&gt;hit()&lt;/script&gt;"' in markup
        )
        assert WEBSITE not in markup
        assert WEBSITE in parse(markup).values("a", "href")


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def _drawing(client: FlaskClient) -> dict[str, Any]:
    drawing = json.loads(get(client, "json"))
    return {name: drawing[name] for name in ("nodes", "edges", "options", "width", "height")}
