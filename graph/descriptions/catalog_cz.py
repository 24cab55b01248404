"""The catalogue as the Czech national catalogue harvests it: one JSON-LD document each for catalogue and data set.

References
----------
Open formal norm "Rozhraní katalogů otevřených dat: DCAT-AP-CZ", 28 May 2024.
"""

from __future__ import annotations

from typing import Any

from graph.descriptions.catalog import KEYWORDS, Catalog, Dataset, Distribution
from graph.descriptions.catalog_dcat import FREQUENCY, MEDIA_TYPES, SPARQL_PROTOCOL, THEMES, terms_of
from graph.namespaces import EU_AUTHORITY

__all__ = ["catalog_document", "dataset_document"]

CONTEXT = (
    "https://ofn.gov.cz/dcat-ap-cz-rozhraní-katalogů-otevřených-dat/2024-05-28/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """Write the document of the catalogue, which names those of its data sets."""
    return {
        "@context": CONTEXT,
        "iri": catalog.iri,
        "typ": "Katalog",
        "název": dict(catalog.titles),
        "popis": dict(catalog.descriptions),
        "poskytovatel": catalog.publisher.iri,
        **_contact(catalog),
        "domovská_stránka": f"{catalog.base}/",
        "datová_sada": [dataset.iri for dataset in (*catalog.datasets, catalog.series)],
    }


def dataset_document(catalog: Catalog, dataset: Dataset) -> dict[str, Any]:
    """Write the document of a data set or of the series."""
    document = {
        "@context": CONTEXT,
        "iri": dataset.iri,
        "typ": "Datová série" if dataset is catalog.series else "Datová sada",
        "název": dict(dataset.titles),
        "popis": dict(dataset.descriptions),
        "poskytovatel": catalog.publisher.iri,
        "téma": list(THEMES),
        "periodicita_aktualizace": FREQUENCY,
        "klíčové_slovo": {language: list(words) for language, words in KEYWORDS.items()},
        "prvek_rúian": list(catalog.ruian),
        "geografické_území": list(catalog.territories),
        **_contact(catalog),
        "dokumentace": f"{catalog.base}/about",
    }
    if dataset.series:
        document["je_součástí"] = dataset.series
    if dataset is not catalog.series:
        files = [_distribution(catalog, dataset, distribution) for distribution in dataset.distributions]
        document["distribuce"] = [*files, *([_service(catalog, dataset)] if dataset.is_queried else [])]
    return document


def _contact(catalog: Catalog) -> dict[str, Any]:
    if not catalog.contact.startswith("mailto:"):
        return {}
    name = next(iter(catalog.publisher.names.values()))
    return {"kontaktní_bod": {"typ": "Organizace", "jméno": {"cs": name}, "e-mail": catalog.contact}}


def _distribution(catalog: Catalog, dataset: Dataset, distribution: Distribution) -> dict[str, Any]:
    document = {
        "iri": distribution.iri,
        "typ": "Distribuce",
        "podmínky_užití": _terms(catalog, dataset),
        "přístupové_url": distribution.url,
        "soubor_ke_stažení": distribution.url,
        "formát": f"{EU_AUTHORITY}file-type/{distribution.file_type}",
        "typ_média": MEDIA_TYPES + distribution.media_type,
        "název": dict(distribution.titles),
    }
    if distribution.conforms_to:
        document["schéma"] = distribution.conforms_to
    if distribution.is_compressed:
        document["typ_média_komprese"] = f"{MEDIA_TYPES}application/gzip"
    return document


def _service(catalog: Catalog, dataset: Dataset) -> dict[str, Any]:
    endpoint, title = f"{catalog.base}/sparql", {"cs": "Dotazy SPARQL", "en": "SPARQL endpoint"}
    return {
        "iri": f"{dataset.iri}/sparql",
        "typ": "Distribuce",
        "podmínky_užití": _terms(catalog, dataset),
        "přístupové_url": endpoint,
        "název": title,
        "přístupová_služba": {
            "iri": catalog.service,
            "typ": "Datová služba",
            "název": title,
            "přístupový_bod": endpoint,
            "popis_přístupového_bodu": endpoint,
            "specifikace": [SPARQL_PROTOCOL],
        },
    }


def _terms(catalog: Catalog, dataset: Dataset) -> dict[str, Any]:
    values = terms_of(catalog.license, dataset.has_personal_data)
    terms: dict[str, Any] = {"typ": "Specifikace podmínek užití"}
    terms |= {name.replace("-", "_"): value for name, value in values.items()}
    for name in ("autor", "autor_databáze") if catalog.license else ():
        terms[name] = {"cs": catalog.titles["cs"]}
    return terms
