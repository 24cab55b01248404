"""What a list is: its records, columns, facets, order and files. One template and one view serve them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from graph.records.records import Record
from graph.views.facets import Facet
from webapp.words.cells import Cell

__all__ = ["Answer", "Column", "Field", "ListDescription", "Value"]

R = TypeVar("R", bound=Record)
R_contra = TypeVar("R_contra", bound=Record, contravariant=True)
# What a file says of a record: a text, a number, or texts.
Value = str | int | tuple[str, ...]


@dataclass(frozen=True)
class Column(Generic[R_contra]):
    """A column of the table.

    Attributes
    ----------
    name : str
        As it stands in ``sort=``.
    title, label : callable
        Heading, and the short form of it that stands beside the value where rows are folded (None: the same).
    cell : callable
        Gives what stands in the row of a record.
    order : callable or None
        Gives the sort key; a key that is "" is not known and stays at the end either way. None: not sortable.
    numeric, is_date : bool
        The first click sorts the greatest, or the newest, to the top; numbers are set to the right.
    breaks : bool
        A date may be broken into lines, as it can be a range.
    """

    name: str
    title: Callable[[], str]
    cell: Callable[[R_contra], Cell]
    order: Callable[[R_contra], Any] | None = None
    label: Callable[[], str] | None = None
    numeric: bool = False
    is_date: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Field(Generic[R_contra]):
    """A field of the JSON and CSV files: English name and value; codes, dates and IRIs as they are."""

    name: str
    value: Callable[[R_contra], Value]


@dataclass(frozen=True)
class Answer:
    """What a list answers before its table.

    Attributes
    ----------
    counts : mapping
        Facet name -> code -> number of records under the choice in all the other facets.
    total : int
        Records in the list.
    """

    counts: Mapping[str, Mapping[str, int]]
    total: int

    def count(self, facet: str, *codes: str) -> int:
        """Count the records that have one of the codes of a facet that gives each record one code."""
        return sum(self.counts.get(facet, {}).get(code, 0) for code in codes)


@dataclass(frozen=True, kw_only=True)
class ListDescription(Generic[R]):
    """A list of records with facets.

    Attributes
    ----------
    name : str
        Plural type of its records, and its address.
    title, noun : callable
        Heading; a number with its noun ("129 agreements").
    records : callable
        Gives the records of the edition, in a fixed order.
    sentence, caption : callable
        Give the answer in words, and the remark over the table.
    order : str
        Column to sort by unless the reader chooses; "-" before it sorts down.
    later : bool
        Records whose facet ``status`` is "future" are left out on a past day unless they are chosen.
    template : str
        What the page is made with; ``list.html`` or one that extends it.
    extras : callable
        Gives what that template needs beside the list.
    """

    name: str
    title: Callable[[], str]
    noun: Callable[[int], str]
    records: Callable[[], Iterable[R]]
    facets: tuple[Facet[R], ...]
    columns: tuple[Column[R], ...]
    fields: tuple[Field[R], ...]
    sentence: Callable[[Answer], str]
    caption: Callable[[Answer], str]
    order: str
    later: bool = False
    template: str = "list.html"
    extras: Callable[[], Mapping[str, Any]] = dict
