"""All analyses, by name, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analyses.changes import CHANGES
from graph.analyses.compare import COMPARE
from graph.analyses.declared import Analysis
from graph.analyses.gaps import GAPS
from graph.analyses.money import MONEY
from graph.analyses.proof import EVIDENCE
from graph.analyses.watch import WATCH

__all__ = ["ANALYSES"]

ANALYSES: Mapping[str, Analysis] = {
    analysis.name: analysis for analysis in (WATCH, GAPS, COMPARE, CHANGES, MONEY, EVIDENCE)
}
