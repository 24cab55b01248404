"""The legend of the map, which is also its filter: each value with its sign and how many partners it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.neighbourhood import Neighbourhood
from graph.picture import outline
from graph.shapes import shape
from graph.ties import EVENT
from webapp.language import _, language
from webapp.network_map.facets import FACETS, codes_of
from webapp.network_map.scene import Scene, around
from webapp.network_map.words import form_word, ground_word
from webapp.site import site

__all__ = ["Legend", "legend"]


@dataclass(frozen=True)
class Sign:
    """A value of the legend: code in the address, label, number of partners, whether it is chosen, its sign."""

    code: str
    label: str
    count: int
    chosen: bool
    icon: Markup | None

    @property
    def off(self) -> bool:
        """Whether it is shown muted."""
        return not self.chosen


@dataclass(frozen=True)
class Legend:
    """A group of the legend: name in the address, title, values."""

    name: str
    title: str
    options: tuple[Sign, ...]
    folded: bool = False


def legend(found: Scene) -> tuple[Legend, ...]:
    """Make the legend under the present choice.

    A value without a partner is left out, but for a chosen one: the form would lose it for another day.
    """
    names = {
        "ground": _("Ground of the tie"),
        "st": _("State of the tie"),
        "area": _("Territory"),
        "kind": _("Kind of organization"),
    }
    return tuple(Legend(name, title, _signs(found, name)) for name, title in names.items())


def _signs(found: Scene, name: str) -> tuple[Sign, ...]:
    chosen, wider = getattr(found.view, FACETS[name]), around(found.view)
    signs = (
        Sign(code, _label(name, value), _count(wider[name], name, value), value in chosen, _icon(name, value))
        for code, value in codes_of(site(), name).items()
    )
    return tuple(sign for sign in signs if sign.count or sign.chosen)


def _label(name: str, value: Any) -> str:
    if name == "ground":
        return ground_word(value)
    if name == "st":
        return form_word(value)
    if name == "area":
        return site().library.name(site().iris.resource("country-groups", value), language())[0]
    return {
        "square": _("region, Land, state"),
        "circle": _("municipality, district"),
        "triangle": _("office, representation"),
        "diamond": _("cross-border body"),
    }.get(value) or _("other organization")


def _count(shown: Neighbourhood, name: str, value: Any) -> int:
    """Partners that have a value: of their own, or of a tie that leads to them from nearer to the focus."""
    return sum(_has(shown, iri, name, value) for iri in shown.partners)


def _has(shown: Neighbourhood, iri: str, name: str, value: Any) -> bool:
    node = site().network.nodes[iri]
    if name == "area":
        return bool(node["group"] == value)
    if name == "kind":
        return bool(shape(node["kind"]) == value)
    if name == "st":
        return any(tie.form is value for tie in shown.inward(iri))
    if value == EVENT:
        return all(tie.grounds == {EVENT} for tie in shown.inward(iri))
    return any(value in tie.grounds for tie in shown.inward(iri))


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
