"""The documentation of the tables, made from their description: the part of ``data/README.md`` between its marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.intake.description import ColumnDescription, TableDescription
from graph.intake.tables import Tables, read_tables
from graph.namespaces import PREFIXES
from graph.whole_file import write_part

__all__ = ["document_tables", "update_readme"]

BEGIN = "<!-- tables: made by `krajina docs`, do not edit by hand -->"
END = "<!-- end of tables -->"


def update_readme(folder: Path) -> bool:
    """Write the table documentation into ``README.md`` of a data folder; True when it changed.

    Raises
    ------
    DataError
        The file has no marks, or ``tables.json`` cannot be read.
    """
    return write_part(folder / "README.md", BEGIN, END, document_tables(read_tables(folder)))


def document_tables(tables: Tables) -> str:
    """All tables in Markdown: a list with row counts, then the columns of each."""
    described = tables.description.tables
    overview = [
        f"| [{t.name}.csv](#{t.name}) | {len(tables.rows[t.name])} | {t.titles['en']} |" for t in described.values()
    ]
    parts = ["| file | rows | one row is of |", "|---|---:|---|", *overview, ""]
    for table in described.values():
        parts += _table(table)
    return "\n".join(parts)


def _table(table: TableDescription) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    yield f"{table.titles['en']} ({table.titles['cs']}); IRI `<base>/{table.about}`."
    yield ""
    yield "| column | meaning | becomes | cells |"
    yield "|---|---|---|---|"
    for column in table.columns:
        meaning, term = column.titles.get("en", ""), _short(column.property_iri)
        yield f"| `{column.name}` | {meaning} | `{term}` | {_cells(column)} |"
    yield ""


def _cells(column: ColumnDescription) -> str:
    if column.references:
        kind = "any row" if column.references == "*" else f"row of {column.references}.csv"
    elif column.column_of:
        kind = f"column of the row in `{column.column_of}`"
    else:
        kind = {"partialDate": "date: YYYY, YYYY-MM or YYYY-MM-DD", "string": "text"}.get(
            column.datatype_iri, column.datatype_iri
        )
    parts = [kind]
    if column.language or column.language_column:
        parts.append(f"language {column.language}" if column.language else f"language in `{column.language_column}`")
    if column.is_translated:
        parts.append("Czech by translations.csv" if column.is_same_in_czech else "Czech where translations.csv has it")
    parts += ["list with `;`"] * column.is_list + ["required"] * column.is_required
    return ", ".join(parts)


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
