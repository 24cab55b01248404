"""Prefixes: the only place with the IRIs of vocabularies."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VOID, XSD

__all__ = [
    "ADMS", "DC", "DCAT", "DCATAP", "DESCRIPTION_PREFIXES", "ELI", "EU_AUTHORITY", "GEOSPARQL", "LOCN", "PERIOD_TERMS",
    "PREFIXES", "PU", "SCHEMA", "SPDX", "VCARD", "VOID_EXT", "WGS", "K", "expand",
]  # fmt: skip

K = Namespace("https://w3id.org/krajina/ontology#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
SCHEMA = Namespace("http://schema.org/")
WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
GEOSPARQL = Namespace("http://www.opengis.net/ont/geosparql#")
# Those of the descriptions of data sets. rdflib knows DCAT 2 and takes the terms of DCAT 3 for mistakes.
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PU = Namespace("https://data.gov.cz/slovník/podmínky-užití/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID_EXT = Namespace("http://ldf.fi/void-ext#")
# Tables of the EU Publications Office: data themes, frequencies, file types, countries, languages.
EU_AUTHORITY = "http://publications.europa.eu/resource/authority/"

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

# Prefixes of the descriptions of data sets, besides.
DESCRIPTION_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "adms": str(ADMS),
    "dcat": str(DCAT),
    "dcatap": str(DCATAP),
    "eli": str(ELI),
    "pu": str(PU),
    "spdx": str(SPDX),
    "vcard": str(VCARD),
    "void": str(VOID),
    "voidext": str(VOID_EXT),
}

# Field of graph.records.validity.Period -> its property in the named graph "validity".
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
    "dates_unproven": K.datesUnproven,
    "contradicted": K.evidenceContradicted,
    "suspensions": K.suspendedDuring,
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
