"""What is chosen on the map, each with a link that takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from webapp.map.facets import FACETS, OPEN_FACETS, codes_of
from webapp.map.group_names import key_name
from webapp.map.legend import value_label
from webapp.map.view import MapView, start_view
from webapp.map.words import ground_word
from webapp.map.years import span_words
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.typography import format_date

__all__ = ["chosen_chips"]


def chosen_chips(visit: Visit, view: MapView) -> list[dict[str, str]]:
    """List what differs from the start, for the macro `chips`: `text` and `href` of the view without it."""
    plain = view.without_choice()
    return [
        {"text": text, "href": other.address()}
        for text, other in (
            *_facets(visit, plain),
            *_time(visit, plain),
            *_opened(visit, plain),
            *_groups(visit, plain),
        )
    ]


def _facets(visit: Visit, view: MapView) -> Iterator[tuple[str, MapView]]:
    start = start_view(visit.facts, view.view.focus, whole=view.view.whole)
    for name, field in FACETS.items():
        chosen, at_start = getattr(view.view, field), getattr(start, field)
        if chosen == at_start:
            continue
        names = {value: value_label(visit, name, value) for value in codes_of(visit.facts, name).values()}
        few = name in OPEN_FACETS or len(chosen) <= len(at_start - chosen)
        for value, label in names.items():
            if few and value in chosen:
                yield label, view.changed(**{field: (chosen - {value}) or at_start})
            elif not few and value in chosen - at_start:
                yield _("with: %(value)s", value=label), view.changed(**{field: chosen - {value}})
            elif not few and value in at_start - chosen:
                yield _("without: %(value)s", value=label), view.changed(**{field: chosen | {value}})


def _time(visit: Visit, view: MapView) -> Iterator[tuple[str, MapView]]:
    if words := span_words(view.view.span):
        yield words, view.changed(span=(0, 0))
    if not view.view.undated:
        yield _("without ties that have no date"), view.changed(undated=True)
    if view.view.versus:
        day = format_date(view.view.versus.isoformat(), lang=visit.language)
        yield _("compared with %(day)s", day=day), view.changed(versus=None)


def _opened(visit: Visit, view: MapView) -> Iterator[tuple[str, MapView]]:
    for item in view.view.opened:
        iri, ground = item
        name = name_of(visit, visit.library, iri)[0]
        text = f"{name} ({ground_word(ground)})" if ground else name
        rest = tuple(other for other in view.view.opened if other != item)
        yield _("opened: %(name)s", name=text), replace(view, view=replace(view.view, opened=rest))


def _groups(visit: Visit, view: MapView) -> Iterator[tuple[str, MapView]]:
    for key in view.view.open_groups:
        yield _("open group: %(name)s", name=key_name(visit, key)), view.with_closed(key)
