"""Nothing that is derived or estimated reads as stated: pages, files and RDF tell on what a value stands."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from graph.intake.checks import check_tables
from graph.intake.tables import read_tables
from graph.iris import Iris
from graph.namespaces import K
from graph.records.library import read_library
from tests.apps import client_of, get_json, get_page
from tests.conftest import Built
from tests.tables import rows_of


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def test_page_says_it_beside_the_value(client: FlaskClient) -> None:
    czech = get_page(client, "/page/activities/act-navsteva-2012?lang=cs")
    assert "květen 2012 (odvozeno)" in czech.first("p.lead").text
    box = czech.only("#povaha").text
    assert "Odvozené a odhadnuté údaje" in box
    assert "odvozeno: invented: counted from the date of the report" in box
    assert "May 2012 (derived)" in get_page(client, "/page/activities/act-navsteva-2012?lang=en").text


def test_lists_and_timelines_say_it(client: FlaskClient) -> None:
    assert "květen 2012 (odvozeno)" in get_page(client, "/activities?lang=cs").text
    assert "květen 2012 (odvozeno)" in get_page(client, "/page/organizations/vzorov?lang=cs").section("udalosti").text
    assert "květen 2012 (odvozeno)" in get_page(client, "/?lang=cs&on=2012-12-31").text


def test_other_values_read_as_stated(client: FlaskClient) -> None:
    page = get_page(client, "/page/activities/act-podpis-2008?lang=cs")
    assert "odvozeno" not in page.text and not page.has("#povaha")


def test_files_say_it(client: FlaskClient) -> None:
    rows = {row["id"]: row["bases"] for row in get_json(client, "/activities.json")["rows"]}
    assert rows["act-navsteva-2012"] == ["since=derived"]
    assert rows["act-podpis-2008"] == []
    told = {row["id"]: row["bases"] for row in csv.DictReader(io.StringIO(client.get("/activities.csv").text))}
    assert told["act-navsteva-2012"] == "since=derived"


def test_rdf_says_it(small: Built) -> None:
    rows = small.store.select(
        "PREFIX k: <https://w3id.org/krajina/ontology#> SELECT ?about ?property ?basis { ?x a k:ValueBasis ; "
        "k:about ?about ; k:ofProperty ?property ; k:basis/<http://www.w3.org/2004/02/skos/core#notation> ?basis }"
    )
    activity = small.iri("activities", "act-navsteva-2012")
    assert rows == [{"about": activity, "property": str(K.since), "basis": "derived"}]


def test_record_with_its_own_page(client: FlaskClient) -> None:
    page = get_page(client, "/page/value-bases/bas-act-navsteva-2012-date-from?lang=cs")
    assert page.first("h1").text == "Začátek: Návštěva z Mustermarku"
    assert "Povaha údaje odvozeno" in page.text


def test_what_is_stated_is_not_told(small: Built) -> None:
    library = read_library(small.store, Iris(small.settings.base), "vzorov")
    activity = small.iri("activities", "act-podpis-2008")
    assert (library.bases_of(activity), library.basis_of(activity, str(K.since))) == ((), "")


def test_real_values_are_of_columns_that_are_filled(real: Built) -> None:
    tables = read_tables(real.settings.data)
    empty = []
    for row in rows_of("value_bases", real.settings.data):
        about = tables.by_key[row["about"]]
        if not about.text(row["property"]) and not about.cells.get(row["property"]):
            empty.append(row["id"])
    assert empty == []
    assert not [finding for finding in check_tables(tables) if finding.file == "value_bases.csv"]


def test_no_signing_is_from_the_register_copy(real: Built) -> None:
    signed = (row for row in rows_of("agreements", real.settings.data) if row["signed"])
    assert [row["id"] for row in signed if row["sources"] == "src-github-e790c5"] == []
