"""A store at a SPARQL 1.1 endpoint, asked through SPARQLWrapper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http.client import HTTPException
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import urlsplit

from SPARQLWrapper import POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from graph.errors import QueryError, StoreError
from graph.sparql.store import Solution

__all__ = ["RemoteStore"]

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

    References
    ----------
    SPARQL 1.1 Protocol, section 2.1.3 (query via POST directly).
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
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.setQuery(query)
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


def _words(error: Exception) -> str:
    return " ".join(str(error).replace("\\n", " ").split())[:500] or type(error).__name__
