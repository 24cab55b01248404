"""Positions of more organizations than labels have room for: rings around the focus, at once and without overlaps."""

from __future__ import annotations

import math
from collections.abc import Mapping

from graph.networks.neighbourhood import Neighbourhood
from graph.pictures.layout import Layout, Place

__all__ = ["lay_out_rings"]

NODE_ROOM_PX = 22.0
RING_PX = 30.0
MARGIN_PX = 20.0


def lay_out_rings(shown: Neighbourhood, groups: Mapping[str, str]) -> Layout:
    """Fill rings from the inside: the nearest organizations first, those of a country group side by side.

    Parameters
    ----------
    groups : mapping
        Country group of each organization.

    Returns
    -------
    Layout
        As wide as its rings need, the same for the same input; nodes are `NODE_ROOM_PX` apart at least.
    """
    waiting = sorted(shown.partners, key=lambda iri: (shown.distance[iri], groups[iri], iri))
    points = {shown.focus: (0.0, 0.0)}
    radius = RING_PX
    while waiting:
        radius += RING_PX
        room = int(2 * math.pi * radius / NODE_ROOM_PX)
        on_ring, waiting = sorted(waiting[:room], key=lambda iri: (groups[iri], iri)), waiting[room:]
        for number, iri in enumerate(on_ring):
            angle = 2 * math.pi * number / len(on_ring) - math.pi / 2
            points[iri] = (radius * math.cos(angle), radius * math.sin(angle))
    middle = radius + MARGIN_PX
    places = {iri: Place(round(middle + x, 1), round(middle + y, 1), 1) for iri, (x, y) in points.items()}
    return Layout(2 * middle, 2 * middle, places)
