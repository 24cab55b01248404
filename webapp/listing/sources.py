"""The list of sources."""

from __future__ import annotations

from collections import Counter

from babel import Locale, UnknownLocaleError

from graph.folding import czech_order, fold
from graph.kept import kept
from graph.records.records import Source
from graph.views.facets import Facet
from graph.views.facts import Facts
from webapp.listing.common_facets import NONE, kind_facet, year_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import base_fields
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import Cell, date_cell, kind_text, number_cell, title_cell
from webapp.words.parts import Piece
from webapp.words.typography import sentence, some

__all__ = ["SOURCES", "language_name"]

YES, NO = "yes", "no"
# A publisher of fewer sources is not offered for choosing.
FREQUENT = 3


def language_name(visit: Visit, tag: str) -> str:
    """Name of a language in the reader's language (CLDR); the tag itself when it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(visit.language) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _publisher(source: Source) -> str:
    texts = source.publisher
    return texts.get(this_visit().language) or texts.get("en") or next((texts[tag] for tag in sorted(texts)), "")


def _publisher_code(source: Source) -> tuple[str, ...]:
    texts = source.publisher
    name = texts.get("en") or next((texts[tag] for tag in sorted(texts)), "")
    return (fold(name).replace(" ", "-") or NONE,)


@kept()
def _publishers(served: Facts) -> dict[str, Source]:
    return {_publisher_code(source)[0]: source for source in served.library.sources.values()}


@kept()
def _frequent(served: Facts) -> frozenset[str]:
    counts = Counter(_publisher_code(source)[0] for source in served.library.sources.values())
    return frozenset(code for code, number in counts.items() if number >= FREQUENT)


def _is_frequent(code: str) -> bool:
    return code in _frequent(this_visit().facts)


def _publisher_label(code: str) -> str:
    if code == NONE:
        return _("not stated")
    source = _publishers(this_visit().facts).get(code)
    return _publisher(source) if source else code


def _dated_label(code: str) -> str:
    return {YES: _("with a date"), NO: _("without a date")}.get(code, code)


def _date(source: Source) -> Cell:
    return date_cell(this_visit(), source.issued, "none")


def _supported(source: Source) -> int:
    return len(this_visit().library.naming(source.iri))


def _sentence(answer: Answer) -> str:
    dated, undated = answer.count("dated", YES), answer.count("dated", NO)
    return sentence(
        some(dated, ngettext("%(num)s has a date", "%(num)s have a date", dated)),
        some(undated, ngettext("%(num)s has no date", "%(num)s have no date", undated)),
    )


SOURCES: ListDescription[Source] = ListDescription(
    name="sources",
    title=lambda: _("Sources"),
    noun=lambda number: ngettext("%(num)s source", "%(num)s sources", number),
    records=lambda: this_visit().library.sources.values(),
    facets=(
        Facet(
            name="dated",
            title=lambda: _("Date"),
            codes=lambda source: (YES if source.issued else NO,),
            label=_dated_label,
        ),
        kind_facet("source-kinds"),
        Facet(
            name="language",
            title=lambda: _("Language"),
            codes=lambda source: (source.language or NONE,),
            label=lambda code: _("not stated") if code == NONE else language_name(this_visit(), code),
        ),
        year_facet(lambda source: source.issued),
        Facet(
            name="publisher",
            title=lambda: _("Publisher"),
            codes=_publisher_code,
            label=_publisher_label,
            offered=_is_frequent,
            folded=True,
        ),
    ),
    columns=(
        Column(
            "title",
            lambda: _("Source"),
            lambda s: title_cell(this_visit(), s, kind_text(s)),
            lambda source: czech_order(source.title),
        ),
        Column(
            "publisher",
            lambda: _("Publisher"),
            lambda s: Cell((Piece(_publisher(s)),)),
            lambda source: czech_order(_publisher(source)),
        ),
        Column("date", lambda: _("Date"), _date, lambda s: s.issued, is_date=True),
        Column(
            "language",
            lambda: _("Language"),
            lambda s: Cell((Piece(language_name(this_visit(), s.language) if s.language else _("not stated")),)),
        ),
        Column(
            "records",
            lambda: _("Records"),
            lambda s: number_cell(_supported(s)),
            _supported,
            numeric=True,
        ),
    ),
    fields=(
        *base_fields(),
        Field("publisher", _publisher),
        Field("url", lambda s: s.url),
        Field("issued", lambda s: s.issued),
        Field("language", lambda s: s.language),
        Field("records", _supported),
    ),
    sentence=_sentence,
    caption=lambda answer: _("Records: how many rest on the source."),
    order="-date",
)
