"""Describes a data set by what is in it: counts of triples, by class, by property, by class of the object, and links.

References
----------
Describing Linked Datasets with the VoID Vocabulary (W3C Note, 2011), sections 4 to 6; the extension
http://ldf.fi/void-ext# for classes of objects.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import RDF, VOID, XSD, Literal, URIRef

from graph.namespaces import VOID_EXT
from graph.sparql.named_queries import run_query
from graph.sparql.store import Solution, Store

__all__ = ["Fact", "describe_contents"]

Fact: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]
CLASS, PROPERTY, OBJECT = "class", "property", "object_class"


@dataclass(frozen=True)
class Partitions:
    """Names of the parts of a data set: fragments of one document, made of what the part holds."""

    document: str

    def part(self, row: Mapping[str, str], *columns: str) -> URIRef:
        """IRI of the part that the values of some columns tell."""
        text = "\n".join(f"{column} {row[column]}" for column in columns)
        return URIRef(f"{self.document}#part-{hashlib.sha256(text.encode()).hexdigest()[:16]}")


def describe_contents(store: Store, dataset: str, document: str, base: str) -> Iterator[Fact]:
    """Count what a store holds; every count is that of the union of its named graphs, each triple once.

    Parameters
    ----------
    dataset, document : str
        IRI of the data set, and of the document that describes it, whose fragments name the parts.
    base : str
        Beginning of the IRIs of the data set.

    Notes
    -----
    Asks ``queries/void-*.rq``; two seconds for the sixty thousand triples of the published tables.
    """
    parts, start = Partitions(document), {"base": Literal(f"{base}/")}
    yield from _totals(URIRef(dataset), run_query(store, "void-totals", **start))
    yield from _classes(URIRef(dataset), parts, run_query(store, "void-classes"))
    yield from _properties(URIRef(dataset), parts, run_query(store, "void-properties"))
    yield from _class_properties(parts, run_query(store, "void-class-properties"))
    yield from _object_classes(parts, run_query(store, "void-object-classes"))
    yield from _linksets(URIRef(dataset), parts, run_query(store, "void-linksets", **start))


def _totals(dataset: URIRef, rows: list[Solution]) -> Iterator[Fact]:
    terms = {
        "triples": VOID.triples, "entities": VOID.entities, "subjects": VOID.distinctSubjects,
        "objects": VOID.distinctObjects, "properties": VOID.properties, "classes": VOID.classes,
    }  # fmt: skip
    return ((dataset, term, _number(row[name])) for row in rows for name, term in terms.items())


def _classes(dataset: URIRef, parts: Partitions, rows: list[Solution]) -> Iterator[Fact]:
    for row in rows:
        part = parts.part(row, CLASS)
        yield dataset, VOID.classPartition, part
        yield part, RDF.type, VOID.Dataset
        yield part, VOID["class"], URIRef(row[CLASS])
        yield part, VOID.entities, _number(row["entities"])
        yield from _vocabulary(dataset, row[CLASS])


def _properties(dataset: URIRef, parts: Partitions, rows: list[Solution]) -> Iterator[Fact]:
    for row in rows:
        part = parts.part(row, PROPERTY)
        yield dataset, VOID.propertyPartition, part
        yield part, RDF.type, VOID.Dataset
        yield part, VOID.property, URIRef(row[PROPERTY])
        yield part, VOID.triples, _number(row["triples"])
        yield part, VOID.distinctSubjects, _number(row["subjects"])
        yield part, VOID.distinctObjects, _number(row["objects"])
        yield from _vocabulary(dataset, row[PROPERTY])


def _class_properties(parts: Partitions, rows: list[Solution]) -> Iterator[Fact]:
    for row in rows:
        part = parts.part(row, CLASS, PROPERTY)
        yield parts.part(row, CLASS), VOID.propertyPartition, part
        yield part, RDF.type, VOID.Dataset
        yield part, VOID.property, URIRef(row[PROPERTY])
        yield part, VOID.triples, _number(row["triples"])


def _object_classes(parts: Partitions, rows: list[Solution]) -> Iterator[Fact]:
    for row in rows:
        part = parts.part(row, CLASS, PROPERTY, OBJECT)
        yield parts.part(row, CLASS, PROPERTY), VOID_EXT.objectClassPartition, part
        yield part, RDF.type, VOID.Dataset
        yield part, VOID["class"], URIRef(row[OBJECT])
        yield part, VOID.triples, _number(row["triples"])


def _linksets(dataset: URIRef, parts: Partitions, rows: list[Solution]) -> Iterator[Fact]:
    for row in rows:
        part, target = parts.part(row, PROPERTY, "target"), parts.part(row, "target")
        yield dataset, VOID.subset, part
        yield part, RDF.type, VOID.Linkset
        yield part, VOID.linkPredicate, URIRef(row[PROPERTY])
        yield part, VOID.subjectsTarget, dataset
        yield part, VOID.objectsTarget, target
        yield part, VOID.triples, _number(row["triples"])
        yield part, VOID.distinctSubjects, _number(row["subjects"])
        yield part, VOID.distinctObjects, _number(row["objects"])
        yield target, RDF.type, VOID.Dataset
        yield target, VOID.uriSpace, Literal(row["target"])


def _vocabulary(dataset: URIRef, term: str) -> Iterator[Fact]:
    """Tell the namespace of a term: all up to its last ``#`` or ``/``; nothing of one that has none, as a URN."""
    if namespace := re.sub(r"[^#/]*$", "", term):
        yield dataset, VOID.vocabulary, URIRef(namespace)


def _number(text: str) -> Literal:
    return Literal(text, datatype=XSD.integer)
