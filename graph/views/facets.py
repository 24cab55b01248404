"""Facets: which values a list can be filtered by, and how many records each would give.

Every value of every facet keeps the set of its records as the bits of one integer, so that a count is
one AND and one bit count, whatever the number of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from graph.folding import czech_order
from graph.records.records import Record

__all__ = ["Facet", "FacetIndex", "Option", "Selection", "facet_options"]

R = TypeVar("R", bound=Record)
# Name of a facet -> codes that are chosen in it; facets without a choice are left out.
Selection = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Facet(Generic[R]):
    """A property that records can be filtered by.

    Attributes
    ----------
    name : str
        As it stands in the address.
    title, short : callable
        Give its heading in the reader's language, and a short form of it for chips (None: the same).
    codes : callable
        Gives the codes of a record, none or several; codes stand in the address.
    label : callable
        Gives the text of a code in the reader's language.
    offered : callable
        Tells whether a code is shown for choosing; one that is not still works in an address.
    by_code : bool
        Options run from the greatest code (years), not from the most frequent.
    folded : bool
        Shown closed at first.
    """

    name: str
    title: Callable[[], str]
    codes: Callable[[R], Iterable[str]]
    label: Callable[[str], str]
    offered: Callable[[str], bool] = bool
    by_code: bool = False
    folded: bool = False
    short: Callable[[], str] | None = None


@dataclass(frozen=True)
class Option:
    """A value for choosing: code, label, how many records it would give, whether it is chosen."""

    code: str
    label: str
    count: int
    chosen: bool


class FacetIndex(Generic[R]):
    """The records of a list and, for each value of each facet, which of them have it.

    Parameters
    ----------
    records : sequence of Record
        In a fixed order; bit n of a set stands for record n.
    facets : iterable of Facet
        Their `codes` are called once for each record.
    """

    def __init__(self, records: Sequence[R], facets: Iterable[Facet[R]]) -> None:
        self.records = records
        self.everything = (1 << len(records)) - 1
        self._members: dict[str, dict[str, int]] = {facet.name: self._index(facet) for facet in facets}

    def _index(self, facet: Facet[R]) -> dict[str, int]:
        members: dict[str, int] = {}
        for position, record in enumerate(self.records):
            for code in facet.codes(record):
                members[code] = members.get(code, 0) | 1 << position
        return members

    def members(self, name: str, code: str) -> int:
        """Set of the records that have a code; empty for an unknown one."""
        return self._members.get(name, {}).get(code, 0)

    def matching(self, selection: Selection, without: str = "") -> int:
        """Set of the records that have one of the chosen codes in each facet, the facet `without` left aside."""
        chosen = self.everything
        for name, codes in selection.items():
            if name != without:
                chosen &= reduce(or_, (self.members(name, code) for code in codes), 0)
        return chosen

    def counts(self, name: str, base: int) -> dict[str, int]:
        """Code of a facet -> number of its records within the set `base`; zeros are left out."""
        counted = {code: (members & base).bit_count() for code, members in self._members[name].items()}
        return {code: count for code, count in counted.items() if count}

    def take(self, chosen: int) -> list[R]:
        """Take the records of a set, in the order of the list."""
        return [record for position, record in enumerate(self.records) if chosen >> position & 1]


def facet_options(facet: Facet[R], counts: Mapping[str, int], chosen: Sequence[str]) -> list[Option]:
    """Options of a facet as they are shown: most frequent first, then by label; chosen ones always there."""
    codes = {code for code in counts if facet.offered(code)} | set(chosen)
    options = [Option(code, facet.label(code), counts.get(code, 0), code in chosen) for code in codes]
    if facet.by_code:
        return sorted(options, key=lambda option: (option.code.isdigit(), option.code), reverse=True)
    return sorted(options, key=lambda option: (-option.count, czech_order(option.label), option.code))
