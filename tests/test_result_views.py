"""Views of an answer: which are offered, what they show, what they leave out."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from graph.geography.frames import frame_around
from tests.conftest import Built
from tests.result_app import HOSTILE, page, result_client, text_of, texts, turtle_string

K = "PREFIX k: <https://w3id.org/krajina/ontology#>\n"
PAIRS = K + """SELECT ?one ?other { ?a a k:Agreement ; k:party ?one, ?other FILTER(STR(?one) < STR(?other)) }"""
PLACES = K + "SELECT DISTINCT ?o { ?o a k:Organization }"
SIGNED = K + """SELECT ?a ?signed { ?a a k:Agreement OPTIONAL { ?a k:signed ?signed } }"""
NUMBERS = "SELECT ?x ?n { VALUES (?x ?n) { ('b' 2) ('a' 10.5) ('none' UNDEF) } }"
GEO = "http://www.opengis.net/ont/geosparql#wktLiteral"


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return result_client(small, tmp_path_factory.mktemp("state"))


def tabs(html: str) -> list[str]:
    found = re.search(r'<nav class="tabs[^>]*>(.*?)</nav>', html)
    return re.findall(r"<a [^>]*>(.*?)</a>", found[1]) if found else []


def picture(html: str, css_class: str = "wide") -> ET.Element:
    found = re.search(rf'<svg [^>]*class="{css_class}".*?</svg>', html, re.DOTALL)
    assert found
    return ET.fromstring(found[0])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PAIRS, ["Tabulka", "Síť", "Zeměpis"]),
        (PLACES, ["Tabulka", "Zeměpis"]),
        (SIGNED, ["Tabulka", "Časová osa"]),
        (NUMBERS, ["Tabulka", "Sloupce"]),
        ("SELECT ('a' AS ?x) {}", []),
        ("SELECT ('a' AS ?x) (-1 AS ?n) {}", []),
        ("SELECT ('2003' AS ?x) ('y' AS ?z) {}", []),
        ("SELECT (1 AS ?lat) (2 AS ?long) {}", ["Tabulka", "Zeměpis"]),
        (f"SELECT ('POINT(14.1 50.6)'^^<{GEO}> AS ?x) {{}}", ["Tabulka", "Zeměpis"]),
        (f"SELECT ('POINT(14.1 95)'^^<{GEO}> AS ?x) {{}}", []),
        (f"SELECT ('<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(50 14)'^^<{GEO}> AS ?x) {{}}", []),
        ("ASK {}", []),
    ],
)
def test_only_what_fits_is_offered(client: FlaskClient, query: str, expected: list[str]) -> None:
    assert tabs(page(client, query)) == expected


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("network", "Síť potřebuje dva sloupce organizací."),
        ("map", "Mapa potřebuje sloupec organizací"),
        ("timeline", "Časová osa potřebuje sloupec dat"),
        ("bars", "Graf potřebuje sloupec čísel"),
    ],
)
def test_view_that_does_not_fit_says_what_it_needs(client: FlaskClient, view: str, words: str) -> None:
    html = page(client, "SELECT ('a' AS ?x) {}", view=view)
    assert words in text_of(html)
    assert texts(html) == [["a"]]


def test_unknown_view_is_the_table(client: FlaskClient) -> None:
    assert texts(page(client, "SELECT ('a' AS ?x) {}", view="pie")) == [["a"]]


class TestNetwork:
    def test_nodes_and_lines_are_those_of_the_rows(self, small: Built, client: FlaskClient) -> None:
        svg = picture(page(client, PAIRS, view="network"))
        links = {link.get("href") for link in svg.iter("a")}
        pairs = small.store.select(PAIRS)
        names = {value.rpartition("/")[2] for row in pairs for value in row.values()}
        assert links == {f"/page/organizations/{name}" for name in names}
        lines = [line for line in svg.iter("line") if line.get("class", "").startswith("e ")]
        assert len(lines) == len({tuple(row.values()) for row in pairs})

    def test_line_tells_its_rows(self, client: FlaskClient) -> None:
        titles = [title.text for title in picture(page(client, PAIRS, view="network")).iter("title")]
        assert "Mustermark – Kraj Vzorov: 2 řádky" in titles

    def test_small_groups_stand_in_two_columns(self, small: Built, client: FlaskClient) -> None:
        names = ["lhota", "musterdorf", "komora-vzorov", "gruentalverein", "vzorov", "mustermark"]
        rows = " ".join(
            f"(<{small.organization(one)}> <{small.organization(other)}>)"
            for one, other in zip(names[::2], names[1::2], strict=True)
        )
        svg = picture(page(client, f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}", view="network"))
        lines = [line for line in svg.iter("line") if line.get("class", "").startswith("e ")]
        assert len(lines) == 3
        assert all(line.get("y1") == line.get("y2") for line in lines)
        assert not [circle for circle in svg.iter("circle") if circle.get("class") == "home"]

    def test_both_widths(self, client: FlaskClient) -> None:
        html = page(client, PAIRS, view="network")
        assert picture(html, "slim").get("viewBox", "").startswith("0 0 360 ")


class TestMap:
    def test_places_and_those_without(self, client: FlaskClient) -> None:
        html = page(client, PLACES, view="map")
        points = [circle for circle in picture(html).iter("circle") if circle.get("class") == "n1"]
        assert len(points) == 7
        assert "11 řádků na 7 místech. 1 řádek nemá polohu." in text_of(html)

    def test_point_in_wkt_is_longitude_first(self, client: FlaskClient) -> None:
        query = f"""SELECT ?x ?p {{ VALUES (?x ?p) {{
            ('west' 'POINT(10 50)'^^<{GEO}>) ('east' 'POINT(20 50)'^^<{GEO}>) ('north' 'POINT(15 52)'^^<{GEO}>) }} }}"""
        svg = picture(page(client, query, view="map"))
        at = {
            group.findtext("title"): next(c for c in group.iter("circle") if c.get("class") == "n1")
            for group in svg.iter("g")
        }
        west, east, north = (at[f"{name} (1 řádek)"] for name in ("west", "east", "north"))
        assert float(west.get("cx", "")) < float(north.get("cx", "")) < float(east.get("cx", ""))
        assert float(north.get("cy", "")) < float(west.get("cy", "")) == float(east.get("cy", ""))

    def test_columns_of_degrees(self, client: FlaskClient) -> None:
        query = "SELECT ?x ?lat ?lon { VALUES (?x ?lat ?lon) { ('a' 50 14) ('b' 50 14) ('c' 91 14) ('d' UNDEF 1) } }"
        html = page(client, query, view="map")
        assert "2 řádky na 1 místě. 2 řádky nemají polohu." in text_of(html)

    def test_frame_keeps_its_proportions(self) -> None:
        frame = frame_around([(10.0, 50.0), (20.0, 52.0)], 960, 540)
        west, south, east, north = frame.extent
        assert (east - west) * frame.squeeze / (north - south) == pytest.approx(960 / 540, rel=1e-3)
        assert frame.place(15.0, 51.0) == pytest.approx((480, 270), abs=0.5)
        assert west < 10 < 20 < east

    def test_frame_of_one_place_is_not_empty(self) -> None:
        west, south, east, north = frame_around([(14.0, 50.0)], 360, 360).extent
        assert north - south == pytest.approx(3)
        assert east - west > 3


class TestTimeline:
    def test_newest_first_and_unknown_last(self, client: FlaskClient) -> None:
        html = page(client, SIGNED, view="timeline")
        assert re.findall(r'<span class="when">(.*?)</span>', html) == [
            "28. 2. 2010", "1. 3. 2008", "7. 5. 2003", "červen 2001", "1999", "datum neznámé", "datum neznámé",
        ]  # fmt: skip
        assert "Společné prohlášení (2003)" in text_of(html)


class TestBars:
    def test_numbers_in_the_order_of_the_rows(self, client: FlaskClient) -> None:
        html = page(client, NUMBERS, view="bars")
        bars = re.search(r'<div class="bars">(.*?)</div>', html, re.DOTALL)
        assert bars
        assert text_of(bars[1]) == "b 2 a 10,5"
        assert re.findall(r'width="([\d.]+)"', bars[1]) == ["19.05", "100.00"]
        assert "1 řádek není nakreslen." in text_of(html)


@pytest.mark.parametrize("view", ["map", "timeline", "bars"])
def test_hostile_text_stays_text(client: FlaskClient, view: str) -> None:
    text = turtle_string(HOSTILE)
    query = f"SELECT * {{ VALUES (?x ?day ?lat ?long ?n) {{ ({text} '2003-05' 50 14 1) }} }}"
    html = page(client, query, view=view)
    assert tabs(html) == ["Tabulka", "Zeměpis", "Časová osa", "Sloupce"]
    assert "<img" not in html
    assert HOSTILE in text_of(html)


def test_hostile_name_in_the_network(small: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.query.result_network.short_name", lambda *_: HOSTILE)
    html = page(result_client(small, tmp_path), PAIRS, view="network")
    assert "<img" not in html
    assert "".join(picture(html).itertext()).count("onerror") >= 2


def test_control_characters_leave_the_picture_well_formed(client: FlaskClient) -> None:
    html = page(client, r"SELECT ('a\u0001b' AS ?x) (50 AS ?lat) (14 AS ?long) {}", view="map")
    assert picture(html).findtext("g/title") == "ab (1 řádek)"
