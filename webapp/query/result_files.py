"""Downloads of exactly one answer: the menu, and the formats that are for people and not of the standard."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from threading import BoundedSemaphore

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

from graph.sparql.answers import GRAPHS, RESULTS, AnswerTerm, TermTable, read_rows
from graph.sparql.query_service import QueryRequest
from webapp.asof import asof
from webapp.language import _, format_number, ngettext
from webapp.query.result_asked import Asked, day_words, on_day
from webapp.query.result_cells import BOOLEAN
from webapp.query.result_labels import labels_of
from webapp.query.spreadsheets import CSV_TYPE, XLSX_TYPE, Sheet, write_csv, write_xlsx
from webapp.site import site
from webapp.typography import format_date

__all__ = ["SPREADSHEETS", "downloads", "spreadsheet"]

MAX_ROWS = 50_000
WAIT_S = 10.0
# Name in the address -> writer, media type, suffix.
SPREADSHEETS: Mapping[str, tuple[Callable[[Sheet], bytes], str, str]] = {
    "xlsx": (write_xlsx, XLSX_TYPE, "xlsx"),
    "csv-excel": (write_csv, CSV_TYPE, "csv"),
}
# Writing one keeps the process busy, so that few are written at once.
_TURNS = BoundedSemaphore(2)


def downloads(asked: Asked, *, is_graph: bool) -> list[dict[str, str]]:
    """Links to the answer in each format, those for people first."""
    people = {} if is_graph else {"xlsx": _("Table XLSX"), "csv-excel": _("CSV for Excel")}
    standard = {found.name: found.label for found in (GRAPHS if is_graph else RESULTS)}
    return [{"text": text, "href": asked.file(name)} for name, text in {**people, **standard}.items()]


def spreadsheet(query: str, asked: QueryRequest, name: str) -> Response:
    """Run a query and send its answer as a spreadsheet.

    Parameters
    ----------
    query : str
        The query as it was asked; that of `asked` may have the day bound.
    name : str
        Key of `SPREADSHEETS`.

    Raises
    ------
    QueryError
        The query is not answered.
    ServiceUnavailable
        Too many others are being written.
    """
    write, media_type, suffix = SPREADSHEETS[name]
    started = time.perf_counter()
    with _turn():
        table = _table(asked)
        elapsed_ms = (time.perf_counter() - started) * 1000
        body = write(Sheet(table.columns, table.rows, labels_of(table), about(query, table, elapsed_ms)))
    response = Response(body, content_type=media_type)
    filename = f"krajina-{site().edition.identifier[:8]}-{asof().day.isoformat()}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def about(query: str, table: TermTable, elapsed_ms: float) -> list[tuple[str, str]]:
    """Tell where an answer comes from: edition, days, rows, query."""
    edition, now = site().edition, datetime.now(UTC)
    rows = ngettext("%(num)s row", "%(num)s rows", len(table.rows))
    return [
        (_("Edition"), edition.identifier),
        (_("Date of the data"), format_date(edition.modified) or "–"),
        (_("Asked"), f"{format_date(now.date().isoformat())} {now:%H:%M} UTC"),
        (_("Day"), day_words(query) or "–"),
        (_("Rows"), _("%(rows)s; there are more, which are left out here", rows=rows) if table.more else rows),
        (_("Time"), f"{format_number(round(elapsed_ms))} ms"),
        (_("Endpoint"), f"{site().settings.base}/sparql"),
        (_("Query"), on_day(query)),
    ]


def _table(asked: QueryRequest) -> TermTable:
    """Read the whole answer, or its first `MAX_ROWS` rows."""
    reply = site().sandbox.run(asked)
    with closing(reply.chunks):
        body = b"".join(reply.chunks)
    if reply.kind == "ask":
        return TermTable(["boolean"], [[AnswerTerm(body.decode().strip(), "literal", datatype=BOOLEAN)]])
    columns, found = read_rows(body)
    rows = list(islice(found, MAX_ROWS))
    return TermTable(columns, rows, more=next(found, None) is not None)


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=WAIT_S):
        raise ServiceUnavailable("Other spreadsheets are being written; try again in a while, or take CSV.")
    try:
        yield
    finally:
        _TURNS.release()
