"""What is said of the CSV files that are published: CSV on the Web, and a Data Package made from the same.

References
----------
Metadata Vocabulary for Tabular Data (W3C Recommendation, 2015), sections 5.4 and 5.1.3 (aboutUrl);
Data Package and Table Schema (specs.frictionlessdata.io, version 1).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.namespaces import K
from graph.sheets.cells import Holds

__all__ = [
    "CSVW_TYPE",
    "NETWORK_COLUMNS",
    "PublishedTable",
    "data_package",
    "held_by_columns",
    "network_metadata",
    "published_description",
    "published_tables",
]

CSVW_TYPE = "application/csvm+json"
NETWORK_COLUMNS = {
    "relationship": "anyURI", "ground": "string", "start": "anyURI", "start_name": "string", "end": "anyURI",
    "end_name": "string", "directed": "boolean", "since": "string", "until": "string", "sources": "anyURI",
}  # fmt: skip
HELD = {
    **dict.fromkeys(("decimal", "integer", "nonNegativeInteger", "double", "float", "number"), Holds.NUMBER),
    **dict.fromkeys(("date", "dateTime", "datetime"), Holds.DATE),
    "boolean": Holds.BOOLEAN,
}
# Types of a Table Schema by those of CSV on the Web; all others are texts.
FIELD_TYPES = {"decimal": "number", "integer": "integer", "gYear": "year", "date": "date", "boolean": "boolean"}


@dataclass(frozen=True)
class PublishedTable:
    """A table as it is published: its name, its titles by language, and whether it tells of persons.

    Attributes
    ----------
    has_personal_data : bool
        Its rows name offices or free texts from which a person could be told.
    """

    name: str
    titles: Mapping[str, str]
    has_personal_data: bool


def published_tables(folder: Path) -> tuple[PublishedTable, ...]:
    """List the tables of a folder in the order of its ``tables.json``; none when that is not there."""
    path = folder / "tables.json"
    if not path.is_file():
        return ()
    document = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        PublishedTable(
            table["url"].removesuffix(".csv"),
            {title["@language"]: title["@value"] for title in table["dc:title"]},
            bool(table.get(str(K.personalData))),
        )
        for table in document["tables"]
    )


def held_by_columns(folder: Path) -> Mapping[str, Mapping[str, Holds]]:
    """Give what the columns hold by table and name, as the ``tables.json`` of a folder describes them."""
    path = folder / "tables.json"
    if not path.is_file():
        return {}
    return {
        table["url"].removesuffix(".csv"): {
            column["name"]: _held(column) for column in table["tableSchema"]["columns"] if not column.get("virtual")
        }
        for table in json.loads(path.read_text(encoding="utf-8"))["tables"]
    }


def _held(column: Mapping[str, Any]) -> Holds:
    datatype = column.get("datatype", "string")
    base, named = (datatype, "") if isinstance(datatype, str) else (datatype.get("base"), datatype.get("@id"))
    if "separator" in column:
        return Holds.TEXT
    return Holds.DATE if named == str(K.partialDate) else HELD.get(base, Holds.TEXT)


def published_description(text: str, base: str, identifier: str) -> bytes:
    """Make the description of the tables fit for any address: their rows are about IRIs under the base.

    Parameters
    ----------
    text : str
        ``tables.json``, where `aboutUrl` is relative to the base.
    """
    document: dict[str, Any] = json.loads(text)
    document["dc:identifier"] = identifier
    for table in document["tables"]:
        schema = table["tableSchema"]
        schema["aboutUrl"] = f"{base}/{schema['aboutUrl']}"
    return _written(document)


def data_package(text: str, about: Mapping[str, str]) -> bytes:
    """Describe the tables as a Data Package, which lies beside them.

    Without one, programs infer types: a column of years and days would be taken for years, its days for faults. A list
    in a cell is a text here, since a Table Schema knows no separator, and refers to no other table.

    Parameters
    ----------
    text : str
        ``tables.json``.
    about : mapping
        ``title``, ``edition``, ``modified`` and ``license``, as `graph.files.dump_set.about` gives them.
    """
    licence = about.get("license", "")
    return _written(
        {
            "profile": "tabular-data-package",
            "name": "krajina",
            "title": about["title"],
            "version": about["edition"],
            **({"created": f"{about['modified']}T00:00:00Z"} if "modified" in about else {}),
            **({"licenses": [{"path": licence}]} if licence else {}),
            "resources": [_resource(table) for table in json.loads(text)["tables"]],
        }
    )


def _resource(table: Mapping[str, Any]) -> dict[str, Any]:
    schema = table["tableSchema"]
    columns = {column["name"]: column for column in schema["columns"] if not column.get("virtual")}
    (title,) = (title["@value"] for title in table["dc:title"] if title["@language"] == "en")
    return {
        "profile": "tabular-data-resource",
        "name": _resource_name(table["url"]),
        "title": title,
        "path": table["url"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in columns.values()],
            "primaryKey": schema["primaryKey"],
            "foreignKeys": [
                {
                    "fields": key["columnReference"],
                    "reference": {
                        "resource": _resource_name(key["reference"]["resource"]),
                        "fields": key["reference"]["columnReference"],
                    },
                }
                for key in schema["foreignKeys"]
                if "separator" not in columns.get(str(key["columnReference"]), ())
            ],
        },
    }


def _resource_name(url: str) -> str:
    return url.removesuffix(".csv")


def _field(column: Mapping[str, Any]) -> dict[str, Any]:
    datatype = column.get("datatype", "string")
    described = {"base": datatype} if isinstance(datatype, str) or "separator" in column else datatype
    kind = "string" if "separator" in column else FIELD_TYPES.get(described["base"], "string")
    bounds = {name: float(described[name]) for name in ("minimum", "maximum") if name in described}
    constraints = {
        **({"required": True} if column.get("required") else {}),
        **({"pattern": described["format"]} if kind == "string" and "format" in described else {}),
        **{name: int(bound) if bound.is_integer() else bound for name, bound in bounds.items()},
    }
    return {
        "name": column["name"],
        "title": column["titles"]["en"],
        "type": kind,
        **({"constraints": constraints} if constraints else {}),
    }


def network_metadata(about: dict[str, str]) -> bytes:
    """Describe ``krajina.csv``, the relationships of the network; its licence stands here: CSV has no place for it."""
    columns = [
        {"name": name, "titles": name, "datatype": datatype, **({"separator": " "} if name == "sources" else {})}
        for name, datatype in NETWORK_COLUMNS.items()
    ]
    return _written(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "url": "krajina.csv",
            "dc:title": about["title"],
            "dc:license": {"@id": about.get("license", "")},
            "dc:identifier": about["edition"],
            "tableSchema": {"columns": columns},
        }
    )


def _written(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
