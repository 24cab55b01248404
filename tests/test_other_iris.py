"""Every IRI under the base answers as it stands, whatever characters it is of; so do IRIs that blank nodes name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from graph.editions.edition import Edition
from graph.iris import Iris
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from tests.apps import client_of, get_page
from tests.conftest import Built

BASE = "http://example.org/base"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PATHS = [
    "resource/item/a+b", "resource/item/a%2Fb", "resource/item/a%20b", "resource/item/a:b(c)'d", "resource/item/řeka",
    "resource/item/%C5%99eka2", "resource/item/x?y=1", "resource/item/x#frag", "resource/item/doc.v1.ttl",
    "resource/item/100%25", "resource/item/a//b", "resource/item/e/", "resource/item/a;b=c",
    "resource/item/a~b!$&*,=@", "resource/solo", "other/solo", "other/ůl@1,2/", "resource/item/plain",
]  # fmt: skip
DATA = "".join(f'<{BASE}/{path}> <{LABEL}> "label {number}" .\n' for number, path in enumerate(PATHS))
BLANK = f"""
<{BASE}/resource/item/set> <urn:p:distribution> _:one .
_:one <urn:p:access> <http://elsewhere.example/f.csv> .
_:one <urn:p:checksum> _:two .
_:two <urn:p:value> "abc" .
_:three <urn:p:access> <http://elsewhere.example/g.csv> .
"""


@pytest.fixture(scope="module")
def client(small: Built) -> Iterator[FlaskClient]:
    with MemoryStore() as store:
        store.load((DATA + BLANK).encode())
        edition = Edition("foreign", "", len(PATHS), {}, 0, Path())
        yield client_of(Built(Settings(base=BASE, home=""), edition, store), has_tables=False)


def steps(client: FlaskClient, address: str, accept: str) -> tuple[int, str, str]:
    """Follow redirects; give status, media type and text."""
    for _step in range(5):
        answer = client.get(address, headers={"Accept": accept})
        if answer.status_code not in (301, 303):
            break
        address = answer.headers["Location"].removeprefix(BASE)
    return answer.status_code, answer.mimetype or "", answer.text


def requested(path: str, *, encoded: bool) -> str:
    """Write the address as a client sends it: without a fragment, letters beyond ASCII encoded."""
    whole = "/" + path.partition("#")[0]
    return quote(whole, safe="/%:?#[]@!$&'()*+,;=~") if encoded else whole


@pytest.mark.parametrize("path", PATHS)
def test_iri_answers_as_it_stands_in_data_and_as_a_page(client: FlaskClient, path: str) -> None:
    label = f"label {PATHS.index(path)}"
    for encoded in (True, False):
        status, media_type, body = steps(client, requested(path, encoded=encoded), "text/turtle")
        assert (status, media_type) == (200, "text/turtle")
        subjects = {quad.subject.value: quad.object.value for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)}
        assert subjects[f"{BASE}/{path}"] == label
        status, media_type, page = steps(client, requested(path, encoded=encoded), "text/html")
        assert (status, media_type, label in page) == (200, "text/html", True)


def test_address_with_a_slash_too_many_leads_on(client: FlaskClient) -> None:
    for address in ("/resource/item/plain/", "/resource///item//plain", "/about/", "/about//"):
        answer = client.get(address)
        assert answer.status_code == 301, address
        assert answer.headers["Location"] in ("/resource/item/plain", "/about")
    assert client.get("/resource/item/plain/?lang=cs").headers["Location"] == "/resource/item/plain?lang=cs"
    assert (
        client.get("/", environ_overrides={"PATH_INFO": "//evil.example/path/"}).headers["Location"]
        == "/evil.example/path"
    )
    assert client.get("/nothing").status_code == client.get("/resource/item/nothing").status_code == 404
    assert client.post("/nothing/").status_code == 404


def test_resource_says_406_as_data_does(client: FlaskClient) -> None:
    for address in ("/resource/item/plain", "/resource/item/a+b", "/resource?iri=" + quote(f"{BASE}/resource/solo")):
        assert client.get(address, headers={"Accept": "image/png"}).status_code == 406


def test_blank_nodes_are_shown(client: FlaskClient) -> None:
    page = get_page(client, "/page/item/set")
    rows = [row.text for row in page.all("tbody li")]
    assert any("http://elsewhere.example/f.csv" in row for row in rows)
    assert any("abc" in row for row in rows)
    status, _type, body = steps(client, "/resource/item/set", "application/n-triples")
    assert status == 200 and '"abc"' in body


@pytest.mark.parametrize(("name", "shown"), [("f.csv", "item/set"), ("g.csv", "something without a name")])
def test_iri_that_only_blank_nodes_name_answers(client: FlaskClient, name: str, shown: str) -> None:
    address = f"/resource?lang=en&iri=http://elsewhere.example/{name}"
    assert shown in get_page(client, address).text
    data = client.get(address, headers={"Accept": "application/n-triples"})
    assert data.status_code == 200
    assert f"<http://elsewhere.example/{name}>" in data.text


def test_page_links_only_to_what_answers(client: FlaskClient) -> None:
    for path in ("/page/item/set", "/page/item/plain", "/resource?iri=http://elsewhere.example/f.csv"):
        page = get_page(client, path)
        inner = [link["href"] for link in page.all("main a") if link["href"].startswith("/")]
        assert inner
        for address in inner:
            assert client.get(address, headers={"Accept": "text/html"}).status_code in (200, 303), address


def test_licence_of_other_data_is_not_claimed(client: FlaskClient) -> None:
    answer = client.get("/page/item/plain", headers={"Accept": "text/html"})
    assert "creativecommons" not in answer.text
    assert "license" not in answer.headers["Link"]


@given(slug=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_what_we_mint_is_taken_apart_again_and_is_among_the_spellings(slug: str) -> None:
    iris = Iris(BASE)
    iri = iris.resource("item", slug)
    assert iris.split(iri) == ("item", slug)
    assert iri in iris.spellings(unquote(urlsplit(iri).path).removeprefix("/base"))
