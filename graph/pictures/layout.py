"""Positions on the map: sectors around the focus, a few spring steps, then labels pushed apart; never at random."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.networks.neighbourhood import Neighbourhood
from graph.networks.sectors import Sector, divide
from graph.networks.shelf import Shelf
from graph.pictures.labels import NODE_PX, Label
from graph.pictures.placement import Reach, Wish, find_places
from graph.pictures.separation import Box, any_overlap, push_apart

__all__ = ["Layout", "NodePlace", "lay_out", "read_seen", "write_seen"]

SPRING_STEPS, SPRING_PX = 6, 25
SEED = 1
MOST_LINES = 3
LABEL_GAP_PX = 3.0
MARGIN_PX = 8.0
BARE_NODE_PX2 = 600.0
FILLED = 0.24
FOCUS_SCALE, FOCUS_LINE_PX = 1.25, 19.0


@dataclass(frozen=True)
class NodePlace:
    """Centre of a node in pixels from the top left corner, and the side of its label: 1 right, -1 left."""

    x: float
    y: float
    side: int


@dataclass(frozen=True)
class Layout:
    """Size of the picture in pixels and the place of each organization, by IRI."""

    width: float
    height: float
    places: Mapping[str, NodePlace]

    def around(self, focus: str) -> dict[str, NodePlace]:
        """Give the places of all but the focus as pixels to the right of it and below it."""
        middle = self.places[focus]
        return {
            iri: NodePlace(round(place.x - middle.x, 1), round(place.y - middle.y, 1), place.side)
            for iri, place in self.places.items()
            if iri != focus
        }


def lay_out(
    shown: Neighbourhood, groups: Mapping[str, str], labels: Mapping[str, Label], *, width: float,
    directions: Mapping[str, float] | None = None, before: Mapping[str, NodePlace] | None = None,
) -> Layout:  # fmt: skip
    """Place the organizations of a neighbourhood so that no label covers another one or a node.

    Parameters
    ----------
    shown : Neighbourhood
        What is drawn.
    groups : mapping
        Country group of each organization: its sector around the focus.
    labels : mapping
        Label of each organization that carries one, the focus too; the others are drawn without.
    width : float
        Width of the picture in pixels; its height is what is needed.
    directions : mapping or None
        How far through the sector of its group each organization stands, clockwise, 0 to 1, see
        `graph.networks.positions.Positions.direction`: so that it stands there in every view and edition.
        None spreads them evenly.
    before : mapping or None
        Places in a picture that was seen before, from its focus, see `Layout.around`: who has one keeps it, unless
        labels that have grown since then overlap; the others are placed in the room that is left.

    Returns
    -------
    Layout
        The same for the same input, in every process.

    References
    ----------
    T. M. J. Fruchterman, E. M. Reingold: Graph drawing by force-directed placement. Software: Practice
    and Experience 21 (11), 1991.
    """
    sectors = divide(Counter(groups[iri] for iri in shown.partners))
    kept = {iri: before[iri] for iri in shown.partners if iri in before} if before else {}
    order = sorted(_in_order(shown, labels), key=lambda iri: iri not in kept)
    angles = _angles(order, groups, sectors, directions)
    reach = Reach(width / 2 - MARGIN_PX, *_heights(angles, labels, width))
    sprung = _spring(shown, _start(angles, labels, reach), kept)
    boxes = [_focus_room(labels.get(shown.focus)), *(_box(kept[iri], labels.get(iri)) for iri in order[: len(kept)])]
    boxes = push_apart(boxes, -reach.side, reach.side) if any_overlap(boxes) else boxes
    wishes = _wishes(shown, order, groups, sectors, labels, sprung)
    places = find_places(wishes, boxes, [kept[iri].side for iri in order[: len(kept)]], reach)
    moved = push_apart([boxes[0], *(box for box, _ in places)], -reach.side, reach.side, held=len(boxes))
    return _fit(shown.focus, order, moved, [1, *(side for _, side in places)], width)


def _heights(angles: Mapping[str, float], labels: Mapping[str, Label], width: float) -> tuple[float, float]:
    """Room above and below the focus that leaves three quarters of it free of labels."""
    area = {True: 0.0, False: 0.0}
    for iri, angle in angles.items():
        label = labels.get(iri)
        area[math.sin(angle) > 0] += (label.width + 2 * NODE_PX) * (label.height + 4) if label else BARE_NODE_PX2
    return max(width * 0.42, area[True] / FILLED / width), max(width * 0.38, area[False] / FILLED / width)


def _in_order(shown: Neighbourhood, labels: Mapping[str, Label]) -> list[str]:
    """Partners as they are placed: near ones and those with large labels first, tied ones one after the other."""
    graph = nx.Graph()
    graph.add_nodes_from(shown.partners)
    graph.add_edges_from((tie.start, tie.end) for tie in shown.ties if shown.focus not in (tie.start, tie.end))
    components = sorted(sorted(component) for component in nx.connected_components(graph))
    rank = {iri: i for i, iri in enumerate(iri for component in components for iri in component)}
    return sorted(shown.partners, key=lambda iri: (shown.distance[iri], not _is_key(labels, iri), rank[iri]))


def _angles(
    order: Sequence[str], groups: Mapping[str, str], sectors: Mapping[str, Sector],
    directions: Mapping[str, float] | None,
) -> dict[str, float]:  # fmt: skip
    """Angle in radians of each partner in the sector of its group."""
    members: dict[str, list[str]] = defaultdict(list)
    for iri in order:
        members[groups[iri]].append(iri)
    part = directions or {iri: (i + 0.5) / len(m) for m in members.values() for i, iri in enumerate(m)}
    bounds = {iri: sectors[groups[iri]] for iri in order}
    return {iri: math.radians(first - span * part.get(iri, 0.5)) for iri, (first, span) in bounds.items()}


def _start(angles: Mapping[str, float], labels: Mapping[str, Label], reach: Reach) -> dict[str, tuple[float, float]]:
    """Set those with large labels nearer to the focus than the others."""
    rings = np.array([0.45 if _is_key(labels, iri) else 0.75 for iri in angles])
    points = reach.points(np.array(list(angles.values())), rings)
    return {iri: (float(x), float(y)) for iri, (x, y) in zip(angles, points, strict=True)}


def _spring(
    shown: Neighbourhood, start: Mapping[str, tuple[float, float]], kept: Mapping[str, NodePlace]
) -> dict[str, tuple[float, float]]:
    graph = nx.Graph()
    graph.add_nodes_from([shown.focus, *sorted(start)])
    graph.add_weighted_edges_from(
        (tie.start, tie.end, 0.02 if shown.focus in (tie.start, tie.end) else 0.2) for tie in shown.ties
    )
    places = {shown.focus: (0.0, 0.0), **start, **{iri: (place.x, place.y) for iri, place in kept.items()}}
    if len(places) == len(kept) + 1:
        return places
    placed = nx.spring_layout(
        graph, pos=places, fixed=[shown.focus, *kept], iterations=SPRING_STEPS, seed=SEED, k=SPRING_PX, method="force"
    )
    return {iri: (float(x), float(y)) for iri, (x, y) in placed.items()}


def _wishes(
    shown: Neighbourhood, order: Sequence[str], groups: Mapping[str, str], sectors: Mapping[str, Sector],
    labels: Mapping[str, Label], positions: Mapping[str, tuple[float, float]],
) -> list[Wish]:  # fmt: skip
    index = {shown.focus: -1, **{iri: i for i, iri in enumerate(order)}}
    furthest = max(shown.distance.values())
    wishes = []
    for iri in order:
        label, steps = labels.get(iri), shown.distance[iri]
        rings = (0.25, 0.8) if furthest == 1 and _is_key(labels, iri) else ((steps - 0.7) / furthest, steps / furthest)
        ties = tuple(index[tie.other(iri)] for tie in shown.inward(iri))[:MOST_LINES]
        wishes.append(Wish(*positions[iri], sectors[groups[iri]], rings, _extent(label, 1), _extent(label, -1), ties))
    return wishes


def _fit(focus: str, order: Sequence[str], boxes: Sequence[Box], sides: Sequence[int], width: float) -> Layout:
    """Shift so that all is in the picture."""
    top = min(box.y + box.top for box in boxes) - 2 * MARGIN_PX
    height = max(box.y + box.bottom for box in boxes) - top + 2 * MARGIN_PX
    places = {
        iri: NodePlace(round(width / 2 + box.x, 1), round(box.y - top, 1), side)
        for iri, box, side in zip([focus, *order], boxes, sides, strict=True)
    }
    return Layout(width, math.ceil(height), places)


def _is_key(labels: Mapping[str, Label], iri: str) -> bool:
    label = labels.get(iri)
    return bool(label and label.key)


def _focus_room(label: Label | None) -> Box:
    """Room of the focus with its label below it, which is larger than the others."""
    half = max(20.0, label.width * FOCUS_SCALE / 2 + 4) if label else 20.0
    bottom = 44.0 + (len(label.lines) - 1) * FOCUS_LINE_PX if label else 20.0
    return Box(0.0, 0.0, -half, -20.0, half, bottom)


def _box(place: NodePlace, label: Label | None) -> Box:
    return Box(place.x, place.y, *_extent(label, place.side))


def _extent(label: Label | None, side: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a node with its label, from the centre of the node."""
    if label is None:
        return -NODE_PX, -NODE_PX, NODE_PX, NODE_PX
    node = label.node_px
    half, reach = max(label.height / 2 + 1, node), node + LABEL_GAP_PX + label.width + 1
    return (-node, -half, reach, half) if side > 0 else (-reach, -half, node, half)


def read_seen(shelf: Shelf, picture: str) -> dict[str, NodePlace] | None:
    """Read the places of a picture in this edition, else in the latest one before; None when nobody saw it.

    Parameters
    ----------
    picture : str
        Its name, the same in every edition.

    Returns
    -------
    dict or None
        As `graph.pictures.layout.Layout.around` gives them.
    """
    kept = shelf.read(picture)
    kept = shelf.read_before(picture) if kept is None else kept
    return None if kept is None else {iri: NodePlace(x, y, side) for iri, (x, y, side) in kept.items()}


def write_seen(shelf: Shelf, picture: str, places: Mapping[str, NodePlace]) -> None:
    """Keep the places of a picture, as `graph.pictures.layout.Layout.around` gives them."""
    shelf.write(picture, {iri: (place.x, place.y, place.side) for iri, place in places.items()})
