"""An answer with all that stands around it: views that fit, downloads, code, links, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from graph.sparql.answers import AnswerTable
from graph.sparql.query_text import scan
from graph.views.answer_columns import AnswerColumns
from webapp.query.protocol import PATH, SparqlRequest
from webapp.query.result_address import EMBED_PATH, ResultAddress, day_words, on_day
from webapp.query.result_drawings import bars, draw_map, timeline
from webapp.query.result_files import Snippet, downloads, snippets
from webapp.query.result_labels import labels_of
from webapp.query.result_table import ResultTable, make_table
from webapp.query.short_links import short_address
from webapp.request.language import _, format_number, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.typography import format_date

__all__ = ["MAX_ROWS", "Result", "make_result"]

MAX_ROWS = 500
ENDS = 2  # columns of organizations that a network needs


@dataclass(frozen=True)
class Tab:
    """A view that fits: name, title, address, and whether it is the one shown."""

    name: str
    title: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class ChosenView:
    """What is shown: name ("" for the table), its content, and what it would need when it does not fit."""

    name: str
    content: Any
    needs: str
    tabs: tuple[Tab, ...]


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

    asked: ResultAddress
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


def make_result(visit: Visit, asked: SparqlRequest, answer: AnswerTable, elapsed_ms: float | None) -> Result:
    """Prepare the answer to a request for the page, as the request asks for it."""
    address, labels, query = ResultAddress(asked, visit.links), labels_of(visit, answer), asked.query or ""
    is_graph = scan(query).is_graph
    known = visit.library.organizations if visit.facts.has_tables else {}
    kind = "boolean" if answer.boolean is not None else "graph" if is_graph else "table"
    return Result(
        address,
        make_table(visit, answer, labels, address),
        answer.boolean,
        answer.more,
        _rows_words(answer),
        day_words(visit, query),
        _facts(visit, elapsed_ms),
        _choose_view(visit, AnswerColumns(answer, labels, known), address),
        downloads(address, is_graph=is_graph),
        snippets(on_day(visit, query), f"{visit.facts.settings.base}{PATH}", kind),
        _sharing(visit, address),
    )


@dataclass(frozen=True)
class _View:
    """A view: title, whether columns fit, what it draws (nothing when they do not after all), what it needs."""

    title: Callable[[], str]
    fits: Callable[[AnswerColumns], bool]
    draw: Callable[[Visit, AnswerColumns], Any]
    needs: Callable[[], str]


def _network(visit: Visit, columns: AnswerColumns) -> Any:
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first network.
    from webapp.query.result_network import draw_network

    return draw_network(visit, columns)


VIEWS: Mapping[str, _View] = {
    "network": _View(
        lambda: pgettext("view", "Network"),
        lambda columns: len(columns.organizations) >= ENDS,
        _network,
        lambda: _("The network needs two columns of organizations."),
    ),
    "map": _View(
        lambda: pgettext("view", "Map"),
        lambda columns: bool(columns.organizations or columns.points or columns.degrees),
        draw_map,
        lambda: _("The map needs a column of organizations, of points in WKT, or two named lat and long."),
    ),
    "timeline": _View(
        lambda: pgettext("view", "Timeline"),
        lambda columns: bool(columns.dates) and columns.label_column() is not None,
        timeline,
        lambda: _("The timeline needs a column of dates and one of names or texts."),
    ),
    "bars": _View(
        lambda: pgettext("view", "Bars"),
        lambda columns: columns.amounts is not None,
        bars,
        lambda: _("Bars need a column of numbers, none below 0, and one of names or texts."),
    ),
}


def _choose_view(visit: Visit, columns: AnswerColumns, address: ResultAddress) -> ChosenView:
    """Find the views that fit and draw the one that the address names; the table when it names none."""
    fitting = [name for name, view in VIEWS.items() if columns.table.rows and view.fits(columns)]
    content = VIEWS[address.view].draw(visit, columns) if address.view in fitting else None
    needs = VIEWS[address.view].needs() if address.view in VIEWS and not content else ""
    shown = address.view if content else ""
    names = {"": pgettext("view", "Table"), **{name: VIEWS[name].title() for name in fitting}}
    tabs = tuple(Tab(name, title, address.address(view=name), name == shown) for name, title in names.items())
    return ChosenView(shown, content, needs, tabs)


def _rows_words(answer: AnswerTable) -> str:
    count = len(answer.rows)
    if answer.more:
        return ngettext("the first %(num)s row of more", "the first %(num)s rows of more", count)
    return ngettext("%(num)s row", "%(num)s rows", count)


def _facts(visit: Visit, elapsed_ms: float | None) -> list[str]:
    edition, now = visit.facts.edition, datetime.now(UTC)
    facts = [_("Edition %(identifier)s.", identifier=edition.identifier).rstrip(".")]
    if edition.modified:
        facts.append(_("data of %(day)s", day=format_date(edition.modified, lang=visit.language)))
    facts.append(
        _(
            "asked %(day)s at %(time)s UTC",
            day=format_date(now.date().isoformat(), lang=visit.language),
            time=f"{now:%H:%M}",
        )
    )
    return (
        facts
        if elapsed_ms is None
        else [*facts, f"{format_number(round(elapsed_ms), lang=visit.language)}\N{NO-BREAK SPACE}ms"]
    )


def _sharing(visit: Visit, address: ResultAddress) -> Sharing:
    asked, embed = address.asked, address.address(EMBED_PATH)
    title = escape(_("Answer of Krajina"))
    frame = escape(visit.links.under_base(embed))
    return Sharing(
        visit.links.under_base(address.address()),
        short_address(visit, asked.option("link")[:40], asked.query or ""),
        [(name, text) for name, texts in asked.kept().items() for text in texts if text],
        embed,
        f'<iframe src="{frame}" title="{title}" width="100%" height="480"></iframe>',
    )
