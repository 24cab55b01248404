"""What the page of the map shows in each of its forms: network, geography, table, whole network."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from markupsafe import Markup

from graph.pictures.picture import Words, svg
from webapp.language import _
from webapp.network_map.caption import caption
from webapp.network_map.card import Card, card
from webapp.network_map.changes import change_sentence, change_signs, scene_titles
from webapp.network_map.chips import chosen_chips
from webapp.network_map.drawing import picture
from webapp.network_map.facets import FACETS
from webapp.network_map.groups import group_sentence, group_sign, opening_address
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
# Modules that draw a form of their own: each has `parts(view, found)`, the values of its template.
OWN_TABS = {"geo": "geography"}
MOST_ROWS = 1000


def page_parts(view: MapView, found: Scene) -> dict[str, Any]:
    """Gather the values of the template for a view."""
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
    return parts | _form(view, found, parts["sentence"])


def _tabs() -> tuple[tuple[str, str], ...]:
    """List the forms of the map as tabs: value of ``view`` and name; one whose module is missing is left out."""
    names = {"": _("Network"), "geo": _("Geography"), "table": _("Table"), "whole": _("Whole network")}
    return tuple((tab, names[tab]) for tab in TABS if tab not in OWN_TABS or _module(OWN_TABS[tab]))


def _form(view: MapView, found: Scene, sentence: str) -> dict[str, Any]:
    own = _module(OWN_TABS.get(view.tab, "")) if view.tab in OWN_TABS else None
    if own:
        return {"own_tab": view.tab, "nodes": listed_nodes(found.shown, view), **own.parts(view, found)}
    if view.tab == "table":
        return _table(view, found)
    drawn = found.drawn
    parts = {"pictures": _pictures(view, found, sentence), "nodes": listed_nodes(drawn.shown, view, drawn.groups)}
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


def _pictures(view: MapView, found: Scene, sentence: str) -> Markup:
    chosen: Card | None = card(found, view) if view.sel else None
    selected = chosen.selected if chosen else frozenset()
    words = Words(sentence, scene_titles(found), lambda key: _address(found, view, key), selected)
    return Markup(svg(picture(view.view), words) + svg(picture(view.view, narrow=True), words, "slim"))


def _address(found: Scene, view: MapView, key: str) -> str:
    """Open a group; show the card of anything else."""
    return opening_address(found, view, key) or view.address(sel=key)


def _module(name: str) -> Any:
    """Find a module of this package that may not be there."""
    full_name = f"{__package__}.{name}"
    return import_module(full_name) if name and find_spec(full_name) else None
