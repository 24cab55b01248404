"""Questions as sentences with blanks: what a named question asks in Czech and English, and what its blanks mean.

A sentence holds ``{name}`` for each blank; the SPARQL stands in ``queries/*.rq`` alone. Czech sentences are worded so
that a name fits in the nominative. The question mark is left to the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.iris import Iris
from graph.namespaces import K
from graph.sparql.named_queries import NamedQuery, bind, named_query

__all__ = [
    "ANYONE",
    "ON",
    "Blank",
    "Question",
    "Text",
    "agreement",
    "area",
    "bind_question",
    "partner",
    "term_of",
    "who",
    "year",
]

BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """A text in both languages of the pages."""

    cs: str
    en: str

    def in_language(self, language: str) -> str:
        """Text in a language; English for any but Czech."""
        return self.cs if language == "cs" else self.en


@dataclass(frozen=True)
class Blank:
    """A place in a sentence where the reader chooses.

    Attributes
    ----------
    parameter : str
        Name in the query and in the address.
    kind : str
        What its codes are: the plural segment of a resource IRI (``organizations``), or ``class``, ``text``,
        ``first-of-year``, ``last-of-year``, ``day``.
    choice : str
        Which list it is chosen from.
    label : Text
        What is chosen, for those who cannot see the sentence.
    any : Text or None
        What stands in the sentence when it is left open; None when something must be chosen.
    is_preset : bool
        The sentence is offered with a choice, although it could be left open.
    """

    parameter: str
    kind: str
    choice: str
    label: Text
    any: Text | None = None
    is_preset: bool = False


@dataclass(frozen=True)
class Question:
    """A named question as a sentence.

    Attributes
    ----------
    query : str
        Name of the query: ``q01-partners``.
    subject : str
        Code of the group that it is listed in.
    keywords : tuple of str
        English words that it is found by.
    note : Text or None
        What the reader of the answer must know.
    """

    query: str
    subject: str
    sentence: Text
    blanks: tuple[Blank, ...] = ()
    keywords: tuple[str, ...] = ()
    note: Text | None = None

    def __hash__(self) -> int:
        """Hash the name of the query: what is kept of a question is looked up often, and its texts are long."""
        return hash(self.query)

    @property
    def name(self) -> str:
        """Name in the address: that of the query without its number."""
        return self.query.partition("-")[2]

    @property
    def named_query(self) -> NamedQuery:
        """The query that answers it."""
        return named_query(self.query)

    def title(self, language: str) -> str:
        """Give the question without blanks, as the header of its query words it."""
        lines = dict(line.split(": ", 1) for line in self.named_query.comment.splitlines()[:2])
        return lines["cs" if language == "cs" else "en"]

    def parts(self, language: str) -> list[str | Blank]:
        """Sentence in pieces: texts and blanks, in their order."""
        blanks = {blank.parameter: blank for blank in self.blanks}
        pieces = BLANK.split(self.sentence.in_language(language))
        return [blanks[piece] if place % 2 else piece.strip() for place, piece in enumerate(pieces) if piece.strip()]


def term_of(blank: Blank, code: str, iris: Iris) -> Node:
    """Turn a code into the term that the query takes.

    Raises
    ------
    ValueError
        The code is no year or day, where one is needed.
    """
    match blank.kind:
        case "class":
            return K[code]
        case "text":
            return Literal(code)
        case "first-of-year":
            return Literal(date(int(code), 1, 1))
        case "last-of-year":
            return Literal(date(int(code), 12, 31))
        case "day":
            return Literal(date.fromisoformat(code))
    return URIRef(iris.resource(blank.kind, code))


def bind_question(question: Question, codes: Mapping[str, str], iris: Iris, home: str, language: str) -> str:
    """Write the query of a question for what was chosen.

    Parameters
    ----------
    codes : mapping
        Parameter to its code; those left out or "" stay open.
    home : str
        IRI of the home region, of which it asks unless another organization was chosen.
    language : str
        Tag that texts are wanted in, where the query asks for one.
    """
    query = question.named_query
    given: dict[str, Node] = {"home": URIRef(home), "language": Literal(language)}
    terms = {name: term for name, term in given.items() if name in query.parameters}
    for blank in question.blanks:
        terms.pop(blank.parameter, None)
        if codes.get(blank.parameter):
            terms[blank.parameter] = term_of(blank, codes[blank.parameter], iris)
    return bind(query, terms)


ANYONE = Text("kdokoli", "anyone")
ON = Blank("on", "day", "day", Text("Datum", "Date"))


def who(parameter: str, choice: str, anyone: Text | None = None) -> Blank:
    """Blank for an organization on the home side."""
    return Blank(parameter, "organizations", choice, Text("Kdo", "Who"), anyone)


def partner(choice: str, anyone: Text | None = None, label: Text | None = None) -> Blank:
    """Blank for an organization as a partner."""
    return Blank("partner", "organizations", choice, label or Text("Partner", "Partner"), anyone)


def area(choice: str, anyone: Text | None = None, *, is_preset: bool = False) -> Blank:
    """Blank for an area of cooperation."""
    return Blank("area", "areas", choice, Text("Oblast", "Area"), anyone, is_preset)


def agreement(parameter: str, choice: str, anyone: Text | None = None) -> Blank:
    """Blank for an agreement."""
    return Blank(parameter, "agreements", choice, Text("Dohoda", "Agreement"), anyone)


def year(parameter: str, kind: str, choice: str, label: Text, anyone: Text | None = None) -> Blank:
    """Blank for a year."""
    return Blank(parameter, kind, choice, label, anyone)
