"""Routes ``/reports`` and ``/reports/YEAR`` with its files: DOCX, PDF, and the evidence of each sentence as JSON-LD.

References
----------
PROV-O (W3C Recommendation 2013); Web Annotation Vocabulary (W3C Recommendation 2017).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from graph.documents.model import headings
from graph.documents.writing import WRITERS, Labels, Paper, write_paper
from graph.errors import InputError
from graph.views.year import year_of, years_of
from webapp.map.sheet import FONTS
from webapp.report.document import Report, make_report
from webapp.request.language import _
from webapp.request.linked_data import validate
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_date

__all__ = ["FORMS", "report_blueprint", "report_file"]

LOOKS = [Path(__file__).parent.parent / "static" / name for name in ("tokens.css", "report.css")]
# Format of a file -> media type.
FORMS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "jsonld": "application/ld+json",
}


@dataclass(frozen=True)
class Entry:
    """A report in the list: year, address of its page, and its files."""

    year: int
    href: str
    files: tuple[tuple[str, str], ...]


def report_blueprint() -> Blueprint:
    """Make the routes."""
    blueprint = Blueprint("report", __name__)
    blueprint.add_url_rule("/reports", "list", _list)
    blueprint.add_url_rule("/reports/<year>", "page", _page)
    for form in FORMS:
        blueprint.add_url_rule(f"/reports/<year>.{form}", form, lambda year, f=form: _file(_number(year), f))
    return blueprint


def report_file(visit: Visit, year: int, day: date | None, form: str) -> tuple[bytes, tuple[str, ...]]:
    """Make the file of a report in the language of a visit: ``docx``, ``pdf``, ``html`` or ``jsonld``.

    Returns
    -------
    tuple of (bytes, tuple of str)
        The file, and remarks of its writer.

    Raises
    ------
    InputError
        There is no report of the year, or not as of the day.
    """
    report = make_report(visit, year_of(visit.facts, year, day), visit.language)
    if form == "html":
        sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in LOOKS)
        looks = Markup(f"<style>{sheets}</style>")  # our own sheets: the file stands alone
        page = render_template("report_file.html", report=report, body=_markup(report.root), looks=looks)
        return page.encode(), ()
    if form == "jsonld":
        return json.dumps(_trace(visit, report), ensure_ascii=False, indent=1).encode() + b"\n", ()
    return write_paper(_paper(visit, report), form)


def _list() -> str:
    visit = this_visit()
    entries = [Entry(year, visit.links.path(f"/reports/{year}"), _files(visit, year)) for year in years_of(visit.facts)]
    return render_template("reports.html", entries=entries)


def _files(visit: Visit, year: int) -> tuple[tuple[str, str], ...]:
    return tuple((visit.links.path(f"/reports/{year}.{form}"), form.upper()) for form in WRITERS)


def _number(year: str) -> int:
    return int(year) if len(year) == 4 and year.isdecimal() else abort(404)


def _page(year: str) -> str:
    visit = this_visit()
    report = _report(visit, _number(year))
    on = report.year.on.day.isoformat()
    return render_template(
        "report_page.html", report=report, body=_markup(report.root), day=on,
        files=((visit.links.path(f"/reports/{year}.{form}"), form.upper()) for form in FORMS),
    )  # fmt: skip


def _file(year: int, form: str) -> Response:
    visit = this_visit()
    try:
        content, _remarks = report_file(visit, year, _day(visit), form)
    except InputError as error:
        abort(404, str(error))
    response = Response(content, content_type=FORMS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="krajina-report-{year}.{form}"'
    response.vary.add("Accept-Language")
    validate(visit, response, f"{visit.language}-{request.path}-{visit.on.day}")
    return response


def _report(visit: Visit, year: int) -> Report:
    try:
        return make_report(visit, year_of(visit.facts, year, _day(visit)), visit.language)
    except InputError as error:
        abort(404, str(error))


def _day(visit: Visit) -> date | None:
    return visit.on.day if visit.is_day_set else None


def _markup(root: ET.Element) -> Markup:
    """Write the sections of a document for a page: contents as links, addresses as such."""
    copy = ET.fromstring(ET.tostring(root, encoding="unicode"))
    for section in copy:
        if section.get("class") == "contents":
            entries = ET.SubElement(section, "ul")
            for level, name, text in headings(root):
                if level == 1:
                    link = ET.SubElement(ET.SubElement(entries, "li"), "a", href=f"#{name}")
                    link.text = text
    return Markup("".join(ET.tostring(section, encoding="unicode", method="html") for section in copy))


def _paper(visit: Visit, report: Report) -> Paper:
    day = report.year.on.day.isoformat()
    told = {"day": format_date(day, lang=report.language), "edition": visit.facts.edition.identifier}
    return Paper(
        root=report.root, title=report.title, language=report.language,
        running=_("International cooperation %(year)s", year=report.year.year),
        foot=_("State of the data on %(day)s, edition %(edition)s", **told),
        day=day, edition=visit.facts.edition.identifier, fonts=tuple(FONTS.values()),
        labels=Labels(
            table=_("Table"), figure=_("Figure"), page=_("Page {page} of {pages}"),
            lacking={
                "CJK": _("[Chinese script]"), "HEBREW": _("[Hebrew script]"), "ARABIC": _("[Arabic script]"),
                "": _("[other script]"),
            },
        ),
        pattern=visit.facts.settings.report_pattern,
    )  # fmt: skip


def _trace(visit: Visit, report: Report) -> dict[str, object]:
    """Say of each sentence which records and sources it rests on, and of the report what made it."""
    base, edition = visit.facts.settings.base, visit.facts.edition
    address = f"{base}/reports/{report.year.year}"
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
        "dcterms:valid": {"@value": report.year.on.day.isoformat(), "@type": "xsd:date"},
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
