"""The picture of a view as PNG and PDF: a sheet with heading, legend, caption and provenance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TypeAlias
from xml.etree import ElementTree as ET

from cachetools import LRUCache
from flask import abort

from graph.networks.grouping import PREFIX
from graph.pictures.picture import PictureWords, draw_svg
from graph.pictures.picture_file import read_colours, svg_file
from graph.pictures.picture_sheet import A4_PX, LegendGroup, SheetWords, make_sheet
from webapp.language import _, language
from webapp.links import under_base
from webapp.network_map.caption import caption
from webapp.network_map.changes import scene_titles
from webapp.network_map.drawing import picture
from webapp.network_map.geography_file import geography_file, geography_picture
from webapp.network_map.groups import group_sign, opening_address
from webapp.network_map.legend import legend
from webapp.network_map.provenance import Provenance, provenance
from webapp.network_map.scene import Scene
from webapp.network_map.view import MapView
from webapp.site import site
from webapp.typography import typo

__all__ = ["colours", "pdf_file", "picture_svg", "png_file"]

STATIC = Path(__file__).parent.parent / "static"
FONTS = {
    400: STATIC / "vendor" / "NotoSans_400Regular.ttf",
    600: STATIC / "vendor" / "NotoSans_600SemiBold.ttf",
    700: STATIC / "vendor" / "NotoSans_700Bold.ttf",
}
MAX_BYTES = 32 * 2**20
WAIT_S = 15.0

Key: TypeAlias = tuple[str, ...]

_kept: LRUCache[Key, bytes] = LRUCache(MAX_BYTES, getsizeof=len)
_kept_lock = Lock()
_turn = Lock()  # drawing one at a time bounds memory, and who waits for the same one finds it kept


def png_file(view: MapView, found: Scene) -> bytes:
    """Draw a view as PNG, once for each edition, day and language."""
    return _once("png", view, found)


def pdf_file(view: MapView, found: Scene) -> bytes:
    """Draw a view as PDF on A4 landscape, maps on a longer sheet, once for each edition, day and language."""
    return _once("pdf", view, found)


def picture_svg(view: MapView, found: Scene) -> bytes:
    """Draw a view as SVG: the picture alone, with provenance in its description."""
    about = provenance(view, found)
    note = f"{about.title}. {about.note} {about.address}"
    if view.tab == "geo":
        return geography_file(found, _page, colours(), f"{note} {_land()}")
    return svg_file(picture(view.view), _words(about, found, view), colours(), note)


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Colours of the style sheet, in its light form."""
    return read_colours((STATIC / "tokens.css").read_text(encoding="utf-8"))


def _once(kind: str, view: MapView, found: Scene) -> bytes:
    about = provenance(view, found)
    key = (kind, about.edition, about.day, language(), about.address)
    if made := _find(key):
        return made
    with _one_at_a_time():
        return _find(key) or _keep(key, _draw(kind, about, found, view))


def _find(key: Key) -> bytes | None:
    with _kept_lock:
        return _kept.get(key)


def _keep(key: Key, made: bytes) -> bytes:
    with _kept_lock:
        if len(made) <= MAX_BYTES:
            _kept[key] = made
    return made


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _turn.acquire(timeout=WAIT_S):
        abort(503, description=_("Other pictures are being drawn; try again in a while."))
    try:
        yield
    finally:
        _turn.release()


def _draw(kind: str, about: Provenance, found: Scene, view: MapView) -> bytes:
    if not all(font.is_file() for font in FONTS.values()):
        abort(503, description=_("The letters of pictures have not been installed."))
    sheet = make_sheet(
        _drawn(about, found, view), _sheet_words(about, found, view), colours(),
        A4_PX if kind == "pdf" and view.tab != "geo" else None,  # maps one below the other are no A4 that one can read
    )  # fmt: skip
    # Not at the top: reportlab takes a quarter of a second to import, and no start waits for it.
    if kind == "pdf":
        from graph.pictures.picture_pdf import PdfDescription, write_pdf

        return write_pdf(
            sheet,
            FONTS,
            PdfDescription(about.title, f"{about.note} {about.address}", language(), about.modified or about.day),
        )
    from graph.pictures.picture_png import write_png

    texts = {"Title": about.title, "Description": about.sentence, "Copyright": about.note, "Source": about.address}
    return write_png(sheet, FONTS.values(), texts)


def _drawn(about: Provenance, found: Scene, view: MapView) -> ET.Element:
    if view.tab == "geo":
        return geography_picture(found, _page)
    return draw_svg(picture(view.view), _words(about, found, view))


def _land() -> str:
    return _("Land and borders: Natural Earth.")


def _words(about: Provenance, found: Scene, view: MapView) -> PictureWords:
    return PictureWords(about.sentence, scene_titles(found), lambda key: _group_page(found, view, key) or _page(key))


def _group_page(found: Scene, view: MapView, key: str) -> str:
    """Lead from a group to the view in which it is open; "" for anything else."""
    address = opening_address(found, view, key)
    return under_base(address) if address else ""


def _page(key: str) -> str:
    """Lead from a node to the page of its organization; a line leads nowhere, nor does a group that does not open."""
    return "" if "~" in key or key.startswith(PREFIX) else site().iris.resource("organizations", key)


def _sheet_words(about: Provenance, found: Scene, view: MapView) -> SheetWords:
    groups = (
        LegendGroup(
            typo(group.title),
            [
                (ET.fromstring(str(sign.icon)) if sign.icon else None, typo(sign.label))
                for sign in group.options
                if sign.chosen and sign.count
            ],
        )
        for group in legend(found)
    )
    legend_groups = [group for group in groups if group.signs]
    if (sign := group_sign(found)) and view.tab != "geo":
        legend_groups.append(LegendGroup(typo(_("Groups")), [(ET.fromstring(str(sign[0])), typo(sign[1]))]))
    return SheetWords(
        about.title,
        about.sentence,
        legend_groups,
        ((typo(" ".join(caption(found, view))), about.note, *([_land()] if view.tab == "geo" else []))),
        about.address,
    )
