"""The tables of an edition in one file: a workbook for people, and a ZIP archive; the same gives the same bytes.

References
----------
Metadata Vocabulary for Tabular Data (W3C Recommendation 2015), sections 5.4 (tables) and 5.6 (foreign keys);
PKWARE, .ZIP File Format Specification.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from graph.intake.csvw_files import held_by_columns
from graph.sheets.book import Sheet, write_book
from graph.sheets.cells import Cell, Holds, cell_of

__all__ = ["write_archive", "write_workbook"]

NAMES = ("skos:prefLabel", "dcterms:title")  # properties of columns that name a row
# What the first two sheets say, by language.
WORDS = {
    "cs": {
        "about": "O souboru", "columns": "Sloupce", "title": "název", "edition": "vydání",
        "modified": "stav faktů ke dni", "license": "licence", "source": "zdroj", "name": "{} (název)",
        "headings": ("list", "tabulka", "sloupec", "sloupec v CSV", "druh hodnot", "odkazuje na tabulku"),
        "note": (
            "poznámka", "Vedle identifikátorů stojí názvy. Samotný rok nebo měsíc je text: den neuvádí žádný zdroj.",
        ),
    },
    "en": {
        "about": "About", "columns": "Columns", "title": "title", "edition": "edition", "modified": "facts as of",
        "license": "licence", "source": "source", "name": "{} (name)",
        "headings": ("sheet", "table", "column", "column in CSV", "kind of values", "refers to table"),
        "note": ("note", "Names stand beside identifiers. A year or a month alone is text: no source gives the day."),
    },
}  # fmt: skip
KINDS = {
    "cs": {Holds.TEXT: "text", Holds.NUMBER: "číslo", Holds.DATE: "datum", Holds.BOOLEAN: "ano/ne"},
    "en": {Holds.TEXT: "text", Holds.NUMBER: "number", Holds.DATE: "date", Holds.BOOLEAN: "yes/no"},
}


def write_archive(files: Mapping[str, Path], target: Path, modified: str) -> None:
    """Write files as a ZIP archive.

    Parameters
    ----------
    files : mapping
        Names in the archive to paths.
    modified : str
        Date of the facts, which stands for the time of writing, so that the bytes are the same each time.
    """
    year, month, day = (int(part) for part in (modified or "1980-01-01").split("-"))
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(files.items()):
            entry = ZipInfo(name, (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def write_workbook(tables: Path, target: Path, about: Mapping[str, str], modified: str, language: str = "en") -> None:
    """Write the tables of a folder as XLSX: what it is, what the columns are, then each table.

    The headings are those of ``tables.json`` in a language, the cells of the kinds that it describes; beside a column
    that names the rows of another table stands one with what these are called.

    Parameters
    ----------
    about : mapping
        Lines of the first sheet: title, edition, licence, source.
    modified : str
        Date of the facts, which stands for the time of writing, so that the bytes are the same each time.
    language : str
        A key of `WORDS`.
    """
    words = WORDS[language]
    described = _Described(tables, language)
    told: list[tuple[str, str]] = [(str(words.get(name, name)), text) for name, text in about.items()]
    note = words["note"]
    assert isinstance(note, tuple)
    first = Sheet(str(words["about"]), (), [*told, note], {0: 24, 1: 100})
    sheets = (described.sheet(name) for name in described.names)
    properties = {"title": about.get("title", ""), "comments": about.get("license", "")}
    write_book(target, chain([first, described.columns()], sheets), properties=properties, modified=modified)


@dataclass(frozen=True)
class _Described:
    """Tables of a folder, read as their description says."""

    folder: Path
    language: str

    @cached_property
    def names(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.csv"))

    @cached_property
    def held(self) -> Mapping[str, Mapping[str, Holds]]:
        return held_by_columns(self.folder)

    @cached_property
    def schemas(self) -> Mapping[str, dict[str, Any]]:
        document = json.loads((self.folder / "tables.json").read_text(encoding="utf-8"))
        return {table["url"].removesuffix(".csv"): table for table in document["tables"]}

    def columns(self) -> Sheet:
        """Explain each column of each table."""
        words = WORDS[self.language]
        headings = words["headings"]
        assert isinstance(headings, tuple)
        return Sheet(str(words["columns"]), headings, list(self._explained()), {0: 22})

    def _explained(self) -> Iterator[list[Cell]]:
        for name in self.names:
            for column in self.rows(name)[0]:
                holds = KINDS[self.language][self.held.get(name, {}).get(column, Holds.TEXT)]
                refers = self.references(name).get(column, "")
                yield [name, self.title(name), self.heading(name, column), column, holds, refers]

    def sheet(self, name: str) -> Sheet:
        """Give a table with names beside identifiers."""
        columns, *rows = self.rows(name)
        references = self.references(name)
        suffix = str(WORDS[self.language]["name"])
        headings: list[str] = []
        for column in columns:
            heading = self.heading(name, column)
            headings += [heading, suffix.format(heading)] if column in references else [heading]
        return Sheet(name, headings, (self._line(name, columns, row) for row in rows))

    def _line(self, name: str, columns: list[str], row: list[str]) -> list[Cell]:
        held, references = self.held.get(name, {}), self.references(name)
        line: list[Cell] = []
        for column, text in zip(columns, row, strict=True):
            line.append(cell_of(text, held.get(column, Holds.TEXT)))
            if column in references:
                separator = self._column(name, column).get("separator")
                parts = text.split(separator) if separator else [text]
                called = self.called(references[column])
                line.append("; ".join(called.get(part, part) for part in parts))
        return line

    def rows(self, name: str) -> list[list[str]]:
        """Rows of a table, its header first."""
        if name not in self._read:
            with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
                self._read[name] = list(csv.reader(lines))
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, list[list[str]]]:
        return {}

    @cached_property
    def _called(self) -> dict[str, Mapping[str, str]]:
        return {}

    def called(self, name: str) -> Mapping[str, str]:
        """Give the names of the rows of a table by their keys: in the language, else in any."""
        if name not in self._called:
            columns, *rows = self.rows(name) if name in self.names else [[]]
            schema = self.schemas[name]["tableSchema"]
            naming = [c for c in schema["columns"] if c.get("propertyUrl") in NAMES and c["name"] in columns]
            naming.sort(key=lambda column: column.get("lang", "") != self.language)
            order = [*(columns.index(column["name"]) for column in naming), *self._local(columns)]
            key = columns.index(schema["primaryKey"]) if schema["primaryKey"] in columns else 0
            self._called[name] = {
                row[key]: next((row[place] for place in order if row[place]), row[key]) for row in rows
            }
        return self._called[name]

    def _local(self, columns: list[str]) -> list[int]:
        return [columns.index("name_local")] if "name_local" in columns else []

    def references(self, name: str) -> Mapping[str, str]:
        """Columns of a table that name the rows of another one, and which."""
        keys = self.schemas.get(name, {}).get("tableSchema", {}).get("foreignKeys", ())
        return {
            str(key["columnReference"]): key["reference"]["resource"].removesuffix(".csv")
            for key in keys
            if isinstance(key["columnReference"], str)
        }

    def title(self, name: str) -> str:
        """Title of a table."""
        titles = {title["@language"]: title["@value"] for title in self.schemas.get(name, {}).get("dc:title", ())}
        return str(titles.get(self.language, name))

    def heading(self, name: str, column: str) -> str:
        """Title of a column."""
        titles = self._column(name, column).get("titles", {})
        text = titles.get(self.language, column) if isinstance(titles, dict) else titles
        return str(text if isinstance(text, str) else text[0])

    def _column(self, name: str, column: str) -> Mapping[str, Any]:
        columns = self.schemas.get(name, {}).get("tableSchema", {}).get("columns", ())
        return next((c for c in columns if c["name"] == column), {})
