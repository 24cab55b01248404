"""What a query service takes and gives: the contract of the sandbox and of a remote endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from graph.answers import GRAPHS, RESULTS, Format

__all__ = ["Chunks", "QueryRequest", "QueryService", "Reply"]


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


@dataclass(frozen=True)
class Reply:
    """An answer; `chunks` must be read to its end or closed.

    Attributes
    ----------
    chunks : Chunks
        The body in pieces. A limit that strikes in the middle raises a QueryError from it.
    size : int or None
        Bytes of the body; None when it is still being made.
    """

    kind: Literal["select", "ask", "graph"]
    format: Format
    chunks: Chunks
    size: int | None = None

    @property
    def media_type(self) -> str:
        """Media type of the body, without parameters."""
        return self.format.media_type


class QueryService(Protocol):
    """What answers queries of users."""

    def run(self, request: QueryRequest) -> Reply:
        """Run a query; raises QueryError and its subclasses, or StoreError."""
        ...

    def close(self) -> None:
        """End what it runs."""
        ...
