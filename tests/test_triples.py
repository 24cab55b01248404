"""Triples of rows: every column becomes the term that ``tables.json`` says, and text is never changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, FOAF, RDF, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from graph.intake.tables import Tables, read_tables
from graph.intake.triples import RowTriples, date_literal
from graph.iris import Iris
from graph.namespaces import DC, SCHEMA, WGS, K
from graph.sparql.engines.memory import MemoryStore
from tests.conftest import Built
from tests.test_tables import CELL_TEXTS

BASE = "https://example.org/small"


@pytest.fixture(scope="module")
def tables(small: Built) -> Tables:
    return read_tables(small.settings.data)


def iri(path: str) -> URIRef:
    return URIRef(f"{BASE}/resource/{path}")


def triples(tables: Tables, table: str, key: str) -> set[tuple[URIRef, Node]]:
    """Predicates and objects of a row; the subject is checked on the way."""
    row_triples = RowTriples(tables, Iris(BASE))
    row = tables.keys[table][key]
    found = list(row_triples.triples(row))
    assert {subject for subject, _, _ in found} == {row_triples.iri(row)}
    assert len(found) == len(set(found))
    return {(predicate, term) for _, predicate, term in found}


def test_agreement(tables: Tables) -> None:
    assert triples(tables, "agreements", "agr-muster-2008") == {
        (RDF.type, K.Agreement),
        (DCTERMS.identifier, Literal("agr-muster-2008")),
        (K.kind, iri("agreement-kinds/partnership_agreement")),
        (SKOS.prefLabel, Literal("Partnerská smlouva (2008)", lang="cs")),
        (SKOS.prefLabel, Literal("Partnership agreement (2008)", lang="en")),
        (K.party, iri("organizations/vzorov")),
        (K.party, iri("organizations/mustermark")),
        (K.signed, Literal("2008-03-01", datatype=XSD.date)),
        (K.signedPlace, Literal("Musterstadt", lang="en")),
        (K.signedPlace, Literal("Musterstadt", lang="cs")),
        (K.signedBy, Literal("governor of the Vzorov Region", lang="en")),
        (K.signedBy, Literal("hejtman Kraje Vzorov", lang="cs")),
        (K.signedBy, Literal("minister of Mustermark", lang="en")),
        (K.signedBy, Literal("ministr Mustermarku", lang="cs")),
        (K.since, Literal("2008-04-01", datatype=XSD.date)),
        (K.supersedes, iri("agreements/agr-muster-2003")),
        (K.area, iri("areas/culture")),
        (K.area, iri("areas/economy")),
        (K.source, iri("sources/src-muster-bote")),
        (K.source, iri("sources/src-seed-2012")),
        (K.source, iri("sources/src-vzorov-2008")),
        (SKOS.note, Literal('"quoted", with a comma', lang="en")),
    }


def test_municipality(tables: Tables) -> None:
    assert triples(tables, "organisations", "lhota") == {
        (RDF.type, K.Organization),
        (DCTERMS.identifier, Literal("lhota")),
        (K.kind, iri("kinds/municipality")),
        (SKOS.prefLabel, Literal("Žluťoučká Lhota", lang="cs")),
        (SKOS.prefLabel, Literal("Žluťoučká Lhota", lang="en")),
        (K.country, iri("countries/CZ")),
        (K.partOf, iri("organizations/vzorov")),
        (K.district, Literal("Vzorov")),
        (WGS.lat, Literal("50.61", datatype=XSD.decimal)),
        (WGS.long, Literal("14.62", datatype=XSD.decimal)),
        (K.positionQuality, iri("position-qualities/exact")),
        (K.codeScheme, iri("code-schemes/LAU")),
        (K.code, Literal("999901")),
        (K.population, Literal("321", datatype=XSD.integer)),
        (K.populationYear, Literal("2020", datatype=XSD.gYear)),
        (FOAF.homepage, Literal("https://lhota.example.org", datatype=XSD.anyURI)),
        (K.source, iri("sources/src-vzorov")),
        (K.source, iri("sources/src-kronika")),
    }


def test_local_name_carries_the_language_of_its_column(tables: Tables) -> None:
    found = triples(tables, "organisations", "gruentalverein")
    assert (K.localName, Literal("Grüntalverein e. V.", lang="de")) in found
    assert (K.localLanguage, Literal("de")) in found
    assert SKOS.prefLabel not in {predicate for predicate, _ in found}


def test_source(tables: Tables) -> None:
    assert triples(tables, "sources", "src-verein") == {
        (RDF.type, K.Source),
        (DCTERMS.identifier, Literal("src-verein")),
        (K.kind, iri("source-kinds/web_page")),
        (DCTERMS.title, Literal("Grüntalverein", lang="de")),
        (DCTERMS.publisher, iri("publishers/pub-gruntalverein")),
        (SCHEMA.url, Literal("https://verein.example.org/", datatype=XSD.anyURI)),
        (DCTERMS.issued, Literal("2011-09", datatype=XSD.gYearMonth)),
        (DC.language, Literal("de")),
        (SKOS.note, Literal("invented", lang="en")),
    }


def test_claim_names_the_property_of_a_column(tables: Tables) -> None:
    found = triples(tables, "claims", "clm-agr-muster-2008-signed-2")
    assert (K.about, iri("agreements/agr-muster-2008")) in found
    assert (K.claimedProperty, K.signed) in found
    assert (K.claimedValue, Literal("2008-02-28")) in found
    assert (K.claimedProperty, SKOS.prefLabel) in triples(tables, "claims", "clm-lhota-name-cs-1")


def test_relation_leads_to_rows_of_any_table(tables: Tables) -> None:
    found = triples(tables, "relations", "rel-plan-slavnost")
    assert {(K.subject, iri("documents/doc-plan-2013")), (K.object, iri("activities/act-slavnost-2013"))} < found


def test_statement_has_the_seed_as_source_and_a_number_in_its_iri(tables: Tables) -> None:
    assert triples(tables, "seed_statements", "2") == {
        (RDF.type, K.Statement),
        (K.number, Literal("2")),
        (K.quoteLocation, Literal("paragraph 2", lang="en")),
        (K.quoteLocation, Literal("odstavec 2", lang="cs")),
        (SKOS.prefLabel, Literal("The department prepared the report.", lang="en")),
        (SKOS.prefLabel, Literal("Odbor připravil zprávu.", lang="cs")),
        (K.supports, iri("relations/rel-odbor-zprava")),
        (K.supports, iri("organizations/odbor-vztahu")),
        (K.source, iri("sources/src-seed-2012")),
    }


def test_concept(tables: Tables) -> None:
    assert triples(tables, "areas", "music") == {
        (RDF.type, SKOS.Concept),
        (SKOS.notation, Literal("music")),
        (SKOS.prefLabel, Literal("Hudba", lang="cs")),
        (SKOS.prefLabel, Literal("Music", lang="en")),
        (SKOS.prefLabel, Literal("Musik", lang="de")),
        (SKOS.definition, Literal("Vymyšlená oblast: hudba a zpěv.", lang="cs")),
        (SKOS.definition, Literal("Invented area: music and singing.", lang="en")),
        (SKOS.broader, iri("areas/culture")),
        (SKOS.scopeNote, Literal("invented", lang="en")),
        (SKOS.inScheme, iri("schemes/areas")),
    }


def test_short_names_add_to_the_organization_and_give_no_second_identifier(tables: Tables) -> None:
    assert triples(tables, "short_names", "vzorov") == {
        (K.shortName, Literal("Vzorov", lang="cs")),
        (K.shortName, Literal("Vzorov", lang="en")),
        (K.shortNameNote, Literal("our short form", lang="en")),
    }
    assert iri("organizations/vzorov") == RowTriples(tables, Iris(BASE)).iri(tables.keys["short_names"]["vzorov"])


def test_every_table_is_a_named_graph_and_every_cell_becomes_a_triple(tables: Tables) -> None:
    quads = list(RowTriples(tables, Iris(BASE)).quads())
    graphs = {str(named_graph).rsplit("/", 1)[1] for _, _, _, named_graph in quads}
    assert graphs == set(tables.description.tables)
    plain = [term for _, _, term, _ in quads if isinstance(term, Literal) and not term.language]
    assert {str(term.datatype).rsplit("#", 1)[1] for term in plain if term.datatype} == {
        "anyURI", "boolean", "date", "decimal", "gYear", "gYearMonth", "integer",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "datatype"), [("2003", XSD.gYear), ("2003-05", XSD.gYearMonth), ("2003-05-07", XSD.date)]
)
def test_date_literal(text: str, datatype: URIRef) -> None:
    literal = date_literal(text)
    assert (str(literal), literal.datatype) == (text, datatype)


@settings(max_examples=60, deadline=None)
@given(CELL_TEXTS)
def test_any_text_of_a_cell_reaches_the_store_unchanged(text: str) -> None:
    line = f"<urn:x:s> <urn:x:p> {Literal(text, lang='cs').n3()} <urn:x:g> .\n"
    store = MemoryStore()
    store.load(line.encode())
    assert [quad.object.value for quad in store.engine] == [text]
