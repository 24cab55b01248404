"""The caption of the map, made from what is shown: how many, and what the choice and the time hide."""

from __future__ import annotations

from dataclasses import replace

from graph.networks.neighbourhood import Neighbourhood, View
from graph.networks.ties import ALL_FORMS, GROUNDS
from graph.records.reading import Form
from webapp.map.facets import codes_of, narrowed
from webapp.map.groups import group_caption
from webapp.map.relations import forms_of
from webapp.map.scene import Scene, days_of, scene
from webapp.map.view import MapView
from webapp.map.years import span_words, undated_ties
from webapp.request.language import _, format_number, ngettext
from webapp.request.visit import Visit

__all__ = ["caption"]


def caption(visit: Visit, found: Scene, view: MapView) -> tuple[str, ...]:
    """Say in sentences what is shown and what is hidden; how to read it is the same for all views."""
    sentences = (
        _shown(visit, found),
        group_caption(found) if view.tab not in ("table", "geo") else "",
        _span(found),
        _hidden(visit, found),
        _undated(visit, found, view),
    )
    return tuple(filter(None, sentences))


def _shown(visit: Visit, found: Scene) -> str:
    nodes, ties = len(found.shown.distance), len(found.shown.ties)
    records = len({iri for tie in found.shown.ties for iri in tie.relations})
    return _(
        "Shown: %(nodes)s, %(ties)s; records below them: %(records)s.",
        nodes=ngettext("%(num)s organization", "%(num)s organizations", nodes),
        ties=ngettext("%(num)s tie", "%(num)s ties", ties),
        records=format_number(records, lang=visit.language),
    )


def _span(found: Scene) -> str:
    words = span_words(found.view.span)
    return (
        _("Years %(span)s: full lines held in them, dashed ones had ended, dotted ones are not verified.", span=words)
        if words
        else ""
    )


def _hidden(visit: Visit, found: Scene) -> str:
    """Say what the choice hides within the same steps of the same organization, and what had not begun."""
    wide = scene(visit, _everything(visit, found)).shown
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
    if later := _later(visit, found, wide):
        sentences.append(
            ngettext(
                "%(num)s record that began later is not shown.",
                "%(num)s records that began later are not shown.",
                later,
            )
        )
    return " ".join(sentences)


def _later(visit: Visit, found: Scene, wide: Neighbourhood) -> int:
    """Count what between the organizations in reach begins only after the day or the span."""
    forms = forms_of(visit.facts, found.view.span, days_of(visit, found.view))
    edges = visit.facts.network.edges(wide.distance, keys=True)
    return len({key for _u, v, key in edges if v in wide.distance and forms[key] is Form.FUTURE})


def _undated(visit: Visit, found: Scene, view: MapView) -> str:
    if not view.view.undated:
        count = len(undated_ties(visit, scene(visit, replace(found.view, undated=True))))
        return ngettext(
            "%(num)s tie without any date is hidden.", "%(num)s ties without any date are hidden.", count
        ) if count else ""  # fmt: skip
    count = len(undated_ties(visit, found))
    return ngettext("%(num)s tie has no date at all.", "%(num)s ties have no date at all.", count) if count else ""


def _everything(visit: Visit, found: Scene) -> View:
    """Choose all of everything; the span stays, since it decides on states and hides only what had not begun."""
    view = found.view
    groups = narrowed(view, "groups", codes_of(visit.facts, "area").values())
    return replace(
        groups, grounds=frozenset(GROUNDS), forms=frozenset(ALL_FORMS), shapes=frozenset(codes_of(visit.facts, "kind")),
        countries=frozenset(), topics=frozenset(), programmes=frozenset(), proofs=frozenset(), cited=frozenset(),
        undated=True,
    )  # fmt: skip
