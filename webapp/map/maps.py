"""The map: what is tied to the region, as a picture and as a table, with the evidence of each tie."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.map.card import card
from webapp.map.changes import scene_titles
from webapp.map.drawing import picture
from webapp.map.elsewhere import frame_code
from webapp.map.files import add_files, downloads
from webapp.map.groups import with_links
from webapp.map.page import page_parts
from webapp.map.provenance import provenance
from webapp.map.scene import scene
from webapp.map.view import read_map_view
from webapp.map.words import answer
from webapp.request.visit import this_visit

__all__ = ["map_blueprint"]


def map_blueprint() -> Blueprint:
    """Routes ``/map``, ``/map.json`` and the files of exactly what is seen."""
    blueprint = Blueprint("maps", __name__)
    blueprint.add_url_rule("/map", view_func=map_page)
    blueprint.add_url_rule("/map.json", view_func=map_json)
    add_files(blueprint)
    return blueprint


def map_page() -> ResponseReturnValue:
    """Show the map, or with ``part=card`` the evidence card alone, for the script of the page.

    What a form sends is answered with the short address of the same view, so that no start value stays in it.
    """
    view = read_map_view(this_visit())
    if "apply" in request.args:
        return redirect(view.address(), 303)
    found = scene(this_visit(), view.view)
    chosen = card(this_visit(), found, view) if view.sel else None
    if request.args.get("part") == "card":
        return render_template("map_card.html", card=chosen, view=view)
    files = {
        "downloads": downloads(view),
        "frame": frame_code(this_visit(), view, provenance(this_visit(), view, found).title),
    }
    embed = view.without_choice().address("/map/embed")
    return render_template("map.html", **page_parts(this_visit(), view, found, chosen), **files, embed=embed)


def map_json() -> Response:
    """Send the drawing as vis-network reads it, with titles and where the card of each id is."""
    view = read_map_view(this_visit())
    found = scene(this_visit(), view.view)
    words = {
        "caption": answer(this_visit(), found.shown),
        "titles": scene_titles(this_visit(), found),
        "about": provenance(this_visit(), view, found).texts(),
    }
    return jsonify(
        **with_links(picture(this_visit(), view.view), found, view),
        **words,
        card=view.without_choice().address(part="card"),
        sel=view.sel,
    )
