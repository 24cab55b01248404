"""``krajina serve``: prepares the edition, starts the sandbox, then the server.

Granian was chosen by measuring (8 clients, one process, 8 threads, requests per second, a Flask page of
2 KB): granian 8,700 to 10,200, waitress 3,500 to 3,700, gunicorn 2,300 to 2,500.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import math
import os
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer
from werkzeug.middleware.proxy_fix import ProxyFix

from graph.editions.cache import open_edition
from graph.editions.edition import Edition, file_edition, held_edition, remote_edition
from graph.editions.history import history_of
from graph.errors import SettingsError, StoreError, WriteError
from graph.iris import Iris
from graph.sandbox.foreign_rdf import refuse_unfit_files
from graph.sandbox.running import Running
from graph.sandbox.sandbox import Sandbox
from graph.sandbox.worker import die_with_parent
from graph.settings import Settings
from graph.sparql.answer_cache import AnswerCache
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.engines.opening import open_set_store, open_store
from graph.sparql.engines.remote import RemoteQueries, RemoteStore
from graph.sparql.query_service import NoQueries
from graph.views.facts import Facts
from webapp.app import create_app
from webapp.request.site import Site
from webapp.server.connections import Honest, allow_connections, cancel_unwanted, cut, repeat
from webapp.server.slow_clients import SlowReaders, SlowSenders

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["behind_proxies", "end_s", "open_app", "open_data", "open_site", "serve"]

logger = logging.getLogger(__name__)

HEADER_TIMEOUT_MS = 15_000  # also how long a connection may idle
HEADER_BYTES = 128 * 1024  # of one request; an address is 64 kB at most, and thousands of senders are possible
CONNECTIONS = 4096  # beyond, clients wait: those that idle cost little, so that it takes many to keep others out
BIG_BLOCK_BYTES = 2**20
_M_MMAP_THRESHOLD = -3  # of malloc.h
LAST_ANSWERS_S = 20.0  # beside the time of a query: what answers get that are under way at the end
LONGEST_END_S = 60.0  # whatever the time of a query: who stops a service waits no longer, 90 s in systemd
MOST_LOST, LOST_WITHIN_S = 10, 60.0  # then it is no accident that the process that serves ends
PARAMETERS_KB = 64  # of a form, beside the query
PERCENT_ENCODED = 3  # times the bytes of a text, at worst


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
    DataError, StoreError
        What is to be served cannot be, see `open_data`; or the process that serves ends again and again.
    SettingsError
        Nothing can listen at that host and port.
    """
    port = _free_port(settings)
    facts = open_data(settings, files)
    _say(facts.edition)
    if facts.has_tables and isinstance(facts.store, MemoryStore):
        # Read now, and shared: no page waits for them, nor who replaces a process that was lost.
        facts.network  # noqa: B018
        facts.search  # noqa: B018
    lost: deque[float] = deque(maxlen=MOST_LOST)
    while not _serve_until_lost(settings, _loader(facts, port), port):
        lost.append(time.monotonic())
        if len(lost) == MOST_LOST and lost[-1] - lost[0] < LOST_WITHIN_S:
            raise StoreError(f"The process that serves ended {MOST_LOST} times within a minute; what it said is above.")
        logger.warning("the process that serves was lost again and again; it is started once more")


def end_s(settings: Settings) -> int:
    """Seconds that answers under way get after the first signal to end; who is not ready then is ended."""
    return math.ceil(min(settings.query_timeout_s + LAST_ANSWERS_S, LONGEST_END_S))


class _Server(MPServer):
    """The master of the process that serves: the first signal lets requests end, the second ends them."""

    def signal_handler_interrupt(self, *_: object) -> None:
        if self.interrupt_signal:
            for worker in self.wrks:
                worker.kill()  # type: ignore[no-untyped-call]
        super().signal_handler_interrupt()  # type: ignore[no-untyped-call]


def _serve_until_lost(settings: Settings, load: Callable[[], Any], port: int) -> bool:
    """Serve; True when that was ended by a signal, False when the process that serves was lost twice in seconds."""
    server = _Server(
        "krajina", settings.host, port, interface=Interfaces.WSGI, http=HTTPModes.http1, websockets=False,
        blocking_threads=settings.threads, backpressure=allow_connections(CONNECTIONS),
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS, max_buffer_size=HEADER_BYTES),
        log_level=LogLevels.error, respawn_failed_workers=True,
        workers_kill_timeout=end_s(settings),
    )  # fmt: skip
    try:
        server.serve(target_loader=load, wrap_loader=False)
    except SystemExit:
        if not server.interrupt_signal:
            return False
    return True


