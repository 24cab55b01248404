"""Parameters of a query: ``VALUES ?on { UNDEF }``, so that the text is valid SPARQL as it stands.

Left open, the query answers for all; binding puts terms in the place of UNDEF. Only text outside of strings,
comments and IRIs is read, so that the text of a user may be bound too.

References
----------
SPARQL 1.1 Query Language, sections 10.2 (VALUES) and 19.8 (grammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from graph.errors import QueryError
from graph.sparql.query_text import QUIET

__all__ = ["Value", "bind_text", "parameters_of"]

Value: TypeAlias = str | date | Node | Iterable[str | date | Node]

# What has no name of a parameter is stepped over.
_PARAMETER = re.compile(
    QUIET
    + r"""
    | \\.
    | (?<![\w?$:@])(?i:VALUES)\s++(?P<variable>[?$](?P<name>\w++))\s*+\{\s*+(?i:UNDEF)\s*+\}
    """,
    re.VERBOSE | re.DOTALL,
)
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def parameters_of(text: str) -> tuple[str, ...]:
    """Names of the parameters of a query, in the order of the text.

    Examples
    --------
    >>> parameters_of('VALUES ?on { UNDEF } "VALUES ?no { UNDEF }" # VALUES ?no { UNDEF }')
    ('on',)
    """
    return tuple(dict.fromkeys(parameter["name"] for parameter in _PARAMETER.finditer(text) if parameter["name"]))


def bind_text(text: str, parameters: Mapping[str, Value]) -> str:
    """Put terms in the place of parameters; those not given stay open, those that the text lacks are passed over.

    Parameters
    ----------
    parameters : mapping
        Name to a term or several; a str is taken as an IRI when it begins with a scheme, else as a plain literal.

    Raises
    ------
    QueryError
        An IRI holds a character that no IRI may hold.

    Examples
    --------
    >>> bind_text("VALUES ?on { UNDEF }", {"on": date(2012, 12, 31)})
    'VALUES ?on { "2012-12-31"^^<http://www.w3.org/2001/XMLSchema#date> }'
    """

    def bound(parameter: re.Match[str]) -> str:
        name = parameter["name"]
        return (
            f"VALUES {parameter['variable']} {{ {_terms(parameters[name])} }}" if name in parameters else parameter[0]
        )

    return _PARAMETER.sub(bound, text)


def _terms(value: Value) -> str:
    # A URIRef is a str, and both are one term.
    return _n3(value) if isinstance(value, str | date | Node) else " ".join(map(_n3, value))


def _n3(value: str | date | Node) -> str:
    term = value if isinstance(value, Node) else _term(value)
    if isinstance(term, URIRef) and _NO_IRI.search(str(term)):
        raise QueryError(f"{str(term)!r} is not an IRI")
    return str(term.n3())


def _term(value: str | date) -> Node:
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return URIRef(value) if _SCHEME.match(value) else Literal(value)
