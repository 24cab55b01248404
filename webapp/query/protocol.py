"""The SPARQL request: its parameters declared once, read in one way, and what is refused.

It knows neither Flask nor WSGI: the gate, the endpoint and the page for frames hand it what came over the wire, so
that they read the same request alike. The description of the interface and short links take the parameters from here.

References
----------
SPARQL 1.1 Protocol, section 2.1 (query operation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from pyoxigraph import RdfFormat
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    MethodNotAllowed,
    NotAcceptable,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)  # fmt: skip
from werkzeug.http import parse_options_header

from graph.sparql.answers import GRAPHS, RESULTS, Format
from graph.sparql.query_service import QueryRequest
from graph.sparql.query_text import scan
from webapp.request.form_fields import MOST_FIELDS, read_fields
from webapp.request.language import _
from webapp.request.negotiation import choose, prefers_html, read_accept

__all__ = [
    "DAY", "FORM", "KEPT_NAMES", "METHODS", "PARAMETERS", "PATH", "PLAIN_NAMES", "QUERY", "REFUSED_METHODS",
    "SPREADSHEETS", "SUFFIXES", "UPDATE", "Sent", "SparqlParameter", "SparqlRequest", "answer_form", "body_limit",
    "query_request", "read_request", "refuse_method", "too_long",
]  # fmt: skip

PATH = "/sparql"
SUFFIXES = tuple(form.name for form in RESULTS + GRAPHS)
METHODS, REFUSED_METHODS = ("GET", "HEAD", "POST", "OPTIONS"), ("PUT", "DELETE", "PATCH")
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
SPREADSHEETS = ("xlsx", "csv-excel")  # formats of tables for people, beside those of the standard
DAY = "on"
LONGEST_OPTION = 300
_CHARSETS = ("utf-8", "utf8", "us-ascii")
# SPARQLWrapper sends all three by default, and in them its own names of formats, whatever the query is.
_OTHER_FORMAT_NAMES = ("output", "results")
_PERCENT_ENCODED = 3  # times the bytes of a text, at worst
_OTHER_PARAMETERS_BYTES = 64 * 1024


@dataclass(frozen=True)
class SparqlParameter:
    """A parameter of ``/sparql`` and ``/sparql/embed``.

    Attributes
    ----------
    about : callable
        Words in the language of the reader.
    values : tuple of str
        What it may be; empty for any text.
    many : bool
        It may be repeated.
    is_plain : bool
        It is of the protocol: an answer that has no others is the same bytes for everybody.
    is_kept : bool
        Links to an answer keep it.
    """

    name: str
    about: Callable[[], str]
    values: tuple[str, ...] = ()
    many: bool = False
    is_plain: bool = False
    is_kept: bool = True

    def taken(self, sent: Sequence[str]) -> tuple[str, ...]:
        """Values that count: all of the protocol, which refuses too many; of others the first, as long as it may be."""
        return tuple(sent) if self.is_plain else tuple(text[:LONGEST_OPTION] for text in sent[:1])


# In the order in which links to an answer hold them; short links are named by a hash of them in this order.
PARAMETERS = (
    SparqlParameter("query", lambda: _("A SPARQL 1.1 query"), is_plain=True),
    SparqlParameter(
        "default-graph-uri", lambda: _("IRI of a graph to ask, in the place of FROM"), many=True, is_plain=True
    ),
    SparqlParameter(
        "named-graph-uri", lambda: _("IRI of a graph that GRAPH finds, in the place of FROM NAMED"), many=True,
        is_plain=True,
    ),
    SparqlParameter(
        "format", lambda: _("Serialisation, in the place of Accept"), (*SUFFIXES, *SPREADSHEETS), is_plain=True,
        is_kept=False,
    ),
    *(
        SparqlParameter(
            name, lambda: _("Another name of “format”, which clients send beside it"), is_plain=True, is_kept=False
        )
        for name in _OTHER_FORMAT_NAMES
    ),
    SparqlParameter(DAY, lambda: _("Day that a query takes as VALUES ?on { UNDEF }")),
    SparqlParameter(
        "view", lambda: _("What the page shows in the place of the table"), ("network", "map", "timeline", "bars")
    ),
    SparqlParameter("sort", lambda: _("Column to sort by; “-” before it sorts down")),
    SparqlParameter("iris", lambda: _("1 shows the identifiers below the names"), ("1",)),
    SparqlParameter("link", lambda: _("Name of the short link that the page shows"), is_kept=False),
)  # fmt: skip
PLAIN_NAMES = frozenset(parameter.name for parameter in PARAMETERS if parameter.is_plain)
KEPT_NAMES = tuple(parameter.name for parameter in PARAMETERS if parameter.is_kept)

PAGE: Final = "page"
AnswerForm: TypeAlias = Format | Literal["page"]


class Sent(NamedTuple):
    """A request as it came: `suffix` is of its path, `address` what stands after “?”."""

    method: str
    suffix: str
    address: bytes
    content_type: str = ""
    body: bytes = b""


class SparqlRequest(NamedTuple):
    """What a request asks for.

    Attributes
    ----------
    query : str or None
        None when there is none.
    suffix : str
        Name of the serialisation that the address is of; "" without one.
    values : mapping
        All that was sent, by name, those of other names too.
    """

    query: str | None
    suffix: str
    values: Mapping[str, Sequence[str]]

    @property
    def formats(self) -> tuple[str, ...]:
        """Names of serialisations that parameters wish for, in small letters, the most wanted first."""
        sent = (self.values.get(name, ("",))[-1] for name in ("format", *_OTHER_FORMAT_NAMES))
        # “+” of a media type that was not encoded is a space here.
        return tuple(name.strip().lower().replace(" ", "+") for name in sent if name.strip())

    @property
    def spreadsheet(self) -> str:
        """Which of `SPREADSHEETS` is wanted; "" for none."""
        wanted = self.formats[:1]
        return wanted[0] if not self.suffix and wanted and wanted[0] in SPREADSHEETS else ""

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """Graphs of ``default-graph-uri``; an empty one is none."""
        return tuple(filter(None, self.values.get("default-graph-uri", ())))

    @property
    def named_graphs(self) -> tuple[str, ...]:
        """Graphs of ``named-graph-uri``; an empty one is none."""
        return tuple(filter(None, self.values.get("named-graph-uri", ())))

    @property
    def is_plain(self) -> bool:
        """Whether it has parameters of the protocol only."""
        return self.values.keys() <= PLAIN_NAMES

    def option(self, name: str) -> str:
        """Value of a parameter that says how a page shows the answer; "" without it."""
        return next(iter(self.values.get(name, ())), "")[:LONGEST_OPTION]

    def kept(self) -> dict[str, tuple[str, ...]]:
        """Values of all parameters that a link to the answer holds, in their order."""
        return {known.name: known.taken(self.values.get(known.name, ())) for known in PARAMETERS if known.is_kept}


def read_request(sent: Sent, max_kb: int) -> SparqlRequest:
    """Read a GET, HEAD or POST request.

    Raises
    ------
    HTTPException
        400 not UTF-8, or not one query; 403 an update; 413 longer than `max_kb`; 415 type of the body.
    """
    values: dict[str, list[str]] = {}
    for name, value in _fields(sent):
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise Forbidden("This endpoint is read-only: SPARQL Update is not offered, and nothing was changed.")
    queries = values.get("query", ())
    if len(queries) > 1 or (sent.method == "POST" and not queries):
        raise BadRequest(f"Exactly one parameter “query” is needed, not {len(queries)}.")
    if queries and len(queries[0].encode()) > max_kb * 1024:
        raise too_long(max_kb)
    return SparqlRequest(queries[0] if queries else None, sent.suffix, values)


def answer_form(asked: SparqlRequest, accept: str) -> AnswerForm:
    """Choose the serialisation of an answer, or `PAGE`: by suffix, else by parameters, else by Accept.

    A parameter that names no serialisation of this kind of answer leaves the choice to what comes after it: clients
    send it whatever the query is. A request without a query is for the description of the service, which is a graph.

    Raises
    ------
    NotAcceptable
        The answer is not offered in any form that is wanted.
    """
    is_graph = asked.query is None or scan(asked.query).is_graph
    offered = GRAPHS if is_graph else RESULTS
    chosen: AnswerForm | None
    if asked.suffix:
        chosen = next((form for form in offered if form.name == asked.suffix), None)
    else:
        named = (form for name in asked.formats for form in offered if form.is_called(name))
        chosen = next(named, None) or _negotiated(accept, is_graph)
    if chosen is None:
        raise NotAcceptable(f"This answer is offered as {', '.join(form.media_type for form in offered)}.")
    return chosen


def query_request(asked: SparqlRequest, text: str, form: Format, client: str) -> QueryRequest:
    """Make what a query service takes; `text` is the query as it is to be run."""
    results, graph = (RESULTS[0], form) if isinstance(form.engine, RdfFormat) else (form, GRAPHS[0])
    return QueryRequest(text, asked.default_graphs, asked.named_graphs, results, graph, client)


@lru_cache(maxsize=256)
def _negotiated(accept: str, is_graph: bool) -> AnswerForm | None:
    wishes, offered = read_accept(accept), GRAPHS if is_graph else RESULTS
    return PAGE if prefers_html(wishes, offered) else choose(wishes, offered)


def refuse_method(method: str) -> None:
    """Raise what is answered to a method that is not offered; nothing for one that is."""
    if method not in METHODS:
        raise MethodNotAllowed(METHODS, f"{method} is not offered here, only {', '.join(METHODS)}.")


def body_limit(content_type: str, content_coding: str, max_kb: int) -> int:
    """Bytes that a body may have, by what its headers say of it.

    Raises
    ------
    UnsupportedMediaType
        It is not read at all.
    """
    media_type, options = _media_type(content_type)
    if media_type not in (FORM, QUERY, UPDATE) or options.get("charset", "utf-8").lower() not in _CHARSETS:
        raise UnsupportedMediaType(f"The body must be {FORM} or {QUERY}, in UTF-8.")
    if content_coding not in ("", "identity"):
        raise UnsupportedMediaType("The body must not be compressed.")
    most = max_kb * 1024
    return most * _PERCENT_ENCODED + _OTHER_PARAMETERS_BYTES if media_type == FORM else most


def too_long(max_kb: int) -> HTTPException:
    """Error of a query, or of a body, that is longer than a query may be."""
    return RequestEntityTooLarge(f"The query is longer than {max_kb} kB.")


def _fields(sent: Sent) -> list[tuple[str, str]]:
    try:
        fields = read_fields(sent.address.decode()) if sent.address else []
        if sent.method != "POST":
            return fields
        media_type, _options = _media_type(sent.content_type)
        if media_type == FORM:
            return fields + read_fields(sent.body.decode())
        fields.append(("query" if media_type == QUERY else "update", sent.body.decode()))
        return fields
    except UnicodeDecodeError as error:
        raise BadRequest("The request is not in UTF-8.") from error
    except ValueError as error:
        raise BadRequest(f"There are more than {MOST_FIELDS} parameters.") from error


def _media_type(content_type: str) -> tuple[str, Mapping[str, str]]:
    if content_type in (FORM, QUERY):
        return content_type, {}
    media_type, options = parse_options_header(content_type)
    return media_type.lower(), options
