"""The legend of the map, which is also its filter: values with sign and number of partners, and chips of the chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from graph.folding import czech_order
from graph.pictures.picture import outline
from graph.records.reading import Proof
from graph.views.map_parameters import FACETS
from graph.views.map_view import started
from graph.views.parameters import FacetParameter
from graph.views.scene import Scene
from graph.views.scene_counts import partners_by_value
from webapp.map.addresses import LinkedView
from webapp.map.time import span_words
from webapp.map.words import group_name, kind_name, side_group_name
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit
from webapp.words.grounds import form_word, ground_word
from webapp.words.names import name_of
from webapp.words.typography import format_date

__all__ = ["LegendFacet", "chosen_chips", "group_sign", "legend", "signs", "value_label"]


@dataclass(frozen=True)
class LegendValue:
    """A value of the legend: code in the address, label, number of partners, whether it is chosen, its sign.

    Attributes
    ----------
    off : bool
        It is shown muted, since what is chosen leaves it out.
    seen : bool
        Somebody shown has it, be it none that counts as a partner.
    """

    code: str
    label: str
    count: int
    chosen: bool
    icon: Markup | None
    off: bool
    seen: bool


@dataclass(frozen=True)
class LegendFacet:
    """A facet in the legend: name in the address, title, values.

    Attributes
    ----------
    unseen : tuple of (str, str)
        Name and code of values that are chosen as at the start and that no partner has: the form sends them along.
    """

    name: str
    title: str
    options: tuple[LegendValue, ...]
    folded: bool = False
    unseen: tuple[tuple[str, str], ...] = ()


def legend(visit: Visit, scene: Scene) -> tuple[LegendFacet, ...]:
    """Make the legend under the present choice; a value that nobody shown has is left out."""
    return tuple(_legend_facet(visit, scene, facet) for facet in FACETS.values())


def signs(visit: Visit, scene: Scene) -> tuple[tuple[Markup, str], ...]:
    """Signs of a picture without a filter, with their words: states of lines, territories and kinds that it shows."""
    drawn = {tie.form.value for tie in scene.shown.ties}
    shown = ((name, value) for name in SIGNS for value in _values(visit, scene, FACETS[name]))
    seen = (value for name, value in shown if (value.code in drawn if name == "st" else value.seen))
    return tuple((value.icon, value.label) for value in seen if value.icon is not None)


def value_label(visit: Visit, name: str, value: Any) -> str:
    """Name of a value of a facet in the reader's language."""
    if name in LABELS:
        return LABELS[name](value)
    iri = visit.iris.resource(SCHEMES[name], value) if name in SCHEMES else value
    return visit.library.name(iri, visit.language)[0]


def group_sign(scene: Scene) -> tuple[Markup, str] | None:
    """Sign and word of groups of organizations; None when the picture shows no group."""
    if not scene.drawn.groups:
        return None
    sign = Markup(
        '<svg class="key-svg" viewBox="0 0 26 16" aria-hidden="true"><circle class="n0" cx="13" cy="8" r="7"/>'
        '<circle class="within" cx="13" cy="8" r="4"/></svg>'
    )
    return sign, _("group of organizations")


def chosen_chips(visit: Visit, view: LinkedView) -> list[dict[str, str]]:
    """List what differs from the start, for the macro `chips`: `text` and `href` of the view without it."""
    plain = view.without_choice()
    chips = (
        *_facet_chips(visit, plain), *_time_chips(visit, plain), *_opened_chips(visit, plain),
        *_group_chips(visit, plain),
    )  # fmt: skip
    return [{"text": text, "href": without.address()} for text, without in chips]


def _legend_facet(visit: Visit, scene: Scene, facet: FacetParameter) -> LegendFacet:
    name, title, values = facet.name, _(facet.meaning), list(_values(visit, scene, facet))
    if not facet.is_open:
        unseen = tuple((name, value.code) for value in values if value.chosen and not value.seen)
        return LegendFacet(name, title, tuple(value for value in values if value.seen), unseen=unseen)
    values = [value for value in values if value.seen or value.chosen]
    if name in RANKED:
        values.sort(key=lambda value: (not _is_top(visit, name, value.code), -value.count, czech_order(value.label)))
    return LegendFacet(name, title, tuple(values), folded=not any(value.chosen for value in values))


def _values(visit: Visit, scene: Scene, facet: FacetParameter) -> Iterator[LegendValue]:
    chosen, name = facet.chosen(scene.view), facet.name
    counts = partners_by_value(visit.facts, scene, name)
    for code, value in facet.known(visit.facts).items():
        is_off = value not in chosen and (bool(chosen) or not facet.is_open)
        label, count = value_label(visit, name, value), counts.get(value, 0)
        yield LegendValue(code, label, count, value in chosen, _icon(name, value), is_off, value in counts)


def _is_top(visit: Visit, name: str, code: str) -> bool:
    concept = visit.library.concept("areas", code) if name == "topic" else None
    return concept is None or not concept.broader


SIGNS = ("st", "group", "kind")
RANKED = ("country", "topic", "programme")
SCHEMES: Mapping[str, str] = {"group": "country-groups", "country": "countries"}
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
    if name == "group":
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


def _facet_chips(visit: Visit, view: LinkedView) -> Iterator[tuple[str, LinkedView]]:
    start = started(visit.facts, view.view)
    for name, facet in FACETS.items():
        chosen, at_start = facet.chosen(view.view), facet.chosen(start)
        if chosen == at_start:
            continue
        names = {value: value_label(visit, name, value) for value in facet.known(visit.facts).values()}
        few = facet.is_open or len(chosen) <= len(at_start - chosen)
        for value, label in names.items():
            if few and value in chosen:
                yield label, _choosing(view, facet, (chosen - {value}) or at_start)
            elif not few and value in chosen - at_start:
                yield _("with: %(value)s", value=label), _choosing(view, facet, chosen - {value})
            elif not few and value in at_start - chosen:
                yield _("without: %(value)s", value=label), _choosing(view, facet, chosen | {value})


def _choosing(view: LinkedView, facet: FacetParameter, values: frozenset[Any]) -> LinkedView:
    return view.changed(**{facet.of_view: values})


def _time_chips(visit: Visit, view: LinkedView) -> Iterator[tuple[str, LinkedView]]:
    if words := span_words(view.view.span):
        yield words, view.changed(span=(0, 0))
    if not view.view.undated:
        yield _("without ties that have no date"), view.changed(undated=True)
    if view.view.versus:
        day = format_date(view.view.versus.isoformat(), lang=visit.language)
        yield _("compared with %(day)s", day=day), view.changed(versus=None)


def _opened_chips(visit: Visit, view: LinkedView) -> Iterator[tuple[str, LinkedView]]:
    for iri, ground in view.view.opened:
        name = name_of(visit, iri)[0]
        text = f"{name} ({ground_word(ground)})" if ground else name
        rest = tuple(other for other in view.view.opened if other != (iri, ground))
        yield _("opened: %(name)s", name=text), replace(view, view=replace(view.view, opened=rest))


def _group_chips(visit: Visit, view: LinkedView) -> Iterator[tuple[str, LinkedView]]:
    for key in view.view.open_groups:
        name = side_group_name(visit, key) if view.view.between else group_name(visit.facts, key, visit.language)
        yield _("open group: %(name)s", name=name), view.with_closed(key)
