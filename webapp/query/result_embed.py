"""An answer as a bare page for the frames of other sites: no forms, no script, and the way back."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from graph.errors import QueryError
from graph.sparql.answers import TermTable
from webapp.errors import status_of
from webapp.language import _
from webapp.query.editor import error_words, page_request, run_for_page
from webapp.query.parameters import read_parameters
from webapp.query.result_asked import on_day
from webapp.query.result_page import make_result
from webapp.security_headers import POLICY
from webapp.site import site

__all__ = ["EMBED_POLICY", "embed_blueprint"]

# For pages that may stand in the frames of other sites; they send and run nothing.
EMBED_POLICY = (
    POLICY.replace("frame-ancestors 'self'", "frame-ancestors *")
    .replace("form-action 'self'", "form-action 'none'")
    .replace("script-src 'self'", "script-src 'none'")
    .replace("connect-src 'self'", "connect-src 'none'")
)
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
    asked = read_parameters(request, site().settings.query_max_kb)
    if not asked.query or not asked.query.strip():
        raise BadRequest(_("Exactly one query is needed."))
    wanted = page_request(
        on_day(asked.query),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        client=request.remote_addr or "",
    )
    answer, elapsed_ms = run_for_page(site().sandbox, wanted)
    result = make_result(asked.query, answer, elapsed_ms) if isinstance(answer, TermTable) else None
    error = error_words(answer) if isinstance(answer, QueryError) else None
    response = Response(render_template("sparql_embed.html", result=result, error=error), mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}" if result else "no-store"
    response.status_code = status_of(answer) if isinstance(answer, QueryError) else 200
    return response
