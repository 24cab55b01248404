"""What a store of triples is: the contract of every engine. Code above does not know which one it asks."""

from __future__ import annotations

from typing import Protocol, TypeAlias

__all__ = ["Solution", "Store"]

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
