"""What a worker is asked: a query with all that its answer depends on."""

from __future__ import annotations

import marshal
from typing import NamedTuple

__all__ = ["WorkerQuery"]


class WorkerQuery(NamedTuple):
    """A query for a worker.

    Attributes
    ----------
    base : str
        IRI that relative ones are resolved against.
    has_clauses : bool
        Whether the text names its dataset by FROM or FROM NAMED.
    default_graphs, named_graphs : tuple of str
        IRIs of the dataset.
    results, graph : str
        Names of the serialisations for a table and for a graph, as in `graph.sparql.answers.BY_NAME`.
    prefixes : dict
        Those that Turtle may use.
    """

    text: str
    base: str
    has_clauses: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    results: str
    graph: str
    prefixes: dict[str, str]

    def packed(self) -> bytes:
        """Write it for a worker, which has been forked and so reads what this Python writes."""
        return marshal.dumps(tuple(self))

    @classmethod
    def unpacked(cls, data: bytes) -> WorkerQuery:
        """Read what `packed` wrote; never for bytes from a worker, since marshal trusts them."""
        return cls(*marshal.loads(data))
