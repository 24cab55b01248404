"""The caption of the map, made from what is shown: how many, and what the choice and the time hide."""

from __future__ import annotations

from dataclasses import replace

from graph.networks.neighbourhood import Neighbourhood, View
from graph.networks.ties import ALL_FORMS, GROUNDS
from graph.records.reading import Form
from webapp.language import _, format_number, ngettext
from webapp.network_map.facets import codes_of, narrowed
from webapp.network_map.groups import group_caption
from webapp.network_map.relations import forms_of
from webapp.network_map.scene import Scene, days_of, scene
from webapp.network_map.view import MapView
from webapp.network_map.years import span_words, undated_ties
from webapp.site import site

__all__ = ["caption"]


def caption(found: Scene, view: MapView) -> tuple[str, ...]:
    """Say in sentences what is shown and what is hidden; how to read it is the same for all views."""
    sentences = (
        _shown(found),
        group_caption(found) if view.tab not in ("table", "geo") else "",
        _span(found),
        _hidden(found),
        _undated(found, view),
    )
    return tuple(filter(None, sentences))


def _shown(found: Scene) -> str:
    nodes, ties = len(found.shown.distance), len(found.shown.ties)
    records = len({iri for tie in found.shown.ties for iri in tie.relations})
    return _(
        "Shown: %(nodes)s, %(ties)s; records below them: %(records)s.",
        nodes=ngettext("%(num)s organization", "%(num)s organizations", nodes),
        ties=ngettext("%(num)s tie", "%(num)s ties", ties),
        records=format_number(records),
    )


def _span(found: Scene) -> str:
    words = span_words(found.view.span)
    return (
        _("Years %(span)s: full lines held in them, dashed ones had ended, dotted ones are not verified.", span=words)
        if words
        else ""
    )


def _hidden(found: Scene) -> str:
    """Say what the choice hides within the same steps of the same organization, and what had not begun."""
    wide = scene(_everything(found)).shown
    nodes = len(wide.distance.keys() - found.shown.distance.keys())
    here = {(tie.start, tie.end) for tie in found.shown.ties}
    ties = sum((tie.start, tie.end) not in here for tie in wide.ties)
    sentences = []
    if nodes or ties:
        counts = ngettext("%(num)s organization", "%(num)s organizations", nodes)
        lines = ngettext("%(num)s tie", "%(num)s ties", ties)
        where = _("The choice hides: %(nodes)s, %(ties)s.") if found.view.whole else _(
            "The choice hides within the same steps: %(nodes)s, %(ties)s."
        )  # fmt: skip
        sentences.append(where % {"nodes": counts, "ties": lines})
    if later := _later(found, wide):
        sentences.append(
            ngettext(
                "%(num)s record that began later is not shown.",
                "%(num)s records that began later are not shown.",
                later,
            )
        )
    return " ".join(sentences)


def _later(found: Scene, wide: Neighbourhood) -> int:
    """Count what between the organizations in reach begins only after the day or the span."""
    forms = forms_of(site(), found.view.span, days_of(found.view))
    edges = site().network.edges(wide.distance, keys=True)
    return len({key for _u, v, key in edges if v in wide.distance and forms[key] is Form.FUTURE})


def _undated(found: Scene, view: MapView) -> str:
    if not view.view.undated:
        count = len(undated_ties(scene(replace(found.view, undated=True))))
        return ngettext(
            "%(num)s tie without any date is hidden.", "%(num)s ties without any date are hidden.", count
        ) if count else ""  # fmt: skip
    count = len(undated_ties(found))
    return ngettext("%(num)s tie has no date at all.", "%(num)s ties have no date at all.", count) if count else ""


def _everything(found: Scene) -> View:
    """Choose all of everything; the span stays, since it decides on states and hides only what had not begun."""
    view = found.view
    groups = narrowed(view, "groups", codes_of(site(), "area").values())
    return replace(
        groups, grounds=frozenset(GROUNDS), forms=frozenset(ALL_FORMS), shapes=frozenset(codes_of(site(), "kind")),
        countries=frozenset(), topics=frozenset(), programmes=frozenset(), proofs=frozenset(), cited=frozenset(),
        undated=True,
    )  # fmt: skip
