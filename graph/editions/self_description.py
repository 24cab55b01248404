"""What an edition says of itself: which edition it is, its named graphs, and its code lists as concept schemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import DCTERMS, RDF, SKOS, XSD, Literal, URIRef
from rdflib.namespace import VOID

from graph.editions.edition import Edition
from graph.intake.description import Table, TableSet
from graph.intake.triples import Quad
from graph.iris import Iris

__all__ = ["edition_quads", "scheme_quads"]

# Named graphs that no table stands for; the ontology says its title itself.
_TITLES: Mapping[str, Mapping[str, str]] = {
    "cooperation": {"cs": "Odvozeno: kdo s kým spolupracuje", "en": "Derived: who cooperates with whom"},
    "edition": {"cs": "Popis vydání", "en": "Description of the edition"},
    "inferred": {"cs": "Odvozeno: třídy a opačné vztahy", "en": "Derived: classes and inverse relations"},
    "schemes": {"cs": "Číselníky", "en": "Code lists"},
    "validity": {"cs": "Odvozeno: meze platnosti", "en": "Derived: bounds of validity"},
}


def scheme_quads(description: TableSet, iris: Iris) -> Iterator[Quad]:
    """Describe the concept schemes that the tables put their rows in, by the titles of the tables."""
    named_graph = URIRef(iris.named_graph("schemes"))
    for table in description.tables.values():
        for scheme in _schemes(table):
            subject = URIRef(f"{iris.base}/{scheme}")
            yield subject, RDF.type, SKOS.ConceptScheme, named_graph
            for language, title in table.titles.items():
                yield subject, SKOS.prefLabel, Literal(title, lang=language), named_graph


def edition_quads(edition: Edition, description: TableSet, iris: Iris) -> Iterator[Quad]:
    """Describe an edition and each of its named graphs, in the named graph ``edition``."""
    subject, named_graph = URIRef(iris.resource("editions", edition.identifier)), URIRef(iris.named_graph("edition"))
    yield subject, RDF.type, VOID.Dataset, named_graph
    yield subject, DCTERMS.identifier, Literal(edition.identifier), named_graph
    yield subject, DCTERMS.issued, Literal(edition.modified, datatype=XSD.date), named_graph
    yield subject, VOID.triples, Literal(edition.quads), named_graph
    if description.license:
        yield subject, DCTERMS.license, URIRef(description.license), named_graph
    titles = {iris.named_graph(name): texts for name, texts in _graph_titles(description).items()}
    for iri in sorted({*edition.named_graphs, str(named_graph)}):
        part = URIRef(iri)
        yield part, RDF.type, VOID.Dataset, named_graph
        yield part, DCTERMS.isPartOf, subject, named_graph
        if iri in edition.named_graphs:
            yield part, VOID.triples, Literal(edition.named_graphs[iri]), named_graph
        for language, title in titles.get(iri, {}).items():
            yield part, DCTERMS.title, Literal(title, lang=language), named_graph


def _schemes(table: Table) -> Iterator[str]:
    return (value for predicate, value in table.constants if predicate == str(SKOS.inScheme))


def _graph_titles(description: TableSet) -> dict[str, Mapping[str, str]]:
    return {**{table.name: table.titles for table in description.tables.values()}, **_TITLES}
