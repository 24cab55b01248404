"""What the editor offers: terms of the vocabulary, named graphs, concepts, records by name."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from graph.namespaces import PREFIXES
from tests.apps import client_of, get_json
from tests.conftest import Built

K = "https://w3id.org/krajina/ontology#"


@pytest.fixture(scope="module")
def client(small: Built) -> FlaskClient:
    return client_of(small)


def term(found: dict[str, Any], kind: str, iri: str) -> dict[str, str]:
    (term,) = [term for term in found[kind] if term["iri"] == iri]
    return dict(term)


def test_terms_are_those_in_use_with_words_of_the_vocabulary(client: FlaskClient) -> None:
    found = get_json(client, "/sparql/terms.json?lang=cs")
    assert term(found, "properties", f"{K}party") == {
        "iri": f"{K}party",
        "label": "strana",
        "definition": "Strana dohody. Podepíše-li úřad za své území, stranou je území.",
    }
    assert term(found, "classes", f"{K}Agreement")["label"] == "dohoda"
    assert f"{K}Zoo" not in [entry["iri"] for entry in found["classes"]], "no zoo is in the miniature"
    assert found["prefixes"] == PREFIXES


def test_words_are_in_the_language_asked(client: FlaskClient) -> None:
    assert term(get_json(client, "/sparql/terms.json?lang=en"), "properties", f"{K}party")["label"] == "party"


def test_term_of_another_vocabulary_has_the_label_of_the_pages(client: FlaskClient) -> None:
    name = "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert term(get_json(client, "/sparql/terms.json?lang=cs"), "properties", name)["label"] == "Název"


def test_most_used_terms_come_first(client: FlaskClient) -> None:
    first = get_json(client, "/sparql/terms.json?lang=en")["properties"][0]
    assert first["iri"] == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_named_graphs_and_concepts(client: FlaskClient, small: Built) -> None:
    found = get_json(client, "/sparql/terms.json?lang=cs")
    graphs = {graph["iri"]: graph["triples"] for graph in found["graphs"]}
    assert len(graphs) == len(small.store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    assert graphs[small.iri("graphs", "agreements")] > 0
    assert {"iri": small.iri("areas", "culture"), "label": "Kultura"} in found["concepts"]
    assert found["resource"] == f"{small.settings.base}/resource/"


def test_terms_are_kept_until_the_edition_changes(client: FlaskClient) -> None:
    first = client.get("/sparql/terms.json?lang=cs")
    again = client.get("/sparql/terms.json?lang=cs", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/sparql/terms.json?lang=en").headers["ETag"] != first.headers["ETag"]
    assert first.cache_control.max_age == 300


def test_records_are_found_by_folded_name(client: FlaskClient, small: Built) -> None:
    found = get_json(client, "/sparql/names.json?lang=cs&q=VZOROV")["names"]
    assert found[0] == {"iri": small.organization("vzorov"), "label": "Kraj Vzorov"}
    assert len(found) <= 20
    assert get_json(client, "/sparql/names.json?lang=cs&q=")["names"] == []


def test_name_is_in_the_language_asked_though_another_was_met(client: FlaskClient, small: Built) -> None:
    found = get_json(client, "/sparql/names.json?lang=en&q=kraj%20vzorov")["names"]
    assert small.organization("vzorov") in [entry["iri"] for entry in found]
    assert found[0]["label"] == "Vzorov Region"


def test_other_data_have_terms_but_no_records(small: Built) -> None:
    bare = client_of(small, has_tables=False)
    found = get_json(bare, "/sparql/terms.json?lang=cs")
    assert found["concepts"] == []
    assert term(found, "classes", f"{K}Agreement")["label"] == "dohoda"
    assert get_json(bare, "/sparql/names.json?q=vzorov")["names"] == []
