"""What a list says in words: its noun, the answer before its table, the remark over it, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.networks.meanings import MEANINGS, Meaning
from graph.records.reading import Form
from graph.records.records import TOOK_PLACE
from graph.views.counted_lists import AREAS, area_counts
from graph.views.facets import FactsOn, HeadingText
from graph.views.lists import ListAnswer
from graph.views.measures import MEASURES, measures
from graph.views.shared_columns import NO, NONE, UNDATED, YES
from webapp.request.language import _, format_number, format_share, ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import join_and, sentence, some

__all__ = ["SAID", "Said", "agreements_sentence"]

AREAS_NAMED, BRIDGES_NAMED = 3, 2
SHARES = ("betweenness", "page_rank")  # measures that are shown in percent


@dataclass(frozen=True)
class Said:
    """What the page of a list says.

    Attributes
    ----------
    noun : callable
        Gives a number with its noun ("129 agreements").
    sentence, caption : callable
        Give the answer in words, and the remark over the table; "" for none.
    template : str
        What the page is made with; ``list.html`` or one that extends it.
    extras : callable
        Gives what that template needs beside the list.
    purpose : callable
        Says which questions the list answers; "" for nothing.
    """

    noun: Callable[[int], str]
    sentence: Callable[[Visit, ListAnswer], str]
    caption: Callable[[Visit, ListAnswer], str] = lambda _visit, _answer: ""
    template: str = "list.html"
    extras: Callable[[Visit], Mapping[str, Any]] = lambda _visit: {}
    purpose: Callable[[], str] = lambda: ""


def agreements_sentence(visit: Visit, answer: ListAnswer) -> str:
    """Say how many agreements are in which state."""
    held, aged, unclear, paused, ended, later = (answer.count("status", form) for form in Form)
    unknown = ngettext("for %(num)s it cannot be verified", "for %(num)s it cannot be verified", unclear)
    if visit.on.is_past:
        first, past, after = _agreements_then(held, ended, later)
    else:
        first, past, after = _agreements_now(visit.facts.settings.evidence_years, held, aged, ended, later)
    suspended = some(paused, ngettext("%(num)s is suspended", "%(num)s are suspended", paused))
    sentences = (sentence(first, some(unclear, unknown)), sentence(suspended), sentence(join_and(past, after)))
    return " ".join(filter(None, sentences))


def _agreements_then(held: int, ended: int, later: int) -> tuple[str, str, str]:
    return (
        some(held, ngettext("%(num)s was demonstrably valid", "%(num)s were demonstrably valid", held)),
        some(ended, ngettext("%(num)s had already ended", "%(num)s had already ended", ended)),
        some(later, ngettext("%(num)s came later", "%(num)s came later", later)),
    )


def _agreements_now(years: int, held: int, aged: int, ended: int, later: int) -> tuple[str, str, str]:
    valid = ngettext(
        "%(num)s is valid by evidence of the last %(years)s years",
        "%(num)s are valid by evidence of the last %(years)s years",
        held,
        years=years,
    )
    older = ngettext("%(num)s has only older or undated evidence", "%(num)s have only older or undated evidence", aged)
    return (
        ", ".join(filter(None, (some(held, valid), some(aged, older)))),
        some(ended, ngettext("%(num)s has ended", "%(num)s have ended", ended)),
        some(later, ngettext("%(num)s is not concluded yet", "%(num)s are not concluded yet", later)),
    )


def _agreements_caption(_visit: Visit, answer: ListAnswer) -> str:
    undated = answer.count("evidence", UNDATED)
    clause = ngettext(
        "For %(num)s only an undated web page states that it is valid.",
        "For %(num)s only an undated web page states that they are valid.",
        undated,
    )
    return some(undated, clause)


def _organizations_sentence(_visit: Visit, answer: ListAnswer) -> str:
    tied, lone = answer.count("ties", YES), answer.count("ties", NO)
    with_ties = ngettext("%(num)s has a documented tie", "%(num)s have a documented tie", tied)
    without = ngettext("for %(num)s no tie was found", "for %(num)s no tie was found", lone)
    return sentence(some(tied, with_ties), some(lone, without))


def _activities_sentence(_visit: Visit, answer: ListAnswer) -> str:
    dated, undated, later = (answer.count("status", code) for code in ("past", NONE, Form.FUTURE))
    unknown = ngettext("for %(num)s no date is known", "for %(num)s no date is known", undated)
    begun = sentence(
        some(dated, ngettext("%(num)s has a date", "%(num)s have a date", dated)), some(undated, unknown)
    )  # fmt: skip
    after = sentence(some(later, ngettext("%(num)s is of a later day", "%(num)s are of a later day", later)))
    unheld = sum(number for code, number in answer.counts["phase"].items() if code != TOOK_PLACE)
    unshown = ngettext(
        "for %(num)s no source says that it took place", "for %(num)s no source says that they took place", unheld
    )
    return " ".join(filter(None, (begun, after, sentence(some(unheld, unshown)))))


def _projects_sentence(visit: Visit, answer: ListAnswer) -> str:
    held, aged, unclear, _paused, ended, later = (answer.count("status", form) for form in Form)
    running = held + aged
    now = ngettext("%(num)s is running", "%(num)s are running", running)
    then = ngettext("%(num)s was running", "%(num)s were running", running)
    unknown = ngettext("for %(num)s it cannot be verified", "for %(num)s it cannot be verified", unclear)
    first = sentence(some(running, then if visit.on.is_past else now), some(unclear, unknown))
    finished = some(ended, ngettext("%(num)s finished", "%(num)s finished", ended))
    begun_later = some(later, ngettext("%(num)s began later", "%(num)s began later", later))
    return " ".join(filter(None, (first, sentence(join_and(finished, begun_later)))))


def _sources_sentence(_visit: Visit, answer: ListAnswer) -> str:
    dated, undated = answer.count("dated", YES), answer.count("dated", NO)
    return sentence(
        some(dated, ngettext("%(num)s has a date", "%(num)s have a date", dated)),
        some(undated, ngettext("%(num)s has no date", "%(num)s have no date", undated)),
    )


def _areas_sentence(visit: Visit, _answer: ListAnswer) -> str:
    """Name the areas of the first level that most agreements are about, whatever is chosen in the facets."""
    counts = area_counts(visit.facts, visit.on, "agreements")
    top = (area for area in AREAS.records(FactsOn(visit.facts, visit.on)) if not area.broader)
    ranked = sorted(top, key=lambda area: (-counts[area.iri], area.code))
    most = [
        f"{area.name(visit.language)[0]} ({format_number(counts[area.iri], lang=visit.language)})"
        for area in ranked[:AREAS_NAMED]
        if counts[area.iri]
    ]
    return _("Most agreements are about: %(areas)s.", areas=join_and(*most)) if most else ""


def _measures_sentence(visit: Visit, _answer: ListAnswer) -> str:
    """Name who joins most others, whatever is chosen in the facets."""
    measured = measures(visit.facts, visit.on).organizations
    ranked = sorted(measured, key=lambda iri: (-measured[iri].betweenness, iri))[:BRIDGES_NAMED]
    if not ranked:
        return ""
    shares = {iri: format_share(measured[iri].betweenness, lang=visit.language) for iri in ranked}
    names = join_and(*(f"{name_of(visit, iri)[0]} ({share})" for iri, share in shares.items()))
    single = sum(values.is_single_contact for values in measured.values())
    lone = ngettext(
        "%(num)s is the only contact of some other.", "%(num)s are the only contact of some other.", single
    )  # fmt: skip
    return _("Most ways between others lead through: %(names)s. %(lone)s", names=names, lone=lone)


def _measures_caption(visit: Visit, _answer: ListAnswer) -> str:
    explanation, samples = _("Each column is explained below the table."), measures(visit.facts, visit.on).samples
    if not samples:
        return explanation
    estimate = ngettext(
        "Bridges are estimated from %(num)s organization.", "Bridges are estimated from %(num)s organizations.", samples
    )  # fmt: skip
    return f"{explanation} {estimate}"


@dataclass(frozen=True)
class Explained:
    """A measure: code, name, what it tells, its range, formula and reference."""

    code: str
    name: str
    text: str
    span: str
    formula: str
    reference: str


def _measures_explained(visit: Visit) -> list[Explained]:
    """Explain the measures that the list of them has columns of, in the order of these."""
    by_code = {meaning.code: meaning for meaning in MEANINGS}
    names = {column.name: column.heading for column in MEASURES.on_page if column.name in by_code}
    return [_explained(visit, by_code[code], heading) for code, heading in names.items()]


def _warnings() -> list[str]:
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


SAID: Mapping[str, Said] = {
    "organizations": Said(
        lambda number: ngettext("%(num)s organization", "%(num)s organizations", number),
        _organizations_sentence,
        lambda _visit, _answer: _("Ties are counted with the ended ones."),
        purpose=lambda: _("Who has ties with us, where, and how many; each leads to its card."),
    ),
    "agreements": Said(
        lambda number: ngettext("%(num)s agreement", "%(num)s agreements", number),
        agreements_sentence,
        _agreements_caption,
        purpose=lambda: _("Who agreed on what with whom, since when, whether it holds, and which source shows it."),
    ),
    "activities": Said(
        lambda number: ngettext("%(num)s event", "%(num)s events", number),
        _activities_sentence,
        purpose=lambda: _("What took place or is planned, when, where and with whom."),
    ),
    "projects": Said(
        lambda number: ngettext("%(num)s project", "%(num)s projects", number),
        _projects_sentence,
        purpose=lambda: _("What is done together, in which programme, with whom and for how much."),
    ),
    "sources": Said(
        lambda number: ngettext("%(num)s source", "%(num)s sources", number),
        _sources_sentence,
        lambda _visit, _answer: _("Records: how many rest on the source."),
        purpose=lambda: _("What the facts rest on, and how old it is."),
    ),
    "areas": Said(
        lambda number: ngettext("%(num)s area", "%(num)s areas", number),
        _areas_sentence,
        lambda _visit, _answer: _("A broader area counts what lies in its narrower ones."),
        purpose=lambda: _("What the cooperation is about, and how much there is of each."),
    ),
    "measures": Said(
        lambda number: ngettext("%(num)s organization", "%(num)s organizations", number),
        _measures_sentence,
        _measures_caption,
        "measures.html",
        lambda visit: {"meanings": _measures_explained(visit), "warnings": _warnings()},
    ),
}
