"""The fast door to the SPARQL endpoint: WSGI middleware before Flask.

Flask, its hooks and a scan of the parameters take more time than most queries, and several hundred times as
long as finding an answer that is kept. So plain queries are answered here; whatever is not plain, be it the
editor, another parameter, or a fault that is told on a page, is left to `webapp.query.endpoint`, whose answers are the
same in every header.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException

from graph.errors import QueryError, StoreError
from graph.sparql.answers import Format
from graph.sparql.query_service import QueryRequest, QueryService
from webapp.query.delivery import HEADERS, Delivery, deliver, fault
from webapp.query.protocol import FORM, PATH, QUERY, SUFFIXES, Sent, answer_form, query_request, read_request
from webapp.request import security_headers
from webapp.request.errors import REFUSAL
from webapp.request.negotiation import HTML, error_form, read_accept

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["SparqlGate"]

_SUFFIXES = {PATH: "", **{f"{PATH}.{name}": name for name in SUFFIXES}}
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
        self._application, self._service, self._max_kb = application, service, max_kb
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if path not in _SUFFIXES or REFUSAL in environ or method not in ("GET", "HEAD", "POST"):
            return self._application(environ, start_response)
        asked = self._asked(environ, method, path)
        if asked is None:
            return self._application(environ, start_response)
        try:
            delivery = deliver(self._service, asked, method, environ)
        except (QueryError, StoreError) as error:
            if error_form(read_accept(environ.get("HTTP_ACCEPT", ""))) == HTML:
                return self._application({**environ, REFUSAL: error}, start_response)
            delivery = fault(error)
        return _send(delivery, method, start_response)

    def _asked(self, environ: WSGIEnvironment, method: str, path: str) -> QueryRequest | None:
        """Read a plain request, or remember how a short one was read; None when it is not plain."""
        body = _body(environ) if method == "POST" else b""
        if body is None:
            return None
        content_type = environ.get("CONTENT_TYPE", "") if method == "POST" else ""
        address, accept = environ.get("QUERY_STRING", ""), environ.get("HTTP_ACCEPT", "")
        is_short = len(address) + len(accept) + len(body) <= _REMEMBERED_BYTES
        read = self._remembered if is_short else self._read
        return read(method, path, address, content_type, body, accept, environ.get("REMOTE_ADDR", ""))

    def _read(
        self, method: str, path: str, address: str, content_type: str, body: bytes, accept: str, client: str
    ) -> QueryRequest | None:
        # WSGI hands octets on as Latin-1.
        sent = Sent(method, _SUFFIXES[path], address.encode("latin-1"), content_type, body)
        try:
            asked = read_request(sent, self._max_kb)
            if asked.query is None or not asked.is_plain or asked.spreadsheet:
                return None
            form = answer_form(asked, accept)
        except HTTPException:
            return None
        return query_request(asked, asked.query, form, client) if isinstance(form, Format) else None


def _body(environ: WSGIEnvironment) -> bytes | None:
    """Read a short body, and leave it there for the application; None when it is not for here."""
    length = environ.get("CONTENT_LENGTH", "")
    is_plain = environ.get("CONTENT_TYPE", "") in (FORM, QUERY) and "HTTP_CONTENT_ENCODING" not in environ
    if not is_plain or not length.isdecimal() or int(length) > _BODY_BYTES:
        return None
    content: bytes = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(content)
    return content


def _send(delivery: Delivery, method: str, start_response: StartResponse) -> Iterable[bytes]:
    common = _COMMON_OF_DATA if delivery.status == 200 else _COMMON
    start_response(_STATUS[delivery.status], [*delivery.headers, *common])
    if method != "HEAD":
        return delivery.body
    close = getattr(delivery.body, "close", None)
    if close is not None:
        close()
    return ()
