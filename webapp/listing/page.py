"""The page of a list: what the request chooses, answer, chips, filter, table, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import render_template, request

from graph.views.columns import ListColumn, ListDescription
from graph.views.facets import FacetOption, ListFacet, Selection, facet_options
from graph.views.lists import Chosen, chosen
from webapp.listing.charts import list_charts
from webapp.listing.columns import cell, code_label, facet_heading, heading_text
from webapp.listing.sentences import SAID
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import cell_markup
from webapp.words.typography import format_date

__all__ = ["chosen_by_request", "render_list"]

PAGE_SIZE = 20


@dataclass(frozen=True)
class FacetView:
    """A facet as it is shown: argument, title, whether it is closed at first, options."""

    name: str
    title: str
    folded: bool
    options: Sequence[FacetOption]


@dataclass(frozen=True)
class ColumnHead:
    """Head of a column: where a click leads ("" if not sortable) and its present order ("" for none)."""

    title: str
    label: str
    num: bool
    nb: bool
    href: str = ""
    sort: str = ""


def chosen_by_request(visit: Visit, description: ListDescription[Any]) -> Chosen:
    """Find the records that the request chooses, all pages of them, in the order it chooses."""
    asked = {facet.name: tuple(dict.fromkeys(request.args.getlist(facet.name))) for facet in description.facets}
    selection = {name: tuple(filter(None, codes)) for name, codes in asked.items() if any(codes)}
    return chosen(visit.reader, description.name, selection, request.args.get("sort", ""))


def render_list(description: ListDescription[Any]) -> str:
    """Render the page of a list that the request asks for; a page beyond the last is the last."""
    visit, said = this_visit(), SAID[description.name]
    answered = chosen_by_request(visit, description)
    number = len(answered.records)
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-number // PAGE_SIZE)))
    shown = answered.records[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    captions = (_order_caption(description, answered.order), said.caption(visit, answered.answer))
    cleared = visit.links.list_page(description.address)
    return render_template(
        said.template,
        **said.extras(visit),
        title=_title(visit, description),
        name=heading_text(description.heading, visit.language),
        answer=said.sentence(visit, answered.answer),
        caption=" ".join(filter(None, captions)),
        total=said.noun(number),
        number=number,
        facets=[_facet_view(visit, facet, answered) for facet in description.facets],
        chips=_chips(visit, description, answered.selection),
        cleared=cleared,
        reset=cleared if answered.selection else "",
        columns=[_head(visit, column, answered.order) for column in description.on_page],
        rows=[[cell_markup(cell(visit, column, record)) for column in description.on_page] for record in shown],
        purpose=said.purpose(),
        siblings=_siblings(description),
        name_in_address=description.address,
        page=page,
        size=PAGE_SIZE,
        charts=list_charts(visit, description, answered) if page == 1 else [],
    )


def _siblings(description: ListDescription[Any]) -> list[tuple[str, str]]:
    """Name the lists of the same section of the navigation by their addresses; none for a list that is alone in it."""
    names = {"activities": _("Events"), "projects": _("Projects"), "areas": _("Areas of cooperation")}
    return list(names.items()) if description.address in names else []


def _title(visit: Visit, description: ListDescription[Any]) -> str:
    title = heading_text(description.heading, visit.language)
    if not (visit.on.is_past and description.later):
        return title
    day = format_date(visit.on.day.isoformat(), lang=visit.language)
    return _("%(title)s as of %(day)s", title=title, day=day)


def _facet_view(visit: Visit, facet: ListFacet[Any], answered: Chosen) -> FacetView:
    selected = answered.selection.get(facet.name, ())
    options = facet_options(
        answered.answer.counts[facet.name],
        selected,
        partial(code_label, visit, facet),
        offered=partial(facet.offered, visit.facts),
        by_code=facet.by_code,
    )
    return FacetView(facet.name, facet_heading(visit, facet), facet.folded and not selected, options)


def _chips(visit: Visit, description: ListDescription[Any], selection: Selection) -> list[dict[str, str]]:
    return [
        {
            "text": f"{heading_text(facet.heading, visit.language)}: {code_label(visit, facet, code)}",
            "href": visit.links.without(facet.name, code),
        }
        for facet in description.facets
        for code in selection.get(facet.name, ())
    ]


def _head(visit: Visit, column: ListColumn[Any], order: str) -> ColumnHead:
    title = heading_text(column.heading, visit.language)
    label = heading_text(column.label, visit.language) or title
    is_narrow = column.form.is_date and not column.form.is_span
    if not column.order:
        return ColumnHead(title, label, column.form.is_number, is_narrow)
    goes_down = order.startswith("-")
    present, wanted = "", f"-{column.name}" if column.form.is_number or column.form.is_date else column.name
    if order.removeprefix("-") == column.name:
        present = "descending" if goes_down else "ascending"
        wanted = column.name if goes_down else f"-{column.name}"
    return ColumnHead(title, label, column.form.is_number, is_narrow, visit.links.here(sort=wanted), present)


def _order_caption(description: ListDescription[Any], order: str) -> str:
    column = next(column for column in description.on_page if column.name == order.removeprefix("-"))
    goes_down = order.startswith("-")
    if column.form.is_date:
        return (
            _("Ordered newest first, unknown dates at the end.")
            if goes_down
            else _("Ordered oldest first, unknown dates at the end.")
        )
    if column.form.is_number:
        return _("Ordered from the most.") if goes_down else _("Ordered from the fewest.")
    return _("Ordered from Z to A.") if goes_down else _("Ordered from A to Z.")
