"""A store in the memory of this process."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from graph.errors import QueryError, StoreError
from graph.sparql.store import Solution

__all__ = ["MemoryStore"]


class MemoryStore:
    """A store in the memory of this process, on pyoxigraph.

    Notes
    -----
    pyoxigraph cannot be stopped once it evaluates, so that only trusted queries may come here; those of
    users go to `graph.sandbox.sandbox`.
    """

    def __init__(self) -> None:
        self._store = ox.Store()

    @property
    def engine(self) -> ox.Store:
        """The pyoxigraph store, for the sandbox that forks with it."""
        return self._store

    def load(self, source: bytes | Path, *, suffix: str = "nq", base: str | None = None) -> None:
        """Add the quads or triples of a document.

        Parameters
        ----------
        source : bytes or Path
            The document, or the file that holds it.
        suffix : str
            ``nq``, ``nt``, ``ttl``, ``trig``, ``rdf`` or ``jsonld``.
        base : str or None
            IRI against which relative IRIs are resolved.

        Raises
        ------
        StoreError
            The document is not well formed; the text gives line and column. Nothing of it was added.
        """
        file_format = ox.RdfFormat.from_extension(suffix)
        if file_format is None:
            raise StoreError(
                f"{source if isinstance(source, Path) else suffix}: no RDF format has the suffix .{suffix}"
            )
        try:
            if isinstance(source, Path):
                self._store.bulk_load(path=str(source), format=file_format, base_iri=base)
            else:
                self._store.bulk_load(source, format=file_format, base_iri=base)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(f"{source if isinstance(source, Path) else 'document'}: {error}") from error

    def dump(self, target: IO[bytes]) -> None:
        """Write all quads as N-Quads, in no order."""
        self._store.dump(target, format=ox.RdfFormat.N_QUADS)

    def write(self, path: Path, *, suffix: str) -> None:
        """Write all quads to a file, in no order and without holding them in memory; ``nq`` or ``trig``."""
        self._store.dump(str(path), format=ox.RdfFormat.from_extension(suffix))

    def select(self, query: str) -> list[Solution]:
        """Solutions of a SELECT query; see `graph.sparql.store.Store`."""
        answer = self._query(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query was expected")
        names = [variable.value for variable in answer.variables]
        return [dict(zip(names, map(_text, solution), strict=True)) for solution in answer]

    def ask(self, query: str) -> bool:
        """Answer of an ASK query."""
        answer = self._query(query)
        if not isinstance(answer, ox.QueryBoolean):
            raise QueryError("an ASK query was expected")
        return bool(answer)

    def construct(self, query: str) -> bytes:
        """Triples of a CONSTRUCT or DESCRIBE query as N-Triples; see `graph.sparql.store.Store`."""
        answer = self._query(query)
        if not isinstance(answer, ox.QueryTriples):
            raise QueryError("a CONSTRUCT or DESCRIBE query was expected")
        return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""

    def close(self) -> None:
        """Let go of the quads."""
        self._store = ox.Store()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"the query could not be answered: {error}") from error


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)
