"""Pieces that all record pages are made of: texts with their language and link, facts, dates and sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from graph.folding import czech_order
from graph.records.records import Dated, Texts
from webapp.request.links import outside
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date, format_money, format_range, lower_first

__all__ = [
    "Fact", "Piece", "areas", "between", "date_fact", "euro", "fact", "in_czech_order", "kind_and_country",
    "piece", "pieces", "plain", "text_of", "web",
]  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A text with its language tag ("" for the reader's or none), where it leads ("" for nowhere) and a remark."""

    text: str
    lang: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled value; no pieces mean that the value was not found, said as `missing`."""

    label: str
    pieces: tuple[Piece, ...]
    separator: str = ", "
    missing: str = ""


def kind_and_country(visit: Visit, iri: str) -> str:
    """Kind and country of an organization, as far as known: what tells it from its namesakes."""
    library = visit.library
    organization = library.organizations[iri]
    return " · ".join(
        library.name(code, visit.language)[0] for code in (organization.kind, organization.country) if code
    )


def piece(visit: Visit, iri: str, note: str = "") -> Piece:
    """Name of a record with the link to its page."""
    text, lang = name_of(visit, visit.library, iri)
    return Piece(text, lang, visit.links.page(iri), note)


def in_czech_order(visit: Visit, iris: Iterable[str]) -> list[str]:
    """Sort records by their names in the order of the Czech alphabet."""
    library = visit.library
    return sorted(iris, key=lambda iri: czech_order(name_of(visit, library, iri)[0]))


def pieces(visit: Visit, iris: Iterable[str]) -> tuple[Piece, ...]:
    """Name records with links, in the order of the Czech alphabet."""
    return tuple(map(partial(piece, visit), in_czech_order(visit, iris)))


def areas(visit: Visit, iris: Iterable[str]) -> tuple[Piece, ...]:
    """Name areas as items of a list, which begin with a small letter."""
    return tuple(replace(found, text=lower_first(found.text)) for found in pieces(visit, iris))


def plain(*texts: str) -> tuple[Piece, ...]:
    """Texts without a link; empty ones are left out."""
    return tuple(Piece(text) for text in texts if text)


def fact(label: str, found: Iterable[Piece], *, separator: str = ", ", missing: str = "") -> tuple[Fact, ...]:
    """Make a fact, or nothing when no value is known and no word for that is given."""
    values = tuple(found)
    return (Fact(label, values, separator, missing),) if values or missing else ()


def date_fact(visit: Visit, label: str, date: str) -> tuple[Fact, ...]:
    """Make a fact of a date, or nothing when it is not known."""
    return fact(label, plain(format_date(date, lang=visit.language)) if date else ())


def text_of(visit: Visit, texts: Texts) -> tuple[Piece, ...]:
    """Choose the text in the reader's language, else in English or any other; nothing when there is none."""
    for tag in (visit.language, "en", *sorted(texts)):
        if texts.get(tag):
            return (Piece(texts[tag], "" if tag == visit.language else tag),)
    return ()


def web(url: str, text: str = "") -> tuple[Piece, ...]:
    """Link to another site by its host; nothing when the address is not http or https."""
    safe = outside(url)
    host = urlsplit(safe).hostname if safe else ""
    return (Piece(text or host.removeprefix("www."), "", safe),) if host else ()


def between(visit: Visit, record: Dated, *, single_day: bool = False) -> str:
    """Start and end of a record in words; "" when neither is known.

    Parameters
    ----------
    single_day : bool
        A start without an end is the whole time of it (a visit), not a beginning.
    """
    return format_range(record.since, record.until or (record.since if single_day else ""), lang=visit.language)


def euro(visit: Visit, amount: str) -> tuple[Piece, ...]:
    """Write a sum in euro; nothing when it is not known."""
    return plain(format_money(amount, lang=visit.language))
