"""The list of sources."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from graph.folding import czech_order, fold
from graph.records.records import Source
from webapp.language import _, language, ngettext
from webapp.listing.cells import Cell, date_cell, kind_text, number_cell, title_cell
from webapp.listing.common_facets import NONE, kind_facet, year_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.facets import Facet
from webapp.listing.fields import base_fields
from webapp.listing.words import sentence, some
from webapp.record.parts import Piece
from webapp.site import Site, site

__all__ = ["SOURCES", "language_name"]

YES, NO = "yes", "no"
# A publisher of fewer sources is not offered for choosing.
FREQUENT = 3


def language_name(tag: str) -> str:
    """Name of a language in the reader's language (CLDR); the tag itself when it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(language()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _publisher(source: Source) -> str:
    texts = source.publisher
    return texts.get(language()) or texts.get("en") or next((texts[tag] for tag in sorted(texts)), "")


def _publisher_code(source: Source) -> tuple[str, ...]:
    texts = source.publisher
    name = texts.get("en") or next((texts[tag] for tag in sorted(texts)), "")
    return (fold(name).replace(" ", "-") or NONE,)


@lru_cache(maxsize=8)
def _publishers(served: Site) -> dict[str, Source]:
    return {_publisher_code(source)[0]: source for source in served.library.sources.values()}


@lru_cache(maxsize=8)
def _frequent(served: Site) -> frozenset[str]:
    counts = Counter(_publisher_code(source)[0] for source in served.library.sources.values())
    return frozenset(code for code, number in counts.items() if number >= FREQUENT)


def _is_frequent(code: str) -> bool:
    return code in _frequent(site())


def _publisher_label(code: str) -> str:
    if code == NONE:
        return _("not stated")
    source = _publishers(site()).get(code)
    return _publisher(source) if source else code


def _dated_label(code: str) -> str:
    return {YES: _("with a date"), NO: _("without a date")}.get(code, code)


def _date(source: Source) -> Cell:
    return date_cell(source.issued, "none")


def _supported(source: Source) -> int:
    return len(site().library.naming(source.iri))


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
    records=lambda: site().library.sources.values(),
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
            label=lambda code: _("not stated") if code == NONE else language_name(code),
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
            lambda s: title_cell(s, kind_text(s)),
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
            lambda s: Cell((Piece(language_name(s.language) if s.language else _("not stated")),)),
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
