"""The documentation of lists and of parameters of the map in ``webapp/README.md``, made from their declarations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.views.columns import ListColumn, ListDescription
from graph.views.facets import HeadingText
from graph.views.lists import ALL_LISTS
from graph.views.map_parameters import PARAMETERS, VERSION
from graph.views.parameters import FacetParameter, Parameter
from graph.whole_file import write_part

__all__ = ["document_lists", "document_parameters", "update_addresses", "update_lists"]

BEGIN = "<!-- lists: made by `krajina docs`, do not edit by hand -->"
END = "<!-- end of lists -->"
ADDRESSES_BEGIN = "<!-- parameters of the map: made by `krajina docs`, do not edit by hand -->"
ADDRESSES_END = "<!-- end of parameters of the map -->"


def update_lists(path: Path) -> bool:
    """Write the documentation of the lists between its marks in a file; True when it changed.

    Raises
    ------
    DataError
        The file has no marks.
    """
    return write_part(path, BEGIN, END, document_lists())


def document_lists() -> str:
    """All lists in Markdown: facets, and the columns of page and files."""
    return "\n".join(line for description in ALL_LISTS.values() for line in _list(description))


def _list(description: ListDescription[Any]) -> Iterator[str]:
    yield f"### `/{description.address}`: {_english(description.heading)}"
    yield ""
    facets = ", ".join(f"`{facet.name}` ({_english(facet.heading)})" for facet in description.facets)
    yield f"Facets: {facets}. Usual order: `{description.order}`."
    yield ""
    yield "| in files | on the page | `sort=` | shown as |"
    yield "|---|---|---|---|"
    yield from map(_row, description.columns)
    yield ""


def _row(column: ListColumn[Any]) -> str:
    cells = (
        f"`{column.file}`" if column.file else "",
        _english(column.heading) if column.name else "",
        f"`{column.name}`" if column.order else "",
        column.form.value if column.name else "",
    )
    return f"| {' | '.join(cells)} |"


def _english(heading: HeadingText) -> str:
    return heading if isinstance(heading, str) else heading["en"]


def document_parameters() -> str:
    """All parameters as a table in Markdown: name, meaning, values, what holds without it, former name."""
    rows = [
        f"| `{parameter.name}` | {parameter.meaning} | {_values(parameter)}{' (several)' if parameter.many else ''} "
        f"| {parameter.start} | {f'`{parameter.former}`' if parameter.former else ''} |"
        for parameter in PARAMETERS
    ]
    head = ["| name | meaning | values | when left out | formerly |", "|---|---|---|---|---|"]
    version = f"| `v` | Version of these names, written as soon as anything else is | `{VERSION}` | this one | |"
    return "\n".join([*head, version, *rows, ""])


def update_addresses(path: Path) -> bool:
    """Write the table of parameters into a page about addresses; True when it changed.

    Raises
    ------
    DataError
        The page has no marks.
    """
    return write_part(path, ADDRESSES_BEGIN, ADDRESSES_END, document_parameters())


def _values(parameter: Parameter) -> str:
    codes = parameter.schema.get("enum", ()) if isinstance(parameter, FacetParameter) else ()
    return ", ".join(f"`{code}`" for code in codes) if parameter.values == "codes" else parameter.values
