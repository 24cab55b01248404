"""Structured data of the pages: well formed, true to the records, and harmless in a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.iris import Iris
from graph.records.library import read_library
from tests.apps import client_of, get_page
from tests.conftest import Built, settings_of
from tests.editions import kept
from tests.markup import parse
from tests.tables import replace_in

HOSTILE = "</script><script>alert(1)</script>&amp;"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def things(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    (document,) = get_page(client, address).json_ld()
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    return graph


@pytest.mark.parametrize("path", ["/", "/agreements", "/about", "/map", "/editions", "/licence", "/search?q=vzorov"])
def test_every_page_tells_what_it_is(client: FlaskClient, small: Built, path: str) -> None:
    website, page = things(client, f"{path}{'&' if '?' in path else '?'}lang=en")
    assert website["@id"] == f"{small.settings.base}/"
    assert website["potentialAction"]["target"]["urlTemplate"] == f"{small.settings.base}/search?q={{text}}"
    assert (page["@type"], page["inLanguage"]) == ("WebPage", "en")
    assert page["@id"].startswith(small.settings.base)


def test_records_are_described_by_their_class(client: FlaskClient, small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), small.settings.home)
    agreement = library.agreements[small.iri("agreements", "agr-muster-2008")]
    page, thing = things(client, "/page/agreements/agr-muster-2008?lang=cs")[1:]
    assert page["mainEntity"]["@id"] == thing["@id"] == agreement.iri
    assert thing["name"] == agreement.name("cs")[0]
    assert {party["@id"] for party in thing["about"]} == set(agreement.parties)
    assert things(client, "/page/organizations/lhota")[2]["@type"] == "GovernmentOrganization"
    assert things(client, "/page/organizations/gruentalverein")[2]["@type"] == "Organization"
    assert things(client, "/page/activities/act-navsteva-2012")[2]["@type"] == "Event"
    assert things(client, "/page/projects/prj-most")[2]["@type"] == "Project"
    assert things(client, "/page/sources/src-vzorov")[2]["@type"] == "CreativeWork"
    assert things(client, "/page/areas/culture")[2]["@type"] == "DefinedTerm"


def test_catalogue_lists_its_files(client: FlaskClient, small: Built) -> None:
    catalog = things(client, "/catalog?lang=en")[2]
    assert catalog["@type"] == "DataCatalog"
    urls = [found["contentUrl"] for dataset in catalog["dataset"] for found in dataset["distribution"]]
    assert f"{small.settings.base}/dump/krajina.ttl" in urls
    assert all(dataset["description"] and dataset["license"] for dataset in catalog["dataset"])


def test_hostile_name_cannot_end_the_block(bad_tables: Path) -> None:
    replace_in(bad_tables / "organisations.csv", "Grüntalverein e. V.", HOSTILE)
    settings = kept(settings_of(bad_tables))
    edition = open_edition(settings)
    client = client_of(Built(settings, edition, edition.open()))
    markup = client.get("/page/organizations/gruentalverein?lang=cs", headers={"Accept": "text/html"}).text
    assert "<script>alert" not in markup
    block = parse(markup).only('script[type="application/ld+json"]').content
    assert block in markup  # as sent
    assert "<" not in block and "&" not in block
    assert json.loads(block)["@graph"][2]["name"] == HOSTILE


def test_error_pages_say_nothing(client: FlaskClient) -> None:
    answer = client.get("/page/organizations/nobody", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert parse(answer.text).json_ld() == []
