"""What a client gets when something goes wrong: what happened and what to do, never a stack trace.

References
----------
RFC 9457 (Problem Details); RFC 9110, section 15 (status codes).
"""

from __future__ import annotations

import errno
import json
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, ServiceUnavailable

from graph.errors import (
    GraphError,
    Interrupted,
    QueryBusy,
    QueryError,
    QueryTimeout,
    QueryTooLarge,
    QueryUnsupported,
    StoreError,
    StoreTimeout,
    UnwritableError,
    WriteError,
)  # fmt: skip
from graph.whole_file import refused
from webapp.request.language import _
from webapp.request.negotiation import HTML, PROBLEM, TEXT, error_form
from webapp.request.visit import this_visit

__all__ = ["REFUSAL", "headers_of", "install", "status_of", "words_of"]

REFUSAL = "krajina.refusal"  # in a WSGI environment: the error that the request is to be answered with
_DISK_AGAIN_S = 300  # somebody has to make room first
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)  # of an OSError that no writer of ours put into words
_AGAIN_S = 5  # after what was ended from outside, and for a store that may answer again


@dataclass(frozen=True)
class Problem:
    """An error in words.

    Attributes
    ----------
    detail : str
        What the program itself says, in English or in the reader's language; "" when that is not for people.
    identifier : str
        Of the entry in the log; "" for errors of the client, which are not logged.
    """

    status: int
    title: str
    advice: str
    detail: str
    identifier: str


def install(app: Flask) -> None:
    """Answer all errors of an application; this is the only place that catches all of them."""

    def answer(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException) and (error.response is not None or (error.code or 500) < 400):
            return error
        if isinstance(error, OSError) and error.errno in _DISK:
            error = refused(error, error.filename or "a temporary file")
        problem = _problem(error)
        if problem.identifier:
            # What a store does is no fault of the code: its words are enough, and no trace fills the log.
            said, trace = (f" {error}", None) if isinstance(error, (StoreError, WriteError)) else ("", error)
            app.logger.error("%s %s %s%s", problem.identifier, request.method, request.path, said, exc_info=trace)
        response = _response(problem, TEXT if _is_second(error) else error_form(request.accept_mimetypes))
        response.headers.extend(headers_of(error))
        return response

    def refuse() -> None:
        if error := request.environ.get(REFUSAL):
            raise error

    app.before_request(refuse)
    app.register_error_handler(Exception, answer)


def status_of(error: Exception) -> int:
    """HTTP status of an error; 500 for one that was not raised on purpose."""
    if isinstance(error, HTTPException):
        return error.code or 500
    if isinstance(error, QueryBusy):
        return 429 if error.by_client else 503
    if isinstance(error, QueryTooLarge):
        return 413 if error.line else 503
    if isinstance(error, UnwritableError):
        return 501
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    return 500


def _problem(error: Exception) -> Problem:
    status = status_of(error)
    is_fault = status >= 500 and not isinstance(error, (QueryError, UnwritableError, ServiceUnavailable))
    title, advice = words_of(error)
    return Problem(
        status,
        title,
        advice,
        "" if is_fault else _detail(error),
        uuid.uuid4().hex[:12] if is_fault else "",
    )


def _detail(error: Exception) -> str:
    """Text of an error unless it is a stock phrase; that of a fault could tell of paths and hosts."""
    if isinstance(error, QueryError):
        return (f"{error.line}:{error.column} " if error.line else "") + str(error)
    if isinstance(error, UnwritableError):
        return str(error)
    if isinstance(error, HTTPException) and error.description != type(error).description:
        return str(error.description or "")
    return ""


def _response(problem: Problem, form: str) -> Response:
    if form == HTML:
        with suppress(BadRequest):  # a day that cannot be read: it is told as the error, or another error came before
            this_visit().settle_day()
        body = render_template("error.html", problem=problem)
    elif form == PROBLEM:
        body = json.dumps(_document(problem), ensure_ascii=False)
    else:
        lines = (problem.title, problem.detail, problem.advice, problem.identifier)
        body = "\n".join(line for line in lines if line) + "\n"
    response = Response(body, problem.status, content_type=f"{form}; charset=utf-8")
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response


def _is_second(error: Exception) -> bool:
    """Whether the page of an error failed itself, so that Flask comes with what was raised last."""
    return isinstance(error, InternalServerError) and error.original_exception is not None


def _document(problem: Problem) -> dict[str, str | int]:
    """Members of a problem document; `type` is left out, which means that the status says it all."""
    detail = " ".join(text for text in (problem.detail, problem.advice) if text)
    document: dict[str, str | int] = {"title": problem.title, "status": problem.status, "detail": detail}
    if problem.identifier:
        document["instance"] = f"urn:krajina:error:{problem.identifier}"
    return document


