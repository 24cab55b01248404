"""An answer to take along: downloads of exactly this one, spreadsheets for people, and code that asks the same.

In code the text of the query stands as one literal a line; what a literal may not hold is escaped, and so are
invisible characters, which could make code read other than it runs.
"""

from __future__ import annotations

import json
import math
import re
import shlex
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from threading import BoundedSemaphore

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

from graph.sparql.answer_terms import BOOLEAN
from graph.sparql.answers import GRAPHS, RESULTS, AnswerTable, AnswerTerm, read_rows
from graph.sparql.query_service import QueryRequest
from webapp.query.protocol import PATH
from webapp.query.result_address import ResultAddress, day_words, on_day
from webapp.query.result_labels import labels_of
from webapp.request.language import _, format_number, ngettext
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit
from webapp.words.sheets import CSV_TYPE, XLSX_TYPE, Sheet, write_csv, write_xlsx
from webapp.words.typography import format_date

__all__ = ["Snippet", "downloads", "json_lines", "snippets", "spreadsheet"]

MAX_ROWS = 50_000
WAIT_S = 10.0
# Name in the address -> writer, media type, suffix.
WRITERS: Mapping[str, tuple[Callable[[Sheet], bytes], str, str]] = {
    "xlsx": (write_xlsx, XLSX_TYPE, "xlsx"),
    "csv-excel": (write_csv, CSV_TYPE, "csv"),
}
# Writing one keeps the process busy, so that few are written at once.
_TURNS = BoundedSemaphore(2)

PYTHON = """\
# pip install SPARQLWrapper
from SPARQLWrapper import {constant}, POST, SPARQLWrapper

query = "\\n".join([
{lines}
])
endpoint = SPARQLWrapper({address})
endpoint.setMethod(POST)
endpoint.setOnlyConneg(True)
endpoint.setQuery(query)
endpoint.setReturnFormat({constant})
answer = endpoint.queryAndConvert()
{use}"""
PYTHON_USES = {
    "table": """\
for row in answer["results"]["bindings"]:
    print({name: cell["value"] for name, cell in row.items()})""",
    "boolean": 'print(answer["boolean"])',
    "graph": "print(answer.decode())",
}
JAVASCRIPT = """\
const query = [
{lines}
].join("\\n");
const response = await fetch({address}, {{
  method: "POST",
  headers: {{ Accept: {media_type} }},
  body: new URLSearchParams({{ query }}),
}});
if (!response.ok) throw new Error(await response.text());
console.log({use});"""
JAVASCRIPT_USES = {
    "table": "(await response.json()).results.bindings",
    "boolean": "(await response.json()).boolean",
    "graph": "await response.text()",
}
R = """\
# install.packages("httr2")
library(httr2)
query <- paste(c(
{lines}
), collapse = "\\n")
answer <- request({address}) |>
  req_headers(Accept = {media_type}) |>
  req_body_form(query = query) |>
  req_perform() |>
  resp_body_string()
{use}"""
R_USES = {"table": "table <- read.csv(text = answer)\nprint(table)", "boolean": "cat(answer)", "graph": "cat(answer)"}
CURL = "curl --fail-with-body -H {accept} --data-urlencode {query} {address}"
INVISIBLE = re.compile("[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
MEDIA_TYPES = {"table": "text/csv", "boolean": "text/csv", "graph": "text/turtle"}


def downloads(address: ResultAddress, *, is_graph: bool) -> list[dict[str, str]]:
    """Links to the answer in each format, those for people first."""
    people = {} if is_graph else {"xlsx": _("Table XLSX"), "csv-excel": _("CSV for Excel")}
    standard = {form.name: form.label for form in (GRAPHS if is_graph else RESULTS)}
    return [{"text": text, "href": address.file(name)} for name, text in {**people, **standard}.items()]


def spreadsheet(visit: Visit, query: str, asked: QueryRequest, name: str) -> Response:
    """Run a query and send its answer as a spreadsheet.

    Parameters
    ----------
    query : str
        The query as it was asked; that of `asked` may have the day bound.
    name : str
        One of `webapp.query.protocol.SPREADSHEETS`.

    Raises
    ------
    QueryError
        The query is not answered.
    ServiceUnavailable
        Too many others are being written.
    """
    write, media_type, suffix = WRITERS[name]
    started = time.perf_counter()
    with _turn():
        table = _table(visit, asked)
        elapsed_ms = (time.perf_counter() - started) * 1000
        body = write(Sheet(table.columns, table.rows, labels_of(visit, table), about(visit, query, table, elapsed_ms)))
    response = Response(body, content_type=media_type)
    filename = f"krajina-{visit.facts.edition.identifier[:8]}-{visit.on.day.isoformat()}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def about(visit: Visit, query: str, table: AnswerTable, elapsed_ms: float) -> list[tuple[str, str]]:
    """Tell where an answer comes from: edition, days, rows, query."""
    edition, now = visit.facts.edition, datetime.now(UTC)
    rows = ngettext("%(num)s row", "%(num)s rows", len(table.rows))
    return [
        (_("Edition"), edition.identifier),
        (_("Date of the data"), format_date(edition.modified, lang=visit.language) or "–"),
        (_("Asked"), f"{format_date(now.date().isoformat(), lang=visit.language)} {now:%H:%M} UTC"),
        (_("Day"), day_words(visit, query) or "–"),
        (_("Rows"), _("%(rows)s; there are more, which are left out here", rows=rows) if table.more else rows),
        (_("Time"), f"{format_number(round(elapsed_ms), lang=visit.language)} ms"),
        *([(_("Licence"), f"CC BY 4.0, {LICENSE}")] if visit.facts.has_tables else []),
        (_("Endpoint"), f"{visit.facts.settings.base}{PATH}"),
        (_("Query"), on_day(visit, query)),
    ]


def _table(visit: Visit, asked: QueryRequest) -> AnswerTable:
    """Read the whole answer, or its first `MAX_ROWS` rows."""
    reply = visit.site.sandbox.run(asked)
    with closing(reply.chunks):
        body = b"".join(reply.chunks)
    if reply.kind == "ask":
        return AnswerTable(["boolean"], [[AnswerTerm(body.decode().strip(), "literal", datatype=BOOLEAN)]])
    columns, answered = read_rows(body)
    rows = list(islice(answered, MAX_ROWS))
    return AnswerTable(columns, rows, more=next(answered, None) is not None)


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=WAIT_S):
        said = "Other spreadsheets are being written; try again in a while, or take CSV."
        raise ServiceUnavailable(said, retry_after=math.ceil(WAIT_S))
    try:
        yield
    finally:
        _TURNS.release()


