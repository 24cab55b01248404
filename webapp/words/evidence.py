"""Sources as a page prints them: chips beside a fact, one numbered list, the comparison of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.dates import PartialDate
from graph.records.records import Claim, Record, Source
from webapp.request.links import outside
from webapp.request.visit import Visit, this_visit
from webapp.words.labels import property_label
from webapp.words.parts import Piece, piece, text_of
from webapp.words.typography import format_date
from webapp.words.values import claimed_pieces, property_values, value_pieces

__all__ = ["Cited", "Claimed", "Comparison", "SourceList", "claims_about", "compare"]


@dataclass(frozen=True)
class Cited:
    """A source under its number on a page, in the form that ``macros/sources.html`` takes.

    Attributes
    ----------
    text : str
        Publisher.
    title, lang : str
        Title as printed and its language tag.
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

    def __init__(self, iris: Iterable[str]) -> None:
        sources = this_visit().library.sources
        found = sorted((sources[iri] for iri in set(iris) if iri in sources), key=_age)
        self._cited = {source.iri: _cite(this_visit(), number, source) for number, source in enumerate(found, start=1)}

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
    """Claims about records, in the order of the records given and then of the IRIs of the claims."""
    library = visit.library
    return tuple(
        record
        for iri in dict.fromkeys(iris)
        for record in library.naming(iri)
        if isinstance(record, Claim) and record.about == iri
    )


def compare(visit: Visit, claims: Iterable[Claim]) -> tuple[Comparison, ...]:
    """Set claims about the same property of the same record beside each other."""
    grouped: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        grouped.setdefault((claim.about, claim.claimed_property), []).append(claim)
    return tuple(
        Comparison(piece(visit, about), property_label(visit.facts.vocabulary, predicate, visit.language), _values(visit, visit.library.get(about), group))
        for (about, predicate), group in grouped.items()
    )


def _values(visit: Visit, about: Record | None, claims: list[Claim]) -> tuple[Claimed, ...]:
    by_value: dict[str, list[Claim]] = {}
    for claim in claims:
        by_value.setdefault(claim.value, []).append(claim)
    found = sorted((_claimed(visit, about, same) for same in by_value.values()), key=lambda claimed: not claimed.chosen)
    return (*(() if found[0].chosen else _in_use(visit, about, claims[0].claimed_property)), *found)


def _claimed(visit: Visit, about: Record | None, same: list[Claim]) -> Claimed:
    return Claimed(
        claimed_pieces(visit, about, same[0].claimed_property, same[0].value),
        any(claim.chosen == "true" for claim in same),
        tuple(iri for claim in same for iri in claim.sources),
    )


def _in_use(visit: Visit, about: Record | None, predicate: str) -> tuple[Claimed, ...]:
    """Word the value of the record itself, for when no claim is marked as the one in use."""
    values = property_values(about, predicate) if about else ()
    pieces = tuple(found for value in dict.fromkeys(values) for found in value_pieces(visit, predicate, value))
    return (Claimed(pieces, True, ()),) if pieces else ()


def _age(source: Source) -> tuple[str, str]:
    return (PartialDate(source.issued).first.isoformat() if source.issued else "9", source.title)


def _cite(visit: Visit, number: int, source: Source) -> Cited:
    page = visit.links.page(source.iri)
    url = outside(source.url)
    publisher = next((found.text for found in text_of(visit, source.publisher)), source.title)
    kind = visit.library.name(source.kind, visit.language)[0] if source.kind else ""
    meta = (kind, source.language, format_date(source.issued, "none", lang=visit.language))
    return Cited(number, publisher, source.title, source.language, url or page, url, page, tuple(filter(None, meta)))
