"""Questions that the home page invites to, each a link to what answers it; all their terms come from the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.dates import PartialDate
from graph.records.reading import Form
from graph.views.region import Side
from webapp.listing.agreements import UNKNOWN
from webapp.listing.common_facets import NONE
from webapp.listing.lists import chosen_set, present_index
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.cells import concept_label
from webapp.words.typography import format_date

__all__ = ["Question", "home_questions"]


@dataclass(frozen=True)
class Question:
    """A question in words and the address that answers it."""

    text: str
    href: str


def home_questions(visit: Visit) -> list[Question]:
    """Questions of the home page, those that the data cannot ask left out."""
    return list(_questions(visit))


def _questions(visit: Visit) -> Iterator[Question]:
    day = _seed_day(visit)
    if day:
        text = _("Which agreements were valid on %(day)s?", day=format_date(day, lang=visit.language))
        yield Question(text, visit.links.list_page("agreements", on=day, status=Form.HELD))
    country = _most_frequent(visit, "country", {})
    if country:
        yield from _about_country(visit, country)
    yield Question(_("Who is connected with whom? The network as a picture"), visit.links.map_page())
    yield Question(
        _("Which agreements have ended, and what shows it?"), visit.links.list_page("agreements", status=Form.ENDED)
    )
    yield Question(
        _("For which agreements is the date of signing unknown?"),
        visit.links.list_page("agreements", signed=UNKNOWN),
    )


def _about_country(visit: Visit, country: str) -> Iterator[Question]:
    area = _most_frequent(visit, "area", {"country": (country,)})
    if area:
        text = _(
            "Which agreements with partners %(in_country)s belong to the area “%(area)s”?",
            in_country=_in_country(visit, country),
            area=concept_label(visit, "areas", area),
        )
        yield Question(text, visit.links.list_page("agreements", country=country, area=area))
    yield Question(
        _(
            "Which municipalities of the region have a partner town %(in_country)s?",
            in_country=_in_country(visit, country),
        ),
        visit.links.list_page("agreements", country=country, side=Side.MUNICIPALITY),
    )


def _seed_day(visit: Visit) -> str:
    """Last day that the date of the seed document can mean; "" when there is none."""
    library = visit.library
    dates = [
        source.issued for source in library.sources.values() if library.code(source.kind) == "seed" and source.issued
    ]
    return PartialDate(max(dates)).last.isoformat() if dates else ""


def _most_frequent(visit: Visit, facet: str, selection: dict[str, tuple[str, ...]]) -> str:
    counts = present_index(visit, "agreements").counts(facet, chosen_set(visit, "agreements", selection))
    top = {code: count for code, count in counts.items() if code != NONE and not _has_broader(visit, facet, code)}
    return min(top, key=lambda code: (-top[code], code), default="")


def _has_broader(visit: Visit, facet: str, code: str) -> bool:
    concept = visit.library.concept("areas", code) if facet == "area" else None
    return bool(concept and concept.broader)


def _in_country(visit: Visit, code: str) -> str:
    concept = visit.library.concept("countries", code)
    text = concept.in_country.get(visit.language, "") if concept else ""
    return text or _("in %(country)s", country=concept_label(visit, "countries", code))
