"""Search over the names of all records, whatever their type, without case, diacritics and the endings of words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, partial
from pathlib import Path

import networkx as nx
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph.folding import czech_order, fold
from graph.records.library import Library
from graph.records.matching import searched_names, without_form
from graph.records.records import Activity, Agreement, Dated, Document, Organization, Project, Record, Source
from graph.search.full_text import FullText, IndexedText, code_digest
from graph.search.words import keys_of, words_of

__all__ = ["GROUPS", "Match", "Rank", "SearchIndex", "taking_part"]

# Types in which results are grouped, in the order of the page.
GROUPS = ("organizations", "municipalities", "agreements", "projects", "activities", "documents", "sources")
MAX_LETTERS = 200
# A word of so many letters may have one wrong, or two.
ONE_WRONG, TWO_WRONG = 4, 9


class Rank(IntEnum):
    """How well a name meets the words asked for, best first."""

    EXACT = 0
    BUT_FORM = 1  # "Sachsen" for "Freistaat Sachsen", "Most" for "Město Most"
    PREFIX = 2
    WORD_PREFIX = 3
    SUBSTRING = 4
    ALL_WORDS = 5
    INFLECTED = 6  # "Drážďanech" for "Drážďany"


@dataclass(frozen=True)
class Match:
    """A record that was found."""

    rank: Rank
    record: Record
    ties: int


@dataclass(frozen=True)
class IndexedRecord:
    """A record with its folded names and the number of its ties."""

    record: Record
    group: str
    names: tuple[str, ...]
    ties: int
    order: tuple[str, str] = field(default=("", ""))


class SearchIndex:
    """Folded names of an edition; made once, then read only.

    Parameters
    ----------
    library : Library
        Records; their names in all languages, short names, titles and acronyms are searched.
    network : networkx.MultiDiGraph
        Ties of organizations; the ties of any other record are the records that name it.
    folder : Path or None
        Where files of the full text are kept, see `graph.search.full_text`; None for nowhere.

    Notes
    -----
    A file is named by the digest of what is indexed. The identifier of the edition would not do: a dump and a remote
    store say it of themselves, whatever they hold.
    """

    def __init__(self, library: Library, network: nx.MultiDiGraph, folder: Path | None = None) -> None:
        self._entries = tuple(_entries(library, network))
        own = folder / f"{_digest(self._entries, library)}-{code_digest(__file__)}" if folder else None
        self._text = FullText(partial(_texts, self._entries, library), own)

    def find(self, text: str) -> Mapping[str, list[Match]]:
        """Find records by name.

        Parameters
        ----------
        text : str
            What was asked; only the first 200 letters count.

        Returns
        -------
        dict
            Group (see `GROUPS`) to its matches; best rank first, then most ties, then by name in Czech order.
            Groups without a match are left out; nothing is found for a text without a letter or digit.
        """
        matches: dict[str, list[Match]] = {group: [] for group in GROUPS}
        for rank, entry in self._ranked(text[:MAX_LETTERS]):
            matches[entry.group].append(Match(rank, entry.record, entry.ties))
        return {group: records for group, records in matches.items() if records}

    def around(self, words: Sequence[str], *, begun: bool = False) -> frozenset[str]:
        """IRIs of the records that have each of some words in their names, or in those of what takes part in them.

        Parameters
        ----------
        words : sequence of str
            As they were typed; inflected forms meet.
        begun : bool
            The last word is still being typed.
        """
        groups = [keys_of(word) for word in words]
        return frozenset(self._entries[place].record.iri for place in self._text.meeting(groups, begun=begun))

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Folded words of all names, each with the number of records that have it."""
        return self._text.words()

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self._text.words("keys"))

    def knows(self, word: str) -> bool:
        """Whether any name has a word, or a form of it."""
        return not self._keys.isdisjoint(keys_of(word))

    def nearest(self, word: str, others: Iterable[str] = ()) -> str:
        """Word of a name, or of others, that a mistyped one is meant for; "" for none.

        One letter of four and more may be wrong, missing, too many or out of its place, two of nine and more; among
        words that are as near, the one that begins alike, then the one of most records is meant.
        """
        plain = fold(word)
        wrong = 0 if len(plain) < ONE_WRONG else 1 if len(plain) < TWO_WRONG else 2
        near = process.extract(
            plain, {**dict.fromkeys(others, ""), **dict.fromkeys(self.words, "")}.keys(), scorer=OSA.distance,
            processor=None, score_cutoff=wrong, limit=None,
        )  # fmt: skip
        best = min(near, key=lambda found: self._likelier(plain, found[0], int(found[1])), default=None)
        return best[0] if best else ""

    def _likelier(self, plain: str, word: str, distance: int) -> tuple[int, bool, int, str]:
        return distance, not word.startswith(plain[:1]), -self.words.get(word, 0), word

    def _ranked(self, text: str) -> list[tuple[Rank, IndexedRecord]]:
        asked, words = fold(text), words_of(text)
        inflected = self._text.meeting([keys_of(word) for word in words], "names keys")
        by_letters = self._text.meeting([[word] for word in asked.split()], "names", begun=True)
        by_letters |= self._text.holding([asked]) | self._text.holding(asked.split())
        ranked = [
            (rank, entry)
            for place in by_letters | inflected
            for entry in (self._entries[place],)
            if (rank := _rank(asked, entry.names, Rank.INFLECTED if place in inflected else None)) is not None
        ]
        ranked.sort(key=lambda ranking: (ranking[0], -ranking[1].ties, ranking[1].order))
        return ranked


