"""Aggregates of the endpoint over the published tables: each thing counts once, as in the lists and in the tables."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from tests.conftest import Built
from tests.fixed_day import day_of
from tests.recomputed.classes import K, count_by_class
from tests.recomputed.lists import Lists
from tests.recomputed.tables import Tables

pytestmark = pytest.mark.server

PREFIXES = f"PREFIX k: <{K}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
# Classes of records with the list of all of them.
LISTED = {"Organization": "organizations", "Agreement": "agreements", "Activity": "activities", "Project": "projects",
          "Source": "sources"}  # fmt: skip


@pytest.fixture(scope="module")
def lists(tables: Tables) -> Lists:
    return Lists(tables, day_of(tables, "today"))


@pytest.fixture(scope="module")
def ontology(real: Built) -> rdflib.Graph:
    return rdflib.Graph().parse(real.settings.ontology / "krajina.ttl")


@pytest.fixture(scope="module")
def by_class(tables: Tables, ontology: rdflib.Graph) -> Mapping[str, int]:
    broader: dict[str, list[str]] = {}
    for narrower, whole in ontology.subject_objects(RDFS.subClassOf):
        broader.setdefault(str(narrower), []).append(str(whole))
    kinds = {str(code): str(name) for name, code in ontology.subject_objects(rdflib.URIRef(f"{K}forKind"))}
    return count_by_class(tables, broader, kinds)


def ask(address: str, query: str) -> list[dict[str, str]]:
    """Ask the endpoint, and give the rows as texts; what is not bound is left out."""
    body = urllib.parse.urlencode({"query": f"{PREFIXES} {query}"}).encode()
    request = urllib.request.Request(f"{address}/sparql", body, {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        rows = json.load(answer)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def grouped(address: str, pattern: str, counted: str = "?x") -> dict[str, int]:
    """Count the things of a pattern by its ?code."""
    rows = ask(address, f"SELECT ?code (COUNT({counted}) AS ?n) {{ {pattern} }} GROUP BY ?code")
    return {row["code"]: int(row["n"]) for row in rows if "code" in row}


def without(counts: Mapping[str, int], code: str = "none") -> dict[str, int]:
    return {key: number for key, number in counts.items() if key != code and number}


def test_each_class(address: str, ontology: rdflib.Graph, by_class: Mapping[str, int]) -> None:
    own = [str(name) for name in ontology.subjects(RDF.type, OWL.Class) if str(name).startswith(K)]
    told = {name: ask(address, f"SELECT (COUNT(?x) AS ?n) {{ ?x a <{name}> }}")[0]["n"] for name in own}
    assert {name: int(number) for name, number in told.items()} == {name: by_class.get(name, 0) for name in own}


def test_all_classes_of_resources(address: str, real: Built, by_class: Mapping[str, int]) -> None:
    """Also those of other vocabularies, in one query; what is told of the edition and its schemes is no row."""
    rows = f'?x a ?code FILTER(STRSTARTS(STR(?x), "{real.settings.base}/resource/"))'
    told = grouped(address, f"{rows} FILTER NOT EXISTS {{ ?x a <http://rdfs.org/ns/void#Dataset> }}")
    schemes = told.pop("http://www.w3.org/2004/02/skos/core#ConceptScheme", 0)
    assert told == {name: number for name, number in by_class.items() if number}
    assert schemes == len({row["s"] for row in ask(address, "SELECT DISTINCT ?s { ?x skos:inScheme ?s }")})


@pytest.mark.parametrize("name", LISTED)
def test_by_kind(address: str, lists: Lists, name: str) -> None:
    if name != "Project":  # which have no kind
        told = grouped(address, f"?x a k:{name} ; k:kind/skos:notation ?code")
        assert told == without(lists[LISTED[name]].counts("kind", {}))
    assert ask(address, f"SELECT (COUNT(*) AS ?n) {{ ?x a k:{name} }}")[0]["n"] == str(len(lists.keys(LISTED[name])))


def test_organizations_by_country_and_group(address: str, lists: Lists) -> None:
    countries = grouped(address, "?x a k:Organization ; k:country/skos:notation ?code")
    assert countries == without(lists["organizations"].counts("country", {}))
    groups = grouped(address, "?x a k:Organization ; k:country/k:countryGroup/skos:notation ?code")
    assert groups == without(lists["organizations"].counts("group", {}))


@pytest.mark.parametrize(
    ("name", "property_"), [("Agreement", "k:party"), ("Project", "k:participant"), ("Activity", "k:participant")]
)
def test_records_by_country_of_partners(address: str, lists: Lists, name: str, property_: str) -> None:
    partner = f"{property_} ?who . ?who k:country/skos:notation ?code FILTER NOT EXISTS {{ ?who a k:OwnPost }}"
    pattern = f"?x a k:{name} ; {partner}"
    told = grouped(address, pattern, "DISTINCT ?x")
    del told[lists.places.home_country]
    assert told == lists[LISTED[name]].counts("country", {})


@pytest.mark.parametrize(
    ("name", "property_"),
    [("Activity", "k:since"), ("Source", "<http://purl.org/dc/terms/issued>")],
)
def test_by_year(address: str, lists: Lists, name: str, property_: str) -> None:
    told = grouped(address, f"?x a k:{name} ; {property_} ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?code)")
    assert told == without(lists[LISTED[name]].counts("year", {}))


@pytest.mark.parametrize("name", ["Agreement", "Project", "Activity"])
def test_by_area(address: str, lists: Lists, name: str) -> None:
    exact = grouped(address, f"?x a k:{name} ; k:area/skos:notation ?code")
    records = lists.dated[LISTED[name]].values()
    assert exact == Counter(area for record in records for area in record.areas)
    counted = f"?x a k:{name} ; {'k:tookPlace true ;' if name == 'Activity' else ''}"
    told = grouped(address, f"{counted} k:area/skos:broader*/skos:notation ?code", "DISTINCT ?x")
    assert told == without(lists["areas"].numbers[LISTED[name]])


def test_agreements_by_status(address: str, lists: Lists) -> None:
    told = grouped(address, "?x a k:Agreement ; k:status/skos:notation ?code")
    assert told == Counter(record.status for record in lists.dated["agreements"].values())


@pytest.mark.parametrize(
    ("property_", "column"), [("budgetEur", "budget_eur"), ("euContributionEur", "eu_contribution_eur")]
)
def test_sums_and_averages(address: str, tables: Tables, property_: str, column: str) -> None:
    amounts = [Decimal(row[column]) for row in tables["projects"].values() if row[column]]
    (row,) = ask(
        address,
        f"SELECT (SUM(?v) AS ?sum) (AVG(?v) AS ?mean) (COUNT(?v) AS ?n) {{ ?x a k:Project ; k:{property_} ?v }}",
    )
    assert (Decimal(row["sum"]), int(row["n"])) == (sum(amounts), len(amounts))
    assert float(row["mean"]) == pytest.approx(float(sum(amounts) / len(amounts)))


def test_joins_of_derived_and_stated(address: str, tables: Tables, lists: Lists) -> None:
    """Participants of projects are derived, organizations stated, kinds of theirs both; no join counts twice."""
    (row,) = ask(address, "SELECT (COUNT(*) AS ?n) { ?p a k:Project ; k:participant ?x . ?x a k:Organization }")
    assert int(row["n"]) == sum(len(record.members) for record in lists.dated["projects"].values())
    (row,) = ask(address, "SELECT (COUNT(*) AS ?n) { ?x k:project ?p ; k:organization ?o . ?o k:country ?c }")
    rows = tables["participations"].values()
    assert int(row["n"]) == sum(bool(lists.places.country(row["organisation"])) for row in rows)
