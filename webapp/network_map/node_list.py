"""The organizations of a picture as a list beside it: the same choice for those who do not point or do not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.folding import czech_order, fold
from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood
from webapp.language import language, ngettext
from webapp.network_map.group_names import group_name, organizations
from webapp.network_map.view import MapView
from webapp.network_map.words import node_key
from webapp.record.parts import Piece, piece
from webapp.site import site

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
    shown: Neighbourhood, view: MapView, groups: Mapping[str, OrganizationGroup] = MappingProxyType({})
) -> list[ListedNode]:
    """List the nodes of a picture: the focus first, then groups, then by steps from it and by name in Czech order."""
    records = dict.fromkeys(shown.distance, 0)
    for tie in shown.ties:
        records[tie.start] += tie.weight
        records[tie.end] += tie.weight
    choosing = view.choosing()
    nodes = {iri: _listed(iri, groups.get(iri), records[iri], choosing, view.sel) for iri in shown.distance}

    def order(iri: str) -> tuple[Any, ...]:
        return iri != shown.focus, iri not in groups, shown.distance[iri], czech_order(nodes[iri].name.text)

    return [nodes[iri] for iri in sorted(nodes, key=order)]


def _listed(
    iri: str, group: OrganizationGroup | None, records: int, choosing: Callable[[str], str], chosen: str
) -> ListedNode:
    key = node_key(iri)
    name = Piece(group_name(group)) if group else piece(iri)
    return ListedNode(
        key,
        Piece(name.text, name.lang, choosing(key)),
        organizations(len(group.members)) if group else _country(iri),
        ngettext("%(num)s relationship", "%(num)s relationships", records),
        fold(name.text),
        key == chosen,
    )


def _country(iri: str) -> str:
    library = site().library
    country = library.organizations[iri].country
    return library.name(country, language())[0] if country else ""
