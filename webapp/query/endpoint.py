"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, read-only.

References
----------
SPARQL 1.1 Protocol, section 2.1; Fetch standard (CORS protocol).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, cast

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotAcceptable
from werkzeug.http import parse_set_header

from graph.errors import QueryError, StoreError
from graph.settings import Settings
from graph.sparql.answers import BY_NAME, GRAPHS, RESULTS, Format
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.query_text import scan
from webapp.query.delivery import HEADERS, Delivery, deliver
from webapp.query.editor import page_request, render_editor, run_for_page
from webapp.query.faults import PLAIN_TEXT, fault, retry_headers
from webapp.query.parameters import Parameters, read_parameters
from webapp.query.result_asked import on_day
from webapp.query.result_files import SPREADSHEETS, spreadsheet
from webapp.query.service_description import describe_service, graph_sizes
from webapp.request.errors import status_of
from webapp.request.negotiation import choose, prefers_html
from webapp.request.visit import Visit, this_visit

__all__ = ["sparql_blueprint"]

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_REFUSED_METHODS = ("PUT", "DELETE", "PATCH")
_WITH_SUFFIX = f"/sparql.<any({', '.join(found.name for found in RESULTS + GRAPHS)}):suffix>"


Examples = Callable[[Visit], Sequence[tuple[str, str]]]


class _Site(Protocol):
    """What the blueprint finds as ``app.extensions["krajina"]``."""

    @property
    def settings(self) -> Settings: ...
    @property
    def sandbox(self) -> QueryService: ...


def sparql_blueprint(examples: Examples = lambda _visit: ()) -> Blueprint:
    """Make the blueprint that answers ``/sparql``.

    Parameters
    ----------
    examples
        Gives (title, query) of the examples beside the editor, in the language of the visit.
    """
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route("/sparql", methods=[*_METHODS, *_REFUSED_METHODS], provide_automatic_options=False)
    @blueprint.route(_WITH_SUFFIX, methods=[*_METHODS, *_REFUSED_METHODS], provide_automatic_options=False)
    def sparql(suffix: str = "") -> Response:
        try:
            return _respond(this_visit(), examples, suffix)
        except HTTPException as error:
            return _plain(error.code or 500, error.description or error.name)
        except QueryError as error:
            return _response(fault(error))
        except StoreError as error:
            return _plain(status_of(error), str(error))

    blueprint.after_request(_add_headers)
    return blueprint


def _respond(visit: Visit, examples: Examples, suffix: str) -> Response:
    if request.method == "OPTIONS":
        return _options()
    if request.method not in _METHODS:
        raise MethodNotAllowed(description=f"{request.method} is not offered here, only {', '.join(_METHODS)}.")
    asked = read_parameters(request, _site().settings.query_max_kb)
    asked = replace(asked, format=suffix or asked.format)
    offered = GRAPHS if asked.query is None or scan(asked.query).is_graph else RESULTS
    if not asked.format and prefers_html(request.accept_mimetypes, offered):
        return _page(visit, asked, examples(visit))
    if asked.query is not None and asked.format in SPREADSHEETS and offered is RESULTS:
        return spreadsheet(visit, asked.query, _request(visit, asked.query, asked, BY_NAME["tsv"]), asked.format)
    form = _format(asked, offered)
    if asked.query is None:
        return _description(form)
    return _answer(_request(visit, asked.query, asked, form))


def _site() -> _Site:
    return cast(_Site, current_app.extensions["krajina"])


def _format(asked: Parameters, offered: Sequence[Format]) -> Format:
    """Choose the serialisation by the parameter `format`, else by Accept."""
    names = {found.name: found for found in offered}
    if asked.format and asked.format not in {found.name for found in RESULTS + GRAPHS}:
        raise BadRequest(f"The format “{asked.format}” is not known; here fit: {', '.join(names)}.")
    chosen = names.get(asked.format) if asked.format else choose(request.accept_mimetypes, offered)
    if chosen is None:
        types = ", ".join(found.media_type for found in offered)
        raise NotAcceptable(f"This answer is offered as {types}.")
    return chosen


def _request(visit: Visit, text: str, asked: Parameters, form: Format) -> QueryRequest:
    client = request.remote_addr or ""
    text, datasets = on_day(visit, text), (asked.default_graphs, asked.named_graphs)
    if form in GRAPHS:
        return QueryRequest(text, *datasets, graph=form, client=client)
    return QueryRequest(text, *datasets, results=form, client=client)


def _answer(asked: QueryRequest) -> Response:
    return _response(deliver(_site().sandbox, asked, request.method, request.environ))


def _description(form: Format) -> Response:
    """Give the description of the service, which is made once for each serialisation."""
    made: dict[str, bytes] = current_app.extensions.setdefault("krajina.description", {})
    if form.name not in made:
        made[form.name] = describe_service(_site().settings, graph_sizes(_site().sandbox), form)
    body = made[form.name]
    response = Response(body, content_type=form.content_type)
    response.set_etag(hashlib.sha256(body).hexdigest()[:24], weak=True)
    response.headers["Cache-Control"] = "public, max-age=60"
    response.make_conditional(request)
    return response


def _response(delivery: Delivery) -> Response:
    return Response(delivery.body, delivery.status, delivery.headers, direct_passthrough=True)


def _page(visit: Visit, asked: Parameters, examples: Sequence[tuple[str, str]]) -> Response:
    site = _site()
    text = asked.query or ""
    if not text.strip():
        return Response(render_editor(visit, site.settings, examples=examples), mimetype="text/html")
    wanted = page_request(
        on_day(visit, text),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        client=request.remote_addr or "",
    )
    answer, elapsed_ms = run_for_page(site.sandbox, wanted)
    response = Response(render_editor(visit, site.settings, text, answer, elapsed_ms, examples), mimetype="text/html")
    return _marked(response, answer) if isinstance(answer, QueryError) else response


def _marked(response: Response, error: QueryError) -> Response:
    """Give a response the status of an error, and say when to come back."""
    response.status_code = status_of(error)
    response.headers.extend(retry_headers(error))
    return response


def _plain(status: int, message: str) -> Response:
    response = Response(f"{message}\n", status, content_type=PLAIN_TEXT)
    response.headers["Cache-Control"] = "no-store"
    if status == 405:
        response.headers["Allow"] = ", ".join(_METHODS)
    return response


def _options() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _add_headers(response: Response) -> Response:
    vary = response.vary.to_header()
    response.headers.update(HEADERS)
    response.vary.update(parse_set_header(vary))
    return response
