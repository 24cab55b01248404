"""The table of an answer: headings that sort, terms as they are shown, and their places in the order of a column.

IRIs are shown by their labels, dates and numbers typeset; the raw value is kept beside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.folding import czech_order
from graph.sparql.answer_terms import BOOLEAN, Labels, date_of, label_of, number_of, time_of
from graph.sparql.answers import AnswerTable, AnswerTerm
from webapp.query.result_address import ResultAddress
from webapp.query.result_labels import address_of, short_iri
from webapp.request.language import _, format_number
from webapp.request.spacing import NBSP
from webapp.request.visit import Visit
from webapp.words.typography import format_date

__all__ = ["ResultTable", "ShownTerm", "make_table", "show"]

YEARS = re.compile(r"year|rok|jahr", re.IGNORECASE)
FURTHEST, TINIEST = 10**15, Decimal("0.000001")


@dataclass(frozen=True)
class ShownTerm:
    """A term for the page.

    Attributes
    ----------
    text, value : str
        What is read, and the raw value.
    lang : str or None
        Language tag of the text, for literals and for labels in another language than the reader's.
    href : str or None
        Where it leads.
    title : str
        Raw value when the text is another one, else "".
    note : str
        Short form of an IRI that is shown by its label, else "".
    """

    text: str
    value: str
    kind: str
    lang: str | None = None
    href: str | None = None
    title: str = ""
    note: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether the link leads to another site."""
        return bool(self.href) and not str(self.href).startswith("/")


@dataclass(frozen=True)
class SortHeading:
    """A column: its variable, where a click leads, ``ascending``, ``descending`` or "", whether all are numbers."""

    name: str
    href: str
    sort: str
    numeric: bool


@dataclass(frozen=True)
class ResultTable:
    """Headings, and rows of pairs: the term or None, and its rank in the column (-1 where nothing is bound)."""

    headings: tuple[SortHeading, ...]
    rows: tuple[tuple[tuple[ShownTerm | None, int], ...], ...]


def make_table(visit: Visit, table: AnswerTable, labels: Labels, address: ResultAddress) -> ResultTable:
    """Lay out a table in the order that the address asks for; unknown columns leave the order of the answer."""
    columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
    headings = tuple(_heading(name, address, is_numeric(columns[i])) for i, name in enumerate(table.columns))
    places = ranks(table, labels)
    rows = [
        tuple(
            (show(visit, term, name, labels), rank) for term, name, rank in zip(row, table.columns, line, strict=True)
        )
        for row, line in zip(table.rows, places, strict=True)
    ]
    order = sorted_rows(places, table.columns, address.sort)
    return ResultTable(headings, tuple(rows[i] for i in order))


def sorted_rows(places: Sequence[Sequence[int]], columns: Sequence[str], sort: str) -> list[int]:
    """Numbers of the rows in the order of a column, those without a value last either way; a stable sort."""
    name, order = sort.removeprefix("-"), list(range(len(places)))
    if name not in columns:
        return order
    column = list(columns).index(name)
    bound = [i for i in order if places[i][column] >= 0]
    bound.sort(key=lambda i: places[i][column], reverse=sort.startswith("-"))
    return bound + [i for i in order if places[i][column] < 0]


def _heading(name: str, address: ResultAddress, numeric: bool) -> SortHeading:
    sort = {name: "ascending", f"-{name}": "descending"}.get(address.sort, "")
    return SortHeading(name, address.address(sort=f"-{name}" if sort == "ascending" else name), sort, numeric)


def show(visit: Visit, term: AnswerTerm | None, column: str, labels: Labels) -> ShownTerm | None:
    """Prepare a term for the page; None where nothing is bound.

    Parameters
    ----------
    column : str
        Name of its variable: numbers in a column of years have no separators.
    """
    if term is None:
        return None
    if term.kind == "iri":
        return _iri(visit, term, labels)
    text = _typeset(visit, term, column) if term.kind == "literal" else f"_:{term.value}"
    return ShownTerm(text, term.value, term.kind, term.lang, title=term.value if text != term.value else "")


def is_numeric(terms: Sequence[AnswerTerm | None]) -> bool:
    """Whether all that is bound in a column are numbers, and anything is."""
    bound = [term for term in terms if term]
    return bool(bound) and all(number_of(term) is not None for term in bound)


def ranks(table: AnswerTable, labels: Labels) -> list[list[int]]:
    """Place of each term in the order of its column, from 0, equals alike; -1 where nothing is bound."""
    columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
    placed = [_column_ranks([order_of(term, labels) if term else None for term in terms]) for terms in columns]
    return [[column[i] for column in placed] for i in range(len(table.rows))]


# Kind of value, number, text for the order of the alphabet.
Order = tuple[int, Decimal, tuple[str, str]]


def order_of(term: AnswerTerm, labels: Labels) -> Order:
    """Key that sorts a column: numbers by value, then dates, then texts in the order of the Czech alphabet."""
    number = number_of(term)
    if number is not None:
        return 0, number, ("", "")
    return (1 if date_of(term) else 2), Decimal(0), czech_order(label_of(term, labels))


def _column_ranks(keys: list[Order | None]) -> list[int]:
    place = {key: i for i, key in enumerate(sorted({key for key in keys if key is not None}))}
    return [-1 if key is None else place[key] for key in keys]


def _iri(visit: Visit, term: AnswerTerm, labels: Labels) -> ShownTerm:
    href = address_of(visit, term.value) or None
    if term.value not in labels:
        return ShownTerm(short_iri(visit, term.value), term.value, "iri", href=href, title=term.value)
    text, lang = labels[term.value]
    return ShownTerm(text, term.value, "iri", lang or None, href, title=term.value, note=short_iri(visit, term.value))


def _typeset(visit: Visit, term: AnswerTerm, column: str) -> str:
    number = number_of(term)
    if number is not None:
        return term.value if YEARS.search(column) or abs(number) >= FURTHEST else _number(number, visit.language)
    if term.datatype == BOOLEAN:
        return {"true": _("yes"), "1": _("yes"), "false": _("no"), "0": _("no")}.get(term.value, term.value)
    day = date_of(term)
    return NBSP.join(filter(None, (format_date(day, lang=visit.language), time_of(term)))) if day else term.value


def _number(number: Decimal, lang: str) -> str:
    """Write a number with the separators of the reader and a true minus; a tiny one as it is."""
    if 0 < abs(number) < TINIEST:
        return str(number)
    before, _point, after = f"{abs(number):f}".partition(".")
    point = "." if lang == "en" else ","
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    rest = f"{point}{after}" if after.strip("0") else ""
    return f"{sign}{format_number(int(before), lang=lang)}{rest}"
