"""What a view of the map shows, made once for each edition, view, day and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import networkx as nx

from graph.labels import WRAP_CHARACTERS, make_label
from graph.neighbourhood import Neighbourhood, View, neighbourhood
from graph.reading import Form
from graph.ties import Tie, collapse, relation_forms
from webapp.asof import asof
from webapp.language import language
from webapp.network_map.facets import FACETS, codes_of, narrowed
from webapp.site import Site, site
from webapp.typography import typo

__all__ = ["Scene", "around", "part_of_network", "picture", "scene", "short_name"]

KEPT = 128
WIDE_PX, NARROW_PX = 716.0, 360.0
NARROW_CHARACTERS = 16
LABELS, NARROW_NODES = 120, 30


@dataclass(frozen=True)
class Scene:
    """A part of the network on a day.

    Attributes
    ----------
    shown : Neighbourhood
        Organizations and ties.
    key_partners : frozenset of str
        Organizations tied by an agreement to one nearer to the focus.
    """

    view: View
    shown: Neighbourhood
    key_partners: frozenset[str]


def scene(view: View) -> Scene:
    """Find what a view shows on the day of the request."""
    on = asof()
    return _scene(site(), view, on.day, on.is_past)


def around(view: View) -> Mapping[str, Neighbourhood]:
    """Find for each facet, by name, what would be shown if all of it were chosen: for the counts of the legend."""
    on = asof()
    return _around(site(), view, on.day, on.is_past)


def picture(view: View, *, narrow: bool = False) -> Mapping[str, Any]:
    """Draw a view as `graph.drawing.read_back` gives it, wide or for the narrow screen of a telephone."""
    on = asof()
    return _picture(site(), view, on.day, on.is_past, language(), narrow)


def part_of_network(found: Scene) -> nx.MultiDiGraph:
    """Cut out the relationships that are shown, with their ends, as a network."""
    network = site().network
    seen = {relation for tie in found.shown.ties for relation in tie.relations}
    edges = [(u, v, key) for u, v, key in network.edges(found.shown.distance, keys=True) if key in seen]
    return network.edge_subgraph([edge for edge in edges if edge[1] in found.shown.distance])


@lru_cache(maxsize=KEPT)
def _forms(served: Site, day: date, past: bool) -> Mapping[str, Form]:
    return relation_forms(served.network, served.library, day, past=past, evidence_years=served.settings.evidence_years)


@lru_cache(maxsize=KEPT)
def _ties(served: Site, grounds: frozenset[str], day: date, past: bool) -> tuple[Tie, ...]:
    return collapse(served.network, _forms(served, day, past), grounds)


@lru_cache(maxsize=KEPT)
def _scene(served: Site, view: View, day: date, past: bool) -> Scene:
    shown = neighbourhood(served.network, _ties(served, view.grounds, day, past), view)
    keys = frozenset(iri for iri in shown.partners if any("Agreement" in tie.grounds for tie in shown.inward(iri)))
    return Scene(view, shown, keys)


@lru_cache(maxsize=KEPT)
def _around(served: Site, view: View, day: date, past: bool) -> Mapping[str, Neighbourhood]:
    wider = {name: narrowed(view, field, codes_of(served, name).values()) for name, field in FACETS.items()}
    return {
        name: neighbourhood(served.network, _ties(served, wide.grounds, day, past), wide)
        for name, wide in wider.items()
    }


@lru_cache(maxsize=KEPT)
def _picture(served: Site, view: View, day: date, past: bool, lang: str, narrow: bool) -> Mapping[str, Any]:
    found = _scene(served, view, day, past)
    shown = _narrowed(found) if narrow else found.shown
    nodes = served.network.nodes
    labels = {
        iri: make_label(
            typo(short_name(served, iri, lang), lang), nodes[iri]["country"], key=iri in found.key_partners,
            characters=NARROW_CHARACTERS if narrow else WRAP_CHARACTERS,
        )
        for iri in _strongest(found, shown.partners)[:LABELS]
    }  # fmt: skip
    groups = {iri: nodes[iri]["group"] for iri in shown.partners}
    labels[view.focus] = make_label(typo(short_name(served, view.focus, lang), lang), "", key=True)
    # Not at the top: pyvis and numpy take half a second to import, and no start waits for its first map.
    from graph.drawing import draw, read_back
    from graph.layout import lay_out

    layout = lay_out(shown, groups, labels, width=NARROW_PX if narrow else WIDE_PX)
    return read_back(draw(served.network, shown, labels, layout, served.iris))


def short_name(served: Site, iri: str, lang: str) -> str:
    """Short form of the name of an organization, else its name."""
    organization = served.library.organizations[iri]
    return organization.short_names.get(lang) or organization.name(lang)[0]


def _narrowed(found: Scene) -> Neighbourhood:
    """Only partners by agreement; where there are none, the ones with most relationships."""
    partners = found.key_partners or found.shown.partners
    kept = {found.view.focus, *_strongest(found, partners)[:NARROW_NODES]}
    distance = {iri: steps for iri, steps in found.shown.distance.items() if iri in kept}
    ties = tuple(tie for tie in found.shown.ties if tie.start in kept and tie.end in kept)
    return Neighbourhood(found.view.focus, distance, ties)


def _strongest(found: Scene, partners: Iterable[str]) -> list[str]:
    weight = {iri: sum(tie.weight for tie in found.shown.inward(iri)) for iri in partners}
    return sorted(weight, key=lambda iri: (found.shown.distance[iri], iri not in found.key_partners, -weight[iri], iri))
