"""The SVG: every node and line of the drawing, links, nothing that markup in a name could break."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from graph.pictures.drawing import read_back
from graph.pictures.picture import PictureWords, svg
from graph.pictures.picture_file import read_colours, svg_file
from tests.test_drawing import drawn

HOSTILE = '<script>alert(1)</script>"&\x07'
WORDS = PictureWords("6 partners & <more>", {"land": HOSTILE}, lambda key: f"/map?sel={key}&x=<1>")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def data() -> dict[str, Any]:
    return read_back(drawn()[1])


def parsed(data: dict[str, Any], words: PictureWords = WORDS) -> ET.Element:
    return ET.fromstring(svg(data, words))


def test_each_node_and_each_line_is_a_link(data: dict[str, Any]) -> None:
    links = {link.get("data-id"): link for link in parsed(data).iter("a")}
    lines = {edge["id"] for edge in data["edges"]}
    assert links.keys() == {node["id"] for node in data["nodes"]} | lines
    assert all(link.find("title") is not None for link in links.values())
    assert links["home~land"].get("href") == "/map?sel=home~land&x=<1>"
    assert [line.get("class") for line in links["home~land"].iter("line")] == ["e held", "hit-line"]


def test_lines_and_shapes_by_class(data: dict[str, Any]) -> None:
    root = parsed(data)
    classes = [line.get("class") for line in root.iter("line") if line.get("class") != "hit-line"]
    assert sorted(classes, key=str) == ["e alter held", "e ended", "e held", "e held", "e held", "e open"]
    assert classes[0] == "e alter held"  # behind the others
    assert len(root.findall(".//rect[@class='n1']")) == 1
    assert [path.get("class") for path in root.iter("path")] == ["n2", "n3", "n4"]
    assert [text.get("class") for text in root.iter("text")].count("lb key") == 1


def test_it_says_what_it_shows(data: dict[str, Any]) -> None:
    root = parsed(data)
    assert (root.get("role"), root.get("aria-label")) == ("group", "6 partners & <more>")
    assert root.get("viewBox") == f"0 0 716 {data['height']:g}"


def test_markup_and_control_characters_stay_text(data: dict[str, Any]) -> None:
    data["nodes"][0]["lines"] = [HOSTILE]
    text = svg(data, WORDS)
    assert "<script" not in text and "\x07" not in text
    titles = [title.text for title in ET.fromstring(text).iter("title")]
    assert '<script>alert(1)</script>"&' in titles


def test_chosen_tie_is_marked_with_its_end(data: dict[str, Any]) -> None:
    root = parsed(data, replace(WORDS, selected=frozenset({"land", "home~land"})))
    assert len(root.findall(".//line[@class='halo']")) == 1
    assert len(root.findall(".//line[@class='e held sel']")) == 1
    assert len(root.findall(".//a[@data-id='land']/circle[@class='pick']")) == 1


def test_no_style_and_no_script(data: dict[str, Any]) -> None:
    assert not any("style" in element.attrib or element.tag in ("style", "script") for element in parsed(data).iter())


def test_file_stands_alone(data: dict[str, Any]) -> None:
    colours = {"edge": "#6f7a84", "c1": "#0072b2", "node-line": "#1b2025", "ink": "#1b2025", "paper": "#ffffff"}
    content = svg_file(data, WORDS, colours, "Edition 1, CC BY 4.0")
    root = ET.fromstring(content)
    assert content.startswith(b"<?xml")
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (
        "6 partners & <more>",
        "Edition 1, CC BY 4.0",
    )
    land = root.find(f".//{SVG}rect[@class='n1']")
    assert land is not None and (land.get("fill"), land.get("stroke")) == ("#0072b2", "#1b2025")
    assert root.find(f".//{SVG}line[@class='e ended']").get("stroke-dasharray") == "7 5"  # type: ignore[union-attr]
    assert not any(element.get("class", "").startswith("hit") for element in root.iter())
    assert content == svg_file(data, WORDS, colours, "Edition 1, CC BY 4.0")


def test_colours_come_from_the_first_root_rule() -> None:
    sheet = "/* x */ :root { --ink: #1b2025; --s1: .25rem; --c1: #0072b2; }\n@media (x) { :root { --ink: #fff; } }"
    assert read_colours(sheet) == {"ink": "#1b2025", "c1": "#0072b2"}
    assert read_colours("body {}") == {}
