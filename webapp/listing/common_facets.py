"""Facets that several lists share: state on the day, kind, countries of partners, areas, years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from graph.records.reading import Form, Phrase
from graph.records.records import Claim, Dated, Record
from webapp.asof import asof
from webapp.language import _, pgettext
from webapp.listing.cells import concept_label
from webapp.listing.facets import Facet
from webapp.region import partner_countries, with_broader
from webapp.site import site
from webapp.typography import format_date
from webapp.wording import reading

__all__ = [
    "DIFFER",
    "NONE",
    "UNDATED",
    "area_facet",
    "country_facet",
    "evidence_facet",
    "form_label",
    "kind_facet",
    "status_facet",
    "year_facet",
]

NONE, UNDATED, DIFFER = "none", "undated", "differ"
R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=Dated)


def status_facet(label: Callable[[str], str]) -> Facet[D]:
    """State on the day of the request: the form of its badge."""
    return Facet(
        name="status",
        title=_status_title,
        short=lambda: _("State"),
        codes=lambda record: (reading(record).form,),
        label=label,
    )


def form_label(code: str) -> str:
    """Word for a state of an agreement; a past day speaks in the past tense."""
    past = asof().is_past
    labels = {
        Form.HELD: _("was valid") if past else _("valid"),
        Form.AGED: _("older or undated evidence"),
        Form.OPEN: _("not verified"),
        Form.ENDED: _("ended"),
        Form.FUTURE: _("concluded later") if past else _("not concluded yet"),
    }
    return next((label for form, label in labels.items() if form == code), code)


def kind_facet(scheme: str) -> Facet[R]:
    """Kind by a code list."""
    return Facet(
        name="kind",
        title=lambda: _("Kind"),
        codes=lambda record: (site().library.code(record.kind) or NONE,),
        label=lambda code: _("not stated") if code == NONE else concept_label(scheme, code),
    )


def country_facet(title: Callable[[], str], organizations: Callable[[R], Iterable[str]]) -> Facet[R]:
    """Countries of organizations, the home country left out."""
    return Facet(
        name="country",
        title=title,
        codes=lambda record: map(site().library.code, partner_countries(site().library, organizations(record))),
        label=lambda code: concept_label("countries", code),
    )


def area_facet(areas: Callable[[R], Iterable[str]]) -> Facet[R]:
    """Areas of cooperation; the top ones are offered, a narrower one counts for its broader ones too."""
    return Facet(
        name="area",
        title=lambda: _("Area"),
        codes=lambda record: tuple(map(site().library.code, with_broader(site().library, areas(record)))) or (NONE,),
        label=lambda code: _("not stated") if code == NONE else concept_label("areas", code),
        offered=_is_top_area,
        folded=True,
    )


def year_facet(date: Callable[[R], str]) -> Facet[R]:
    """Year of a date as given, newest first."""
    return Facet(
        name="year",
        title=lambda: _("Year"),
        codes=lambda record: (date(record)[:4] or NONE,),
        label=lambda code: pgettext("masculine", "unknown") if code == NONE else code,
        by_code=True,
    )


def evidence_facet() -> Facet[R]:
    """Tell what is weak in the evidence: it holds only by a source without a date, or sources differ."""
    return Facet(
        name="evidence",
        title=lambda: _("Evidence"),
        codes=_evidence,
        label=lambda code: {UNDATED: _("undated web page only"), DIFFER: _("sources differ")}.get(code, code),
        folded=True,
    )


def _evidence(record: Record) -> Iterable[str]:
    if any(isinstance(other, Claim) for other in site().library.naming(record.iri)):
        yield DIFFER
    if isinstance(record, Dated):
        read = reading(record)
        if read.phrase is Phrase.UNDATED and read.form in (Form.HELD, Form.AGED):
            yield UNDATED


def _is_top_area(code: str) -> bool:
    concept = site().library.concept("areas", code)
    return code == NONE or (concept is not None and not concept.broader)


def _status_title() -> str:
    on = asof()
    return _("State on %(day)s", day=format_date(on.day.isoformat())) if on.is_past else _("State")
