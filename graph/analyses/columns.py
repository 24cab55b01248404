"""Columns that tables of several analyses have."""

from __future__ import annotations

from typing import Any

from graph.analyses.declared import Column, Form
from graph.analyses.settings import N_
from graph.views.region import Side

__all__ = ["KIND", "PARTIES", "SIDE", "SIDES", "SOURCES", "STATE"]

# Order of the sides in which the region stands in an agreement.
SIDES = tuple(map(str, Side))

KIND: Column[Any] = Column(
    name="kind", heading=N_("Kind of record"), form=Form.WORDS, words="kinds", in_files_only=True
)
PARTIES: Column[Any] = Column(name="parties", heading=N_("Who with whom"), form=Form.PARTIES)
SIDE: Column[Any] = Column(name="side", heading=N_("Side of the region"), form=Form.WORDS, words="sides")
SOURCES: Column[Any] = Column(name="sources", heading=N_("Sources"), form=Form.SOURCES)
STATE: Column[Any] = Column(name="state", heading=N_("State as of the day"), form=Form.STATE)
