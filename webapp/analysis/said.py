"""What an analysis says in words around its tables: title, answer, the rule of each table, what it cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.analyses.declared import Analysis, Asked
from webapp.request.visit import Visit

__all__ = ["Answer", "Limit", "Said"]

# What the data cannot tell: the subject in bold, and a sentence.
Limit = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    """An analysis, as it was asked, and the rows of each of its tables."""

    analysis: Analysis
    asked: Asked
    rows: Mapping[str, Sequence[Any]]

    def number(self, table: str) -> int:
        """How many rows a table has."""
        return len(self.rows[table])


@dataclass(frozen=True)
class Said:
    """Words of one analysis.

    Attributes
    ----------
    summary : callable
        What it answers, in a sentence, for the page that lists all analyses.
    title, lead : callable
        Title of the page, and the answer in a few sentences.
    rules : mapping
        Name of a table to what stands in it, by which rule, with its thresholds.
    limits : callable
        What the data cannot tell.
    """

    summary: Callable[[], str]
    title: Callable[[Visit, Answer], str]
    lead: Callable[[Visit, Answer], str]
    rules: Mapping[str, Callable[[Visit, Answer], str]]
    limits: Callable[[Visit, Answer], Sequence[Limit]]