@dataclass(frozen=True)
class Snippet:
    """Code in one language."""

    title: str
    code: str


def snippets(query: str, address: str, kind: str) -> tuple[Snippet, ...]:
    """Write the code that sends a query to the endpoint at `address`.

    Parameters
    ----------
    kind : str
        What the answer is: ``table``, ``boolean`` or ``graph``.
    """
    lines, place, media_type = json_lines(query), json.dumps(address), MEDIA_TYPES[kind]
    json_type = "application/sparql-results+json" if kind != "graph" else media_type
    constant = "JSON" if kind != "graph" else "TURTLE"
    shell = CURL.format(
        accept=shlex.quote(f"Accept: {media_type}"),
        query=shlex.quote(f"query={query}"),
        address=shlex.quote(address),
    )
    return (
        Snippet("Python", PYTHON.format(lines=lines, address=place, constant=constant, use=PYTHON_USES[kind])),
        Snippet("curl", shell),
        Snippet("R", R.format(lines=lines, address=place, media_type=json.dumps(media_type), use=R_USES[kind])),
        Snippet(
            "JavaScript",
            JAVASCRIPT.format(lines=lines, address=place, media_type=json.dumps(json_type), use=JAVASCRIPT_USES[kind]),
        ),
    )


def json_lines(text: str) -> str:
    """Write a text as JSON strings, one a line of it, with commas between; legal in Python, JavaScript and R."""
    return ",\n".join(f"  {_literal(line)}" for line in text.split("\n"))


def _literal(line: str) -> str:
    return INVISIBLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(line, ensure_ascii=False))
