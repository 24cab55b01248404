"""Where triples are kept and asked: in memory, or at any SPARQL 1.1 endpoint. Code above does not know which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self, TypeAlias

import pyoxigraph as ox

from graph.errors import QueryError, StoreError

__all__ = ["MemoryStore", "Solution", "Store", "convert", "open_store"]

Solution: TypeAlias = dict[str, str]


class Store(Protocol):
    """Something that answers SPARQL; read only.

    Notes
    -----
    The default graph of a query without FROM is the union of all named graphs. A solution maps each
    projected variable to the text of its term, and an unbound one to "".
    """

    def select(self, query: str) -> list[Solution]:
        """Solutions of a SELECT query, in the order of the engine."""
        ...

    def ask(self, query: str) -> bool:
        """Answer of an ASK query."""
        ...

    def construct(self, query: str) -> bytes:
        """Triples of a CONSTRUCT or DESCRIBE query as N-Triples, in no order."""
        ...

    def close(self) -> None:
        """Let go of what the store holds."""
        ...


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
        """Solutions of a SELECT query; see `Store`."""
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
        """Triples of a CONSTRUCT or DESCRIBE query as N-Triples; see `Store`."""
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


def open_store(where: str = "", files: Iterable[Path] = (), *, timeout_s: float = 30.0) -> Store:
    """Open a store to read from.

    Parameters
    ----------
    where : str
        Address of a SPARQL endpoint; empty for a store in memory.
    files : iterable of Path
        RDF files to load into the store in memory.
    timeout_s : float
        Seconds that an endpoint has for one answer.

    Raises
    ------
    StoreError
        A file is not well formed, or the address is not http or https.
    """
    if where:
        from graph.sparql.remote import RemoteStore

        return RemoteStore(where, timeout_s=timeout_s)
    store = MemoryStore()
    for file in files:
        store.load(file, suffix=file.suffix.lstrip("."), base=file.resolve().as_uri())
    return store


def convert(n_quads: bytes, suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Write N-Quads in another RDF format, in their order; formats without named graphs get each triple once.

    Parameters
    ----------
    n_quads : bytes
        Sorted N-Quads.
    suffix : str
        ``trig``, ``ttl``, ``nt``, ``rdf`` or ``jsonld``.
    prefixes : mapping
        Prefix to namespace IRI, for the formats that have prefixes.
    """
    target_format = ox.RdfFormat.from_extension(suffix)
    if target_format is None:
        raise StoreError(f"no RDF format has the suffix .{suffix}")
    quads = ox.parse(n_quads, format=ox.RdfFormat.N_QUADS)
    content: Iterable[ox.Quad] | Iterable[ox.Triple]
    if target_format.supports_datasets:
        content = sorted(quads, key=lambda quad: str(quad.graph_name))
    else:
        content = dict.fromkeys(quad.triple for quad in quads)
    return ox.serialize(content, format=target_format, prefixes=dict(prefixes)) or b""


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)
