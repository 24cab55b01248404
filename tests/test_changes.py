"""Feeds of changes: what an edition changed, for all and for one organization."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from graph import open_edition
from graph.editions.history import history_of
from graph.iris import Iris
from graph.records.library import read_library
from graph.settings import Settings
from tests.apps import client_of, get_page
from tests.conftest import Built
from tests.editions import kept
from tests.tables import two_editions

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return two_editions(tmp_path_factory.mktemp("changes"))


@pytest.fixture(scope="module")
def client(settings: Settings) -> FlaskClient:
    edition = open_edition(kept(settings))
    return client_of(Built(settings, edition, edition.open()))


def feed(client: FlaskClient, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    found = ET.fromstring(answer.data)
    for element in (found, *found.iterfind("a:entry", ATOM)):
        assert element.findtext("a:id", "", ATOM).startswith("https://")
        assert element.findtext("a:title", "", ATOM)
        datetime.fromisoformat(element.findtext("a:updated", "", ATOM))
    assert found.findtext("a:author/a:name", "", ATOM)
    return found


def test_feed_has_an_entry_for_each_edition(client: FlaskClient, settings: Settings) -> None:
    found = feed(client, "/changes.atom?lang=en")
    second, first = history_of(settings).editions()
    assert [entry.findtext("a:title", "", ATOM) for entry in found.iterfind("a:entry", ATOM)] == [
        f"Edition {second.identifier}",
        f"Edition {first.identifier}",
    ]
    summaries = [entry.findtext("a:summary", "", ATOM) for entry in found.iterfind("a:entry", ATOM)]
    assert summaries[0].replace("\xa0", " ") == "1 statement added, 1 statement removed"
    assert found.findtext("a:updated", "", ATOM) == "2027-01-02T00:00:00Z"


def test_organization_has_what_names_it_and_no_other(client: FlaskClient, settings: Settings) -> None:
    library = read_library(open_edition(settings).open(), Iris(settings.base), settings.home)
    changed = next(d for d in library.documents.values() if d.issued == "2008-02-21")
    concerned = {iri for iri in library.organizations if changed in library.naming(iri)}
    for iri in library.organizations:
        entries = list(feed(client, f"/changes/{iri.rpartition('/')[2]}.atom").iterfind("a:entry", ATOM))
        assert len(entries) == (1 if iri in concerned else 0), iri


def test_feed_is_in_the_language_asked_for(client: FlaskClient) -> None:
    assert feed(client, "/changes.atom?lang=cs").findtext("a:title", "", ATOM) == "Krajina: změny"


def test_unknown_organization_has_no_feed(client: FlaskClient) -> None:
    assert client.get("/changes/nobody.atom").status_code == 404


def test_pages_lead_to_the_feeds(client: FlaskClient) -> None:
    page = get_page(client, "/page/organizations/lhota")
    assert page.has('[href="/changes.atom"]')
    assert page.has('[href="/changes/lhota.atom"]')
