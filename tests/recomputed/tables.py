"""The tables as they stand in their files: rows by id or code, cells with several values, dates by their precision."""

from __future__ import annotations

import calendar
import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["Row", "Tables", "first_day", "last_day", "years_earlier"]

Row = Mapping[str, str]
REFERENCES = "https://w3id.org/krajina/ontology#references"


@dataclass(frozen=True, eq=False)
class Tables:
    """A folder of tables.

    Attributes
    ----------
    home : str
        Row id of the home region.
    """

    folder: Path
    home: str

    def __getitem__(self, name: str) -> Mapping[str, Row]:
        """Rows of a table by their id, code or number; `name` is that of its file."""
        return self._rows[name]

    def many(self, row: Row, column: str) -> tuple[str, ...]:
        """Values of a cell that may hold several."""
        return tuple(filter(None, row[column].split(";")))

    def texts(self, row: Row, column: str, language: str) -> list[str]:
        """English texts of a cell, or their Czech translations; without one, a text is the same in both languages."""
        texts = self.many(row, column)
        return [self._czech.get((column, text), text) if language == "cs" else text for text in texts]

    def copy_of(self, source: str) -> str:
        """Address of the copy that a source was read in; "" for none."""
        reading = self["source_readings"].get(source)
        return reading["archived_at"] if reading else ""

    @cached_property
    def _czech(self) -> dict[tuple[str, str], str]:
        return {(row["property"], row["text"]): row["cs"] for row in self["translations"].values()}

    @cached_property
    def modified(self) -> date:
        """Day of the facts."""
        return date.fromisoformat(self._description["dc:modified"])

    @cached_property
    def segments(self) -> Mapping[str, str]:
        """Name of a table to the part of the IRIs that tells the type of its rows."""
        return {
            table["url"].removesuffix(".csv"): table["tableSchema"]["aboutUrl"].split("/")[1]
            for table in self._description["tables"]
        }

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """Name of a table to the class that its description gives to each row."""
        return {
            table["url"].removesuffix(".csv"): column["valueUrl"]
            for table in self._description["tables"]
            for column in table["tableSchema"]["columns"]
            if column.get("propertyUrl") == "rdf:type"
        }

    def references(self, table: str) -> dict[str, list[str]]:
        """Columns of each table whose cells name rows of a table, or rows of any table."""
        columns: dict[str, list[str]] = {}
        for other in self._description["tables"]:
            schema, name = other["tableSchema"], other["url"].removesuffix(".csv")
            keys = schema.get("foreignKeys", ())
            named = [key["columnReference"] for key in keys if key["reference"]["resource"] == f"{table}.csv"]
            if "id" in self._columns(table):  # a code of a code list is no row that any column could name
                named += [column["name"] for column in schema["columns"] if REFERENCES in column]
            if named:
                columns[name] = named
        return columns

    def bases(self, table: str, key: str) -> set[str]:
        """Tell what no source states of a row: the property of the column and the basis, as ``since=derived``."""
        (schema,) = (of["tableSchema"] for of in self._description["tables"] if of["url"] == f"{table}.csv")
        properties = {of["name"]: re.split("[#:/]", of["propertyUrl"])[-1] for of in schema["columns"]}
        rows = (row for row in self["value_bases"].values() if row["about"] == key and row["basis"] != "stated")
        return {f"{properties[row['property']]}={row['basis']}" for row in rows}

    @cached_property
    def seed(self) -> str:
        """Row id of the source that all statements come from, which a column without cells tells."""
        columns = next(
            table["tableSchema"]["columns"]
            for table in self._description["tables"]
            if table["url"] == "seed_statements.csv"
        )
        (iri,) = (column["valueUrl"] for column in columns if column["name"] == "source")
        return str(iri).rpartition("/")[2]

    @cached_property
    def broader(self) -> Mapping[str, str]:
        """Code of an area to that of the broader one, "" for none."""
        return {code: row["broader"] for code, row in self["areas"].items()}

    def with_broader(self, areas: Iterable[str]) -> frozenset[str]:
        """Areas and all that are broader than they."""
        held: set[str] = set()
        for area in areas:
            while area and area not in held:
                held.add(area)
                area = self.broader[area]
        return frozenset(held)

    def _columns(self, table: str) -> list[str]:
        (schema,) = (of["tableSchema"] for of in self._description["tables"] if of["url"] == f"{table}.csv")
        return [column["name"] for column in schema["columns"]]

    @cached_property
    def _description(self) -> dict[str, Any]:
        description: dict[str, Any] = json.loads((self.folder / "tables.json").read_text(encoding="utf-8"))
        return description

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Row]]:
        return {path.stem: _read(path) for path in self.folder.glob("*.csv")}


def _read(path: Path) -> Mapping[str, Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    columns, *cells = rows
    return {row[0]: dict(zip(columns, row, strict=True)) for row in cells}


def first_day(text: str) -> date:
    """First day that a year, month or day can mean."""
    return date.fromisoformat((text + "-01-01")[:10])


def last_day(text: str) -> date:
    """Last day that a year, month or day can mean."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:] or 12)
    return date(year, month, calendar.monthrange(year, month)[1])


def years_earlier(day: date, years: int) -> date:
    """Give the same day of an earlier year, 28 February for a 29 February that it has not."""
    last = calendar.monthrange(day.year - years, day.month)[1]
    return date(day.year - years, day.month, min(day.day, last))
