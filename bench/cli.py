"""``krajina bench``: what measures a checkout."""

from __future__ import annotations

import sys

import click

from graph.settings import Settings

__all__ = ["bench"]

OTHERS = {"ignore_unknown_options": True}


# What a command needs is imported by it: the comparison of answers needs nothing of Krajina, and others much.
@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rounds", default=5, show_default=True, help="Runs of each; the median is printed.")
@click.pass_context
def bench(context: click.Context, rounds: int) -> None:
    """Time the edition and each named question, in milliseconds."""
    if context.invoked_subcommand:
        return
    from bench.timing import bench_table

    click.echo(bench_table(_settings(context), rounds))


@bench.command("endpoints")
@click.option("--size", type=click.Choice(["S", "M"]), default="S", show_default=True, help="10 thousand or 1 million.")
@click.option("--rounds", default=9, show_default=True, help="Runs of each query; the median is printed.")
@click.option("--endpoint", "others", multiple=True, metavar="NAME=URL", help="Another one that holds the same data.")
def endpoints(size: str, rounds: int, others: tuple[str, ...]) -> None:
    """Compare our SPARQL endpoint with those that are installed, as `oxigraph serve`, over invented data."""
    from bench.endpoints import compare_endpoints

    for line in compare_endpoints(size, rounds, dict(other.split("=", 1) for other in others)):
        click.echo(line)


@bench.command("map")
@click.option("--rounds", default=5, show_default=True, help="Runs of each view; the median is printed.")
@click.pass_context
def map_views(context: click.Context, rounds: int) -> None:
    """Time the map: 10,000 organizations, the views of the edition, pages in Chromium beside those of pyvis."""
    from bench.map_views import bench_lines

    for line in bench_lines(_settings(context), rounds):
        click.echo(line)


@bench.command("answers", context_settings=OTHERS, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def answers(arguments: tuple[str, ...]) -> None:
    """Ask the servers of two checkouts the same and compare what they answer: OLD NEW [--share ...]."""
    from bench.same_answers import main

    sys.exit(main(arguments))


@bench.command("speed", context_settings=OTHERS, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def speed(arguments: tuple[str, ...]) -> None:
    """Compare how fast two checkouts start and answer, and the memory they take: OLD NEW [--rounds ...]."""
    from bench.paired_speed import main

    sys.exit(main(arguments))


def _settings(context: click.Context) -> Settings:
    return context.find_object(Settings) or Settings()
