"""What is not known, counted, each with the list or page that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.records.records import Document
from webapp.listing.agreements import UNKNOWN
from webapp.listing.common_facets import DIFFER, UNDATED
from webapp.listing.lists import LISTS, chosen_set
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece

__all__ = ["Gap", "home_unknown"]


@dataclass(frozen=True)
class Gap:
    """Something that is not known, and where to look."""

    text: str
    links: tuple[Piece, ...]


def home_unknown(visit: Visit) -> list[Gap]:
    """Gaps of the data on the day of the request; what nothing is missing in is left out."""
    return [gap for gap in (_unsigned(visit), _undated(visit), _annexes(visit), _differing(visit)) if gap]


def _unsigned(visit: Visit) -> Gap | None:
    number = chosen_set(visit, "agreements", {"signed": (UNKNOWN,)}).bit_count()
    text = ngettext(
        "%(num)s agreement without a date of signing and start.",
        "%(num)s agreements without a date of signing and start.",
        number,
    )
    return _gap(number, text, visit.links.list_page("agreements", signed=UNKNOWN))


def _undated(visit: Visit) -> Gap | None:
    number = chosen_set(visit, "agreements", {"evidence": (UNDATED,)}).bit_count()
    text = ngettext(
        "%(num)s agreement valid only by a web page without a date.",
        "%(num)s agreements valid only by web pages without a date.",
        number,
    )
    return _gap(number, text, visit.links.list_page("agreements", evidence=UNDATED))


def _annexes(visit: Visit) -> Gap | None:
    library = visit.library
    annexes = [one for one in library.documents.values() if library.code(one.kind) == "annex" and not one.website]
    text = ngettext(
        "The text of %(num)s annex was not available.",
        "The text of %(num)s annexes was not available.",
        len(annexes),
    )
    source = next(iter(_sources(annexes)), "")
    where = (Piece(_("Source"), href=visit.links.page(source)),) if source else ()
    return Gap(text, where) if annexes else None


def _sources(documents: Iterable[Document]) -> Iterable[str]:
    return (iri for document in documents for iri in document.sources)


def _differing(visit: Visit) -> Gap | None:
    claims = len(visit.library.claims)
    text = ngettext(
        "%(num)s value in which sources contradict each other.",
        "%(num)s values in which sources contradict each other.",
        claims,
    )
    return Gap(text, tuple(_differing_lists(visit))) if claims else None


def _differing_lists(visit: Visit) -> Iterable[Piece]:
    for name, description in LISTS.items():
        number = chosen_set(visit, name, {"evidence": (DIFFER,)}).bit_count() if name != "sources" else 0
        if number:
            yield Piece(description.noun(number), href=visit.links.list_page(name, evidence=DIFFER))


def _gap(number: int, text: str, href: str) -> Gap | None:
    return Gap(text, (Piece(_("Show"), href=href),)) if number else None
