"""What each measure means, in the reader's language, and what none of them does."""

from __future__ import annotations

from dataclasses import dataclass

from graph.networks.meanings import MEANINGS, Meaning
from graph.views.facets import HeadingText
from graph.views.measures import MEASURES
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["Explained", "explained", "warnings"]

SHARES = ("betweenness", "page_rank")


@dataclass(frozen=True)
class Explained:
    """A measure: code, name, what it tells, its range, formula and reference."""

    code: str
    name: str
    text: str
    span: str
    formula: str
    reference: str


def explained(visit: Visit) -> list[Explained]:
    """Explain the measures that the list of them has columns of, in the order of these."""
    by_code = {meaning.code: meaning for meaning in MEANINGS}
    names = {column.name: column.heading for column in MEASURES.on_page if column.name in by_code}
    return [_explained(visit, by_code[code], heading) for code, heading in names.items()]


def warnings() -> list[str]:
    """Say what the measures do not mean."""
    return [
        _("The data are what was found in sources: few ties may only mean that few sources were found."),
        _("No measure tells who is important, who decides, or how well they cooperate."),
        _("A project or an agreement with many parties ties each with each, and makes all of them look close."),
        _("Counted are ties that are valid or not verified on the day; ended ones and joint events are left out."),
    ]


def _explained(visit: Visit, meaning: Meaning, heading: HeadingText) -> Explained:
    bounds = {"least": meaning.least, "most": meaning.most}
    span = _("%(least)s to %(most)s", **bounds) if meaning.most else _("%(least)s and more", **bounds)
    if "n" in meaning.most:
        span = _("%(span)s, n being the number of organizations", span=span)
    if meaning.code in SHARES:
        span = _("%(span)s; shown in percent", span=span)
    return Explained(
        meaning.code,
        heading if isinstance(heading, str) else heading[visit.language],
        meaning.meaning[visit.language],
        span,
        meaning.formula,
        meaning.reference,
    )
