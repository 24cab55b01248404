"""Sources as a page prints them: chips beside a fact, one numbered list, the comparison of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import DCTERMS

from graph.dates import PartialDate
from graph.records.records import Claim, Record, Source
from webapp.request.links import outside
from webapp.request.visit import Visit
from webapp.words.bases import marked
from webapp.words.names import property_label
from webapp.words.parts import Piece, claimed_pieces, piece, property_values, text_of, value_pieces
from webapp.words.typography import format_date

__all__ = [
    "Cited",
    "Claimed",
    "Comparison",
    "SourceList",
    "StatementQuote",
    "claims_about",
    "compare",
    "statement_quotes",
]


@dataclass(frozen=True)
class Cited:
    """A source under its number on a page, in the form that ``macros/sources.html`` takes.

    Attributes
    ----------
    text : str
        Publisher.
    title, lang : str
        Title as printed, or as we call it, and its language tag.
    href : str
        The source itself, or its page here when it is not on the web.
    url : str
        Address to be printed; "" when there is none.
    page : str
        Its page here.
    meta : tuple of str
        Kind, language and date; "no date" is said.
    """

    number: int
    text: str
    title: str
    lang: str
    href: str
    url: str
    page: str
    meta: tuple[str, ...]


class SourceList:
    """The sources of a page, numbered from the oldest; those without a date follow by title.

    Parameters
    ----------
    iris : iterable of str
        Sources of everything that the page says, repeated ones included.
    """

    def __init__(self, visit: Visit, iris: Iterable[str]) -> None:
        sources = visit.library.sources
        cited = sorted((sources[iri] for iri in set(iris) if iri in sources), key=_age)
        self._cited = {source.iri: _cite(visit, number, source) for number, source in enumerate(cited, start=1)}

    def __iter__(self) -> Iterator[Cited]:
        return iter(self._cited.values())

    def __len__(self) -> int:
        return len(self._cited)

    def of(self, iris: Iterable[str]) -> tuple[Cited, ...]:
        """Find the sources of one fact, in the order of their numbers."""
        return tuple(sorted((self._cited[iri] for iri in iris if iri in self._cited), key=lambda cited: cited.number))


@dataclass(frozen=True)
class Claimed:
    """One value with all sources that give it."""

    pieces: tuple[Piece, ...]
    chosen: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """A property in which sources differ: what it is about, and each value once, the used one first."""

    about: Piece
    label: str
    values: tuple[Claimed, ...]


def claims_about(visit: Visit, iris: Iterable[str]) -> tuple[Claim, ...]:
    """Claims about records and their statuses, in the order of the records given and then of the claims' IRIs."""
    library = visit.library
    described = (each for iri in iris for each in (iri, *(period.iri for period in library.statuses_of(iri))))
    return tuple(
        record
        for iri in dict.fromkeys(described)
        for record in library.naming(iri)
        if isinstance(record, Claim) and record.about == iri
    )


def compare(visit: Visit, claims: Iterable[Claim]) -> tuple[Comparison, ...]:
    """Set claims about the same property of the same record beside each other."""
    grouped: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        grouped.setdefault((claim.about, claim.claimed_property), []).append(claim)
    return tuple(
        Comparison(
            piece(visit, about),
            property_label(visit.facts.vocabulary, predicate, visit.language),
            _values(visit, visit.library.get(about), group),
        )
        for (about, predicate), group in grouped.items()
    )


def _values(visit: Visit, about: Record | None, claims: list[Claim]) -> tuple[Claimed, ...]:
    by_value: dict[str, list[Claim]] = {}
    for claim in claims:
        by_value.setdefault(claim.value, []).append(claim)
    claimed_values = sorted(
        (_claimed(visit, about, same) for same in by_value.values()), key=lambda claimed: not claimed.chosen
    )
    return (*(() if claimed_values[0].chosen else _in_use(visit, about, claims[0].claimed_property)), *claimed_values)


def _claimed(visit: Visit, about: Record | None, same: list[Claim]) -> Claimed:
    return Claimed(
        claimed_pieces(visit, about, same[0].claimed_property, same[0].value),
        any(claim.chosen == "true" for claim in same),
        tuple(iri for claim in same for iri in claim.sources),
    )


def _in_use(visit: Visit, about: Record | None, predicate: str) -> tuple[Claimed, ...]:
    """Word the value of the record itself, for when no claim is marked as the one in use."""
    values = property_values(about, predicate) if about else ()
    pieces = tuple(text for value in dict.fromkeys(values) for text in value_pieces(visit, predicate, value))
    return (Claimed(pieces, True, ()),) if pieces else ()


def _age(source: Source) -> tuple[str, str]:
    """Date and title; the English one on all pages, so that a number is of the same source in each language."""
    return (PartialDate(source.issued).first.isoformat() if source.issued else "9", source.name("en")[0])


def _cite(visit: Visit, number: int, source: Source) -> Cited:
    page = visit.links.page(source.iri)
    url = outside(source.address)
    title, lang = source.name(visit.language)
    publisher = visit.library.name(source.publisher, visit.language)[0] if source.publisher else title
    kind = visit.library.name(source.kind, visit.language)[0] if source.kind else ""
    date = marked(visit, source, str(DCTERMS.issued), format_date(source.issued, "none", lang=visit.language))
    meta = (kind, source.language, date)
    return Cited(number, publisher, title, lang, url or page, url, page, tuple(filter(None, meta)))


@dataclass(frozen=True)
class StatementQuote:
    """A statement of the initial document that a record encodes."""

    title: Piece
    place: str
    text: Piece


def statement_quotes(visit: Visit, record: Record) -> tuple[StatementQuote, ...]:
    """Quote the statements of the initial document that a record encodes, by number."""
    statements = visit.library.statements
    known = (statements[iri] for iri in record.evidence if iri in statements)
    encoded = sorted(known, key=lambda statement: (len(statement.number), statement.number))
    return tuple(
        StatementQuote(
            piece(visit, statement.iri),
            " ".join(part.text for part in text_of(visit, statement.quote_location)),
            next(iter(text_of(visit, statement.names)), Piece(statement.key)),
        )
        for statement in encoded
    )
