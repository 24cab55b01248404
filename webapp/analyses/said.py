"""What an analysis says in words around its tables: title, answer, the rule of each table, what it cannot know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.analyses.declared import Analysis, Asked
from webapp.request.visit import Visit
from webapp.words.charts import Chart

__all__ = ["Answer", "Limit", "Said"]

# What the data cannot tell: the subject in bold, and a sentence.
Limit = tuple[str, str]


class Rows(dict[str, Sequence[Any]]):
    """Rows of the tables of an analysis by their names, each found when it is first asked for."""

    def __init__(self, analysis: Analysis, asked: Asked) -> None:
        super().__init__()
        self._analysis, self._asked = analysis, asked

    def __missing__(self, table: str) -> Sequence[Any]:
        rows = self[table] = self._analysis.table(table).rows(self._asked)
        return rows


@dataclass(frozen=True)
class Answer:
    """An analysis, as it was asked, and the rows of each of its tables."""

    analysis: Analysis
    asked: Asked

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Any]]:
        """Rows of a table by its name; a table that nobody reads costs nothing."""
        return Rows(self.analysis, self.asked)

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
    charts : mapping
        Name of a table to its chart; None where there is too little to draw.
    """

    summary: Callable[[], str]
    title: Callable[[Visit, Answer], str]
    lead: Callable[[Visit, Answer], str]
    rules: Mapping[str, Callable[[Visit, Answer], str]]
    limits: Callable[[Visit, Answer], Sequence[Limit]]
    charts: Mapping[str, Callable[[Visit, Answer], Chart | None]] = field(default_factory=dict)
