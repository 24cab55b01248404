"""The command ``krajina``, also ``python -m webapp``: the commands of `graph.cli`, ``serve`` and ``map``."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli import commands, write_file
from graph.settings import Settings

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


def main() -> None:
    """Run ``krajina``."""
    commands()


if __name__ == "__main__":
    main()
