"""The same organizations and ties in every form and file of the map, for states of all sorts."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from flask.testing import FlaskClient

from tests.apps import client_of, get_page
from tests.conftest import Built

STATES = [
    "",
    "hops=2",
    "hops=3&group=c0&group=c1&group=c2",
    "ground=event&group=c0",
    "focus=lhota",
    "country=DE",
    "topic=economy",
    "programme=prg-vzor",
    "proof=older",
    "cited=1",
    "since=2005&until=2012",
    "since=1990&until=1995",
    "undated=0",
    "on=2009&versus=2002",
    "versus=2009-06-30",
    "also=lhota",
    "also=unie-vzoru.membership&also=mustermark",
    "view=whole",
    "view=whole&country=DE&topic=culture",
    "st=ended",
    "focus=odbor-vztahu",
    "focus=zastupitelstvo-vzorov",
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def ends(first: str, last: str) -> str:
    return "~".join(sorted((first.rpartition("/")[2], last.rpartition("/")[2])))


@pytest.mark.parametrize("query", STATES)
def test_files_and_page_data_hold_the_same(client: FlaskClient, query: str) -> None:
    data = client.get(f"/map.json?{query}").json or {}
    nodes, edges = {node["id"] for node in data["nodes"]}, sorted(edge["id"] for edge in data["edges"])
    rows = csv.DictReader(io.StringIO(client.get(f"/map.csv?{query}").data.decode("utf-8-sig")))
    assert sorted(ends(row["organization"], row["partner"]) for row in rows) == edges
    for suffix, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        found = read(io.BytesIO(client.get(f"/map.{suffix}?{query}").data))
        assert {iri.rpartition("/")[2] for iri in found} == nodes
        assert sorted(ends(*edge) for edge in found.edges()) == edges


@pytest.mark.parametrize("query", STATES)
def test_picture_and_table_hold_the_same(client: FlaskClient, query: str) -> None:
    data = client.get(f"/map.json?{query}").json or {}
    root = ET.fromstring(client.get(f"/map.svg?{query}").data)
    figures = [part for part in root.iter() if re.fullmatch(r"n\d|home", part.get("class", ""))]
    lines = [part for part in root.iter(f"{SVG}line") if part.get("class", "").split()[0] == "e"]
    assert (len(figures), len(lines)) == (len(data["nodes"]), len(data["edges"]))
    if "view=" not in query:
        page = get_page(client, f"/map?{query}&view=table&lang=en")
        organizations = len(page.all('[data-l="Partners in all"]'))
        assert organizations == (len(data["nodes"]) if data["edges"] else 0)
        assert len(page.all('th[scope="row"]')) - organizations == len(data["edges"])


@pytest.mark.parametrize("query", STATES)
@pytest.mark.parametrize("lang", ["cs", "en"])
def test_every_state_has_a_page_without_script(client: FlaskClient, query: str, lang: str) -> None:
    page = get_page(client, f"/map?{query}&lang={lang}")
    data = client.get(f"/map.json?{query}").json or {}
    assert len(page.first("svg.wide").all("line.e")) == len(data["edges"])
    shown = re.search(r"(?:Shown|Zobrazeno): (\d+) \w+, (\d+) ", page.text)
    assert shown and [int(count) for count in shown.groups()] == [len(data["nodes"]), len(data["edges"])]


def test_drawing_says_what_each_tie_is(client: FlaskClient) -> None:
    found = nx.read_graphml(io.BytesIO(client.get("/map.graphml?versus=2007").data))
    edge = next(data for start, end, data in found.edges(data=True) if ends(start, end) == "mustermark~vzorov")
    assert (edge["label"], edge["weight"], edge["form"], edge["change"]) == (
        "Agreement; Project", 3, "open", "changed",
    )  # fmt: skip
    assert edge["start"] == "2003-05-07" and "end" not in edge


def test_spells_that_overlap_are_one(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/map.gexf").data)
    spells = [
        [(spell.get("start"), spell.get("end")) for spell in edge.iter() if spell.tag.endswith("spell")]
        for edge in root.iter()
        if edge.tag.endswith("}edge")
    ]
    assert [("2003-05-07", None)] in spells
