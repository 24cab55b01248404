"""Pages of the SPARQL service: the editor with the first rows of an answer, and a bare one for frames of others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from graph.errors import QueryError
from graph.sparql.answers import BY_NAME, AnswerTable, first_rows
from graph.sparql.named_queries import named_query
from graph.sparql.query_service import QueryRequest
from webapp.query.protocol import Sent, SparqlRequest, read_request
from webapp.query.result import MAX_ROWS, make_result
from webapp.query.result_address import EMBED_PATH, on_day
from webapp.request.errors import status_of, words_of
from webapp.request.language import _
from webapp.request.security_headers import EMBED_POLICY
from webapp.request.visit import Visit, this_visit

__all__ = ["embed_blueprint", "example_queries", "render_editor", "run_for_page"]

EXAMPLES = ("q01-partners", "q02-agreements-on", "q14-municipalities")
MAX_AGE_S = 300
LEAST_LINES, MOST_LINES = 12, 30  # of the field that a query is typed into


def run_for_page(visit: Visit, asked: SparqlRequest, client: str) -> tuple[AnswerTable | QueryError, float]:
    """Run a query for a page, on the day of the visit.

    Returns
    -------
    tuple
        Its first `MAX_ROWS` rows, or the error; and the milliseconds it took.
    """
    wanted = QueryRequest(
        on_day(visit, asked.query or ""),
        asked.default_graphs,
        asked.named_graphs,
        results=BY_NAME["tsv"],
        graph=BY_NAME["nt"],
        client=client,
    )
    started = time.perf_counter()
    try:
        reply = visit.site.sandbox.run(wanted)
        with closing(reply.chunks):
            answer: AnswerTable | QueryError = first_rows(reply.kind, reply.chunks, MAX_ROWS)
    except QueryError as error:
        answer = error
    return answer, (time.perf_counter() - started) * 1000


def render_editor(
    visit: Visit,
    asked: SparqlRequest,
    examples: Sequence[tuple[str, str]],
    answer: AnswerTable | QueryError | None = None,
    elapsed_ms: float | None = None,
) -> str:
    """Render ``sparql.html``.

    Parameters
    ----------
    examples
        Title and query of each.

    Notes
    -----
    Context: `query` str; `shown`, which is it or else the first example, and the `lines` of its field; `examples`;
    `limits` of a query, each with its unit in the name; `error` None or what `_error_words` gives; `result` None or
    `webapp.query.result.Result`, and of it `rows` (lists of cells or None), `boolean` and `more`.
    """
    query = (asked.query or "") if answer is not None else ""
    result = make_result(visit, asked, answer, elapsed_ms) if isinstance(answer, AnswerTable) else None
    settings = visit.site.settings
    shown = query or next((text for _title, text in examples), "")
    return render_template(
        "sparql.html",
        query=query,
        shown=shown,
        lines=min(max(len(shown.splitlines()) + 1, LEAST_LINES), MOST_LINES),
        examples=examples,
        limits={"timeout_s": settings.query_timeout_s, "answer_max_mb": settings.answer_max_mb},
        result=result,
        rows=[[cell for cell, _rank in row] for row in result.table.rows] if result else [],
        boolean=result.boolean if result else None,
        more=result.more if result else False,
        error=_error_words(answer) if isinstance(answer, QueryError) else None,
    )


def example_queries(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Give (question, query) of the examples beside the editor; of any triples when the site has no tables."""
    if not visit.facts.has_tables:
        return ((_("What is in the data?"), named_query("example-triples").text),)
    return tuple((query.question(visit.language), query.text) for query in map(named_query, EXAMPLES))


def embed_blueprint() -> Blueprint:
    """Make the route ``/sparql/embed``."""
    blueprint = Blueprint("embed", __name__)
    blueprint.add_url_rule(EMBED_PATH, view_func=embed)
    return blueprint


def embed() -> Response:
    """Show the answer to ``query=`` in the ``view=`` asked for: no forms, no script, and the way back.

    Raises
    ------
    BadRequest
        There is no query.
    """
    visit = this_visit()
    asked = read_request(Sent(request.method, "", request.query_string), visit.site.settings.query_max_kb)
    if not asked.query or not asked.query.strip():
        raise BadRequest(_("Exactly one query is needed."))
    answer, elapsed_ms = run_for_page(visit, asked, request.remote_addr or "")
    result = make_result(visit, asked, answer, elapsed_ms) if isinstance(answer, AnswerTable) else None
    error = _error_words(answer) if isinstance(answer, QueryError) else None
    response = Response(render_template("sparql_embed.html", result=result, error=error), mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}" if result else "no-store"
    response.status_code = status_of(answer) if isinstance(answer, QueryError) else 200
    return response


def _error_words(error: QueryError) -> dict[str, Any]:
    """Give what a template needs of an error: what happened and what to do, and what the engine says, in English."""
    title, advice = words_of(error)
    return {"title": title, "advice": advice, "message": str(error), "line": error.line, "column": error.column}
