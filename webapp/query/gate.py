"""The fast door to the SPARQL endpoint: WSGI middleware before Flask.

Flask, its hooks and a scan of the parameters take more time than most queries, and several hundred times as
long as finding an answer that is kept. So plain queries are answered here; whatever is not plain, be it the
editor, another parameter, or a fault, is left to `webapp.query.endpoint`, whose answers are the same in every header.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from graph.errors import QueryError
from graph.sparql.answers import GRAPHS, RESULTS, Format
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.query_text import scan
from webapp.query.delivery import HEADERS, Delivery, deliver
from webapp.query.faults import fault
from webapp.query.form_fields import read_fields
from webapp.query.parameters import FORM, QUERY
from webapp.request import security_headers
from webapp.request.negotiation import choose, prefers_html

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["SparqlGate"]

_PATHS = {"/sparql": "", **{f"/sparql.{found.name}": found.name for found in RESULTS + GRAPHS}}
_BESIDE = frozenset({"default-graph-uri", "named-graph-uri", "format"})  # the query, in a plain request
_BODY_BYTES = 64 * 1024
_REMEMBERED = 1024
_REMEMBERED_BYTES = 8 * 1024
_STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def _common(policies: dict[str, str]) -> list[tuple[str, str]]:
    return [*HEADERS, *((name, value) for name, value in policies.items() if name not in dict(HEADERS))]


_COMMON_OF_DATA, _COMMON = _common(security_headers.DATA_HEADERS), _common(security_headers.HEADERS)


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
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path not in _PATHS or method not in ("GET", "HEAD", "POST"):
            return self._application(environ, start_response)
        asked = self._asked(environ, method, path)
        if asked is None:
            return self._application(environ, start_response)
        try:
            delivery = deliver(self._service, asked, method, environ)
        except QueryError as error:
            delivery = fault(error)
        return _send(delivery, method, start_response)

    def _asked(self, environ: WSGIEnvironment, method: str, path: str) -> QueryRequest | None:
        """Read a plain request, or remember how a short one was read; None when it is not plain."""
        body = _body(environ) if method == "POST" else ""
        if body is None:
            return None
        content_type = environ.get("CONTENT_TYPE", "") if method == "POST" else ""
        address, accept = environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", "")
        is_short = len(address) + len(accept) + len(body) <= _REMEMBERED_BYTES
        read = self._remembered if is_short else self._read
        return read(path, address, accept, content_type, body, environ.get("REMOTE_ADDR", ""))

    def _read(
        self, path: str, address: str, accept: str, content_type: str, body: str, client: str
    ) -> QueryRequest | None:
        fields = address if content_type != FORM else f"{address}&{body}" if address else body
        try:
            pairs = read_fields(fields)
        except ValueError:
            return None
        if content_type == QUERY:
            pairs.append(("query", body))
        found: dict[str, list[str]] = {}
        for name, value in pairs:
            found.setdefault(name, []).append(value)
        queries = found.pop("query", ())
        if len(queries) != 1 or not found.keys() <= _BESIDE or len(queries[0].encode()) > self._max_bytes:
            return None
        text, name = queries[0], _PATHS[path] or found.get("format", [""])[-1].lower()
        is_graph = scan(text).is_graph
        form = _named(name, is_graph) if name else _negotiated(accept, is_graph)
        if form is None:
            return None
        results, graph = (RESULTS[0], form) if is_graph else (form, GRAPHS[0])
        default, named = (tuple(found.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
        return QueryRequest(text, default, named, results, graph, client)


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
    common = _COMMON_OF_DATA if delivery.status == 200 else _COMMON
    start_response(_STATUS[delivery.status], [*delivery.headers, *common])
    if method != "HEAD":
        return delivery.body
    close = getattr(delivery.body, "close", None)
    if close is not None:
        close()
    return ()
