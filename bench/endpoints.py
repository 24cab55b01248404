"""Compares our SPARQL endpoint with others over the same data: latency, throughput, memory, and answers first."""

from __future__ import annotations

import math
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.invented import write_data
from bench.processes import process_tree, proportional_kb
from bench.timing import Client, requests_per_second, rows_of
from graph.errors import StoreError

__all__ = ["KINDS", "Kind", "Peer", "compare_endpoints", "kinds_here", "memory_mb", "questions", "ratio", "run"]

FOLDER = Path(__file__).parent / "endpoint_queries"
CLIENTS, PRESS_S = 8, 3.0
PRESSED = ("04-area-and-country", "12-names-with-fallback")
SLOW_MS, SLOW_ROUNDS = 2000.0, 2  # slower answers are asked so often only
DESCRIBE = "11-one-agreement"  # what DESCRIBE gives is up to the engine

Times = dict[str, dict[str, list[float]]]


def compare_endpoints(size: str, rounds: int, others: Mapping[str, str]) -> Iterator[str]:
    """Start the servers that are installed, compare them, and give the lines of a report.

    Parameters
    ----------
    size
        Key of `bench.invented.SIZES`.
    rounds
        How often each query is asked; the median counts.
    others
        Further endpoints by name, which hold the same data.

    Raises
    ------
    StoreError
        A server does not start or answer.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / f"{size}.nt"
        yield f"{write_data(size, file)} triples"
        peers = [stack.enter_context(run(kind, file, folder)) for kind in kinds_here()]
        peers += [Peer(name, url) for name, url in others.items()]
        yield from _differences(peers)
        for unique, title in ((True, "every text new, ms"), (False, "the same text again, ms")):
            yield from _latency(peers, rounds, unique=unique, title=title)
        for unique, title in ((True, "every text new"), (False, "the same text again")):
            yield from _throughput(peers, unique=unique, title=f"{CLIENTS} clients, requests per second, {title}")
        for peer in peers:
            if peer.pid:
                yield f"memory of {peer.name}: {memory_mb(peer.pid):.0f} MB"


def questions() -> dict[str, str]:
    """Read the queries of the comparison by their names."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.rq"))}


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the geometric mean of the ratios of pairs."""
    return math.exp(sum(math.log(a / b) for a, b in zip(ours, theirs, strict=True)) / len(ours))


def _differences(peers: Sequence[Peer]) -> Iterator[str]:
    """Say where another peer gives other answers than the first."""
    for name, text in questions().items():
        if name == DESCRIBE:
            continue
        answers = {peer.name: answer for peer in peers if (answer := _answer(peer, text)) is not None}
        for other in list(answers)[1:]:
            if rows_of(text, answers[other]) != rows_of(text, next(iter(answers.values()))):
                yield f"OTHER ANSWER: {name}, {other}"


def _answer(peer: Peer, text: str) -> bytes | None:
    client = Client(peer.url)
    try:
        return client.ask(text)
    except StoreError:  # past a limit of the server
        return None
    finally:
        client.close()


def _latency(peers: Sequence[Peer], rounds: int, *, unique: bool, title: str) -> Iterator[str]:
    times = _times(peers, rounds, unique=unique)
    yield f"\n{title:28}" + "".join(f"{peer.name:>18}" for peer in peers)
    for name in questions():
        yield f"{name:28}" + "".join(f"{_shown(times[peer.name][name]):>18}" for peer in peers)
    for peer in peers[1:]:
        both = [pair for pair in zip(*(times[who.name].values() for who in (peers[0], peer)), strict=True) if all(pair)]
        if not both:
            yield f"no query that {peers[0].name} and {peer.name} both answer"
            continue
        mean = ratio(*zip(*((median(ours), median(theirs)) for ours, theirs in both), strict=True))
        of = f"{len(both)} queries that both answer"
        yield f"{peers[0].name} takes {mean:.2f} of the time of {peer.name} (geometric mean of {of})"


def _shown(times: Sequence[float]) -> str:
    return f"{median(times):.2f}" if times else "no answer"


def _times(peers: Sequence[Peer], rounds: int, *, unique: bool) -> Times:
    """Ask all peers in turns, query by query, so that whatever else the machine does hits all alike."""
    clients = {peer.name: Client(peer.url) for peer in peers}
    times: Times = {peer.name: {name: [] for name in questions()} for peer in peers}
    failed: set[tuple[str, str]] = set()
    for round_number in range(rounds + 1):
        for name, text in questions().items():
            for peer, client in _rotated(list(clients.items()), round_number):
                measured = times[peer][name]
                if (peer, name) in failed or (len(measured) >= SLOW_ROUNDS and min(measured) > SLOW_MS):
                    continue
                taken = _milliseconds(client, text, unique=unique)
                if taken is None:
                    failed.add((peer, name))
                elif round_number:  # the first warms up
                    measured.append(taken)
    for client in clients.values():
        client.close()
    return times


def _rotated(peers: Sequence[tuple[str, Client]], by: int) -> Sequence[tuple[str, Client]]:
    """Change who is first: who follows a peer that worked long finds cold caches and sleeping processors."""
    first = by % len(peers)
    return [*peers[first:], *peers[:first]]


def _milliseconds(client: Client, text: str, *, unique: bool) -> float | None:
    try:
        return client.milliseconds(text, unique=unique)
    except StoreError:  # past a limit of the server
        return None


def _throughput(peers: Sequence[Peer], *, unique: bool, title: str) -> Iterator[str]:
    yield f"\n{title}"
    for name in PRESSED:
        text = questions()[name]
        rates = [requests_per_second(peer.url, text, unique=unique, clients=CLIENTS, seconds=PRESS_S) for peer in peers]
        yield f"{name:28}" + "".join(f"{rate:18.0f}" for rate in rates)


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
    return sum(map(proportional_kb, process_tree(pid))) / 1024


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
