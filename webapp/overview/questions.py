"""Questions that the home page invites to, each a link to what answers it; all their terms come from the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.dates import PartialDate
from graph.records.reading import Form
from webapp import links
from webapp.language import _, language
from webapp.listing.agreements import UNKNOWN
from webapp.listing.cells import concept_label
from webapp.listing.common_facets import NONE
from webapp.listing.lists import chosen_set, present_index
from webapp.region import Side
from webapp.site import site
from webapp.typography import format_date

__all__ = ["Question", "home_questions"]


@dataclass(frozen=True)
class Question:
    """A question in words and the address that answers it."""

    text: str
    href: str


def home_questions() -> list[Question]:
    """Questions of the home page, those that the data cannot ask left out."""
    return list(_questions())


def _questions() -> Iterator[Question]:
    day = _seed_day()
    if day:
        text = _("Which agreements were valid on %(day)s?", day=format_date(day))
        yield Question(text, links.list_page("agreements", on=day, status=Form.HELD))
    country = _most_frequent("country", {})
    if country:
        yield from _about_country(country)
    yield Question(_("Who is connected with whom? The network as a picture"), links.map_page())
    yield Question(
        _("Which agreements have ended, and what shows it?"), links.list_page("agreements", status=Form.ENDED)
    )
    yield Question(
        _("For which agreements is the date of signing unknown?"),
        links.list_page("agreements", signed=UNKNOWN),
    )


def _about_country(country: str) -> Iterator[Question]:
    area = _most_frequent("area", {"country": (country,)})
    if area:
        text = _(
            "Which agreements with partners %(in_country)s belong to the area “%(area)s”?",
            in_country=_in_country(country),
            area=concept_label("areas", area),
        )
        yield Question(text, links.list_page("agreements", country=country, area=area))
    yield Question(
        _(
            "Which municipalities of the region have a partner town %(in_country)s?",
            in_country=_in_country(country),
        ),
        links.list_page("agreements", country=country, side=Side.MUNICIPALITY),
    )


def _seed_day() -> str:
    """Last day that the date of the seed document can mean; "" when there is none."""
    library = site().library
    dates = [
        source.issued for source in library.sources.values() if library.code(source.kind) == "seed" and source.issued
    ]
    return PartialDate(max(dates)).last.isoformat() if dates else ""


def _most_frequent(facet: str, selection: dict[str, tuple[str, ...]]) -> str:
    counts = present_index("agreements").counts(facet, chosen_set("agreements", selection))
    top = {code: count for code, count in counts.items() if code != NONE and not _has_broader(facet, code)}
    return min(top, key=lambda code: (-top[code], code), default="")


def _has_broader(facet: str, code: str) -> bool:
    concept = site().library.concept("areas", code) if facet == "area" else None
    return bool(concept and concept.broader)


def _in_country(code: str) -> str:
    concept = site().library.concept("countries", code)
    text = concept.in_country.get(language(), "") if concept else ""
    return text or _("in %(country)s", country=concept_label("countries", code))
