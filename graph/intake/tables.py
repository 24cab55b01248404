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
    """

    description: TableSet = field(repr=False)
    rows: Mapping[str, tuple[Row, ...]] = field(repr=False)
    findings: tuple[Finding, ...]

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
    findings: list[Finding] = []
    rows = {t.name: tuple(_read_table(folder, t, findings)) for t in description.tables.values()}
    return Tables(description, rows, tuple(findings))


def _read_table(folder: Path, table: TableDescription, findings: list[Finding]) -> Iterator[Row]:
    file = f"{table.name}.csv"
    text = _decode(folder / file, findings)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if not _header_fits(table, header, findings):
            return
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                yield _row(table, line, dict(zip(header, cells, strict=True)), findings)
            else:
                message = f"{len(cells)} cells instead of {len(header)}; quote cells that hold a comma"
                findings.append(Finding(file, line, "", message))
            line = reader.line_num + 1
    except csv.Error as error:
        findings.append(Finding(file, line, "", f"not CSV (RFC 4180): {error}; rows from here on were not read"))


def _decode(path: Path, findings: list[Finding]) -> str | None:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        findings.append(Finding(path.name, 0, "", "named in tables.json, but there is no such file"))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        place = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"byte {place} of the line (0x{raw[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        findings.append(Finding(path.name, line, "", message))
        return None
    if "\r\n" in text:
        findings.append(Finding(path.name, 1, "", "lines end with CR LF; save it with LF line ends"))
    if text.startswith("\ufeff"):
        findings.append(Finding(path.name, 1, "", "starts with a byte-order mark; save it as UTF-8 without one"))
        text = text[1:]
    return text


def _header_fits(table: TableDescription, header: list[str], findings: list[Finding]) -> bool:
    wanted = [column.name for column in table.columns]
    if header == wanted:
        return True
    unknown = [name for name in header if name not in wanted]
    missing = [name for name in wanted if name not in header]
    parts = [f"unknown column {n!r}" for n in unknown] + [f"missing column {n!r}" for n in missing]
    message = "; ".join(parts) or f"columns are in another order; write {','.join(wanted)}"
    findings.append(
        Finding(f"{table.name}.csv", 1, (unknown or [""])[0], f"{message} (see tables.json); table not read")
    )
    return False


def _row(table: TableDescription, line: int, texts: Mapping[str, str], findings: list[Finding]) -> Row:
    cells: dict[str, tuple[str, ...]] = {}
    for column in table.columns:
        try:
            values = _cell(column, texts[column.name])
        except ValueError as error:
            findings.append(Finding(f"{table.name}.csv", line, column.name, str(error)))
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
