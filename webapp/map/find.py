"""Other views, one step away: an organization by name in the middle, the whole network, each municipality, ..."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from graph.folding import czech_order, fold
from graph.networks.grouping import OrganizationGroup
from graph.networks.neighbourhood import Neighbourhood
from graph.views.facts import Facts
from graph.views.map_parameters import codes_of
from graph.views.map_view import start_view
from graph.views.scene import Scene
from graph.views.scene_counts import municipalities_with_ties, records_by_node, used_values
from graph.views.search import Match, Rank
from webapp.map.addresses import LinkedView, link_view, new_address, read_view
from webapp.map.legend import value_label
from webapp.map.words import group_name, node_key, organizations
from webapp.request.language import _, ngettext
from webapp.request.visit import Visit, this_visit
from webapp.words.names import name_of
from webapp.words.parts import Piece, kind_and_country, piece

__all__ = ["ListedNode", "Shortcuts", "find_blueprint", "listed_nodes", "matches", "shortcuts", "whole_network"]

MOST_NAMES, MOST_CHOICES = 12, 50


@dataclass(frozen=True)
class ShortcutField:
    """A field of the form: name in the address, label, word for any, and (code, label) of each value."""

    name: str
    title: str
    any_word: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shortcuts:
    """Fields that narrow the whole network, the one that sets a municipality in the middle, and two addresses."""

    choices: tuple[ShortcutField, ...]
    middle: ShortcutField
    whole: str
    home: str


def find_blueprint() -> Blueprint:
    """Routes ``/map/names.json`` for the field that completes and ``/map/find`` for its form without script."""
    blueprint = Blueprint("map_find", __name__)
    blueprint.add_url_rule("/map/names.json", "map_names", names_json)
    blueprint.add_url_rule("/map/find", "map_find", find_page)
    return blueprint


def names_json() -> Response:
    """Send at most 12 names that fit ``q``: `key`, `name`, its language if it is another one, `place`."""
    visit = this_visit()
    best = matches(visit.facts, request.args.get("q", ""))[:MOST_NAMES]
    return jsonify(names=[_offer(visit, match.record.iri) for match in best])


def find_page() -> ResponseReturnValue:
    """Set the one organization that fits ``find`` in the middle, or let the reader choose among several."""
    visit = this_visit()
    if address := new_address(visit.links):
        return redirect(address, 301)
    view, asked = read_view(visit), " ".join(request.args.get("find", "").split())[:200]
    fitting = matches(visit.facts, asked)
    exact = [match for match in fitting if match.rank is Rank.EXACT]
    if len(only := exact if len(exact) == 1 else fitting) == 1:
        return redirect(_around(visit, view, only[0].record.iri), 303)
    choices = [
        (_link(visit, view, match.record.iri), kind_and_country(visit, match.record.iri))
        for match in fitting[:MOST_CHOICES]
    ]
    missing = _(
        "No organization of the network has “%(text)s” in its name."
        " Try a part of it, or the name in the language of the place.",
        text=asked,
    )
    words = {"asked": asked, "missing": missing}
    return render_template("map_find.html", choices=choices, total=len(fitting), view=view, **words)


def matches(facts: Facts, text: str) -> list[Match]:
    """Find organizations of the network by name, best first, municipalities among the others."""
    network, groups = facts.network, facts.search.find(text)
    both = (*groups.get("organizations", ()), *groups.get("municipalities", ()))
    return sorted((match for match in both if match.record.iri in network), key=lambda match: (match.rank, -match.ties))


def shortcuts(visit: Visit, view: LinkedView) -> Shortcuts:
    """List what can stand in the middle and by what the whole network can be narrowed."""
    home, facts = visit.library.home, visit.facts
    titles = {"country": _("Country"), "topic": _("Area of cooperation"), "programme": _("Programme")}
    towns = ((node_key(visit, iri), name_of(visit, iri)[0]) for iri in municipalities_with_ties(facts))
    middle, any_word = _("Municipality in the middle"), name_of(visit, home)[0]
    return Shortcuts(
        tuple(ShortcutField(name, title, _("any"), _named(visit, name)) for name, title in titles.items()),
        ShortcutField("focus", middle, any_word, _in_order(towns)),
        whole=link_view(visit, start_view(facts, home, whole=True), "whole").address(),
        home=link_view(visit, start_view(facts, home), view.tab if view.tab != "whole" else "").address(),
    )


def _named(visit: Visit, facet: str) -> tuple[tuple[str, str], ...]:
    """Codes of a facet that occur in the network, with their names."""
    used, codes = used_values(visit.facts, facet), codes_of(visit.facts, facet)
    return _in_order((code, value_label(visit, facet, value)) for code, value in codes.items() if value in used)


def _in_order(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options, key=lambda option: czech_order(option[1])))


def _offer(visit: Visit, iri: str) -> dict[str, Any]:
    name = piece(visit, iri)
    return {
        "key": node_key(visit, iri), "name": name.text, "lang": name.lang, "place": kind_and_country(visit, iri),
    }  # fmt: skip


def _link(visit: Visit, view: LinkedView, iri: str) -> Piece:
    name = piece(visit, iri)
    return Piece(name.text, name.lang, _around(visit, view, iri))


def _around(visit: Visit, view: LinkedView, iri: str) -> str:
    return view.address(focus="" if iri == visit.library.home else node_key(visit, iri), sel="")


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
    names = {iri: name_of(visit, iri)[0] for iri in scene.shown.distance}
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
    name, lang = name_of(visit, iri)
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
