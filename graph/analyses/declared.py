"""What an analysis is: its settings and its tables, declared once for pages, files and programs.

An analysis is asked with an edition, a day and settings (`Asked`), and answers with tables of typed rows. What it
computes is known here; what it is called in the reader's language is up to whoever shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

from graph.analyses.settings import Setting
from graph.sheets.cells import Cell, Holds, cell_of
from graph.sparql.query_parameters import Value as QueryValue
from graph.views.facets import FactsOn
from graph.views.territories import in_territory

__all__ = [
    "Analysis",
    "Asked",
    "Column",
    "Form",
    "Table",
    "Value",
    "asked_with",
]

R = TypeVar("R")
# What a cell says: texts, codes, dates and IRIs as they are; None is not known.
Value: TypeAlias = str | int | Decimal | tuple[str, ...] | None


class Form(StrEnum):
    """What the value of a column is."""

    TEXT = "text"
    RECORD = "record"  # IRIs, shown by name with a link
    PARTIES = "parties"  # IRIs of organizations, those at home before those abroad
    CONCEPT = "concept"  # IRIs of concepts, shown by name
    PROPERTY = "property"  # IRIs of properties, by their headings
    NOTE = "note"  # IRIs of records, by what is noted on them
    CLAIMED = "claimed"  # values of the property of the row, as tables write them
    WORDS = "words"  # codes that only a page has words for
    STATE = "state"  # the form of the badge of the record of the row
    DATE = "date"  # at the precision of its source
    NUMBER = "number"
    MONEY = "money"  # in euro
    SOURCES = "sources"  # IRIs, counted by a page
    SENTENCE = "sentence"  # the row in a sentence, which stands first on a page

    @property
    def holds(self) -> Holds:
        """What its cells are in spreadsheets."""
        numbers = {Form.NUMBER: Holds.NUMBER, Form.MONEY: Holds.NUMBER, Form.DATE: Holds.DATE}
        return numbers.get(self, Holds.TEXT)

    @property
    def is_named(self) -> bool:
        """Whether the value is an identifier, beside which files give what it is called."""
        return self not in (Form.TEXT, Form.DATE, Form.NUMBER, Form.MONEY, Form.SOURCES, Form.SENTENCE)

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right."""
        return self in (Form.NUMBER, Form.MONEY, Form.SOURCES)


@dataclass(frozen=True)
class Asked(FactsOn):
    """An edition on a day, and the settings of an analysis as they were read.

    Attributes
    ----------
    values : mapping
        Name of a setting to what was chosen; an empty tuple where nothing is.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give what a setting is; "" for nothing."""
        return next(iter(self.values.get(name, ())), "")

    def number(self, name: str) -> int:
        """Give what a number is."""
        return int(self.text(name))

    def day(self, name: str) -> date:
        """Give what a day is."""
        return date.fromisoformat(self.text(name))

    @property
    def members(self) -> frozenset[str] | None:
        """Organizations in the territory that is chosen; None where none is."""
        code = self.text("territory")
        return in_territory(self.facts, self.facts.iris.resource("organizations", code)) if code else None


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """A column of a table.

    Attributes
    ----------
    name : str
        Its name in files, and the field of a row that holds its value unless `value` gives it.
    heading : str
        What stands over it, in English.
    words : str
        Name of the set of codes that a page has words for.
    below : str
        Name of the column whose value a page sets small below this one.
    missing : str
        What a page says where there is no value, in English; "" for the usual words.
    about : str
        IRI of the record whose name stands over it instead of a heading.
    in_files_only : bool
        A page does not show it in a column of its own.
    """

    name: str
    heading: str
    form: Form = Form.TEXT
    words: str = ""
    below: str = ""
    missing: str = ""
    about: str = ""
    in_files_only: bool = False
    value: Callable[[R], Value] | None = None

    def of(self, row: R) -> Value:
        """Value of a row."""
        return self.value(row) if self.value else getattr(row, self.name)

    def cell(self, row: R) -> Cell:
        """Make of the value what a spreadsheet computes with."""
        value = self.of(row)
        if isinstance(value, tuple):
            return "; ".join(value) or None
        return cell_of(value, self.form.holds) if isinstance(value, str) else value


@dataclass(frozen=True, kw_only=True)
class Table(Generic[R]):
    """A table of an analysis.

    Attributes
    ----------
    name : str
        As it stands in the address.
    rows : callable
        Gives the rows, in a fixed order.
    columns : tuple of Column, or callable
        In the order of the files.
    to_fill : tuple of str
        Headings of the empty columns that the sheet to fill in has beside the others, in English.
    """

    name: str
    heading: str
    rows: Callable[[Asked], Sequence[R]]
    columns: tuple[Column[R], ...] | Callable[[Asked], tuple[Column[R], ...]]
    to_fill: tuple[str, ...] = ()

    def columns_for(self, asked: Asked) -> tuple[Column[R], ...]:
        """Give the columns, which may depend on what is asked for."""
        return self.columns(asked) if callable(self.columns) else self.columns


def _no_values(_asked: Asked) -> Mapping[str, QueryValue]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """An analysis.

    Attributes
    ----------
    name : str
        The last part of its address.
    heading : str
        What it is called, in English.
    tables : tuple of Table
        The first one is what a CSV holds unless another is asked for.
    query : str
        Name of the named query that its page shows.
    values : callable
        Gives what the parameters of the query are.
    more_files : tuple of str
        Suffixes of files beside those of every analysis: ``ics``, ``atom``.
    """

    name: str
    heading: str
    settings: tuple[Setting, ...]
    tables: tuple[Table[Any], ...]
    query: str
    values: Callable[[Asked], Mapping[str, QueryValue]] = _no_values
    more_files: tuple[str, ...] = ()

    def table(self, name: str) -> Table[Any]:
        """Find a table; the first one for a name that no table has."""
        return next((table for table in self.tables if table.name == name), self.tables[0])


def asked_with(at: FactsOn, analysis: Analysis, texts: Callable[[str], Sequence[str]]) -> Asked:
    """Read the settings of an analysis; `texts` gives what an address holds under a name.

    Raises
    ------
    WrongSettingError
        A setting cannot be read.
    """
    values = {setting.name: setting.read(at.facts, texts(setting.name)) for setting in analysis.settings}
    return Asked(at.facts, at.on, values)
