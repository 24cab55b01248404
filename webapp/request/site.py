"""What an application serves: an open edition with its facts, and the sandbox that runs users' queries."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property

from graph.editions.edition import Edition
from graph.settings import Settings
from graph.sparql.query_service import QueryRequest, QueryService
from graph.sparql.store import Store
from graph.views.facts import Facts

__all__ = ["Site"]


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
    def facts(self) -> Facts:
        """The open edition with its facts."""
        return Facts(self.settings, self.edition, self.store, self.has_tables)

    def answers(self) -> bool:
        """Whether a real question of a user is answered now, through the sandbox and from no cache.

        Raises
        ------
        QueryError, StoreError
            It is not, and why.
        """
        with closing(self.sandbox.run(QueryRequest("ASK { ?s ?p ?o FILTER(RAND() < 2) }")).chunks) as chunks:
            return b"true" in b"".join(chunks)
