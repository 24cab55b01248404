"""What the home page leads to: its numbers, questions and gaps, each with the list or page that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.records.reading import Form
from graph.views.facets import Selection
from graph.views.lists import LISTS
from graph.views.overview import OF_REGION, annexes_without_text, countries_of, most_frequent, number_of, seed_day
from graph.views.region import Side, Whereabouts
from graph.views.shared_columns import DIFFER, UNDATED, UNKNOWN, YES
from webapp.listing.sentences import SAID
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.cells import concept_label
from webapp.words.parts import Piece
from webapp.words.typography import format_date, of_region

__all__ = ["Gap", "Invitation", "Task", "home_gaps", "home_questions", "home_tasks", "home_tiles"]

Tile = Mapping[str, object]


@dataclass(frozen=True)
class Invitation:
    """A question in words and the address that answers it."""

    text: str
    href: str


@dataclass(frozen=True)
class Gap:
    """Something that is not known, and where to look."""

    text: str
    links: tuple[Piece, ...]


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
    choice = OF_REGION
    total = _number(visit, "agreements", choice)
    forms = (Form.HELD, Form.AGED, Form.OPEN)
    held, aged, unclear = (_number(visit, "agreements", {**choice, "status": (form,)}) for form in forms)
    href = visit.links.list_page("agreements", **choice)
    name = Piece(
        ngettext(
            "agreement of the region with a foreign partner", "agreements of the region with foreign partners", total
        ),
        href=href,
    )
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
    number = _number(visit, "agreements", {"side": (Side.MUNICIPALITY,)})
    text = ngettext("agreement or twinning of municipalities", "agreements and twinnings of municipalities", number)
    return _tile(number, text, visit.links.list_page("agreements", side=Side.MUNICIPALITY), _of_the_region(visit))


def _project_tile(visit: Visit) -> Tile:
    number = _number(visit, "projects", {})
    text = ngettext("joint project", "joint projects", number)
    return _tile(number, text, visit.links.list_page("projects"), _("of the region, municipalities and institutions"))


def _organization_tile(visit: Visit) -> Tile:
    choice = {"place": (Whereabouts.ABROAD.value,)}
    if visit.on.is_past:
        choice["ties"] = (YES,)
    number, countries = _number(visit, "organizations", choice), countries_of(visit.facts, visit.on, choice)
    text = ngettext("foreign organization", "foreign organizations", number)
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


@dataclass(frozen=True)
class Task:
    """Something that an office does: what, where, and what it brings."""

    name: str
    href: str
    brings: str


def home_tasks(visit: Visit) -> list[Task]:
    """Tasks that the home page leads to."""
    links = visit.links
    partners = links.list_page("agreements", **OF_REGION)
    return [
        Task(_("Prepare a meeting"), partners, _("the card of a partner, the first two printed pages")),
        Task(
            _("Picture for a presentation"),
            links.map_page(),
            _("the network, the map and the table, as PNG, SVG and PDF"),
        ),
        Task(
            _("What ends"),
            links.address("/analysis/watch"),
            _("agreements with an end within 12 months, or without one"),
        ),
        Task(
            _("What is missing"),
            links.address("/analysis/gaps"),
            _("towns at the border without a partner, silent agreements"),
        ),
        Task(_("Compare partners"), links.address("/analysis/compare"), _("regions, towns or areas side by side")),
        Task(
            _("Partners of our towns"), links.list_page("agreements", side=Side.MUNICIPALITY), _("by country and state")
        ),
        Task(_("Money of projects"), links.address("/analysis/money"), _("by year, area and partner, as a table")),
        Task(_("Match a list of names"), links.address("/match"), _("the records that your spreadsheet means")),
    ]


def home_questions(visit: Visit) -> list[Invitation]:
    """Questions of the home page, those that the data cannot ask left out."""
    return list(_questions(visit))


def _questions(visit: Visit) -> Iterator[Invitation]:
    day = seed_day(visit.library)
    if day:
        text = _("Which agreements were valid on %(day)s?", day=format_date(day, lang=visit.language))
        yield Invitation(text, visit.links.list_page("agreements", on=day, status=Form.HELD))
    country = most_frequent(visit.facts, visit.on, "country", {})
    if country:
        yield from _about_country(visit, country)
    yield Invitation(_("Who is connected with whom? The network as a picture"), visit.links.map_page())
    yield Invitation(
        _("Which agreements have ended, and what shows it?"), visit.links.list_page("agreements", status=Form.ENDED)
    )
    yield Invitation(
        _("For which agreements is the date of signing unknown?"),
        visit.links.list_page("agreements", signed=UNKNOWN),
    )


def _about_country(visit: Visit, country: str) -> Iterator[Invitation]:
    area = most_frequent(visit.facts, visit.on, "area", {"country": (country,)})
    if area:
        text = _(
            "Which agreements with partners %(in_country)s belong to the area “%(area)s”?",
            in_country=_in_country(visit, country),
            area=concept_label(visit, "areas", area),
        )
        yield Invitation(text, visit.links.list_page("agreements", country=country, area=area))
    yield Invitation(
        _(
            "Which municipalities of the region have a partner town %(in_country)s?",
            in_country=_in_country(visit, country),
        ),
        visit.links.list_page("agreements", country=country, side=Side.MUNICIPALITY),
    )


def _in_country(visit: Visit, code: str) -> str:
    concept = visit.library.concept("countries", code)
    text = concept.in_country.get(visit.language, "") if concept else ""
    return text or _("in %(country)s", country=concept_label(visit, "countries", code))


def home_gaps(visit: Visit) -> list[Gap]:
    """Gaps of the data on the day of the visit; what nothing is missing in is left out."""
    return [gap for gap in (_unsigned(visit), _undated(visit), _annexes(visit), _differing(visit)) if gap]


def _unsigned(visit: Visit) -> Gap | None:
    number = _number(visit, "agreements", {"signed": (UNKNOWN,)})
    text = ngettext(
        "%(num)s agreement without a date of signing and start.",
        "%(num)s agreements without a date of signing and start.",
        number,
    )
    return _gap(number, text, visit.links.list_page("agreements", signed=UNKNOWN))


def _undated(visit: Visit) -> Gap | None:
    number = _number(visit, "agreements", {"evidence": (UNDATED,)})
    text = ngettext(
        "%(num)s agreement valid only by a web page without a date.",
        "%(num)s agreements valid only by web pages without a date.",
        number,
    )
    return _gap(number, text, visit.links.list_page("agreements", evidence=UNDATED))


def _annexes(visit: Visit) -> Gap | None:
    annexes = annexes_without_text(visit.library)
    text = ngettext(
        "The text of %(num)s annex was not available.",
        "The text of %(num)s annexes was not available.",
        len(annexes),
    )
    source = next((iri for annex in annexes for iri in annex.sources), "")
    where = (Piece(_("Source"), href=visit.links.page(source)),) if source else ()
    return Gap(text, where) if annexes else None


def _differing(visit: Visit) -> Gap | None:
    claims = len(visit.library.claims)
    text = ngettext(
        "%(num)s value in which sources contradict each other.",
        "%(num)s values in which sources contradict each other.",
        claims,
    )
    return Gap(text, tuple(_differing_lists(visit))) if claims else None


def _differing_lists(visit: Visit) -> Iterable[Piece]:
    for name in LISTS:
        number = _number(visit, name, {"evidence": (DIFFER,)}) if name != "sources" else 0
        if number:
            yield Piece(SAID[name].noun(number), href=visit.links.list_page(name, evidence=DIFFER))


def _gap(number: int, text: str, href: str) -> Gap | None:
    return Gap(text, (Piece(_("Show"), href=href),)) if number else None


def _number(visit: Visit, name: str, choice: Selection) -> int:
    return number_of(visit.facts, visit.on, name, choice)
