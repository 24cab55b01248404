"""Solutions of a query as CSV of the standard: each value as it is, quoted where RFC 4180 wants it.

References
----------
SPARQL 1.1 Query Results CSV and TSV Formats, section 3; RFC 4180, section 2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

__all__ = ["csv_of_solutions"]

AT_ONCE = 256  # rows


def csv_of_solutions(solutions: ox.QuerySolutions) -> Iterator[str]:
    """Write the header, then some rows at a time; texts like formulas stay as they are, as programs read this.

    Notes
    -----
    A row of one empty value is ``""``, as many readers pass over empty lines.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([variable.value for variable in solutions.variables])
    while rows := [[_text(term) for term in solution] for solution in islice(solutions, AT_ONCE)]:
        writer.writerows(rows)
        yield _taken(target)
    yield _taken(target)


def _taken(target: io.StringIO) -> str:
    text = target.getvalue()
    target.seek(0)
    target.truncate()
    return text


def _text(term: object) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    if isinstance(term, ox.Triple):
        return f"<<( {term} )>>"
    return "" if term is None else str(term)
