"""Keeps complete answers, so that a query which was answered once on an edition costs nothing the next time.

It stands before the query service. Equal queries that come at the same time are run once: the others wait for
the answer of the first. Answers that depend on the clock or on chance are not kept, and neither are errors.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from cachetools import LRUCache

from graph.errors import QueryBusy, QueryError
from graph.sparql.query_service import ZIPPED_PART, Answer, Chunks, QueryRequest, QueryService, Reply
from graph.sparql.query_text import scan

__all__ = ["AnswerCache"]

_ANSWERS = 2  # of the largest size that all have room
_OVERHEAD_BYTES = 2048
_WAITING = 16  # queries that wait for equal ones

Key: TypeAlias = tuple[str, tuple[str, ...], tuple[str, ...], str, str]


class _UnderWay:
    """A query that runs; when it is over, with its answer, its error, or neither. `over` is for those who wait."""

    over: threading.Event | None = None
    answer: Answer | None = None
    error: QueryError | None = None


class AnswerCache:
    """A query service that remembers; safe for threads.

    Parameters
    ----------
    service
        What runs queries whose answer is not here.
    edition
        Identifier of the data, which never changes behind it.
    max_mb
        Megabytes of all answers, with their compressed form; one answer gets a half. 0 keeps nothing.
    wait_s
        Seconds to wait for the answer of an equal query.
    """

    def __init__(self, service: QueryService, edition: str, *, max_mb: int, wait_s: float) -> None:
        self._service, self._edition, self._wait_s = service, edition, wait_s
        self._most_bytes = max_mb * 2**20 // _ANSWERS
        self._kept: LRUCache[Key, Answer] = LRUCache(max(1, max_mb * 2**20), getsizeof=_bytes_of)
        self._under_way: dict[Key, _UnderWay] = {}
        self._waiting = 0
        self._lock = threading.Lock()

    def run(self, request: QueryRequest) -> Reply:
        """Give the answer that is kept, or the one of an equal query under way, or run the query.

        Raises
        ------
        QueryError, StoreError
            As the service does. Those who waited for an equal query share its error, unless it was for want of room.
        """
        if not scan(request.text).is_repeatable:
            return self._service.run(request)
        key = _key(request)
        with self._lock:
            answer = self._kept.get(key)
            first = self._under_way.get(key)
            if answer is None and first is None:
                mine = self._under_way[key] = _UnderWay()
            elif first is not None and first.over is None:
                first.over = threading.Event()
        if answer is not None:
            return _reply(answer)
        if first is None:
            return self._run(request, key, mine)
        if not self._wait(first):  # running it now would answer far past the time limit
            raise QueryBusy("An equal query is being answered.", retry_after_s=2)
        if first.error is not None:
            raise copy(first.error)
        return _reply(first.answer) if first.answer is not None else self._service.run(request)

    def tag(self, request: QueryRequest) -> str:
        """Name the answer by edition, query, dataset and serialisation; "" when it may differ each time."""
        return self._tag(_key(request)) if scan(request.text).is_repeatable else ""

    def tend(self) -> None:
        """Have the service replace what it lost."""
        self._service.tend()

    def close(self) -> None:
        """End the service."""
        self._service.close()

    def _run(self, request: QueryRequest, key: Key, mine: _UnderWay) -> Reply:
        """Run a query as the first; whatever comes of it, those who wait may go on."""
        try:
            reply = self._service.run(request)
            answer, rest = self._complete(key, reply)
            if answer is None:
                return replace(reply, chunks=rest)
            mine.answer = answer
            if _bytes_of(answer) <= self._most_bytes:
                with self._lock:
                    self._kept[key] = answer
            return _reply(answer)
        except QueryError as error:
            mine.error = None if isinstance(error, QueryBusy) else copy(error)
            raise
        finally:
            with self._lock:
                del self._under_way[key]
                over = mine.over
            if over is not None:
                over.set()

    def _wait(self, first: _UnderWay) -> bool:
        """Wait for an equal query, not when many wait, whose threads others need; False when time was up."""
        with self._lock:
            if self._waiting >= _WAITING:
                return True
            self._waiting += 1
        assert first.over is not None
        is_over = first.over.wait(self._wait_s)
        with self._lock:
            self._waiting -= 1
        return is_over

    def _complete(self, key: Key, reply: Reply) -> tuple[Answer | None, Chunks]:
        """Read an answer to its end, or as far as one is kept; give it, or what to read instead."""
        pieces, size = [], 0
        for piece in reply.chunks:
            pieces.append(piece)
            size += len(piece)
            if size > self._most_bytes and reply.size is None:
                return None, _Begun(pieces, reply.chunks)
        return Answer(reply.kind, reply.format, b"".join(pieces), self._tag(key)), reply.chunks

    def _tag(self, key: Key) -> str:
        return hashlib.blake2b(f"{self._edition}{key!r}".encode(), digest_size=12).hexdigest()


class _Begun:
    """An answer whose first pieces have been read."""

    def __init__(self, pieces: list[bytes], rest: Chunks) -> None:
        self._pieces: Iterator[bytes] = chain(pieces, rest)
        self._rest = rest

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces = iter(())
        self._rest.close()


def _key(request: QueryRequest) -> Key:
    return request.text, request.default_graphs, request.named_graphs, request.results.name, request.graph.name


def _reply(answer: Answer) -> Reply:
    return Reply(answer.kind, answer.format, answer.chunks(), len(answer.body), answer)


def _bytes_of(answer: Answer) -> int:
    """Count an answer with room for its compressed form, which is made later or not at all."""
    return len(answer.body) + len(answer.body) // ZIPPED_PART + _OVERHEAD_BYTES
