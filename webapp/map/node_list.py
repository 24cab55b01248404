"""The organizations of a picture as a list beside it: the same choice for those who do not point or do not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.folding import czech_order, fold
from graph.networks.grouping import Group
from graph.networks.neighbourhood import Neighbourhood
from webapp.map.group_names import group_name, organizations
from webapp.map.view import MapView
from webapp.map.words import node_key
from webapp.request.language import ngettext
from webapp.request.visit import Visit
from webapp.words.parts import Piece, piece

__all__ = ["ListedNode", "listed_nodes"]


@dataclass(frozen=True)
class ListedNode:
    """An organization of the picture, or a group of them.

    Attributes
    ----------
    key : str
        Id of the node in the picture.
    name : Piece
        Its name, with the address of its card.
    place : str
        Country, "" when none is known; of a group the number of its organizations.
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


def listed_nodes(
    visit: Visit, shown: Neighbourhood, view: MapView, groups: Mapping[str, Group] = MappingProxyType({})
) -> list[ListedNode]:
    """List the nodes of a picture: the focus first, then groups, then by steps from it and by name in Czech order."""
    records = dict.fromkeys(shown.distance, 0)
    for tie in shown.ties:
        records[tie.start] += tie.weight
        records[tie.end] += tie.weight
    choosing = view.choosing()
    nodes = {iri: _listed(visit, iri, groups.get(iri), records[iri], choosing, view.sel) for iri in shown.distance}

    def order(iri: str) -> tuple[Any, ...]:
        return iri != shown.focus, iri not in groups, shown.distance[iri], czech_order(nodes[iri].name.text)

    return [nodes[iri] for iri in sorted(nodes, key=order)]


def _listed(
    visit: Visit, iri: str, group: Group | None, records: int, choosing: Callable[[str], str], chosen: str
) -> ListedNode:
    key = node_key(visit, iri)
    name = Piece(group_name(visit, group)) if group else piece(visit, iri)
    return ListedNode(
        key,
        Piece(name.text, name.lang, choosing(key)),
        organizations(len(group.members)) if group else _country(visit, iri),
        ngettext("%(num)s relationship", "%(num)s relationships", records),
        fold(name.text),
        key == chosen,
    )


def _country(visit: Visit, iri: str) -> str:
    library = visit.library
    country = library.organizations[iri].country
    return library.name(country, visit.language)[0] if country else ""
