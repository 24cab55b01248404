"""The query sandbox: SPARQL of users, run in processes that can be limited and killed.

The engine has no timeout and no cancellation, and a failed allocation or a deep recursion ends its process.
So a query runs in a warm worker process (`graph.sandbox.worker`), forked from a parent that holds the data
(`graph.sandbox.zygote`), and the web process keeps the time.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable

from graph.errors import QueryError
from graph.sandbox.budget import Budget
from graph.sandbox.pool import Pool
from graph.sandbox.running import Running
from graph.sandbox.slots import Slots
from graph.sandbox.turn import Turn
from graph.sandbox.worker_query import WorkerQuery
from graph.settings import Settings
from graph.sparql.engines.dataset import Dataset
from graph.sparql.query_service import QueryRequest, Reply
from graph.sparql.query_text import QueryText, refuse_unfit, scan

__all__ = ["Sandbox"]

_LIGHT_PLACES = max(2, os.cpu_count() or 2)  # more at once would take memory, and no query would end sooner
_QUEUE = 64
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\x22{}|^`\\]*")


class Sandbox:
    """A query service over an in-memory store, read-only; safe for threads.

    Parameters
    ----------
    load
        Gives the store. It is called in a forked process; ``lambda: store`` shares memory with the caller.
    settings
        The limits: ``query_*`` and ``answer_max_mb``.
    running
        Where to note the queries under way, so that others can end those of a client that has gone.

    Raises
    ------
    StoreError
        The data cannot be loaded, or threads run already: the sandbox forks, so it must come first.
    """

    def __init__(self, load: Callable[[], Dataset], settings: Settings, running: Running | None = None) -> None:
        self._settings, self._base = settings, f"{settings.base}/sparql"
        heavy = settings.query_workers
        retry_after_s = math.ceil(settings.query_timeout_s)
        self._slots = Slots(_LIGHT_PLACES, heavy, max(1, heavy // 2), _QUEUE, retry_after_s)
        self._budget = Budget(settings.query_budget_s)
        self._running = running or Running()
        self._pool = Pool(load, settings)

    def run(self, request: QueryRequest) -> Reply:
        """Run a query.

        Without a dataset in the request or the text, the default graph is the union of all named graphs.

        Raises
        ------
        QueryError
            The query is not legal, or is an update; with its place where known.
        QueryUnsupported
            It is legal, but asks another server, or for an unknown function.
        QueryTimeout, QueryTooLarge, QueryBusy
            A limit was reached, or the client's budget. The iterator of the reply may raise them as well, for
            answers above 4 MB.
        QueryRestarting
            The processes of the sandbox were ended from outside; others are being started.
        StoreError
            The sandbox is closed.

        References
        ----------
        SPARQL 1.1 Protocol, section 2.1.4 (specifying an RDF dataset).
        """
        for iri in request.default_graphs + request.named_graphs:
            if not _ABSOLUTE_IRI.fullmatch(iri):
                raise QueryError(f"“{iri}” is not an absolute IRI of a graph.")
        query = scan(request.text)
        refuse_unfit(query, max_depth=self._settings.query_max_depth, max_kb=self._settings.query_max_kb)
        self._budget.check(request.client)
        turn = Turn(self._pool, self._slots, self._running, self._budget, self._settings, request.client)
        return turn.ask(query, self._question(request, query))

    def replace(self, load: Callable[[], Dataset]) -> None:
        """Change the data for all queries that start from now on; `load` must be picklable."""
        self._pool.replace(load)

    def tend(self) -> None:
        """Replace processes that were lost while nobody asked; to be called again and again."""
        self._pool.tend()

    def close(self) -> None:
        """End all processes of the sandbox."""
        self._pool.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _question(self, request: QueryRequest, query: QueryText) -> WorkerQuery:
        prefixes = _prefixes(query) if query.is_graph and request.graph.name == "ttl" else {}
        return WorkerQuery(
            request.text, self._base, query.has_dataset, request.default_graphs, request.named_graphs,
            request.results.name, request.graph.name, prefixes,
        )  # fmt: skip


def _prefixes(query: QueryText) -> dict[str, str]:
    """Prefixes of a query that its answer in Turtle may use."""
    return {prefix: iri for prefix, iri in query.prefixes.items() if _ABSOLUTE_IRI.fullmatch(iri)}
