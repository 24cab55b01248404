"""The home page: numbers, questions, agreements by country and of the region, last events, what is not known."""

from __future__ import annotations

from flask import render_template

from graph.records.reading import Form
from graph.records.records import Activity, Agreement
from webapp import links
from webapp.asof import asof
from webapp.language import _, language
from webapp.listing.cells import (
    Cell,
    cell_markup,
    country_pieces,
    date_cell,
    names_cell,
    number_cell,
    start_of,
    state_cell,
)
from webapp.listing.fields import source_iris
from webapp.listing.lists import chosen_set, present_index
from webapp.overview.bars import country_bars
from webapp.overview.questions import home_questions
from webapp.overview.tiles import home_tiles
from webapp.overview.unknown import home_unknown
from webapp.record.parts import Piece, piece
from webapp.region import Side, home_country
from webapp.site import site
from webapp.typography import format_date, of_region
from webapp.wording import reading

__all__ = ["region_agreements", "render_home"]

EVENTS = 6
FORMS = list(Form)


def render_home() -> str:
    """Render ``/``; of RDF files that are not the tables it can only tell the size, so it leads to SPARQL."""
    if not site().has_tables:
        return render_template("home_files.html")
    agreements = region_agreements()
    later = present_index("agreements").matching({"side": (Side.REGION,), "status": (Form.FUTURE,)}).bit_count()
    events = last_events()
    return render_template(
        "home.html",
        region=_region_name(),
        past_day=format_date(asof().day.isoformat()) if asof().is_past else "",
        tiles=home_tiles(),
        questions=home_questions(),
        bars=country_bars(),
        subtitle=_subtitle(len(agreements)),
        columns=_columns(),
        rows=[[cell_markup(cell) for cell in _agreement_row(agreement)] for agreement in agreements],
        later=later if asof().is_past else 0,
        later_href=links.list_page("agreements", side=Side.REGION, status=Form.FUTURE),
        events=[_event(activity) for activity in events[:EVENTS]],
        number_of_events=chosen_set("activities", {}).bit_count(),
        unknown=home_unknown(),
    )


def _region_name() -> str:
    name = site().library.name(site().library.home, language())[0]
    return name if language() == "cs" else of_region(name)


def region_agreements() -> list[Agreement]:
    """Agreements to which the home region is a party, on a past day without later ones.

    Returns
    -------
    list of Agreement
        By form (held, aged, open, ended, future), in it newest first, unknown dates last.
    """
    found: list[Agreement] = present_index("agreements").take(chosen_set("agreements", {"side": (Side.REGION,)}))
    newest = sorted(found, key=start_of, reverse=True)
    return sorted(newest, key=lambda agreement: FORMS.index(reading(agreement).form))


def last_events() -> list[Activity]:
    """Activities with a date that is not later than the day, newest first."""
    index = present_index("activities")
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


def _agreement_row(agreement: Agreement) -> tuple[Cell, ...]:
    others = [iri for iri in agreement.parties if iri != site().library.home]
    return (
        names_cell(
            others,
            country_pieces(others) or (Piece(site().library.name(home_country(site().library), language())[0]),),
        ),
        Cell((piece(agreement.iri),)),
        date_cell(start_of(agreement), "masculine"),
        state_cell(agreement),
        number_cell(len(source_iris(agreement))),
    )


def _event(activity: Activity) -> dict[str, str | Piece]:
    return {"when": format_date(activity.since), "what": piece(activity.iri)}
