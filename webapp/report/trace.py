"""The trace of a report as JSON-LD: records and sources that each sentence rests on, and what made the report.

References
----------
PROV-O (W3C Recommendation 2013); Web Annotation Vocabulary (W3C Recommendation 2017).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from graph.documents.verifying import Sentence
from graph.errors import InputError
from webapp.report.composing import Composed
from webapp.request.visit import Visit

__all__ = ["Trace", "read_trace", "write_trace"]

PLACE = re.compile(r"/(reports(?=/[0-9]{4}\Z)|briefings)/([^/]+)\Z")


@dataclass(frozen=True)
class Trace:
    """What a trace tells of a document: what it was made of, and its sentences.

    Attributes
    ----------
    kind, name : str
        ``reports`` and its year, or ``briefings`` and the row id of the partner.
    companions : sequence of str
        Row ids of the organizations that a brief tells of, too.
    """

    kind: str
    name: str
    companions: Sequence[str]
    day: date
    language: str
    edition: str
    template: str
    sentences: Sequence[Sentence]


def write_trace(visit: Visit, report: Composed) -> bytes:
    """Write the trace of a report."""
    return json.dumps(_told(visit, report), ensure_ascii=False, indent=1).encode() + b"\n"


def read_trace(path: Path) -> Trace:
    """Read what `write_trace` wrote.

    Raises
    ------
    InputError
        It is no trace of a report; the text names the file.
    """
    try:
        told = json.loads(path.read_bytes())
        address, title = told["@id"], told["dcterms:title"]
        parts = urlsplit(address)
        kind, name = PLACE.search(parts.path).groups()  # type: ignore[union-attr]  # caught below
        edition, template = (used["@id"] for used in told["prov:wasGeneratedBy"]["prov:used"])
        return Trace(
            kind=kind,
            name=unquote(name),
            companions=tuple(parse_qs(parts.query).get("with", ())),
            day=date.fromisoformat(told["dcterms:valid"]["@value"]),
            language=title["@language"],
            edition=edition.rpartition("/")[2],
            template=template.removeprefix("urn:sha256:"),
            sentences=tuple(_read_sentence(each, edition) for each in told["sentences"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: this is no trace of a report as krajina writes it: {error}") from error


def _read_sentence(told: dict[str, object], edition: str) -> Sentence:
    records, sources = tuple(map(str, told["records"])), tuple(map(str, told["sources"]))  # type: ignore[call-overload]
    ground = str(told.get("ground", ""))
    # What rests on a ground is said to come of the edition, which is no record.
    return Sentence(
        str(told["@id"]).rpartition("#")[2],
        str(told["exact"]),
        () if records == (edition,) else records,
        sources,
        ground,
    )


def _told(visit: Visit, report: Composed) -> dict[str, object]:
    base, edition = visit.facts.settings.base, visit.facts.edition
    address = f"{base}{report.address}"
    programs = {"krajina": version("krajina"), "python-docx": version("python-docx"), "typst": version("typst")}
    return {
        "@context": {
            "prov": "http://www.w3.org/ns/prov#", "oa": "http://www.w3.org/ns/oa#",
            "dcterms": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#",
            "exact": "oa:exact", "sentences": {"@id": "dcterms:hasPart"},
            "records": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
            "sources": {"@id": "dcterms:source", "@type": "@id"}, "ground": "dcterms:description",
        },
        "@id": address,
        "@type": "prov:Entity",
        "dcterms:title": {"@value": report.title, "@language": report.language},
        "dcterms:valid": {"@value": report.day.isoformat(), "@type": "xsd:date"},
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:used": [
                {"@id": f"{base}/editions/{edition.identifier}"},
                {"@id": f"urn:sha256:{report.template}", "dcterms:title": "templates of the report"},
            ],
            "prov:wasAssociatedWith": [f"{name} {number}" for name, number in programs.items()],
        },
        "sentences": [
            {
                "@id": f"{address}#{each.identifier}", "@type": ["prov:Entity", "oa:TextQuoteSelector"],
                "exact": each.text, "records": list(each.records) or [f"{base}/editions/{edition.identifier}"],
                "sources": list(each.sources), **({"ground": each.ground} if each.ground else {}),
            }
            for each in report.sentences
        ],
    }  # fmt: skip
