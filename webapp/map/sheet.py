"""The picture of a view as PNG and PDF: a sheet with heading, legend, caption and provenance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TypeAlias
from xml.etree import ElementTree as ET

from cachetools import LRUCache
from flask import abort

from graph.networks.grouping import PREFIX
from graph.pictures.picture import Words, draw_svg
from graph.pictures.picture_file import read_colours, svg_file
from graph.pictures.picture_sheet import A4_PX, LegendGroup, SheetWords, make_sheet
from webapp.map.caption import caption
from webapp.map.changes import scene_titles
from webapp.map.drawing import picture
from webapp.map.geography_file import geography_file, geography_picture
from webapp.map.groups import group_sign, opening_address
from webapp.map.legend import legend
from webapp.map.provenance import Provenance, provenance
from webapp.map.scene import Scene
from webapp.map.view import MapView
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.typography import typo

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


def png_file(visit: Visit, view: MapView, found: Scene) -> bytes:
    """Draw a view as PNG, once for each edition, day and language."""
    return _once(visit, "png", view, found)


def pdf_file(visit: Visit, view: MapView, found: Scene) -> bytes:
    """Draw a view as PDF on A4 landscape, maps on a longer sheet, once for each edition, day and language."""
    return _once(visit, "pdf", view, found)


def picture_svg(visit: Visit, view: MapView, found: Scene) -> bytes:
    """Draw a view as SVG: the picture alone, with provenance in its description."""
    about = provenance(visit, view, found)
    note = f"{about.title}. {about.note} {about.address}"
    if view.tab == "geo":
        return geography_file(visit, found, partial(_page, visit), colours(), f"{note} {_land()}")
    return svg_file(picture(visit, view.view), _words(visit, about, found, view), colours(), note)


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """Colours of the style sheet, in its light form."""
    return read_colours((STATIC / "tokens.css").read_text(encoding="utf-8"))


def _once(visit: Visit, kind: str, view: MapView, found: Scene) -> bytes:
    about = provenance(visit, view, found)
    key = (kind, about.edition, about.day, visit.language, about.address)
    if made := _find(key):
        return made
    with _one_at_a_time():
        return _find(key) or _keep(key, _draw(visit, kind, about, found, view))


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


def _draw(visit: Visit, kind: str, about: Provenance, found: Scene, view: MapView) -> bytes:
    if not all(font.is_file() for font in FONTS.values()):
        abort(503, description=_("The letters of pictures have not been installed."))
    sheet = make_sheet(
        _drawn(visit, about, found, view), _sheet_words(visit, about, found, view), colours(),
        A4_PX if kind == "pdf" and view.tab != "geo" else None,  # maps one below the other are no A4 that one can read
    )  # fmt: skip
    # Not at the top: reportlab takes a quarter of a second to import, and no start waits for it.
    if kind == "pdf":
        from graph.pictures.picture_pdf import Document, write_pdf

        return write_pdf(
            sheet,
            FONTS,
            Document(about.title, f"{about.note} {about.address}", visit.language, about.modified or about.day),
        )
    from graph.pictures.picture_png import write_png

    texts = {"Title": about.title, "Description": about.sentence, "Copyright": about.note, "Source": about.address}
    return write_png(sheet, FONTS.values(), texts)


def _drawn(visit: Visit, about: Provenance, found: Scene, view: MapView) -> ET.Element:
    if view.tab == "geo":
        return geography_picture(visit, found, partial(_page, visit))
    return draw_svg(picture(visit, view.view), _words(visit, about, found, view))


def _land() -> str:
    return _("Land and borders: Natural Earth.")


def _words(visit: Visit, about: Provenance, found: Scene, view: MapView) -> Words:
    return Words(
        about.sentence,
        scene_titles(visit, found),
        lambda key: _group_page(visit, found, view, key) or _page(visit, key),
    )


def _group_page(visit: Visit, found: Scene, view: MapView, key: str) -> str:
    """Lead from a group to the view in which it is open; "" for anything else."""
    address = opening_address(found, view, key)
    return visit.links.under_base(address) if address else ""


def _page(visit: Visit, key: str) -> str:
    """Lead from a node to the page of its organization; a line leads nowhere, nor does a group that does not open."""
    return "" if "~" in key or key.startswith(PREFIX) else visit.iris.resource("organizations", key)


def _sheet_words(visit: Visit, about: Provenance, found: Scene, view: MapView) -> SheetWords:
    groups = (
        LegendGroup(
            typo(group.title, lang=visit.language),
            [
                (ET.fromstring(str(sign.icon)) if sign.icon else None, typo(sign.label, lang=visit.language))
                for sign in group.options
                if sign.chosen and sign.count
            ],
        )
        for group in legend(visit, found)
    )
    legend_groups = [group for group in groups if group.signs]
    if (sign := group_sign(found)) and view.tab != "geo":
        legend_groups.append(
            LegendGroup(
                typo(_("Groups"), lang=visit.language),
                [(ET.fromstring(str(sign[0])), typo(sign[1], lang=visit.language))],
            )
        )
    return SheetWords(
        about.title,
        about.sentence,
        legend_groups,
        (
            (
                typo(" ".join(caption(visit, found, view)), lang=visit.language),
                about.note,
                *([_land()] if view.tab == "geo" else []),
            )
        ),
        about.address,
    )
