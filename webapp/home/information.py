"""Pages that explain: how state and evidence are read, what can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template

from graph.files.dump_set import DumpSet, media_type_of
from graph.files.exports import EXPORTS, RDF_SUFFIXES
from graph.intake.csvw_files import published_tables
from graph.records.reading import Form
from webapp.open_data.dumps import dump_set
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.typography import format_number
from webapp.words.wording import Badge

__all__ = ["render_about", "render_download"]


@dataclass(frozen=True)
class FilePart:
    """Files of one kind on the page of the open data: title, columns and rows of their table."""

    title: str
    columns: list[dict[str, Any]]
    rows: list[list[Any]]


def render_about() -> str:
    """Render ``/about``."""
    return render_template("about.html", badges=list(_badges(this_visit())))


def _badges(visit: Visit) -> Iterator[tuple[Badge, str]]:
    shown = _(
        "A dated source of the last %(years)s years shows it, or its end is given and has not come yet.",
        years=visit.facts.settings.evidence_years,
    )
    older = _(
        "The last dated source is older, or a web page without a date presents it as current. "
        "It says what was shown, not what holds today."
    )
    unclear = _("It began, but no source tells whether it still holds; or nothing dated is known.")
    over = _("Its end is given, another one took its place, or a source calls it ended.")
    differing = _("Sources give different values. All are shown with their sources, and the one used is marked.")
    yield Badge(Form.HELD, _("valid"), ""), shown
    yield Badge(Form.AGED, _("was valid in %(year)s", year=visit.today.year - 10), ""), older
    yield Badge(Form.OPEN, _("not verified"), ""), unclear
    yield Badge(Form.ENDED, _("ended"), ""), over
    yield Badge("differ", _("sources differ"), ""), differing


def render_download() -> str:
    """Render ``/download``."""
    visit = this_visit()
    dumps = dump_set(visit.facts)
    return render_template("download.html", parts=list(_file_parts(visit, dumps)) if dumps else [])


def _file_parts(visit: Visit, dumps: DumpSet) -> Iterator[FilePart]:
    columns: list[dict[str, Any]] = [
        {"title": _("File")}, {"title": _("What it is")}, {"title": _("Media type")}, {"title": _("Size"), "num": True},
    ]  # fmt: skip
    compressed = [*columns, {"title": _("Compressed"), "num": True}]
    names = _parts(dumps)
    yield FilePart(_("The whole graph"), compressed, list(_file_rows(visit, dumps, names["graph"])))
    yield FilePart(_("The network and the places"), compressed, list(_file_rows(visit, dumps, names["network"])))
    # Single tables are small: none is offered compressed.
    rows = [row[: len(columns)] for row in _file_rows(visit, dumps, names["tables"])]
    yield FilePart(_("The tables"), columns, rows)


def _parts(dumps: DumpSet) -> dict[str, list[str]]:
    """Sort the files by what is in them: the whole graph, the network and places, the tables."""
    parts: dict[str, list[str]] = {"graph": [], "network": [], "tables": []}
    for name in dumps.names:
        suffix = name.rpartition(".")[2]
        if suffix != "gz":
            is_table = name.startswith("tables/") or suffix == "xlsx"
            parts["graph" if suffix in RDF_SUFFIXES else "tables" if is_table else "network"].append(name)
    return parts


def _file_rows(visit: Visit, dumps: DumpSet, names: list[str]) -> Iterator[list[Any]]:
    for name in names:
        yield [
            {"text": name.rpartition("/")[2], "href": visit.links.path(f"/dump/{name}")},
            _title(visit, name),
            media_type_of(name),
            _size(visit, dumps.digest(name).size_bytes),
            _compressed(visit, dumps, f"{name}.gz"),
        ]


def _compressed(visit: Visit, dumps: DumpSet, name: str) -> Any:
    if name not in dumps.names:
        return ""
    return {"text": _size(visit, dumps.digest(name).size_bytes), "href": visit.links.path(f"/dump/{name}")}


def _title(visit: Visit, name: str) -> str:
    """Say in a few words what a file is; the title of the table for a table."""
    stem, _dot, suffix = name.rpartition(".")
    if stem.startswith("tables/") and suffix == "csv":
        titles = {table.name: table.titles for table in published_tables(visit.facts.edition.tables)}
        return titles.get(stem.removeprefix("tables/"), {}).get(visit.language, stem)
    if name.endswith("-metadata.json"):
        return _("Description of krajina.csv (CSV on the Web)")
    return _titles().get(suffix) or EXPORTS[suffix].title


def _titles() -> dict[str, str]:
    return {
        "nq": _("N-Quads, with named graphs"),
        "trig": _("TriG, with named graphs"),
        "jsonld": _("JSON-LD, with named graphs"),
        "csv": _("Network as CSV: one relationship between two organizations a line"),
        "graphml": _("Network as GraphML, for yEd and others"),
        "gexf": _("Network as GEXF, for Gephi"),
        "geojson": _("Organizations with their positions as GeoJSON"),
        "xlsx": _("All tables as one workbook"),
        "json": _("Description of the tables (CSV on the Web)"),
    }


def _size(visit: Visit, number: int) -> str:
    if number < 1_000_000:
        return f"{format_number(max(1, round(number / 1000)), lang=visit.language)}\N{NO-BREAK SPACE}kB"
    return f"{format_number(round(number / 1_000_000, 1), lang=visit.language)}\N{NO-BREAK SPACE}MB"
