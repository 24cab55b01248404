"""The answer to a query, complete before its first byte leaves.

A limit may strike in the middle of an answer. The server has no way to break off a body without a length, and
a body that ends early would look complete; an answer that is complete first has a length, or an honest status.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

from graph.sparql.query_service import Reply

__all__ = ["whole_answer"]

_IN_MEMORY_BYTES = 4 * 2**20
_PIECE_BYTES = 2**18


def whole_answer(reply: Reply) -> tuple[Iterator[bytes], int]:
    """Read an answer to its end.

    Returns
    -------
    tuple of (iterator of bytes, int)
        Its pieces, from memory or from a file that goes with the iterator; and its size in bytes.

    Raises
    ------
    QueryError
        A limit was reached.
    """
    if reply.size is not None:
        return iter(reply.chunks), reply.size
    with ExitStack() as stack:
        stack.callback(reply.chunks.close)
        file = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY_BYTES))
        for chunk in reply.chunks:
            file.write(chunk)
        stack.pop_all()
    return _pieces(file), file.tell()


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE_BYTES):
            yield piece
