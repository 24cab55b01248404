"""What a query service takes and gives: the contract of the sandbox and of a remote endpoint."""

from __future__ import annotations

import gzip
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from graph.errors import StoreError
from graph.sparql.answers import GRAPHS, RESULTS, Format

__all__ = ["ZIPPED_PART", "Answer", "Chunks", "Kind", "NoQueries", "QueryRequest", "QueryService", "Reply"]

Kind: TypeAlias = Literal["select", "ask", "graph"]

_SMALL_BYTES = 1024  # below which compressing gains nothing
_LEVEL = 4
ZIPPED_PART = 4  # of the body: what its compressed form may have at most


class Chunks(Protocol):
    """Pieces of a body: an iterator that can be ended early."""

    def __iter__(self) -> Iterator[bytes]: ...
    def __next__(self) -> bytes: ...
    def close(self) -> None:
        """End the answer where it stands."""
        ...


@dataclass(frozen=True)
class QueryRequest:
    """A query as it came over HTTP.

    Attributes
    ----------
    default_graphs, named_graphs : tuple of str
        Absolute IRIs of the protocol's dataset; it beats FROM in the text when either has a member.
    results, graph : Format
        Serialisation of a table or boolean, and of an RDF graph: the query decides which is used.
    client : str
        Address of the client, for fair sharing.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    results: Format = RESULTS[0]
    graph: Format = GRAPHS[0]
    client: str = ""


@dataclass(frozen=True, eq=False)
class Answer:
    """A complete answer.

    Attributes
    ----------
    tag : str
        Names it among all answers; "" when the same query may be answered otherwise the next time.
    """

    kind: Kind
    format: Format
    body: bytes
    tag: str

    @cached_property
    def zipped(self) -> bytes | None:
        """The body compressed with gzip, once; None when that gains too little."""
        if len(self.body) < _SMALL_BYTES:
            return None
        zipped = gzip.compress(self.body, _LEVEL, mtime=0)
        return zipped if len(zipped) <= len(self.body) // ZIPPED_PART else None

    def chunks(self) -> Generator[bytes, None, None]:
        """Give the body in one piece."""
        yield self.body


@dataclass(frozen=True)
class Reply:
    """An answer; `chunks` must be read to its end or closed.

    Attributes
    ----------
    chunks : Chunks
        The body in pieces. A limit that strikes in the middle raises a QueryError from it.
    size : int or None
        Bytes of the body; None when it is still being made.
    answer : Answer or None
        The whole answer, where the service keeps answers; `chunks` gives the same.
    """

    kind: Kind
    format: Format
    chunks: Chunks
    size: int | None = None
    answer: Answer | None = None

    @property
    def media_type(self) -> str:
        """Media type of the body, without parameters."""
        return self.format.media_type


class QueryService(Protocol):
    """What answers queries of users."""

    def run(self, request: QueryRequest) -> Reply:
        """Run a query; raises QueryError and its subclasses, or StoreError."""
        ...

    def tend(self) -> None:
        """Replace what was lost while nobody asked; to be called again and again."""
        ...

    def close(self) -> None:
        """End what it runs."""
        ...


class NoQueries:
    """Stands where nobody asks: a command that writes a file runs no queries of users, and no sandbox for them."""

    def run(self, request: QueryRequest) -> Reply:
        """Refuse a query: StoreError."""
        raise StoreError("Queries of users are answered by `krajina serve` alone.")

    def close(self) -> None:
        """Nothing to end, nor to replace."""

    tend = close
