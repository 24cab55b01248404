"""Views of an answer: which are offered, what they show, what they leave out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from graph.geography.frames import frame_around
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.markup import Element, parse
from tests.results import HOSTILE, answer_markup, answer_page, turtle_string

K = "PREFIX k: <https://w3id.org/krajina/ontology#>\n"
PAIRS = K + """SELECT ?one ?other { ?a a k:Agreement ; k:party ?one, ?other FILTER(STR(?one) < STR(?other)) }"""
PLACES = K + "SELECT DISTINCT ?o { ?o a k:Organization }"
SIGNED = K + """SELECT ?a ?signed { ?a a k:Agreement OPTIONAL { ?a k:signed ?signed } }"""
NUMBERS = "SELECT ?x ?n { VALUES (?x ?n) { ('b' 2) ('a' 10.5) ('none' UNDEF) } }"
GEO = "http://www.opengis.net/ont/geosparql#wktLiteral"


@pytest.fixture(scope="module")
def client(small: Built, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(small, state=tmp_path_factory.mktemp("state"))


def tabs(page: Element) -> list[str]:
    return page.texts("nav.tabs a")


def picture(page: Element, css_class: str = "wide") -> Element:
    return page.first(f"svg.{css_class}")


def ties(svg: Element) -> list[Element]:
    """Lines of a network."""
    return [line for line in svg.all("line") if "e" in line["class"].split()]


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
    assert tabs(answer_page(client, query)) == expected


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
    page = answer_page(client, "SELECT ('a' AS ?x) {}", view=view)
    assert words in page.text
    assert page.table() == [["a"]]


def test_unknown_view_is_the_table(client: FlaskClient) -> None:
    assert answer_page(client, "SELECT ('a' AS ?x) {}", view="pie").table() == [["a"]]


class TestNetwork:
    def test_nodes_and_lines_are_those_of_the_rows(self, small: Built, client: FlaskClient) -> None:
        svg = picture(answer_page(client, PAIRS, view="network"))
        links = set(svg.values("a", "href"))
        pairs = small.store.select(PAIRS)
        names = {value.rpartition("/")[2] for row in pairs for value in row.values()}
        assert links == {f"/page/organizations/{name}" for name in names}
        assert len(ties(svg)) == len({tuple(row.values()) for row in pairs})

    def test_line_tells_its_rows(self, client: FlaskClient) -> None:
        titles = picture(answer_page(client, PAIRS, view="network")).texts("title")
        assert "Mustermark – Kraj Vzorov: 2 řádky" in titles

    def test_small_groups_stand_in_two_columns(self, small: Built, client: FlaskClient) -> None:
        names = ["lhota", "musterdorf", "komora-vzorov", "gruentalverein", "vzorov", "mustermark"]
        rows = " ".join(
            f"(<{small.organization(one)}> <{small.organization(other)}>)"
            for one, other in zip(names[::2], names[1::2], strict=True)
        )
        svg = picture(answer_page(client, f"SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}", view="network"))
        lines = ties(svg)
        assert len(lines) == 3
        assert all(line.get("y1") == line.get("y2") for line in lines)
        assert not svg.has("circle.home")

    def test_both_widths(self, client: FlaskClient) -> None:
        page = answer_page(client, PAIRS, view="network")
        assert picture(page, "slim")["viewBox"].startswith("0 0 360 ")


class TestMap:
    def test_places_and_those_without(self, client: FlaskClient) -> None:
        page = answer_page(client, PLACES, view="map")
        assert len(picture(page).all("circle.n1")) == 7
        assert "11 řádků na 7 místech. 1 řádek nemá polohu." in page.text

    def test_point_in_wkt_is_longitude_first(self, client: FlaskClient) -> None:
        query = f"""SELECT ?x ?p {{ VALUES (?x ?p) {{
            ('west' 'POINT(10 50)'^^<{GEO}>) ('east' 'POINT(20 50)'^^<{GEO}>) ('north' 'POINT(15 52)'^^<{GEO}>) }} }}"""
        svg = picture(answer_page(client, query, view="map"))
        at = {group.first("title").text: group.first("circle.n1") for group in svg.all("g") if group.has("title")}
        west, east, north = (at[f"{name} (1 řádek)"] for name in ("west", "east", "north"))
        assert float(west["cx"]) < float(north["cx"]) < float(east["cx"])
        assert float(north["cy"]) < float(west["cy"]) == float(east["cy"])

    def test_columns_of_degrees(self, client: FlaskClient) -> None:
        query = "SELECT ?x ?lat ?lon { VALUES (?x ?lat ?lon) { ('a' 50 14) ('b' 50 14) ('c' 91 14) ('d' UNDEF 1) } }"
        page = answer_page(client, query, view="map")
        assert "2 řádky na 1 místě. 2 řádky nemají polohu." in page.text

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
        page = answer_page(client, SIGNED, view="timeline")
        assert page.texts("span.when") == [
            "28. 2. 2010", "1. 3. 2008", "7. 5. 2003", "červen 2001", "1999", "datum neznámé", "datum neznámé",
        ]  # fmt: skip
        assert "Společné prohlášení (2003)" in page.text


class TestBars:
    def test_numbers_in_the_order_of_the_rows(self, client: FlaskClient) -> None:
        page = answer_page(client, NUMBERS, view="bars")
        bars = page.only("div.bars")
        assert bars.text == "b 2 a 10,5"
        assert bars.values("rect", "width") == ["19.05", "100.00"]
        assert "1 řádek není nakreslen." in page.text


@pytest.mark.parametrize("view", ["map", "timeline", "bars"])
def test_hostile_text_stays_text(client: FlaskClient, view: str) -> None:
    text = turtle_string(HOSTILE)
    query = f"SELECT * {{ VALUES (?x ?day ?lat ?long ?n) {{ ({text} '2003-05' 50 14 1) }} }}"
    markup = answer_markup(client, query, view=view)
    page = parse(markup)
    assert tabs(page) == ["Tabulka", "Zeměpis", "Časová osa", "Sloupce"]
    assert "<img" not in markup
    assert HOSTILE in page.text


def test_hostile_name_in_the_network(small: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.query.result_network.short_name", lambda *_: HOSTILE)
    markup = answer_markup(client_of(small, state=tmp_path), PAIRS, view="network")
    assert "<img" not in markup
    assert picture(parse(markup)).content.count("onerror") >= 2


def test_control_characters_leave_the_picture_well_formed(client: FlaskClient) -> None:
    markup = answer_markup(client, r"SELECT ('a\u0001b' AS ?x) (50 AS ?lat) (14 AS ?long) {}", view="map")
    # Read as XML, which is stricter than what browsers do with it in a page.
    start = markup.rindex("<svg ", 0, markup.index("ab (1\N{NO-BREAK SPACE}řádek)"))
    svg = ET.fromstring(markup[start : markup.index("</svg>", start) + len("</svg>")])
    assert svg.findtext("g/title") == "ab (1\N{NO-BREAK SPACE}řádek)"


def test_query_that_was_asked_stands_in_the_field(client: FlaskClient) -> None:
    for day in ("", "&on=2012-12-31"):
        assert get_page(client, f"/sparql?query=ASK%20%7B%7D{day}").only("#query").text == "ASK {}"
