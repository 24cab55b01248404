"""The five numbers at the top of the home page; each is the number of rows of the list it leads to."""

from __future__ import annotations

from collections.abc import Mapping

from graph.records.reading import Form
from graph.views.region import Place, Side
from webapp.listing.common_facets import NONE
from webapp.listing.lists import chosen_set, present_index
from webapp.listing.organizations import YES
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece
from webapp.words.typography import of_region

__all__ = ["home_tiles"]

Tile = Mapping[str, object]


def home_tiles(visit: Visit) -> list[Tile]:
    """Tiles with number, "of" and phrase, for the macro of the same name."""
    return [
        _region_tile(visit),
        _municipality_tile(visit),
        _project_tile(visit),
        _organization_tile(visit),
        _source_tile(visit),
    ]


def _region_tile(visit: Visit) -> Tile:
    index, base = present_index(visit, "agreements"), chosen_set(visit, "agreements", {"side": (Side.REGION,)})
    counts, total = index.counts("status", base), base.bit_count()
    held, aged, unclear = (counts.get(form, 0) for form in (Form.HELD, Form.AGED, Form.OPEN))
    href = visit.links.list_page("agreements", side=Side.REGION)
    name = Piece(ngettext("agreement of the region", "agreements of the region", total), href=href)
    if visit.on.is_past:
        first = ngettext("was demonstrably valid", "were demonstrably valid", held)
        rest = ngettext("for %(num)s it cannot be verified", "for %(num)s it cannot be verified", unclear)
    else:
        years = visit.facts.settings.evidence_years
        first = ngettext(
            "has evidence of validity of the last %(years)s years",
            "have evidence of validity of the last %(years)s years",
            held,
            years=years,
        )
        rest = ngettext("%(num)s only older or undated", "%(num)s only older or undated", aged)
    return {"number": held, "of": _("of %(total)s", total=total), "phrase": [name, f"{first}, {rest}"]}


def _municipality_tile(visit: Visit) -> Tile:
    number = chosen_set(visit, "agreements", {"side": (Side.MUNICIPALITY,)}).bit_count()
    text = ngettext("agreement or twinning of municipalities", "agreements and twinnings of municipalities", number)
    return _tile(number, text, visit.links.list_page("agreements", side=Side.MUNICIPALITY), _of_the_region(visit))


def _project_tile(visit: Visit) -> Tile:
    number = chosen_set(visit, "projects", {}).bit_count()
    text = ngettext("joint project", "joint projects", number)
    return _tile(number, text, visit.links.list_page("projects"), _("of the region, municipalities and institutions"))


def _organization_tile(visit: Visit) -> Tile:
    choice = {"place": (Place.ABROAD.value,)}
    if visit.on.is_past:
        choice["ties"] = (YES,)
    chosen = chosen_set(visit, "organizations", choice)
    number = chosen.bit_count()
    countries = len(set(present_index(visit, "organizations").counts("country", chosen)) - {NONE})
    text = ngettext(
        "organization outside %(country)s",
        "organizations outside %(country)s",
        number,
        country=_home_country(visit),
    )
    rest = ngettext("(%(num)s country)", "(%(num)s countries)", countries)
    if visit.on.is_past:
        rest = _("with a tie documented by then %(countries)s", countries=rest)
    return _tile(number, text, visit.links.list_page("organizations", **choice), rest)


def _source_tile(visit: Visit) -> Tile:
    number = len(visit.library.sources)
    text = ngettext("source", "sources", number)
    return _tile(number, text, visit.links.list_page("sources"), _("that the facts rest on"))


def _tile(number: int, text: str, href: str, rest: str) -> Tile:
    return {"number": number, "phrase": [Piece(text, href=href), rest]}


def _of_the_region(visit: Visit) -> str:
    name = visit.library.name(visit.library.home, visit.language)[0]
    return _("of %(region)s", region=of_region(name, lang=visit.language))


def _home_country(visit: Visit) -> str:
    library = visit.library
    return library.name(library.organizations[library.home].country, visit.language)[0]
