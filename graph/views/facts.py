"""An open edition with its facts: records, network, what is derived from them; asked by parameter, for any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from graph.editions.edition import Edition
from graph.iris import Iris
from graph.networks.network import build_network
from graph.networks.shelf import Shelf
from graph.records.library import FormerRecord, Library, read_former_records, read_library
from graph.records.reading import Reading, read_state
from graph.records.records import Dated
from graph.settings import Settings
from graph.sparql.named_queries import run_query
from graph.sparql.store import Store
from graph.views.search import SearchIndex
from graph.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from graph.networks.edition_network import EditionNetwork

__all__ = ["AsOf", "Facts"]


@dataclass(frozen=True)
class AsOf:
    """A day that facts are asked for.

    Attributes
    ----------
    day : date
        The day.
    is_past : bool
        It lies before the day of asking: what began later is left out, and states are told in the past.
    """

    day: date
    is_past: bool

    @classmethod
    def seen(cls, day: date, today: date) -> AsOf:
        """Give a day as it is seen from `today`."""
        return cls(day, day < today)


@dataclass(frozen=True, eq=False)
class Facts:
    """An open edition and all that is computed from it, each at its first use; dropped with it.

    Attributes
    ----------
    has_tables : bool
        The edition was made from the tables, so that it has records; False for any other RDF.
    """

    settings: Settings
    edition: Edition
    store: Store
    has_tables: bool = True

    @cached_property
    def iris(self) -> Iris:
        """The IRIs of this edition."""
        return Iris(self.settings.base)

    @cached_property
    def library(self) -> Library:
        """All records of the edition."""
        return read_library(self.store, self.iris, self.settings.home)

    @cached_property
    def network(self) -> nx.MultiDiGraph:
        """All drawn relationships of the edition, ended ones included."""
        return build_network(self.store, self.library)

    @cached_property
    def search(self) -> SearchIndex:
        """Names of all records; the file of their full text lies beside the edition."""
        beside = self.edition.path.parent if self.edition.path != Path() else self.settings.state
        return SearchIndex(self.library, self.network, beside / "search")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ontology."""
        return read_vocabulary(self.settings.ontology)

    @cached_property
    def former_records(self) -> Mapping[str, FormerRecord]:
        """What became of withdrawn and merged records, by IRI."""
        return read_former_records(self.store, self.iris) if self.has_tables else {}

    @cached_property
    def own_titles(self) -> frozenset[str]:
        """Czech titles that are our translations: none of them is official."""
        return frozenset(row["title"] for row in run_query(self.store, "own-titles"))

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept of this edition for the next one."""
        return Shelf(self.settings.state / "map", self.edition.identifier, self.library.home)

    @cached_property
    def edition_network(self) -> EditionNetwork:
        """Measures and positions of all organizations, computed once for each edition."""
        # Not at the top: numpy takes long to import, and no start waits for the first map.
        from graph.networks.edition_network import EditionNetwork

        return EditionNetwork(self.network, self.library.home, self.shelf)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Count records that cite a source, and sources."""
        library = self.library
        tables = ("organizations", "agreements", "projects", "activities", "participations", "memberships", "relations",
                  "documents", "offices", "delegations", "commitments", "expenditures", "claims", "status_periods",
                  "statements")  # fmt: skip
        return {"records": sum(len(getattr(library, name)) for name in tables), "sources": len(library.sources)}

    def state(self, record: Dated, on: AsOf) -> Reading:
        """Read the state of a record on a day."""
        return read_state(record, on.day, past=on.is_past, evidence_years=self.settings.evidence_years)
