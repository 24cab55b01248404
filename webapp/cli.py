"""The whole command line: the commands of `graph.cli` and ``krajina serve``."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import commands
from graph.settings import Settings

__all__ = ["main"]


@commands.command("serve")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port; 0 takes any free one.  [default: 8000]")
@click.option(
    "--rdf",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="RDF file to serve instead of the tables; may be repeated.",
)
@click.argument("more", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def serve_command(host: str | None, port: int | None, files: tuple[Path, ...], more: tuple[Path, ...]) -> None:
    """Serve the pages, the map and SPARQL until interrupted.

    MORE are further RDF files behind --rdf.
    """
    from webapp.serve import serve

    if more and not files:
        raise click.UsageError("files are given with --rdf FILE...")
    serve(Settings.from_environment(host=host, port=port), (*files, *more))


def main() -> None:
    """Run ``krajina``."""
    commands()
