"""What an application serves: an open edition with its facts, and the sandbox that runs users' queries."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from graph.editions.edition import Edition
from graph.settings import Settings
from graph.sparql.query_service import QueryRequest, QueryService
from graph.views.facts import Facts

__all__ = ["Site"]


@dataclass(frozen=True, eq=False)
class Site:
    """An edition as it is served.

    Attributes
    ----------
    facts : Facts
        The open edition with its facts.
    sandbox : QueryService
        Runs the queries of users.
    """

    facts: Facts
    sandbox: QueryService

    @property
    def settings(self) -> Settings:
        """The settings of the edition."""
        return self.facts.settings

    @property
    def edition(self) -> Edition:
        """The edition that is served."""
        return self.facts.edition

    @property
    def has_tables(self) -> bool:
        """Whether the edition was made from the tables, so that it has records; False for any other RDF."""
        return self.facts.has_tables

    def answers(self) -> bool:
        """Whether a real question of a user is answered now, through the sandbox and from no cache.

        Raises
        ------
        QueryError, StoreError
            It is not, and why.
        """
        with closing(self.sandbox.run(QueryRequest("ASK { ?s ?p ?o FILTER(RAND() < 2) }")).chunks) as chunks:
            return b"true" in b"".join(chunks)
