"""The slide of two territories face to face, as SVG, PNG and PDF of 16 to 9."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from graph.networks.shapes import SHAPES
from graph.networks.ties import ALL_FORMS
from graph.pictures.face_layout import face_columns
from graph.pictures.slide import SlideWords, draw_slide, panels
from graph.records.reading import Form
from graph.views.face import face_of
from graph.views.scene import Scene
from graph.views.scene_counts import joined_records
from webapp.map.addresses import LinkedView
from webapp.map.caption import Provenance
from webapp.map.face import face_words
from webapp.map.words import kind_name, view_answer
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.charts import colours
from webapp.words.grounds import form_word
from webapp.words.typography import typo

__all__ = ["slide_picture", "slide_svg"]


def slide_svg(visit: Visit, scene: Scene, _view: LinkedView, about: Provenance) -> bytes:
    """Write the slide as an SVG file, of attributes alone."""
    content: bytes = ET.tostring(slide_picture(visit, scene, about), encoding="utf-8", xml_declaration=True)
    return content


def slide_picture(visit: Visit, scene: Scene, about: Provenance) -> ET.Element:
    """Draw the slide of a view that is between two territories: its agreements, or all where there are none."""
    face = face_of(visit.facts, scene.view, scene.days, signed=True)
    parts = panels(face, face_columns(visit.facts, scene.view, scene.days, signed=True))
    picture = face_words(visit, scene, face, lambda _key: "")
    forms, figures = {line.form for line in face.lines}, {row.figure for row in face.rows.values()}
    left_out = ngettext(
        "%(num)s pair is joined by no agreement and not drawn.",
        "%(num)s pairs are joined by no agreement and not drawn.", face.left_out,
    ) if face.left_out else ""  # fmt: skip
    note = " ".join(
        filter(None, (left_out, _("A missing line means “not found”, not “does not exist”."), about.note))
    )  # fmt: skip
    words = SlideWords(
        title=typo(_title(visit, scene, about), visit.language),
        subtitle=typo(view_answer(visit, scene), visit.language),
        note=typo(note, visit.language),
        states=[(str(form), typo(form_word(form), visit.language)) for form in ALL_FORMS if form in forms],
        figures=[(shape, typo(kind_name(shape), visit.language)) for shape in SHAPES if shape in figures],
        number=typo(_("number of agreements and projects"), visit.language),
    )
    return draw_slide(parts, picture, words, colours())


def _title(visit: Visit, scene: Scene, about: Provenance) -> str:
    """Say the answer in a line: how many agreements there are, and how many of them are shown to be valid."""
    agreements = joined_records(visit.facts, scene).agreements
    number, held = agreements.total(), agreements[Form.HELD]
    if not number:
        return about.title
    counted = ngettext("%(num)s agreement", "%(num)s agreements", number)
    valid = ngettext("%(num)s shown to be valid", "%(num)s shown to be valid", held)
    return _("%(name)s: %(what)s", name=about.title, what=f"{counted}, {valid}")