def open_data(settings: Settings, files: Sequence[Path] = ()) -> Facts:
    """Open the edition of the tables, RDF files, or a remote store.

    Files that hold an edition, as the dumps do, are served as the tables are.

    Raises
    ------
    DataError, StoreError
        The tables are not fit to publish, a file is not fit to read, the remote store does not answer.
    """
    if settings.store:
        remote = open_set_store(settings)
        return Facts(settings, remote_edition(remote), remote)
    if not files:
        edition = _prepared(settings)
        _keep(settings, edition)
        return Facts(settings, edition, edition.open())
    refuse_unfit_files(files, settings.contexts)
    store = open_store(files=files, contexts=settings.contexts)
    assert isinstance(store, MemoryStore)
    store.dataset.prepare()  # here, so that the sandbox, which is forked, has it too
    held = held_edition(store, Iris(settings.base).resource("organizations", settings.home))
    if held is not None:
        return Facts(settings, held, store)
    return Facts(settings, file_edition(files, store.dataset.triples), store, has_tables=False)


def open_site(facts: Facts, running: Running | None = None) -> Site:
    """Put the query service before an edition; `running` is told which queries of users are under way.

    Notes
    -----
    The sandbox forks, so that no thread may run yet; it shares the memory of the data.
    """
    settings, store = facts.settings, facts.store
    if isinstance(store, RemoteStore):
        return Site(facts, RemoteQueries(settings, store))
    assert isinstance(store, MemoryStore)
    answers = AnswerCache(
        Sandbox(lambda: store.dataset, settings, running),
        facts.edition.identifier,
        max_mb=settings.answer_cache_mb,
        wait_s=settings.query_timeout_s,
    )
    return Site(facts, answers)


@contextmanager
def open_app(settings: Settings) -> Iterator[Flask]:
    """Open the application for a command in this process: without a server, and without queries of users."""
    facts = open_data(settings)
    with closing(facts.store):
        yield create_app(Site(facts, NoQueries()))


def _loader(facts: Facts, port: int) -> Callable[[], Any]:
    """Make what the server process calls to get the application; it shares the memory of the facts by its fork."""
    settings = facts.settings

    def load() -> Any:
        die_with_parent(os.getppid())
        _return_big_blocks()
        running = Running()
        site = open_site(facts, running)
        app = create_app(site)
        if not isinstance(facts.store, MemoryStore):
            _read_ahead(facts)
        gc.collect()
        gc.freeze()  # what lives as long as the process: a full collection would go over all of it, in 0.1 s or more
        repeat("queries", site.sandbox.tend)
        print(f"Krajina listens on http://{_shown(settings.host)}:{port}/", flush=True)
        return _guarded(app, settings, port, running)

    return load


def _read_ahead(facts: Facts) -> None:
    """Read records, network and names of a remote store now: no page need wait; it may have them later."""
    try:
        facts.network  # noqa: B018
        facts.search  # noqa: B018
    except Exception as error:
        # Not only errors of ours: what a stranger holds may be anything.
        print(f"The store does not give its records; pages will ask again: {error}", file=sys.stderr, flush=True)


def _return_big_blocks() -> None:
    """Have memory of big answers go back to the system when they are given; glibc would keep it after the first."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, BIG_BLOCK_BYTES)


def _guarded(application: WSGIApplication, settings: Settings, port: int, running: Running) -> WSGIApplication:
    """Put what bears slow and lost clients before an application; bodies get no more time than queries."""
    guarded = SlowSenders(
        SlowReaders(behind_proxies(application, settings.proxies), places=settings.threads // 4),
        places=settings.threads // 2,
        timeout_s=settings.query_timeout_s,
        max_bytes=(settings.query_max_kb * PERCENT_ENCODED + PARAMETERS_KB) * 1024,
        cut=lambda client, silence_s: cut(port, silence_s, client, socket.SHUT_RD),
    )
    # Headers, body, waiting for a place and query have their limits: who still waits then, waits for nothing.
    silence_s = HEADER_TIMEOUT_MS / 1000 + 3 * settings.query_timeout_s
    repeat("connections", guarded.cut_late, lambda: cut(port, silence_s))
    if not settings.proxies:  # behind them, connections do not tell whose they are
        repeat("lost clients", lambda: cancel_unwanted(running, port))
    return Honest(guarded, application)


def behind_proxies(application: WSGIApplication, proxies: int) -> WSGIApplication:
    """Take the client's address from X-Forwarded-For as the last `proxies` proxies wrote it; never scheme or host."""
    if not proxies:
        return application
    return ProxyFix(application, x_for=proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0)


def _prepared(settings: Settings) -> Edition:
    """Open or build the edition, with a sign of life on a terminal."""
    if not sys.stderr.isatty():
        return open_edition(settings, apart=True)
    from rich.console import Console

    with Console(stderr=True).status("Checking the tables and building the edition …"):
        return open_edition(settings, apart=True)


def _keep(settings: Settings, edition: Edition) -> None:
    """Keep the edition for the history; who cannot write it serves without."""
    try:
        history_of(settings).keep(edition, Iris(settings.base), datetime.now(UTC))
    except WriteError as error:
        click.echo(f"The edition cannot be kept for the history: {error}", err=True)


def _say(edition: Edition) -> None:
    what = f"facts of {edition.modified}" if edition.modified else "RDF files"
    gaps = f"; {edition.warnings} findings that do not block (krajina check)" if edition.warnings else ""
    click.echo(f"Edition {edition.identifier}, {what}: {edition.quads} quads{gaps}", err=True)


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
