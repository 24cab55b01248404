"""The page around the SPARQL endpoint: editor, examples, and the first rows of an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import render_template

from graph.errors import QueryError
from graph.settings import Settings
from graph.sparql.answers import BY_NAME, AnswerTable, first_rows
from graph.sparql.query_service import QueryRequest, QueryService
from webapp.query.result_page import MAX_ROWS, make_result
from webapp.request.visit import Visit

__all__ = ["error_words", "limits", "page_request", "render_editor", "run_for_page"]

Example = tuple[str, str]
LEAST_LINES, MOST_LINES = 12, 30  # of the field that a query is typed into


def run_for_page(service: QueryService, asked: QueryRequest) -> tuple[AnswerTable | QueryError, float]:
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
            answer: AnswerTable | QueryError = first_rows(reply.kind, reply.chunks, MAX_ROWS)
    except QueryError as error:
        answer = error
    return answer, (time.perf_counter() - started) * 1000


def render_editor(
    visit: Visit,
    settings: Settings,
    query: str = "",
    answer: AnswerTable | QueryError | None = None,
    elapsed_ms: float | None = None,
    examples: Sequence[Example] = (),
) -> str:
    """Render ``sparql.html``.

    Notes
    -----
    Context: `query` str; `shown`, which is it or else the first example, and the `lines` of its field; `examples` of
    (title, query); `limits` as of `limits`; `error` None or dict(message, line, column); `result` None or
    `webapp.query.result_page.Result`, and of it `rows` (lists of cells or None), `boolean` and `more`.
    """
    result = make_result(visit, query, answer, elapsed_ms) if isinstance(answer, AnswerTable) else None
    shown = query or next((text for _title, text in examples), "")
    return render_template(
        "sparql.html",
        query=query,
        shown=shown,
        lines=min(max(len(shown.splitlines()) + 1, LEAST_LINES), MOST_LINES),
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
