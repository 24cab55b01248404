"""Reads the tables: ``data/*.csv`` by ``tables.json`` into typed rows, and every fault into a finding."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from graph.dates import PartialDate
from graph.intake.description import ColumnDescription, TableDescription, TableSet, read_description
from graph.intake.findings import Finding

__all__ = ["Row", "Tables", "read_tables"]


@dataclass(frozen=True)
class Row:
    """One row: its place and the texts of its cells, each checked against its datatype.

    Attributes
    ----------
    cells : mapping
        Column name to texts; no entry for an empty cell, one text when the column is not a list.
    """

    table: TableDescription = field(repr=False)  # the same in all rows, and long
    line: int
    cells: Mapping[str, tuple[str, ...]]

    @property
    def key(self) -> str:
        """Text of the primary key."""
        return self.text(self.table.key)

    def text(self, column: str) -> str:
        """Text of a cell; empty when the cell is."""
        return self.cells.get(column, ("",))[0]

    def has_czech(self, property_iri: str) -> bool:
        """Tell whether a column of Czech texts gives a value of a property."""
        columns = (column for column in self.table.columns if column.property_iri == property_iri)
        return any(column.language == "cs" and self.text(column.name) for column in columns)


@dataclass(frozen=True)
class Tables:
    """All rows of one data folder and what is wrong with them.

    Attributes
    ----------
    rows : mapping
        Table name to its rows in file order.
    findings : tuple of Finding
        In the order of tables and lines; empty when all cells are sound.
    in_part : mapping
        Name of each table of which rows or keys could not be read to all its text, "" when that does not tell which
        rows it has: that such a table lacks a row proves nothing.
    """

    description: TableSet = field(repr=False)
    rows: Mapping[str, tuple[Row, ...]] = field(repr=False)
    findings: tuple[Finding, ...]
    in_part: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def by_key(self) -> Mapping[str, Row]:
        """Row of each key that is unique over all tables; one of a code list is ``areas/culture``, list and code.

        Former records are left out, so that no row can name one.
        """
        return {
            row.key if row.table.key == "id" else f"{name}/{row.key}": row
            for name, rows in self.rows.items()
            for row in rows
            if not row.table.extends and not row.table.is_of_former_records
        }

    def may_have_lost(self, key: str, name: str) -> bool:
        """Tell whether a key may stand in a row of a table that could not be read; `name` "*" is any table."""
        texts = self.in_part.values() if name == "*" else [self.in_part[name]] if name in self.in_part else []
        return any(not text or key in text for text in texts)

    @cached_property
    def keys(self) -> Mapping[str, Mapping[str, Row]]:
        """Table name to the rows of that table by key."""
        return {name: {row.key: row for row in rows} for name, rows in self.rows.items()}


def read_tables(folder: Path) -> Tables:
    """Read all tables of a folder and check their cells.

    Parameters
    ----------
    folder : Path
        Holds ``tables.json`` and the files that it names.

    Returns
    -------
    Tables
        With all findings on files, headers and cells; a row with a bad cell is kept without that cell.
        `graph.intake.references.check_references` looks at what rows say of each other.

    Raises
    ------
    DataError
        ``tables.json`` cannot be read.
    """
    description = read_description(folder)
    found = _Found([], {})
    rows = {table.name: tuple(_read_table(folder, table, found)) for table in description.tables.values()}
    return Tables(description, rows, tuple(found.findings), found.in_part)


@dataclass(frozen=True)
class _Found:
    """What reading tells beside the rows, see `Tables`."""

    findings: list[Finding]
    in_part: dict[str, str]

    def tell(self, name: str, line: int, message: str, column: str = "") -> None:
        """Tell of a fault at a place of a table."""
        self.findings.append(Finding(f"{name}.csv", line, column, message))


def _read_table(folder: Path, table: TableDescription, found: _Found) -> Iterator[Row]:
    text = _decode(folder / f"{table.name}.csv", table.name, found)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if not _header_fits(table, header, found):
            found.in_part[table.name] = text if table.key in header else ""
            return
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                row = _row(table, line, dict(zip(header, cells, strict=True)), found)
                if not row.key:
                    found.in_part[table.name] = text
                yield row
            else:
                found.tell(
                    table.name, line, f"{len(cells)} cells instead of {len(header)}; quote cells that hold a comma"
                )
                found.in_part[table.name] = text
            line = reader.line_num + 1
    except csv.Error as error:
        found.tell(table.name, line, f"not CSV (RFC 4180): {error}; rows from here on were not read")
        found.in_part[table.name] = text


def _decode(path: Path, name: str, found: _Found) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        why = "named in tables.json, but there is no such file" if is_missing else f"cannot be read: {error.strerror}"
        found.tell(name, 0, why)
        found.in_part[name] = ""
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        place = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"byte {place} of the line (0x{raw[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        found.tell(name, line, message)
        found.in_part[name] = raw.decode("ascii", errors="replace")  # all keys are ASCII
        return None
    if "\r\n" in text:
        found.tell(name, 1, "lines end with CR LF; save it with LF line ends")
    if text.startswith("\ufeff"):
        found.tell(name, 1, "starts with a byte-order mark; save it as UTF-8 without one")
        text = text[1:]
    return text


def _header_fits(table: TableDescription, header: list[str], found: _Found) -> bool:
    wanted = [column.name for column in table.columns]
    if header == wanted:
        return True
    unknown = [name for name in header if name not in wanted]
    missing = [name for name in wanted if name not in header]
    parts = [f"unknown column {n!r}" for n in unknown] + [f"missing column {n!r}" for n in missing]
    message = "; ".join(parts) or f"columns are in another order; write {','.join(wanted)}"
    found.tell(table.name, 1, f"{message} (see tables.json); table not read", (unknown or [""])[0])
    return False


def _row(table: TableDescription, line: int, texts: Mapping[str, str], found: _Found) -> Row:
    cells: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        try:
            values = _cell(column, texts[column.name])
        except ValueError as error:
            found.tell(table.name, line, str(error), column.name)
            continue
        if values:
            cells[column.name] = values
    return Row(table, line, cells)


def _cell(column: ColumnDescription, text: str) -> tuple[str, ...]:
    if text != text.strip():
        raise ValueError(f"{text!r} begins or ends with a blank; take it out")
    if column.is_required and not text:
        raise ValueError("may not be empty")
    values = tuple(text.split(";")) if column.is_list and text else (text,) if text else ()
    for value in values:
        if not value or value != value.strip():
            raise ValueError(f"{text!r} has an empty or padded item; separate items by ';' without blanks")
        _value(column, value)
    if len(set(values)) != len(values):
        raise ValueError(f"{text!r} names an item twice")
    return values


def _value(column: ColumnDescription, value: str) -> None:
    if column.datatype_iri == "partialDate":
        PartialDate.parse(value)
    elif column.csvw.datatype is not None:
        try:
            column.csvw.datatype.read(value)
        except (ValueError, ArithmeticError) as error:
            raise ValueError(f"{value!r} is not a valid {column.datatype_iri}: {error}") from error
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError(f"{value!r} holds a control character; take it out")
