"""Search over the names of all records, whatever their type, without case and diacritics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import networkx as nx

from graph.folding import czech_order, fold
from graph.records.library import Library
from graph.records.matching import searched_names, without_form
from graph.records.records import Organization, Record

__all__ = ["GROUPS", "Match", "Rank", "SearchIndex"]

# Types in which results are grouped, in the order of the page.
GROUPS = ("organizations", "municipalities", "agreements", "projects", "activities", "documents", "sources")
MAX_LETTERS = 200


class Rank(IntEnum):
    """How well a name meets the words asked for, best first."""

    EXACT = 0
    BUT_FORM = 1  # "Sachsen" for "Freistaat Sachsen", "Most" for "Město Most"
    PREFIX = 2
    WORD_PREFIX = 3
    SUBSTRING = 4
    ALL_WORDS = 5


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
    """

    def __init__(self, library: Library, network: nx.MultiDiGraph) -> None:
        self._entries = tuple(_entries(library, network))

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
        asked = fold(text[:MAX_LETTERS])
        ranked = [(rank, entry) for entry in self._entries if (rank := _rank(asked, entry.names)) is not None]
        ranked.sort(key=lambda ranking: (ranking[0], -ranking[1].ties, ranking[1].order))
        matches: dict[str, list[Match]] = {group: [] for group in GROUPS}
        for rank, entry in ranked:
            matches[entry.group].append(Match(rank, entry.record, entry.ties))
        return {group: records for group, records in matches.items() if records}


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


def _rank(asked: str, names: tuple[str, ...]) -> Rank | None:
    if not asked:
        return None
    return min((rank for name in names if (rank := _rank_of_name(asked, name)) is not None), default=None)


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
