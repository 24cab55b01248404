"""Other views, one step away: the whole network, each municipality, country, area and programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.folding import czech_order
from webapp.language import _
from webapp.network_map.facets import codes_of
from webapp.network_map.legend import value_label
from webapp.network_map.relations import programmes_of, topics_of
from webapp.network_map.view import MapView, start_view
from webapp.network_map.words import node_key
from webapp.record.names import name_of
from webapp.region import home_members
from webapp.site import Site, site

__all__ = ["Choice", "Shortcuts", "shortcuts"]


@dataclass(frozen=True)
class Choice:
    """A field of the form: name in the address, label, word for any, and (code, label) of each value."""

    name: str
    title: str
    any_word: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shortcuts:
    """Fields that narrow the whole network, the one that sets a municipality in the middle, and two addresses."""

    choices: tuple[Choice, ...]
    middle: Choice
    whole: str
    home: str


def shortcuts(view: MapView) -> Shortcuts:
    """List what can stand in the middle and by what the whole network can be narrowed."""
    home = site().library.home
    return Shortcuts(
        (
            Choice("country", _("Country"), _("any"), _named("country")),
            Choice("topic", _("Area of cooperation"), _("any"), _named("topic")),
            Choice("programme", _("Programme"), _("any"), _named("programme")),
        ),
        Choice("focus", _("Municipality in the middle"), name_of(site().library, home)[0], _municipalities()),
        whole=MapView(start_view(site(), home, whole=True), tab="whole").address(),
        home=MapView(start_view(site(), home), tab=view.tab if view.tab != "whole" else "").address(),
    )


def _municipalities() -> tuple[tuple[str, str], ...]:
    """List municipalities of the region that have ties: (row id, name), in the order of the Czech alphabet."""
    library, network = site().library, site().network
    found = (iri for iri in home_members(site()) if iri in network and network.nodes[iri]["kind"] == "municipality")
    return _in_order((node_key(iri), name_of(library, iri)[0]) for iri in found)


def _named(facet: str) -> tuple[tuple[str, str], ...]:
    """Codes of a facet that occur in the network, with their names."""
    used = _used(site(), facet)
    return _in_order(
        (code, value_label(facet, value)) for code, value in codes_of(site(), facet).items() if value in used
    )


@lru_cache(maxsize=16)
def _used(served: Site, facet: str) -> frozenset[str]:
    if facet == "country":
        return frozenset(country for _iri, country in served.network.nodes(data="country"))
    if facet == "programme":
        return frozenset(programmes_of(served).values())
    return frozenset(topic for topics in topics_of(served).values() for topic in topics)


def _in_order(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options, key=lambda option: czech_order(option[1])))
