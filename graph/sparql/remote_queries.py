"""Queries of users when the data is at a SPARQL endpoint: the same contract as the sandbox, passed on."""

from __future__ import annotations

from collections.abc import Generator
from typing import Literal

from graph.errors import QueryTooLarge
from graph.settings import Settings
from graph.sparql.query_service import QueryRequest, Reply
from graph.sparql.query_text import refuse_unfit, scan
from graph.sparql.remote import RemoteStore

__all__ = ["RemoteQueries"]


class RemoteQueries:
    """Passes queries of users on to the endpoint of the settings.

    Notes
    -----
    The text is checked before it leaves: no update, no SERVICE, no deep or long query. The time and the
    memory of the query itself are for the endpoint to limit; we stop waiting after ``query_timeout_s``.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = RemoteStore(settings.store, timeout_s=settings.query_timeout_s)

    def run(self, request: QueryRequest) -> Reply:
        """Run a query; see `graph.sparql.query_service.QueryService`."""
        query = scan(request.text)
        refuse_unfit(query, max_depth=self._settings.query_max_depth, max_kb=self._settings.query_max_kb)
        form = request.graph if query.is_graph else request.results
        body = self._store.request(request.text, form.media_type, request.default_graphs, request.named_graphs)
        if len(body) > self._settings.answer_max_mb * 2**20:
            raise QueryTooLarge(
                f"the answer is larger than {self._settings.answer_max_mb} MB; ask for less, or use LIMIT"
            )
        return Reply(self._kind(query.is_graph, body), form, _once(body), len(body))

    def close(self) -> None:
        """Nothing to end."""

    def __enter__(self) -> RemoteQueries:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @staticmethod
    def _kind(is_graph: bool, body: bytes) -> Literal["select", "ask", "graph"]:
        if is_graph:
            return "graph"
        head = body.lstrip()[:6000]
        is_boolean = head in (b"true", b"false") or b'"boolean"' in head[:200] or b"<boolean>" in head[:400]
        return "ask" if is_boolean else "select"


def _once(body: bytes) -> Generator[bytes, None, None]:
    yield body
