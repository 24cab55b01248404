"""The data that queries see: a default graph that is a set, however many graphs hold a triple.

The engine puts graphs together as a bag: a triple that stands in two graphs of a union, or of several FROM, is there
twice for it, and once for SPARQL. Where no two graphs share a triple there is nothing to do. Where some do, the
triples of these graphs are put into cells, one for each set of graphs that holds the same triples: no two cells
share any, so that those of some graphs, side by side, are the union as a set. Cells are named by blank nodes, which
no query can name.

References
----------
SPARQL 1.1 Query Language, section 13 (a default graph is an RDF graph, and an RDF graph is a set of triples).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import IO, Any, TypeAlias

import pyoxigraph as ox

from graph.sparql.query_text import scan

__all__ = ["Dataset", "Results", "text_of"]

Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_Name: TypeAlias = ox.NamedNode | ox.BlankNode
_Graph: TypeAlias = _Name | ox.DefaultGraph

MOST_PARTS = 8  # that a pattern is looked up in one after the other; of more, there is one graph with all of them
_BATCH = 20_000


class Dataset:
    """Quads in the engine, and how they are asked so that each triple counts once.

    Parameters
    ----------
    engine : pyoxigraph.Store
        Holds the quads. Nothing may be added by others once a query was asked.
    is_disjoint : bool
        Whether it is known that no triple stands in two graphs, as in an edition; else it is looked for, once, in
        some seconds for a million quads, and some more for each million that is then put into cells.
    """

    def __init__(self, engine: ox.Store, *, is_disjoint: bool = False) -> None:
        self.engine = engine
        self.is_disjoint = is_disjoint
        self._hidden: set[_Graph] = set()

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        has_clauses: bool | None = None,
    ) -> Results:
        """Evaluate a query.

        Parameters
        ----------
        base : str or None
            IRI against which relative IRIs of the text are resolved.
        default_graphs, named_graphs : iterable of str
            The dataset, as the protocol gives it; it goes before FROM. Without both, the default graph is the union
            of all graphs.
        has_clauses : bool or None
            Whether the text has FROM or FROM NAMED; None when that is still to be looked for.

        Raises
        ------
        SyntaxError, ValueError, RuntimeError, OSError
            As the engine raises them.
        """
        if has_clauses is None:
            has_clauses = scan(text).has_dataset
        default, named = _nodes(default_graphs), _nodes(named_graphs)
        if not default and not named:
            if not has_clauses:
                return self.engine.query(text, base_iri=base, **self._everything)
            clauses = scan(text).dataset_clauses
            if len(clauses) > 1:
                default, named = _resolved(text, clauses, base)
            if not default and not named:
                return self.engine.query(text, base_iri=base)
        parts = self._parts_of(default)
        return self.engine.query(text, base_iri=base, default_graph=parts, named_graphs=named)

    @property
    def triples(self) -> int:
        """Number of triples in the union of all graphs, each counted once: what ``COUNT(*)`` says."""
        if not self._cells:
            return len(self.engine)
        parts = self._parts_of(self._graphs)
        return sum(1 for part in parts for _ in self.engine.quads_for_pattern(None, None, None, part))

    def unprepared(self) -> ox.Store:
        """Give the engine back as it was, without cells, so that more can be loaded."""
        for graph in self._hidden:
            self.engine.remove_graph(graph)
        return self.engine

    def dump(self, target: IO[bytes] | str, *, form: ox.RdfFormat) -> None:
        """Write all quads, in no order; cells are none of them."""
        if not self._cells:
            self.engine.dump(target, format=form)
            return
        ox.serialize((quad for quad in self.engine if quad.graph_name not in self._hidden), target, format=form)

    def prepare(self) -> None:
        """Look for what stands in several graphs now, rather than when the first query comes."""
        self._everything  # noqa: B018

    @cached_property
    def _graphs(self) -> list[_Graph]:
        """All graphs, the default graph among them when something stands there."""
        unnamed = self.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return [*(quad.graph_name for quad in islice(unnamed, 1)), *self.engine.named_graphs()]

    @cached_property
    def _cells(self) -> list[tuple[frozenset[_Graph], ox.BlankNode]]:
        """Cells with the graphs that hold what is in them; none where no two graphs share a triple."""
        graphs = self._graphs  # read before there are cells
        if self.is_disjoint or len(graphs) < 2:
            return []
        doubtful = _met_again(self.engine)
        holders = {self._holders(quad) for quad in self.engine if hash(quad.triple) in doubtful}
        shared = {graph for graphs in holders if len(graphs) > 1 for graph in graphs}
        names = {cell: ox.BlankNode() for cell in holders if len(cell) > 1}
        names |= {frozenset({graph}): ox.BlankNode() for graph in shared}
        self._hidden.update(names.values())
        self._fill(names, [graph for graph in graphs if graph in shared], doubtful)
        return list(names.items())

    def _fill(self, names: dict[frozenset[_Graph], ox.BlankNode], graphs: Sequence[_Graph], doubtful: set[int]) -> None:
        done: set[_Graph] = set()

        def placed() -> Iterator[ox.Quad]:
            for graph in graphs:
                alone = frozenset({graph})
                for quad in self.engine.quads_for_pattern(None, None, None, graph):
                    cell = self._holders(quad) if hash(quad.triple) in doubtful else alone
                    if cell.isdisjoint(done):  # else it was placed with the first graph that holds it
                        yield ox.Quad(quad.subject, quad.predicate, quad.object, names[cell])
                done.add(graph)

        self._add(placed())

    def _add(self, quads: Iterator[ox.Quad]) -> None:
        while batch := list(islice(quads, _BATCH)):
            self.engine.extend(batch)

    def _holders(self, quad: ox.Quad) -> frozenset[_Graph]:
        again = self.engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return frozenset(same.graph_name for same in again if same.graph_name not in self._hidden)

    @cached_property
    def _everything(self) -> dict[str, Any]:
        """Arguments that make the default graph the union of all graphs."""
        if not self._cells:
            return {"use_default_graph_as_union": True}
        parts: list[_Graph] = self._parts_of(self._graphs)
        if len(parts) > MOST_PARTS:
            whole = ox.BlankNode()
            self._hidden.add(whole)
            self._add(
                ox.Quad(quad.subject, quad.predicate, quad.object, whole)
                for part in parts
                for quad in self.engine.quads_for_pattern(None, None, None, part)
            )
            parts = [whole]
        named = [graph for graph in self._graphs if not isinstance(graph, ox.DefaultGraph)]
        return {"default_graph": parts, "named_graphs": named}

    def _parts_of(self, graphs: Sequence[_Graph]) -> list[_Graph]:
        """Graphs that share no triple, and hold together what the given ones hold."""
        if len(graphs) < 2 or not self._cells:
            return list(graphs)
        wanted = {*graphs}
        shared = {graph for cell, _ in self._cells for graph in cell}
        cells = [name for cell, name in self._cells if cell & wanted]
        return [*cells, *(graph for graph in graphs if graph not in shared)]


def text_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """Text of a term of a solution, "" for what is not bound; see `graph.sparql.store.Solution`."""
    if term is None:
        return ""
    return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)


def _nodes(iris: Iterable[str]) -> list[_Name]:
    """Graphs by their IRIs, each once: named twice, it would count twice."""
    return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]


def _met_again(engine: ox.Store) -> set[int]:
    """Hashes of the triples that stand in several graphs, and of few others."""
    seen: set[int] = set()
    again: set[int] = set()
    for quad in engine:
        number = hash(quad.triple)
        (again if number in seen else seen).add(number)
    return again


def _resolved(text: str, clauses: Sequence[tuple[bool, str]], base: str | None) -> tuple[list[_Name], list[_Name]]:
    """Read the IRIs of dataset clauses as the engine reads them, with the prologue of the query."""
    if not all(term for _, term in clauses):
        return [], []
    terms = " ".join(term for _, term in clauses)
    question = f"{scan(text).prologue}\nSELECT ?graph {{ VALUES ?graph {{ {terms} }} }}"
    try:
        answer = ox.Store().query(question, base_iri=base)
    except SyntaxError:  # which the query has as well: it is the query that tells where
        return [], []
    assert isinstance(answer, ox.QuerySolutions)
    split: tuple[list[str], list[str]] = ([], [])
    for (is_named, _), (graph,) in zip(clauses, answer, strict=True):
        split[is_named].append(graph.value)
    return _nodes(split[0]), _nodes(split[1])
