"""The table of the map: the same ties and organizations as in the picture, as rows for a page and for files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.folding import czech_order
from graph.networks.difference import SIGNS
from graph.networks.neighbourhood import Neighbourhood
from graph.networks.ties import GROUNDS, Tie, tie_key
from graph.views.relations import sources_of, start_of_tie, telling_record
from graph.views.scene import Scene
from webapp.map.addresses import LinkedView
from webapp.map.time import change_word, span_words, tie_change
from webapp.map.words import node_key
from webapp.request.language import _, format_share
from webapp.request.visit import Visit
from webapp.words.grounds import by_ground, form_word, ground_word
from webapp.words.names import name_of
from webapp.words.parts import kind_and_country, piece
from webapp.words.typography import format_date
from webapp.words.wording import Badge, badge

__all__ = [
    "TIE_COLUMNS",
    "measure_meanings",
    "organization_columns",
    "organization_rows",
    "tie_cells",
    "tie_columns",
    "tie_rows",
]

# Columns of the files.
TIE_COLUMNS = (
    "organization", "organization_name", "partner", "partner_name", "partner_country", "grounds", "relationships",
    "since", "state", "sources", "change",
)  # fmt: skip


@dataclass(frozen=True)
class MeasureColumn:
    """A measure as a column: field in `graph.networks.measures.Measures`, heading, meaning, how a value is written."""

    field: str
    title: Callable[[], str]
    meaning: Callable[[], str]
    write: Callable[[Any, str], str | int]


def _count(value: int, _lang: str) -> int:
    return value


MEASURES = (
    MeasureColumn("partners", lambda: _("Partners in all"), lambda: _("how many others it is tied to"), _count),
    MeasureColumn(
        "page_rank", lambda: _("Hub"),
        lambda: _("how often one comes to it who goes from partner to partner at random"),
        format_share,
    ),
    MeasureColumn(
        "betweenness", lambda: _("Bridge"), lambda: _("how many of the shortest ways between others lead through it"),
        format_share,
    ),
    MeasureColumn(
        "is_single_contact", lambda: _("Single contact"), lambda: _("whether others could not be reached without it"),
        lambda value, _lang: _("yes") if value else _("no"),
    ),
    MeasureColumn(
        "community", lambda: _("Community"),
        lambda: _("number of the group that it has most relationships with"), _count,
    ),
)  # fmt: skip


def tie_columns(scene: Scene, *, across: bool = False) -> list[dict[str, Any]]:
    """Headings for the macro `table`; whose partner it is stands there only when it can be another than the focus."""
    near = [{"title": _("Tied to")}] if across or scene.has_far_ties else []
    change = [{"title": _("Change")}] if scene.changes else []
    return [
        {"title": _("Partner")}, *near, {"title": _("Ground")}, {"title": _("Since"), "nb": True},
        {"title": _("State")}, *change, {"title": _("Sources"), "num": True},
    ]  # fmt: skip


def tie_rows(visit: Visit, scene: Scene, view: LinkedView, most: int, *, across: bool = False) -> list[list[Any]]:
    """Rows of at most so many ties that lead to the focus, nearest partners first, or of those across."""
    choosing = _choosing(scene, view)
    return [_tie_row(visit, scene, choosing, tie) for tie in _ordered(visit, scene.shown, across=across)[:most]]


def tie_cells(visit: Visit, scene: Scene) -> Iterator[list[str]]:
    """Give all ties that are shown as cells of `TIE_COLUMNS`, in the order of the table."""
    for across in (False, True):
        for tie in _ordered(visit, scene.shown, across=across):
            near, far = _ends(scene.shown, tie)
            names = [name_of(visit, iri)[0] for iri in (near, far)]
            grounds = "; ".join(ground_word(ground) for ground in GROUNDS if ground in tie.grounds)
            country, sources = visit.facts.network.nodes[far]["country"], " ".join(sources_of(visit.facts, tie))
            cells = (grounds, tie.weight, start_of_tie(visit.facts, tie), form_word(tie.form), sources)
            change = tie_change(visit, scene, tie.start, tie.end) or ""
            yield [str(value) for value in (near, names[0], far, names[1], country, *cells, change)]


def measure_meanings() -> list[tuple[str, str]]:
    """Heading of each measure and what it means."""
    return [(column.title(), column.meaning()) for column in MEASURES]


def organization_columns(scene: Scene) -> list[dict[str, Any]]:
    """Headings for the macro `table`."""
    change = [{"title": _("Change")}] if scene.changes else []
    return [
        {"title": _("Organization")}, {"title": _("Steps"), "num": True}, {"title": _("Ties here"), "num": True},
        *change,
        *({"title": column.title(), "num": True} for column in MEASURES),
    ]  # fmt: skip


def organization_rows(visit: Visit, scene: Scene, view: LinkedView, most: int) -> list[list[Any]]:
    """Rows of the organizations that are shown, the nearest first, then in the order of the Czech alphabet."""
    distance = scene.shown.distance
    ties = Counter(iri for tie in scene.shown.ties for iri in (tie.start, tie.end))
    ordered = sorted(distance, key=lambda iri: (distance[iri], czech_order(name_of(visit, iri)[0])))
    choosing = _choosing(scene, view)
    return [_organization_row(visit, scene, choosing, iri, ties[iri]) for iri in ordered[:most]]


def _choosing(scene: Scene, view: LinkedView) -> Callable[[str], str]:
    """Lead from a row to the card beside the picture."""
    return replace(view, tab="whole" if scene.view.whole else "").choosing()


def _tie_row(visit: Visit, scene: Scene, choosing: Callable[[str], str], tie: Tie) -> list[Any]:
    near, far = _ends(scene.shown, tie)
    partner = piece(visit, far)
    whose = [_value(visit, near)] if scene.has_far_ties or not scene.shown.leads(tie) else []
    card = choosing(tie_key(node_key(visit, tie.start), node_key(visit, tie.end)))
    return [
        {"text": partner.text, "lang": partner.lang, "href": partner.href, "small": kind_and_country(visit, far)},
        *whose,
        {"text": by_ground(visit.library, tie.relations), "href": card},
        format_date(start_of_tie(visit.facts, tie), "none", lang=visit.language),
        {"badge": _state(visit, scene, tie)},
        *_change(visit, scene, tie),
        len(sources_of(visit.facts, tie)),
    ]


def _state(visit: Visit, scene: Scene, tie: Tie) -> Badge:
    """State with the date of its evidence; in a span, or on another day than that of the page, the word alone."""
    if scene.view.span != (0, 0) or scene.days.day != visit.on.day:
        return Badge(tie.form, form_word(tie.form), span_words(scene.view.span))
    return badge(visit, telling_record(visit.facts, tie, visit.on))


def _change(visit: Visit, scene: Scene, tie: Tie) -> list[str]:
    change = tie_change(visit, scene, tie.start, tie.end)
    return [f"{SIGNS.get(change, '')} {change_word(change)}".strip()] if change else []


def _ordered(visit: Visit, shown: Neighbourhood, *, across: bool) -> list[Tie]:
    def order(tie: Tie) -> tuple[Any, ...]:
        near, far = _ends(shown, tie)
        return (
            shown.distance[far],
            czech_order(name_of(visit, far)[0]),
            czech_order(name_of(visit, near)[0]),
        )

    return sorted((tie for tie in shown.ties if shown.leads(tie) is not across), key=order)


def _ends(shown: Neighbourhood, tie: Tie) -> tuple[str, str]:
    """Give the end nearer to the focus, and the other one."""
    return (tie.start, tie.end) if shown.distance[tie.start] <= shown.distance[tie.end] else (tie.end, tie.start)


def _value(visit: Visit, iri: str) -> Mapping[str, str]:
    name = piece(visit, iri)
    return {"text": name.text, "lang": name.lang, "href": name.href}


def _organization_row(visit: Visit, scene: Scene, choosing: Callable[[str], str], iri: str, ties: int) -> list[Any]:
    name, key = piece(visit, iri), node_key(visit, iri)
    measured = visit.facts.edition_network.measures.organizations.get(iri)
    change = [change_word(scene.changes[key])] if key in scene.changes else [""] if scene.changes else []
    return [
        {"text": name.text, "lang": name.lang, "href": choosing(key), "small": kind_and_country(visit, iri)},
        scene.shown.distance[iri],
        ties,
        *change,
        *(column.write(getattr(measured, column.field), visit.language) if measured else "–" for column in MEASURES),
    ]
