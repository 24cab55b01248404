"""The map for other places: a page in one file, and a bare page for the frames of other sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from flask import Response, render_template
from markupsafe import Markup

from graph.networks.grouping import PREFIX
from graph.networks.ties import tie_key
from graph.pictures.picture import Words, svg
from webapp.map.caption import caption
from webapp.map.changes import scene_titles
from webapp.map.drawing import picture
from webapp.map.groups import address_of_node, group_sign, opening_address, with_links
from webapp.map.inlining import inline, json_island
from webapp.map.legend import legend
from webapp.map.provenance import add_links, provenance
from webapp.map.scene import Scene, scene
from webapp.map.table import TIE_COLUMNS, tie_rows
from webapp.map.view import MapView, read_map_view
from webapp.map.words import node_key
from webapp.request.security_headers import EMBED_POLICY
from webapp.request.visit import Visit, this_visit
from webapp.words.names import name_of
from webapp.words.typography import format_date, typo

__all__ = ["embed_page", "frame_code", "standalone_file"]

STYLES = ("tokens.css", "components.css", "standalone.css")
SCRIPT = "standalone-map.js"
FRAME_HEIGHT_PX = 720


@dataclass(frozen=True)
class Line:
    """A tie as a row of the page.

    Attributes
    ----------
    key : str
        Id of its edge.
    ends, relationships : tuple of (str, str)
        Names and addresses: of the partner and of whom it is tied to, and of what ties them.
    cells : tuple of str
        Country, grounds, start, state.
    """

    key: str
    ends: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    relationships: tuple[tuple[str, str], ...]


def standalone_file(visit: Visit, view: MapView, found: Scene) -> bytes:
    """Write a view as one HTML file that works without a network.

    The picture is drawn from what pyvis holds, which the file carries too; pyvis's own page is not used, since it
    prints ids as markup and loads from foreign servers.
    """
    return _standalone(visit, view, found).encode()


def embed_page() -> Response:
    """Show a view as a bare page, for the frames of other sites: no forms, no script, and the way back."""
    visit = this_visit()
    view = read_map_view(visit)
    found = scene(visit, view.view)
    about, address = provenance(visit, view, found), address_of_node(found, view)
    words = Words(
        about.sentence,
        scene_titles(visit, found),
        lambda key: visit.links.under_base(address(key)),
    )
    page = render_template(
        "map_embed.html",
        picture=_picture(visit, view, words),
        signs=_signs(visit, found),
        about=about,
        caption=typo(" ".join(caption(visit, found, view)), lang=visit.language),
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    add_links(response, about)
    return response


def frame_code(visit: Visit, view: MapView, title: str) -> str:
    """HTML that shows a view on another site."""
    address = escape(visit.links.under_base(view.without_choice().address("/map/embed")))
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT_PX}"></iframe>'


def _standalone(visit: Visit, view: MapView, found: Scene) -> str:
    about = provenance(visit, view, found)
    words = Words(about.sentence, scene_titles(visit, found), lambda key: _address(visit, found, view, key))
    data = {"about": dict(about.texts()), "map": with_links(picture(visit, view.view), found, view)}
    return render_template(
        "map_standalone.html",
        inlined=inline(STYLES, SCRIPT),
        data=json_island(data),
        picture=_picture(visit, view, words),
        signs=_signs(visit, found),
        about=about,
        caption=typo(" ".join(caption(visit, found, view)), lang=visit.language),
        lines=list(_lines(visit, found)),
    )


def _picture(visit: Visit, view: MapView, words: Words) -> Markup:
    return Markup(svg(picture(visit, view.view), words, "alone"))


def _address(visit: Visit, found: Scene, view: MapView, key: str) -> str:
    """Lead from a line to its row, from a node to its page, from a group to the view in which it is open."""
    if PREFIX in key:
        return visit.links.under_base(opening) if (opening := opening_address(found, view, key)) else ""
    return (
        f"#t-{key}"
        if "~" in key
        else visit.links.under_base(visit.links.page(visit.iris.resource("organizations", key)))
    )


def _signs(visit: Visit, found: Scene) -> list[tuple[Markup, str]]:
    of_groups = group_sign(found)
    return [
        *(
            (sign.icon, typo(sign.label, lang=visit.language))
            for group in legend(visit, found)
            for sign in group.options
            if sign.icon and sign.chosen and sign.count
        ),
        *([of_groups] if of_groups else []),
    ]


def _lines(visit: Visit, found: Scene) -> Iterator[Line]:
    library = visit.library
    relations = {(tie.start, tie.end): tie.relations for tie in found.shown.ties}
    for row in tie_rows(visit, found):
        cells = dict(zip(TIE_COLUMNS, row, strict=True))
        near, far = cells["organization"], cells["partner"]
        yield Line(
            tie_key(node_key(visit, near), node_key(visit, far)),
            tuple(
                (
                    typo(name_of(visit, library, iri)[0], lang=visit.language),
                    visit.links.under_base(visit.links.page(iri)),
                )
                for iri in (far, near)
            ),
            _facts(visit, cells),
            tuple(
                (
                    typo(name_of(visit, library, iri)[0], lang=visit.language),
                    visit.links.under_base(visit.links.page(iri)),
                )
                for iri in relations[min(near, far), max(near, far)]
            ),
        )


def _facts(visit: Visit, cells: Mapping[str, str]) -> tuple[str, ...]:
    since = format_date(cells["since"], "none", lang=visit.language)
    return (
        cells["partner_country"],
        typo(cells["grounds"], lang=visit.language),
        since,
        typo(cells["state"], lang=visit.language),
    )
