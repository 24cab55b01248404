"""The first_rows of serialisations, its negotiation, and answers read back into rows."""

from __future__ import annotations

import pyoxigraph
import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from graph.sparql.answers import (
    BY_NAME,
    DATASETS,
    GRAPHS,
    RESULTS,
    AnswerTable,
    AnswerTerm,
    Format,
    first_rows,
    transcribe,
)
from webapp.request.negotiation import choose, error_form, prefers_html


def accept(header: str | None) -> MIMEAccept:
    return parse_accept_header(header, MIMEAccept)


@pytest.mark.parametrize("found", RESULTS + GRAPHS + DATASETS, ids=lambda found: str(found.name))
def test_table_agrees_with_the_engine(found: Format) -> None:
    assert found.engine.media_type.partition(";")[0] == found.media_type
    assert found.engine.iri.rsplit("/", 1)[1] == found.iri.rsplit("/", 1)[1]
    assert found.content_type == f"{found.media_type}; charset=utf-8"


def test_suffixes() -> None:
    suffixes = [found.suffix for found in RESULTS + GRAPHS + DATASETS]
    assert suffixes == [".srj", ".srx", ".csv", ".tsv", ".ttl", ".nt", ".rdf", ".jsonld", ".nq", ".trig"]


@pytest.mark.parametrize(
    ("header", "results", "graph"),
    [
        (None, "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("text/*", "csv", "ttl"),
        ("application/*", "json", "nt"),
        ("application/json", "json", "jsonld"),
        ("text/xml", "xml", "rdf"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.7", "xml", None),
        ("application/sparql-results+json;q=0, */*", "xml", "ttl"),
        ("text/turtle;q=0, text/*;q=0.3, application/ld+json;q=0.2", "csv", "jsonld"),
        ("TEXT/TURTLE", None, "ttl"),
        ("text/turtle; charset=utf-8; version=1.2", None, "ttl"),
        ("application/rdf+xml, text/turtle", None, "ttl"),
        ("image/png", None, None),
        ("text/html", None, None),
        ("garbage", None, None),
        ("text/tab-separated-values, */*;q=0.1", "tsv", "ttl"),
    ],
)
def test_choose(header: str | None, results: str | None, graph: str | None) -> None:
    chosen = [choose(accept(header), formats) for formats in (RESULTS, GRAPHS)]
    assert [found and found.name for found in chosen] == [results, graph]


@pytest.mark.parametrize(
    ("header", "html"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("*/*", False),
        ("text/*", False),
        (None, False),
        ("text/html;q=0.5, text/csv", False),
        ("text/html, application/json", False),
        ("text/html;q=0", False),
    ],
)
def test_prefers_html(header: str | None, html: bool) -> None:
    assert prefers_html(accept(header), RESULTS) is html


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (None, "text/plain"),
        ("*/*", "text/plain"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", "application/problem+json"),
        ("application/problem+json, text/html;q=0.5", "application/problem+json"),
        ("text/turtle", "text/plain"),
        ("image/png", "text/plain"),
    ],
)
def test_error_form(header: str | None, form: str) -> None:
    assert error_form(accept(header)) == form


def solutions(query: str, **more: object) -> list[bytes]:
    store = pyoxigraph.Store()
    store.add(
        pyoxigraph.Quad(pyoxigraph.NamedNode("urn:x:a"), pyoxigraph.NamedNode("urn:x:b"), pyoxigraph.Literal("c\nd"))
    )
    answer = store.query(query)
    form = BY_NAME["nt" if isinstance(answer, pyoxigraph.QueryTriples) else "tsv"].engine
    return [answer.serialize(format=form)]  # type: ignore[arg-type, list-item]


def test_rows_of_a_table() -> None:
    text = "SELECT ?x ?y { VALUES (?x ?y) { (<urn:x:a> 'Sasko\\n\\t\"'@cs) (1 UNDEF) } }"
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    language = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    assert first_rows("select", solutions(text), 5) == AnswerTable(
        ["x", "y"],
        [
            [AnswerTerm("urn:x:a", "iri"), AnswerTerm('Sasko\n\t"', "literal", "cs", language)],
            [AnswerTerm("1", "literal", None, integer), None],
        ],
    )


def test_rows_of_a_graph() -> None:
    found = first_rows("graph", solutions("CONSTRUCT { ?s ?p _:o } WHERE { ?s ?p ?o }"), 5)
    assert [cell.kind for cell in found.rows[0] if cell] == ["iri", "iri", "blank_node"]
    assert found.columns == ["subject", "predicate", "object"]


@pytest.mark.parametrize(("query", "answer"), [("ASK {}", True), ("ASK { ?s ?s ?s }", False)])
def test_boolean(query: str, answer: bool) -> None:
    assert first_rows("ask", solutions(query), 5) == AnswerTable(boolean=answer)


def test_rows_are_cut_and_said_to_be() -> None:
    text = "SELECT ?x { VALUES ?x { 1 2 3 } }"
    assert [
        (len(found.rows), found.more) for n in (2, 3, 4) for found in [first_rows("select", solutions(text), n)]
    ] == [
        (2, True),
        (3, False),
        (3, False),
    ]


def test_a_huge_row_is_not_held() -> None:
    lines = [b"?x\n", b'"' + b"a" * 5 * 2**20 + b'"\n', b'"b"\n']
    assert first_rows("select", lines, 9).more


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: str(form.name))
def test_transcribe(form: Format) -> None:
    assert isinstance(form.engine, pyoxigraph.RdfFormat)
    written = transcribe("<urn:x:a> <urn:x:b> 'c'@cs .", form)
    triples = {quad.triple for quad in pyoxigraph.parse(written, format=form.engine)}
    assert [str(triple.object) for triple in triples] == ['"c"@cs']
