"""Routes ``/reports`` and ``/reports/YEAR`` with its files: DOCX, PDF, and the evidence of each sentence as JSON-LD."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from graph.documents.model import headings
from graph.documents.writing import WRITERS, Labels, Paper, write_paper
from graph.views.year import year_of, years_of
from webapp.map.sheet import FONTS
from webapp.report.document import Report, digest, make_report
from webapp.report.trace import write_trace
from webapp.request.language import _
from webapp.request.linked_data import validate
from webapp.request.made_files import made_once
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
# Headings of a document below its title, as a page has them.
BELOW: Mapping[str, str] = {"h1": "h2", "h2": "h3", "h3": "h4"}


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


def report_file(visit: Visit, report: Report, form: str) -> tuple[bytes, tuple[str, ...]]:
    """Make a file of a report: ``docx``, ``pdf``, ``html`` or ``jsonld``.

    Returns
    -------
    tuple of (bytes, tuple of str)
        The file, and remarks of its writer.
    """
    if form == "html":
        sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in LOOKS)
        looks = Markup(f"<style>{sheets}</style>")  # our own sheets: the file stands alone
        page = render_template("report_file.html", report=report, body=_markup(report.root), looks=looks)
        return page.encode(), ()
    if form == "jsonld":
        return write_trace(visit, report), ()
    return write_paper(_paper(visit, report), form)


def _list() -> str:
    visit = this_visit()
    years = years_of(visit.facts, visit.on.day)
    entries = [Entry(year, visit.links.path(f"/reports/{year}"), _files(visit, year)) for year in years]
    return render_template("reports.html", entries=entries)


def _files(visit: Visit, year: int) -> tuple[tuple[str, str], ...]:
    return tuple((visit.links.path(f"/reports/{year}.{form}"), form.upper()) for form in WRITERS)


def _number(year: str) -> int:
    return int(year) if len(year) == 4 and year.isascii() and year.isdecimal() else abort(404)


def _page(year: str) -> str:
    visit = this_visit()
    report = _report(visit, _number(year))
    return render_template(
        "report_page.html", report=report, body=_markup(report.root), shown_day=report.year.on.day,
        files=(*_files(visit, int(year)), (visit.links.path(f"/reports/{year}.jsonld"), "JSON-LD")),
    )  # fmt: skip


def _file(year: int, form: str) -> Response:
    visit = this_visit()
    key = ("report", year, form, visit.language, _day(visit), digest(visit.facts.settings))
    content = made_once(visit.facts, key, lambda: report_file(visit, _report(visit, year), form)[0])
    response = Response(content, content_type=FORMS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="krajina-report-{year}.{form}"'
    response.vary.add("Accept-Language")
    # Not of the edition only: words and looks are those of files that an office may edit.
    validate(visit, response, f"{visit.language}-{hashlib.sha256(content).hexdigest()}")
    return response


def _report(visit: Visit, year: int) -> Report:
    day, years = _day(visit), years_of(visit.facts)
    if year not in years:
        told = {"year": year, "first": years[-1], "last": years[0]}
        abort(404, _("There is no report of %(year)s. There are those of %(first)s to %(last)s.", **told))
    if day and day.year < year:
        shown = format_date(day.isoformat(), lang=visit.language)
        said = _(
            "A report of %(year)s cannot be as of %(day)s. Name a day of that year or a later one.",
            year=year,
            day=shown,
        )
        abort(404, said)
    return make_report(visit, year_of(visit.facts, year, day), visit.language)


def _day(visit: Visit) -> date | None:
    return visit.on.day if visit.is_day_set else None


def _markup(root: ET.Element) -> Markup:
    """Write the sections of a document for a page: its title is the one heading above all, contents are links."""
    copy = ET.fromstring(ET.tostring(root, encoding="unicode"))
    for element in copy.iter():
        element.tag = BELOW.get(element.tag, element.tag)
        if element.tag == "p" and element.get("class") == "title":
            element.tag = "h1"
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
            table=_("Table"), page=_("Page {page} of {pages}"),
            lacking={
                "CJK": _("[Chinese script]"), "HEBREW": _("[Hebrew script]"), "ARABIC": _("[Arabic script]"),
                "": _("[other script]"),
            },
        ),
        pattern=visit.facts.settings.report_pattern,
    )  # fmt: skip
