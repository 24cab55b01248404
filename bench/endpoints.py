"""Compares our SPARQL endpoint with others over the same data: latency, throughput, memory, and answers first."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.clients import Client, requests_per_second, rows_of
from bench.data import write_data
from bench.servers import Peer, kinds_here, memory_mb, run
from graph.errors import StoreError

__all__ = ["compare_endpoints", "questions", "ratio"]

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
        Key of `bench.data.SIZES`.
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
        both = [pair for pair in zip(*(times[one.name].values() for one in (peers[0], peer)), strict=True) if all(pair)]
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
                found = times[peer][name]
                if (peer, name) in failed or (len(found) >= SLOW_ROUNDS and min(found) > SLOW_MS):
                    continue
                taken = _milliseconds(client, text, unique=unique)
                if taken is None:
                    failed.add((peer, name))
                elif round_number:  # the first warms up
                    found.append(taken)
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
