"""The map for other places: a page in one file, and a bare page for the frames of other sites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from flask import Response, render_template
from markupsafe import Markup

from graph.networks.grouping import PREFIX
from graph.networks.ties import tie_key
from graph.pictures.picture import PictureWords, svg
from webapp.links import link_iri, under_base
from webapp.network_map.caption import caption
from webapp.network_map.changes import scene_titles
from webapp.network_map.drawing import picture
from webapp.network_map.groups import address_of_node, group_sign, opening_address, with_links
from webapp.network_map.inlining import inline, json_island
from webapp.network_map.legend import legend
from webapp.network_map.provenance import add_links, provenance
from webapp.network_map.scene import Scene, scene
from webapp.network_map.table import TIE_COLUMNS, tie_rows
from webapp.network_map.view import MapView, read_map_view
from webapp.network_map.words import node_key
from webapp.query.result_embed import EMBED_POLICY
from webapp.record.names import name_of
from webapp.site import site
from webapp.typography import format_date, typo

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


def standalone_file(view: MapView, found: Scene) -> bytes:
    """Write a view as one HTML file that works without a network.

    The picture is drawn from what pyvis holds, which the file carries too; pyvis's own page is not used, since it
    prints ids as markup and loads from foreign servers.
    """
    return _standalone(view, found).encode()


def embed_page() -> Response:
    """Show a view as a bare page, for the frames of other sites: no forms, no script, and the way back."""
    view = read_map_view()
    found = scene(view.view)
    about, address = provenance(view, found), address_of_node(found, view)
    words = PictureWords(
        about.sentence,
        scene_titles(found),
        lambda key: under_base(address(key)),
    )
    page = render_template(
        "map_embed.html",
        picture=_picture(view, words),
        signs=_signs(found),
        about=about,
        caption=typo(" ".join(caption(found, view))),
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = EMBED_POLICY
    add_links(response, about)
    return response


def frame_code(view: MapView, title: str) -> str:
    """HTML that shows a view on another site."""
    address = escape(under_base(view.without_choice().address("/map/embed")))
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT_PX}"></iframe>'


def _standalone(view: MapView, found: Scene) -> str:
    about = provenance(view, found)
    words = PictureWords(about.sentence, scene_titles(found), lambda key: _address(found, view, key))
    data = {"about": dict(about.texts()), "map": with_links(picture(view.view), found, view)}
    return render_template(
        "map_standalone.html",
        inlined=inline(STYLES, SCRIPT),
        data=json_island(data),
        picture=_picture(view, words),
        signs=_signs(found),
        about=about,
        caption=typo(" ".join(caption(found, view))),
        lines=list(_lines(found)),
    )


def _picture(view: MapView, words: PictureWords) -> Markup:
    return Markup(svg(picture(view.view), words, "alone"))


def _address(found: Scene, view: MapView, key: str) -> str:
    """Lead from a line to its row, from a node to its page, from a group to the view in which it is open."""
    if PREFIX in key:
        return under_base(opening) if (opening := opening_address(found, view, key)) else ""
    return f"#t-{key}" if "~" in key else under_base(link_iri(site().iris.resource("organizations", key)))


def _signs(found: Scene) -> list[tuple[Markup, str]]:
    of_groups = group_sign(found)
    return [
        *(
            (sign.icon, typo(sign.label))
            for group in legend(found)
            for sign in group.options
            if sign.icon and sign.chosen and sign.count
        ),
        *([of_groups] if of_groups else []),
    ]


def _lines(found: Scene) -> Iterator[Line]:
    library = site().library
    relations = {(tie.start, tie.end): tie.relations for tie in found.shown.ties}
    for row in tie_rows(found):
        cells = dict(zip(TIE_COLUMNS, row, strict=True))
        near, far = cells["organization"], cells["partner"]
        yield Line(
            tie_key(node_key(near), node_key(far)),
            tuple((typo(name_of(library, iri)[0]), under_base(link_iri(iri))) for iri in (far, near)),
            _facts(cells),
            tuple(
                (typo(name_of(library, iri)[0]), under_base(link_iri(iri)))
                for iri in relations[min(near, far), max(near, far)]
            ),
        )


def _facts(cells: Mapping[str, str]) -> tuple[str, ...]:
    since = format_date(cells["since"], "none")
    return cells["partner_country"], typo(cells["grounds"]), since, typo(cells["state"])
