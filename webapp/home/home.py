"""The home page: map of partners, tasks, the last year, gaps, numbers, charts, agreements of the region."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from graph.folding import czech_order
from graph.records.reading import Form
from graph.records.records import TOOK_PLACE, Agreement
from graph.views.lists import LISTS, chosen
from graph.views.overview import (
    OF_REGION,
    country_forms,
    later_agreements,
    number_of,
    number_with_countries,
    region_agreements,
)
from graph.views.region import home_country
from webapp.home.lately import home_map, lately
from webapp.home.leads import home_gaps, home_questions, home_tasks, home_tiles
from webapp.listing.charts import list_charts
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.cells import (
    Cell,
    cell_markup,
    concept_label,
    country_pieces,
    names_cell,
    number_cell,
    state_cell,
)
from webapp.words.charts import Chart
from webapp.words.parts import Piece, dated_text, piece
from webapp.words.typography import format_date, of_region
from webapp.words.wording import agreement_state

__all__ = ["CountryBar", "CountryBars", "country_bars", "render_home"]

BARS = 10
CHARTED = ("activities", "projects")
FORMS = (Form.HELD, Form.AGED, Form.OPEN, Form.SUSPENDED, Form.ENDED)


@dataclass(frozen=True)
class CountryBar:
    """A country, for the macro of bars: label with link, number of agreements, number by form, words for readers."""

    label: Piece
    total: int
    parts: tuple[tuple[str, int], ...]
    detail: str


@dataclass(frozen=True)
class CountryBars:
    """The longest bars, what their colours mean, and a sentence about the other countries ("" for none)."""

    shown: tuple[CountryBar, ...]
    key: tuple[tuple[str, str], ...]
    rest: str


def render_home() -> str:
    """Render ``/``; of RDF files that are not the tables it can only tell the size, so it leads to SPARQL."""
    visit = this_visit()
    facts, on = visit.facts, visit.on
    if not facts.has_tables:
        return render_template("home_files.html")
    agreements = region_agreements(facts, on)
    return render_template(
        "home.html",
        region=_region_name(visit),
        past_day=format_date(on.day.isoformat(), lang=visit.language) if on.is_past else "",
        tiles=home_tiles(visit),
        questions=home_questions(visit),
        bars=country_bars(visit),
        subtitle=_("%(num)s, the valid ones first", num=len(agreements)),
        columns=_columns(),
        rows=[list(map(cell_markup, _agreement_row(visit, agreement))) for agreement in agreements],
        later=later_agreements(facts, on) if on.is_past else 0,
        later_href=visit.links.list_page("agreements", **OF_REGION, status=Form.FUTURE),
        map=home_map(visit),
        tasks=home_tasks(visit),
        lately=lately(visit),
        charts=_charts(visit),
        number_of_events=number_of(facts, on, "activities", {"phase": (TOOK_PLACE,)}),
        unknown=home_gaps(visit),
    )


def country_bars(visit: Visit) -> CountryBars:
    """Count agreements by country and form on the day of the visit, those begun later left out."""
    counts = country_forms(visit.facts, visit.on)
    totals = {code: sum(forms.values()) for code, forms in counts.items()}
    codes = sorted(totals, key=lambda code: (-totals[code], czech_order(concept_label(visit, "countries", code))))
    shown = tuple(_bar(visit, code, [(form, counts[code][form]) for form in FORMS]) for code in codes[:BARS])
    others = codes[BARS:]
    return CountryBars(shown, _key(visit), _rest(len(others), number_with_countries(visit.facts, visit.on, others)))


def _key(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Forms of any agreement that is not begun later, with their words."""
    shown = (form for form in FORMS if number_of(visit.facts, visit.on, "agreements", {"status": (form,)}))
    return tuple((form.value, agreement_state(form, past=visit.on.is_past)) for form in shown)


def _bar(visit: Visit, code: str, forms: list[tuple[Form, int]]) -> CountryBar:
    name = Piece(concept_label(visit, "countries", code), href=visit.links.list_page("agreements", country=code))
    words = (f"{agreement_state(form, past=visit.on.is_past)} {number}" for form, number in forms if number)
    parts = tuple((form.value, number) for form, number in forms)
    return CountryBar(name, sum(number for _form, number in forms), parts, f"({', '.join(words)})")


def _rest(countries: int, agreements: int) -> str:
    if not countries:
        return ""
    where = ngettext("%(num)s other country has", "%(num)s other countries have", countries)
    what = ngettext("%(num)s agreement", "%(num)s agreements", agreements)
    return _("%(countries)s %(agreements)s altogether.", countries=where, agreements=what)


def _region_name(visit: Visit) -> str:
    name = visit.library.name(visit.library.home, visit.language)[0]
    return name if visit.language == "cs" else of_region(name, lang=visit.language)


def _columns() -> list[dict[str, object]]:
    return [
        {"title": _("Partner")},
        {"title": _("Agreement")},
        {"title": _("Signing or start"), "label": _("Signed"), "nb": True},
        {"title": _("State")},
        {"title": _("Sources"), "num": True},
    ]


def _agreement_row(visit: Visit, agreement: Agreement) -> tuple[Cell, ...]:
    library = visit.library
    others = [iri for iri in agreement.parties if iri != library.home]
    at_home = (Piece(library.name(home_country(library), visit.language)[0]),)
    return (
        names_cell(visit, others, country_pieces(visit, others) or at_home),
        Cell((piece(visit, agreement.iri),)),
        Cell((Piece(dated_text(visit, agreement, agreement.dated, "masculine")),)),
        state_cell(visit, agreement),
        number_cell(len(agreement.sources)),
    )


def _charts(visit: Visit) -> list[Chart]:
    """Make the charts of events and of projects by year, as their lists have them."""
    return [
        chart
        for name in CHARTED
        for chart in list_charts(visit, LISTS[name], chosen(visit.reader, name, {}), f"{name}-", only=("year",))
    ]
