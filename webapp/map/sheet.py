"""The picture of a view as PNG and PDF: a sheet with heading, legend, caption and provenance."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from flask import abort
from markupsafe import Markup

from graph.pictures.picture import PictureWords, draw_svg
from graph.pictures.picture_file import stand_alone, svg_file
from graph.pictures.picture_sheet import A4_PX, LegendGroup, SheetWords, make_sheet, size_of
from graph.views.scene import Scene
from webapp.map.addresses import LinkedView, opening_address
from webapp.map.caption import Provenance, caption
from webapp.map.drawing import picture
from webapp.map.face import face_picture
from webapp.map.geography import geography_file, geography_picture
from webapp.map.legend import group_sign, legend
from webapp.map.slide import slide_picture
from webapp.map.time import scene_titles
from webapp.request.language import _
from webapp.request.made_files import made_once
from webapp.request.visit import Visit
from webapp.words.charts import colours
from webapp.words.typography import typo

__all__ = ["pdf_file", "picture_svg", "png_file", "slide_png"]

STATIC = Path(__file__).parent.parent / "static"
FONTS = {
    400: STATIC / "vendor" / "NotoSans_400Regular.ttf",
    600: STATIC / "vendor" / "NotoSans_600SemiBold.ttf",
    700: STATIC / "vendor" / "NotoSans_700Bold.ttf",
}


def png_file(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    """Draw a view as PNG, once for each edition, day and language."""
    return _once(visit, "png", scene, view, about)


def pdf_file(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    """Draw a view as PDF on A4 landscape, maps on a longer sheet, once for each edition, day and language."""
    return _once(visit, "pdf", scene, view, about)


def slide_png(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    """Draw the slide of two territories face to face as PNG, once for each edition, day and language."""
    return _once(visit, "slide", scene, view, about)


def picture_svg(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    """Draw a view as SVG: the picture alone, with provenance in its description."""
    note = f"{about.title}. {' '.join(caption(visit, scene, view))} {about.note} {about.address}"
    if view.tab == "geo":
        return geography_file(visit, scene, partial(_page, visit), colours(), f"{note} {_land()}")
    if scene.view.between:
        drawn = _drawn(visit, scene, view, about)
        return stand_alone(drawn, size_of(drawn), about.sentence, colours(), note)
    return svg_file(picture(visit, scene), _words(visit, scene, view, about), colours(), note)


def _once(visit: Visit, kind: str, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    key = (kind, about.address, visit.language, scene.days, visit.today)
    return made_once(visit.facts, key, lambda: _draw(visit, kind, scene, view, about))


def _draw(visit: Visit, kind: str, scene: Scene, view: LinkedView, about: Provenance) -> bytes:
    if not all(font.is_file() for font in FONTS.values()):
        abort(503, description=_("The letters of pictures have not been installed."))
    sheet = _sheet(visit, kind, scene, view, about)
    # Not at the top: reportlab takes a quarter of a second to import, and no start waits for it.
    if kind == "pdf":
        from graph.pictures.picture_pdf import PdfDescription, write_pdf

        note = f"{about.note} {about.address}"
        return write_pdf(sheet, FONTS, PdfDescription(about.title, note, visit.language, about.modified or about.day))
    from graph.pictures.picture_png import write_png

    texts = {"Title": about.title, "Description": about.sentence, "Copyright": about.note, "Source": about.address}
    return write_png(sheet, FONTS.values(), texts)


def _sheet(visit: Visit, kind: str, scene: Scene, view: LinkedView, about: Provenance) -> ET.Element:
    """Draw the slide, which is the paper of two territories too, or a picture with its words around it."""
    if kind == "slide" or (kind == "pdf" and scene.view.between and view.tab != "geo"):
        return slide_picture(visit, scene, about)
    return make_sheet(
        _drawn(visit, scene, view, about), _sheet_words(visit, scene, view, about), colours(),
        A4_PX if kind == "pdf" and view.tab != "geo" else None,  # maps one below the other are no A4 that one can read
    )  # fmt: skip


def _drawn(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> ET.Element:
    if view.tab == "geo":
        return geography_picture(visit, scene, partial(_page, visit))
    if scene.view.between:
        return face_picture(visit, scene, partial(_page, visit))
    return draw_svg(picture(visit, scene), _words(visit, scene, view, about))


def _land() -> str:
    return _("Land and borders: Natural Earth.")


def _words(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> PictureWords:
    def address(key: str) -> str:
        opening = opening_address(scene, view, key)
        return visit.links.under_base(opening) if opening else _page(visit, key)

    return PictureWords(about.sentence, scene_titles(visit, scene), address)


def _page(visit: Visit, key: str) -> str:
    """Lead from a node to the page of its organization; a line leads nowhere, nor does a group that does not open."""
    iri = visit.iris.resource("organizations", key)
    return iri if iri in visit.library.organizations else ""


def _sheet_words(visit: Visit, scene: Scene, view: LinkedView, about: Provenance) -> SheetWords:
    set_text: Callable[[str], str] = partial(typo, lang=visit.language)
    captions = (
        set_text(" ".join(caption(visit, scene, view))), about.note, *([_land()] if view.tab == "geo" else []),
    )  # fmt: skip
    return SheetWords(
        about.title, about.sentence, _legend_groups(visit, scene, view, set_text), captions, about.address
    )


def _legend_groups(visit: Visit, scene: Scene, view: LinkedView, set_text: Callable[[str], str]) -> list[LegendGroup]:
    """Give the signs that the picture holds, by facet."""
    facets = (
        LegendGroup(
            set_text(facet.title),
            [(_sign(value.icon), set_text(value.label)) for value in facet.options if value.chosen and value.seen],
        )
        for facet in legend(visit, scene)
    )
    groups = [facet for facet in facets if facet.signs]
    if (sign := group_sign(scene)) and view.tab != "geo":
        groups.append(LegendGroup(set_text(_("Groups")), [(_sign(sign[0]), set_text(sign[1]))]))
    return groups


def _sign(icon: Markup | None) -> ET.Element | None:
    return ET.fromstring(str(icon)) if icon else None
