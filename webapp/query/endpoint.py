"""The SPARQL endpoint: SPARQL 1.1 Protocol, query operation, read-only; and what it tells machines of itself.

References
----------
SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Service Description; Describing Linked Datasets with the VoID Vocabulary,
section 5 (statistics).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.http import parse_set_header

from graph.errors import QueryError, StoreError
from graph.settings import Settings
from graph.sparql.answers import BY_NAME, GRAPHS, RESULTS, Format, first_rows, transcribe
from graph.sparql.named_queries import named_query
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.query_text import scan
from webapp.query.delivery import HEADERS, Delivery, deliver, fault
from webapp.query.pages import render_editor, run_for_page
from webapp.query.protocol import (
    METHODS,
    PATH,
    REFUSED_METHODS,
    SUFFIXES,
    Sent,
    SparqlRequest,
    answer_form,
    body_limit,
    query_request,
    read_request,
    refuse_method,
    too_long,
)
from webapp.query.result_address import on_day
from webapp.query.result_files import spreadsheet
from webapp.request.errors import headers_of, status_of
from webapp.request.negotiation import HTML, error_form
from webapp.request.visit import Visit, this_visit

__all__ = ["describe_service", "sparql_blueprint"]

Examples = Callable[[Visit], Sequence[tuple[str, str]]]

_MAX_GRAPHS = 10_000
_DESCRIPTION = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{endpoint}#dataset> ;
    dcterms:conformsTo <https://www.w3.org/TR/sparql11-protocol/> ;
    rdfs:seeAlso <{base}/.well-known/void>, <{base}/.well-known/sparql-examples> ;
    rdfs:comment "Read-only. {limits}"@en .

<{endpoint}#dataset> a sd:Dataset ;
    rdfs:seeAlso <{base}/.well-known/void> ;
    sd:defaultGraph [ a sd:Graph ; void:triples {triples} ] .
"""
_NAMED_GRAPH = """
<{endpoint}#dataset> sd:namedGraph [ a sd:NamedGraph ; sd:name <{iri}> ; sd:graph [ a sd:Graph ; void:triples {n} ] ] .
"""


def sparql_blueprint(examples: Examples = lambda _visit: ()) -> Blueprint:
    """Make the blueprint that answers ``/sparql``.

    Parameters
    ----------
    examples
        Gives (title, query) of the examples beside the editor, in the language of the visit.
    """
    blueprint = Blueprint("sparql", __name__)
    methods, suffixes = [*METHODS, *REFUSED_METHODS], ", ".join(SUFFIXES)

    @blueprint.route(PATH, methods=methods, provide_automatic_options=False)
    @blueprint.route(f"{PATH}.<any({suffixes}):suffix>", methods=methods, provide_automatic_options=False)
    def sparql(suffix: str = "") -> Response:
        try:
            refuse_method(request.method)
            return _options() if request.method == "OPTIONS" else _respond(this_visit(), examples, suffix)
        except (HTTPException, QueryError, StoreError) as error:
            if error_form(request.accept_mimetypes) == HTML:
                raise  # to be told on a page
            return _response(fault(error))

    blueprint.after_request(_add_headers)
    return blueprint


def _respond(visit: Visit, examples: Examples, suffix: str) -> Response:
    asked = _read(suffix, visit.site.settings.query_max_kb)
    client = request.remote_addr or ""
    if asked.query is not None and asked.spreadsheet and not scan(asked.query).is_graph:
        wanted = query_request(asked, on_day(visit, asked.query), BY_NAME["tsv"], client)
        return spreadsheet(visit, asked.query, wanted, asked.spreadsheet)
    form = answer_form(asked, request.headers.get("Accept", ""))
    if not isinstance(form, Format):
        return _page(visit, asked, examples(visit), client)
    if asked.query is None:
        return _description(visit, form)
    wanted = query_request(asked, on_day(visit, asked.query), form, client)
    return _response(deliver(visit.site.sandbox, wanted, request.method, request.environ))


