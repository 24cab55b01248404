"""Results of a search in words: hits with their details and state, what was understood, counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from graph.folding import fold
from graph.records.records import Agreement, Organization, Project, Record
from graph.search.words import keys_of, words_of
from graph.views.asked import Asked
from graph.views.counted_lists import ties_of
from graph.views.found import KINDS, Found
from graph.views.lexicon import Meaning, Sort
from graph.views.territories import territory_name
from webapp.listing.sentences import SAID
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.cells import concept_label, details_of, kind_text, parties_cell
from webapp.words.names import kind_label
from webapp.words.parts import Piece, dated_text, piece
from webapp.words.wording import Badge, badge

__all__ = ["Chip", "Hit", "Marked", "chips", "counted", "hit", "marked", "meaning_text", "tag_of"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Marked:
    """A piece of a text, whether it was asked for, and its language ("" for that of the text around it)."""

    text: str
    is_met: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Hit:
    """A record that was found.

    Attributes
    ----------
    name : Piece
        With the link to its page.
    marked, details : tuple of Marked
        The name and what tells it from its namesakes, in pieces.
    met : Piece or None
        Name in another language that was met, if the shown one was not.
    badge : Badge or None
        State on the day.
    tag : str
        What it is.
    """

    name: Piece
    marked: tuple[Marked, ...]
    details: tuple[Marked, ...]
    met: Piece | None
    badge: Badge | None
    tag: str


@dataclass(frozen=True)
class Chip:
    """What was understood: its label and name, and the address of the question without it."""

    label: str
    text: str
    href: str


def hit(visit: Visit, record: Record, words: Sequence[str]) -> Hit:
    """Word a record; what meets any of the words is marked."""
    name = piece(visit, record.iri)
    state = badge(visit, record) if isinstance(record, (Agreement, Project)) else None
    details = tuple(
        replace(part, lang=lang)
        for lang, run in groupby(_joined(" · ", _details(visit, record)), key=lambda each: each.lang)
        for part in marked("".join(each.text for each in run), words)
    )
    return Hit(name, marked(name.text, words), details, _met(record, name.text, words), state, tag_of(record))


def _details(visit: Visit, record: Record) -> tuple[Sequence[Piece], ...]:
    if isinstance(record, Agreement):
        parties = parties_cell(visit, record.parties)
        sides = (_joined(", ", [[each] for each in side]) for side in (parties.pieces, parties.opposite))
        more = ngettext("and %(num)s other", "and %(num)s others", parties.more) if parties.more else ""
        who = _joined(" ", (_joined(" – ", sides), [Piece(more)] if more else []))
        date = dated_text(visit, record, record.dated)
        return [Piece(kind_text(visit, record))], who, [Piece(date)]
    ties = ties_of(visit.reader, record) if isinstance(record, Organization) else 0
    return tuple([Piece(text)] for text in details_of(visit, record, ties))


def _joined(separator: str, texts: Iterable[Sequence[Piece]]) -> list[Piece]:
    """Put a separator, which is of the reader's language, between texts made of pieces; empty ones are none."""
    said = [text for text in texts if any(part.text for part in text)]
    return [part for i, text in enumerate(said) for part in (*([Piece(separator)] if i else []), *text)]


def marked(text: str, words: Sequence[str]) -> tuple[Marked, ...]:
    """Part a text where its words meet any of those asked for, in whatever form."""
    keys = frozenset[str]().union(*map(keys_of, words))
    begun = tuple(fold(word) for word in words if len(word) > 2)
    return tuple(_pieces(text, keys, begun)) if keys else (Marked(text),)


def _pieces(text: str, keys: frozenset[str], begun: tuple[str, ...]) -> Iterator[Marked]:
    at = 0
    for word in _WORD.finditer(text):
        if not keys.isdisjoint(keys_of(word[0].casefold())) or (begun and fold(word[0]).startswith(begun)):
            if word.start() > at:
                yield Marked(text[at : word.start()])
            yield Marked(word[0], is_met=True)
            at = word.end()
    if at < len(text):
        yield Marked(text[at:])


def _met(record: Record, shown: str, words: Sequence[str]) -> Piece | None:
    """Name in another language that has a word that the shown one lacks."""
    if not words or any(piece.is_met for piece in marked(shown, words)):
        return None
    names = [(text, tag) for tag, text in record.names.items()] + [record.local]
    return next((Piece(text, tag) for text, tag in names if any(piece.is_met for piece in marked(text, words))), None)


def tag_of(record: Record) -> str:
    """Name what a record is, in one word."""
    tags: Mapping[str, Callable[[], str]] = {
        "Agreement": lambda: _("agreement"),
        "Project": lambda: _("project"),
        "Activity": lambda: _("event"),
        "Document": lambda: _("document"),
        "Source": lambda: _("source"),
    }
    return tags.get(type(record).__name__, lambda: _("organization"))()


def counted(name: str, number: int) -> str:
    """Count records of a list, with their noun."""
    if name == "documents":
        return ngettext("%(num)s document", "%(num)s documents", number)
    return SAID[name].noun(number)


def counts_text(found: Found) -> str:
    """How many records there are in each list that was asked for, or in all."""
    names = found.asked_for or KINDS
    return ", ".join(counted(name, len(found.groups[name])) for name in names if name in found.groups)


def chips(visit: Visit, asked: Asked) -> Iterator[Chip]:
    """Tell what was understood, part by part."""
    for part in asked.parts:
        label, text = meaning_text(visit, part.meaning)
        yield Chip(label, text, visit.links.address("/search", q=asked.without(part)))


def meaning_text(visit: Visit, meaning: Meaning) -> tuple[str, str]:
    """Label and name of what words were taken for."""
    match meaning.sort:
        case Sort.LIST:
            return _("what"), _("partners") if meaning.partners else kind_label(meaning.code)
        case Sort.MAP:
            return _("what"), _("Map")
        case Sort.PLACE:
            place = territory_name(visit.facts, meaning.code, visit.language)
            return _("territory"), _("%(place)s and all in it", place=place)
        case Sort.COUNTRY:
            return _("country"), concept_label(visit, "countries", meaning.code)
        case Sort.KIND:
            return _("kind"), concept_label(visit, _SCHEMES[meaning.scheme], meaning.code)
        case Sort.AREA:
            return _("area"), concept_label(visit, "areas", meaning.code)
        case Sort.PROGRAMME:
            return _("programme"), _programmes(visit, meaning.codes)
    return _("year"), meaning.code


_SCHEMES = {"organizations": "kinds", "agreements": "agreement-kinds", "activities": "activity-kinds",
            "documents": "document-kinds"}  # fmt: skip


def _programmes(visit: Visit, codes: Sequence[str]) -> str:
    first = visit.library.name(visit.iris.resource("programmes", codes[0]), visit.language)[0]
    rest = len(codes) - 1
    return f"{first} {ngettext('and %(num)s other', 'and %(num)s others', rest)}" if rest else first


def words_asked(asked: Asked) -> tuple[str, ...]:
    """Words by which names are marked: of places, countries and names, not those of lists and kinds."""
    if asked.is_exact:
        return tuple(words_of(asked.text))
    told = (Sort.PLACE, Sort.COUNTRY, Sort.LIST)
    return (*(word for part in asked.parts if part.meaning.sort in told for word in part.words), *asked.rest)
