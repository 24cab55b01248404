"""The page around the SPARQL endpoint: editor, examples, and the first rows of an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import render_template

from graph.errors import QueryError
from graph.settings import Settings
from graph.sparql.answers import BY_NAME, TermTable, table
from graph.sparql.query_service import QueryRequest, QueryService
from webapp.query.result_page import MAX_ROWS, make_result

__all__ = ["error_words", "limits", "page_request", "render_editor", "run_for_page"]

Example = tuple[str, str]


def run_for_page(service: QueryService, asked: QueryRequest) -> tuple[TermTable | QueryError, float]:
    """Run a query for the page.

    Returns
    -------
    tuple
        Its first `MAX_ROWS` rows, or the error; and the milliseconds it took.
    """
    started = time.perf_counter()
    try:
        reply = service.run(asked)
        with closing(reply.chunks):
            answer: TermTable | QueryError = table(reply.kind, reply.chunks, MAX_ROWS)
    except QueryError as error:
        answer = error
    return answer, (time.perf_counter() - started) * 1000


def render_editor(
    settings: Settings,
    query: str = "",
    answer: TermTable | QueryError | None = None,
    elapsed_ms: float | None = None,
    examples: Sequence[Example] = (),
) -> str:
    """Render ``sparql.html``.

    Notes
    -----
    Context: `query` str; `examples` of (title, query); `limits` as of `limits`; `error` None or
    dict(message, line, column); `result` None or `webapp.query.result_page.Result`, and of it `rows` (lists of cells or
    None), `boolean` and `more`.
    """
    result = make_result(query, answer, elapsed_ms) if isinstance(answer, TermTable) else None
    return render_template(
        "sparql.html",
        query=query,
        examples=examples,
        limits=limits(settings),
        result=result,
        rows=[[cell for cell, _rank in row] for row in result.table.rows] if result else [],
        boolean=result.boolean if result else None,
        more=result.more if result else False,
        error=error_words(answer) if isinstance(answer, QueryError) else None,
    )


def limits(settings: Settings) -> dict[str, float]:
    """Limits of a query, each with its unit in the name."""
    return {
        "timeout_s": settings.query_timeout_s,
        "memory_mb": settings.query_memory_mb,
        "query_max_kb": settings.query_max_kb,
        "answer_max_mb": settings.answer_max_mb,
        "max_depth": settings.query_max_depth,
    }


def page_request(text: str, **more: Any) -> QueryRequest:
    """Make the request whose answer `table` can read."""
    return QueryRequest(text, results=BY_NAME["tsv"], graph=BY_NAME["nt"], **more)


def error_words(error: QueryError) -> dict[str, str | int | None]:
    """Give what a template needs of an error: `message`, `line`, `column`."""
    return {"message": str(error), "line": error.line, "column": error.column}
