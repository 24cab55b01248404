"""The network of an edition with its measures and positions, computed once and kept for the next edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any

import networkx as nx

from graph.networks.measures import Measures, NetworkMeasures, measure_network
from graph.networks.positions import Positions, place_network
from graph.networks.shelf import Shelf

__all__ = ["EditionNetwork"]

# Kept under the number of the way they are computed, so that another way does not read them.
POSITIONS, MEASURES = "positions 1", "measures 1"


class EditionNetwork:
    """Measures and positions of all organizations; each is computed when it is first asked for.

    Parameters
    ----------
    network : networkx.MultiDiGraph
        As `graph.networks.network.build_network` makes it.
    home : str
        IRI of the home region.
    shelf : Shelf
        Where they are kept.
    """

    def __init__(self, network: nx.MultiDiGraph, home: str, shelf: Shelf) -> None:
        self._network, self._home, self._shelf = network, home, shelf

    @cached_property
    def positions(self) -> Positions:
        """Positions of all organizations, those of the edition before as far as they go."""
        kept = self._shelf.read(POSITIONS)
        if kept is not None:
            return _positions(kept)
        before = self._shelf.read_before(POSITIONS)
        made = place_network(self._network, self._home, None if before is None else _positions(before))
        self._shelf.write(POSITIONS, asdict(made))
        return made

    @cached_property
    def directions(self) -> Mapping[str, float]:
        """How far through the sector of its country group each organization stands, see `Positions.direction`."""
        nodes = self._network.nodes(data="group")
        return {iri: self.positions.direction(iri, group) for iri, group in nodes}

    @cached_property
    def measures(self) -> NetworkMeasures:
        """Measures of all organizations over all their relationships, ended ones included."""
        kept = self._shelf.read(MEASURES)
        if kept is not None:
            return _measures(kept)
        made = measure_network(self._network)
        self._shelf.write(MEASURES, asdict(made))
        return made


def _positions(kept: dict[str, Any]) -> Positions:
    return Positions(
        {group: (first, span) for group, (first, span) in kept["sectors"].items()},
        {iri: (column, row) for iri, (column, row) in kept["cells"].items()},
    )


def _measures(kept: dict[str, Any]) -> NetworkMeasures:
    return NetworkMeasures(
        {
            iri: Measures(**{**values, "reached_only": tuple(values["reached_only"])})
            for iri, values in kept["organizations"].items()
        },
        kept["samples"],
    )
