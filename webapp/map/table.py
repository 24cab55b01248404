"""The table of the map: the same ties as in the picture, as rows for a page and for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graph.folding import czech_order
from graph.networks.difference import SIGNS
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import GROUNDS, Tie, tie_key
from graph.records.records import Dated
from webapp.map.changes import change_word, tie_change
from webapp.map.scene import Scene, days_of
from webapp.map.statements import since
from webapp.map.view import MapView
from webapp.map.words import by_ground, form_word, ground_word, node_key
from webapp.map.years import span_words
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.parts import kind_and_country, piece
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

__all__ = ["TIE_COLUMNS", "columns", "rows", "tie_rows"]

TIE_COLUMNS = (
    "organization", "organization_name", "partner", "partner_name", "partner_country", "grounds", "relationships",
    "since", "state", "sources", "change",
)  # fmt: skip


def columns(found: Scene, *, across: bool = False) -> list[dict[str, Any]]:
    """Headings for the macro `table`; whose partner it is stands there only when it can be another than the focus."""
    near = [{"title": _("Tied to")}] if across or found.has_far_ties else []
    change = [{"title": _("Change")}] if found.changes else []
    return [
        {"title": _("Partner")}, *near, {"title": _("Ground")}, {"title": _("Since"), "nb": True},
        {"title": _("State")}, *change, {"title": _("Sources"), "num": True},
    ]  # fmt: skip


def rows(
    visit: Visit, found: Scene, view: MapView, *, across: bool = False, most: int | None = None
) -> list[list[Any]]:
    """Rows of the ties that lead to the focus, nearest partners first, or of those across between partners.

    Parameters
    ----------
    most : int or None
        Rows to give at most; None for all.
    """
    choosing = replace(view, tab="whole" if found.view.whole else "").choosing()
    return [_row(visit, found, choosing, tie) for tie in _ordered(visit, found.shown, across=across)[:most]]


def _row(visit: Visit, found: Scene, choosing: Callable[[str], str], tie: Tie) -> list[Any]:
    near, far = _ends(found.shown, tie)
    partner = piece(visit, far)
    whose = [_value(visit, near)] if found.has_far_ties or not found.shown.leads(tie) else []
    start = since(visit, tie)
    card = choosing(tie_key(node_key(visit, tie.start), node_key(visit, tie.end)))
    return [
        {"text": partner.text, "lang": partner.lang, "href": partner.href, "small": kind_and_country(visit, far)},
        *whose,
        {"text": by_ground(visit, tie.relations), "href": card},
        format_date(start, "none", lang=visit.language),
        {"badge": _state(visit, found, tie)},
        *_change(visit, found, tie),
        len(_sources(visit, tie)),
    ]


def _state(visit: Visit, found: Scene, tie: Tie) -> Badge:
    """State with the date of its evidence; in a span, or on another day than that of the page, the word alone."""
    if found.view.span != (0, 0) or days_of(visit, found.view).day != visit.on.day:
        return Badge(tie.form, form_word(tie.form), span_words(found.view.span))
    return badge(visit, _telling(visit, tie))


def _change(visit: Visit, found: Scene, tie: Tie) -> list[str]:
    change = tie_change(visit, found, tie.start, tie.end)
    return [f"{SIGNS.get(change, '')} {change_word(change)}".strip()] if change else []


def tie_rows(visit: Visit, found: Scene) -> Iterator[list[str]]:
    """Give all ties that are shown as cells of `TIE_COLUMNS`, in the order of the table."""
    library = visit.library
    for across in (False, True):
        for tie in _ordered(visit, found.shown, across=across):
            near, far = _ends(found.shown, tie)
            names = [name_of(visit, library, iri)[0] for iri in (near, far)]
            grounds = "; ".join(ground_word(ground) for ground in GROUNDS if ground in tie.grounds)
            country = visit.facts.network.nodes[far]["country"]
            facts = (grounds, tie.weight, since(visit, tie), form_word(tie.form), " ".join(_sources(visit, tie)))
            change = tie_change(visit, found, tie.start, tie.end) or ""
            yield [str(value) for value in (near, names[0], far, names[1], country, *facts, change)]


def _ordered(visit: Visit, shown: Neighbourhood, *, across: bool) -> list[Tie]:
    def order(tie: Tie) -> tuple[Any, ...]:
        near, far = _ends(shown, tie)
        return (
            shown.distance[far],
            czech_order(name_of(visit, visit.library, far)[0]),
            czech_order(name_of(visit, visit.library, near)[0]),
        )

    return sorted((tie for tie in shown.ties if shown.leads(tie) is not across), key=order)


def _ends(shown: Neighbourhood, tie: Tie) -> tuple[str, str]:
    """Give the end nearer to the focus, and the other one."""
    return (tie.start, tie.end) if shown.distance[tie.start] <= shown.distance[tie.end] else (tie.end, tie.start)


def _telling(visit: Visit, tie: Tie) -> Dated:
    """Find the newest relationship that gives the tie its state."""
    records = [record for iri in tie.relations if isinstance(record := visit.library.get(iri), Dated)]
    wanted = {"held": ("held", "aged")}.get(tie.form, (tie.form,))
    return next(record for record in records if visit.state(record).form in wanted)


def _sources(visit: Visit, tie: Tie) -> list[str]:
    library = visit.library
    return sorted({source for iri in tie.relations if (record := library.get(iri)) for source in record.sources})


def _value(visit: Visit, iri: str) -> Mapping[str, str]:
    found = piece(visit, iri)
    return {"text": found.text, "lang": found.lang, "href": found.href}
