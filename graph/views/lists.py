"""Lists with facets on a day: the records that a choice gives, in an order, and how many any other choice would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Record
from graph.views.columns import ListDescription
from graph.views.counted_lists import AREAS, ORGANIZATIONS
from graph.views.dated_lists import ACTIVITIES, AGREEMENTS, PROJECTS
from graph.views.facets import FacetIndex, FactsOn, Reader, Selection
from graph.views.facts import AsOf, Facts
from graph.views.measures import MEASURES
from graph.views.shared_columns import STATUS
from graph.views.source_list import SOURCES

__all__ = ["ALL_LISTS", "LISTS", "Chosen", "ListAnswer", "chosen", "chosen_set", "facet_index"]

LISTS: Mapping[str, ListDescription[Any]] = {
    description.name: description for description in (ORGANIZATIONS, AGREEMENTS, ACTIVITIES, PROJECTS, SOURCES)
}
# With the lists beside those of the records: of a code list, and of what is made from the records.
ALL_LISTS: Mapping[str, ListDescription[Any]] = {**LISTS, AREAS.name: AREAS, MEASURES.name: MEASURES}


@dataclass(frozen=True)
class ListAnswer:
    """What a list answers before its table.

    Attributes
    ----------
    counts : mapping
        Facet name -> code -> number of records under the choice in all the other facets.
    total : int
        Records in the list.
    """

    counts: Mapping[str, Mapping[str, int]]
    total: int

    def count(self, facet: str, *codes: str) -> int:
        """Count the records that have one of the codes of a facet that gives each record one code."""
        return sum(self.counts.get(facet, {}).get(code, 0) for code in codes)


@dataclass(frozen=True)
class Chosen:
    """What a choice gives: all records in order, the answer, the choice itself, the order."""

    records: Sequence[Record]
    answer: ListAnswer
    selection: Selection
    order: str


def chosen(reader: Reader, name: str, selection: Selection, order: str = "") -> Chosen:
    """Find the records of a list under a choice.

    Parameters
    ----------
    reader : Reader
        Edition, day, and the language whose names are sorted by.
    selection : mapping
        Names of facets to chosen codes; a code that no record has gives none.
    order : str
        Name of a column, "-" before it sorts down; one that cannot be sorted by counts as the usual order.
    """
    description, facts, on = ALL_LISTS[name], reader.facts, reader.on
    index = facet_index(facts, on, name)
    counts = {
        facet.name: index.counts(facet.name, chosen_set(facts, on, name, selection, facet.name))
        for facet in description.facets
    }
    order = order if order.removeprefix("-") in description.sortable else description.order
    records = _sorted(reader, index.take(chosen_set(facts, on, name, selection)), description, order)
    return Chosen(records, ListAnswer(counts, len(records)), selection, order)


def chosen_set(facts: Facts, on: AsOf, name: str, selection: Selection, without: str = "") -> int:
    """Set of the records of a list under a choice, one facet left aside; on a past day without later ones.

    Parameters
    ----------
    without : str
        Name of the facet whose choice is left aside; "" for none.
    """
    index = facet_index(facts, on, name)
    matching = index.matching(selection, without)
    leaves_out = ALL_LISTS[name].later and on.is_past and STATUS not in selection and without != STATUS
    return matching & ~index.members(STATUS, Form.FUTURE) if leaves_out else matching


@kept(32)
def facet_index(facts: Facts, on: AsOf, name: str) -> FacetIndex[Any]:
    """Index of a list on one day; made once a day and list, as states depend on the day."""
    description, at = ALL_LISTS[name], FactsOn(facts, on)
    codes = {facet.name: partial(facet.codes, at) for facet in description.facets}
    return FacetIndex(tuple(description.records(at)), codes)


def _sorted(reader: Reader, records: list[Record], description: ListDescription[Any], order: str) -> list[Record]:
    by_name = description.on_page[0].order
    column = next(column for column in description.on_page if column.name == order.removeprefix("-"))
    assert by_name and column.order  # the columns of `sortable`, and each first one, have an order
    keys = {record.iri: column.order(reader, record) for record in records}
    named = sorted(records, key=partial(by_name, reader))
    known = [record for record in named if keys[record.iri] != ""]
    known.sort(key=lambda record: keys[record.iri], reverse=order.startswith("-"))
    return known + [record for record in named if keys[record.iri] == ""]
