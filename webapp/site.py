"""What all pages read: one edition with its store, records and network, made once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import networkx as nx
from flask import current_app

from graph.editions.edition import Edition
from graph.files.json_ld import Definition, make_context
from graph.iris import Iris
from graph.networks.network import build_network
from graph.networks.shelf import Shelf
from graph.records.library import FormerRecord, Library, read_former_records, read_library
from graph.settings import Settings
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.store import Store
from graph.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from graph.networks.edition_network import EditionNetwork

__all__ = ["Site", "site"]


@dataclass(frozen=True, eq=False)
class Site:
    """An edition as it is served.

    Attributes
    ----------
    sandbox : QueryService
        Runs the queries of users.
    has_tables : bool
        The edition was made from the tables, so that it has records; False for any other RDF.
    """

    settings: Settings
    edition: Edition
    store: Store
    sandbox: QueryService
    has_tables: bool = True

    @cached_property
    def iris(self) -> Iris:
        """The IRIs of this site."""
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
    def vocabulary(self) -> Vocabulary:
        """The ontology."""
        return read_vocabulary(self.settings.ontology)

    @cached_property
    def json_ld_context(self) -> Mapping[str, Definition]:
        """What short names mean in JSON-LD."""
        return make_context(self.vocabulary)

    @cached_property
    def former_records(self) -> Mapping[str, FormerRecord]:
        """What became of withdrawn and merged records, by IRI."""
        return read_former_records(self.store, self.iris) if self.has_tables else {}

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
        """Records with a source of their own, and sources, for the foot of each page."""
        library = self.library
        tables = ("organizations", "agreements", "projects", "activities", "participations", "memberships", "relations",
                  "documents", "claims", "statements", "sources")  # fmt: skip
        return {"records": sum(len(getattr(library, name)) for name in tables), "sources": len(library.sources)}

    def answers(self) -> bool:
        """Whether a real question of a user is answered now, through the sandbox and from no cache.

        Raises
        ------
        QueryError, StoreError
            It is not, and why.
        """
        with closing(self.sandbox.run(QueryRequest("ASK { ?s ?p ?o FILTER(RAND() < 2) }")).chunks) as chunks:
            return b"true" in b"".join(chunks)


def site() -> Site:
    """Give the site of the present application."""
    return cast(Site, current_app.extensions["krajina"])
