"""The default graph is a set: each triple counts once, in whichever graphs it stands and however they are named."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sparql.engines.dataset import MOST_PARTS, Dataset
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.engines.opening import open_store
from graph.sparql.query_text import scan
from tests.conftest import Built

A = "https://example.org/"
GRAPHS = [ox.NamedNode(f"{A}g{number}") for number in range(4)]
TERMS = [ox.NamedNode(f"{A}t{number}") for number in range(3)]
QUADS = st.lists(
    st.builds(
        ox.Quad,
        st.sampled_from(TERMS),
        st.sampled_from(TERMS[:2]),
        st.sampled_from([*TERMS, ox.Literal("1"), ox.Literal("1", language="cs"), ox.Literal(1)]),
        st.sampled_from([*GRAPHS, ox.DefaultGraph(), ox.BlankNode("b")]),
    ),
    max_size=30,
)
PATTERNS = (
    "SELECT (COUNT(*) AS ?n) {0} {{ ?s ?p ?o }}",
    "SELECT (COUNT(*) AS ?n) {0} {{ ?s ?p ?o . ?o ?q ?r }}",
    "SELECT ?p (COUNT(?o) AS ?n) (SUM(?o) AS ?sum) {0} {{ ?s ?p ?o }} GROUP BY ?p",
    f"SELECT ?o {{0}} {{{{ ?s <{A}t0>/<{A}t1> ?o }}}}",
    f"SELECT ?s ?o {{0}} {{{{ ?s <{A}t0>|^<{A}t1> ?o }}}}",
    "SELECT (COUNT(*) AS ?n) {0} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT ?g (COUNT(*) AS ?n) {0} {{ GRAPH ?g {{ ?s ?p ?o }} ?s ?q ?r }} GROUP BY ?g",
)


def filled(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def merged(quads: list[ox.Quad], default: list[ox.NamedNode] | None, named: list[ox.NamedNode] | None) -> ox.Store:
    """Put the default graph that a query should see into that of a store, which is a set."""
    store = ox.Store()
    for quad in quads:
        if default is None or quad.graph_name in default:
            store.add(ox.Quad(*quad.triple))
        if quad.graph_name != ox.DefaultGraph() and (named is None or quad.graph_name in named):
            store.add(quad)
    return store


def rows(answer: object) -> Counter[str]:
    assert isinstance(answer, ox.QuerySolutions)
    return Counter(str([str(value) for value in solution]) for solution in answer)


@settings(deadline=None)
@given(quads=QUADS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_union_of_all_graphs(pattern: str, quads: list[ox.Quad]) -> None:
    text = pattern.format("")
    assert rows(Dataset(filled(quads)).query(text)) == rows(merged(quads, None, None).query(text))


@settings(deadline=None)
@given(quads=QUADS, default=st.lists(st.sampled_from(GRAPHS)), named=st.lists(st.sampled_from(GRAPHS)))
@pytest.mark.parametrize("pattern", PATTERNS)
def test_graphs_that_are_named_in_the_query_or_beside_it(
    pattern: str, quads: list[ox.Quad], default: list[ox.NamedNode], named: list[ox.NamedNode]
) -> None:
    if not default and not named:
        return
    clauses = " ".join([*(f"FROM {graph}" for graph in default), *(f"FROM NAMED {graph}" for graph in named)])
    expected = rows(merged(quads, default, named).query(pattern.format("")))
    dataset = Dataset(filled(quads))
    assert rows(dataset.query(pattern.format(clauses))) == expected
    iris = ([graph.value for graph in default], [graph.value for graph in named])
    beside = dataset.query(pattern.format(""), default_graphs=iris[0], named_graphs=iris[1])
    assert rows(beside) == expected


@settings(deadline=None)
@given(quads=QUADS)
def test_quads_stay_what_they_are(quads: list[ox.Quad]) -> None:
    dataset = Dataset(filled(quads))
    dataset.prepare()
    assert dataset.triples == len({quad.triple for quad in quads})
    written = io.BytesIO()
    dataset.dump(written, form=ox.RdfFormat.N_QUADS)
    again = {quad for quad in ox.parse(written.getvalue(), format=ox.RdfFormat.N_QUADS) if not is_unnamed(quad)}
    assert again == {quad for quad in quads if not is_unnamed(quad)}
    assert set(dataset.unprepared()) == set(quads)


def is_unnamed(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.BlankNode)  # which has another name in another store


def test_many_graphs_are_one_after_all() -> None:
    """More cells than are looked up one after the other."""
    graphs = [ox.NamedNode(f"{A}many{number}") for number in range(MOST_PARTS)]
    quads = [
        ox.Quad(TERMS[0], TERMS[1], ox.Literal(number), graph)
        for number in range(2**MOST_PARTS)
        for place, graph in enumerate(graphs)
        if number >> place & 1
    ]
    dataset = Dataset(filled(quads))
    assert rows(dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == rows_of_number(2**MOST_PARTS - 1)
    of_two = f"SELECT (COUNT(*) AS ?n) FROM {graphs[0]} FROM {graphs[1]} {{ ?s ?p ?o }}"
    assert rows(dataset.query(of_two)) == rows_of_number(3 * 2 ** (MOST_PARTS - 2))
    assert dataset.triples == 2**MOST_PARTS - 1


def rows_of_number(number: int) -> Counter[str]:
    return Counter([str([str(ox.Literal(number))])])


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("SELECT * FROM <g> FROM <g> {}", ((False, "<g>"), (False, "<g>"))),
        ("PREFIX a: <x#> SELECT*FROM NAMED a:g.b FROM\n#c\n<h>WHERE{}", ((True, "a:g.b"), (False, "<h>"))),
        ("ASK from:x { ?from ?p 'FROM <g>' } # FROM <h>", ()),
        ("ASK FROM a:\\,b FROM :c { }", ((False, "a:\\,b"), (False, ":c"))),
        ("DESCRIBE <x> FROM <\\u0067>", ((False, "<\\u0067>"),)),
    ],
)
def test_dataset_clauses(text: str, clauses: tuple[tuple[bool, str], ...]) -> None:
    assert scan(text).dataset_clauses == clauses


@pytest.mark.parametrize(
    "clauses",
    [
        f"BASE <{A}> SELECT (COUNT(*) AS ?n) FROM <g0> FROM <{A}g0>",
        f"PREFIX a: <{A}> SELECT (COUNT(*) AS ?n) FROM a:g0 FROM <{A}g0>",
        f"PREFIX a: <{A}> PREFIX a: <{A}g> SELECT (COUNT(*) AS ?n) FROM a:0 FROM <{A}\\u00670>",
        f"BASE <{A}x/y> PREFIX : <../> SELECT (COUNT(*) AS ?n) FROM :g0 FROM <../g0>",
    ],
)
def test_one_graph_under_several_names(clauses: str) -> None:
    dataset = Dataset(filled([ox.Quad(TERMS[0], TERMS[1], TERMS[2], GRAPHS[0])]))
    assert rows(dataset.query(f"{clauses} {{ ?s ?p ?o }}")) == rows_of_number(1)


def test_cells_have_no_name_to_ask_for() -> None:
    quads = [ox.Quad(TERMS[0], TERMS[1], TERMS[2], graph) for graph in GRAPHS[:2]]
    dataset = Dataset(filled(quads))
    asked = dataset.query("SELECT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert rows(asked) == Counter(str([str(graph)]) for graph in GRAPHS[:2])


def test_files_of_others(tmp_path: Path) -> None:
    """The same file twice, and a graph beside it that says the same."""
    triple = f"<{A}s> <{A}p> 1"
    for name, text in {"a.nt": "{} .", "b.ttl": "{} .", "c.nq": "{} <https://example.org/g> ."}.items():
        written = text.format(triple.replace(" 1", ' "1"^^<http://www.w3.org/2001/XMLSchema#integer>'))
        (tmp_path / name).write_text(written + "\n")
    store = open_store(files=[tmp_path / name for name in ("a.nt", "b.ttl", "c.nq", "a.nt")])
    assert isinstance(store, MemoryStore)
    assert store.select("SELECT (COUNT(*) AS ?n) (SUM(?o) AS ?sum) (AVG(?o) AS ?mean) { ?s ?p ?o }") == [
        {"n": "1", "sum": "1", "mean": "1"}
    ]
    assert store.dataset.triples == 1
    store.load(f"<{A}s> <{A}p> <{A}o> <{A}h> .".encode())
    assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": "2"}]


def test_no_triple_of_an_edition_stands_in_two_graphs(small: Built) -> None:
    triples = Counter(quad.triple for quad in small.store.engine)
    assert [str(triple) for triple, number in triples.items() if number > 1] == []
    assert small.store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [{"n": str(small.edition.quads)}]
    assert sum(small.edition.named_graphs.values()) == small.edition.quads
    by_graph = small.store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert {row["g"]: int(row["n"]) for row in by_graph} == small.edition.named_graphs


def test_what_is_said_in_our_terms_is_said_in_more_general_ones(small: Built) -> None:
    missing = """
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT DISTINCT ?property ?general
        { ?property rdfs:subPropertyOf+ ?general . ?s ?property ?o FILTER NOT EXISTS { ?s ?general ?o } }
    """
    assert small.store.select(missing) == []
    said = small.store.select("SELECT (COUNT(*) AS ?n) { ?s <http://purl.org/dc/terms/source> ?o }")
    ours = small.store.select("SELECT (COUNT(*) AS ?n) { ?s <https://w3id.org/krajina/ontology#source> ?o }")
    assert said == ours != [{"n": "0"}]
