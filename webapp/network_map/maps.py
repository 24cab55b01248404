"""The map: what is tied to the region, as a picture and as a table, with the evidence of each tie."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from graph.picture import Words
from graph.picture_file import read_colours, svg_file
from graph.tie_exports import write_tie_gexf, write_tie_graphml
from webapp.asof import asof
from webapp.language import _
from webapp.network_map.card import card
from webapp.network_map.changes import scene_titles
from webapp.network_map.geography_file import geography_file
from webapp.network_map.page import page_parts
from webapp.network_map.scene import Scene, picture, scene
from webapp.network_map.table import ties_csv
from webapp.network_map.view import MapView, read_map_view
from webapp.network_map.words import answer
from webapp.site import site

__all__ = ["map_blueprint"]

TOKENS = Path(__file__).parent.parent / "static" / "tokens.css"
MEDIA_TYPES = {
    "svg": "image/svg+xml", "csv": "text/csv; charset=utf-8", "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}  # fmt: skip


def map_blueprint() -> Blueprint:
    """Routes ``/map`` and ``/map.json``, ``.svg``, ``.csv``, ``.graphml``, ``.gexf`` of exactly what is seen."""
    blueprint = Blueprint("maps", __name__)
    blueprint.add_url_rule("/map", view_func=map_page)
    blueprint.add_url_rule("/map.json", view_func=map_json)
    for suffix in MEDIA_TYPES:
        blueprint.add_url_rule(f"/map.{suffix}", f"map_{suffix}", map_file, defaults={"suffix": suffix})
    return blueprint


def map_page() -> ResponseReturnValue:
    """Show the map, or with ``part=card`` the evidence card alone, for the script of the page.

    What a form sends is answered with the short address of the same view, so that no start value stays in it.
    """
    view = read_map_view()
    if "apply" in request.args:
        return redirect(view.address(), 303)
    found = scene(view.view)
    chosen = card(found, view) if view.sel else None
    if request.args.get("part") == "card":
        return render_template("map_card.html", card=chosen, view=view)
    plain = view.without_choice()
    downloads = [{"text": text, "href": plain.address(f"/map.{suffix}")} for suffix, text in _downloads().items()]
    return render_template("map.html", **page_parts(view, found), downloads=downloads, card=chosen)


def map_json() -> Response:
    """Send the drawing as vis-network reads it, with titles and where the card of each id is."""
    view = read_map_view()
    found = scene(view.view)
    words = {"caption": answer(found.shown), "titles": scene_titles(found)}
    return jsonify(**picture(view.view), **words, card=view.without_choice().address(part="card"), sel=view.sel)


def map_file(suffix: str) -> Response:
    """Send what is seen as a file."""
    view = read_map_view()
    found = scene(view.view)
    writers = {"svg": _svg_file, "csv": lambda _view, found: ties_csv(found), "graphml": _graphml, "gexf": _gexf}
    response = Response(writers[suffix](view, found), content_type=MEDIA_TYPES[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="krajina-map.{suffix}"'
    return response


def _downloads() -> dict[str, str]:
    return {
        "svg": _("Picture SVG"), "csv": _("Table CSV"), "graphml": _("Network GraphML"), "gexf": _("Network GEXF"),
        "json": _("Drawing JSON"),
    }  # fmt: skip


def _svg_file(view: MapView, found: Scene) -> bytes:
    note = _(
        "Krajina, edition %(edition)s, state as of %(day)s. Data CC BY 4.0.",
        edition=site().edition.identifier, day=asof().day.isoformat(),
    )  # fmt: skip
    if view.tab == "geo":
        land = _("Land and borders: Natural Earth.")
        return geography_file(found, _iri, _colours(), f"{note} {land}")
    words = Words(answer(found.shown), scene_titles(found), _iri)
    return svg_file(picture(view.view), words, _colours(), note)


def _iri(key: str) -> str:
    return "" if "~" in key else site().iris.resource("organizations", key)


def _graphml(_view: MapView, found: Scene) -> bytes:
    return write_tie_graphml(found.shown, site().network, site().library, found.changes)


def _gexf(_view: MapView, found: Scene) -> bytes:
    return write_tie_gexf(found.shown, site().network, site().library, found.changes)


@lru_cache(maxsize=1)
def _colours() -> dict[str, str]:
    return read_colours(TOKENS.read_text(encoding="utf-8"))
