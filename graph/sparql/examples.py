"""Example queries as RDF, in the form that SPARQL editors read from an endpoint.

References
----------
The form of sib-swiss/sparql-examples; SHACL Advanced Features (W3C Note, 2017), section 5 (SPARQL executables).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, Namespace, URIRef

from graph.namespaces import PREFIXES

__all__ = ["EXAMPLE_PREFIXES", "Example", "describe_examples"]

# The form says https, although the data use http as the vocabulary's own context does.
_SCHEMA = Namespace("https://schema.org/")
EXAMPLE_PREFIXES = {"owl": str(OWL), "rdfs": str(RDFS), "schema": str(_SCHEMA), "sh": str(SH), "xsd": str(XSD)}


@dataclass(frozen=True)
class Example:
    """A SELECT query, what it asks by language tag, and English keywords; `name` ends its IRI."""

    name: str
    comments: Mapping[str, str]
    sparql: str
    keywords: tuple[str, ...]


def describe_examples(examples: Iterable[Example], document: str, endpoint: str) -> bytes:
    """Describe example queries.

    Parameters
    ----------
    document : str
        IRI of the document; each example is ``<document>#<name>``.
    endpoint : str
        IRI of the SPARQL endpoint.

    Returns
    -------
    bytes
        Sorted N-Triples.
    """
    graph, examples = Graph(), list(examples)
    prefixes = URIRef(f"{document}#prefixes")
    for example in examples:
        iri = URIRef(f"{document}#{example.name}")
        graph.add((iri, RDF.type, SH.SPARQLExecutable))
        graph.add((iri, RDF.type, SH.SPARQLSelectExecutable))
        graph.add((iri, SH.prefixes, prefixes))
        graph.add((iri, SH.select, Literal(example.sparql)))
        graph.add((iri, _SCHEMA.target, URIRef(endpoint)))
        for language, comment in example.comments.items():
            graph.add((iri, RDFS.comment, Literal(comment, lang=language)))
        for keyword in example.keywords:
            graph.add((iri, _SCHEMA.keywords, Literal(keyword)))
    _declare(graph, prefixes, "\n".join(example.sparql for example in examples))
    return b"".join(sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)))


def _declare(graph: Graph, prefixes: URIRef, texts: str) -> None:
    """Declare the prefixes that the queries use; they also stand in each query, so that it can be copied whole."""
    graph.add((prefixes, RDF.type, OWL.Ontology))
    graph.add((prefixes, OWL.imports, URIRef(str(SH))))
    for prefix, namespace in PREFIXES.items():
        if f"PREFIX {prefix}: " in texts:
            declaration = URIRef(f"{prefixes}-{prefix}")
            graph.add((prefixes, SH.declare, declaration))
            graph.add((declaration, SH.prefix, Literal(prefix)))
            graph.add((declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
