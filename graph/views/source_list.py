"""The list of sources, with the publishers that it can be filtered by."""

from __future__ import annotations

from collections import Counter

from graph.folding import czech_order
from graph.kept import kept
from graph.records.records import Source
from graph.sheets.cells import Holds
from graph.views.columns import CellForm, ListColumn, ListDescription
from graph.views.facets import N_, FactsOn, ListFacet, Reader
from graph.views.facts import Facts
from graph.views.shared_columns import NO, NONE, YES, base_columns, kind_column, kind_facet, year_facet

__all__ = ["SOURCES"]

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


def _number_supported(at: FactsOn, source: Source) -> int:
    return sum(source.iri in record.sources for record in at.library.naming(source.iri))


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
