"""What search engines read of a page: schema.org as JSON-LD, which no browser runs.

References
----------
schema.org; JSON-LD 1.1, section 7.1 (script elements); HTML, section 4.12.1.3 (contents of script elements).
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from flask import Flask, request
from markupsafe import Markup

from graph.records.records import Activity, Agreement, Concept, Document, Organization, Project, Record, Source
from webapp.open_data.catalog import catalog_of
from webapp.request import links
from webapp.request.visit import Visit, this_visit

__all__ = ["install", "structured_data"]

PAGE = re.compile(r"/page/([^/]+)/([^/]+)")
# Statuses of events for which schema.org has a term; of one that took place it has none.
_EVENT_STATUSES = {
    "announced": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "planned": "https://schema.org/EventScheduled",
}
PUBLIC_KINDS = {
    "agency", "consulate_general", "district", "elected_body", "embassy", "ministry", "municipality",
    "public_authority", "region", "regional_office_department", "representation_office", "state",
}  # fmt: skip
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
Thing = dict[str, Any]


def install(app: Flask) -> None:
    """Give templates ``structured_data()``."""
    app.jinja_env.globals["structured_data"] = structured_data


def structured_data() -> Markup:
    """Describe the page of the request; no character of it can end a script element."""
    visit = this_visit()
    base = visit.facts.settings.base
    website: Thing = {"@type": "WebSite", "@id": f"{base}/", "url": f"{base}/", "name": "Krajina"}
    page: Thing = {
        "@type": "WebPage",
        "@id": visit.links.canonical(visit.language),
        "inLanguage": visit.language,
        "isPartOf": {"@id": website["@id"]},
        "dateModified": visit.facts.edition.modified,
    }
    if visit.facts.has_tables:
        website["potentialAction"] = _search(base)
    subjects = _subjects(visit, page)
    things = [website, _filled(page), *subjects]
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return Markup("".join(ESCAPES.get(character, character) for character in text))


def _subjects(visit: Visit, page: Thing) -> list[Thing]:
    """Describe what the page is about, and tell the page so."""
    if not visit.facts.has_tables:
        return []
    if request.path in ("/catalog", "/download"):
        return _data_catalog(visit)
    page_of = PAGE.fullmatch(request.path)
    record = visit.library.get(visit.iris.resource(page_of[1], unquote(page_of[2]))) if page_of else None
    if record is None:
        return []
    page["mainEntity"] = {"@id": record.iri}
    return [
        _filled({"@id": record.iri, "url": record.iri, "name": _name(visit, record.iri), **_described(visit, record)})
    ]


def _described(visit: Visit, record: Record) -> Thing:
    match record:
        case Organization():
            return _organization(visit, record)
        case Agreement():
            return {"@type": "CreativeWork", "dateCreated": record.signed, "about": _named(visit, record.parties)}
        case Activity():
            places = record.places.get(visit.language, ())
            return {
                "@type": "Event", "startDate": record.since, "endDate": record.until,
                "eventStatus": _EVENT_STATUSES.get(visit.library.code(record.status), ""),
                "location": [{"@type": "Place", "name": place} for place in places],
                "attendee": _named(visit, record.participants),
            }  # fmt: skip
        case Project():
            summary = record.summary.get(visit.language) or ""
            return {"@type": "Project", "description": summary, "member": _named(visit, record.participants)}
        case Source():
            publisher = visit.library.name(record.publisher, visit.language)[0] if record.publisher else ""
            return {
                "@type": "CreativeWork", "name": record.name(visit.language)[0], "inLanguage": record.language,
                "datePublished": record.issued, "sameAs": links.outside(record.url),
                "archivedAt": links.outside(record.archived_at),
                "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
            }  # fmt: skip
        case Document():
            return {"@type": "CreativeWork", "datePublished": record.issued, "about": _named(visit, record.about)}
        case Concept():
            return {"@type": "DefinedTerm", "termCode": record.code, "inDefinedTermSet": record.scheme}
    return {"@type": "Thing"}


def _organization(visit: Visit, record: Organization) -> Thing:
    library = visit.library
    is_public = library.code(record.kind) in PUBLIC_KINDS
    address = _filled(
        {
            "@type": "PostalAddress",
            "addressLocality": record.seat.get(visit.language) or record.seat.get("", ""),
            "addressCountry": library.code(record.country),
        }
    )
    other = record.local[0] if record.local[0] != _name(visit, record.iri) else ""
    same = [iri for iri in (*record.same_as, *record.exact_match, record.website) if links.outside(iri)]
    return {
        "@type": "GovernmentOrganization" if is_public else "Organization",
        "alternateName": other,
        "address": address if len(address) > 1 else None,
        "sameAs": same,
    }


def _data_catalog(visit: Visit) -> list[Thing]:
    catalog = catalog_of(visit.facts)
    if catalog is None:
        return []
    sets = [
        {
            "@type": "Dataset",
            "@id": dataset.iri,
            "name": dataset.titles[visit.language],
            "description": dataset.descriptions[visit.language],
            "license": catalog.license,
            "dateModified": catalog.modified,
            "distribution": [
                {"@type": "DataDownload", "contentUrl": file.url, "encodingFormat": file.media_type}
                for file in dataset.distributions
                if not file.is_compressed
            ],
        }
        for dataset in catalog.datasets
        if not dataset.series
    ]
    name = {"name": catalog.titles[visit.language], "description": catalog.descriptions[visit.language]}
    return [{"@type": "DataCatalog", "@id": catalog.iri, "license": catalog.license, **name, "dataset": sets}]


def _search(base: str) -> Thing:
    target = {"@type": "EntryPoint", "urlTemplate": f"{base}/search?q={{text}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=text"}


def _named(visit: Visit, iris: tuple[str, ...]) -> list[Thing]:
    return [{"@type": "Organization", "@id": iri, "name": _name(visit, iri)} for iri in iris]


def _name(visit: Visit, iri: str) -> str:
    return visit.library.name(iri, visit.language)[0]


def _filled(thing: Thing) -> Thing:
    """Leave out what is not known."""
    return {name: value for name, value in thing.items() if value}
