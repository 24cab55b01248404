"""A store in the memory of this process."""

from __future__ import annotations

import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from graph.errors import QueryError, StoreError
from graph.sparql.engines.dataset import Dataset, Results, text_of
from graph.sparql.engines.documents import opened_document, without_remote_context
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
        self.dataset = Dataset(ox.Store(), is_disjoint=True)

    @property
    def engine(self) -> ox.Store:
        """The pyoxigraph store that holds the quads."""
        return self.dataset.engine

    def load(
        self,
        source: bytes | Path,
        *,
        suffix: str = "nq",
        base: str | None = None,
        is_disjoint: bool = False,
        contexts: str = "",
    ) -> None:
        """Add the quads or triples of a document.

        Parameters
        ----------
        source : bytes or Path
            The document, or the file that holds it, which may be as `opened_document` reads files.
        suffix : str
            Of the format of a document: ``nq``, ``nt``, ``ttl``, ``trig``, ``rdf`` or ``jsonld``; that of a file counts
            for itself.
        base : str or None
            IRI against which relative IRIs are resolved.
        is_disjoint : bool
            Whether it is known that no triple stands in two graphs, in what was loaded before neither.
        contexts : str
            Folder of the contexts that a file in JSON-LD names; see `opened_document`.

        Raises
        ------
        StoreError
            The document is not well formed; the text gives line and column. Nothing of it was added.
        """
        try:
            if isinstance(source, Path):
                with opened_document(source, contexts, base) as (stream, form):
                    self.engine.bulk_load(stream, format=_format(form), base_iri=base)
            else:
                self.engine.bulk_load(source, format=_format(suffix), base_iri=base)
        except StoreError as error:
            said = str(error)
            raise error if said.startswith(f"{source!s}:") else StoreError(f"{source!s}: {said}") from error
        except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
            if isinstance(source, Path):
                raise StoreError(f"{source}: {without_remote_context(source, error)}") from error
            raise StoreError(f"document: {error}") from error
        except MemoryError as error:  # also what the parser says of a value that it has no room for
            where = source if isinstance(source, Path) else "document"
            raise StoreError(f"{where}: holds a value that is too long, 16 MB or more: {error}") from error
        self.dataset = Dataset(self.dataset.unprepared(), is_disjoint=is_disjoint)

    def add_new(self, n_triples: bytes, named_graph: str) -> bytes:
        """Add to a named graph the triples that no graph holds yet; return them as N-Triples.

        Parameters
        ----------
        n_triples : bytes
            As `construct` gives them; there may be repetitions.
        """
        graph = ox.NamedNode(named_graph)
        engine = self.dataset.unprepared()
        self.dataset = Dataset(engine, is_disjoint=self.dataset.is_disjoint)
        added: list[str] = []
        for quad in ox.parse(n_triples, format=ox.RdfFormat.N_TRIPLES):
            terms = quad.subject, quad.predicate, quad.object
            if next(engine.quads_for_pattern(*terms, None), None) is None:
                engine.add(ox.Quad(*terms, graph))
                added.append(f"{quad.triple} .\n")
        return "".join(added).encode()

    def dump(self, target: IO[bytes]) -> None:
        """Write all quads as N-Quads, in no order."""
        self.dataset.dump(target, form=ox.RdfFormat.N_QUADS)

    def write(self, path: Path, *, suffix: str) -> None:
        """Write all quads to a file, in no order and without holding them in memory; ``nq`` or ``trig``."""
        form = ox.RdfFormat.from_extension(suffix)
        assert form is not None
        self.dataset.dump(str(path), form=form)

    def select(self, query: str) -> list[Solution]:
        """Solutions of a SELECT query; see `graph.sparql.store.Store`."""
        answer = self._query(query)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("a SELECT query was expected")
        names = [variable.value for variable in answer.variables]
        return [dict(zip(names, map(text_of, solution), strict=True)) for solution in answer]

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
        self.dataset = Dataset(ox.Store(), is_disjoint=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query(self, query: str) -> Results:
        try:
            return self.dataset.query(query)
        except SyntaxError as error:
            raise QueryError(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"the query could not be answered: {error}") from error


def _format(suffix: str) -> ox.RdfFormat:
    file_format = ox.RdfFormat.from_extension(suffix)
    if file_format is None:
        raise StoreError(f"no RDF format has the suffix .{suffix}")
    return file_format
