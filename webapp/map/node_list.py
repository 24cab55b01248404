"""The organizations of a picture as a list beside it, and all of them with their places for a renderer of thousands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph.folding import czech_order, fold
from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood
from graph.views.scene import Scene
from graph.views.scene_counts import records_by_node
from webapp.map.addresses import LinkedView
from webapp.map.words import group_name, node_key, organizations
from webapp.request.language import ngettext
from webapp.request.visit import Visit
from webapp.words.names import name_of
from webapp.words.parts import Piece, piece

__all__ = ["ListedNode", "listed_nodes", "whole_network"]


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
    visit: Visit, shown: Neighbourhood, view: LinkedView, groups: Mapping[str, OrganizationGroup] = MappingProxyType({})
) -> list[ListedNode]:
    """List the nodes of a picture, for those who do not point or do not see.

    The focus stands first, then groups, then organizations by steps from it and by name in Czech order.
    """
    records, choosing = records_by_node(shown.ties), view.choosing()
    nodes = {iri: _listed(visit, iri, groups.get(iri), records[iri], choosing, view.sel) for iri in shown.distance}

    def order(iri: str) -> tuple[Any, ...]:
        return iri != shown.focus, iri not in groups, shown.distance[iri], czech_order(nodes[iri].name.text)

    return [nodes[iri] for iri in sorted(nodes, key=order)]


def whole_network(visit: Visit, scene: Scene) -> dict[str, Any]:
    """Draw with `graph.networks.whole.draw_whole`, and say of each node what the list beside the picture says."""
    # Not at the top: numpy takes long to import, and no start waits for the first map.
    from graph.networks.whole import draw_whole

    facts, ties = visit.facts, scene.shown.ties
    names = {iri: name_of(visit, facts.library, iri)[0] for iri in scene.shown.distance}
    positions, records = facts.edition_network.positions, records_by_node(ties)
    drawn = draw_whole(facts.network, ties, positions, names, facts.iris, facts.library.home)
    iris = {node["id"]: facts.iris.resource("organizations", node["id"]) for node in drawn["nodes"]}
    nodes = [node | _node_words(visit, iris[node["id"]], records[iris[node["id"]]]) for node in drawn["nodes"]]
    return drawn | {"nodes": sorted(nodes, key=lambda node: czech_order(node["label"]))}


def _listed(
    visit: Visit, iri: str, group: OrganizationGroup | None, records: int, choosing: Callable[[str], str], chosen: str
) -> ListedNode:
    key = node_key(visit, iri)
    name = Piece(group_name(visit.facts, group.key, visit.language)) if group else piece(visit, iri)
    return ListedNode(
        key,
        Piece(name.text, name.lang, choosing(key)),
        organizations(len(group.members)) if group else _country(visit, iri),
        _count(records),
        fold(name.text),
        key == chosen,
    )


def _node_words(visit: Visit, iri: str, records: int) -> dict[str, Any]:
    """Language of the name if it is another one, the name as one types it, country and relationships."""
    name, lang = name_of(visit, visit.library, iri)
    return {
        **({"lang": lang} if lang else {}),
        "folded": fold(name),
        "place": _country(visit, iri),
        "count": _count(records),
        "records": records,
    }


def _count(records: int) -> str:
    return ngettext("%(num)s relationship", "%(num)s relationships", records)


def _country(visit: Visit, iri: str) -> str:
    country = visit.library.organizations[iri].country
    return visit.library.name(country, visit.language)[0] if country else ""
