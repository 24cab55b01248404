"""Pages and files of all analyses: settings from the address, tables, rules, limits and the query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from graph.analyses.analysis_list import ANALYSES
from graph.analyses.declared import Analysis, Form, Table, asked_with
from graph.analyses.settings import WrongSettingError
from graph.sparql.named_queries import bind, named_query
from webapp.analyses.cells import column_heading, page_cell
from webapp.analyses.change_words import CHANGES
from webapp.analyses.fields import Field, setting_fields, subject_choice, wrong_setting
from webapp.analyses.files import FILES, MORE
from webapp.analyses.gap_words import EVIDENCE, GAPS, MONEY
from webapp.analyses.said import Answer, Said
from webapp.analyses.tie_words import COMPARE, WATCH
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit

__all__ = ["analysis_blueprint"]

SAID: Mapping[str, Said] = {
    "watch": WATCH,
    "gaps": GAPS,
    "compare": COMPARE,
    "changes": CHANGES,
    "money": MONEY,
    "evidence": EVIDENCE,
}
ROWS, LEAST = 24, 3  # rows of all tables beside each other, so that no page is too long for a phone; of one of them
MANY = 20  # rows of a table by itself, on one page


@dataclass(frozen=True)
class Section:
    """A table as the page shows it.

    Attributes
    ----------
    rule : str
        What stands in it, in words.
    fields : list of Field
        Settings that shape it alone.
    files : list of (str, str)
        Address and name of its files.
    whole : str
        Address of the page with this table alone; "" there, and where all of it is shown.
    """

    name: str
    title: str
    total: int
    rule: str
    fields: list[Field]
    columns: list[dict[str, Any]]
    rows: list[list[Markup]]
    files: list[tuple[str, str]]
    whole: str


def analysis_blueprint() -> Blueprint:
    """Make the routes of the list of analyses, and of each analysis and its files."""
    blueprint = Blueprint("analysis", __name__)
    blueprint.add_url_rule("/analysis", view_func=analyses_page)
    for name, analysis in ANALYSES.items():
        blueprint.add_url_rule(f"/analysis/{name}", name, partial(analysis_page, analysis))
        for suffix in (*FILES, *analysis.more_files):
            view = partial(analysis_file, analysis, suffix)
            blueprint.add_url_rule(f"/analysis/{name}.{suffix}", f"{name}_{suffix}", view)
    return blueprint


def analyses_page() -> str:
    """List all analyses."""
    visit = this_visit()
    entries = [
        (visit.links.address(f"/analysis/{name}"), _(ANALYSES[name].heading), SAID[name].summary()) for name in ANALYSES
    ]
    return render_template("analyses.html", entries=entries)


def analysis_page(analysis: Analysis) -> str:
    """Show an analysis; with ``table`` one table of it alone."""
    visit = this_visit()
    answer, said = _answer(visit, analysis), SAID[analysis.name]
    alone = request.args.get("table", "")
    tables = [table for table in analysis.tables if table.name == alone] or list(analysis.tables)
    is_alone = len(tables) < len(analysis.tables)
    total = answer.number(tables[0].name)
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-total // MANY))) if is_alone else 1
    return render_template(
        "analysis.html",
        name=analysis.name,
        title=said.title(visit, answer),
        lead=said.lead(visit, answer),
        fields=setting_fields(visit, answer, ""),
        subjects=subject_choice(visit, answer),
        parts=[_section(visit, answer, said, table, page if is_alone else 0) for table in tables],
        jumps=[] if is_alone else [(table.name, _(table.heading), answer.number(table.name)) for table in tables],
        whole=visit.links.here(table=None, page=None) if is_alone else "",
        page=page,
        total=total if is_alone else 0,
        size=MANY,
        downloads=_downloads(visit, analysis),
        limits=said.limits(visit, answer),
        sparql=bind(named_query(analysis.query), analysis.values(answer.asked)),
    )


def analysis_file(analysis: Analysis, suffix: str) -> Any:
    """Send an analysis, or the table of it that is asked for, as a file."""
    visit = this_visit()
    said = SAID[analysis.name]
    return {**FILES, **MORE}[suffix](visit, _answer(visit, analysis), said)


def _answer(visit: Visit, analysis: Analysis) -> Answer:
    try:
        asked = asked_with(visit.reader, analysis, request.args.getlist)
    except WrongSettingError as error:
        abort(400, description=wrong_setting(visit, error))
    return Answer(analysis, asked)


def _section(visit: Visit, answer: Answer, said: Said, table: Table[Any], page: int) -> Section:
    rows = answer.rows[table.name]
    columns = table.columns_for(answer.asked)
    on_page = [column for column in columns if not column.in_files_only]
    on_page.sort(key=lambda column: column.form is not Form.SENTENCE)
    few = max(LEAST, ROWS // len(answer.analysis.tables))
    shown = rows[(page - 1) * MANY : page * MANY] if page else rows[:few]
    return Section(
        table.name,
        _(table.heading),
        len(rows),
        said.rules[table.name](visit, answer) if table.name in said.rules else "",
        setting_fields(visit, answer, table.name),
        [{"title": column_heading(visit, column), "num": column.form.is_number} for column in on_page],
        [[page_cell(visit, columns, column, row) for column in on_page] for row in shown],
        list(_table_files(visit, table)),
        visit.links.here(table=table.name) if not page and len(rows) > few else "",
    )


def _table_files(visit: Visit, table: Table[Any]) -> Iterator[tuple[str, str]]:
    own = visit.links.own_file
    yield own("csv", table=table.name, fill=None), "CSV"
    yield own("xlsx", table=table.name, fill=None), "XLSX"
    if table.to_fill:
        yield own("xlsx", table=table.name, fill="1"), _("XLSX to fill in")


def _downloads(visit: Visit, analysis: Analysis) -> list[dict[str, str]]:
    labels = {
        "ics": _("Calendar (ICS)"),
        "atom": _("Feed (Atom)"),
        "xlsx": _("All tables as XLSX"),
        "json": _("Data as JSON"),
    }
    suffixes = (*analysis.more_files, "xlsx", "json")
    return [{"text": labels[suffix], "href": visit.links.own_file(suffix)} for suffix in suffixes]
