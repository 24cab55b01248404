"""What each measure means, in the reader's language, and what none of them does."""

from __future__ import annotations

from dataclasses import dataclass

from graph.networks.meanings import MEANINGS, Meaning
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["Explained", "explained", "name_of_measure", "warnings"]

SHARES = ("betweenness", "page_rank")
_BY_CODE = {meaning.code: meaning for meaning in MEANINGS}


@dataclass(frozen=True)
class Explained:
    """A measure: code, name, what it tells, its range, formula and reference."""

    code: str
    name: str
    text: str
    span: str
    formula: str
    reference: str


def name_of_measure(visit: Visit, code: str) -> str:
    """Name of a measure with a capital letter, as the heading of its column."""
    name = _BY_CODE[code].name[visit.language]
    return f"{name[:1].upper()}{name[1:]}"


def explained(visit: Visit, *codes: str) -> list[Explained]:
    """Explain measures, in the order of the codes given."""
    return [_explained(visit, _BY_CODE[code]) for code in codes]


def warnings() -> list[str]:
    """Say what the measures do not mean."""
    return [
        _("The data are what was found in sources: few ties may only mean that few sources were found."),
        _("No measure tells who is important, who decides, or how well they cooperate."),
        _("A project or an agreement with many parties ties each with each, and makes all of them look close."),
        _("Counted are ties that are valid or not verified on the day; ended ones and joint events are left out."),
    ]


def _explained(visit: Visit, meaning: Meaning) -> Explained:
    bounds = {"least": meaning.least, "most": meaning.most}
    span = _("%(least)s to %(most)s", **bounds) if meaning.most else _("%(least)s and more", **bounds)
    if "n" in meaning.most:
        span = _("%(span)s, n being the number of organizations", span=span)
    if meaning.code in SHARES:
        span = _("%(span)s; shown in percent", span=span)
    return Explained(
        meaning.code,
        name_of_measure(visit, meaning.code),
        meaning.meaning[visit.language],
        span,
        meaning.formula,
        meaning.reference,
    )