def taking_part(record: Record) -> tuple[str, ...]:
    """IRIs of those whom a record is about: itself, or who takes part, or whom a document is of or about."""
    match record:
        case Organization():
            return (record.iri,)
        case Agreement():
            return record.parties
        case Project() | Activity():
            return record.participants
        case Document():
            return (*record.about, *([record.issued_by] if record.issued_by else []))
    return ()


def _entries(library: Library, network: nx.MultiDiGraph) -> Iterator[IndexedRecord]:
    for group in GROUPS:
        if group == "municipalities":
            continue
        for record in getattr(library, group).values():
            is_organization = isinstance(record, Organization)
            ties = network.degree(record.iri) if record.iri in network else 0
            yield IndexedRecord(
                record,
                "municipalities" if is_organization and library.code(record.kind) == "municipality" else group,
                tuple(dict.fromkeys(folded for name in searched_names(record) if (folded := fold(name)))),
                ties if is_organization else len(library.naming(record.iri)),
                czech_order(record.name("cs")[0]),
            )


class _Around:
    """Keys of the names of what stands around records; each name is read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[str, frozenset[str]] = {}

    def of(self, record: Record) -> str:
        return " ".join(sorted(frozenset().union(*map(self._keys, _iris_around(record)))))

    def _keys(self, iri: str) -> frozenset[str]:
        if iri not in self._read:
            names = _names(self._library, iri)
            self._read[iri] = frozenset(key for name in names for word in words_of(name) for key in keys_of(word))
        return self._read[iri]


def _iris_around(record: Record) -> set[str]:
    """IRIs of what stands around a record; an empty one is none."""
    iris = {record.kind, *taking_part(record)} - {record.iri}
    if isinstance(record, Dated):
        iris |= {*record.areas, getattr(record, "programme", "")}
    if isinstance(record, Organization):
        iris |= {record.country, record.part_of}
    return {record.publisher} if isinstance(record, Source) else iris


def _names(library: Library, iri: str) -> tuple[str, ...]:
    record = library.get(iri)
    return tuple(searched_names(record)) if record else ()


def _digest(entries: Sequence[IndexedRecord], library: Library) -> str:
    """Name all that the texts of entries are made of, in the order of their places."""
    around = {entry.record.iri: sorted(_iris_around(entry.record)) for entry in entries}
    names = {iri: _names(library, iri) for iris in ([*around], *around.values()) for iri in iris}
    return hashlib.sha256(json.dumps([around, names]).encode()).hexdigest()[:16]


def _texts(entries: Sequence[IndexedRecord], library: Library) -> Iterator[IndexedText]:
    around = _Around(library)
    return (_indexed(entry, around) for entry in entries)


def _indexed(entry: IndexedRecord, around: _Around) -> IndexedText:
    words = {word for name in searched_names(entry.record) for word in words_of(name)}
    keys = sorted({key for word in words for key in keys_of(word)})
    return IndexedText("\n".join(entry.names), " ".join(keys), around.of(entry.record))


def _rank(asked: str, names: tuple[str, ...], otherwise: Rank | None) -> Rank | None:
    if not asked:
        return None
    return min((rank for name in names if (rank := _rank_of_name(asked, name)) is not None), default=otherwise)


def _rank_of_name(asked: str, name: str) -> Rank | None:
    if asked not in name:
        return Rank.ALL_WORDS if " " in asked and all(word in name for word in asked.split()) else None
    if name == asked:
        return Rank.EXACT
    if without_form(name) == asked:
        return Rank.BUT_FORM
    if name.startswith(asked):
        return Rank.PREFIX
    return Rank.WORD_PREFIX if f" {asked}" in name else Rank.SUBSTRING
