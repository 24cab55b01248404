"""Prefixes: the only place with the IRIs of vocabularies."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD

__all__ = ["DC", "GEOSPARQL", "LOCN", "PERIOD_TERMS", "PREFIXES", "SCHEMA", "WGS", "K", "expand"]

K = Namespace("https://w3id.org/krajina/ontology#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
SCHEMA = Namespace("http://schema.org/")
WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
GEOSPARQL = Namespace("http://www.opengis.net/ont/geosparql#")

# The prefixes of the RDFa initial context, which CSVW uses, and ours (dc11 and schema as there).
PREFIXES: dict[str, str] = {
    "dc11": str(DC),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "geosparql": str(GEOSPARQL),
    "k": str(K),
    "locn": str(LOCN),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "sh": str(SH),
    "skos": str(SKOS),
    "void": str(VOID),
    "wgs": str(WGS),
    "xsd": str(XSD),
}

# Field of graph.validity.Period -> its property in the named graph "validity".
PERIOD_TERMS: Mapping[str, URIRef] = {
    "earliest_start": K.earliestStart,
    "latest_start": K.latestStart,
    "earliest_end": K.earliestEnd,
    "latest_end": K.latestEnd,
    "shown_active": K.shownActive,
    "shown_active_from": K.shownActiveFrom,
    "shown_ended": K.shownEnded,
    "presented_current": K.presentedCurrent,
    "last_day_included": K.lastDayIncluded,
}


def expand(name: str) -> str:
    """Turn ``prefix:local`` into an IRI; an IRI or an unknown prefix stays as it is.

    Examples
    --------
    >>> expand("skos:note")
    'http://www.w3.org/2004/02/skos/core#note'
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not local.startswith("//") else name
