"""Spreadsheets of an answer: typed cells, no formulas, and where it comes from."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from graph.sheets.cells import harmless
from tests.apps import client_of
from tests.conftest import Built
from tests.results import turtle_string
from webapp.query import result_files
from webapp.words.sheets import XLSX_TYPE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1"]


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(small, state=tmp_path_factory.mktemp("state"))


def download(client: FlaskClient, query: str, form: str, **arguments: str) -> bytes:
    response = client.get("/sparql", query_string={"query": query, "format": form, "lang": "en", **arguments})
    assert response.status_code == 200, response.text
    return bytes(response.data)


def sheet(book: bytes, number: int) -> list[dict[str, tuple[str, str]]]:
    """Read rows of a sheet as cell reference -> (type, text); type n number, s text, b boolean, f formula."""
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        shared = ["".join(item.itertext()) for item in ET.fromstring(files.read("xl/sharedStrings.xml"))]
        root = ET.fromstring(files.read(f"xl/worksheets/sheet{number}.xml"))
    return [{cell.get("r", ""): _cell(cell, shared) for cell in row} for row in root.iter(f"{MAIN}row")]


def _cell(cell: ET.Element, shared: list[str]) -> tuple[str, str]:
    kind, text = cell.get("t", "n"), cell.findtext(f"{MAIN}v", "")
    if cell.find(f"{MAIN}f") is not None:
        return "f", text
    return kind, shared[int(text)] if kind == "s" else text


def rows(text: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


class TestXlsx:
    def test_cells_are_typed(self, client: FlaskClient) -> None:
        query = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT (12.5 AS ?number) (true AS ?bool) ("2003-05-07"^^xsd:date AS ?day) ("2003"^^xsd:gYear AS ?year)
               ("007" AS ?text) (1234567890123456789 AS ?long) ?unbound {}"""
        heading, row = sheet(download(client, query, "xlsx"), 1)
        assert [text for _, text in heading.values()] == ["number", "bool", "day", "year", "text", "long", "unbound"]
        assert row == {
            "A2": ("n", "12.5"), "B2": ("b", "1"), "C2": ("n", "37748"), "D2": ("s", "2003"), "E2": ("s", "007"),
            "F2": ("s", "1234567890123456789"),
        }  # fmt: skip

    @pytest.mark.parametrize("text", [*FORMULAS, "https://example.org", "{=1}", "mailto:a@b", "<b>&x", "=" * 40_000])
    def test_text_stays_text(self, client: FlaskClient, text: str) -> None:
        book = download(client, f"SELECT ({turtle_string(text)} AS ?x) {{}}", "xlsx")
        kind, found = sheet(book, 1)[1]["A2"]
        assert kind == "s"
        assert found.replace("_x000D_", "\r").replace("_x0009_", "\t") == text[:32_767]
        assert b"<hyperlink" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")

    def test_names_stand_beside_identifiers(self, small: Built, client: FlaskClient) -> None:
        iri = small.organization("lhota")
        heading, row = sheet(download(client, f"SELECT (<{iri}> AS ?o) ('x' AS ?y) {{}}", "xlsx"), 1)
        assert [text for _, text in heading.values()] == ["o", "o (name)", "y"]
        assert [text for _, text in row.values()] == [iri, "Žluťoučká Lhota", "x"]

    def test_second_sheet_tells_where_it_comes_from(self, small: Built, client: FlaskClient) -> None:
        query = "SELECT ?on { VALUES ?on { UNDEF } }"
        told: dict[str, str] = {}
        for row in sheet(download(client, query, "xlsx", on="2012"), 2):
            name, value = (text for _, text in row.values())
            told[name] = value
        assert told["Edition"] == small.edition.identifier
        assert told["Rows"] == "1 row"
        assert told["Query"] == query.replace("UNDEF", '"2012-12-31"^^<http://www.w3.org/2001/XMLSchema#date>')
        assert told["Endpoint"] == f"{small.settings.base}/sparql"
        assert told["Day"].replace("\N{NO-BREAK SPACE}", " ").startswith("Answered as of 31 December 2012")
        assert {"Date of the data", "Asked", "Time"} <= told.keys()

    def test_headers(self, small: Built, client: FlaskClient) -> None:
        response = client.get("/sparql", query_string={"query": "SELECT (1 AS ?x) {}", "format": "xlsx", "on": "2012"})
        assert response.content_type == XLSX_TYPE
        name = f"krajina-{small.edition.identifier[:8]}-2012-12-31.xlsx"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'

    def test_first_rows_of_more_are_told(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(result_files, "MAX_ROWS", 2)
        book = download(client, "SELECT ?x { VALUES ?x { 1 2 3 } }", "xlsx")
        assert len(sheet(book, 1)) == 3
        assert sheet(book, 2)[4]["B5"] == ("s", "2 rows; there are more, which are left out here")

    def test_boolean(self, client: FlaskClient) -> None:
        assert sheet(download(client, "ASK {}", "xlsx"), 1)[1] == {"A2": ("b", "1")}


class TestCsvForExcel:
    def test_byte_order_mark_and_czech(self, client: FlaskClient) -> None:
        text = download(client, "SELECT ('žluť, \"x\"' AS ?x) (1.5 AS ?y) {}", "csv-excel")
        assert text.startswith(b"\xef\xbb\xbf")
        assert rows(text) == [["x", "y"], ['žluť, "x"', "1.5"]]

    @pytest.mark.parametrize("text", FORMULAS)
    def test_formula_is_defused(self, client: FlaskClient, text: str) -> None:
        found = rows(download(client, f"SELECT ({turtle_string(text)} AS ?x) {{}}", "csv-excel"))
        assert found[1] == [f"'{text}"]

    def test_standard_csv_is_left_as_the_standard_has_it(self, client: FlaskClient) -> None:
        assert download(client, "SELECT ('=1+1' AS ?x) {}", "csv") == b"x\r\n=1+1\r\n"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("-5", "-5"), ("+5.5e3", "+5.5e3"), ("-5 ", "'-5 "), ("-", "'-"), ("--5", "'--5"), ("a=1", "a=1"), ("", "")],
    )
    def test_plain_numbers_stay(self, text: str, expected: str) -> None:
        assert harmless(text) == expected


class TestRefusal:
    def test_a_graph_is_no_table(self, client: FlaskClient) -> None:
        """The wish fits no answer of this kind and leaves the choice to Accept."""
        response = client.get("/sparql", query_string={"query": "CONSTRUCT WHERE { ?s ?p ?o }", "format": "xlsx"})
        assert (response.status_code, response.mimetype) == (200, "text/turtle")

    def test_fault_in_the_query(self, client: FlaskClient) -> None:
        assert client.get("/sparql", query_string={"query": "SELECT", "format": "xlsx"}).status_code == 400

    def test_no_turn(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(result_files, "WAIT_S", 0.01)
        with result_files._turn(), result_files._turn():
            response = client.get("/sparql", query_string={"query": "SELECT (1 AS ?x) {}", "format": "xlsx"})
        assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
        assert download(client, "SELECT (1 AS ?x) {}", "xlsx").startswith(b"PK")