def _read(suffix: str, max_kb: int) -> SparqlRequest:
    """Read the request; the body up to as many bytes as a query of its kind may have."""
    sent = Sent(request.method, suffix, request.query_string)
    if request.method == "POST":
        content_type = request.content_type or ""
        request.max_content_length = body_limit(content_type, request.content_encoding or "", max_kb)
        try:
            sent = sent._replace(content_type=content_type, body=request.get_data(cache=False))
        except RequestEntityTooLarge as error:
            raise too_long(max_kb) from error
    return read_request(sent, max_kb)


def _page(visit: Visit, asked: SparqlRequest, examples: Sequence[tuple[str, str]], client: str) -> Response:
    if not (asked.query or "").strip():
        return Response(render_editor(visit, asked, examples), mimetype="text/html")
    answer, elapsed_ms = run_for_page(visit, asked, client)
    response = Response(render_editor(visit, asked, examples, answer, elapsed_ms), mimetype="text/html")
    if isinstance(answer, QueryError):
        response.status_code = status_of(answer)
        response.headers.extend(headers_of(answer))
    return response


def _response(delivery: Delivery) -> Response:
    return Response(delivery.body, delivery.status, delivery.headers, direct_passthrough=True)


def _options() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = ", ".join(METHODS)
    return response


def _add_headers(response: Response) -> Response:
    vary = response.vary.to_header()
    response.headers.update(HEADERS)
    response.vary.update(parse_set_header(vary))
    return response


def _description(visit: Visit, form: Format) -> Response:
    """Give the description of the service, which is made once for each serialisation."""
    made: dict[str, bytes] = current_app.extensions.setdefault("krajina.description", {})
    if form.name not in made:
        made[form.name] = describe_service(visit.site.settings, graph_sizes(visit.site.sandbox), form)
    body = made[form.name]
    response = Response(body, content_type=form.content_type)
    response.set_etag(hashlib.sha256(body).hexdigest()[:24], weak=True)
    response.headers["Cache-Control"] = "public, max-age=60"
    response.make_conditional(request)
    return response


def describe_service(settings: Settings, sizes: Mapping[str, int], form: Format) -> bytes:
    """Write the service description.

    Parameters
    ----------
    sizes
        Triples of each named graph by its IRI, and of the default graph by "".
    form
        A member of `graph.sparql.answers.GRAPHS`.
    """
    endpoint = f"{settings.base}{PATH}"
    named = "".join(_NAMED_GRAPH.format(endpoint=endpoint, iri=iri, n=triples) for iri, triples in sizes.items() if iri)
    formats = ", ".join(f"<{offered.iri}>" for offered in RESULTS + GRAPHS)
    head = _DESCRIPTION.format(
        endpoint=endpoint, base=settings.base, formats=formats, limits=_limits(settings), triples=sizes[""]
    )
    return transcribe(head + named, form)


def graph_sizes(service: QueryService) -> dict[str, int]:
    """Count the triples of the default graph, by "", and of each named graph, by its IRI.

    Raises
    ------
    QueryError, StoreError
        They cannot be counted now.
    """
    reply = service.run(QueryRequest(named_query("graph-sizes").text, results=BY_NAME["tsv"]))
    with closing(reply.chunks):
        rows = first_rows(reply.kind, reply.chunks, _MAX_GRAPHS).rows
    return {"": 0, **{graph.value if graph else "": int(count.value) for graph, count in rows if count}}


def _limits(settings: Settings) -> str:
    budget = f", and per client {settings.query_budget_s:g} s of queries per minute" if settings.query_budget_s else ""
    return (
        f"Limits of a query: {settings.query_timeout_s:g} s, {settings.query_memory_mb} MB of memory, "
        f"{settings.query_max_kb} kB of text, {settings.answer_max_mb} MB of answer{budget}."
    )
