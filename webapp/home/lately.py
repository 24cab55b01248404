"""What the home page opens with: the map of partners by agreement, its bar of states, what the last year brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from graph.charts.bars import Bar, bar
from graph.charts.marks import Look, Part, markup, swatch
from graph.geography.scenery import Scenery
from graph.networks.ties import GROUNDS
from graph.pictures.picture import PictureWords
from graph.records.reading import Form
from graph.views.map_view import start_view
from graph.views.overview import OF_REGION, LastYear, last_year, number_of
from webapp.map.addresses import LinkedView, link_view, scene_of_view
from webapp.map.geography_words import map_words, panel_title, scenery, size_of_pictures, speech_of
from webapp.request.language import _, ngettext, pgettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece, dated_text, in_czech_order, piece
from webapp.words.typography import format_date, format_number
from webapp.words.wording import agreement_state

__all__ = ["HomeMap", "Lately", "home_map", "lately"]

AGREED = GROUNDS[0]
MOST_EVENTS, MOST_AGREEMENTS = 6, 4
STATES = {
    Look.PROVED: (Form.HELD,),
    Look.OLDER: (Form.AGED,),
    Look.OPEN: (Form.OPEN,),
    Look.ENDED: (Form.SUSPENDED, Form.ENDED),
}


@dataclass(frozen=True)
class HomeMap:
    """The map of the partners that the region has an agreement with.

    Attributes
    ----------
    wide, slim : Markup
        The picture for wide and narrow screens.
    inset : tuple of Piece
        Partners so near to the region that only a finer picture can draw them.
    outside : tuple of Piece
        Partners that it does not draw, as they lie beyond it or have no position.
    bar : Markup
        Agreements of the region by state, one bar.
    key : tuple
        Swatches, numbers and words of the states.
    href : str
        The map with the same partners.
    file : str
        The same as a picture.
    """

    wide: Markup
    slim: Markup
    inset: tuple[Piece, ...]
    outside: tuple[Piece, ...]
    bar: Markup
    key: tuple[tuple[Markup, str, str], ...]
    href: str
    file: str


@dataclass(frozen=True)
class Lately:
    """Lines of a timeline (see ``macros/timeline.html``), and how many of each kind the year brought, in words."""

    lines: Sequence[Mapping[str, Any]]
    summary: str


def home_map(visit: Visit) -> HomeMap:
    """Draw the partners by agreement around the home region, in the picture that shows most of them."""
    view = replace(start_view(visit.facts, visit.library.home), grounds=frozenset({AGREED}))
    scene, linked = scene_of_view(visit, view), replace(link_view(visit, view), tab="geo")
    shown = scenery(visit, scene)
    words = map_words(visit, scene, lambda key: _address(visit, linked, key), frozenset())
    pictures = {name: _picture(visit, shown, words, name, linked) for name in ("wide", "slim")}
    drawn, here, finer = pictures["wide"]
    others = {member.key for member in shown.organizations} - here - finer
    bar_of_states, key = _states(visit)
    return HomeMap(
        wide=_with_class(drawn, "wide"),
        slim=_with_class(pictures["slim"][0], "slim"),
        inset=_named(visit, finer - {visit.iris.key(visit.library.home)}),
        outside=_named(visit, others),
        bar=bar_of_states,
        key=key,
        href=linked.address(),
        file=linked.address("/map.svg"),
    )


def _named(visit: Visit, keys: Iterable[str]) -> tuple[Piece, ...]:
    iris = in_czech_order(visit, (visit.iris.resource("organizations", key) for key in keys))
    return tuple(piece(visit, iri) for iri in iris)


def _address(visit: Visit, view: LinkedView, key: str) -> str:
    """Lead from a mark to the page of the organization, from a line to its evidence on the map."""
    return view.address(sel=key) if "~" in key else visit.links.page(visit.iris.resource("organizations", key))


def _picture(
    visit: Visit, shown: Scenery, words: PictureWords, name: str, view: LinkedView
) -> tuple[ET.Element, frozenset[str], frozenset[str]]:
    """Draw the panel with most marks for a screen; returns the ids that it and that finer ones draw, too."""
    from graph.geography.panels import make_panels  # numpy takes a moment to import, and no start waits for it
    from graph.geography.picture import draw_panel

    panels = make_panels(shown, size_of_pictures(name))
    panel = max(panels, key=lambda panel: (len(panel.spots), panel.number))
    page = view.address()
    speech = replace(
        speech_of(name),
        spot_address=lambda number, spot: f"{page}#{name}-{number}-{spot}",
        panel_address=lambda number: f"{page}#{name}-{number}",
    )
    finer = panels[panel.number + 1] if panel.number + 1 < len(panels) else None
    drawn, _nameless = draw_panel(panel, finer, replace(words, sentence=panel_title(visit, panel, panels)), speech)
    here, within = (
        frozenset(member.key for each in some for spot in each.spots for member in spot.members)
        for some in ([panel], panels[panel.number + 1 :])
    )
    return drawn, here, within


def _with_class(drawn: ET.Element, name: str) -> Markup:
    drawn.set("class", name)
    return Markup(markup(drawn))


def _states(visit: Visit) -> tuple[Markup, tuple[tuple[Markup, str, str], ...]]:
    numbers = {
        look: sum(number_of(visit.facts, visit.on, "agreements", {**OF_REGION, "status": (form,)}) for form in forms)
        for look, forms in STATES.items()
    }
    names = {look: agreement_state(forms[-1], past=visit.on.is_past) for look, forms in STATES.items()}
    parts = [Part(look, names[look]) for look in STATES]
    said = ", ".join(f"{numbers[part.look]} {part.name}" for part in parts)
    whole = Bar("", tuple(float(numbers[part.look]) for part in parts), "")
    drawn = bar("home-states", parts, whole, whole.total, name=said)
    key = tuple(
        (Markup(markup(swatch(f"home-key-{part.look}", part.look))), format_number(numbers[part.look], visit.language),
         part.name)
        for part in parts
    )  # fmt: skip
    return Markup(markup(drawn)), key


def lately(visit: Visit) -> Lately:
    """Tell the last year: events, agreements signed or newly evidenced, and the ends of projects in one line."""
    brought, shown = last_year(visit.facts, visit.on), _("shown in force by a source")
    lines = sorted(
        [
            *((a.since, _line(visit, a.iri, dated_text(visit, a, a.since), _kind(visit, a.kind)))
              for a in brought.events[:MOST_EVENTS]),
            *((a.dated, _line(visit, a.iri, dated_text(visit, a, a.dated), _("signed or begun"), key=True))
              for a in brought.begun[:MOST_AGREEMENTS]),
            *((day, _line(visit, a.iri, format_date(day, lang=visit.language), shown, key=True))
              for a, day in brought.shown[:MOST_AGREEMENTS]),
        ],
        key=lambda pair: pair[0],
        reverse=True,
    )  # fmt: skip
    return Lately([line for _day, line in lines] + list(_ends(visit, brought.ended, brought.ending)), _summary(brought))


def _summary(brought: LastYear) -> str:
    events, shown, begun = len(brought.events), len(brought.shown), len(brought.begun)
    parts = (
        ngettext("%(num)s event", "%(num)s events", events) if events else "",
        ngettext("%(num)s agreement signed or begun", "%(num)s agreements signed or begun", begun) if begun else "",
        ngettext("%(num)s agreement newly shown in force", "%(num)s agreements newly shown in force", shown)
        if shown
        else "",
    )
    return ", ".join(filter(None, parts)) or _("nothing with a date found")


def _ends(visit: Visit, ended: int, ending: int) -> Iterator[Mapping[str, Any]]:
    if ended:
        text = ngettext("%(num)s project ended", "%(num)s projects ended", ended)
        more = ngettext("%(num)s more ends within a year", "%(num)s more end within a year", ending) if ending else ""
        href = visit.links.list_page("projects", status=Form.ENDED)
        yield {"when": pgettext("time", "during the year"), "what": Piece(text, href=href), "small": more}


def _line(visit: Visit, iri: str, when: str, note: str, *, key: bool = False) -> Mapping[str, Any]:
    return {"when": when, "what": piece(visit, iri), "small": note, "key": key}


def _kind(visit: Visit, iri: str) -> str:
    return visit.library.name(iri, visit.language)[0] if iri else ""
