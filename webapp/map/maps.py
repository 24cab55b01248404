"""The map: what is tied to the region, as a picture and as a table, with the evidence of each tie, and as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.intake.csvw_files import CSVW_TYPE
from graph.pictures.picture import PictureWords, svg
from graph.views.map_parameters import SENT_BY_LEGEND
from graph.views.map_view import TABS, started
from graph.views.scene import Scene
from webapp.map.addresses import (
    LinkedView,
    address_of_node,
    link_view,
    new_address,
    read_view,
    scene_of_view,
    with_links,
)  # fmt: skip
from webapp.map.caption import add_links, caption, group_sentence, provenance
from webapp.map.card import Card, card
from webapp.map.drawing import picture
from webapp.map.elsewhere import embed_html, frame_code
from webapp.map.face import face_drawing, face_pictures, face_sentences, territories
from webapp.map.files import FORMATS, SLIDES, Format, csv_description, downloads, file_name
from webapp.map.find import listed_nodes, shortcuts, whole_network
from webapp.map.geography import geography
from webapp.map.legend import chosen_chips, group_sign, legend
from webapp.map.table import measure_meanings, organization_columns, organization_rows, tie_columns, tie_rows
from webapp.map.time import change_sentence, change_signs, scene_titles, years
from webapp.map.words import view_answer, view_title
from webapp.request.language import _
from webapp.request.security_headers import EMBED_POLICY, INERT
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import piece

__all__ = ["map_blueprint"]

# What the form of the legend sends itself; it passes on the rest of the state.
FORM_FIELDS = (*SENT_BY_LEGEND, "page", "apply")
MOST_ROWS = 1000


def map_blueprint() -> Blueprint:
    """Routes ``/map``, its data for scripts, the files of exactly what is seen, and the page for other sites."""
    blueprint = Blueprint("maps", __name__)
    blueprint.add_url_rule("/map", view_func=map_page)
    blueprint.add_url_rule("/map.json", view_func=map_json)
    blueprint.add_url_rule("/map/whole.json", "map_whole", whole_json)
    for suffix in FORMATS:
        blueprint.add_url_rule(f"/map.{suffix}", f"map_{suffix}", map_file, defaults={"suffix": suffix})
    for suffix in SLIDES:
        blueprint.add_url_rule(f"/map/slide.{suffix}", f"map_slide_{suffix}", slide_file, defaults={"suffix": suffix})
    blueprint.add_url_rule("/map.csv-metadata.json", "map_csv_description", map_csv_description)
    blueprint.add_url_rule("/map/embed", "map_embed", embed_page)
    return blueprint


def map_page() -> ResponseReturnValue:
    """Show the map, or with ``part=card`` the evidence card alone, for the script of the page.

    What a form sends is answered with the short address of the same view, so that no start value stays in it; an
    address with former names of parameters leads on to the same one with those of today.
    """
    visit = this_visit()
    view = read_view(visit)
    if address := new_address(visit.links):
        return redirect(address, 301)
    if "apply" in request.args:
        return redirect(view.address(), 303)
    scene = scene_of_view(visit, view.view)
    chosen = card(visit, scene, view) if view.sel else None
    if request.args.get("part") == "card":
        return render_template("map_card.html", card=chosen, view=view)
    return render_template("map.html", **_page_parts(visit, scene, view, chosen))


def map_json() -> Response:
    """Send the drawing as vis-network reads it, with titles and where the card of each id is."""
    visit = this_visit()
    view = read_view(visit)
    scene = scene_of_view(visit, view.view)
    return jsonify(
        **(face_drawing(visit, scene) if view.view.between else with_links(picture(visit, scene), scene, view)),
        caption=view_answer(visit, scene),
        titles=scene_titles(visit, scene),
        about=provenance(visit, scene, view).texts(),
        card=view.without_choice().address(part="card"),
        sel=view.sel,
    )


def whole_json() -> Response:
    """Send all organizations and ties of a view, each at its place in the whole network, in Czech order."""
    visit = this_visit()
    view = read_view(visit)
    scene = scene_of_view(visit, view.view)
    return jsonify(caption=" ".join(caption(visit, scene, view)), **whole_network(visit, scene))


def map_file(suffix: str) -> Response:
    """Send what is seen as a file."""
    return _file(FORMATS[suffix], suffix)


def slide_file(suffix: str) -> Response:
    """Send two territories face to face as a slide."""
    return _file(SLIDES[suffix], suffix, slide=True)


def _file(form: Format, suffix: str, *, slide: bool = False) -> Response:
    visit = this_visit()
    view = read_view(visit)
    if slide and not view.view.between:
        abort(404, description=_("A slide shows two territories face to face; name one of them as between=saxony."))
    scene = scene_of_view(visit, view.view)
    about = provenance(visit, scene, view)
    response = Response(form.write(visit, scene, view, about), content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(visit, view)}.{suffix}"'
    response.headers["Content-Security-Policy"] = INERT
    add_links(response, about)
    if suffix == "csv":
        description = view.address("/map.csv-metadata.json")
        response.headers.add("Link", f'<{description}>; rel="describedby"; type="{CSVW_TYPE}"')
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def map_csv_description() -> Response:
    """Describe the CSV file of the same view: columns, licence, day, edition."""
    visit = this_visit()
    view = read_view(visit)
    about = provenance(visit, scene_of_view(visit, view.view), view)
    response = jsonify(csv_description(view.address("/map.csv"), about))
    response.content_type = CSVW_TYPE
    return response


def embed_page() -> Response:
    """Show a view as a bare page, for the frames of other sites."""
    visit = this_visit()
    view = read_view(visit)
    scene = scene_of_view(visit, view.view)
    about = provenance(visit, scene, view)
    response = Response(embed_html(visit, scene, view, about), mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    add_links(response, about)
    return response


def _page_parts(visit: Visit, scene: Scene, view: LinkedView, chosen: Card | None) -> dict[str, Any]:
    """Gather the values of the template for a view, with the card of what is chosen in it."""
    focus, has_groups = view.view.focus, view.tab not in ("table", "geo")
    parts: dict[str, Any] = {
        "view": view,
        "focus": piece(visit, focus),
        "is_home": focus == visit.library.home,
        "heading": view_title(visit, view.view),
        "territories": territories(visit, view),
        "sentence": view_answer(visit, scene),
        "grouped": group_sentence(scene) if has_groups else "",
        "group_sign": group_sign(scene) if has_groups else None,
        "difference": change_sentence(visit, scene),
        "caption": caption(visit, scene, view),
        "tabs": _tabs(view),
        "form_fields": FORM_FIELDS,
        "legend": legend(visit, scene),
        "years": years(visit, scene, view),
        "changes": change_signs(scene),
        "chips": chosen_chips(visit, view),
        "shortcuts": shortcuts(visit, view),
        "reset": link_view(visit, started(visit.facts, view.view), view.tab).address(),
        "card": chosen,
        "downloads": downloads(view),
        "frame": frame_code(visit, view, provenance(visit, scene, view).title),
        "embed": view.without_choice().address("/map/embed"),
    }
    return parts | _form(visit, scene, view, chosen.selected if chosen else frozenset())


def _tabs(view: LinkedView) -> tuple[tuple[str, str], ...]:
    """List the forms of the map as tabs: value of ``view`` and name."""
    names = {"": _("Network"), "geo": _("Geography"), "table": _("Table"), "whole": _("Whole network")}
    return tuple((tab, names[tab]) for tab in TABS if tab != "whole" or not view.view.between)


def _form(visit: Visit, scene: Scene, view: LinkedView, selected: frozenset[str]) -> dict[str, Any]:
    if view.tab == "geo":
        return {"nodes": listed_nodes(visit, scene.shown, view), "geography": geography(visit, scene, view, selected)}
    if view.tab == "table":
        return _table(visit, scene, view)
    if view.view.between:
        return _face(visit, scene, view, selected)
    drawn = scene.drawn
    nodes = listed_nodes(visit, drawn.shown, view, drawn.groups)
    parts = {"pictures": _pictures(visit, scene, view, selected), "nodes": nodes}
    # What groups put together, a script can draw in full, and the table says.
    return parts | {"draws_all": True} | _table(visit, scene, view) if view.view.whole and drawn.groups else parts


def _face(visit: Visit, scene: Scene, view: LinkedView, selected: frozenset[str]) -> dict[str, Any]:
    """Give two territories face to face: picture and table, or the table alone where the picture had too few rows."""
    pictures = face_pictures(visit, scene, view, selected)
    if not pictures:
        return _table(visit, scene, view)
    return {"faces": pictures, "told": face_sentences(visit, scene, view)}


def _table(visit: Visit, scene: Scene, view: LinkedView) -> dict[str, Any]:
    near, across = (tie_rows(visit, scene, view, MOST_ROWS, across=is_across) for is_across in (False, True))
    return {
        "columns": tie_columns(scene),
        "rows": near,
        "across_columns": tie_columns(scene, across=True),
        "across": across,
        "more_rows": len(scene.shown.ties) - len(near) - len(across),
        "measures": measure_meanings(),
        "organization_columns": organization_columns(scene),
        "organizations": organization_rows(visit, scene, view, MOST_ROWS),
    }


def _pictures(visit: Visit, scene: Scene, view: LinkedView, selected: frozenset[str]) -> Markup:
    words = PictureWords(
        view_answer(visit, scene), scene_titles(visit, scene), address_of_node(scene, view), selected,
    )  # fmt: skip
    return Markup(svg(picture(visit, scene), words) + svg(picture(visit, scene, narrow=True), words, "slim"))
