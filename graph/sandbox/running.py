"""Queries under way, by client: so that those whose client has gone can be ended."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

__all__ = ["Query", "Running"]


@dataclass(eq=False)
class Query:
    """A query under way in the worker `pid`."""

    client: str
    pid: int
    begun: float
    is_cancelled: bool = False


class Running:
    """The queries under way; safe for threads."""

    def __init__(self) -> None:
        self._queries: set[Query] = set()
        self._lock = threading.Lock()

    def enter(self, client: str, pid: int) -> Query:
        """Note that a worker begins to work for a client."""
        query = Query(client, pid, time.monotonic())
        with self._lock:
            self._queries.add(query)
        return query

    def leave(self, query: Query) -> None:
        """Note that it works for this client no longer; from here on the worker is not ended by `cancel`."""
        with self._lock:
            self._queries.discard(query)

    def clients(self, least_s: float) -> set[str]:
        """Clients with a query that has been under way for so many seconds."""
        before = time.monotonic() - least_s
        with self._lock:
            return {query.client for query in self._queries if query.begun <= before}

    def cancel(self, client: str) -> int:
        """End the workers of a client, and say how many they were."""
        with self._lock:
            queries = [query for query in self._queries if query.client == client]
            for query in queries:
                query.is_cancelled = True
                with suppress(ProcessLookupError):
                    os.kill(query.pid, signal.SIGKILL)
        return len(queries)
