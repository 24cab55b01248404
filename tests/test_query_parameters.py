"""Parameters in the text of a query, that of users too."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import Literal, URIRef

from graph.errors import QueryError
from graph.sparql.query_parameters import bind_text, parameters_of

DAY = date(2012, 12, 31)
BOUND = '"2012-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES ?on { UNDEF } }",
        "select * { values $on{undef} }",
        "SELECT * { VALUES\n ?on\t{\nUNDEF } }",
        "SELECT * { <http://x/#a> ?p ?o . VALUES ?on { UNDEF } }",
        "# a comment\nSELECT * { VALUES ?on { UNDEF } }",
        "SELECT * { BIND('#' AS ?x) VALUES ?on { UNDEF } }",
    ],
)
def test_parameter_is_found_and_bound(text: str) -> None:
    assert parameters_of(text) == ("on",)
    assert bind_text(text, {"on": DAY}).count(BOUND) == 1
    assert "undef" not in bind_text(text, {"on": DAY}).lower()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {} # VALUES ?on { UNDEF }",
        'SELECT ("VALUES ?on { UNDEF }" AS ?x) {}',
        "SELECT ('''VALUES ?on { UNDEF }''' AS ?x) {}",
        'SELECT ("""a " VALUES ?on { UNDEF }""" AS ?x) {}',
        r'SELECT ("\" VALUES ?on { UNDEF }" AS ?x) {}',
        'SELECT ("VALUES ?on { UNDEF }',
        "SELECT * { VALUES ?on { 1 UNDEF } }",
        "SELECT * { VALUES (?on) { (UNDEF) } }",
        "SELECT * { ?VALUES ?on { UNDEF } }",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert parameters_of(text) == ()
    assert bind_text(text, {"on": DAY}) == text


def test_several_terms_and_those_left_open() -> None:
    text = "VALUES ?a { UNDEF } VALUES ?b { UNDEF }"
    assert bind_text(text, {"a": ["urn:x:1", Literal("two")]}) == 'VALUES ?a { <urn:x:1> "two" } VALUES ?b { UNDEF }'
    assert bind_text(text, {"b": URIRef("urn:x:3"), "c": "x"}) == "VALUES ?a { UNDEF } VALUES ?b { <urn:x:3> }"


def test_text_cannot_leave_its_literal() -> None:
    assert bind_text("VALUES ?a { UNDEF }", {"a": '" } DROP ALL'}) == r'VALUES ?a { "\" } DROP ALL" }'
    with pytest.raises(QueryError, match="is not an IRI"):
        bind_text("VALUES ?a { UNDEF }", {"a": "urn:x> } DROP ALL"})
