"""Agreements by the country of the partner, as stacked bars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from graph.folding import czech_order
from graph.records.reading import Form
from graph.views.facets import FacetIndex
from webapp.listing.common_facets import form_label
from webapp.listing.lists import chosen_set, present_index
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.cells import concept_label
from webapp.words.parts import Piece

__all__ = ["Bar", "Bars", "country_bars"]

FORMS = (Form.HELD, Form.AGED, Form.OPEN, Form.ENDED)
SHOWN = 10


@dataclass(frozen=True)
class Bar:
    """A country, for the macro of bars: label with link, number of agreements, number by form, words for readers."""

    label: Piece
    total: int
    parts: tuple[tuple[str, int], ...]
    detail: str


@dataclass(frozen=True)
class Bars:
    """The longest bars, what their colours mean, and a sentence about the other countries ("" for none)."""

    shown: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...]
    rest: str


def country_bars(visit: Visit) -> Bars:
    """Count agreements by country and form on the day of the request, those begun later left out."""
    index = present_index(visit, "agreements")
    base = chosen_set(visit, "agreements", {}) & ~index.members("status", Form.FUTURE)
    counts = index.counts("country", base)
    codes = sorted(counts, key=lambda code: (-counts[code], czech_order(concept_label(visit, "countries", code))))
    others = reduce(or_, (index.members("country", code) for code in codes[SHOWN:]), 0) & base
    key = tuple((form.value, form_label(form)) for form in FORMS if index.members("status", form) & base)
    shown = tuple(_bar(visit, index, code, base) for code in codes[:SHOWN])
    return Bars(shown, key, _rest(len(codes[SHOWN:]), others.bit_count()))


def _bar(visit: Visit, index: FacetIndex[Any], code: str, base: int) -> Bar:
    members = index.members("country", code) & base
    parts = tuple((form.value, (members & index.members("status", form)).bit_count()) for form in FORMS)
    name = Piece(concept_label(visit, "countries", code), href=visit.links.list_page("agreements", country=code))
    words = (f"{form_label(form)} {number}" for form, number in parts if number)
    return Bar(name, members.bit_count(), parts, f"({', '.join(words)})")


def _rest(countries: int, agreements: int) -> str:
    if not countries:
        return ""
    where = ngettext("%(num)s other country has", "%(num)s other countries have", countries)
    what = ngettext("%(num)s agreement", "%(num)s agreements", agreements)
    return _("%(countries)s %(agreements)s altogether.", countries=where, agreements=what)
