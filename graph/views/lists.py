"""Lists with facets on a day: the records that a choice gives, in an order, and how many any other choice would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.folding import czech_order
from graph.kept import kept
from graph.records.reading import Form
from graph.records.records import Organization, Record, Source
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, ListDescription
from graph.views.counted_lists import AREAS, ORGANIZATIONS
from graph.views.dated_lists import ACTIVITIES, AGREEMENTS, PROJECTS
from graph.views.facets import N_, FacetIndex, FactsOn, ListFacet, Reader, Selection
from graph.views.facts import AsOf, Facts
from graph.views.measures import MEASURES
from graph.views.region import together
from graph.views.shared_columns import (
    NO,
    NONE,
    STATUS,
    YES,
    base_columns,
    kind_column,
    kind_facet,
    territory_facet,
    year_facet,
)

__all__ = ["ALL_LISTS", "LISTS", "Chosen", "ListAnswer", "chosen", "chosen_set", "facet_index"]

# A publisher of fewer sources is not offered for choosing.
FREQUENT = 3


def _publisher(reader: Reader, source: Source) -> str:
    return reader.name(source.publisher)


def _publisher_code(source: Source) -> str:
    return source.publisher.rpartition("/")[2].removeprefix("pub-") or NONE


@kept()
def _frequent_publishers(facts: Facts) -> frozenset[str]:
    counts = Counter(_publisher_code(source) for source in facts.library.sources.values())
    return frozenset(code for code, number in counts.items() if number >= FREQUENT)


def _publisher_label(reader: Reader, code: str) -> str:
    iri = reader.facts.iris.resource("publishers", f"pub-{code}")
    return reader.name(iri) if iri in reader.library.publishers else code


def _supported(at: FactsOn, source: Source) -> list[Record]:
    return [record for record in at.library.naming(source.iri) if source.iri in record.sources]


def _number_supported(at: FactsOn, source: Source) -> int:
    return len(_supported(at, source))


def _told_of(at: FactsOn, source: Source) -> Iterator[str]:
    """IRIs of the organizations that a source tells of, and of those who take part in what it tells of."""
    for record in _supported(at, source):
        yield from (record.iri,) if isinstance(record, Organization) else together(record)


SOURCES: ListDescription[Source] = ListDescription(
    name="sources",
    heading=N_("Sources"),
    records=lambda at: at.library.sources.values(),
    facets=(
        ListFacet(
            name="dated",
            heading=N_("Date"),
            codes=lambda _at, s: (YES if s.issued else NO,),
            values=(YES, NO),
            words="dates",
        ),
        kind_facet("source-kinds"),
        ListFacet(
            name="language", heading=N_("Language"), codes=lambda _at, s: (s.language or NONE,), words="languages"
        ),
        year_facet(lambda s: s.issued),
        ListFacet(
            name="publisher",
            heading=N_("Publisher"),
            codes=lambda _at, s: (_publisher_code(s),),
            label=_publisher_label,
            offered=lambda facts, code: code in _frequent_publishers(facts),
            folded=True,
        ),
        territory_facet(_told_of, N_("Tells of somebody in")),
    ),
    columns=(
        *base_columns(N_("Source"), order=lambda reader, s: czech_order(s.name(reader.language)[0])),
        kind_column(),
        ListColumn(
            name="publisher",
            file="publisher",
            heading=N_("Publisher"),
            value=_publisher,
            order=lambda reader, s: czech_order(_publisher(reader, s)),
        ),
        ListColumn(file="publisher_iri", value=lambda _reader, s: s.publisher),
        ListColumn(file="url", value=lambda _reader, s: s.url),
        ListColumn(file="archived_at", value=lambda _reader, s: s.archived_at),
        ListColumn(file="accessed", holds=Holds.DATE, value=lambda _reader, s: s.accessed),
        ListColumn(
            name="date",
            file="issued",
            holds=Holds.DATE,
            heading=N_("Date"),
            value=lambda _reader, s: s.issued,
            form=CellForm.ISSUE,
            order=lambda _reader, s: s.issued,
        ),
        ListColumn(
            name="language",
            file="language",
            heading=N_("Language"),
            value=lambda _reader, s: s.language,
            form=CellForm.LANGUAGE,
        ),
        ListColumn(
            name="records",
            file="records",
            heading=N_("Records"),
            value=_number_supported,
            form=CellForm.NUMBER,
            order=_number_supported,
        ),
    ),
    order="-date",
)

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
