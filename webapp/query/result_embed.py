"""An answer as a bare page for the frames of other sites: no forms, no script, and the way back."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from graph.errors import QueryError
from graph.sparql.answers import AnswerTable
from webapp.query.editor import error_words, page_request, run_for_page
from webapp.query.parameters import read_parameters
from webapp.query.result_asked import on_day
from webapp.query.result_page import make_result
from webapp.request.errors import status_of
from webapp.request.language import _
from webapp.request.security_headers import EMBED_POLICY
from webapp.request.visit import this_visit

__all__ = ["embed_blueprint"]

MAX_AGE_S = 300


def embed_blueprint() -> Blueprint:
    """Make the route ``/sparql/embed``."""
    blueprint = Blueprint("embed", __name__)
    blueprint.add_url_rule("/sparql/embed", view_func=embed)
    return blueprint


def embed() -> Response:
    """Show the answer to ``query=`` in the ``view=`` asked for.

    Raises
    ------
    BadRequest
        There is no query.
    """
    asked = read_parameters(request, this_visit().facts.settings.query_max_kb)
    if not asked.query or not asked.query.strip():
        raise BadRequest(_("Exactly one query is needed."))
    wanted = page_request(
        on_day(this_visit(), asked.query),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        client=request.remote_addr or "",
    )
    answer, elapsed_ms = run_for_page(this_visit().site.sandbox, wanted)
    result = make_result(this_visit(), asked.query, answer, elapsed_ms) if isinstance(answer, AnswerTable) else None
    error = error_words(answer) if isinstance(answer, QueryError) else None
    response = Response(render_template("sparql_embed.html", result=result, error=error), mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}" if result else "no-store"
    response.status_code = status_of(answer) if isinstance(answer, QueryError) else 200
    return response
