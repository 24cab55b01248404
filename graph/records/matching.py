"""Matching of names as people write them with the records of an edition.

References
----------
S. Needleman, C. Wunsch: A general method applicable to the search for similarities. Journal of Molecular Biology 48,
1970; the ratio is that of the longest common subsequence, as rapidfuzz computes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
from rapidfuzz import fuzz, process

from graph.folding import fold
from graph.records.library import Library
from graph.records.records import Organization, Project, Record

__all__ = ["MATCHED", "Matcher", "NameMatch", "searched_names", "without_form"]

MATCHED = ("organizations", "agreements", "projects", "activities", "sources")
MAX_LETTERS = 300
SORTED_SHARE, COMMON_SHARE = 0.8, 0.2
HOLDS_ALL, WITH_TIES, OF_RATIO = 60.0, 25.0, 10.0
BUT_FORM, ABBREVIATED = 97.0, 96.0
LEAST = 40.0
LEAST_OF_WORDS = 75.0
LOOKED_AT = 200
# What people write before the name of a municipality or Land, and leave out as often, in the languages of the partners.
FORMS = frozenset((
    "mesto", "mesta", "obec", "obce", "mestys", "mestyse", "statutarni", "hlavni", "town", "city", "municipality",
    "village", "of", "the", "stadt", "gemeinde", "kreisstadt", "landeshauptstadt", "hansestadt", "grad", "grada",
    "opstina", "opcina", "miasto", "gmina", "freistaat",
))  # fmt: skip


@dataclass(frozen=True)
class NameMatch:
    """A record with the likeness of its names.

    Attributes
    ----------
    group : str
        Plural type, one of `MATCHED`.
    likeness : float
        From 0 to 100 for the name that is most alike: 0.8 of the ratio of both with their words sorted, and 0.2 of
        the ratio of what they have in common. A longer name that holds all asked words, or words that begin with
        them, has 60 to 95 instead, mostly by the number of ties of the record: who writes “Saxony” means the state
        rather than a club of it. A name that is the asked one but for the form of a municipality (“Město Most”) has
        97, one that is abbreviated (“Ústí n. L.”) 96.
    is_exact : bool
        One of its names is the asked one, case, diacritics and punctuation apart.
    """

    record: Record
    group: str
    likeness: float
    is_exact: bool


class Matcher:
    """Folded names of an edition; made once, then read only.

    Parameters
    ----------
    library : Library
        Records of the types `MATCHED`; their names in all languages, short names and acronyms count.
    network : networkx.MultiDiGraph
        Ties of organizations.
    """

    def __init__(self, library: Library, network: nx.MultiDiGraph) -> None:
        self._records = [(record, group) for group in MATCHED for record in getattr(library, group).values()]
        self._prominence = _prominence([record for record, _ in self._records], network)
        self._owners: list[int] = []
        self._names: list[str] = []
        for number, (record, _) in enumerate(self._records):
            for name in dict.fromkeys(folded for text in searched_names(record) if (folded := fold(text))):
                self._owners.append(number)
                self._names.append(name)
        self._bare = [without_form(name) for name in self._names]

    def find(self, text: str, limit: int = LOOKED_AT) -> list[NameMatch]:
        """Find records with names like a text, the likest first, then by IRI.

        None for a text without a letter, and none where the words of the text are in no name, or in one much like it:
        weighted by their letters, the likeness of each to the nearest word of the name must be 75 in the mean.

        Parameters
        ----------
        text : str
            Only the first 300 letters count.
        limit : int
            Records at most.
        """
        asked = fold(text[:MAX_LETTERS])
        if not asked:
            return []
        best: dict[int, NameMatch] = {}
        for number, likeness, is_exact in self._ranked(asked):
            if number not in best or likeness > best[number].likeness:
                best[number] = NameMatch(*self._records[number], round(likeness, 1), is_exact)
        return sorted(best.values(), key=lambda match: (-match.likeness, match.record.iri))[:limit]

    def all(self) -> Iterator[NameMatch]:
        """All records, for questions without a name."""
        return (NameMatch(record, group, 0.0, is_exact=False) for record, group in self._records)

    def _ranked(self, asked: str) -> Iterator[tuple[int, float, bool]]:
        bare = without_form(asked)
        words = bare.split()
        near = process.extract(
            bare, self._bare, scorer=fuzz.token_set_ratio, processor=None, limit=LOOKED_AT * 2, score_cutoff=LEAST
        )
        for name, common, place in near:
            owner, others = self._owners[place], name.split()
            likeness = SORTED_SHARE * fuzz.token_sort_ratio(bare, name) + COMMON_SHARE * common
            if self._names[place] == asked:
                likeness = 100.0
            elif name == bare:
                likeness = BUT_FORM
            elif _abbreviates(words, others):
                likeness = ABBREVIATED
            elif set(words) <= set(others) or _is_begun(words, others):
                likeness = HOLDS_ALL + WITH_TIES * self._prominence[owner] + OF_RATIO * likeness / 100
            elif _likeness_of_words(words, others) < LEAST_OF_WORDS:
                continue
            if likeness >= LEAST:
                yield owner, likeness, self._names[place] == asked


def without_form(name: str) -> str:
    """Leave out of a folded name what form of municipality or Land it is, unless nothing else is in it."""
    return " ".join(word for word in name.split() if word not in FORMS) or name


def _abbreviates(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each word is the beginning of the one in its place, and one of them, of three letters and more, whole."""
    pairs = list(zip(words, others, strict=False))
    return (
        len(words) == len(others)
        and all(other.startswith(word) for word, other in pairs)
        and any(len(word) > 2 and word == other for word, other in pairs)
    )


def _is_begun(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words are beginnings of others in their order, one of them, of three letters and more, whole."""
    rest = iter(others)
    found = [next((other for other in rest if other.startswith(word)), "") for word in words]
    return all(found) and any(len(word) > 2 and word == other for word, other in zip(words, found, strict=True))


def _likeness_of_words(words: Sequence[str], others: Sequence[str]) -> float:
    """Likeness of each word to the nearest of others, from 0 to 100, in the mean weighted by letters."""
    ratios = (len(word) * max((fuzz.ratio(word, other) for other in others), default=0.0) for word in words)
    return sum(ratios) / sum(map(len, words))


def _prominence(records: Sequence[Record], network: nx.MultiDiGraph) -> list[float]:
    """From 0 to 1 by the logarithm of the number of ties."""
    ties = [math.log1p(network.degree(record.iri)) if record.iri in network else 0.0 for record in records]
    most = max(ties, default=0.0) or 1.0
    return [value / most for value in ties]


def searched_names(record: Record) -> Iterable[str]:
    """Names in all languages, the local one, short names, acronym; some may be empty."""
    yield from record.names.values()
    yield record.local[0]
    if isinstance(record, Organization):
        yield from record.short_names.values()
    if isinstance(record, Project):
        yield record.acronym
