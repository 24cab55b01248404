"""Finding an organization on the map, the list beside the picture, and the whole network as data."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import read_library
from tests.apps import client_of, get_page
from tests.conftest import Built


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def names(client: FlaskClient, text: str, lang: str = "cs") -> list[tuple[str, str]]:
    found = client.get("/map/names.json", query_string={"q": text, "lang": lang}).json
    assert found
    return [(name["key"], name["name"]) for name in found["names"]]


def test_names_are_found_without_diacritics_and_in_any_language(client: FlaskClient) -> None:
    assert names(client, "MUSTERDORF") == [("musterdorf", "Musterdorf")]
    assert [key for key, _ in names(client, "UNIE VZORU")] == ["unie-vzoru"]
    assert names(client, "qqqq") == names(client, "–") == []


def test_only_the_network_is_offered(client: FlaskClient, small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    in_network = {iri.rpartition("/")[2] for iri in build_network(small.store, library)}
    assert {key for letter in "aeiou" for key, _ in names(client, letter)} <= in_network
    assert len(in_network) < len(library.organizations)


def test_form_without_script_leads_to_the_one_that_fits(client: FlaskClient) -> None:
    response = client.get("/map/find?find=musterdorf&hops=2&lang=en")
    assert response.status_code == 303
    assert re.search(r"/map\?lang=en&(v=1&)?focus=musterdorf&hops=2$", response.location)
    assert "focus" not in client.get("/map/find?find=Kraj+Vzorov").location


def test_form_without_script_lets_choose_among_several(client: FlaskClient) -> None:
    page = get_page(client, "/map/find?find=muster&lang=en&hops=3")
    links = [parse_qs(urlsplit(address).query) for address in page.values("ul.list > li > a", "href")]
    assert all(query["hops"] == ["3"] for query in links)
    assert [query["focus"] for query in links] == [[key] for key, _ in names(client, "muster")]
    assert f"{len(links)} organizations of the network have “muster” in their names." in page.text


def test_form_without_script_says_when_nothing_fits(client: FlaskClient) -> None:
    page = client.get("/map/find?find=<b>qqqq</b>&lang=en").text
    assert "No organization of the network has “&lt;b&gt;qqqq&lt;/b&gt;” in its name." in page.replace("\u00a0", " ")
    assert "<b>qqqq" not in page


def test_list_has_the_nodes_of_the_picture(client: FlaskClient) -> None:
    listed = get_page(client, "/map?lang=en&sel=mustermark").all("a[data-node][data-folded]")
    drawn = {node["id"] for node in client.get("/map.json?lang=en").json["nodes"]}  # type: ignore[index]
    assert {link["data-node"] for link in listed} == drawn
    assert listed[0]["data-node"] == "vzorov"
    assert [link["data-node"] for link in listed if link.get("aria-current") == "true"] == ["mustermark"]


def test_list_counts_relationships(client: FlaskClient) -> None:
    row = get_page(client, "/map?lang=en").only('a[data-node="musterdorf"]')
    assert row.text == "Musterdorf Germany 1 relationship"


def test_whole_network_has_what_its_view_shows(client: FlaskClient) -> None:
    for query in ("", "&ground=agreement", "&group=c1&group=c0"):
        whole = client.get(f"/map/whole.json?view=whole&lang=en{query}").json
        assert whole
        nodes = {node["id"]: node for node in whole["nodes"]}
        assert {edge[end] for edge in whole["edges"] for end in ("from", "to")} <= nodes.keys()
        assert f"{len(nodes)} organizations, {len(whole['edges'])} ties" in " ".join(whole["caption"].split())
        assert nodes["vzorov"]["group"] == "home" and nodes["mustermark"]["figure"] == "square"
        assert len({(node["x"], node["y"]) for node in nodes.values()}) == len(nodes)


def test_places_of_the_whole_network_do_not_depend_on_the_view(client: FlaskClient) -> None:
    wide, narrow = (
        {node["id"]: (node["x"], node["y"]) for node in client.get(f"/map/whole.json?view=whole{query}").json["nodes"]}  # type: ignore[index]
        for query in ("", "&ground=agreement")
    )
    assert len(narrow) < len(wide)
    assert narrow.items() <= wide.items()
