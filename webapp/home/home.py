"""The home page: numbers, questions, agreements by country and of the region, last events, what is not known."""

from __future__ import annotations

from flask import render_template

from graph.records.reading import Form
from graph.records.records import Activity, Agreement
from graph.views.region import Side, home_country
from webapp.home.bars import country_bars
from webapp.home.questions import home_questions
from webapp.home.tiles import home_tiles
from webapp.home.unknown import home_unknown
from webapp.listing.fields import source_iris
from webapp.listing.lists import chosen_set, present_index
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import (
    Cell,
    cell_markup,
    country_pieces,
    date_cell,
    names_cell,
    number_cell,
    start_of,
    state_cell,
)
from webapp.words.parts import Piece, piece
from webapp.words.typography import format_date, of_region

__all__ = ["region_agreements", "render_home"]

EVENTS = 6
FORMS = list(Form)


def render_home() -> str:
    """Render ``/``; of RDF files that are not the tables it can only tell the size, so it leads to SPARQL."""
    if not this_visit().facts.has_tables:
        return render_template("home_files.html")
    agreements = region_agreements(this_visit())
    later = (
        present_index(this_visit(), "agreements")
        .matching({"side": (Side.REGION,), "status": (Form.FUTURE,)})
        .bit_count()
    )
    events = last_events(this_visit())
    return render_template(
        "home.html",
        region=_region_name(this_visit()),
        past_day=format_date(this_visit().on.day.isoformat(), lang=this_visit().language)
        if this_visit().on.is_past
        else "",
        tiles=home_tiles(this_visit()),
        questions=home_questions(this_visit()),
        bars=country_bars(this_visit()),
        subtitle=_subtitle(len(agreements)),
        columns=_columns(),
        rows=[[cell_markup(cell) for cell in _agreement_row(this_visit(), agreement)] for agreement in agreements],
        later=later if this_visit().on.is_past else 0,
        later_href=this_visit().links.list_page("agreements", side=Side.REGION, status=Form.FUTURE),
        events=[_event(this_visit(), activity) for activity in events[:EVENTS]],
        number_of_events=chosen_set(this_visit(), "activities", {}).bit_count(),
        unknown=home_unknown(this_visit()),
    )


def _region_name(visit: Visit) -> str:
    name = visit.library.name(visit.library.home, visit.language)[0]
    return name if visit.language == "cs" else of_region(name, lang=visit.language)


def region_agreements(visit: Visit) -> list[Agreement]:
    """Agreements to which the home region is a party, on a past day without later ones.

    Returns
    -------
    list of Agreement
        By form (held, aged, open, ended, future), in it newest first, unknown dates last.
    """
    found: list[Agreement] = present_index(visit, "agreements").take(
        chosen_set(visit, "agreements", {"side": (Side.REGION,)})
    )
    newest = sorted(found, key=start_of, reverse=True)
    return sorted(newest, key=lambda agreement: FORMS.index(visit.state(agreement).form))


def last_events(visit: Visit) -> list[Activity]:
    """Activities with a date that is not later than the day, newest first."""
    index = present_index(visit, "activities")
    begun: list[Activity] = index.take(index.everything & ~index.members("status", Form.FUTURE))
    return sorted((activity for activity in begun if activity.since), key=lambda one: one.since, reverse=True)


def _subtitle(number: int) -> str:
    return _("%(num)s, the valid ones first", num=number)


def _columns() -> list[dict[str, object]]:
    return [
        {"title": _("Partner")},
        {"title": _("Agreement")},
        {"title": _("Signing or start"), "label": _("Signed"), "nb": True},
        {"title": _("State")},
        {"title": _("Sources"), "num": True},
    ]


def _agreement_row(visit: Visit, agreement: Agreement) -> tuple[Cell, ...]:
    others = [iri for iri in agreement.parties if iri != visit.library.home]
    return (
        names_cell(
            visit,
            others,
            country_pieces(visit, others)
            or (Piece(visit.library.name(home_country(visit.library), visit.language)[0]),),
        ),
        Cell((piece(visit, agreement.iri),)),
        date_cell(visit, start_of(agreement), "masculine"),
        state_cell(agreement),
        number_cell(len(source_iris(agreement))),
    )


def _event(visit: Visit, activity: Activity) -> dict[str, str | Piece]:
    return {"when": format_date(activity.since, lang=visit.language), "what": piece(visit, activity.iri)}
