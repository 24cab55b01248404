"""A SPARQL 1.1 endpoint, asked through SPARQLWrapper: as a store, and for the queries of users."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from http.client import HTTPException
from importlib.metadata import version
from types import TracebackType
from typing import Any, Literal, Self
from urllib.error import URLError
from urllib.parse import urlsplit

from SPARQLWrapper import POST, SELECT, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from graph.errors import QueryError, QueryTooLarge, StoreError
from graph.settings import Settings
from graph.sparql.query_service import QueryRequest, Reply
from graph.sparql.query_text import refuse_unfit, scan
from graph.sparql.store import Solution

__all__ = ["RemoteQueries", "RemoteStore"]

N_TRIPLES = "application/n-triples"
RESULTS_JSON = "application/sparql-results+json"


class RemoteStore:
    """Reads a SPARQL 1.1 endpoint; the contract of `graph.sparql.store.Store`.

    Parameters
    ----------
    endpoint : str
        Address, http or https. Its default graph must be the union of its named graphs, as the pages
        ask without GRAPH (``oxigraph serve --union-default-graph``, ``tdb2:unionDefaultGraph true``).
    timeout_s : float
        Seconds for one answer.

    Notes
    -----
    Queries go as the parameter of a form: Virtuoso 7.2 never answers a query that is sent as a body of its own
    (virtuoso-opensource issue 842).

    References
    ----------
    SPARQL 1.1 Protocol, section 2.1.2 (query via POST with URL-encoded parameters).
    """

    def __init__(self, endpoint: str, *, timeout_s: float = 30.0) -> None:
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise StoreError(
                f"{endpoint!r} is not the address of a SPARQL endpoint; it must start with http:// or https://"
            )
        self.endpoint = endpoint
        self._timeout_s = timeout_s

    def select(self, query: str) -> list[Solution]:
        """Solutions of a SELECT query; see `graph.sparql.store.Store`."""
        answer = self._json(query)
        names = answer["head"]["vars"]
        return [
            {name: binding[name]["value"] if name in binding else "" for name in names}
            for binding in answer["results"]["bindings"]
        ]

    def ask(self, query: str) -> bool:
        """Answer of an ASK query."""
        return bool(self._json(query)["boolean"])

    def construct(self, query: str) -> bytes:
        """Triples of a CONSTRUCT or DESCRIBE query as N-Triples."""
        return self.request(query, N_TRIPLES)

    def request(
        self,
        query: str,
        media_type: str,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> bytes:
        """Send a query as it is and return the bytes of the answer.

        Parameters
        ----------
        query, media_type : str
            The text; what to ask for in Accept.
        default_graphs, named_graphs : iterable of str
            IRIs of the dataset; both empty for that of the endpoint.

        Raises
        ------
        QueryError
            The endpoint calls the query bad; its words are kept.
        StoreError
            The endpoint cannot be reached in time or fails.
        """
        wrapper = SPARQLWrapper(self.endpoint, agent=f"Krajina/{version('krajina')}")
        wrapper.setTimeout(max(1, int(self._timeout_s)))
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        # Not setQuery: it takes a text that holds the letters of an update, as a comment with "address", for one,
        # and sends it as such. Whatever comes here goes as a query; its answer has the form of Accept below.
        wrapper.queryString, wrapper.queryType = query, SELECT
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", media_type)
        for name, iris in (("default-graph-uri", default_graphs), ("named-graph-uri", named_graphs)):
            for iri in iris:
                wrapper.addParameter(name, iri)
        try:
            return bytes(wrapper.query().response.read())
        except QueryBadFormed as error:
            raise QueryError(_words(error)) from error
        except (SPARQLWrapperException, HTTPException, URLError, OSError, ValueError) as error:
            raise StoreError(f"the SPARQL endpoint {self.endpoint} did not answer: {_words(error)}") from error

    def close(self) -> None:
        """Nothing to let go of: each query is a request of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _json(self, query: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.request(query, RESULTS_JSON))
        return answer


class RemoteQueries:
    """Passes queries of users on to the endpoint of the settings; the contract of the sandbox.

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
        return Reply(self._kind(query.is_graph, body), form, _whole(body), len(body))

    def tend(self) -> None:
        """Nothing to replace."""

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


def _whole(body: bytes) -> Generator[bytes, None, None]:
    yield body


def _words(error: Exception) -> str:
    return " ".join(str(error).replace("\\n", " ").split())[:500] or type(error).__name__
