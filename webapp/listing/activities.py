"""The list of activities: visits, fairs, sessions, signings."""

from __future__ import annotations

from graph.folding import czech_order
from graph.records.reading import Form
from graph.records.records import Activity
from graph.views.facets import Facet
from webapp.listing.common_facets import NONE, area_facet, country_facet, evidence_facet, kind_facet, year_facet
from webapp.listing.description import Answer, Column, Field, ListDescription
from webapp.listing.fields import area_codes, base_fields, country_codes, source_iris
from webapp.request.language import _, ngettext
from webapp.request.visit import this_visit
from webapp.words.cells import (
    Cell,
    country_pieces,
    date_cell,
    kind_text,
    names_cell,
    number_of_sources,
    source_cell,
    title_cell,
)
from webapp.words.parts import Piece, between
from webapp.words.typography import sentence, some

__all__ = ["ACTIVITIES"]

PAST, UNDATED = "past", NONE


def _status(activity: Activity) -> tuple[str, ...]:
    if this_visit().state(activity).form is Form.FUTURE:
        return (Form.FUTURE.value,)
    return (PAST if activity.since else UNDATED,)


def _status_label(code: str) -> str:
    labels = {
        PAST: _("by that day") if this_visit().on.is_past else _("has taken place"),
        UNDATED: _("date unknown"),
        Form.FUTURE.value: _("later"),
    }
    return labels.get(code, code)


def _participants(activity: Activity) -> tuple[str, ...]:
    return activity.participants


def _when(activity: Activity) -> Cell:
    text = between(this_visit(), activity, single_day=True)
    return Cell((Piece(text),)) if text else date_cell(this_visit(), "", "neuter")


def _place(activity: Activity) -> Cell:
    places = activity.places.get(this_visit().language) or activity.places.get("en", ())
    return Cell(tuple(map(Piece, places)))


def _sentence(answer: Answer) -> str:
    dated, undated, later = (answer.count("status", code) for code in (PAST, UNDATED, Form.FUTURE))
    return " ".join(
        filter(
            None,
            (
                sentence(
                    some(dated, ngettext("%(num)s has a date", "%(num)s have a date", dated)),
                    some(
                        undated,
                        ngettext("for %(num)s no date is known", "for %(num)s no date is known", undated),
                    ),
                ),
                sentence(some(later, ngettext("%(num)s took place later", "%(num)s took place later", later))),
            ),
        )
    )


ACTIVITIES: ListDescription[Activity] = ListDescription(
    name="activities",
    title=lambda: _("Events"),
    noun=lambda number: ngettext("%(num)s event", "%(num)s events", number),
    records=lambda: this_visit().library.activities.values(),
    facets=(
        Facet(name="status", title=lambda: _("Time"), codes=_status, label=_status_label),
        kind_facet("activity-kinds"),
        year_facet(lambda activity: activity.since),
        country_facet(lambda: _("Country of participants"), _participants),
        area_facet(lambda activity: activity.areas),
        evidence_facet(),
    ),
    columns=(
        Column(
            "title",
            lambda: _("Event"),
            lambda a: title_cell(this_visit(), a, kind_text(a)),
            lambda activity: czech_order(activity.name(this_visit().language)[0]),
        ),
        Column("date", lambda: _("Date"), _when, lambda a: a.since, is_date=True, breaks=True),
        Column("place", lambda: _("Place"), _place),
        Column(
            "participants",
            lambda: _("Participants"),
            lambda a: names_cell(this_visit(), a.participants, country_pieces(this_visit(), a.participants)),
        ),
        Column("sources", lambda: _("Sources"), source_cell, number_of_sources, numeric=True),
    ),
    fields=(
        *base_fields(),
        Field("since", lambda a: a.since),
        Field("until", lambda a: a.until),
        Field("participants", _participants),
        Field("countries", lambda a: country_codes(this_visit(), a.participants)),
        Field("agreement", lambda a: a.agreement),
        Field("project", lambda a: a.project),
        Field("areas", lambda a: area_codes(this_visit(), a.areas)),
        Field("sources", source_iris),
    ),
    sentence=_sentence,
    caption=lambda answer: "",
    order="-date",
    later=True,
)
