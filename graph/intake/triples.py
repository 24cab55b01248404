"""Turns a row into triples, as ``data/tables.json`` says and in no other way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from graph.dates import PartialDate
from graph.intake.description import ColumnDescription
from graph.intake.tables import Row, Tables
from graph.iris import Iris
from graph.namespaces import expand

__all__ = ["Quad", "RowTriples", "Triple", "date_literal"]

Triple: TypeAlias = tuple[URIRef, URIRef, Node]
Quad: TypeAlias = tuple[URIRef, URIRef, Node, URIRef]


class RowTriples:
    """Makes the triples of rows.

    Parameters
    ----------
    tables : Tables
        All rows; references are resolved against them.
    iris : Iris
        Mints the IRIs.

    Notes
    -----
    CSV2RDF (W3C Recommendation, 2015) in its minimal mode, with three additions that the description
    declares: a foreign key becomes the IRI of the row it names, also inside list cells; a language tag
    may stand in another column; English text of ours gets its Czech translation beside it, unless the row
    has a Czech text of its own.
    """

    def __init__(self, tables: Tables, iris: Iris) -> None:
        self._tables = tables
        self._iris = iris
        self._properties: dict[str, URIRef] = {}
        self._translations = {
            (row.text("property"), row.text("text")): row.text("cs") for row in tables.rows.get("translations", ())
        }

    def quads(self) -> Iterator[Quad]:
        """All quads: each table is one named graph, rows in file order."""
        for name, rows in self._tables.rows.items():
            named_graph = URIRef(self._iris.named_graph(name))
            for row in rows:
                for triple in self.triples(row):
                    yield (*triple, named_graph)

    def triples(self, row: Row) -> Iterator[Triple]:
        """Triples of one row, in the order of its columns."""
        subject = self.iri(row)
        for column in row.table.columns:
            if row.table.extends and column.name == row.table.key:
                continue  # the row that it extends says its id
            predicate = self._property(column)
            for value in row.cells.get(column.name, ()):
                for term in self._terms(row, column, value):
                    yield subject, predicate, term
        for predicate_iri, value_iri in row.table.constants:
            yield subject, URIRef(predicate_iri), URIRef(self._constant(value_iri))

    def iri(self, row: Row) -> URIRef:
        """IRI of the resource that a row describes."""
        return URIRef(self._iris.about(row.table.about, row.key))

    def _property(self, column: ColumnDescription) -> URIRef:
        return self._properties.setdefault(column.property_iri, URIRef(column.property_iri))

    def _constant(self, value_iri: str) -> str:
        return f"{self._iris.base}/{value_iri}" if value_iri.startswith("resource/") else expand(value_iri)

    def _terms(self, row: Row, column: ColumnDescription, value: str) -> Iterator[Node]:
        if column.references:
            yield self._reference(column, value)
        elif column.column_of:
            yield self._column_property(row, column, value)
        elif column.language or column.language_column:
            yield from self._texts(row, column, value)
        else:
            yield _literal(column.datatype_iri, value)

    def _texts(self, row: Row, column: ColumnDescription, value: str) -> Iterator[Node]:
        czech = self._translations.get((column.name, value)) if column.is_translated else None
        # What we translate is our own English description, whatever the language of what it describes.
        tag = "en" if czech else row.text(column.language_column) or "und"
        yield Literal(value, lang=column.language or tag)
        if czech is None and column.is_same_in_czech:
            czech = value
        if czech and not row.has_czech(column.property_iri):
            yield Literal(czech, lang="cs")

    def _reference(self, column: ColumnDescription, value: str) -> URIRef:
        known = self._tables.by_key if column.references == "*" else self._tables.keys[column.references]
        return self.iri(known[value])

    def _column_property(self, row: Row, column: ColumnDescription, value: str) -> URIRef:
        about = self._tables.by_key[row.text(column.column_of)]
        named = about.table.column(value)
        assert named is not None
        return self._property(named)


def date_literal(text: str) -> Literal:
    """Literal of a partial date: ``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``."""
    return Literal(text, datatype=XSD[PartialDate(text).datatype])


def _literal(datatype: str, value: str) -> Literal:
    if datatype == "partialDate":
        return date_literal(value)
    return Literal(value) if datatype == "string" else Literal(value, datatype=XSD[datatype])
