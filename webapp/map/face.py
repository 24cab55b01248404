"""Two territories face to face, in words: names of rows and groups, titles of lines, what the picture leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.folding import czech_order
from graph.networks.ties import tie_key
from graph.pictures.face_layout import SLIM, WIDE, FaceLayout, Frame, face_layout
from graph.pictures.face_picture import FaceWords, draw_face, face_data
from graph.views.face import OFFICES, TOWNS, Face, FaceLine, FaceRow, face_of
from graph.views.lists import facet_index
from graph.views.region import home_members
from graph.views.scene import Scene
from graph.views.territories import district_names, members_of, territory_name
from webapp.map.addresses import LinkedView
from webapp.map.words import is_ours, organizations, side_group_name, view_answer
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.grounds import form_word
from webapp.words.names import name_of, short_name
from webapp.words.typography import join_and, typo

__all__ = [
    "Territories",
    "embedded_face",
    "face_drawing",
    "face_picture",
    "face_pictures",
    "face_sentences",
    "face_words",
    "laid_out",
    "territories",
]

MOST_NAMED = 12


@dataclass(frozen=True)
class Territories:
    """Territories to choose from, in groups: heading, and code and name of each; and the code that is chosen."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    chosen: str


def face_pictures(visit: Visit, scene: Scene, view: LinkedView, selected: frozenset[str]) -> Markup:
    """Draw a view for a wide screen, and its agreements for a narrow one; "" when it has too few rows for a picture."""
    is_picture = face_of(visit.facts, scene.view, scene.days).is_picture
    return _both(visit, scene, view, str, selected) if is_picture else Markup("")


def embedded_face(visit: Visit, scene: Scene, view: LinkedView) -> Markup:
    """Draw the same for the frames of other sites, whatever it holds; links lead to this one."""
    return _both(visit, scene, view, lambda address: address and visit.links.under_base(address))


def _both(
    visit: Visit, scene: Scene, view: LinkedView, led: Callable[[str], str], selected: frozenset[str] = frozenset()
) -> Markup:
    drawn = []
    for frame, css_class, signed in ((WIDE, "wide", False), (SLIM, "slim", True)):
        address = _address_in(scene, view, face_of(visit.facts, scene.view, scene.days, signed=signed))
        picture = face_picture(
            visit,
            scene,
            lambda key, address=address: led(address(key)),  # type: ignore[misc]
            frame=frame,
            css_class=css_class,
            signed=signed,
            selected=selected,
        )
        drawn.append(ET.tostring(picture, encoding="unicode"))
    return Markup("".join(drawn))


def face_picture(
    visit: Visit,
    scene: Scene,
    address: Callable[[str], str],
    *,
    frame: Frame = WIDE,
    css_class: str = "wide",
    signed: bool = False,
    selected: frozenset[str] = frozenset(),
) -> ET.Element:
    """Draw a view; see `graph.views.face.face_of` for `signed`."""
    face, layout = laid_out(visit, scene, frame, signed=signed)
    return draw_face(face, layout, face_words(visit, scene, face, address, selected), css_class)


def face_drawing(visit: Visit, scene: Scene) -> dict[str, Any]:
    """Give the picture of a view as data, with its size, nodes and edges."""
    face, layout = laid_out(visit, scene)
    return face_data(face, layout, {row.key: _label(visit, row) for row in face.rows.values()})


def laid_out(visit: Visit, scene: Scene, frame: Frame = WIDE, *, signed: bool = False) -> tuple[Face, FaceLayout]:
    """Set a view face to face, with the places of all."""
    asked = (visit.facts, scene.view, scene.days)
    return face_of(*asked, signed=signed), face_layout(*asked, frame, signed=signed)


def face_words(
    visit: Visit, scene: Scene, face: Face, address: Callable[[str], str], selected: frozenset[str] = frozenset()
) -> FaceWords:
    """Word a picture: it says the same whatever its size."""
    labels = {row.key: typo(_label(visit, row), visit.language) for row in face.rows.values()}
    ties = Counter[str]()
    for line in face.lines:
        ties.update(dict.fromkeys((line.start, line.end), len(line.ties)))
    titles = {row.key: _title(visit, row, ties[row.key]) for row in face.rows.values()}
    titles |= {tie_key(line.start, line.end): _line_title(labels, line) for line in face.lines}
    groups = {
        (row.side, row.group): typo(side_group_name(visit, f"{row.side}.{row.group}"), visit.language)
        for row in face.rows.values()
    }
    return FaceWords(view_answer(visit, scene), _sides(visit, scene), groups, labels, titles, address, selected)


