"""The command ``krajina``, also ``python -m webapp``: the commands of `graph.cli`, and of the site."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import commands, write_file
from graph.errors import InputError
from graph.settings import Settings
from graph.whole_file import make_folder

__all__ = ["main"]

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@commands.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port; 0 takes any free one.  [default: 8000]")
@click.option("--rdf", "files", multiple=True, type=FILE, help="RDF file to serve instead of the tables.")
@click.argument("more", nargs=-1, type=FILE)
def serve_command(host: str | None, port: int | None, files: tuple[Path, ...], more: tuple[Path, ...]) -> None:
    """Serve the pages, the map and SPARQL until interrupted.

    MORE are further RDF files behind --rdf.
    """
    from webapp.server.serve import serve

    if more and not files:
        raise click.UsageError("RDF files are given with --rdf FILE...")
    serve(Settings.from_environment(host=host, port=port), (*files, *more))


@commands.command("map")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output if absent."
)
@click.option("--on", default="", metavar="DATE", help="As of a day, YYYY-MM-DD; today if absent.")
@click.option("--focus", default="", metavar="ROW-ID", help="Organization in the middle; the home region if absent.")
@click.pass_obj
def map_command(settings: Settings, output: Path | None, on: str, focus: str) -> None:
    """Draw the network around an organization as an SVG file, the same as ``/map.svg``."""
    from webapp.server.serve import open_app

    arguments = {name: value for name, value in (("on", on), ("focus", focus)) if value}
    with open_app(settings) as app:
        answer = app.test_client().get("/map.svg", query_string=arguments, headers={"Accept": "image/svg+xml"})
    if answer.status_code != 200:
        raise click.ClickException(answer.get_data(as_text=True).strip())
    write_file(answer.get_data(), output)


@commands.command("report")
@click.option("--year", type=int, required=True, help="Year that is told of.")
@click.option("--on", "day", default="", metavar="DATE", help="As of a day; 31 December of the year if absent.")
@click.option("--format", "form", type=click.Choice(["docx", "pdf", "html", "jsonld"]))
@click.option("--language", type=click.Choice(["cs", "en"]), default="cs", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output if absent."
)
@click.option("--all", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write all formats there.")
@click.pass_obj
def report_command(
    settings: Settings, year: int, day: str, form: str | None, language: str, output: Path | None, folder: Path | None
) -> None:
    """Write the report of a year for the assembly; the same edition and templates give the same bytes."""
    from graph.dates import parse_day
    from graph.views.year import year_of
    from webapp.report.document import make_report
    from webapp.report.pages import FORMS, report_file
    from webapp.request.visit import this_visit
    from webapp.server.serve import open_app

    if (form is None) == (folder is None):
        raise click.UsageError("give either --format or --all FOLDER")
    try:
        on = parse_day(day)
    except ValueError as error:
        raise InputError(str(error)) from error
    with open_app(settings) as app, app.test_request_context(query_string={"lang": language}):
        visit = this_visit()
        report = make_report(visit, year_of(visit.facts, year, on), language)
        for each in [form] if form else ["html", *FORMS]:
            content, remarks = report_file(visit, report, each)
            for remark in remarks:
                click.echo(f"{each}: {remark}", err=True)
            if folder is not None:
                make_folder(folder)
                output = folder / f"krajina-report-{year}.{each}"
            write_file(content, output)


def main() -> None:
    """Run ``krajina``."""
    commands()


if __name__ == "__main__":
    main()
