"""What the page of the map shows in each of its forms: network, geography, table, whole network."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from graph.pictures.picture import PictureWords, svg
from webapp.language import _
from webapp.network_map.caption import caption
from webapp.network_map.card import Card
from webapp.network_map.changes import change_sentence, change_signs, scene_titles
from webapp.network_map.chips import chosen_chips
from webapp.network_map.drawing import picture
from webapp.network_map.facets import FACETS
from webapp.network_map.geography import geography
from webapp.network_map.groups import address_of_node, group_sentence, group_sign
from webapp.network_map.legend import legend
from webapp.network_map.node_list import listed_nodes
from webapp.network_map.organizations import measure_meanings, organization_columns, organization_rows
from webapp.network_map.scene import Scene
from webapp.network_map.shortcuts import shortcuts
from webapp.network_map.table import columns, rows
from webapp.network_map.view import TABS, MapView, start_view
from webapp.network_map.words import answer
from webapp.network_map.years import years
from webapp.record.parts import piece
from webapp.site import site

__all__ = ["page_parts"]

# What the form of the legend sends itself; it passes on the rest of the state.
FORM_FIELDS = (*FACETS, "from", "to", "versus", "undated", "pos", "page", "apply")
MOST_ROWS = 1000


def page_parts(view: MapView, found: Scene, chosen: Card | None) -> dict[str, Any]:
    """Gather the values of the template for a view, with the card of what is chosen in it."""
    focus = view.view.focus
    parts: dict[str, Any] = {
        "view": view,
        "found": found,
        "focus": piece(focus),
        "is_home": focus == site().library.home,
        "sentence": answer(found.shown),
        "grouped": group_sentence(found) if view.tab not in ("table", "geo") else "",
        "group_sign": group_sign(found) if view.tab not in ("table", "geo") else None,
        "difference": change_sentence(found),
        "caption": caption(found, view),
        "tabs": _tabs(),
        "form_fields": FORM_FIELDS,
        "legend": legend(found),
        "years": years(view),
        "changes": change_signs(found),
        "chips": chosen_chips(view),
        "shortcuts": shortcuts(view),
        "reset": MapView(start_view(site(), focus, whole=view.view.whole), tab=view.tab).address(),
    }
    return parts | {"card": chosen} | _form(view, found, parts["sentence"], chosen.selected if chosen else frozenset())


def _tabs() -> tuple[tuple[str, str], ...]:
    """List the forms of the map as tabs: value of ``view`` and name."""
    names = {"": _("Network"), "geo": _("Geography"), "table": _("Table"), "whole": _("Whole network")}
    return tuple((tab, names[tab]) for tab in TABS)


def _form(view: MapView, found: Scene, sentence: str, selected: frozenset[str]) -> dict[str, Any]:
    if view.tab == "geo":
        return {"nodes": listed_nodes(found.shown, view), "geography": geography(view, found, selected)}
    if view.tab == "table":
        return _table(view, found)
    drawn = found.drawn
    pictures = _pictures(view, found, sentence, selected)
    parts = {"pictures": pictures, "nodes": listed_nodes(drawn.shown, view, drawn.groups)}
    # What groups put together, a script can draw in full, and the table says.
    return parts | {"draws_all": True} | _table(view, found) if view.view.whole and drawn.groups else parts


def _table(view: MapView, found: Scene) -> dict[str, Any]:
    near, across = rows(found, view, most=MOST_ROWS), rows(found, view, across=True, most=MOST_ROWS)
    return {
        "columns": columns(found),
        "rows": near,
        "across_columns": columns(found, across=True),
        "across": across,
        "more_rows": len(found.shown.ties) - len(near) - len(across),
        "measures": measure_meanings(),
        "organization_columns": organization_columns(found),
        "organizations": organization_rows(found, view, MOST_ROWS),
    }


def _pictures(view: MapView, found: Scene, sentence: str, selected: frozenset[str]) -> Markup:
    words = PictureWords(sentence, scene_titles(found), address_of_node(found, view), selected)
    return Markup(svg(picture(view.view), words) + svg(picture(view.view, narrow=True), words, "slim"))
