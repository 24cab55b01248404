"""Starts SPARQL servers over one file, each on a free port of loopback, for the comparison."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError

__all__ = ["KINDS", "Kind", "Peer", "kinds_here", "memory_mb", "run"]

_START_S = 120.0
_NO_BUDGET = {"KRAJINA_QUERY_BUDGET_S": "0"}  # one client asks all questions here


@dataclass(frozen=True)
class Kind:
    """A kind of server.

    Attributes
    ----------
    program : str
        What must be installed; "" for our own.
    load, serve : tuple of str
        Arguments; ``{file}``, ``{folder}`` and ``{port}`` stand for the data, a place to load it to, and the port.
    path : str
        Path of its query endpoint.
    """

    name: str
    program: str
    load: tuple[tuple[str, ...], ...]
    serve: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Peer:
    """A running endpoint; `pid` is 0 when others have started it."""

    name: str
    url: str
    pid: int = 0


KINDS = (
    Kind("krajina", "", (), ("-m", "webapp", "serve", "--port", "{port}", "--rdf", "{file}"), "/sparql"),
    Kind(
        "oxigraph serve", "oxigraph",
        (("load", "--location", "{folder}", "--file", "{file}"), ("optimize", "--location", "{folder}")),
        ("serve-read-only", "--location", "{folder}", "--bind", "127.0.0.1:{port}"), "/query",
    ),
    Kind("fuseki", "fuseki-server", (), ("--file={file}", "--localhost", "--port={port}", "/bench"), "/bench/query"),
    Kind("rdflib-endpoint", "rdflib-endpoint", (), ("serve", "--port", "{port}", "{file}"), "/"),
)  # fmt: skip


def kinds_here() -> list[Kind]:
    """List the kinds of servers that are installed, our own first."""
    return [kind for kind in KINDS if not kind.program or _program(kind.program)]


@contextmanager
def run(kind: Kind, file: Path, folder: Path) -> Iterator[Peer]:
    """Run a server until the block ends.

    Raises
    ------
    StoreError
        It cannot load the file, or does not answer.
    """
    port, program = _free_port(), _program(kind.program) if kind.program else sys.executable
    values = {"file": file, "folder": folder / kind.name.replace(" ", "-"), "port": port}
    commands = [[str(program), *(part.format(**values) for part in parts)] for parts in (*kind.load, kind.serve)]
    for command in commands[:-1]:
        done = subprocess.run(command, capture_output=True)
        if done.returncode:
            raise StoreError(f"{kind.name} cannot load {file}: {done.stderr.decode(errors='replace')}")
    url = f"http://127.0.0.1:{port}{kind.path}"
    environment = {**os.environ, **_NO_BUDGET}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(commands[-1], env=environment, **quiet) as process:  # type: ignore[call-overload]
        try:
            _await(url, process)
            yield Peer(kind.name, url, process.pid)
        finally:
            process.terminate()


def memory_mb(pid: int) -> float:
    """Megabytes of a process and all below it; what they share counts once (proportional set size)."""
    import psutil  # only here, so that the product does without it

    root = psutil.Process(pid)
    return sum(float(one.memory_full_info().pss) for one in (root, *root.children(recursive=True))) / 2**20


def _program(name: str) -> str | None:
    return shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise StoreError(f"{process.args!r} does not answer at {url}")
