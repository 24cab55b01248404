"""The organizations of a view as rows: how near they are, their ties here, their measures in the whole network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from graph.folding import czech_order
from webapp.map.changes import change_word
from webapp.map.scene import Scene
from webapp.map.view import MapView
from webapp.map.words import node_key
from webapp.request.language import _, format_share
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.parts import kind_and_country, piece

__all__ = ["measure_meanings", "organization_columns", "organization_rows"]


@dataclass(frozen=True)
class Column:
    """A measure as a column: field in `graph.networks.measures.Measures`, heading, meaning, how a value is written."""

    field: str
    title: Callable[[], str]
    meaning: Callable[[], str]
    write: Callable[[Any, str], str | int]


def _count(value: int, _lang: str) -> int:
    return value


COLUMNS = (
    Column("partners", lambda: _("Partners in all"), lambda: _("how many others it is tied to"), _count),
    Column(
        "page_rank", lambda: _("Hub"),
        lambda: _("how often one comes to it who goes from partner to partner at random"),
        format_share,
    ),
    Column(
        "betweenness", lambda: _("Bridge"), lambda: _("how many of the shortest ways between others lead through it"),
        format_share,
    ),
    Column(
        "is_single_contact", lambda: _("Single contact"), lambda: _("whether others could not be reached without it"),
        lambda value, _lang: _("yes") if value else _("no"),
    ),
    Column(
        "community", lambda: _("Community"),
        lambda: _("number of the group that it has most relationships with"), _count,
    ),
)  # fmt: skip


def measure_meanings() -> list[tuple[str, str]]:
    """Heading of each measure and what it means."""
    return [(column.title(), column.meaning()) for column in COLUMNS]


def organization_columns(found: Scene) -> list[dict[str, Any]]:
    """Headings for the macro `table`."""
    change = [{"title": _("Change")}] if found.changes else []
    return [
        {"title": _("Organization")}, {"title": _("Steps"), "num": True}, {"title": _("Ties here"), "num": True},
        *change,
        *({"title": column.title(), "num": True} for column in COLUMNS),
    ]  # fmt: skip


def organization_rows(visit: Visit, found: Scene, view: MapView, most: int) -> list[list[Any]]:
    """Rows of the organizations that are shown, the nearest first, then in the order of the Czech alphabet."""
    library, shown = visit.library, found.shown
    ties = Counter(iri for tie in shown.ties for iri in (tie.start, tie.end))
    ordered = sorted(
        shown.distance, key=lambda iri: (shown.distance[iri], czech_order(name_of(visit, library, iri)[0]))
    )
    choosing = replace(view, tab="whole" if found.view.whole else "").choosing()
    return [_row(visit, found, choosing, iri, ties[iri]) for iri in ordered[:most]]


def _row(visit: Visit, found: Scene, choosing: Callable[[str], str], iri: str, ties: int) -> list[Any]:
    name, key = piece(visit, iri), node_key(visit, iri)
    measured = visit.facts.edition_network.measures.organizations.get(iri)
    change = [change_word(found.changes[key])] if key in found.changes else [""] if found.changes else []
    return [
        {"text": name.text, "lang": name.lang, "href": choosing(key), "small": kind_and_country(visit, iri)},
        found.shown.distance[iri],
        ties,
        *change,
        *(column.write(getattr(measured, column.field), visit.language) if measured else "–" for column in COLUMNS),
    ]
