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
from graph.records.library import Library
from graph.records.reading import Reading
from graph.records.records import Dated, Record
from graph.views.facts import AsOf, Facts

__all__ = [
    "N_",
    "FacetIndex",
    "FacetOption",
    "FactsOn",
    "HeadingText",
    "ListFacet",
    "Reader",
    "Selection",
    "facet_options",
]

R = TypeVar("R", bound=Record)
# Name of a facet -> codes that are chosen in it; facets without a choice are left out.
Selection = Mapping[str, tuple[str, ...]]
# What stands over a column or a facet: English, which whoever shows it may translate, or a text for each language.
HeadingText = str | Mapping[str, str]


def N_(text: str) -> str:
    """Mark a text for the catalogues of messages: it stays in English here, and is translated where it is shown."""
    return text


@dataclass(frozen=True)
class FactsOn:
    """An edition on a day: all that the codes of a record, and any count of them, may depend on."""

    facts: Facts
    on: AsOf

    @property
    def library(self) -> Library:
        """All records of the edition."""
        return self.facts.library

    def state(self, record: Dated) -> Reading:
        """Read the state of a record on the day."""
        return self.facts.state(record, self.on)


@dataclass(frozen=True)
class Reader(FactsOn):
    """An edition on a day for a reader of a language: all that the value of a column may depend on."""

    language: str

    def name(self, iri: str) -> str:
        """Name of a record or concept; "" for no IRI."""
        return self.library.name(iri, self.language)[0] if iri else ""

    def short_name(self, iri: str) -> str:
        """Short form of the name of an organization, else its name; "" for no IRI."""
        organization = self.library.organizations.get(iri)
        return (organization.short_names.get(self.language) if organization else "") or self.name(iri)

    def concept_name(self, scheme: str, code: str) -> str:
        """Text of a code of a code list; the code itself when it is not in the list."""
        concept = self.library.concept(scheme, code)
        return concept.name(self.language)[0] if concept else code


@dataclass(frozen=True, kw_only=True)
class ListFacet(Generic[R]):
    """A property that records can be filtered by.

    Attributes
    ----------
    name : str
        As it stands in the address.
    heading : str or mapping
        What stands over it, see `HeadingText`.
    codes : callable
        Gives the codes of a record, none or several; codes stand in the address.
    scheme : str
        Code list whose codes they are; "" for none.
    label : callable or None
        Gives the text of a code from the data, where there is no code list.
    values : tuple of str
        All codes that there can be, where neither a code list nor the records tell them.
    words : str
        Name of a set of codes that only a page has words for; "" for none.
    offered : callable
        Tells whether a code is shown for choosing; one that is not still works in an address.
    by_code : bool
        Options run from the greatest code (years), not from the most frequent.
    folded : bool
        Shown closed at first.
    tells_day : bool
        The code is told as of the day, which a heading may name.
    """

    name: str
    heading: HeadingText
    codes: Callable[[FactsOn, R], Iterable[str]]
    scheme: str = ""
    label: Callable[[Reader, str], str] | None = None
    values: tuple[str, ...] = ()
    words: str = ""
    offered: Callable[[Facts, str], bool] = lambda _facts, _code: True
    by_code: bool = False
    folded: bool = False
    tells_day: bool = False


@dataclass(frozen=True)
class FacetOption:
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
    codes : mapping
        Name of a facet to what gives the codes of a record; each is called once for each record.
    """

    def __init__(self, records: Sequence[R], codes: Mapping[str, Callable[[R], Iterable[str]]]) -> None:
        self.records = records
        self.everything = (1 << len(records)) - 1
        self._members = {name: self._index(codes_of) for name, codes_of in codes.items()}

    def _index(self, codes_of: Callable[[R], Iterable[str]]) -> dict[str, int]:
        members: dict[str, int] = {}
        for position, record in enumerate(self.records):
            for code in codes_of(record):
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


def facet_options(
    counts: Mapping[str, int],
    chosen: Sequence[str],
    label: Callable[[str], str],
    *,
    offered: Callable[[str], bool] = bool,
    by_code: bool = False,
) -> list[FacetOption]:
    """Options of a facet as they are shown: most frequent first, then by label; chosen ones always there.

    Parameters
    ----------
    counts : mapping
        Code to number of records.
    label, offered : callable
        Give the text of a code, and tell whether it is offered for choosing.
    by_code : bool
        See `ListFacet`.
    """
    codes = {code for code in counts if offered(code)} | set(chosen)
    options = [FacetOption(code, label(code), counts.get(code, 0), code in chosen) for code in codes]
    if by_code:
        return sorted(options, key=lambda option: (option.code.isdigit(), option.code), reverse=True)
    return sorted(options, key=lambda option: (-option.count, czech_order(option.label), option.code))
