"""Writes quads, triples and solutions in a serialisation, or says that it has no way to write them.

The engine writes XML that is not well-formed where a property has no local name, or a text a character that XML cannot
hold, and a carriage return that readers take for a line feed.

References
----------
XML 1.0, sections 2.2 (characters), 2.3 (names) and 2.11 (line ends); Namespaces in XML 1.0, section 3 (NCName);
RDF 1.1 XML Syntax, section 6.1.2 (properties as element names); SPARQL 1.1 Query Results CSV and TSV Formats, section
3; RFC 4180, section 2 (CSV).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any, TypeAlias, TypeVar, cast

import pyoxigraph as ox
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import UnwritableError
from graph.sheets.cells import csv_text

__all__ = ["Content", "refuse_unwritable", "serialize", "write", "write_results"]

Content: TypeAlias = Iterable[ox.Quad] | Iterable[ox.Triple]
_Statement = TypeVar("_Statement", ox.Quad, ox.Triple)

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME = re.compile(f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*$")
# Control characters and two that are none, in UTF-8.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ROWS = 256  # of CSV, written at once
_LAST_BYTES = 2  # of a chunk, which may begin a character of three


def serialize(content: Content, form: RdfFormat, prefixes: Mapping[str, str] | None = None) -> bytes:
    """Write quads or triples; see `write`."""
    output = io.BytesIO()
    write(content, output, form, prefixes)
    return output.getvalue()


def write(content: Content, output: IO[bytes], form: RdfFormat, prefixes: Mapping[str, str] | None = None) -> None:
    """Write quads or triples in their order.

    Raises
    ------
    UnwritableError
        The serialisation has no way to write one of them; what was written before is not to be used.
    """
    if isinstance(content, ox.QueryTriples) and form == RdfFormat.N_TRIPLES:
        content.serialize(output, format=form)  # without a Python object for each triple
        return
    xml = _XmlOutput(output) if form == RdfFormat.RDF_XML else None
    statements: Any = content
    if form in (RdfFormat.RDF_XML, RdfFormat.JSON_LD):
        statements = refuse_unwritable(statements, form)
    ox.serialize(statements, cast("IO[bytes]", xml or output), format=form, prefixes=dict(prefixes or {}))
    if xml:
        xml.end()


def write_results(results: ox.QuerySolutions | ox.QueryBoolean, output: IO[bytes], form: QueryResultsFormat) -> None:
    """Write the answer of SELECT or ASK.

    Raises
    ------
    UnwritableError
        As for `write`.
    """
    if form == QueryResultsFormat.CSV and isinstance(results, ox.QuerySolutions):
        # Not by the engine: it quotes no IRI and no triple term, whatever stands in them.
        for text in _csv_of(results):
            output.write(text.encode())
        return
    if form != QueryResultsFormat.XML:
        results.serialize(output, format=form)
        return
    xml = _XmlOutput(output)
    results.serialize(cast("IO[bytes]", xml), format=form)
    xml.end()


def refuse_unwritable(statements: Iterable[_Statement], form: RdfFormat) -> Iterator[_Statement]:
    """Pass statements on; stop at one that the serialisation has no way to write.

    Raises
    ------
    UnwritableError
        RDF/XML: a property without a local name. JSON-LD: a triple about a triple, as RDF 1.2 has them.
    """
    for statement in statements:
        if form == RdfFormat.RDF_XML and not _LOCAL_NAME.search(statement.predicate.value):
            raise UnwritableError(f"RDF/XML has no way to write the property <{statement.predicate.value}>.")
        if form == RdfFormat.JSON_LD and isinstance(statement.object, ox.Triple):
            raise UnwritableError(f"JSON-LD has no way to write a triple as a value: {statement.object}.")
        yield statement


def _csv_of(solutions: ox.QuerySolutions) -> Iterator[str]:
    """Write the header, then some rows at a time; texts like formulas stay as they are, as programs read this."""
    yield csv_text([[variable.value for variable in solutions.variables]], for_programs=True)
    while rows := [[_plain(term) for term in solution] for solution in islice(solutions, _ROWS)]:
        yield csv_text(rows, for_programs=True)


def _plain(term: object) -> str:
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    if isinstance(term, ox.Triple):
        return f"<<( {term} )>>"
    return "" if term is None else str(term)


class _XmlOutput:
    """A binary file that passes on what is XML, with carriage returns that stay such for readers."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._rest = output, b""

    def write(self, data: bytes) -> int:
        chunk = self._rest + bytes(data)
        self._refuse(chunk)
        self._rest = chunk[-_LAST_BYTES:]
        self._output.write(chunk[:-_LAST_BYTES].replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Do nothing: `end` writes what is left."""

    def end(self) -> None:
        self._output.write(self._rest.replace(b"\r", b"&#13;"))
        self._rest = b""

    def _refuse(self, chunk: bytes) -> None:
        if found := _NOT_XML.search(chunk):
            code = ord(found[0].decode())
            raise UnwritableError(f"XML has no way to write the character U+{code:04X}, which stands in a text.")
