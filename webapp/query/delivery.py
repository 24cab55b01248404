"""Answers and errors of the SPARQL endpoint as HTTP: validators, compression, headers; the same for both doors to it.

References
----------
RFC 9110, sections 8.8.3 (ETag), 12.5.3 (Accept-Encoding) and 13.1.2 (If-None-Match).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from graph.errors import QueryError, StoreError
from graph.sparql.answer_cache import AnswerCache
from graph.sparql.query_service import Answer, QueryRequest, QueryService
from webapp.request import open_access
from webapp.request.content_codings import chosen_coding
from webapp.request.errors import headers_of, status_of
from webapp.request.whole_answer import whole_answer

__all__ = ["HEADERS", "Delivery", "deliver", "fault"]

HEADERS = (
    *open_access.HEADERS,
    ("X-Content-Type-Options", "nosniff"),
    ("Vary", "Accept, Accept-Encoding"),
)
PLAIN_TEXT = "text/plain; charset=utf-8"
_MAX_AGE_S = 60
_READ_METHODS = ("GET", "HEAD")
_TAG = re.compile(r'"([^"]*)"')

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Delivery:
    """A response before the headers that all responses have."""

    status: int
    headers: Headers
    body: Iterable[bytes]


def deliver(service: QueryService, asked: QueryRequest, method: str, fields: Mapping[str, str]) -> Delivery:
    """Answer a query.

    Parameters
    ----------
    method
        GET, HEAD or POST; answers to POST get no validator, since nobody may keep them.
    fields
        ``HTTP_*`` of the request, as in a WSGI environment.

    Raises
    ------
    QueryError, StoreError
        It cannot be answered.
    """
    keeps = service if isinstance(service, AnswerCache) else None
    if keeps and "HTTP_IF_NONE_MATCH" in fields and _is_unchanged(method, keeps.tag(asked), fields):
        return Delivery(304, _validators(method, keeps.tag(asked)), ())
    reply = service.run(asked)
    if reply.answer is not None:
        return _deliver_kept(reply.answer, method, fields)
    pieces, size = whole_answer(reply)
    tag = keeps.tag(asked) if keeps else ""
    return Delivery(200, [*_entity(reply.format.content_type, size), *_validators(method, tag)], pieces)


def _deliver_kept(answer: Answer, method: str, fields: Mapping[str, str]) -> Delivery:
    """Send an answer that is complete, compressed where the client takes it."""
    if "HTTP_IF_NONE_MATCH" in fields and _is_unchanged(method, answer.tag, fields):
        return Delivery(304, _validators(method, answer.tag), ())
    accepted = fields.get("HTTP_ACCEPT_ENCODING", "")
    # br is not offered: the memory of answers reckons with one compressed form of each.
    zipped = answer.zipped if accepted and chosen_coding(accepted, ("gzip",)) else None
    body = answer.body if zipped is None else zipped
    headers = [*_entity(answer.format.content_type, len(body)), *_validators(method, answer.tag)]
    if zipped is not None:
        headers.append(("Content-Encoding", "gzip"))
    return Delivery(200, headers, (body,))


def fault(error: HTTPException | QueryError | StoreError) -> Delivery:
    """Say in plain text what is wrong with a request, or with a query and where."""
    text = (error.description or error.name) if isinstance(error, HTTPException) else str(error)
    where = f"Line {error.line}, column {error.column}: " if isinstance(error, QueryError) and error.line else ""
    body = f"{where}{text}\n".encode("utf-8", "replace")
    headers = [("Content-Type", PLAIN_TEXT), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    return Delivery(status_of(error), [*headers, *headers_of(error)], (body,))


def _is_unchanged(method: str, tag: str, fields: Mapping[str, str]) -> bool:
    """Whether the client has the answer with this tag already."""
    return bool(tag) and method in _READ_METHODS and tag in _TAG.findall(fields.get("HTTP_IF_NONE_MATCH", ""))


def _entity(content_type: str, size: int) -> Headers:
    return [("Content-Type", content_type), ("Content-Length", str(size))]


def _validators(method: str, tag: str) -> Headers:
    if method not in _READ_METHODS:
        return []
    if not tag:
        return [("Cache-Control", "no-store")]
    return [("ETag", f'W/"{tag}"'), ("Cache-Control", f"public, max-age={_MAX_AGE_S}")]
