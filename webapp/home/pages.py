"""Routes of the pages that people start from, and of what machines ask first: health and version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from graph.files.dump_set import ARCHIVE, WORKBOOKS, DumpSet, media_type_of
from graph.files.exports import EXPORTS, RDF_SUFFIXES
from graph.intake.csvw_files import published_tables
from graph.kept import kept
from graph.namespaces import K
from graph.records.reading import Form
from graph.views.columns import ListDescription
from graph.views.facts import Facts
from graph.views.list_charts import CHARTS
from graph.views.lists import ALL_LISTS
from webapp.home.home import render_home
from webapp.listing.files import FILES, list_svg
from webapp.listing.page import render_list
from webapp.open_data.dumps import dump_set
from webapp.request.language import _
from webapp.request.visit import Visit, this_visit
from webapp.words.parts import Piece
from webapp.words.typography import format_number
from webapp.words.wording import Badge

__all__ = ["pages_blueprint", "render_about", "render_download", "service_blueprint"]


def pages_blueprint(*, has_tables: bool = True) -> Blueprint:
    """Make the routes of ``/``, the lists and their files, and of about and download.

    Parameters
    ----------
    has_tables : bool
        False for data that was not made from the tables: then there is only ``/``.
    """
    blueprint = Blueprint("pages", __name__)
    blueprint.add_url_rule("/", "home", render_home)
    if not has_tables:
        return blueprint
    for name, description in ALL_LISTS.items():
        blueprint.add_url_rule(f"/{description.address}", name, _view(render_list, description))
        for suffix, write in FILES.items():
            blueprint.add_url_rule(f"/{description.address}.{suffix}", f"{name}_{suffix}", _view(write, description))
        if name in CHARTS:
            blueprint.add_url_rule(f"/{description.address}.svg", f"{name}_svg", _view(list_svg, description))
    for name, render in (
        ("about", render_about),
        ("download", render_download),
    ):
        blueprint.add_url_rule(f"/{name}", name, render)
    return blueprint


def service_blueprint() -> Blueprint:
    """Routes ``/healthz``, ``/readyz`` and ``/version``."""
    blueprint = Blueprint("service", __name__)
    blueprint.add_url_rule("/healthz", view_func=healthz)
    blueprint.add_url_rule("/readyz", view_func=readyz)
    blueprint.add_url_rule("/version", view_func=version)
    return blueprint


def healthz() -> Response:
    """Tell that the process answers."""
    return Response("ok\n", mimetype="text/plain")


def readyz() -> Response:
    """Ask a real question through the sandbox; 503 by the error handler when it fails."""
    answer = this_visit().site.answers()
    empty = "There are no data: nothing can be answered. Load an edition and start again.\n"
    return Response("ready\n" if answer else empty, status=200 if answer else 503, mimetype="text/plain")


def version() -> Response:
    """Tell the edition that is served."""
    edition = this_visit().facts.edition
    return jsonify(
        edition=edition.identifier, modified=edition.modified, quads=edition.quads, named_graphs=edition.named_graphs
    )


def _view(
    render: Callable[[ListDescription[Any]], ResponseReturnValue], description: ListDescription[Any]
) -> Callable[[], ResponseReturnValue]:
    return lambda: render(description)


@dataclass(frozen=True)
class FilePart:
    """Files of one kind on the page of the open data: title, columns and rows of their table."""

    title: str
    columns: list[dict[str, Any]]
    rows: list[list[Any]]


def render_about() -> str:
    """Render ``/about``."""
    visit = this_visit()
    return render_template("about.html", badges=list(_badges(visit)), counting=list(_counting(visit)))


# Terms of the ontology that pages, pictures, questions and files count by.
COUNTED_BY = (K.Partner, K.PartnerRegion, K.OwnPost, K.inTerritory, K.ValidRelationship, K.RecentlyShownRelationship)


def _counting(visit: Visit) -> Iterator[tuple[Piece, str]]:
    """Names and definitions of what is counted, as the ontology has them, with the address of the term."""
    terms = {term.iri: term for term in visit.facts.vocabulary.terms}
    for iri in map(str, COUNTED_BY):
        if term := terms.get(iri):
            href = f"{visit.links.address('/ontology')}#{term.name}"
            yield Piece(term.labels[visit.language], href=href), term.definitions[visit.language]


def _badges(visit: Visit) -> Iterator[tuple[Badge, str]]:
    shown = _(
        "A source dated in the last %(years)s years shows it. A source without a date is no proof.",
        years=visit.facts.settings.evidence_years,
    )
    older = _(
        "The last dated source is older, or a web page without a date presents it as current. "
        "It says what was shown, not what holds today."
    )
    unclear = _("It began, but no source tells whether it still holds; or nothing dated is known.")
    paused = _("A source tells of a suspension that has not ended.")
    over = _("Its end is given, another one took its place, or a source calls it ended.")
    differing = _("Sources give different values. All are shown with their sources, and the one used is marked.")
    yield Badge(Form.HELD, _("valid"), ""), shown
    yield Badge(Form.AGED, _("was valid in %(year)s", year=visit.today.year - 10), ""), older
    yield Badge(Form.OPEN, _("not verified"), ""), unclear
    yield Badge(Form.SUSPENDED, _("suspended"), ""), paused
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
    for name in dumps.writable:
        suffix = name.rpartition(".")[2]
        if suffix != "gz":
            is_table = name.startswith("tables/") or name in WORKBOOKS or name == ARCHIVE
            parts["graph" if suffix in RDF_SUFFIXES else "tables" if is_table else "network"].append(name)
    return parts


def _file_rows(visit: Visit, dumps: DumpSet, names: list[str]) -> Iterator[list[Any]]:
    for name in names:
        yield [
            {"text": name.rpartition("/")[2], "href": visit.links.path(f"/dump/{name}")},
            _file_title(visit, name),
            media_type_of(name),
            _size(visit, dumps.digest(name).size_bytes),
            _compressed(visit, dumps, f"{name}.gz"),
        ]


def _compressed(visit: Visit, dumps: DumpSet, name: str) -> Any:
    if name not in dumps.names:  # a single table
        return ""
    return {"text": _size(visit, dumps.digest(name).size_bytes), "href": visit.links.path(f"/dump/{name}")}


def _file_title(visit: Visit, name: str) -> str:
    """Say in a few words what a file is; the title of the table for a table."""
    stem, _dot, suffix = name.rpartition(".")
    if stem.startswith("tables/") and suffix == "csv":
        return _table_titles(visit.facts).get(stem.removeprefix("tables/"), {}).get(visit.language, stem)
    if name.endswith("-metadata.json"):
        return _("Description of krajina.csv (CSV on the Web)")
    if name in WORKBOOKS:
        in_czech = _("All tables as one workbook, with names and headings in Czech")
        return (
            in_czech if WORKBOOKS[name] == "cs" else _("All tables as one workbook, with names and headings in English")
        )
    return _titles().get(suffix) or EXPORTS[suffix].title


@kept()
def _table_titles(facts: Facts) -> Mapping[str, Mapping[str, str]]:
    """Titles of the tables by their names, read once: the page asks for each of them."""
    return {table.name: table.titles for table in published_tables(facts.edition.tables)}


def _titles() -> dict[str, str]:
    return {
        "nq": _("N-Quads, with named graphs"),
        "trig": _("TriG, with named graphs"),
        "jsonld": _("JSON-LD, with named graphs"),
        "csv": _("Network as CSV: one relationship between two organizations a line"),
        "graphml": _("Network as GraphML, for yEd and others"),
        "gexf": _("Network as GEXF, for Gephi"),
        "geojson": _("Organizations with their positions as GeoJSON"),
        "zip": _("All tables and their description as one archive"),
        "json": _("Description of the tables (CSV on the Web)"),
    }


def _size(visit: Visit, number: int) -> str:
    if number < 1_000_000:
        return f"{format_number(max(1, round(number / 1000)), lang=visit.language)}\N{NO-BREAK SPACE}kB"
    return f"{format_number(round(number / 1_000_000, 1), lang=visit.language)}\N{NO-BREAK SPACE}MB"
