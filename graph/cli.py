"""The commands that need no server: ``krajina check | list | show | query | export | docs | bench``."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
import networkx as nx

from graph.dates import parse_day
from graph.editions.cache import open_edition
from graph.editions.edition import Edition
from graph.errors import GraphError, InputError
from graph.files.dump_set import CHECKSUMS, DumpSet, about
from graph.files.exports import EXPORTS
from graph.intake.findings import Severity, blocks
from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.settings import ROOT, Settings
from graph.sheets.cells import csv_text
from graph.sparql.engines.opening import open_set_store
from graph.sparql.named_queries import bind, compose, named_query, query_names
from graph.sparql.store import Store
from graph.whole_file import in_words, make_folder, write_text, write_whole

if TYPE_CHECKING:
    from graph.views.facets import Reader

__all__ = ["commands", "write_file"]

WIKIDATA = "http://www.wikidata.org/entity/"
CANDIDATES_TIMEOUT_S = 60.0


class WrongInput(click.ClickException):
    """What was named is not there: one line, and the status of wrong usage."""

    exit_code = 2


class Commands(click.Group):
    """Says an error of ours in its own words and ends with status 1 or 2, without a stack trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except InputError as error:
            raise WrongInput(str(error)) from error
        except GraphError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has gone, which click tells by its status
                raise
            raise click.ClickException(in_words(error)) from error


# What builds, checks and times is imported by its command: `krajina serve` from the cache starts without it.
@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("krajina"), prog_name="krajina")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Krajina: a knowledge graph of a region's international relationships."""
    ctx.obj = Settings.from_environment()


@commands.command("check")
@click.option("--quiet", "-q", is_flag=True, help="Say errors only.")
@click.pass_obj
def check_command(settings: Settings, quiet: bool) -> None:
    """Check tables and graph; every finding as file:line:column, status 1 when one blocks publishing."""
    from graph.editions.build import check

    findings = check(settings)
    for finding in findings:
        if finding.severity is Severity.ERROR or not quiet:
            click.echo(str(finding))
    counts = Counter(finding.severity for finding in findings)
    click.echo(", ".join(f"{counts[severity]} {severity}s" for severity in Severity), err=True)
    sys.exit(1 if blocks(findings) else 0)


ON = click.option("--on", "day", default="", metavar="DATE", help="As of a day: 2012, 2012-12 or 2012-12-31.  [today]")
LANGUAGE = click.option(
    "--language", type=click.Choice(["cs", "en", "de"]), default="en", show_default=True, help="Of names and texts."
)


@commands.command("list")
@click.argument("name")
@ON
@click.option("--facet", "facets", multiple=True, metavar="NAME=CODE", help="Only those of a code, as country=DE.")
@click.option("--sort", "order", default="", metavar="COLUMN", help="Sort by a column; - before it sorts down.")
@LANGUAGE
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.pass_obj
def list_command(
    settings: Settings, name: str, day: str, facets: tuple[str, ...], order: str, language: str, form: str
) -> None:
    """List records as they were on a day: those of the page of the same name.

    NAME is organizations, agreements, activities, projects, sources, areas or measures.
    """
    from graph.views.printing import print_list

    print_list(_reader(settings, day, language), name, facets, order, form)


@commands.command("show")
@click.argument("identifier", metavar="ID")
@ON
@LANGUAGE
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def show_command(settings: Settings, identifier: str, day: str, language: str, form: str) -> None:
    """Show a record as it was on a day: its facts, state, what names it, and its sources.

    ID is a row id as saxony or organizations/saxony, or an IRI.
    """
    from graph.views.printing import print_record

    print_record(_reader(settings, day, language), identifier, form)


@commands.command("query")
@click.argument("question")
@click.option("--set", "parameters", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; an IRI or text.")
@click.option("--show", is_flag=True, help="Print the SPARQL instead of its answer.")
@click.pass_obj
def query_command(settings: Settings, question: str, parameters: tuple[str, ...], show: bool) -> None:
    """Answer a named question, or the SPARQL SELECT of a .rq file, as CSV.

    QUESTION is a name from `krajina query list`, or the path of a file.
    """
    if question == "list":
        for name in query_names():
            click.echo(f"{name:32} {named_query(name).comment.splitlines()[0]}")
        return
    values = dict(parameter.partition("=")[::2] for parameter in parameters)
    text = compose(Path(question)) if question.endswith(".rq") else bind(named_query(question), values)
    if show:
        click.echo(text, nl=False)
        return
    rows = _store(settings, open_edition(settings)).select(text)
    click.echo(_csv(rows, for_programs=True), nl=False)


@commands.command("export")
@click.argument("suffix", type=click.Choice(list(EXPORTS)), required=False)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output if absent."
)
@click.option(
    "--all", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write all files and checksums there."
)
@click.pass_obj
def export_command(settings: Settings, suffix: str | None, output: Path | None, folder: Path | None) -> None:
    """Write the edition in a format, or in all; the same edition gives the same bytes.

    What is written stays in the cache, so that a server that starts after it offers the files at once.
    """
    if (suffix is None) == (folder is None):
        raise click.UsageError("give either a format or --all FOLDER")
    edition = open_edition(settings)

    @cache
    def contents() -> tuple[nx.MultiDiGraph, Library]:
        store, library = _read(settings, edition)
        return build_network(store, library), library

    said = about(edition, edition.tables)
    dumps = DumpSet(edition, edition.path.parent / "dumps", settings.base, said, contents)
    if folder is None:
        write_file(dumps.path(f"krajina.{suffix}").read_bytes(), output)
        return
    for name in dumps.names:
        make_folder((folder / name).parent)
        write_whole(folder / name, partial(shutil.copyfile, dumps.path(name)))
        click.echo(folder / name, err=True)
    write_file(dumps.checksums(), folder / CHECKSUMS)


