"""``krajina serve``: prepares the edition, starts the sandbox, then the server.

Granian was chosen by measuring (8 clients, one process, 8 threads, requests per second, a Flask page of
2 KB): granian 8,700 to 10,200, waitress 3,500 to 3,700, gunicorn 2,300 to 2,500.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from graph.edition import Edition, file_edition, remote_edition
from graph.edition_cache import open_edition
from graph.errors import SettingsError
from graph.remote_queries import RemoteQueries
from graph.sandbox import Sandbox
from graph.settings import Settings
from graph.store import MemoryStore, open_store
from webapp.app import create_app
from webapp.site import Site

__all__ = ["open_app", "open_site", "serve"]

HEADER_TIMEOUT_MS = 15_000


def serve(settings: Settings, files: Sequence[Path] = ()) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    settings : Settings
        Where to listen, what to serve, all limits.
    files : sequence of Path
        RDF files to serve instead of the tables; empty for the tables.

    Raises
    ------
    DataError
        The tables are not fit to publish.
    SettingsError
        Nothing can listen at that host and port.
    """
    port = _free_port(settings)
    if not settings.store and not files:
        _say(_prepared(settings))
    server = Server(
        "krajina", settings.host, port, interface=Interfaces.WSGI, http=HTTPModes.http1, websockets=False,
        blocking_threads=settings.threads, http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS),
        log_level=LogLevels.error, respawn_failed_workers=True, workers_kill_timeout=5,
    )  # fmt: skip
    server.serve(target_loader=_loader(settings, files, f"http://{_shown(settings.host)}:{port}/"), wrap_loader=False)


def open_site(settings: Settings, files: Sequence[Path] = ()) -> Site:
    """Open what is to be served: the edition of the tables, RDF files, or a remote store.

    Notes
    -----
    The sandbox forks, so that no thread may run yet.
    """
    if settings.store:
        remote = open_store(settings.store, timeout_s=settings.query_timeout_s)
        return Site(settings, remote_edition(remote), remote, RemoteQueries(settings))
    store = open_store(files=files) if files else open_edition(settings).open()
    assert isinstance(store, MemoryStore)
    edition = file_edition(files, len(store.engine)) if files else open_edition(settings)
    return Site(settings, edition, store, Sandbox(lambda: store.engine, settings), has_tables=not files)


@contextmanager
def open_app(settings: Settings) -> Iterator[Flask]:
    """Open the application for use in this process, without a server."""
    site = open_site(settings)
    with closing(site.sandbox):
        yield create_app(site)


def _loader(settings: Settings, files: Sequence[Path], address: str) -> Callable[[], Any]:
    """Make what the server process calls to get the application; it alone holds data and sandbox."""

    def load() -> Any:
        site = open_site(settings, files)
        app = create_app(site)
        if site.has_tables:
            site.network  # noqa: B018  records and network are read now, so that the first page does not wait
        print(f"Krajina listens on {address}", flush=True)
        return app

    return load


def _prepared(settings: Settings) -> Edition:
    """Open or build the edition, with a sign of life on a terminal."""
    if not sys.stderr.isatty():
        return open_edition(settings)
    from rich.console import Console

    with Console(stderr=True).status("Checking the tables and building the edition …"):
        return open_edition(settings)


def _say(edition: Edition) -> None:
    graphs = len(edition.named_graphs)
    click.echo(
        f"Edition {edition.identifier}, facts of {edition.modified}: {edition.quads} quads in {graphs} named graphs"
        f"; {edition.warnings} findings that do not block (krajina check)",
        err=True,
    )


def _free_port(settings: Settings) -> int:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.create_server((settings.host, settings.port), family=family) as probe:
            return int(probe.getsockname()[1])
    except OSError as error:
        advice = "choose another with --port or KRAJINA_PORT"
        raise SettingsError(f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; {advice}") from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
