"""Lists with facets: what a request chooses, and which records that gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Record
from graph.views.facets import FacetIndex, Selection
from graph.views.facts import Facts
from webapp.analysis.measures import MEASURES
from webapp.listing.activities import ACTIVITIES
from webapp.listing.agreements import AGREEMENTS
from webapp.listing.areas import AREAS
from webapp.listing.description import Answer, ListDescription
from webapp.listing.organizations import ORGANIZATIONS
from webapp.listing.projects import PROJECTS
from webapp.listing.sources import SOURCES
from webapp.request.visit import Visit

__all__ = ["ALL_LISTS", "LISTS", "Found", "chosen_set", "facet_index", "find", "present_index"]

LISTS: dict[str, ListDescription[Any]] = {
    description.name: description for description in (ORGANIZATIONS, AGREEMENTS, ACTIVITIES, PROJECTS, SOURCES)
}
# Lists beside those of the records: of a code list, and of what is made from the records.
OTHER_LISTS: dict[str, ListDescription[Any]] = {AREAS.name: AREAS, MEASURES.name: MEASURES}
ALL_LISTS = {**LISTS, **OTHER_LISTS}
STATUS = "status"


@dataclass(frozen=True)
class Found:
    """What a choice gives: all records in order, the answer, the choice itself, options of the facets."""

    records: Sequence[Record]
    answer: Answer
    selection: Selection
    order: str


def find(visit: Visit, description: ListDescription[Any]) -> Found:
    """Find the records that the request chooses, all pages of them, in the order it chooses."""
    selection = _selection(description)
    index = present_index(visit, description.name)
    counts = {
        facet.name: index.counts(facet.name, chosen_set(visit, description.name, selection, facet.name))
        for facet in description.facets
    }
    chosen = chosen_set(visit, description.name, selection)
    order = _order(description)
    records = _sorted(index.take(chosen), description, order)
    return Found(records, Answer(counts, len(records)), selection, order)


def present_index(visit: Visit, name: str) -> FacetIndex[Any]:
    """Index of a list on the day of the request."""
    return facet_index(visit.facts, name, visit.on.day.toordinal(), visit.on.is_past)


def chosen_set(visit: Visit, name: str, selection: Selection, without: str = "") -> int:
    """Set of the records of a list under a choice, one facet left aside; on a past day without later ones.

    Parameters
    ----------
    without : str
        Name of the facet whose choice is left aside; "" for none.
    """
    index = present_index(visit, name)
    chosen = index.matching(selection, without)
    leaves_out = ALL_LISTS[name].later and visit.on.is_past and STATUS not in selection and without != STATUS
    return chosen & ~index.members(STATUS, Form.FUTURE) if leaves_out else chosen


@kept(32)
def facet_index(served: Facts, name: str, _ordinal: int, _past: bool) -> FacetIndex[Any]:
    """Index of a list on one day; made once a day and list, as states depend on the day."""
    description = ALL_LISTS[name]
    return FacetIndex(tuple(description.records()), description.facets)


def _selection(description: ListDescription[Any]) -> dict[str, tuple[str, ...]]:
    asked = {facet.name: tuple(dict.fromkeys(request.args.getlist(facet.name))) for facet in description.facets}
    return {name: tuple(filter(None, codes)) for name, codes in asked.items() if any(codes)}


def _order(description: ListDescription[Any]) -> str:
    asked = request.args.get("sort", "")
    sortable = {column.name for column in description.columns if column.order}
    return asked if asked.removeprefix("-") in sortable else description.order


def _sorted(records: list[Record], description: ListDescription[Any], order: str) -> list[Record]:
    column = next(column for column in description.columns if column.name == order.removeprefix("-"))
    by_name = description.columns[0].order
    keys = {record.iri: column.order(record) for record in records} if column.order else {}
    named = sorted(records, key=by_name) if by_name else records
    known = [record for record in named if keys[record.iri] != ""]
    known.sort(key=lambda record: keys[record.iri], reverse=order.startswith("-"))
    return known + [record for record in named if keys[record.iri] == ""]
