"""Examples beside the SPARQL editor: three of the questions of the data set, in the reader's language."""

from __future__ import annotations

from graph.sparql.named_queries import named_query
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["example_queries"]

NAMES = ("q01-partners", "q02-agreements-on", "q14-municipalities")


def example_queries(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Give (question, query) of the examples; of any triples when the site has no tables."""
    if not visit.facts.has_tables:
        return ((_("What is in the data?"), named_query("example-triples").text),)
    return tuple((query.question(visit.language), query.text) for query in map(named_query, NAMES))
