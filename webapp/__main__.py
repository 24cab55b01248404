"""The command ``krajina``, also ``python -m webapp``: the commands of `graph.cli`, and of the site."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli import commands, write_file
from graph.errors import InputError
from graph.settings import Settings
from graph.whole_file import make_folder

if TYPE_CHECKING:  # no command waits for Flask that needs no page
    from webapp.report.composing import Composed

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
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server has a way of its own to end
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
@click.option("--year", type=int, help="Year that is told of.")
@click.option("--on", "day", default="", metavar="DATE", help="As of a day; 31 December of the year if absent.")
@click.option("--format", "form", type=click.Choice(["docx", "pdf", "html", "jsonld"]))
@click.option("--language", type=click.Choice(["cs", "en"]), default="cs", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output if absent."
)
@click.option("--all", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write all formats there.")
@click.option("--verify", "docx", type=FILE, help="Say what became of the sentences of a DOCX since it was written.")
@click.option("--trace", type=FILE, help="JSON-LD of that DOCX.  [default: the one beside it, of the same name]")
@click.pass_obj
def report_command(
    settings: Settings, year: int | None, day: str, form: str | None, language: str, output: Path | None,
    folder: Path | None, docx: Path | None, trace: Path | None,
) -> None:  # fmt: skip
    """Write the report of a year for the assembly; the same edition and templates give the same bytes.

    With --verify nothing is written: of each sentence of the DOCX it is said whether it is unchanged, was edited by
    hand, or its record has changed since, with today's value. The exit status is 1 when one is not unchanged.
    """
    if docx is not None:
        if year is not None or form or folder or output or day:
            raise click.UsageError("--verify takes year, day and language from the trace")
        _verify(settings, docx, trace or docx.with_suffix(".jsonld"))
    elif year is None:
        raise click.UsageError("give --year, or --verify FILE.docx")
    elif (form is None) == (folder is None):
        raise click.UsageError("give either --format or --all FOLDER")
    else:
        _write(settings, year, day, [form] if form else [], language, folder or output)


def _write(settings: Settings, year: int, day: str, forms: Sequence[str], language: str, target: Path | None) -> None:
    """Write one form to a file or standard output, or all into a folder where none is given."""
    from graph.views.year import year_of
    from webapp.report.document import make_report
    from webapp.report.pages import FORMS, document_file
    from webapp.request.visit import this_visit
    from webapp.server.serve import open_app

    on = _day(day)
    with open_app(settings) as app, app.test_request_context(query_string={"lang": language}):
        visit = this_visit()
        report = make_report(visit, year_of(visit.facts, year, on), language)
        for each in forms or ["html", *FORMS]:
            content, remarks = document_file(visit, report, each)
            for remark in remarks:
                click.echo(f"{each}: {remark}", err=True)
            if target is not None and not forms:
                make_folder(target)
            write_file(content, target if forms or target is None else target / f"krajina-report-{year}.{each}")


def _day(text: str) -> date | None:
    from graph.dates import parse_day

    try:
        return parse_day(text)
    except ValueError as error:
        raise InputError(str(error)) from error


@commands.command("briefing")
@click.argument("partner")
@click.option("--on", "day", default="", metavar="DATE", help="As of a day, that of the meeting; today if absent.")
@click.option("--with", "companions", multiple=True, metavar="ORG", help="Row id of who takes part, too; repeatable.")
@click.option("--format", "form", type=click.Choice(["docx", "pdf", "html", "jsonld"]), required=True)
@click.option("--language", type=click.Choice(["cs", "en"]), default="cs", show_default=True)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output if absent."
)
@click.pass_obj
def briefing_command(
    settings: Settings, partner: str, day: str, companions: tuple[str, ...], form: str, language: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the brief for a visit, two pages: PARTNER is the row id of an organization abroad, as ``saxony``."""
    from graph.views.facts import AsOf
    from webapp.report.brief import make_brief
    from webapp.report.pages import document_file
    from webapp.request.visit import this_visit
    from webapp.server.serve import open_app

    on = _day(day)
    with open_app(settings) as app, app.test_request_context(query_string={"lang": language}):
        visit = this_visit()
        seen = AsOf.seen(on or visit.today, visit.today)
        content, remarks = document_file(visit, make_brief(visit, partner, companions, seen, language), form)
    for remark in remarks:
        click.echo(remark, err=True)
    write_file(content, output)


def _verify(settings: Settings, docx: Path, trace: Path) -> None:
    from graph.documents.verifying import Verdict, read_marks, verify
    from graph.views.facts import AsOf
    from graph.views.year import year_of
    from webapp.report.brief import make_brief
    from webapp.report.document import make_report
    from webapp.report.trace import read_trace
    from webapp.request.visit import this_visit
    from webapp.server.serve import open_app

    if not trace.is_file():
        raise InputError(
            f"{trace}: there is no such file; what was written into the DOCX is told by --trace FILE.jsonld"
        )
    marks, told = read_marks(docx), read_trace(trace)
    with open_app(settings) as app, app.test_request_context(query_string={"lang": told.language}):
        visit = this_visit()
        report: Composed
        if told.kind == "briefings":
            seen = AsOf.seen(told.day, visit.today)
            report = make_brief(visit, told.name, told.companions, seen, told.language)
        else:
            report = make_report(visit, year_of(visit.facts, int(told.name), told.day), told.language)
        edition = visit.facts.edition.identifier
    found = verify(marks, told.sentences, report.sentences)
    click.echo(f"Written from edition {told.edition}, compared with {edition}.")
    if told.template != report.template:
        click.echo("The templates have changed since: a sentence may read otherwise today for that.")
    for each in found:
        click.echo(f"{each.identifier or '-'}\t{each.verdict}\t{each.stands or each.written or each.today}")
        if each.verdict in (Verdict.EDITED, Verdict.BOTH):
            click.echo(f"\twritten\t{each.written}")
        if each.verdict in (Verdict.CHANGED, Verdict.BOTH):
            click.echo(f"\ttoday\t{each.today}")
    counted = Counter(each.verdict for each in found)
    click.echo("; ".join(f"{counted[verdict]} {verdict}" for verdict in Verdict if counted[verdict]))
    if counted.total() != counted[Verdict.SAME]:
        raise click.exceptions.Exit(1)


def main() -> None:
    """Run ``krajina``; one that is told to end takes what is half-written with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    commands()


if __name__ == "__main__":
    main()
