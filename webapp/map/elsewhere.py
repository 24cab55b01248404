"""The map for other places: a page in one file, and a bare page for the frames of other sites.

The page in one file carries its styles and its script, and a policy that allows these and nothing else.

References
----------
Content Security Policy Level 3, section 8.4 (hashes); HTML Standard, section 4.12.1.3 (contents of scripts).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from flask import render_template
from markupsafe import Markup

from graph.networks.grouping import PREFIX
from graph.networks.ties import tie_key
from graph.pictures.picture import PictureWords, svg
from graph.views.scene import Scene
from webapp.map.addresses import LinkedView, address_of_node, opening_address, with_links
from webapp.map.caption import Provenance, caption
from webapp.map.drawing import picture
from webapp.map.face import embedded_face, face_drawing, face_picture, face_sentences
from webapp.map.legend import group_sign, legend
from webapp.map.table import TIE_COLUMNS, tie_cells
from webapp.map.time import scene_titles
from webapp.map.words import node_key
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date, typo

__all__ = ["embed_html", "frame_code", "inline", "json_island", "standalone_file"]

STATIC = Path(__file__).parent.parent / "static"
STYLES = ("tokens.css", "components.css", "standalone.css")
FACE_STYLES = (*STYLES, "map-face.css")
SCRIPT = "standalone-map.js"
REACHES_OUT = re.compile(r"@import|url\(|\bimport\b|</(?:style|script)|<!--", re.IGNORECASE)
FRAME_HEIGHT_PX = 720


@dataclass(frozen=True)
class TieLine:
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


@dataclass(frozen=True)
class Inlined:
    """A ``style`` and a ``script`` element, and the policy of a page with both."""

    style: Markup
    script: Markup
    policy: str


def standalone_file(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    """Write a view as one HTML file that works without a network.

    The picture is drawn from what pyvis holds, which the file carries too; pyvis's own page is not used, since it
    prints ids as markup and loads from foreign servers.
    """
    words = PictureWords(about.sentence, scene_titles(visit, scene), lambda key: _address(visit, scene, view, key))
    drawing = face_drawing(visit, scene) if scene.view.between else with_links(picture(visit, scene), scene, view)
    data = {"about": dict(about.texts()), "map": drawing}
    page = render_template(
        "map_standalone.html",
        inlined=inline(FACE_STYLES if scene.view.between else STYLES, SCRIPT),
        data=json_island(data),
        lines=list(_lines(visit, scene)),
        **_figure(visit, scene, view, about, _alone(visit, scene, words)),
    )
    return page.encode()


def embed_html(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> str:
    """Write a view as a bare page, for the frames of other sites: no forms, no script, and the way back."""
    address = address_of_node(scene, view)
    words = PictureWords(about.sentence, scene_titles(visit, scene), lambda key: visit.links.under_base(address(key)))
    drawn = embedded_face(visit, scene, view) if scene.view.between else _alone(visit, scene, words)
    return render_template("map_embed.html", has_slim=True, **_figure(visit, scene, view, about, drawn))


def frame_code(visit: Visit, view: LinkedView, title: str) -> str:
    """HTML that shows a view on another site."""
    address = escape(visit.links.under_base(view.without_choice().address("/map/embed")))
    return f'<iframe src="{address}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT_PX}"></iframe>'


@lru_cache(maxsize=8)
def inline(styles: tuple[str, ...], script: str) -> Inlined:
    """Read files of ``static/`` to stand in a page.

    Raises
    ------
    ValueError
        A file would load another one, or end the element that it stands in.
    """
    style, code = "\n".join(_read(name) for name in styles), _read(script)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(code)}; img-src data:; "
        "form-action 'none'; base-uri 'none'"
    )
    return Inlined(Markup(f"<style>{style}</style>"), Markup(f'<script type="module">{code}</script>'), policy)


def json_island(data: Mapping[str, Any]) -> Markup:
    """Write data as the content of a ``script`` element of type ``application/json``: no letter of it is markup."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _alone(visit: Visit, scene: Scene, words: PictureWords) -> Markup:
    if scene.view.between:
        return Markup(ET.tostring(face_picture(visit, scene, words.address, css_class="alone"), encoding="unicode"))
    return Markup(svg(picture(visit, scene), words, "alone"))


def _figure(visit: Visit, scene: Scene, view: LinkedView, about: Provenance, drawn: Markup) -> dict[str, Any]:
    """Gather what ``partials/map_figure.html`` shows."""
    sentences = face_sentences(visit, scene, view) if scene.view.between else ()
    return {
        "picture": drawn,
        "is_face": bool(scene.view.between),
        "told": [(said, href and visit.links.under_base(href)) for said, href in sentences],
        "signs": _signs(visit, scene),
        "about": about,
        "caption": typo(" ".join(caption(visit, scene, view)), lang=visit.language),
    }


def _address(visit: Visit, scene: Scene, view: LinkedView, key: str) -> str:
    """Lead from a line to its row, from a node to its page, from a group to the view in which it is open."""
    if scene.view.between and not all(_is_organization(visit, part) for part in key.split("~")):
        return ""  # a group of a side
    if PREFIX in key:
        return visit.links.under_base(opening) if (opening := opening_address(scene, view, key)) else ""
    if "~" in key:
        return f"#t-{key}"
    return visit.links.under_base(visit.links.page(visit.iris.resource("organizations", key)))


def _is_organization(visit: Visit, key: str) -> bool:
    return visit.iris.resource("organizations", key) in visit.library.organizations


def _signs(visit: Visit, scene: Scene) -> list[tuple[Markup, str]]:
    of_groups = group_sign(scene)
    values = (value for facet in legend(visit, scene) for value in facet.options if value.chosen and value.count)
    return [
        *((value.icon, typo(value.label, lang=visit.language)) for value in values if value.icon),
        *([of_groups] if of_groups else []),
    ]


def _lines(visit: Visit, scene: Scene) -> Iterator[TieLine]:
    relations = {(tie.start, tie.end): tie.relations for tie in scene.shown.ties}
    for row in tie_cells(visit, scene):
        cells = dict(zip(TIE_COLUMNS, row, strict=True))
        near, far = cells["organization"], cells["partner"]
        yield TieLine(
            tie_key(node_key(visit, near), node_key(visit, far)),
            _pages(visit, (far, near)),
            _texts(visit, cells),
            _pages(visit, relations[min(near, far), max(near, far)]),
        )


def _pages(visit: Visit, iris: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Name records, each with the address of its page."""
    return tuple(
        (
            typo(name_of(visit, iri)[0], lang=visit.language),
            visit.links.under_base(visit.links.page(iri)),
        )
        for iri in iris
    )


def _texts(visit: Visit, cells: Mapping[str, str]) -> tuple[str, ...]:
    since = format_date(cells["since"], "none", lang=visit.language)
    return (
        cells["partner_country"],
        typo(cells["grounds"], lang=visit.language),
        since,
        typo(cells["state"], lang=visit.language),
    )


def _read(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    if reference := REACHES_OUT.search(text):
        raise ValueError(f"{name} cannot stand in a page: it holds {reference[0]!r}")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
