"""Facts of a year and the templates of the report make the yearly report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.records.records import Activity
from graph.views.year import PartnerYear, Year
from webapp.report.composing import Composed, DatedVisit, Kind, compose
from webapp.request.visit import Visit

__all__ = ["Report", "make_report"]

REPORT = Kind("report.html", "words")


@dataclass(frozen=True)
class Report(Composed):
    """A report of a year."""

    year: Year


def make_report(visit: Visit, year: Year, language: str) -> Report:
    """Make the report of a year in a language.

    Raises
    ------
    DocumentError
        A template cannot be read, or makes what is no document; the text names the file.
    """
    in_force = [agreement for partner in year.in_force for agreement in partner.official]
    values = {"y": year, "in_force": in_force, "shown_events": _shown_events}
    made = compose(DatedVisit(visit, year.on, language), REPORT, f"/reports/{year.year}", values)
    return Report(**vars(made), year=year)


def _shown_events(partner: PartnerYear) -> Sequence[Activity]:
    """Events of the year, then the last ones of earlier years."""
    return (*partner.events, *partner.before)
