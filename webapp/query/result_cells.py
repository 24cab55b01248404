"""Cells of an answer as they are shown: labels for IRIs, dates and numbers typeset, the raw value kept beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.folding import czech_order
from graph.sparql.answers import AnswerTerm, TermTable
from webapp.language import _, format_number, language
from webapp.query.result_labels import Labels, address_of, short_iri
from webapp.query.result_terms import date_of, number_of, time_of
from webapp.spacing import NBSP
from webapp.typography import format_date

__all__ = ["Shown", "is_numeric", "label_of", "order_of", "ranks", "show"]

YEARS = re.compile(r"year|rok|jahr", re.IGNORECASE)
BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
FURTHEST, TINIEST = 10**15, Decimal("0.000001")


@dataclass(frozen=True)
class Shown:
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


def show(cell: AnswerTerm | None, column: str, labels: Labels) -> Shown | None:
    """Prepare a cell for the page; None where nothing is bound.

    Parameters
    ----------
    column : str
        Name of its variable: numbers in a column of years have no separators.
    """
    if cell is None:
        return None
    if cell.kind == "iri":
        return _iri(cell, labels)
    text = _typeset(cell, column) if cell.kind == "literal" else f"_:{cell.value}"
    return Shown(text, cell.value, cell.kind, cell.lang, title=cell.value if text != cell.value else "")


def label_of(cell: AnswerTerm | None, labels: Labels) -> str:
    """Text of a cell as it stands in a picture or a list: the label of an IRI, the value of a literal."""
    if cell is None:
        return ""
    return labels[cell.value][0] if cell.value in labels and cell.kind == "iri" else cell.value


def is_numeric(cells: Sequence[AnswerTerm | None]) -> bool:
    """Whether all that is bound in a column are numbers, and anything is."""
    bound = [cell for cell in cells if cell]
    return bool(bound) and all(number_of(cell) is not None for cell in bound)


def ranks(table: TermTable, labels: Labels) -> list[list[int]]:
    """Place of each cell in the order of its column, from 0, equals alike; -1 where nothing is bound."""
    columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
    found = [_column_ranks([order_of(cell, labels) if cell else None for cell in cells]) for cells in columns]
    return [[column[i] for column in found] for i in range(len(table.rows))]


# Kind of value, number, text for the order of the alphabet.
Order = tuple[int, Decimal, tuple[str, str]]


def order_of(cell: AnswerTerm, labels: Labels) -> Order:
    """Key that sorts a column: numbers by value, then dates, then texts in the order of the Czech alphabet."""
    number = number_of(cell)
    if number is not None:
        return 0, number, ("", "")
    return (1 if date_of(cell) else 2), Decimal(0), czech_order(label_of(cell, labels))


def _column_ranks(keys: list[Order | None]) -> list[int]:
    place = {key: i for i, key in enumerate(sorted({key for key in keys if key is not None}))}
    return [-1 if key is None else place[key] for key in keys]


def _iri(cell: AnswerTerm, labels: Labels) -> Shown:
    href = address_of(cell.value) or None
    if cell.value not in labels:
        return Shown(short_iri(cell.value), cell.value, "iri", href=href, title=cell.value)
    text, lang = labels[cell.value]
    return Shown(text, cell.value, "iri", lang or None, href, title=cell.value, note=short_iri(cell.value))


def _typeset(cell: AnswerTerm, column: str) -> str:
    number = number_of(cell)
    if number is not None:
        return cell.value if YEARS.search(column) or abs(number) >= FURTHEST else _number(number)
    if cell.datatype == BOOLEAN:
        return {"true": _("yes"), "1": _("yes"), "false": _("no"), "0": _("no")}.get(cell.value, cell.value)
    day = date_of(cell)
    return NBSP.join(filter(None, (format_date(day), time_of(cell)))) if day else cell.value


def _number(number: Decimal) -> str:
    """Write a number with the separators of the reader and a true minus; a tiny one as it is."""
    if 0 < abs(number) < TINIEST:
        return str(number)
    before, _point, after = f"{abs(number):f}".partition(".")
    point = "." if language() == "en" else ","
    sign = "\N{MINUS SIGN}" if number < 0 else ""
    return f"{sign}{format_number(int(before))}{point if after.strip('0') else ''}{after if after.strip('0') else ''}"
