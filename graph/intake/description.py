"""The description of the tables: ``data/tables.json``, CSV on the Web (W3C Recommendation, 2015).

It is the only mapping from columns to terms. The library ``csvw`` reads it and its datatypes. Its own
row reader stops at the first bad header, knows no byte position of a bad encoding and raises at the
first broken reference, so that ``graph.intake.tables`` reads the rows itself and asks the library for the cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csvw import TableGroup
from csvw.metadata import Column as CsvwColumn
from csvw.metadata import Table as CsvwTable

from graph.errors import DataError
from graph.namespaces import K, expand

__all__ = ["ColumnDescription", "TableDescription", "TableSet", "read_description"]


@dataclass(frozen=True)
class ColumnDescription:
    """A column: its name, its property and how its cells become terms.

    Attributes
    ----------
    name, property_iri : str
        Name in the header line; property that the cells are values of.
    datatype_iri : str
        XSD local name (``string``, ``decimal``, ``anyURI`` ...) or ``partialDate``.
    language : str
        Language tag of the text; empty when it is not in one natural language.
    language_column : str
        Column of the same row that holds the language tag; empty for none.
    is_list, is_required : bool
        Cells hold several values; may not be empty.
    is_translated, is_same_in_czech : bool
        Cells get a Czech text from ``translations.csv``; one without a row there reads the same in Czech.
    references : str
        Table whose rows the cells name, ``*`` for the row of any table, empty for a plain value.
    column_of : str
        Column that names a row; the cells are column names of that row's table.
    """

    name: str
    property_iri: str
    datatype_iri: str
    language: str
    language_column: str
    is_list: bool
    is_required: bool
    is_translated: bool
    is_same_in_czech: bool
    references: str
    column_of: str
    titles: Mapping[str, str]
    csvw: CsvwColumn


@dataclass(frozen=True)
class TableDescription:
    """A table: one row is one resource."""

    name: str
    titles: Mapping[str, str]
    about: str
    key: str
    columns: tuple[ColumnDescription, ...]
    constants: tuple[tuple[str, str], ...]

    @property
    def resource_kind(self) -> str:
        """Plural segment of its IRIs, such as ``agreement-kinds``."""
        return self.about.split("/")[1]

    @property
    def extends(self) -> bool:
        """Whether its rows add to the rows of another table instead of making new ones."""
        return any(c.name == self.key and c.references for c in self.columns)

    @property
    def is_of_former_records(self) -> bool:
        """Whether its rows are of records that are no more, so that no other row may name them."""
        return self.name in ("withdrawn", "merged")

    def column(self, name: str) -> ColumnDescription | None:
        """Find the column called `name`."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class TableSet:
    """All tables, in the order of the description, and when their facts were last changed."""

    tables: Mapping[str, TableDescription]
    modified: str
    license: str


def read_description(folder: Path) -> TableSet:
    """Read ``tables.json`` of a data folder.

    Raises
    ------
    DataError
        There is no such file, or it is not CSVW metadata.
    """
    path = folder / "tables.json"
    try:
        return _described(TableGroup.from_file(path))
    except FileNotFoundError as error:
        raise DataError(f"{path}: not found; KRAJINA_DATA must name a folder with tables.json") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}; KRAJINA_DATA names its folder") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: not CSVW metadata as it is needed: {type(error).__name__} {error}") from error


def _described(group: TableGroup) -> TableSet:
    tables = [_table(table) for table in group.tables]
    properties = group.common_props
    return TableSet(
        {table.name: table for table in tables},
        modified=str(properties.get("dc:modified", "")),
        license=str(properties.get("dc:license", {}).get("@id", "")),
    )


def _table(table: CsvwTable) -> TableDescription:
    schema = table.tableSchema
    references = {
        key.columnReference[0]: str(key.reference.resource).removesuffix(".csv") for key in schema.foreignKeys
    }
    return TableDescription(
        name=str(table.url).removesuffix(".csv"),
        titles={title["@language"]: title["@value"] for title in table.common_props["dc:title"]},
        about=schema.aboutUrl.uri,
        key=schema.primaryKey[0],
        columns=tuple(_column(c, references) for c in schema.columns if not c.virtual),
        constants=tuple((expand(c.propertyUrl.uri), c.valueUrl.uri) for c in schema.columns if c.virtual),
    )


def _column(column: CsvwColumn, references: Mapping[str, str]) -> ColumnDescription:
    annotations: Mapping[str, Any] = column.common_props
    any_row = annotations.get(str(K.references)) == "any"
    return ColumnDescription(
        name=column.name,
        property_iri=expand(column.propertyUrl.uri),
        datatype_iri=_datatype(column),
        language="" if column.lang in (None, "und") else column.lang,
        language_column=annotations.get(str(K.languageColumn), ""),
        is_list=column.separator is not None,
        is_required=bool(column.required),
        is_translated=bool(annotations.get(str(K.translated)) or annotations.get(str(K.translatedText))),
        is_same_in_czech=bool(annotations.get(str(K.translated))),
        references="*" if any_row else references.get(column.name, ""),
        column_of=annotations.get(str(K.columnOf), ""),
        titles={tag: _first(texts) for tag, texts in column.titles.value.items()} if column.titles else {},
        csvw=column,
    )


def _datatype(column: CsvwColumn) -> str:
    if column.datatype is None:
        return "string"
    named = str(column.datatype.at_props.get("id", ""))
    return named.rpartition("#")[2] if named else str(column.datatype.base)


def _first(texts: str | list[str]) -> str:
    return texts if isinstance(texts, str) else texts[0]
