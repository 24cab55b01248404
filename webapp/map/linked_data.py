"""What the map shows as RDF: its organizations and relationships as the graph has them, and the view itself.

References
----------
DCMI Metadata Terms; JSON-LD 1.1.
"""

from __future__ import annotations

from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef

from graph.namespaces import PREFIXES, SCHEMA
from graph.sparql.answers import convert
from graph.sparql.named_queries import bind, named_query
from webapp.map.provenance import Provenance
from webapp.map.scene import Scene
from webapp.request.visit import Visit

__all__ = ["jsonld_file"]


def jsonld_file(visit: Visit, found: Scene, about: Provenance) -> bytes:
    """Write what is shown as JSON-LD; asks ``queries/describe.rq``.

    The view is a dataset whose parts are the organizations and relationships that are shown.
    """
    parts = [URIRef(iri) for iri in _parts(found)]
    triples = visit.facts.store.construct(bind(named_query("describe"), {"iri": parts}))
    triples += _about(visit, parts, about).serialize(format="nt", encoding="utf-8")
    namespaces = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}".encode() in triples}
    return convert(triples, "jsonld", namespaces)


def _parts(found: Scene) -> list[str]:
    relations = {relation for tie in found.shown.ties for relation in tie.relations}
    return [*found.shown.distance, *sorted(relations)]


def _about(visit: Visit, parts: list[URIRef], about: Provenance) -> Graph:
    graph, view = Graph(), URIRef(about.address)
    graph.add((view, RDF.type, DCAT.Dataset))
    graph.add((view, DCTERMS.title, Literal(about.title, lang=visit.language)))
    graph.add((view, DCTERMS.description, Literal(about.sentence, lang=visit.language)))
    graph.add((view, DCTERMS.license, URIRef(about.licence)))
    graph.add((view, DCTERMS.valid, Literal(about.day, datatype=XSD.date)))
    graph.add((view, SCHEMA.version, Literal(about.edition)))
    graph.add((view, DCTERMS.hasVersion, Literal(about.edition)))
    for part in parts:
        graph.add((view, DCTERMS.hasPart, part))
    return graph
