"""What a list is: its records, its columns and its facets, each declared once for pages, files and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from graph.records.records import Record
from graph.sheets.cells import Holds
from graph.views.facets import FactsOn, HeadingText, ListFacet, Reader

__all__ = ["CellForm", "ListColumn", "ListDescription", "Tagged", "Value"]

R = TypeVar("R", bound=Record)
R_contra = TypeVar("R_contra", bound=Record, contravariant=True)
# What a column says of a record: a text, a number, or texts; codes, dates and IRIs as they are.
Value = str | int | tuple[str, ...]
# A text and its language tag, "" for the reader's or none.
Tagged = tuple[str, str]


class CellForm(StrEnum):
    """How a page shows the value of a column."""

    TEXT = "text"
    TITLE = "title"  # name of the record, leading to its page
    NAMES = "names"  # some records by name, with their countries
    PARTIES = "parties"  # those at home, a dash, those abroad
    CONCEPT = "concept"  # a code by its text in the code list of the column
    LANGUAGE = "language"  # a language tag by the name of the language
    SIGNING = "signing"  # a date, of a signing
    ISSUE = "issue"  # a date, of publishing
    SPAN = "span"  # from the start to the end of the record
    OCCASION = "occasion"  # likewise, but a start without an end is all of it
    STATE = "state"  # the badge
    NUMBER = "number"
    COUNT = "count"  # how many values
    SHARE = "share"  # in percent
    MONEY = "money"  # in euro
    SOURCES = "sources"  # how many values, leading to the sources on the page of the record
    LISTED = "listed"  # a number, leading to the list that the column is called by
    COMMUNITY = "community"
    COMPONENT = "component"
    STATE_WORDS = "state-words"  # in files only: the words of the badge

    @property
    def is_date(self) -> bool:
        """Whether the first click sorts the newest to the top."""
        return self in (CellForm.SIGNING, CellForm.ISSUE, CellForm.SPAN, CellForm.OCCASION)

    @property
    def is_span(self) -> bool:
        """Whether two dates may stand there, between which a line may break."""
        return self in (CellForm.SPAN, CellForm.OCCASION)

    @property
    def is_number(self) -> bool:
        """Whether the first click sorts the greatest to the top, and it is set to the right."""
        return self in (
            CellForm.NUMBER, CellForm.COUNT, CellForm.SHARE, CellForm.MONEY, CellForm.SOURCES, CellForm.LISTED,
            CellForm.COMPONENT,
        )  # fmt: skip


def _no_detail(_reader: Reader, _record: Record) -> tuple[Tagged, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class ListColumn(Generic[R_contra]):
    """A column of a list.

    Attributes
    ----------
    value : callable or None
        Gives what a file says of a record, and what a page shows in its form; None for words that only a page has.
    file : str
        Its name in files; "" for one that only pages have.
    holds : Holds
        What its cells are in spreadsheets.
    name : str
        Its name on the page and in ``sort=``; "" for one that only files have.
    heading, label : str or mapping
        What stands over it on the page, and the short form of it beside the value where rows are folded ("": the same).
    form : CellForm
        How a page shows the value.
    scheme : str
        Code list of a code.
    detail : callable
        Gives what a page sets small below the value: texts from the data with their language tags.
    order : callable or None
        Gives the sort key; a key that is "" is not known and stays at the end either way. None: not sortable.
    before : str
        Name of the column that it stands before on the page, where this differs from the files.
    """

    value: Callable[[Reader, R_contra], Value] | None
    file: str = ""
    holds: Holds = Holds.TEXT
    name: str = ""
    heading: HeadingText = ""
    label: HeadingText = ""
    form: CellForm = CellForm.TEXT
    scheme: str = ""
    detail: Callable[[Reader, R_contra], tuple[Tagged, ...]] = _no_detail
    order: Callable[[Reader, R_contra], Any] | None = None
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class ListDescription(Generic[R]):
    """A list of records with facets.

    Attributes
    ----------
    name : str
        What it is called in commands: for records their plural type.
    heading : str or mapping
        What stands over it.
    path : str
        Its address, without the slash before it; "" for its name.
    records : callable
        Gives the records on a day, in a fixed order.
    columns : tuple of ListColumn
        In the order of the files.
    order : str
        Column to sort by unless the reader chooses; "-" before it sorts down.
    later : bool
        Records whose facet ``status`` is "future" are left out on a past day unless they are chosen.
    """

    name: str
    heading: HeadingText
    records: Callable[[FactsOn], Iterable[R]]
    facets: tuple[ListFacet[R], ...]
    columns: tuple[ListColumn[R], ...]
    order: str
    path: str = ""
    later: bool = False

    @property
    def address(self) -> str:
        """Its address, without the slash before it."""
        return self.path or self.name

    @property
    def in_files(self) -> tuple[ListColumn[R], ...]:
        """Columns of the files, in their order."""
        return tuple(column for column in self.columns if column.file)

    @property
    def on_page(self) -> tuple[ListColumn[R], ...]:
        """Columns of the page, in their order; the first one names the record."""
        shown = [column for column in self.columns if column.name and not column.before]
        for column in self.columns:
            if column.name and column.before:
                shown.insert([other.name for other in shown].index(column.before), column)
        return tuple(shown)

    @property
    def sortable(self) -> tuple[str, ...]:
        """Names that ``sort=`` takes."""
        return tuple(column.name for column in self.on_page if column.order)

    def facet(self, name: str) -> ListFacet[R] | None:
        """Find a facet by its name."""
        return next((facet for facet in self.facets if facet.name == name), None)
