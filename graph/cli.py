"""The commands that need no server: ``krajina check | query | export | docs | bench``."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

import click
import networkx as nx

from graph.editions.cache import open_edition
from graph.editions.edition import Edition
from graph.errors import GraphError
from graph.files.dump_set import CHECKSUMS, DumpSet, about
from graph.files.exports import EXPORTS
from graph.intake.findings import Severity, blocks
from graph.iris import Iris
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.settings import ROOT, Settings
from graph.sparql.engines.opening import open_store
from graph.sparql.named_queries import bind, compose, named_query, query_names
from graph.sparql.store import Store

__all__ = ["bench_command", "commands", "write_file"]

WIKIDATA = "http://www.wikidata.org/entity/"
CANDIDATES_TIMEOUT_S = 60.0


class Commands(click.Group):
    """Says an error of ours in its own words and ends with status 1, without a stack trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GraphError as error:
            raise click.ClickException(str(error)) from error


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
    click.echo(_csv(rows), nl=False)


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
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        click.echo(shutil.copyfile(dumps.path(name), folder / name), err=True)
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
    write_file(_csv([row | {"decision": ""} for row in rows]).encode(), output)
    click.echo(
        f"{len(rows)} candidates for {len({row['id'] for row in rows})} of {len(organizations)} organizations", err=True
    )


@commands.command("docs")
@click.pass_obj
def docs_command(settings: Settings) -> None:
    """Write the pages that are made from what they describe: tables, named questions, settings."""
    from graph.intake.table_docs import update_readme
    from graph.settings import document_settings
    from graph.sparql.named_queries import document_queries

    update_readme(settings.data)
    (ROOT / "graph" / "queries" / "README.md").write_text(document_queries(), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(document_settings(), encoding="utf-8")


@commands.group("bench", invoke_without_command=True)
@click.option("--rounds", default=5, show_default=True, help="Runs of each; the median is printed.")
@click.pass_context
def bench_command(context: click.Context, rounds: int) -> None:
    """Time the edition and each named question, in milliseconds."""
    if context.invoked_subcommand:
        return
    from graph.bench.queries import bench_table

    click.echo(bench_table(context.obj, rounds))


@bench_command.command("endpoints")
@click.option("--size", type=click.Choice(["S", "M"]), default="S", show_default=True, help="10 thousand or 1 million.")
@click.option("--rounds", default=9, show_default=True, help="Runs of each query; the median is printed.")
@click.option("--endpoint", "others", multiple=True, metavar="NAME=URL", help="Another one that holds the same data.")
def bench_endpoints_command(size: str, rounds: int, others: tuple[str, ...]) -> None:
    """Compare our SPARQL endpoint with those that are installed, as `oxigraph serve`, over invented data."""
    from graph.bench.endpoints import compare_endpoints

    for line in compare_endpoints(size, rounds, dict(other.split("=", 1) for other in others)):
        click.echo(line)


def _read(settings: Settings, edition: Edition) -> tuple[Store, Library]:
    store = _store(settings, edition)
    return store, read_library(store, Iris(settings.base), settings.home)


def _store(settings: Settings, edition: Edition) -> Store:
    if settings.store:
        return open_store(settings.store)
    return edition.open()


def write_file(content: bytes, output: Path | None) -> None:
    """Write to a file as a whole or not at all, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    part = output.with_name(output.name + ".part")
    part.write_bytes(content)
    part.replace(output)


def _csv(rows: list[dict[str, str]]) -> str:
    import csv
    import io

    target = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return target.getvalue()
