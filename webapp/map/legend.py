"""The legend of the map, which is also its filter: each value with its sign and how many partners it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.folding import czech_order
from graph.pictures.picture import outline
from graph.records.reading import Proof
from webapp.map.counts import partners_by_value
from webapp.map.facets import FACETS, OPEN_FACETS, codes_of
from webapp.map.kind_names import kind_name
from webapp.map.scene import Scene, around, days_of
from webapp.map.words import form_word, ground_word
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit

__all__ = ["TITLES", "Legend", "legend", "value_label"]


@dataclass(frozen=True)
class Sign:
    """A value of the legend: code in the address, label, number of partners, whether it is chosen, its sign.

    Attributes
    ----------
    off : bool
        It is shown muted, since what is chosen leaves it out.
    """

    code: str
    label: str
    count: int
    chosen: bool
    icon: Markup | None
    off: bool


@dataclass(frozen=True)
class Legend:
    """A group of the legend: name in the address, title, values.

    Attributes
    ----------
    unseen : tuple of (str, str)
        Name and code of values that are chosen as at the start and that no partner has: the form sends them along.
    """

    name: str
    title: str
    options: tuple[Sign, ...]
    folded: bool = False
    unseen: tuple[tuple[str, str], ...] = ()


def legend(visit: Visit, found: Scene) -> tuple[Legend, ...]:
    """Make the legend under the present choice; a value without a partner is left out."""
    return tuple(_group(visit, found, name, title()) for name, title in TITLES.items())


def value_label(visit: Visit, name: str, value: Any) -> str:
    """Name of a value of a facet in the reader's language."""
    library, iris = visit.library, visit.iris
    if name in LABELS:
        return LABELS[name](value)
    if name in ("area", "country"):
        return library.name(iris.resource("country-groups" if name == "area" else "countries", value), visit.language)[
            0
        ]
    return library.name(value, visit.language)[0]


def _group(visit: Visit, found: Scene, name: str, title: str) -> Legend:
    if name not in OPEN_FACETS:
        every = list(_signs(visit, found, name))
        unseen = tuple((name, sign.code) for sign in every if sign.chosen and not sign.count)
        return Legend(name, title, tuple(sign for sign in every if sign.count), unseen=unseen)
    signs = [sign for sign in _signs(visit, found, name) if sign.count or sign.chosen]
    if name in RANKED:
        signs.sort(key=lambda sign: (not _is_top(visit, name, sign.code), -sign.count, czech_order(sign.label)))
    return Legend(name, title, tuple(signs), folded=not any(sign.chosen for sign in signs))


def _signs(visit: Visit, found: Scene, name: str) -> Iterator[Sign]:
    chosen = getattr(found.view, FACETS[name])
    counts = partners_by_value(visit.facts, around(visit, found.view)[name], name, days_of(visit, found.view))
    for code, value in codes_of(visit.facts, name).items():
        is_off = value not in chosen and (bool(chosen) or name not in OPEN_FACETS)
        yield Sign(
            code, value_label(visit, name, value), counts.get(value, 0), value in chosen, _icon(name, value), is_off
        )


def _is_top(visit: Visit, name: str, code: str) -> bool:
    concept = visit.library.concept("areas", code) if name == "topic" else None
    return concept is None or not concept.broader


TITLES: Mapping[str, Callable[[], str]] = {
    "ground": lambda: _("Ground of the tie"),
    "st": lambda: _("State of the tie"),
    "area": lambda: _("Territory"),
    "kind": lambda: _("Kind of organization"),
    "country": lambda: _("Country"),
    "topic": lambda: _("Area of cooperation"),
    "programme": lambda: _("Programme"),
    "proof": lambda: _("Evidence"),
    "cited": lambda: _("Number of sources"),
}
RANKED = ("country", "topic", "programme")
PROOFS: Mapping[Proof, Callable[[], str]] = {
    Proof.FRESH: lambda: _("dates or recent evidence"),
    Proof.OLDER: lambda: _("older evidence"),
    Proof.UNDATED: lambda: _("undated web page only"),
    Proof.OPEN: lambda: _("not verified"),
    Proof.CLOSED: lambda: _("its end is shown"),
}
LABELS: Mapping[str, Callable[[Any], str]] = {
    "ground": ground_word,
    "st": form_word,
    "kind": kind_name,
    "proof": lambda value: PROOFS[value](),
    "cited": lambda value: (
        _("3 sources and more") if value == 3 else ngettext("%(num)s source", "%(num)s sources", value)
    ),
}


def _icon(name: str, value: Any) -> Markup | None:
    frame = Markup('<svg class="key-svg" viewBox="0 0 26 16" aria-hidden="true">{}</svg>')
    if name == "st":
        line = Markup('<line class="e {}" x1="0" y1="8" x2="26" y2="8" stroke-width="2.4"/>')
        return frame.format(line.format(value))
    if name == "area":
        return frame.format(Markup('<circle class="n{}" cx="13" cy="8" r="6"/>').format(value.removeprefix("c")))
    if name == "kind":
        return frame.format(_figure(value))
    return None


def _figure(figure: str) -> Markup:
    if figure == "square":
        return Markup('<rect class="n0" x="7" y="2" width="12" height="12"/>')
    if figure == "circle":
        return Markup('<circle class="n0" cx="13" cy="8" r="6"/>')
    return Markup('<path class="n0" d="{}"/>').format(outline(figure, 13.0, 8.0, 6.0))
