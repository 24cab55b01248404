"""Reads a SPARQL Protocol request: three ways to send a query, one result.

References
----------
SPARQL 1.1 Protocol, section 2.1 (query operation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

__all__ = ["Parameters", "read_parameters"]

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_PERCENT_ENCODED = 3  # times the bytes of a text, at worst
_OTHER_PARAMETERS_BYTES = 64 * 1024
_MAX_PARAMETERS = 1000


@dataclass(frozen=True)
class Parameters:
    """What a request asks for; `query` is None when it has none."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str


def read_parameters(request: Request, max_kb: int) -> Parameters:
    """Read the parameters of a GET, HEAD or POST request.

    Raises
    ------
    HTTPException
        400 not UTF-8, or not one query; 403 an update; 413 longer than `max_kb`; 415 type of the body.
    """
    pairs = _pairs(request.query_string)
    if request.method == "POST":
        pairs += _body(request, max_kb)
    if _values(pairs, "update"):
        raise Forbidden("This endpoint is read-only: SPARQL Update is not offered, and nothing was changed.")
    queries = _values(pairs, "query")
    if len(queries) > 1 or (request.method == "POST" and not queries):
        raise BadRequest(f"Exactly one parameter “query” is needed, not {len(queries)}.")
    if queries and len(queries[0].encode()) > max_kb * 1024:
        raise _too_long(max_kb)
    return Parameters(
        queries[0] if queries else None,
        _values(pairs, "default-graph-uri"),
        _values(pairs, "named-graph-uri"),
        "".join(_values(pairs, "format")[-1:]).lower(),
    )


def _body(request: Request, max_kb: int) -> list[tuple[str, str]]:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in (FORM, QUERY, UPDATE) or charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType(f"The body must be {FORM} or {QUERY}, in UTF-8.")
    if request.content_encoding not in (None, "", "identity"):
        raise UnsupportedMediaType("The body must not be compressed.")
    body = _read(request, max_kb)
    if request.mimetype == FORM:
        return _pairs(body)
    return [("query" if request.mimetype == QUERY else "update", _text(body))]


def _read(request: Request, max_kb: int) -> bytes:
    most = max_kb * 1024
    form_most = most * _PERCENT_ENCODED + _OTHER_PARAMETERS_BYTES
    request.max_content_length = form_most if request.mimetype == FORM else most
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_long(max_kb) from error


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    except ValueError as error:
        raise BadRequest(f"There are more than {_MAX_PARAMETERS} parameters.") from error


def _text(encoded: bytes) -> str:
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def _values(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == name)


def _not_utf8() -> BadRequest:
    return BadRequest("The request is not in UTF-8.")


def _too_long(max_kb: int) -> RequestEntityTooLarge:
    return RequestEntityTooLarge(f"The query is longer than {max_kb} kB.")
