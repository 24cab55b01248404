"""Examples beside the SPARQL editor: three of the questions of the data set, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.sparql.named_queries import named_query, query_names
from webapp.request.language import _
from webapp.request.visit import Visit

__all__ = ["NamedQuestion", "example_queries", "named_questions"]

NAMES = ("q01-partners", "q02-agreements-on", "q14-municipalities")


@dataclass(frozen=True)
class NamedQuestion:
    """A question that the data answers: its words in the reader's language and its SPARQL."""

    name: str
    text: str
    query: str


def example_queries(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Give (question, query) of the examples; of any triples when the site has no tables."""
    if not visit.facts.has_tables:
        return ((_("What is in the data?"), named_query("example-triples").text),)
    return tuple(
        (question.text, question.query) for question in named_questions(visit.language) if question.name in NAMES
    )


def named_questions(lang: str) -> list[NamedQuestion]:
    """Competency questions, in the order of their names: files ``q*.rq`` with header lines ``cs:`` and ``en:``."""
    queries = (named_query(name) for name in query_names() if name.startswith("q"))
    worded = ((query, dict(_worded(query.comment))) for query in queries)
    return [
        NamedQuestion(query.name, words.get(lang) or words["en"], query.text)
        for query, words in worded
        if "en" in words
    ]


def _worded(comment: str) -> Iterator[tuple[str, str]]:
    for line in comment.splitlines():
        tag, colon, text = line.partition(":")
        if colon and tag.strip() in ("cs", "en"):
            yield tag.strip(), text.strip()
