"""The map as files: each holds exactly what is seen, and says where it comes from."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import TypeAlias, cast
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from rdflib import DCTERMS, RDF, Graph, URIRef

from graph.namespaces import K
from graph.pictures import picture_png
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import parse
from webapp.map import sheet
from webapp.request import made_files
from webapp.words import charts

Counts: TypeAlias = tuple[int, int]

SVG = "{http://www.w3.org/2000/svg}"
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GEXF = "{http://gexf.net/1.3}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
STATES = ["", "hops=2", "ground=agreement", "st=ended", "focus=lhota", "on=1998", "group=c0&group=c1", "on=2012-12-31"]
# Draws as it should, after it has been killed so many times.
DYING = """
import os, pathlib, runpy, signal, tempfile
if len([*pathlib.Path({folder!r}).glob("killed-*")]) < {kills}:
    tempfile.mkstemp(prefix="killed-", dir={folder!r})
    os.kill(os.getpid(), signal.SIGKILL)
runpy.run_path({process!r}, run_name="__main__")
"""
FORMATS = ["pdf", "png", "svg", "html", "xlsx", "csv", "graphml", "gexf", "jsonld"]


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def of_network(found: nx.Graph) -> Counts:
    return found.number_of_nodes(), found.number_of_edges()


def of_svg(content: bytes) -> Counts:
    root = ET.fromstring(content)
    lines = [line for line in root.iter(f"{SVG}line") if "e" in line.get("class", "").split()]
    return len([link for link in root.iter(f"{SVG}a") if "~" not in link.get("data-id", "")]), len(lines)


def of_html(content: bytes) -> Counts:
    page = parse(content)
    data = page.island("map-data")["map"]
    assert len(data["edges"]) == len(page.all("tr[id]")) == len(page.all("figure div.room svg line.e"))
    return len(data["nodes"]), len(data["edges"])


def of_csv(content: bytes) -> Counts:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return len({row[end] for row in rows for end in ("organization", "partner")}), len(rows)


def of_xlsx(content: bytes) -> Counts:
    rows = sheet_rows(content, 1)[1:]
    return len({row[column] for row in rows for column in (0, 2)}), len(rows)


def sheet_rows(content: bytes, number: int) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = ["".join(item.itertext()) for item in ET.fromstring(book.read("xl/sharedStrings.xml"))]
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        [strings[int(cell.findtext(f"{CELLS}v") or 0)] if cell.get("t") == "s" else "" for cell in row]
        for row in root.iter(f"{CELLS}row")
    ]


def of_jsonld(content: bytes) -> Counts:
    """Organizations, and pairs of these that a relationship of the file ties."""
    graph = Graph().parse(io.BytesIO(content), format="json-ld")
    parts = set(graph.objects(None, DCTERMS.hasPart))
    nodes = {part for part in parts if (part, RDF.type, K.Organization) in graph}
    ends = (nodes & set(graph.objects(part)) for part in parts - nodes)
    pairs = {frozenset(pair) for several in ends for pair in combinations(sorted(several, key=str), 2)}
    return len(nodes), len(pairs)


READ: Mapping[str, Callable[[bytes], Counts]] = {
    "svg": of_svg,
    "html": of_html,
    "csv": of_csv,
    "xlsx": of_xlsx,
    "graphml": lambda content: of_network(nx.read_graphml(io.BytesIO(content), force_multigraph=True)),
    "gexf": lambda content: of_network(nx.read_gexf(io.BytesIO(content))),
    "jsonld": of_jsonld,
}


@pytest.mark.parametrize("state", STATES)
def test_all_formats_count_alike(client: FlaskClient, state: str) -> None:
    seen = client.get(f"/map.json?{state}").json
    assert seen
    nodes, edges = len(seen["nodes"]), len(seen["edges"])
    found = {suffix: read(client.get(f"/map.{suffix}?{state}").data) for suffix, read in READ.items()}
    if not edges:  # a table of ties has no row for an organization without any
        assert found.pop("csv") == found.pop("xlsx") == (0, 0)
    assert found == dict.fromkeys(found, (nodes, edges))
    page = get_page(client, f"/map?view=table&lang=en&{state}")
    assert len(page.all('th[scope="row"]')) - len(page.all('[data-l="Partners in all"]')) == edges


def test_pdf_links_each_organization(client: FlaskClient, small: Built) -> None:
    page = PdfReader(io.BytesIO(client.get("/map.pdf?hops=2").data)).pages[0]
    links = {note.get_object()["/A"]["/URI"] for note in cast(ArrayObject, page["/Annots"])}
    seen = client.get("/map.json?hops=2").json
    assert seen
    assert links == {small.organization(node["id"]) for node in seen["nodes"]} | {
        f"{small.settings.base}/map?v=1&hops=2"
    }


class TestSheets:
    def test_pdf_is_a4_landscape_with_text_in_embedded_letters(self, client: FlaskClient) -> None:
        reader = PdfReader(io.BytesIO(client.get("/map.pdf?lang=cs").data))
        (page,) = reader.pages
        assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]
        resources = cast(DictionaryObject, page["/Resources"])
        fonts = [font.get_object() for font in cast(DictionaryObject, resources["/Font"]).values()]
        embedded = [font for font in fonts if "/FontFile2" in font.get("/FontDescriptor", {})]
        assert {re.sub(r"^/[A-Z+0-9]*\+", "", font["/BaseFont"]) for font in embedded} == {
            "NotoSans-Regular", "NotoSans-SemiBold", "NotoSans-Bold"
        }  # fmt: skip
        text = page.extract_text().replace("\u00a0", " ")
        for words in ("4 zahraniční partneři ve 2 zemích", "Grüntalverein e. V.", "společný projekt", "neověřeno"):
            assert words in text

    def test_the_languages_of_the_file_and_of_the_page_are_the_same(self, client: FlaskClient) -> None:
        for lang, title in (("cs", "Mapa vztahů Kraj Vzorov"), ("en", "Map of the ties of the Vzorov Region")):
            reader = PdfReader(io.BytesIO(client.get(f"/map.pdf?lang={lang}").data))
            assert str(cast(DictionaryObject, reader.trailer["/Root"])["/Lang"]) == lang
            assert reader.metadata and (reader.metadata.title or "").replace("\u00a0", " ") == title

    def test_png_shows_the_colours_of_the_picture(self, client: FlaskClient) -> None:
        with Image.open(io.BytesIO(client.get("/map.png").data)) as image:
            assert image.size[0] == 2246
            colours = image.convert("RGB").getcolors(1 << 20)
        assert colours
        found = {colour for _count, colour in colours}
        wanted = {name: tuple(bytes.fromhex(charts.colours()[name][1:])) for name in ("paper", "brand", "c1", "ink")}
        assert {name for name, colour in wanted.items() if colour in found} == set(wanted)

    def test_who_waits_too_long_is_told(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(made_files, "WAIT_S", 0.01)
        kept = client.get("/map.pdf?ground=agreement")
        with made_files._turn:
            refused = client.get("/map.pdf?ground=project")
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
            assert "Právě se vyrábějí jiné soubory" in refused.text and "Traceback" not in caplog.text
            assert client.get("/map.pdf?ground=agreement").data == kept.data
        assert client.get("/map.pdf?ground=project").status_code == 200

    @pytest.mark.parametrize(("kills", "status"), [(1, 200), (2, 503)])
    def test_png_is_drawn_though_its_process_is_killed_once(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kills: int, status: int
    ) -> None:
        dying = tmp_path / "png_process.py"
        dying.write_text(DYING.format(folder=str(tmp_path), kills=kills, process=str(picture_png.PROCESS)), "utf-8")
        monkeypatch.setattr(picture_png, "PROCESS", dying)
        answer = client.get(f"/map.png?on=200{kills}", headers={"Accept-Language": "cs"})
        assert answer.status_code == status
        assert len([*tmp_path.glob("killed-*")]) == kills
        if status == 200:
            assert answer.data.startswith(b"\x89PNG")
        else:
            assert answer.headers["Retry-After"] == "5"
            assert answer.text.startswith("Tohle se teď nepodařilo dokončit\n")

    @pytest.mark.parametrize("suffix", ["pdf", "png"])
    def test_is_drawn_once(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
        first = client.get(f"/map.{suffix}?ground=membership")
        monkeypatch.setattr(sheet, "_draw", None)
        again = client.get(f"/map.{suffix}?ground=membership&sel=unie-vzoru")  # what is chosen is not in the file
        assert first.data == again.data
        etag = first.headers["ETag"]
        assert client.get(f"/map.{suffix}?ground=membership", headers={"If-None-Match": etag}).status_code == 304


def everything_said(suffix: str, content: bytes) -> str:
    """All text of a file, also that which is packed."""
    if suffix == "pdf":
        reader = PdfReader(io.BytesIO(content))
        return f"{reader.pages[0].extract_text()} {reader.metadata}"
    if suffix == "png":
        with Image.open(io.BytesIO(content)) as image:
            return " ".join(str(text) for text in image.info.values())
    if suffix == "xlsx":
        return " ".join(text for row in sheet_rows(content, 2) for text in row)
    return content.decode()


@pytest.mark.parametrize("suffix", [*FORMATS, "csv-metadata.json", "json"])
def test_file_says_where_it_comes_from(client: FlaskClient, small: Built, suffix: str) -> None:
    response = client.get(f"/map.{suffix}?lang=en&on=2012-12-31")
    said = everything_said(suffix, response.data).replace("\u00a0", " ").replace("&amp;", "&")
    view = f"{small.settings.base}/map?lang=en&on=2012-12-31"
    if suffix == "csv":  # RFC 4180 has no room for it: a description beside the file, as CSVW has it
        said += str(response.headers.getlist("Link"))
        described = "/map.csv-metadata.json?lang=en&on=2012-12-31"
        assert f'<{described}>; rel="describedby"; type="application/csvm+json"' in said
        said += client.get(described).text
    assert small.edition.identifier in said
    assert LICENCE in said
    assert view in said.replace("\\u0026", "&")
    assert "2012-12-31" in said or "31 December 2012" in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_file_keeps_its_name_and_policy_when_it_comes_from_memory(client: FlaskClient, suffix: str) -> None:
    first, again = (client.get(f"/map.{suffix}?focus=lhota") for _ in range(2))
    for response in (first, again):
        assert response.headers["Content-Disposition"] == f'attachment; filename="krajina-map-lhota.{suffix}"'
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert f'<{LICENCE}>; rel="license"' in response.headers.getlist("Link")
    assert first.data == again.data


def test_gexf_has_the_time_of_each_relationship(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/map.gexf").data)
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    edge = next(edge for edge in graph.iter(f"{GEXF}edge") if (edge.get("source") or "").endswith("mustermark")
                and (edge.get("target") or "").endswith("vzorov"))  # fmt: skip
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{GEXF}spell")]
    assert spells == [("2003-05-07", None)]


def test_graphml_has_start_and_end_at_their_precision(client: FlaskClient, small: Built) -> None:
    found = nx.read_graphml(io.BytesIO(client.get("/map.graphml").data))
    union = small.organization("unie-vzoru")
    held = found.edges[union, small.organization("vzorov")]
    assert (held["since"], held["start"], held.get("until"), held.get("end")) == ("2005", "2005-01-01", None, None)
    ended = found.edges[small.organization("mustermark"), union]
    assert (ended["since"], ended["until"], ended["end"]) == ("2006", "2010-06-30", "2010-06-30")
    assert (ended["form"], ended["weight"]) == ("ended", 1)
    assert found.graph["title"] == "Mapa vztahů Kraj Vzorov"


def test_linked_data_are_those_of_the_graph(client: FlaskClient, small: Built) -> None:
    graph = Graph().parse(io.BytesIO(client.get("/map.jsonld?ground=membership").data), format="json-ld")
    view = URIRef(f"{small.settings.base}/map?v=1&ground=membership")
    membership = URIRef(small.iri("memberships", "mem-vzorov-unie"))
    assert (view, DCTERMS.hasPart, membership) in graph
    assert (membership, K.member, URIRef(small.organization("vzorov"))) in graph
    assert (view, DCTERMS.license, URIRef(LICENCE)) in graph
