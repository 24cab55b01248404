"""The fast door to the SPARQL endpoint: WSGI middleware before Flask.

Flask, its hooks and a scan of the parameters take more time than most queries, and several hundred times as
long as finding an answer that is kept. So plain queries are answered here; whatever is not plain, be it the
editor, another parameter, or a fault, is left to `webapp.query.endpoint`, whose answers are the same in every header.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from graph.errors import QueryError
from graph.sparql.answer_cache import AnswerCache
from graph.sparql.answers import GRAPHS, RESULTS, Format
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.query_text import scan
from webapp import security_headers
from webapp.negotiation import choose, prefers_html
from webapp.query.delivery import HEADERS, Delivery, deliver, deliver_answer
from webapp.query.faults import fault
from webapp.query.form_fields import read_fields
from webapp.query.parameters import FORM, QUERY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["SparqlGate"]

_PATHS = {"/sparql": "", **{f"/sparql.{found.name}": found.name for found in RESULTS + GRAPHS}}
_PLAIN = frozenset({"query", "default-graph-uri", "named-graph-uri", "format"})
_BODY_BYTES = 64 * 1024
_REMEMBERED = 1024
_REMEMBERED_BYTES = 8 * 1024
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}
_COMMON = [
    *HEADERS,
    *((name, value) for name, value in security_headers.HEADERS.items() if name not in dict(HEADERS)),
]


class SparqlGate:
    """Answers plain queries; passes all other requests on. Safe for threads.

    Parameters
    ----------
    application
        What answers the others.
    service
        Runs the queries.
    max_kb
        Kilobytes of query text that are accepted.
    """

    def __init__(self, application: WSGIApplication, service: QueryService, max_kb: int) -> None:
        self._application, self._service, self._max_bytes = application, service, max_kb * 1024
        self._cache = service if isinstance(service, AnswerCache) else None
        self._remembered: LRUCache[tuple[str, ...], QueryRequest] = LRUCache(_REMEMBERED)
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path not in _PATHS or method not in ("GET", "HEAD", "POST"):
            return self._application(environ, start_response)
        asked = self._asked(environ, method, path)
        if asked is None:
            return self._application(environ, start_response)
        kept = self._cache.find(asked) if self._cache else None
        if kept is not None:
            delivery = deliver_answer(kept, method, environ)
        else:
            try:
                client = environ.get("REMOTE_ADDR", "")
                delivery = deliver(self._service, replace(asked, client=client), method, environ)
            except QueryError as error:
                delivery = fault(error)
        return _send(delivery, method, start_response)

    def _asked(self, environ: WSGIEnvironment, method: str, path: str) -> QueryRequest | None:
        """Read a plain request, or remember how it was read; None when it is not plain."""
        body = _body(environ) if method == "POST" else ""
        if body is None:
            return None
        content_type = environ.get("CONTENT_TYPE", "") if method == "POST" else ""
        key = (path, environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", ""), content_type, body)
        with self._lock:
            asked = self._remembered.get(key)
        if asked is None:
            asked = self._read(*key)
            if asked is not None and sum(map(len, key)) <= _REMEMBERED_BYTES:
                with self._lock:
                    self._remembered[key] = asked
        return asked

    def _read(self, path: str, address: str, accept: str, content_type: str, body: str) -> QueryRequest | None:
        fields = address if content_type != FORM else f"{address}&{body}" if address else body
        try:
            pairs = read_fields(fields)
        except ValueError:
            return None
        if content_type == QUERY:
            pairs.append(("query", body))
        queries = [value for name, value in pairs if name == "query"]
        if len(queries) != 1 or not all(name in _PLAIN for name, _ in pairs):
            return None
        if len(queries[0].encode()) > self._max_bytes:
            return None
        is_graph = scan(queries[0]).is_graph
        name = _PATHS[path] or "".join([value for name, value in pairs if name == "format"][-1:]).lower()
        form = _named(name, is_graph) if name else _negotiated(accept, is_graph)
        if form is None:
            return None
        graphs = (tuple(v for n, v in pairs if n == f"{kind}-graph-uri") for kind in ("default", "named"))
        default, named = graphs
        if is_graph:
            return QueryRequest(queries[0], default, named, graph=form)
        return QueryRequest(queries[0], default, named, results=form)


def _body(environ: WSGIEnvironment) -> str | None:
    """Read a short body, and leave it there for the application; None when it is not for here."""
    length = environ.get("CONTENT_LENGTH", "")
    is_plain = environ.get("CONTENT_TYPE", "") in (FORM, QUERY) and "HTTP_CONTENT_ENCODING" not in environ
    if not is_plain or not length.isdecimal() or int(length) > _BODY_BYTES:
        return None
    content: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _named(name: str, is_graph: bool) -> Format | None:
    return next((found for found in (GRAPHS if is_graph else RESULTS) if found.name == name), None)


@lru_cache(maxsize=256)
def _negotiated(accept: str, is_graph: bool) -> Format | None:
    """Choose the serialisation by Accept; None when a page is wanted, or nothing that is offered."""
    wishes, offered = parse_accept_header(accept, MIMEAccept), GRAPHS if is_graph else RESULTS
    return None if prefers_html(wishes, offered) else choose(wishes, offered)


def _send(delivery: Delivery, method: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response(_STATUS[delivery.status], [*delivery.headers, *_COMMON])
    if method != "HEAD":
        return delivery.body
    close = getattr(delivery.body, "close", None)
    if close is not None:
        close()
    return ()
