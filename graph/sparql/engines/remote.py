"""A SPARQL 1.1 endpoint, asked through SPARQLWrapper: as a store, and for the queries of users.

The endpoint is a stranger: `graph.sparql.engines.exchange` bounds what it takes, and what it sends is read before
anybody gets it. Users get it in our own writing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from importlib.metadata import version
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import pyoxigraph as ox
from rdflib.plugins.sparql.parser import parseQuery
from SPARQLWrapper import BASIC, POST, SELECT, URLENCODED, SPARQLWrapper

from graph.errors import (
    QueryBusy,
    QueryError,
    QueryTooLarge,
    QueryUnsupported,
    SettingsError,
    StoreError,
    UnwritableError,
)
from graph.settings import Settings
from graph.sparql.answers import BY_NAME, Format
from graph.sparql.engines.dataset import Results, text_of
from graph.sparql.engines.exchange import AnswerTooLarge, Bounds, Credentials, exchange, one_line, read_body
from graph.sparql.query_service import Kind, QueryRequest, Reply
from graph.sparql.query_text import refuse_unfit, refuse_update, scan
from graph.sparql.store import Solution
from graph.sparql.writing import write, write_results

__all__ = ["RemoteQueries", "RemoteStore"]

PLACES = 32  # exchanges at once: a store that answers nothing must leave threads for what needs no store
PLACE_WAIT_S = 1.0
RETRY_AFTER_S = 5
_TABLE, _TRIPLES = BY_NAME["json"], BY_NAME["nt"]
_WORDS_BYTES = 4096  # of the body of an error


class RemoteStore:
    """Reads a SPARQL 1.1 endpoint; the contract of `graph.sparql.store.Store`.

    Parameters
    ----------
    endpoint : str
        Address, http or https. Its default graph must be the union of its named graphs, as the pages
        ask without GRAPH (``oxigraph serve --union-default-graph``, ``tdb2:unionDefaultGraph true``).
    timeout_s, max_mb, credentials : float, int, Credentials or None
        Seconds and megabytes for one answer, look-up of the name included; what it is told of who asks.

    Raises
    ------
    StoreError, SettingsError
        The address is none of a SPARQL endpoint; it holds a password.

    Notes
    -----
    Queries go as the parameter of a form (SPARQL 1.1 Protocol, section 2.1.2): Virtuoso 7.2 never answers a query that
    is sent as a body of its own (virtuoso-opensource issue 842).
    """

    def __init__(
        self, endpoint: str, *, timeout_s: float = 30.0, max_mb: int = 64, credentials: Credentials | None = None
    ) -> None:
        try:
            parts = urlsplit(endpoint)
            has_password, is_address = "@" in parts.netloc, parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            has_password = is_address = False
        if has_password:
            raise SettingsError(
                "the address of the SPARQL endpoint holds credentials, which would be shown with it; "
                "write them into a file, and name that in KRAJINA_STORE_CREDENTIALS"
            )
        if not is_address:
            raise StoreError(
                f"{endpoint!r} is not the address of a SPARQL endpoint; it must start with http:// or https://"
            )
        self.endpoint = endpoint
        self._timeout_s, self._max_bytes = timeout_s, max_mb * 2**20
        self._credentials = credentials
        self._places = BoundedSemaphore(PLACES)

    def select(self, query: str) -> list[Solution]:
        """Solutions of a SELECT query; see `graph.sparql.store.Store`."""
        answer = self._trusted(query, is_graph=False)
        if not isinstance(answer, ox.QuerySolutions):
            raise _unlike(query, "SELECT")
        names = [variable.value for variable in answer.variables]
        with _as_announced():
            return [_Row(zip(names, map(text_of, solution), strict=True)) for solution in answer]

    def ask(self, query: str) -> bool:
        """Answer of an ASK query."""
        answer = self._trusted(query, is_graph=False)
        if not isinstance(answer, ox.QueryBoolean):
            raise _unlike(query, "ASK")
        return bool(answer)

    def construct(self, query: str) -> bytes:
        """Triples of a CONSTRUCT or DESCRIBE query as N-Triples."""
        return _written(self._trusted(query, is_graph=True), _TRIPLES)

    def answer(
        self, query: str, default_graphs: Iterable[str] = (), named_graphs: Iterable[str] = (), *, is_graph: bool
    ) -> Results | Iterator[ox.Quad]:
        """Send a query as it is and read the answer.

        Parameters
        ----------
        default_graphs, named_graphs : iterable of str
            IRIs of the dataset; both empty for that of the endpoint.
        is_graph : bool
            Whether it asks for triples, and not for a table or a boolean.

        Raises
        ------
        QueryError
            It is an update, or the endpoint calls it bad; its words are kept.
        QueryBusy
            Too many others wait for the endpoint.
        StoreTimeout, StoreError
            The endpoint cannot be reached in time, fails, or sends what is no answer.
        """
        refuse_update(scan(query))
        form = _TRIPLES if is_graph else _TABLE
        bounds = Bounds(self._timeout_s, self._max_bytes)
        wrapper = self._wrapper(query, form, bounds)
        for name, iris in (("default-graph-uri", default_graphs), ("named-graph-uri", named_graphs)):
            for iri in iris:
                wrapper.addParameter(name, iri)
        if not self._places.acquire(timeout=min(PLACE_WAIT_S, self._timeout_s)):
            raise QueryBusy("Too many queries wait for the store already.", retry_after_s=RETRY_AFTER_S)
        try:
            response: HTTPResponse = wrapper.query().response
            with response:
                self._refuse(response, form, bounds)
                body = read_body(response, bounds)
        finally:
            self._places.release()
        with _as_announced():
            if is_graph:
                return ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)

    def close(self) -> None:
        """Nothing to let go of: each query is a request of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _trusted(self, query: str, *, is_graph: bool) -> Results | Iterator[ox.Quad]:
        """Ask a query of ours: that it is bad is not believed where it can be read."""
        try:
            return self.answer(query, is_graph=is_graph)
        except QueryBusy:
            raise
        except QueryError as error:
            try:
                parseQuery(query)
            except Exception:  # as many kinds as the parser has: the query is bad indeed
                raise error from None
            raise StoreError(f"the SPARQL endpoint refuses a query that is legal: {error}") from error

    def _wrapper(self, query: str, form: Format, bounds: Bounds) -> _Wrapper:
        wrapper = _Wrapper(self.endpoint, bounds)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        # Not setQuery: it takes a text that holds the letters of an update, as a comment with "address", for one,
        # and sends it as such. Whatever comes here goes as a query; its answer has the form of Accept below.
        wrapper.queryString, wrapper.queryType = query, SELECT
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", form.media_type)
        if self._credentials and self._credentials.user:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(self._credentials.user, self._credentials.secret)
        elif self._credentials:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self._credentials.secret}")
        return wrapper

    def _refuse(self, response: HTTPResponse, form: Format, bounds: Bounds) -> None:
        """Refuse what is no answer in the form asked for, in words for people."""
        status, told = response.status, response.headers.get_content_type()
        if status == 200:
            if told not in (form.media_type, *form.aliases):
                raise StoreError(f"the SPARQL endpoint answers with {told[:80]}, not with {form.media_type}")
            return
        said = _words(response, bounds)
        said = self._credentials.hidden(said) if self._credentials else said
        if status == 400:
            raise QueryError(said)
        if status in (401, 403):
            advice = "KRAJINA_STORE_CREDENTIALS names a file with those that it takes"
            raise StoreError(f"the SPARQL endpoint refuses who asks ({status} {said}); {advice}")
        raise StoreError(f"the SPARQL endpoint did not answer: {status} {said}")


