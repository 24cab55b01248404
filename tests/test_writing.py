"""What is written in a serialisation reads back as it was, or is refused in words: no document is broken."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import UnwritableError
from graph.sparql.writing import serialize, write_results

FORMS = [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD]
S, P = ox.NamedNode("http://example.org/s"), ox.NamedNode("http://example.org/p")


def read(document: bytes, form: RdfFormat) -> list[ox.Triple]:
    if form == RdfFormat.RDF_XML:
        ElementTree.fromstring(document)
    return [quad.triple for quad in ox.parse(document, format=form)]


@pytest.mark.parametrize("form", FORMS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20), local=st.text("a1-._é·²:/~", max_size=6))
def test_triple_reads_back_or_is_refused(form: RdfFormat, text: str, local: str) -> None:
    triple = ox.Triple(S, ox.NamedNode(f"http://example.org/p/{local}"), ox.Literal(text, language="cs"))
    try:
        document = serialize([triple], form)
    except UnwritableError:
        assert form == RdfFormat.RDF_XML
    else:
        assert read(document, form) == [triple]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_solution_reads_back_or_is_refused(text: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(S, P, ox.Literal(text)))
    for form in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.TSV):
        results, output = store.query("SELECT ?o { ?s ?p ?o }"), io.BytesIO()
        assert isinstance(results, ox.QuerySolutions)
        try:
            write_results(results, output, form)
        except UnwritableError as error:
            assert form == QueryResultsFormat.XML and "U+" in str(error)
            continue
        again = ox.parse_query_results(output.getvalue(), format=form)
        assert isinstance(again, ox.QuerySolutions)
        assert [solution["o"] for solution in again] == [ox.Literal(text)]


def test_carriage_return_is_kept_in_xml() -> None:
    document = serialize([ox.Triple(S, P, ox.Literal("a\r\nb\rc"))], RdfFormat.RDF_XML)
    assert read(document, RdfFormat.RDF_XML) == [ox.Triple(S, P, ox.Literal("a\r\nb\rc"))]
    assert ElementTree.fromstring(document)[0][0].text == "a\r\nb\rc"


def test_character_that_xml_cannot_hold_is_found_where_chunks_end() -> None:
    for before in range(65_520, 65_540):
        triples = [ox.Triple(S, P, ox.Literal("x" * before + "\ufffe"))]
        with pytest.raises(UnwritableError, match=r"U\+FFFE"):
            serialize(triples, RdfFormat.RDF_XML)


@pytest.mark.parametrize(
    "name", ["http://example.org/p/123", "http://example.org/p/", "urn:1", "http://example.org/a:"]
)
def test_property_without_a_local_name_is_refused_by_rdf_xml_only(name: str) -> None:
    triple = ox.Triple(S, ox.NamedNode(name), ox.Literal("x"))
    with pytest.raises(UnwritableError, match="RDF/XML has no way to write the property <"):
        serialize([triple], RdfFormat.RDF_XML)
    assert read(serialize([triple], RdfFormat.JSON_LD), RdfFormat.JSON_LD) == [triple]


def test_triple_about_a_triple_is_refused_by_json_ld_only() -> None:
    triple = ox.Triple(S, P, ox.Triple(S, P, S))
    with pytest.raises(UnwritableError, match="JSON-LD has no way to write a triple as a value"):
        serialize([triple], RdfFormat.JSON_LD)
    assert read(serialize([triple], RdfFormat.TURTLE), RdfFormat.TURTLE) == [triple]
