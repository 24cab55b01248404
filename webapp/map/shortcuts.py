"""Other views, one step away: the whole network, each municipality, country, area and programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.folding import czech_order
from graph.kept import kept
from graph.views.facts import Facts
from graph.views.region import home_members
from webapp.map.facets import codes_of
from webapp.map.legend import value_label
from webapp.map.relations import programmes_of, topics_of
from webapp.map.view import MapView, start_view
from webapp.map.words import node_key
from webapp.request.language import _
from webapp.request.visit import Visit
from webapp.words.names import name_of

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


def shortcuts(visit: Visit, view: MapView) -> Shortcuts:
    """List what can stand in the middle and by what the whole network can be narrowed."""
    home = visit.library.home
    return Shortcuts(
        (
            Choice("country", _("Country"), _("any"), _named(visit, "country")),
            Choice("topic", _("Area of cooperation"), _("any"), _named(visit, "topic")),
            Choice("programme", _("Programme"), _("any"), _named(visit, "programme")),
        ),
        Choice(
            "focus", _("Municipality in the middle"), name_of(visit, visit.library, home)[0], _municipalities(visit)
        ),
        whole=MapView(start_view(visit.facts, home, whole=True), tab="whole").address(),
        home=MapView(start_view(visit.facts, home), tab=view.tab if view.tab != "whole" else "").address(),
    )


def _municipalities(visit: Visit) -> tuple[tuple[str, str], ...]:
    """List municipalities of the region that have ties: (row id, name), in the order of the Czech alphabet."""
    library, network = visit.library, visit.facts.network
    found = (
        iri for iri in home_members(visit.facts) if iri in network and network.nodes[iri]["kind"] == "municipality"
    )
    return _in_order((node_key(visit, iri), name_of(visit, library, iri)[0]) for iri in found)


def _named(visit: Visit, facet: str) -> tuple[tuple[str, str], ...]:
    """Codes of a facet that occur in the network, with their names."""
    used = _used(visit.facts, facet)
    return _in_order(
        (code, value_label(visit, facet, value))
        for code, value in codes_of(visit.facts, facet).items()
        if value in used
    )


@kept(16)
def _used(served: Facts, facet: str) -> frozenset[str]:
    if facet == "country":
        return frozenset(country for _iri, country in served.network.nodes(data="country"))
    if facet == "programme":
        return frozenset(programmes_of(served).values())
    return frozenset(topic for topics in topics_of(served).values() for topic in topics)


def _in_order(options: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options, key=lambda option: czech_order(option[1])))
