"""The organizations of a picture as a list beside it: the same choice for those who do not point or do not see."""

from __future__ import annotations

from dataclasses import dataclass

from graph.folding import czech_order, fold
from webapp.language import language, ngettext
from webapp.network_map.scene import Scene
from webapp.network_map.view import MapView
from webapp.network_map.words import node_key
from webapp.record.parts import Piece, piece
from webapp.site import site

__all__ = ["ListedNode", "listed_nodes"]


@dataclass(frozen=True)
class ListedNode:
    """An organization of the picture.

    Attributes
    ----------
    key : str
        Id of the node in the picture.
    name : Piece
        Its name, with the address of its card.
    place : str
        Country; "" when none is known.
    count : str
        Its relationships in the picture, in words.
    folded : str
        The name as one types it: without case and diacritics.
    """

    key: str
    name: Piece
    place: str
    count: str
    folded: str
    chosen: bool


def listed_nodes(found: Scene, view: MapView) -> list[ListedNode]:
    """List the organizations of a picture: the focus first, then by steps from it and by name in Czech order."""
    shown = found.shown
    records = dict.fromkeys(shown.distance, 0)
    for tie in shown.ties:
        records[tie.start] += tie.weight
        records[tie.end] += tie.weight
    nodes = {iri: _listed(iri, records[iri], view) for iri in shown.distance}
    return [nodes[iri] for iri in sorted(nodes, key=lambda i: (shown.distance[i], czech_order(nodes[i].name.text)))]


def _listed(iri: str, records: int, view: MapView) -> ListedNode:
    key, library = node_key(iri), site().library
    country = library.organizations[iri].country
    name = piece(iri)
    return ListedNode(
        key,
        Piece(name.text, name.lang, view.address(sel=key)),
        library.name(country, language())[0] if country else "",
        ngettext("%(num)s relationship", "%(num)s relationships", records),
        fold(name.text),
        key == view.sel,
    )
