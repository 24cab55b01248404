"""Former records: what ``withdrawn.csv`` and ``merged.csv`` say must fit the records that there are."""

from __future__ import annotations

from collections.abc import Iterator

from graph.intake.findings import Finding
from graph.intake.tables import Row, Tables

__all__ = ["check_former_records"]


def check_former_records(tables: Tables) -> Iterator[Finding]:
    """Find records whose successor is of another type; that it exists is checked as for all references."""
    for row in tables.rows.get("merged", ()):
        successor = tables.by_key.get(row.text("successor"))
        kind = row.text("type")
        if successor and kind and successor.table.resource_kind != kind:
            yield _other_type(row, successor, kind)


def _other_type(row: Row, successor: Row, kind: str) -> Finding:
    message = f"{successor.key!r} stands in {successor.table.name}.csv, so that it cannot succeed one of {kind!r}"
    return Finding(f"{row.table.name}.csv", row.line, "successor", message)
