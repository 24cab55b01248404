"""An answer with all that stands around it: views, downloads, code, links, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from flask import request

from graph.sparql.answers import TermTable
from graph.sparql.query_text import scan
from webapp.language import _, format_number, ngettext
from webapp.links import under_base
from webapp.query.result_asked import Asked, day_words, on_day, read_asked
from webapp.query.result_code import Snippet, snippets
from webapp.query.result_columns import Columns
from webapp.query.result_files import downloads
from webapp.query.result_labels import labels_of
from webapp.query.result_table import ResultTable, make_table
from webapp.query.result_views import ChosenView, choose_view
from webapp.query.short_links import FIELDS, short_address
from webapp.site import site
from webapp.typography import format_date

__all__ = ["MAX_ROWS", "Result", "make_result"]

MAX_ROWS = 500


@dataclass(frozen=True)
class Sharing:
    """Ways to pass an answer on.

    Attributes
    ----------
    address, short : str
        The permanent address, and the short one ("" when none has been made), under the base IRI.
    fields : sequence of (str, str)
        What the form for a short link sends.
    embed, frame : str
        Address of the page for other sites, and the HTML that shows it there.
    """

    address: str
    short: str
    fields: Sequence[tuple[str, str]]
    embed: str
    frame: str


@dataclass(frozen=True)
class Result:
    """An answer for the page.

    Attributes
    ----------
    boolean : bool or None
        The answer of ASK.
    more : bool
        Whether only the first rows are shown.
    rows, day : str
        How many rows there are, in words; which day the answer speaks of ("" when it knows of none).
    facts : sequence of str
        Edition, day of the data, day and time of asking, milliseconds.
    """

    asked: Asked
    table: ResultTable
    boolean: bool | None
    more: bool
    rows: str
    day: str
    facts: Sequence[str]
    view: ChosenView
    downloads: Sequence[dict[str, str]]
    code: Sequence[Snippet]
    sharing: Sharing


def make_result(query: str, answer: TermTable, elapsed_ms: float | None) -> Result:
    """Prepare an answer to a query for the page, as the address of the present request asks for it."""
    asked, labels = read_asked(query), labels_of(answer)
    is_graph = scan(query).is_graph
    kind = "boolean" if answer.boolean is not None else "graph" if is_graph else "table"
    return Result(
        asked,
        make_table(answer, labels, asked),
        answer.boolean,
        answer.more,
        _rows_words(answer),
        day_words(query),
        _facts(elapsed_ms),
        choose_view(Columns(answer, labels), asked),
        downloads(asked, is_graph=is_graph),
        snippets(on_day(query), f"{site().settings.base}/sparql", kind),
        _sharing(asked),
    )


def _rows_words(answer: TermTable) -> str:
    count = len(answer.rows)
    if answer.more:
        return ngettext("the first %(num)s row of more", "the first %(num)s rows of more", count)
    return ngettext("%(num)s row", "%(num)s rows", count)


def _facts(elapsed_ms: float | None) -> list[str]:
    edition, now = site().edition, datetime.now(UTC)
    facts = [_("Edition %(identifier)s.", identifier=edition.identifier).rstrip(".")]
    if edition.modified:
        facts.append(_("data of %(day)s", day=format_date(edition.modified)))
    facts.append(_("asked %(day)s at %(time)s UTC", day=format_date(now.date().isoformat()), time=f"{now:%H:%M}"))
    return facts if elapsed_ms is None else [*facts, f"{format_number(round(elapsed_ms))}\N{NO-BREAK SPACE}ms"]


def _sharing(asked: Asked) -> Sharing:
    embed = under_base(asked.address("/sparql/embed"))
    title = escape(_("Answer of Krajina"))
    return Sharing(
        under_base(asked.address()),
        short_address(request.args.get("link", "")[:40], asked.query),
        [("query", asked.query), *((name, text) for name in FIELDS[1:] for text in request.args.getlist(name) if text)],
        asked.address("/sparql/embed"),
        f'<iframe src="{escape(embed)}" title="{title}" width="100%" height="480"></iframe>',
    )