class RemoteQueries:
    """Passes queries of users on to an endpoint; the contract of the sandbox.

    Notes
    -----
    The text is checked before it leaves: no update, no SERVICE, no deep or long query. The time and the
    memory of the query itself are for the endpoint to limit; we stop waiting after ``query_timeout_s``.
    """

    def __init__(self, settings: Settings, store: RemoteStore) -> None:
        self._settings, self._store = settings, store

    def run(self, request: QueryRequest) -> Reply:
        """Run a query; see `graph.sparql.query_service.QueryService`."""
        query = scan(request.text)
        refuse_unfit(query, max_depth=self._settings.query_max_depth, max_kb=self._settings.query_max_kb)
        form = request.graph if query.is_graph else request.results
        too_large = f"the answer is larger than {self._settings.answer_max_mb} MB; ask for less, or use LIMIT"
        graphs = request.default_graphs, request.named_graphs
        try:
            body = _written(answer := self._store.answer(request.text, *graphs, is_graph=query.is_graph), form)
        except AnswerTooLarge as error:
            raise QueryTooLarge(too_large) from error
        except UnwritableError as error:
            raise QueryUnsupported(str(error)) from error
        if len(body) > self._settings.answer_max_mb * 2**20:
            raise QueryTooLarge(too_large)
        kind: Kind = "graph" if query.is_graph else "ask" if isinstance(answer, ox.QueryBoolean) else "select"
        return Reply(kind, form, (piece for piece in (body,)), len(body))

    def close(self) -> None:
        """Nothing to end, nor to replace."""

    tend = close


class _Wrapper(SPARQLWrapper):
    """A SPARQLWrapper that sends what it made within bounds; by itself it waits for each read anew."""

    def __init__(self, endpoint: str, bounds: Bounds) -> None:
        super().__init__(endpoint, agent=f"Krajina/{version('krajina')}")
        self._bounds = bounds

    def _query(self) -> tuple[HTTPResponse, str]:
        return exchange(self._createRequest(), self._bounds), self.returnFormat


class _Row(Solution):
    """A row in which a column that the endpoint left out is a fault of the endpoint."""

    def __missing__(self, name: str) -> str:
        raise StoreError(f"the answer of the SPARQL endpoint lacks the column ?{name}")


@contextmanager
def _as_announced() -> Iterator[None]:
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the answer of the SPARQL endpoint cannot be read: {one_line(str(error))}") from error


def _unlike(query: str, expected: str) -> QueryError | StoreError:
    if scan(query).form != expected:
        return QueryError(f"a query of the form {expected} was expected")
    return StoreError(f"the SPARQL endpoint answers {expected} with something else")


def _written(answer: Results | Iterator[ox.Quad], form: Format) -> bytes:
    """Write an answer that was read, in a form of ours; only now it is read to its end."""
    output = io.BytesIO()
    with _as_announced():
        if isinstance(answer, ox.QuerySolutions | ox.QueryBoolean):
            assert isinstance(form.engine, ox.QueryResultsFormat)
            write_results(answer, output, form.engine)
        else:
            assert isinstance(form.engine, ox.RdfFormat)
            write((quad.triple for quad in answer), output, form.engine)
    return output.getvalue()


def _words(response: HTTPResponse, bounds: Bounds) -> str:
    """Say in one line what the body of an error says, if that is text; else its reason phrase."""
    said = response.reason or ""
    if response.headers.get_content_type() in ("text/plain", "application/json", "application/problem+json"):
        with suppress(StoreError, TimeoutError):
            said = read_body(response, Bounds(bounds.left_s(), _WORDS_BYTES)).decode("utf-8", "replace") or said
    return one_line(said)
