"""What the page of the map shows in each of its forms: network, geography, table, whole network."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from graph.pictures.picture import Words, svg
from webapp.map.caption import caption
from webapp.map.card import Card
from webapp.map.changes import change_sentence, change_signs, scene_titles
from webapp.map.chips import chosen_chips
from webapp.map.drawing import picture
from webapp.map.facets import FACETS
from webapp.map.geography import geography
from webapp.map.groups import address_of_node, group_sentence, group_sign
from webapp.map.legend import legend
from webapp.map.node_list import listed_nodes
from webapp.map.organizations import measure_meanings, organization_columns, organization_rows
from webapp.map.scene import Scene
from webapp.map.shortcuts import shortcuts
from webapp.map.table import columns, rows
from webapp.map.view import TABS, MapView, start_view
from webapp.map.words import answer
from webapp.map.years import years
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.parts import piece

__all__ = ["page_parts"]

# What the form of the legend sends itself; it passes on the rest of the state.
FORM_FIELDS = (*FACETS, "from", "to", "versus", "undated", "pos", "page", "apply")
MOST_ROWS = 1000


def page_parts(visit: Visit, view: MapView, found: Scene, chosen: Card | None) -> dict[str, Any]:
    """Gather the values of the template for a view, with the card of what is chosen in it."""
    focus = view.view.focus
    parts: dict[str, Any] = {
        "view": view,
        "found": found,
        "focus": piece(visit, focus),
        "is_home": focus == visit.library.home,
        "sentence": answer(visit, found.shown),
        "grouped": group_sentence(found) if view.tab not in ("table", "geo") else "",
        "group_sign": group_sign(found) if view.tab not in ("table", "geo") else None,
        "difference": change_sentence(visit, found),
        "caption": caption(visit, found, view),
        "tabs": _tabs(),
        "form_fields": FORM_FIELDS,
        "legend": legend(visit, found),
        "years": years(visit, view),
        "changes": change_signs(found),
        "chips": chosen_chips(visit, view),
        "shortcuts": shortcuts(visit, view),
        "reset": MapView(start_view(visit.facts, focus, whole=view.view.whole), tab=view.tab).address(),
    }
    return (
        parts
        | {"card": chosen}
        | _form(visit, view, found, parts["sentence"], chosen.selected if chosen else frozenset())
    )


def _tabs() -> tuple[tuple[str, str], ...]:
    """List the forms of the map as tabs: value of ``view`` and name."""
    names = {"": _("Network"), "geo": _("Geography"), "table": _("Table"), "whole": _("Whole network")}
    return tuple((tab, names[tab]) for tab in TABS)


def _form(visit: Visit, view: MapView, found: Scene, sentence: str, selected: frozenset[str]) -> dict[str, Any]:
    if view.tab == "geo":
        return {"nodes": listed_nodes(visit, found.shown, view), "geography": geography(visit, view, found, selected)}
    if view.tab == "table":
        return _table(visit, view, found)
    drawn = found.drawn
    pictures = _pictures(visit, view, found, sentence, selected)
    parts = {"pictures": pictures, "nodes": listed_nodes(visit, drawn.shown, view, drawn.groups)}
    # What groups put together, a script can draw in full, and the table says.
    return parts | {"draws_all": True} | _table(visit, view, found) if view.view.whole and drawn.groups else parts


def _table(visit: Visit, view: MapView, found: Scene) -> dict[str, Any]:
    near, across = rows(visit, found, view, most=MOST_ROWS), rows(visit, found, view, across=True, most=MOST_ROWS)
    return {
        "columns": columns(found),
        "rows": near,
        "across_columns": columns(found, across=True),
        "across": across,
        "more_rows": len(found.shown.ties) - len(near) - len(across),
        "measures": measure_meanings(),
        "organization_columns": organization_columns(found),
        "organizations": organization_rows(visit, found, view, MOST_ROWS),
    }


def _pictures(visit: Visit, view: MapView, found: Scene, sentence: str, selected: frozenset[str]) -> Markup:
    words = Words(sentence, scene_titles(visit, found), address_of_node(found, view), selected)
    return Markup(svg(picture(visit, view.view), words) + svg(picture(visit, view.view, narrow=True), words, "slim"))
