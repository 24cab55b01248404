"""Every address of the sitemap answers, in both languages; robots, contact and search are where programs look."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from graph.iris import Iris
from graph.records.library import read_library
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.effort import heavy
from tests.markup import parse

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def parts(client: FlaskClient) -> list[str]:
    index = ET.fromstring(client.get("/sitemap.xml").data)
    return [found.text or "" for found in index.iterfind("s:sitemap/s:loc", NAMES)]


def entries(client: FlaskClient, base: str) -> list[ET.Element]:
    return [
        entry
        for part in parts(client)
        for entry in ET.fromstring(client.get(part.removeprefix(base)).data).iterfind("s:url", NAMES)
    ]


@pytest.mark.crawl
@pytest.mark.parametrize("share", [7, *heavy(1)])
def test_every_address_answers_in_its_language(client: FlaskClient, small: Built, share: int) -> None:
    locations = [entry.findtext("s:loc", "", NAMES) for entry in entries(client, small.settings.base)]
    assert len(locations) == len(set(locations)) > 300
    for location in locations[::share]:
        answer = client.get(location.removeprefix(small.settings.base), headers={"Accept": "text/html"})
        code = location.rpartition("lang=")[2]
        assert (answer.status_code, parse(answer.text)["lang"]) == (200, code), location


@pytest.mark.crawl
@pytest.mark.parametrize("share", [500, pytest.param(40, marks=pytest.mark.heavy)])
def test_published_addresses_answer(real: Built, share: int) -> None:
    client = client_of(real)
    locations = [entry.findtext("s:loc", "", NAMES) for entry in entries(client, real.settings.base)]
    assert len(locations) > 6000
    for location in locations[::share]:
        answer = client.get(location.removeprefix(real.settings.base), headers={"Accept": "text/html"})
        assert answer.status_code == 200, location


def test_entries_name_both_languages_and_the_day_of_the_facts(client: FlaskClient, small: Built) -> None:
    for entry in entries(client, small.settings.base):
        location = entry.findtext("s:loc", "", NAMES)
        page = location.partition("?")[0]
        others = {link.get("hreflang"): link.get("href") for link in entry.iterfind("x:link", NAMES)}
        assert others == {"cs": f"{page}?lang=cs", "en": f"{page}?lang=en", "x-default": page}
        assert entry.findtext("s:lastmod", "", NAMES) == small.edition.modified


def test_every_record_is_there_once(client: FlaskClient, small: Built) -> None:
    pages = {entry.findtext("s:loc", "", NAMES).partition("?")[0] for entry in entries(client, small.settings.base)}
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    for mapping in library.mappings():
        for iri in mapping:
            assert iri.replace("/resource/", "/page/", 1) in pages


def test_parts_that_are_not_there(client: FlaskClient) -> None:
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_lead_to_the_sitemap_and_away_from_endless_addresses(client: FlaskClient, small: Built) -> None:
    text = client.get("/robots.txt").text
    assert f"Sitemap: {small.settings.base}/sitemap.xml" in text
    assert "Disallow: /sparql?" in text
    forbidden = re.findall(r"Disallow: (\S+)", text)
    assert not any(path.startswith(("/page", "/dump", "/data", "/resource/")) for path in forbidden)


def test_contact_is_never_made_up(client: FlaskClient, small: Built) -> None:
    unstated = client.get("/.well-known/security.txt?lang=en")
    assert unstated.status_code == 404
    assert "has not said whom to tell of a weakness" in unstated.text
    stated = client_of(small, contact="mailto:data@vzorov.example.org")
    answer = stated.get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:data@vzorov.example.org"
    assert fields["Canonical"] == f"{small.settings.base}/.well-known/security.txt"
    until = date.fromisoformat(fields["Expires"][:10]) - date.today()
    assert timedelta(days=170) < until < timedelta(days=365)


def test_browsers_can_search(client: FlaskClient, small: Built) -> None:
    page = get_page(client, "/?lang=en")
    addresses = page.values('link[rel="search"][type="application/opensearchdescription+xml"]', "href")
    assert addresses == ["/opensearch.xml"]
    described = ET.fromstring(client.get("/opensearch.xml?lang=en").data)
    assert described.findtext("o:ShortName", "", NAMES) == "Krajina"
    (template,) = [
        url.get("template", "") for url in described.iterfind("o:Url", NAMES) if url.get("type") == "text/html"
    ]
    address = template.removeprefix(small.settings.base).replace("{searchTerms}", "vzorov")
    assert client.get(address).status_code == 200
    (suggested,) = [
        url.get("template", "")
        for url in described.iterfind("o:Url", NAMES)
        if url.get("type") == "application/x-suggestions+json"
    ]
    answer = client.get(suggested.removeprefix(small.settings.base).replace("{searchTerms}", "vzor"))
    typed, texts, _remarks, addresses = json.loads(answer.data)
    assert (answer.mimetype, typed) == ("application/x-suggestions+json", "vzor")
    assert texts and all(each.startswith(f"{small.settings.base}/") for each in addresses)


def test_statements_say_what_is_set(client: FlaskClient, small: Built) -> None:
    stated = client_of(small, contact="mailto:data@vzorov.example.org", publisher_name="Vzorový kraj")
    for path in ("/licence", "/accessibility"):
        assert "data@vzorov.example.org" in stated.get(f"{path}?lang=cs").text
        assert "mailto:" not in client.get(f"{path}?lang=cs").text
    assert "99/2019" in client.get("/accessibility?lang=cs").text
    assert small.edition.identifier in client.get("/licence?lang=en").text


def test_data_without_records_have_robots_and_no_sitemap(small: Built) -> None:
    other = replace(small.settings, contact="")
    bare = client_of(Built(other, small.edition, small.store), has_tables=False)
    assert "Sitemap" not in bare.get("/robots.txt").text
    assert bare.get("/sitemap.xml").status_code == 404
    assert bare.get("/").status_code == 200