@commands.command("candidates")
@click.argument("endpoint")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV for review.")
@click.option("--namespace", default=WIKIDATA, show_default=True, help="How IRIs of the other dataset begin.")
@click.option("--kind", "kinds", multiple=True, help="Only organizations of this kind, as municipality.")
@click.option("--country", "countries", multiple=True, help="Only those of this country, as DE.")
@click.pass_obj
def candidates_command(
    settings: Settings, endpoint: str, output: Path, namespace: str, kinds: tuple[str, ...], countries: tuple[str, ...]
) -> None:
    """Ask a Wikidata-like ENDPOINT which of its items may be our organizations; for review, never into the tables."""
    from graph.records.candidates import find_candidates
    from graph.sparql.engines.remote import RemoteStore

    if output.resolve().is_relative_to(settings.data.resolve()):
        raise click.UsageError(f"{output} lies among the tables; candidates are for review, name another folder")
    _, library = _read(settings, open_edition(settings))
    organizations = [
        organization
        for organization in library.organizations.values()
        if (not kinds or library.code(organization.kind) in kinds)
        and (not countries or library.code(organization.country) in countries)
    ]
    candidates = find_candidates(
        RemoteStore(endpoint, timeout_s=CANDIDATES_TIMEOUT_S), library, organizations, namespace
    )
    rows = [
        {name: "" if value is None else str(value) for name, value in asdict(candidate).items()}
        for candidate in candidates
    ]
    write_file(_csv([row | {"decision": ""} for row in rows], for_programs=False), output)
    click.echo(
        f"{len(rows)} candidates for {len({row['id'] for row in rows})} of {len(organizations)} organizations", err=True
    )


@commands.command("docs")
@click.pass_obj
def docs_command(settings: Settings) -> None:
    """Write what is made from what it describes: tables, lists, the map's address, named questions, settings."""
    from graph.intake.table_docs import update_readme
    from graph.settings import document_settings
    from graph.sparql.named_queries import document_queries
    from graph.views.list_docs import update_addresses, update_lists

    update_readme(settings.data)
    update_lists(ROOT / "webapp" / "README.md")
    update_addresses(ROOT / "webapp" / "README.md")
    write_text(ROOT / "graph" / "queries" / "README.md", document_queries())
    write_text(ROOT / "docs" / "settings.md", document_settings())


# Named by a string: what measures imports all of Krajina, and is not in a wheel.
@commands.command("bench", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def bench_command(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Measure a checkout: the edition and the questions, the map, endpoints, another checkout (bench --help)."""
    if not (ROOT / "bench" / "cli.py").is_file():
        raise click.ClickException(
            "what measures comes with a checkout, not with the installed package: "
            "in a clone of the repository, run make test once, then .venv/bin/krajina bench"
        )
    measures: click.Group = import_module("bench.cli").bench
    measures.main(list(arguments), prog_name=f"{context.command_path}", standalone_mode=False, obj=context.obj)


def _read(settings: Settings, edition: Edition) -> tuple[Store, Library]:
    store = _store(settings, edition)
    return store, read_library(store, Iris(settings.base), settings.home)


def _reader(settings: Settings, day: str, language: str) -> Reader:
    """Open the edition as it was on a day; a month or a year means its last day."""
    from graph.views.facets import Reader
    from graph.views.facts import AsOf, Facts

    today = date.today()
    try:
        chosen = parse_day(day) or today
    except ValueError as error:
        raise InputError(str(error)) from error
    edition = open_edition(settings)
    return Reader(Facts(settings, edition, _store(settings, edition)), AsOf.seen(chosen, today), language)


def _store(settings: Settings, edition: Edition) -> Store:
    if settings.store:
        return open_set_store(settings)
    return edition.open()


def write_file(content: bytes, output: Path | None) -> None:
    """Write to a file as a whole or not at all, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, lambda part: part.write_bytes(content))


def _csv(rows: list[dict[str, str]], *, for_programs: bool) -> bytes:
    head = [list(rows[0])] if rows else []
    return csv_text([*head, *(row.values() for row in rows)], for_programs=for_programs).encode()
