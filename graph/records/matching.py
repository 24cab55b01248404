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

__all__ = ["MATCHED", "Matcher", "NameMatch", "searched_names"]

MATCHED = ("organizations", "agreements", "projects", "activities", "sources")
MAX_LETTERS = 300
SORTED_SHARE, COMMON_SHARE = 0.8, 0.2
HOLDS_ALL, WITH_TIES, OF_RATIO = 60.0, 25.0, 10.0
LEAST = 40.0
LOOKED_AT = 200


@dataclass(frozen=True)
class NameMatch:
    """A record with the likeness of its names.

    Attributes
    ----------
    group : str
        Plural type, one of `MATCHED`.
    likeness : float
        From 0 to 100 for the name that is most alike: 0.8 of the ratio of both with their words sorted, and 0.2 of
        the ratio of what they have in common. A longer name that holds all asked words has 60 to 95 instead, mostly
        by the number of ties of the record: who writes “Saxony” means the state rather than a club of it.
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

    def find(self, text: str, limit: int = LOOKED_AT) -> list[NameMatch]:
        """Find records with names like a text, the likest first, then by IRI; none for a text without a letter.

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
        near = process.extract(
            asked, self._names, scorer=fuzz.token_set_ratio, processor=None, limit=LOOKED_AT * 2, score_cutoff=LEAST
        )
        for name, common, place in near:
            likeness = SORTED_SHARE * fuzz.token_sort_ratio(asked, name) + COMMON_SHARE * common
            owner = self._owners[place]
            if name != asked and set(asked.split()) <= set(name.split()):
                likeness = HOLDS_ALL + WITH_TIES * self._prominence[owner] + OF_RATIO * likeness / 100
            if likeness >= LEAST:
                yield owner, likeness, name == asked


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