def headers_of(error: Exception) -> list[tuple[str, str]]:
    """Headers that belong to an error, such as Allow and Retry-After."""
    if isinstance(error, QueryBusy):
        return [("Retry-After", str(error.retry_after_s))]
    if isinstance(error, (Interrupted, StoreError, WriteError)):
        return [("Retry-After", str(_DISK_AGAIN_S if isinstance(error, WriteError) else _AGAIN_S))]
    if isinstance(error, HTTPException):
        return [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return []


Text = Callable[[], str]


def words_of(error: Exception) -> tuple[str, str]:
    """Say what happened and what to do, in the language of the visit; by the kind of an error, else by its status."""
    status, kind = status_of(error), type(error).__name__ if isinstance(error, GraphError) else ""
    texts = _BY_KIND.get(kind) or _BY_STATUS.get(status) or (_CLIENT if status < 500 else _BY_STATUS[500])
    if type(error) is QueryError and not error.line:
        texts = _WITHOUT_PLACE
    return texts[0](), _wait(error) if texts[1] is _few_seconds else texts[1]()


def _wait(error: Exception) -> str:
    """Advise to wait as long as Retry-After says."""
    seconds = max((int(value) for name, value in headers_of(error) if name == "Retry-After"), default=0)
    if seconds < 30:
        return _few_seconds()
    return _("Wait for %(num)s seconds, then try again.", num=seconds)


def _few_seconds() -> str:
    return _("Wait for a few seconds, then try again.")


_BY_STATUS: Mapping[int, tuple[Text, Text]] = {
    400: (
        lambda: _("This request cannot be understood"),
        lambda: _("Something in the address is not as it should be. Correct it, or start from the overview."),
    ),
    403: (
        lambda: _("This is not allowed"),
        lambda: _("The data can be read here, not changed."),
    ),
    404: (
        lambda: _("There is no such page here"),
        lambda: _("The address may be incomplete, or the record has another name. Try the search or the overview."),
    ),
    405: (
        lambda: _("This cannot be done at this address"),
        lambda: _("The address is right, but it can only be read."),
    ),
    406: (
        lambda: _("This is not offered in the format asked for"),
        lambda: _("Ask for another format in the Accept header, or open the page in a browser."),
    ),
    408: (
        lambda: _("The request did not arrive in time"),
        lambda: _("Send it again. If it is long, shorten it, or send it over a faster connection."),
    ),
    410: (
        lambda: _("This record was withdrawn"),
        lambda: _("Its address will not be used again. Try the search or the overview."),
    ),
    413: (
        lambda: _("The request is too long"),
        lambda: _("Shorten the query, or split it into several."),
    ),
    415: (
        lambda: _("The request was sent in a format that is not read here"),
        lambda: _("Send the query as a form, or as application/sparql-query."),
    ),
    429: (
        lambda: _("Too many requests at once"),
        _few_seconds,
    ),
    500: (
        lambda: _("Something went wrong on our side"),
        lambda: _("The error has been recorded. Try again; if it comes back, tell us its number."),
    ),
    501: (
        lambda: _("The query asks for something that is not offered here"),
        lambda: _("Leave it out: other servers (SERVICE) are not asked, and the data are not changed."),
    ),
    502: (
        lambda: _("The data cannot be reached just now"),
        lambda: _("Try again in a while. If it comes back, tell us its number."),
    ),
    503: (
        lambda: _("The server has too much to do just now"),
        _few_seconds,
    ),
    504: (
        lambda: _("The data did not come in time"),
        lambda: _("Try again in a while. If it comes back, tell us its number."),
    ),
}
_STATUSES = (
    (Interrupted, 503), (WriteError, 503), (QueryTimeout, 503), (QueryUnsupported, 501), (QueryError, 400),
    (StoreTimeout, 504), (StoreError, 502),
)  # fmt: skip
_CLIENT = (_BY_STATUS[400][0], _BY_STATUS[400][1])
_WITHOUT_PLACE: tuple[Text, Text] = (
    lambda: _("The query cannot be answered"),
    lambda: _("Correct what is named here, then ask again."),
)
_BY_KIND: Mapping[str, tuple[Text, Text]] = {
    "QueryError": (
        lambda: _("The query cannot be read"),
        lambda: _("The numbers tell line and column of the place to correct."),
    ),
    "Interrupted": (
        lambda: _("This could not be finished just now"),
        _few_seconds,
    ),
    "QueryRestarting": (
        lambda: _("Queries are not answered at this moment"),
        lambda: _("What answers them is being started again. Wait for a few seconds, then try again."),
    ),
    "QueryTimeout": (
        lambda: _("The query was too demanding"),
        lambda: _("It took longer than one query may, so we ended it. A narrower condition or LIMIT will help."),
    ),
    "UnwritableError": (
        lambda: _("These data cannot be written in the format asked for"),
        lambda: _("Ask for another one: Turtle and N-Triples hold all data."),
    ),
    "WriteError": (
        lambda: _("This cannot be written here just now"),
        lambda: _("The disk of the server is full, or can only be read. Other pages answer; try this one later."),
    ),
    "QueryTooLarge": (
        lambda: _("The query or its answer is too large"),
        lambda: _("A narrower condition or LIMIT will help."),
    ),
}