def face_sentences(visit: Visit, scene: Scene, view: LinkedView) -> list[tuple[str, str]]:
    """Say what the picture folds and leaves out, each with the address of the view that shows it, "" for none."""
    face = face_of(visit.facts, scene.view, scene.days)
    sentences = []
    if face.folded:
        sentences.append(
            (_("Put together in groups, which open: %(organizations)s.", organizations=organizations(face.folded)), "")
        )
    if face.left_out:
        pairs = ngettext(
            "%(num)s pair is joined by no agreement and not drawn.",
            "%(num)s pairs are joined by no agreement and not drawn.", face.left_out,
        )  # fmt: skip
        sentences.append((pairs, view.without_choice().address(view="table")))
    return sentences


def territories(visit: Visit, view: LinkedView) -> Territories:
    """List the territories that can stand face to face with the home region: those that anything joins with it."""
    facts, lang = visit.facts, visit.language
    found = {
        code
        for name in ("agreements", "projects")
        for index in [facet_index(facts, visit.on, name)]
        for code in index.counts("between", index.everything)
    }
    # Nothing is between one of our own districts and the region: what anybody there is tied to abroad is drawn.
    districts = {
        code for code in district_names(facts) if code in found or members_of(facts, code) <= home_members(facts)
    }
    countries = {code for code in found if visit.library.concept("countries", code)}
    regions = {code for code in found - countries if _is_region(visit, code)}
    chosen = view.view.between
    others = {chosen} - districts - countries - regions - {""}  # as a municipality, which is not offered
    headed = ((_("Chosen"), others), (_("Regions"), regions), (_("Countries"), countries), (_("Districts"), districts))
    named = (
        (heading, tuple(sorted(((code, territory_name(facts, code, lang)) for code in codes), key=_by_name)))
        for heading, codes in headed
    )
    return Territories(tuple(group for group in named if group[1]), chosen)


def _by_name(named: tuple[str, str]) -> tuple[str, str]:
    return czech_order(named[1])


def _is_region(visit: Visit, code: str) -> bool:
    organization = visit.library.organizations.get(visit.iris.resource("organizations", code))
    return organization is not None and visit.library.code(organization.kind) == "region"


def _sides(visit: Visit, scene: Scene) -> tuple[str, str]:
    home, between = short_name(visit.library, visit.library.home, visit.language), scene.view.between
    name = territory_name(visit.facts, between, visit.language)
    sides = (name, _("Abroad")) if is_ours(visit, between) else (home, name)
    return typo(sides[0], visit.language), typo(sides[1], visit.language)


def _label(visit: Visit, row: FaceRow) -> str:
    if not row.is_fold:
        return short_name(visit.library, row.members[0], visit.language)
    number = len(row.members)
    if row.sort == TOWNS:
        return ngettext("%(num)s municipality", "%(num)s municipalities", number)
    return ngettext("%(num)s office", "%(num)s offices", number) if row.sort == OFFICES else organizations(number)


def _title(visit: Visit, row: FaceRow, ties: int) -> str:
    counted = ngettext("%(num)s tie", "%(num)s ties", ties)
    if not row.is_fold:
        return _("%(name)s: %(what)s", name=name_of(visit, row.members[0])[0], what=counted)
    names = sorted((name_of(visit, iri)[0] for iri in row.members), key=czech_order)
    more = [_("and %(count)s more", count=len(names) - MOST_NAMED)] if len(names) > MOST_NAMED else []
    return _("%(name)s: %(what)s", name=", ".join([*names[:MOST_NAMED], *more]), what=counted)


def _line_title(labels: Mapping[str, str], line: FaceLine) -> str:
    counts = (
        ngettext("%(num)s agreement", "%(num)s agreements", line.agreements) if line.agreements else "",
        ngettext("%(num)s project", "%(num)s projects", line.projects) if line.projects else "",
        ngettext("%(num)s other record", "%(num)s other records", line.others) if line.others else "",
    )
    ends = f"{labels[line.start]} – {labels[line.end]}"
    return _("%(name)s: %(what)s", name=ends, what=f"{join_and(*filter(None, counts))}, {form_word(line.form)}")


def _address_in(scene: Scene, view: LinkedView, face: Face) -> Callable[[str], str]:
    """Give what makes the address of a row or a line: the card of an organization or a tie, or the open group."""
    choosing, folds = view.choosing(), {row.key for row in face.rows.values() if row.is_fold}

    @cache
    def opening(key: str) -> str:
        if key in scene.view.open_groups:
            return ""
        keys = tuple(sorted({*scene.view.open_groups, key}))
        return view.without_choice().changed(open_groups=keys).address()

    def address(key: str) -> str:
        parts = [part for part in key.split("~") if part in folds]
        return opening(parts[-1]) if parts else choosing(key)

    return address
