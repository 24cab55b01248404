"""Routes ``/reports``, ``/reports/YEAR``, ``/briefings/ID``, and their files: DOCX, PDF, the evidence as JSON-LD."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from graph.documents.model import headings
from graph.documents.writing import WRITERS, Labels, Paper, write_paper
from graph.errors import InputError
from graph.views.partnership import known
from graph.views.year import year_of, years_of
from webapp.map.sheet import FONTS
from webapp.report.brief import Brief, make_brief
from webapp.report.composing import Composed
from webapp.report.document import Report, make_report
from webapp.report.office_templates import digest
from webapp.report.trace import write_trace
from webapp.request.language import _
from webapp.request.linked_data import validate
from webapp.request.made_files import Key, made_once
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_date

__all__ = ["FORMS", "document_file", "report_blueprint"]

LOOKS = [Path(__file__).parent.parent / "static" / name for name in ("tokens.css", "report.css")]
# Format of a file -> media type.
FORMS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "jsonld": "application/ld+json",
}
MOST_COMPANIONS = 8  # as many as two pages hold
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
        brief = f"/briefings/<slug>.{form}"
        blueprint.add_url_rule(brief, f"brief_{form}", lambda slug, f=form: _brief_file(slug, f))
    blueprint.add_url_rule("/briefings/<slug>", "brief", _brief_page)
    return blueprint


def document_file(visit: Visit, made: Composed, form: str) -> tuple[bytes, tuple[str, ...]]:
    """Make a file of a report or brief: ``docx``, ``pdf``, ``html`` or ``jsonld``.

    Returns
    -------
    tuple of (bytes, tuple of str)
        The file, and remarks of its writer.
    """
    if form == "html":
        sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in LOOKS)
        looks = Markup(f"<style>{sheets}</style>")  # our own sheets: the file stands alone
        told = {"title": _title(made), "language": made.language, "body": _markup(made.root)}
        return render_template("report_file.html", looks=looks, **told).encode(), ()
    if form == "jsonld":
        return write_trace(visit, made), ()
    return write_paper(_paper(visit, made), form)


def _title(made: Composed) -> str:
    return f"{made.title} {made.year.year}" if isinstance(made, Report) else made.title


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
    crumbs = [{"text": _("Yearly reports"), "href": visit.links.address("/reports")}, {"text": year}]
    files = (*_files(visit, int(year)), (visit.links.path(f"/reports/{year}.jsonld"), "JSON-LD"))
    return _shown(report, crumbs, files)


def _shown(made: Composed, crumbs: Sequence[Mapping[str, str]], files: Sequence[tuple[str, str]]) -> str:
    return render_template(
        "report_page.html", title=_title(made), body=_markup(made.root), shown_day=made.day, files=files, trail=crumbs,
    )  # fmt: skip


def _file(year: int, form: str) -> Response:
    visit = this_visit()
    key = ("report", year, form, visit.language, _day(visit), digest(visit.facts.settings))
    return _sent(visit, key, lambda: _report(visit, year), form, f"krajina-report-{year}")


def _brief_page(slug: str) -> str:
    visit = this_visit()
    brief, others = _brief(visit, slug), visit.links.args.get("with", ())
    partner = brief.briefing.organization.iri
    crumbs = [
        {"text": visit.reader.short_name(partner), "href": visit.links.page(partner)}, {"text": _("Visit brief")},
    ]  # fmt: skip
    shown = (("docx", "DOCX"), ("pdf", "PDF"), ("jsonld", "JSON-LD"))
    given = {"with": others} if others else {}
    files = [(visit.links.address(f"/briefings/{slug}.{form}", **given), label) for form, label in shown]
    return _shown(brief, crumbs, files)


def _brief_file(slug: str, form: str) -> Response:
    visit = this_visit()
    day, others = visit.on.day, tuple(visit.links.args.get("with", ()))
    key = ("brief", slug, others, form, visit.language, day, digest(visit.facts.settings))
    return _sent(visit, key, lambda: _brief(visit, slug), form, f"krajina-brief-{slug}-{day}")


def _brief(visit: Visit, slug: str) -> Brief:
    others = visit.links.args.get("with", ())
    if len(others) > MOST_COMPANIONS:
        abort(400, _("A brief tells of at most %(number)s organizations that take part, too.", number=MOST_COMPANIONS))
    for other in others:
        try:
            known(visit.facts, other)
        except InputError:
            abort(
                400, _("%(name)s (with) is no organization here: take the last part of its address.", name=other[:60])
            )
    try:
        return make_brief(visit, slug, others, visit.on, visit.language)
    except InputError:
        abort(
            404, _("There is no brief for %(name)s: name an organization abroad that has a page here.", name=slug[:60])
        )


def _sent(visit: Visit, key: Key, make: Callable[[], Composed], form: str, name: str) -> Response:
    content = made_once(visit.facts, key, lambda: document_file(visit, make(), form)[0])
    response = Response(content, content_type=FORMS[form])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form}")
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
    below = BELOW if any(p.get("class") == "title" for p in copy.iter("p")) else {}
    for element in copy.iter():
        element.tag = below.get(element.tag, element.tag)
        if element.tag == "p" and element.get("class") == "title":
            element.tag = "h1"
    for table in copy.iter("table"):
        _fold(table)
    for section in copy:
        if section.get("class") == "contents":
            entries = ET.SubElement(section, "ul")
            for level, name, text in headings(root):
                if level == 1:
                    link = ET.SubElement(ET.SubElement(entries, "li"), "a", href=f"#{name}")
                    link.text = text
    return Markup("".join(ET.tostring(section, encoding="unicode", method="html") for section in copy))


def _fold(table: ET.Element) -> None:
    """Have the rows of a table with headings stand as cards on a phone, each cell behind its heading."""
    headings_of = ["".join(heading.itertext()).strip() for heading in table.iterfind("thead/tr/th")]
    if not headings_of:
        return
    table.set("class", f"{table.get('class', '')} fold-t".strip())
    for row in table.iterfind("tbody/tr"):
        for heading, cell in zip(headings_of, row, strict=True):
            cell.set("data-l", heading)


def _paper(visit: Visit, made: Composed) -> Paper:
    day, edition = made.day.isoformat(), visit.facts.edition.identifier
    told = {"day": format_date(day, lang=made.language), "edition": edition}
    if isinstance(made, Report):
        running = _("International cooperation %(year)s", year=made.year.year)
        foot = _("State of the data on %(day)s, edition %(edition)s", **told)
    else:
        running = made.title
        foot = _("For internal use. State of the data on %(day)s, edition %(edition)s", **told)
    return Paper(
        root=made.root, title=made.title, language=made.language, running=running, foot=foot,
        day=day, edition=edition, fonts=tuple(FONTS.values()),
        labels=Labels(
            table=_("Table"), page=_("Page {page} of {pages}"),
            lacking={
                "CJK": _("[Chinese script]"), "HEBREW": _("[Hebrew script]"), "ARABIC": _("[Arabic script]"),
                "": _("[other script]"),
            },
        ),
        pattern=visit.facts.settings.report_pattern,
    )  # fmt: skip
