"""What the map shows, to take away: each format with licence, day, edition and address of the view in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Blueprint, Response, jsonify, request

from graph.intake.csvw_files import CSVW_TYPE
from graph.networks.network_exports import write_gexf, write_graphml, write_tie_gexf, write_tie_graphml
from webapp.map.elsewhere import embed_page, standalone_file
from webapp.map.linked_data import jsonld_file
from webapp.map.provenance import Provenance, add_links, provenance
from webapp.map.scene import Scene, part_of_network, scene
from webapp.map.sheet import pdf_file, picture_svg, png_file
from webapp.map.tie_lines import csv_description, csv_file, xlsx_file
from webapp.map.view import MapView, read_map_view
from webapp.request.language import _
from webapp.request.security_headers import INERT
from webapp.request.visit import Visit, this_visit
from webapp.words.sheets import CSV_TYPE, XLSX_TYPE

__all__ = ["CSVW_TYPE", "add_files", "downloads"]

Writer: TypeAlias = Callable[[MapView, Scene, Provenance], bytes]


@dataclass(frozen=True)
class Form:
    """A format: media type, label in the menu, writer."""

    content_type: str
    label: Callable[[], str]
    write: Writer


FORMS: Mapping[str, Form] = {
    "pdf": Form(
        "application/pdf", lambda: _("Sheet PDF"), lambda view, found, _about: pdf_file(this_visit(), view, found)
    ),
    "png": Form("image/png", lambda: _("Sheet PNG"), lambda view, found, _about: png_file(this_visit(), view, found)),
    "svg": Form(
        "image/svg+xml", lambda: _("Picture SVG"), lambda view, found, _about: picture_svg(this_visit(), view, found)
    ),
    "html": Form(
        "text/html; charset=utf-8",
        lambda: _("Page in one file, HTML"),
        lambda view, found, _about: standalone_file(this_visit(), view, found),
    ),
    "xlsx": Form(XLSX_TYPE, lambda: _("Table XLSX"), lambda _view, found, about: xlsx_file(this_visit(), found, about)),
    "csv": Form(CSV_TYPE, lambda: _("Table CSV"), lambda _view, found, _about: csv_file(this_visit(), found)),
    "graphml": Form(
        "application/graphml+xml",
        lambda: _("Network GraphML"),
        lambda _view, found, about: _graphml(this_visit(), found, about),
    ),
    "gexf": Form(
        "application/gexf+xml",
        lambda: _("Network GEXF"),
        lambda _view, found, about: _gexf(this_visit(), found, about),
    ),
    "jsonld": Form(
        "application/ld+json",
        lambda: _("Data JSON-LD"),
        lambda _view, found, about: jsonld_file(this_visit(), found, about),
    ),
}


def add_files(blueprint: Blueprint) -> None:
    """Add the routes of all formats, of the description of the table, and of the page for other sites."""
    for suffix in FORMS:
        blueprint.add_url_rule(f"/map.{suffix}", f"map_{suffix}", map_file, defaults={"suffix": suffix})
    blueprint.add_url_rule("/map.csv-metadata.json", "map_csv_description", map_csv_description)
    blueprint.add_url_rule("/map/embed", "map_embed", embed_page)


def downloads(view: MapView) -> list[dict[str, str]]:
    """Entries of the menu: each format of the view, with its address."""
    plain = view.without_choice()
    labels = {**{suffix: form.label() for suffix, form in FORMS.items()}, "json": _("Drawing JSON")}
    return [{"text": text, "href": plain.address(f"/map.{suffix}")} for suffix, text in labels.items()]


def map_file(suffix: str) -> Response:
    """Send what is seen as a file."""
    visit = this_visit()
    view = read_map_view(visit)
    found = scene(visit, view.view)
    about, form = provenance(visit, view, found), FORMS[suffix]
    response = Response(form.write(view, found, about), content_type=form.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(visit, view)}.{suffix}"'
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
    view = read_map_view(visit)
    found = scene(visit, view.view)
    described: dict[str, Any] = csv_description(view.address("/map.csv"), found, provenance(visit, view, found))
    response = jsonify(described)
    response.content_type = CSVW_TYPE
    return response


def _graphml(visit: Visit, found: Scene, about: Provenance) -> bytes:
    """Give an edge for each line of the picture; with ``edges=relationships`` for each relationship behind them."""
    if request.args.get("edges") == "relationships":
        return write_graphml(part_of_network(visit, found), visit.library, about.texts())
    return write_tie_graphml(found.shown, visit.facts.network, visit.library, found.changes, about.texts())


def _gexf(visit: Visit, found: Scene, about: Provenance) -> bytes:
    if request.args.get("edges") == "relationships":
        return write_gexf(part_of_network(visit, found), visit.library, about.texts())
    return write_tie_gexf(found.shown, visit.facts.network, visit.library, found.changes, about.texts())


def _name(visit: Visit, view: MapView) -> str:
    focus = visit.iris.split(view.view.focus)
    around = "" if view.view.focus == visit.library.home or not focus else f"-{focus[1]}"
    return f"krajina-map{around[:60]}" if around.isascii() else "krajina-map"
