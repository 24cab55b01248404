"""Facets that several lists share: state on the day, kind, countries of partners, areas, years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from graph.records.reading import Form, Phrase
from graph.records.records import Claim, Dated, Record
from graph.views.facets import Facet
from graph.views.region import partner_countries, with_broader
from webapp.request.language import _, pgettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import concept_label
from webapp.words.typography import format_date

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
        title=lambda: _status_title(this_visit()),
        short=lambda: _("State"),
        codes=lambda record: (this_visit().state(record).form,),
        label=label,
    )


def form_label(code: str) -> str:
    """Word for a state of an agreement; a past day speaks in the past tense."""
    past = this_visit().on.is_past
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
        codes=lambda record: (this_visit().library.code(record.kind) or NONE,),
        label=lambda code: _("not stated") if code == NONE else concept_label(this_visit(), scheme, code),
    )


def country_facet(title: Callable[[], str], organizations: Callable[[R], Iterable[str]]) -> Facet[R]:
    """Countries of organizations, the home country left out."""
    return Facet(
        name="country",
        title=title,
        codes=lambda record: map(
            this_visit().library.code, partner_countries(this_visit().library, organizations(record))
        ),
        label=lambda code: concept_label(this_visit(), "countries", code),
    )


def area_facet(areas: Callable[[R], Iterable[str]]) -> Facet[R]:
    """Areas of cooperation; the top ones are offered, a narrower one counts for its broader ones too."""
    return Facet(
        name="area",
        title=lambda: _("Area"),
        codes=lambda record: (
            tuple(map(this_visit().library.code, with_broader(this_visit().library, areas(record)))) or (NONE,)
        ),
        label=lambda code: _("not stated") if code == NONE else concept_label(this_visit(), "areas", code),
        offered=lambda code: _is_top_area(this_visit(), code),
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
        codes=lambda record: _evidence(this_visit(), record),
        label=lambda code: {UNDATED: _("undated web page only"), DIFFER: _("sources differ")}.get(code, code),
        folded=True,
    )


def _evidence(visit: Visit, record: Record) -> Iterable[str]:
    if any(isinstance(other, Claim) for other in visit.library.naming(record.iri)):
        yield DIFFER
    if isinstance(record, Dated):
        read = visit.state(record)
        if read.phrase is Phrase.UNDATED and read.form in (Form.HELD, Form.AGED):
            yield UNDATED


def _is_top_area(visit: Visit, code: str) -> bool:
    concept = visit.library.concept("areas", code)
    return code == NONE or (concept is not None and not concept.broader)


def _status_title(visit: Visit) -> str:
    on = visit.on
    return _("State on %(day)s", day=format_date(on.day.isoformat(), lang=visit.language)) if on.is_past else _("State")
