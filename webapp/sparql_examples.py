"""Examples beside the SPARQL editor: three of the named questions, in the reader's language."""

from __future__ import annotations

from webapp.information import named_questions

__all__ = ["example_queries"]

NAMES = ("q01-partners", "q02-agreements-on", "q14-municipalities")
PLAIN = (("SPARQL", "SELECT * WHERE { ?subject ?predicate ?object } LIMIT 20"),)


def example_queries() -> tuple[tuple[str, str], ...]:
    """Give (question, query) of the examples; a plain query when there are no named questions."""
    found = {question.name: (question.text, question.query) for question in named_questions()}
    return tuple(found[name] for name in NAMES if name in found) or PLAIN
