"""The page of a list: answer, chips, filter, table, pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from graph.views.facets import Facet, Option, Selection, facet_options
from webapp.listing.description import Column, ListDescription
from webapp.listing.lists import Found, find
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import cell_markup
from webapp.words.typography import format_date

__all__ = ["render_list"]

PAGE_SIZE = 20


@dataclass(frozen=True)
class FacetView:
    """A facet as it is shown: argument, title, whether it is closed at first, options."""

    name: str
    title: str
    folded: bool
    options: Sequence[Option]


@dataclass(frozen=True)
class Heading:
    """Head of a column: where a click leads ("" if not sortable) and its present order ("" for none)."""

    title: str
    label: str
    num: bool
    nb: bool
    href: str = ""
    sort: str = ""


def render_list(description: ListDescription[Any]) -> str:
    """Render the page of a list that the request asks for; a page beyond the last is the last."""
    found = find(this_visit(), description)
    last = max(1, -(-len(found.records) // PAGE_SIZE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = found.records[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render_template(
        description.template,
        **description.extras(),
        title=_title(this_visit(), description),
        name=description.title(),
        answer=description.sentence(found.answer),
        caption=" ".join(filter(None, (_order_caption(description, found.order), description.caption(found.answer)))),
        total=description.noun(len(found.records)),
        number=len(found.records),
        facets=[_facet_view(facet, found) for facet in description.facets],
        chips=_chips(this_visit(), description, found.selection),
        cleared=this_visit().links.list_page(description.name),
        reset=this_visit().links.list_page(description.name) if found.selection else "",
        columns=[_heading(this_visit(), column, found.order) for column in description.columns],
        rows=[[cell_markup(column.cell(record)) for column in description.columns] for record in shown],
        page=page,
        size=PAGE_SIZE,
    )


def _title(visit: Visit, description: ListDescription[Any]) -> str:
    if not (visit.on.is_past and description.later):
        return description.title()
    day = format_date(visit.on.day.isoformat(), lang=visit.language)
    return _("%(title)s as of %(day)s", title=description.title(), day=day)


def _facet_view(facet: Facet[Any], found: Found) -> FacetView:
    chosen = found.selection.get(facet.name, ())
    options = facet_options(facet, found.answer.counts[facet.name], chosen)
    return FacetView(facet.name, facet.title(), facet.folded and not chosen, options)


def _chips(visit: Visit, description: ListDescription[Any], selection: Selection) -> list[dict[str, str]]:
    return [
        {
            "text": f"{(facet.short or facet.title)()}: {facet.label(code)}",
            "href": visit.links.without(facet.name, code),
        }
        for facet in description.facets
        for code in selection.get(facet.name, ())
    ]


def _heading(visit: Visit, column: Column[Any], order: str) -> Heading:
    if not column.order:
        return Heading(
            column.title(), (column.label or column.title)(), column.numeric, column.is_date and not column.breaks
        )
    goes_down = order.startswith("-")
    if order.removeprefix("-") == column.name:
        present, wanted = (
            "descending" if goes_down else "ascending",
            column.name if goes_down else f"-{column.name}",
        )
    else:
        present, wanted = "", f"-{column.name}" if column.numeric or column.is_date else column.name
    href = visit.links.here(sort=wanted)
    return Heading(
        column.title(),
        (column.label or column.title)(),
        column.numeric,
        column.is_date and not column.breaks,
        href,
        present,
    )


def _order_caption(description: ListDescription[Any], order: str) -> str:
    column = next(column for column in description.columns if column.name == order.removeprefix("-"))
    goes_down = order.startswith("-")
    if column.is_date:
        return (
            _("Ordered newest first, unknown dates at the end.")
            if goes_down
            else _("Ordered oldest first, unknown dates at the end.")
        )
    if column.numeric:
        return _("Ordered from the most.") if goes_down else _("Ordered from the fewest.")
    return _("Ordered from Z to A.") if goes_down else _("Ordered from A to Z.")
