"""The page around the SPARQL endpoint: editor, examples, and the first rows of an answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

from flask import render_template, request

from graph.answers import BY_NAME, GRAPHS, RESULTS, Cell, Table, table
from graph.errors import QueryError
from graph.query_service import QueryRequest, QueryService
from graph.query_text import scan
from graph.settings import Settings

__all__ = ["MAX_ROWS", "limits", "page_request", "render_editor", "run_for_page"]

MAX_ROWS = 500

Example = tuple[str, str]


def run_for_page(service: QueryService, asked: QueryRequest) -> tuple[Table | QueryError, float]:
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
            answer: Table | QueryError = table(reply.kind, reply.chunks, MAX_ROWS)
    except QueryError as error:
        answer = error
    return answer, (time.perf_counter() - started) * 1000


def render_editor(
    settings: Settings,
    query: str = "",
    answer: Table | QueryError | None = None,
    elapsed_ms: float | None = None,
    examples: Sequence[Example] = (),
) -> str:
    """Render ``sparql.html``.

    Notes
    -----
    Context: `query` str; `examples` of (title, query); `limits` as of `limits`; `columns` of str; `rows` of
    lists of None or dict(value, kind, lang, datatype, href); `boolean` bool or None; `more` bool, whether
    only the first `max_rows` are shown; `error` None or dict(message, line, column); `elapsed_ms` float or
    None; `formats` of (label, name) for the download links ``?query=...&format=name``.
    """
    shown = answer if isinstance(answer, Table) else Table()
    return render_template(
        "sparql.html",
        query=query,
        examples=examples,
        limits=limits(settings),
        columns=shown.columns,
        rows=[[_shown(cell, settings.base) for cell in row] for row in shown.rows],
        boolean=shown.boolean,
        more=shown.more,
        max_rows=MAX_ROWS,
        error=_error(answer) if isinstance(answer, QueryError) else None,
        elapsed_ms=elapsed_ms,
        formats=[(found.label, found.name) for found in (GRAPHS if scan(query).is_graph else RESULTS)],
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


def _error(error: QueryError) -> dict[str, str | int | None]:
    return {"message": str(error), "line": error.line, "column": error.column}


def _shown(cell: Cell | None, base: str) -> dict[str, str | None] | None:
    if cell is None:
        return None
    return {**asdict(cell), "href": _href(cell.value, base) if cell.kind == "iri" else None}


def _href(iri: str, base: str) -> str | None:
    """Address to link: of this server for its own resources, whatever the base; None when unsafe."""
    if iri.startswith(f"{base}/resource/"):
        return request.script_root + iri.removeprefix(base)
    return iri if iri.startswith(("https://", "http://", "mailto:")) else None
