"""The documentation of the lists, made from their declarations: the part of ``webapp/README.md`` between its marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.errors import DataError
from graph.views.columns import ListColumn, ListDescription
from graph.views.facets import HeadingText
from graph.views.lists import ALL_LISTS

__all__ = ["document_lists", "update_lists"]

BEGIN = "<!-- lists: made by `krajina docs`, do not edit by hand -->"
END = "<!-- end of lists -->"


def update_lists(path: Path) -> None:
    """Write the documentation of the lists between its marks in a file.

    Raises
    ------
    DataError
        The file has no marks.
    """
    old = path.read_text(encoding="utf-8")
    if BEGIN not in old or END not in old:
        raise DataError(f"{path}: the lines {BEGIN!r} and {END!r} must stand in it")
    before, after = old.split(BEGIN)[0], old.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{document_lists()}\n{END}{after}", encoding="utf-8")


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
