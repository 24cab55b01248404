"""The small picture on the page of an organization: its nearest ties, each a link."""

from __future__ import annotations

from markupsafe import Markup

from graph.pictures.picture import Words, svg
from graph.views.map_view import start_view
from webapp.map.addresses import LinkedView, link_view, scene_of_view
from webapp.map.drawing import picture
from webapp.map.words import answer, titles
from webapp.request.visit import Visit

__all__ = ["small_picture"]

# Fewer are told better by the table; more need the room of the map, to which the page leads.
FEWEST, MOST = 2, 24


def small_picture(visit: Visit, iri: str) -> Markup:
    """Draw the nearest ties of an organization; empty when they are too few or too many for a small picture."""
    if iri not in visit.facts.network:
        return Markup()
    start = start_view(visit.facts, iri)
    scene = scene_of_view(visit, start)
    shown, view = scene.shown, link_view(visit, start)
    if not FEWEST <= len(shown.partners) <= MOST:
        return Markup()
    words = Words(answer(visit, shown), titles(visit, shown), lambda key: _address(visit, view, key))
    return Markup(svg(picture(visit, scene), words) + svg(picture(visit, scene, narrow=True), words, "slim"))


def _address(visit: Visit, view: LinkedView, key: str) -> str:
    """Lead from a node to the page of the organization, from a line to its evidence on the map."""
    return view.address(sel=key) if "~" in key else visit.links.page(visit.iris.resource("organizations", key))
