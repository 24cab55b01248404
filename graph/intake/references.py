"""Checks keys and references between rows of the tables, those to successors of former records included."""

from __future__ import annotations

from collections.abc import Iterator

from graph.intake.description import ColumnDescription
from graph.intake.findings import Finding
from graph.intake.tables import Row, Tables

__all__ = ["check_former_records", "check_references"]


def check_references(tables: Tables) -> Iterator[Finding]:
    """Find keys given twice, rows out of order, references to rows that do not exist, rows without a source.

    Parameters
    ----------
    tables : Tables
        As read; only rows that could be read are looked at.
    """
    yield from _duplicate_keys(tables)
    for name, rows in tables.rows.items():
        yield from _order(name, rows)
        for row in rows:
            for column in row.table.columns:
                if column.references:
                    yield from _missing_rows(tables, row, column)
                elif column.column_of:
                    yield from _missing_column(tables, row, column)


def _duplicate_keys(tables: Tables) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Row] = {}
    for rows in tables.rows.values():
        for row in rows:
            if not row.key:
                continue
            # Ids are unique over all tables, codes within theirs; rows that extend another row share its id.
            scope = "" if row.table.key == "id" and not row.table.extends else row.table.name
            first = seen.setdefault((scope, row.key), row)
            if first is not row:
                message = f"{row.key!r} is already used in {first.table.name}.csv:{first.line}; ids are never reused"
                yield Finding(f"{row.table.name}.csv", row.line, row.table.key, message)


def _order(name: str, rows: tuple[Row, ...]) -> Iterator[Finding]:
    previous = ""
    for row in rows:
        if row.table.key != "number" and row.key and row.key < previous:
            yield Finding(
                f"{name}.csv", row.line, row.table.key, f"{row.key!r} stands after {previous!r}; sort the rows"
            )
        previous = row.key or previous


def _missing_rows(tables: Tables, row: Row, column: ColumnDescription) -> Iterator[Finding]:
    known = tables.by_key if column.references == "*" else tables.keys.get(column.references, {})
    where = "any table" if column.references == "*" else f"{column.references}.csv"
    for value in row.cells.get(column.name, ()):
        if value not in known:
            yield Finding(f"{row.table.name}.csv", row.line, column.name, f"{value!r} is not a row of {where}")


def _missing_column(tables: Tables, row: Row, column: ColumnDescription) -> Iterator[Finding]:
    about = tables.by_key.get(row.text(column.column_of))
    name = row.text(column.name)
    if about and name and not about.table.column(name):
        message = f"{name!r} is not a column of {about.table.name}.csv, where {about.key!r} stands"
        yield Finding(f"{row.table.name}.csv", row.line, column.name, message)


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
