"""The small picture on the page of an organization: its nearest ties, each a link."""

from __future__ import annotations

from markupsafe import Markup

from graph.pictures.picture import PictureWords, svg
from webapp.links import link_iri
from webapp.network_map.drawing import picture
from webapp.network_map.scene import scene
from webapp.network_map.view import MapView, start_view
from webapp.network_map.words import answer, titles
from webapp.site import site

__all__ = ["small_picture"]

# Fewer are told better by the table; more need the room of the map, to which the page leads.
FEWEST, MOST = 2, 24


def small_picture(iri: str) -> Markup:
    """Draw the nearest ties of an organization; empty when they are too few or too many for a small picture."""
    if iri not in site().network:
        return Markup()
    start = start_view(site(), iri)
    shown = scene(start).shown
    if not FEWEST <= len(shown.partners) <= MOST:
        return Markup()
    words = PictureWords(answer(shown), titles(shown), lambda key: _address(MapView(start), key))
    return Markup(svg(picture(start), words) + svg(picture(start, narrow=True), words, "slim"))


def _address(view: MapView, key: str) -> str:
    """Lead from a node to the page of the organization, from a line to its evidence on the map."""
    return view.address(sel=key) if "~" in key else link_iri(site().iris.resource("organizations", key))
