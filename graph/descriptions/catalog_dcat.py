"""The catalogue as DCAT-AP: every thing has an IRI, and everything that is referred to says what it is.

References
----------
DCAT-AP 3.0.1 (SEMIC, 2025); DCAT 3 (W3C Recommendation, 2024); terms of use of Czech open data (pu:).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, VOID, XSD, Literal, URIRef

from graph.descriptions.catalog import KEYWORDS, Catalog, Dataset, Distribution, Texts
from graph.namespaces import DCAT, EU_AUTHORITY, PU, SPDX, VCARD

__all__ = ["FREQUENCY", "MEDIA_TYPES", "SPARQL_PROTOCOL", "THEMES", "catalog_triples", "terms_of"]

Fact: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
FREQUENCY = f"{EU_AUTHORITY}frequency/IRREG"
THEMES = (f"{EU_AUTHORITY}data-theme/INTR", f"{EU_AUTHORITY}data-theme/GOVE")
TERMS = "https://data.gov.cz/podmínky-užití/"
ALGORITHM = URIRef(f"{SPDX}checksumAlgorithm_sha256")
# Concepts of the EU tables that are used, with names of ours: IRI below the table -> table, Czech, English.
CONCEPTS = {
    "data-theme/INTR": ("Mezinárodní otázky", "International issues"),
    "data-theme/GOVE": ("Vláda a veřejný sektor", "Government and public sector"),
    "frequency/IRREG": ("nepravidelně", "irregular"),
    "access-right/PUBLIC": ("veřejné", "public"),
}
LANGUAGES = ("CES", "ENG")


def catalog_triples(catalog: Catalog) -> Iterator[Fact]:
    """Give all triples of the catalogue."""
    yield from _catalog(catalog)
    yield from _publisher(catalog)
    yield from _service(catalog)
    yield from _series(catalog)
    for dataset in catalog.datasets:
        yield from _dataset(catalog, dataset)
        for distribution in dataset.distributions:
            yield from _distribution(catalog, dataset, distribution)
    yield from _terms(catalog)
    yield from _references(catalog)


def terms_of(license: str, personal: bool) -> dict[str, str]:
    """Terms of use by the local names of their properties.

    Notes
    -----
    The licence covers the texts, the database as a work and the right of its maker alike.
    """
    return {
        "autorské-dílo": license or f"{TERMS}neobsahuje-autorská-díla/",
        "databáze-jako-autorské-dílo": license or f"{TERMS}není-autorskoprávně-chráněnou-databází/",
        "databáze-chráněná-zvláštními-právy": license
        or f"{TERMS}není-chráněna-zvláštním-právem-pořizovatele-databáze/",
        "osobní-údaje": f"{TERMS}{'obsahuje' if personal else 'neobsahuje'}-osobní-údaje/",
    }


def _catalog(catalog: Catalog) -> Iterator[Fact]:
    subject = URIRef(catalog.iri)
    yield subject, RDF.type, DCAT.Catalog
    yield from _described(subject, catalog.titles, catalog.descriptions)
    yield from _common(catalog, subject)
    yield subject, FOAF.homepage, URIRef(f"{catalog.base}/")
    yield subject, DCAT.themeTaxonomy, URIRef(f"{EU_AUTHORITY}data-theme")
    yield subject, DCAT.service, URIRef(catalog.service)
    yield subject, RDFS.seeAlso, URIRef(f"{catalog.base}/.well-known/void")
    for dataset in (*catalog.datasets, catalog.series):
        yield subject, DCAT.dataset, URIRef(dataset.iri)


def _common(catalog: Catalog, subject: URIRef) -> Iterator[Fact]:
    """Say what holds of the catalogue and of each data set alike."""
    yield subject, DCTERMS.publisher, URIRef(catalog.publisher.iri)
    yield subject, DCTERMS.modified, Literal(catalog.modified, datatype=XSD.date)
    for iri in (*catalog.territories, *catalog.ruian):
        yield subject, DCTERMS.spatial, URIRef(iri)
    for code in LANGUAGES:
        yield subject, DCTERMS.language, URIRef(f"{EU_AUTHORITY}language/{code}")
    if catalog.contact:
        yield subject, DCAT.contactPoint, URIRef(f"{catalog.iri}/contact")


def _publisher(catalog: Catalog) -> Iterator[Fact]:
    publisher, contact = URIRef(catalog.publisher.iri), URIRef(f"{catalog.iri}/contact")
    yield publisher, RDF.type, FOAF.Agent
    yield from _texts(publisher, FOAF.name, catalog.publisher.names)
    if catalog.contact:
        yield contact, RDF.type, VCARD.Kind
        yield contact, RDF.type, VCARD.Organization
        yield from _texts(contact, VCARD.fn, catalog.publisher.names)
        is_mail = catalog.contact.startswith("mailto:")
        yield contact, VCARD.hasEmail if is_mail else VCARD.hasURL, URIRef(catalog.contact)


def _service(catalog: Catalog) -> Iterator[Fact]:
    subject, endpoint = URIRef(catalog.service), URIRef(f"{catalog.base}/sparql")
    yield subject, RDF.type, DCAT.DataService
    yield from _texts(subject, DCTERMS.title, {"cs": "Dotazy SPARQL", "en": "SPARQL endpoint"})
    yield subject, DCAT.endpointURL, endpoint
    yield endpoint, RDF.type, RDFS.Resource
    yield subject, DCAT.endpointDescription, endpoint
    yield subject, DCTERMS.conformsTo, URIRef(SPARQL_PROTOCOL)
    yield subject, DCTERMS.publisher, URIRef(catalog.publisher.iri)
    yield from (
        (subject, DCAT.servesDataset, URIRef(dataset.iri)) for dataset in catalog.datasets if dataset.is_queried
    )


def _series(catalog: Catalog) -> Iterator[Fact]:
    subject = URIRef(catalog.series.iri)
    yield subject, RDF.type, DCAT.DatasetSeries
    yield from _dataset_facts(catalog, catalog.series)


def _dataset(catalog: Catalog, dataset: Dataset) -> Iterator[Fact]:
    subject = URIRef(dataset.iri)
    yield from _dataset_facts(catalog, dataset)
    yield subject, DCAT.version, Literal(catalog.identifier)
    yield subject, DCAT.landingPage, URIRef(f"{catalog.base}/download")
    if dataset.series:
        yield subject, DCAT.inSeries, URIRef(dataset.series)
    if dataset.is_queried:
        yield subject, RDF.type, VOID.Dataset
        yield subject, DCAT.distribution, URIRef(f"{dataset.iri}/sparql")
        yield from _queried(catalog, dataset)
    yield from ((subject, DCAT.distribution, URIRef(distribution.iri)) for distribution in dataset.distributions)


def _dataset_facts(catalog: Catalog, dataset: Dataset) -> Iterator[Fact]:
    subject = URIRef(dataset.iri)
    yield subject, RDF.type, DCAT.Dataset
    yield from _described(subject, dataset.titles, dataset.descriptions)
    yield from _common(catalog, subject)
    yield subject, DCTERMS.identifier, Literal(dataset.iri)
    yield subject, DCTERMS.accrualPeriodicity, URIRef(FREQUENCY)
    yield subject, DCTERMS.accessRights, URIRef(f"{EU_AUTHORITY}access-right/PUBLIC")
    yield from ((subject, DCAT.theme, URIRef(theme)) for theme in THEMES)
    yield from ((subject, DCAT.keyword, Literal(w, language)) for language, ws in KEYWORDS.items() for w in ws)


def _queried(catalog: Catalog, dataset: Dataset) -> Iterator[Fact]:
    """Give the distribution that is a service."""
    subject = URIRef(f"{dataset.iri}/sparql")
    yield subject, RDF.type, DCAT.Distribution
    yield subject, DCTERMS.title, Literal("SPARQL", "en")
    yield subject, DCAT.accessURL, URIRef(f"{catalog.base}/sparql")
    yield subject, DCAT.accessService, URIRef(catalog.service)
    yield from _licensed(catalog, dataset, subject)


def _distribution(catalog: Catalog, dataset: Dataset, distribution: Distribution) -> Iterator[Fact]:
    subject, checksum, url = URIRef(distribution.iri), URIRef(f"{distribution.iri}-checksum"), URIRef(distribution.url)
    yield subject, RDF.type, DCAT.Distribution
    yield from _texts(subject, DCTERMS.title, distribution.titles)
    yield subject, DCAT.accessURL, url
    yield subject, DCAT.downloadURL, url
    yield url, RDF.type, RDFS.Resource
    yield subject, DCTERMS["format"], URIRef(f"{EU_AUTHORITY}file-type/{distribution.file_type}")
    yield subject, DCAT.mediaType, URIRef(MEDIA_TYPES + distribution.media_type)
    if distribution.is_compressed:
        yield subject, DCAT.compressFormat, URIRef(f"{MEDIA_TYPES}application/gzip")
    if distribution.conforms_to:
        yield subject, DCTERMS.conformsTo, URIRef(distribution.conforms_to)
    yield subject, DCAT.byteSize, Literal(distribution.digest.size_bytes, datatype=XSD.nonNegativeInteger)
    yield subject, DCTERMS.modified, Literal(catalog.modified, datatype=XSD.date)
    yield subject, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, ALGORITHM
    yield checksum, SPDX.checksumValue, Literal(distribution.digest.sha256, datatype=XSD.hexBinary)
    yield from _licensed(catalog, dataset, subject)


def _licensed(catalog: Catalog, dataset: Dataset, distribution: URIRef) -> Iterator[Fact]:
    if catalog.license:
        yield distribution, DCTERMS.license, URIRef(catalog.license)
    yield distribution, PU.specifikace, _terms_iri(catalog, dataset.has_personal_data)


def _terms_iri(catalog: Catalog, personal: bool) -> URIRef:
    return URIRef(f"{catalog.iri}/terms{'-personal' if personal else ''}")


def _terms(catalog: Catalog) -> Iterator[Fact]:
    for personal in (True, False):
        subject = _terms_iri(catalog, personal)
        yield subject, RDF.type, PU.Specifikace
        for name, value in terms_of(catalog.license, personal).items():
            yield subject, PU[name], URIRef(value)
        for name in ("autor", "autor-databáze") if catalog.license else ():
            yield subject, PU[name], Literal(catalog.titles["cs"], "cs")


def _references(catalog: Catalog) -> Iterator[Fact]:
    """Say what each thing is that is referred to; who validates has nothing else to go by."""
    for code, (czech, english) in CONCEPTS.items():
        yield from _concept(code, {"cs": czech, "en": english})
    files = [distribution for dataset in catalog.datasets for distribution in dataset.distributions]
    for code in sorted({distribution.file_type for distribution in files}):
        yield from _concept(f"file-type/{code}", {"en": code})
        yield URIRef(f"{EU_AUTHORITY}file-type/{code}"), RDF.type, DCTERMS.MediaTypeOrExtent
    for media_type in sorted({"application/gzip", *(distribution.media_type for distribution in files)}):
        yield URIRef(MEDIA_TYPES + media_type), RDF.type, DCTERMS.MediaType
    for code in LANGUAGES:
        yield from _concept(f"language/{code}", {"en": code})
        yield URIRef(f"{EU_AUTHORITY}language/{code}"), RDF.type, DCTERMS.LinguisticSystem
    for iri in (*catalog.territories, *catalog.ruian):
        yield URIRef(iri), RDF.type, DCTERMS.Location
        if iri.startswith(EU_AUTHORITY):
            code = iri.removeprefix(EU_AUTHORITY)
            yield from _concept(code, {"en": code.rpartition("/")[2]})
    for iri in (SPARQL_PROTOCOL, f"{catalog.base}/dump/tables/tables.json"):
        yield URIRef(iri), RDF.type, DCTERMS.Standard
    for iri in (f"{catalog.base}/", f"{catalog.base}/download"):
        yield URIRef(iri), RDF.type, FOAF.Document
    yield URIRef(FREQUENCY), RDF.type, DCTERMS.Frequency
    yield URIRef(f"{EU_AUTHORITY}access-right/PUBLIC"), RDF.type, DCTERMS.RightsStatement
    yield ALGORITHM, RDF.type, SPDX.ChecksumAlgorithm
    if catalog.license:
        yield URIRef(catalog.license), RDF.type, DCTERMS.LicenseDocument


def _concept(code: str, names: Texts) -> Iterator[Fact]:
    table = URIRef(EU_AUTHORITY + code.partition("/")[0])
    concept = URIRef(EU_AUTHORITY + code)
    yield concept, RDF.type, SKOS.Concept
    yield concept, SKOS.inScheme, table
    yield from _texts(concept, SKOS.prefLabel, names)
    yield table, RDF.type, SKOS.ConceptScheme
    yield table, DCTERMS.title, Literal(code.partition("/")[0], "en")


def _described(subject: URIRef, titles: Texts, descriptions: Texts) -> Iterator[Fact]:
    yield from _texts(subject, DCTERMS.title, titles)
    yield from _texts(subject, DCTERMS.description, descriptions)


def _texts(subject: URIRef, predicate: URIRef, texts: Texts) -> Iterator[Fact]:
    return ((subject, predicate, Literal(text, lang=tag or None)) for tag, text in texts.items())
