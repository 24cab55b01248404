r"""Asks the servers of two checkouts the same and compares what they answer.

Usage, in the folder of any checkout::

    krajina bench answers OLD NEW                 # all there is to ask; python -m bench.same_answers is the same
    krajina bench answers OLD NEW --share 0.02    # some of each kind, always the same: minutes
    krajina bench answers OLD NEW --only '^GET /map' --accept accepted.toml

Compared are status, headers and bodies, after masking what may differ between two builds (see `plain_bodies`).
An answer that differs in nothing but the text of a query is counted apart and is no difference. What `--accept` names
is counted by its reason; all others are printed, and the exit code is 1. The file of what is accepted is TOML::

    [[address]]                     # a difference of a whole answer
    pattern = '^GET /map\?.*area=' # found in the request as it is printed
    follow = true                   # the new one leads on, and what is there must be the same; left out: anything goes
    reason = "the parameter has another name"

    [[text]]                        # a piece of text, on both sides, before comparing
    pattern = 'name="(area|group)"'
    replacement = 'name="group"'
    reason = "..."
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
import threading
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bench.asked.documents import ask_documents
from bench.asked.known import Known, read_known
from bench.asked.maps import ask_maps
from bench.asked.pages import ask_pages
from bench.asked.queries import ask_queries
from bench.asked.requests import Ask, linked, links_of, sampled
from bench.checkouts import Answer, CheckoutError, Client, both_serving, default_python, editions_of
from bench.plain_bodies import Masks, differences, plain_text, without_queries

__all__ = ["Accepted", "Comparison", "Side", "Verdict", "compare", "main", "read_accepted"]

WORKERS = 2
FAULT = re.compile(r"\b[0-9a-f]{12}\b")
SLOW_S = 5.0  # both together; longer ones are told
UNTOLD = {"date", "server", "connection", "keep-alive", "transfer-encoding", "content-length"}
FOLLOWED = (301, 302, 303, 307, 308)


class Verdict(StrEnum):
    """What a comparison gives."""

    SAME = "same"
    QUERY = "same but for the query"
    ACCEPTED = "accepted"
    DIFFERENT = "different"


@dataclass(frozen=True)
class AcceptedAddress:
    """A difference that has a reason; `follow` asks that what the new one leads to be the same."""

    pattern: re.Pattern[str]
    reason: str
    follow: bool = False


@dataclass(frozen=True)
class Accepted:
    """What may differ, and why."""

    addresses: tuple[AcceptedAddress, ...] = ()
    texts: Mapping[re.Pattern[str], str] = field(default_factory=dict)

    def of(self, label: str) -> AcceptedAddress | None:
        """Find what accepts a difference of a request."""
        return next((accepted for accepted in self.addresses if accepted.pattern.search(label)), None)


@dataclass(frozen=True)
class Side:
    """A server that is asked: where it listens, how its answers are masked, identifiers of its editions."""

    port: int
    masks: Masks
    editions: tuple[str, ...] = ()

    def target(self, ask: Ask) -> str:
        """Put the names that this server uses into an address."""
        edition, before = (*self.editions, "none", "none")[:2]
        return ask.target.replace("{edition}", edition).replace("{before}", before)


@dataclass(frozen=True)
class Comparison:
    """How two answers to one request compare, with the lines that differ or the reason why that is accepted."""

    ask: Ask
    verdict: Verdict
    lines: tuple[str, ...] = ()
    reason: str = ""
    links: tuple[str, ...] = ()
    status: int = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end with it
    accepted = read_accepted(options.accept) if options.accept else Accepted()
    started = time.monotonic()
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        checkouts = (options.old.resolve(), options.new.resolve())
        data = (options.data or checkouts[0] / "data").resolve()
        try:
            running = stack.enter_context(both_serving(checkouts, work.resolve(), data, options.python, _say))
            comparisons = _compare_all([each.port for each in running], checkouts[0], accepted, options)
        except CheckoutError as error:
            print(error, file=sys.stderr)
            return 2
    return report(comparisons, options.shown, time.monotonic() - started)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="krajina bench answers", description=(__doc__ or "").partition("\n")[0], allow_abbrev=False
    )
    parser.add_argument("old", type=Path, help="checkout whose answers are right")
    parser.add_argument("new", type=Path, help="checkout that must answer the same")
    parser.add_argument("--share", type=float, default=1.0, help="of each kind of request; 2 at least (default: all)")
    parser.add_argument(
        "--only", default="", metavar="PATTERN", help="ask only what this is found in, as it is printed"
    )
    parser.add_argument("--accept", type=Path, metavar="FILE", help="differences that have a reason, in TOML")
    parser.add_argument(
        "--shown", type=int, default=5, metavar="N", help="differences printed of each kind (default: 5)"
    )
    parser.add_argument("--python", default=default_python(), help="interpreter for both servers")
    parser.add_argument("--data", type=Path, help="folder of tables for both (default: that of the old checkout)")
    parser.add_argument("--work", type=Path, help="folder where built editions stay for the next run")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def read_accepted(path: Path) -> Accepted:
    """Read the file of what may differ; each entry needs a reason."""
    described = tomllib.loads(path.read_text("utf-8"))
    entries = [*described.get("address", ()), *described.get("text", ())]
    if any(not entry.get("reason") for entry in entries):
        raise SystemExit(f"{path}: every entry needs a reason")
    addresses = tuple(
        AcceptedAddress(re.compile(entry["pattern"]), entry["reason"], bool(entry.get("follow")))
        for entry in described.get("address", ())
    )
    texts = {re.compile(entry["pattern"]): entry["replacement"] for entry in described.get("text", ())}
    return Accepted(addresses, texts)


def _compare_all(
    ports: Sequence[int], checkout: Path, accepted: Accepted, options: argparse.Namespace
) -> list[Comparison]:
    """Ask all there is, then what the pages that were asked for link to."""
    first = Client(ports[0])
    known = read_known(first)
    clients = (first, Client(ports[1]))
    editions = [tuple(editions_of(client)) for client in clients]
    for client in clients:
        client.close()
    old, new = (
        Side(port, Masks(names, port, accepted.texts), names) for port, names in zip(ports, editions, strict=True)
    )
    only = re.compile(options.only)
    chosen = [ask for ask in sampled(_asks(known, checkout), options.share) if only.search(ask.label)]
    _say(f"{len(chosen)} requests, then what their pages link to")
    comparisons = compare(chosen, old, new, accepted, known.base)
    asked = {ask.target for ask in chosen}
    links = [link for comparison in comparisons for link in comparison.links]
    more = [ask for ask in sampled(linked(links, asked), options.share) if only.search(ask.label)]
    _say(f"{len(more)} links")
    return comparisons + compare(more, old, new, accepted, known.base)


def _asks(known: Known, checkout: Path) -> Iterator[Ask]:
    yield from ask_pages(known)
    yield from ask_maps(known)
    yield from ask_queries(known, checkout / "graph" / "queries")
    yield from ask_documents(known)


def compare(chosen: Sequence[Ask], old: Side, new: Side, accepted: Accepted, base: str = "") -> list[Comparison]:
    """Ask both servers in turns, two requests at once, and compare; in the order of the requests."""
    local = threading.local()
    clients: list[Client] = []

    def check(numbered: tuple[int, Ask]) -> Comparison:
        if not hasattr(local, "clients"):
            local.clients = Client(old.port), Client(new.port)
            clients.extend(local.clients)
        number, ask = numbered
        return _check(ask, (old, new), local.clients, accepted, base, is_old_first=number % 2 == 0)

    comparisons = []
    workers = ThreadPoolExecutor(WORKERS)
    try:
        for number, comparison in enumerate(workers.map(check, enumerate(chosen)), start=1):
            comparisons.append(comparison)
            if number % 1000 == 0:
                _say(f"{number} of {len(chosen)}")
    finally:
        workers.shutdown(cancel_futures=True)  # who interrupts does not wait for what is not begun
    for client in clients:
        client.close()
    return comparisons


def _check(
    ask: Ask, sides: Sequence[Side], clients: Sequence[Client], accepted: Accepted, base: str, *, is_old_first: bool
) -> Comparison:
    order = (0, 1) if is_old_first else (1, 0)
    started = time.monotonic()
    given = {place: _answer(ask, sides[place], clients[place]) for place in order}
    old, new = given[0], given[1]
    if (seconds := time.monotonic() - started) > SLOW_S:
        _say(f"{seconds:.0f} s for {ask.label[:200]}: {old.status} {old.error}, {new.status} {new.error}")
    links = _links(old, base)
    verdict, lines = _verdict(old, new, *sides)
    if verdict is not Verdict.DIFFERENT:
        return Comparison(ask, verdict, links=links, status=old.status)
    reason = accepted.of(ask.label)
    if reason and reason.follow:
        reached = _followed(new, clients[1])
        verdict, lines = _verdict(old, reached, *sides)
        if verdict is Verdict.DIFFERENT:
            return Comparison(ask, verdict, ("(after following the new one)", *lines), links=links)
    if reason:
        return Comparison(ask, Verdict.ACCEPTED, reason=reason.reason, links=links)
    return Comparison(ask, verdict, tuple(lines), links=links)


def _answer(ask: Ask, side: Side, client: Client) -> Answer:
    headers, target, body = dict(ask.headers), side.target(ask), ask.body.encode()
    answer = client.ask(target, ask.method, headers, body)
    if not ask.again:
        return answer
    tag, modified = answer.header("ETag"), answer.header("Last-Modified")
    condition = {"If-None-Match": tag} if tag else {"If-Modified-Since": modified} if modified else {}
    return client.ask(target, ask.method, {**headers, **condition}, body)


def _followed(answer: Answer, client: Client) -> Answer:
    steps = 0
    while answer.status in FOLLOWED and steps < 5:
        answer, steps = client.ask(answer.header("Location").partition("#")[0]), steps + 1
    return answer


def _links(answer: Answer, base: str) -> tuple[str, ...]:
    kind = answer.header("Content-Type")
    if answer.status != 200 or not kind.startswith(("text/html", "image/svg")) or answer.header("Content-Encoding"):
        return ()
    return tuple(dict.fromkeys(links_of(answer.body.decode("utf-8", "replace"), base)))


def _verdict(old: Answer, new: Answer, old_side: Side, new_side: Side) -> tuple[Verdict, list[str]]:
    old_head, new_head = _head(old, old_side.masks), _head(new, new_side.masks)
    if old_head == new_head and old.body == new.body:
        return Verdict.SAME, []
    before, after = _whole(old, old_head, old_side.masks), _whole(new, new_head, new_side.masks)
    if before == after:
        return Verdict.SAME, []
    if without_queries(before) == without_queries(after):
        return Verdict.QUERY, []
    return Verdict.DIFFERENT, differences(before, after)


def _head(answer: Answer, masks: Masks) -> list[str]:
    told = [(name.lower(), value) for name, value in answer.headers if name.lower() not in UNTOLD]
    lines = sorted(f"{name}: {masks.header(name, value)}" for name, value in told)
    return [f"{answer.status} {answer.error}".strip(), *lines]


def _whole(answer: Answer, head: Sequence[str], masks: Masks) -> str:
    try:
        text = plain_text(answer.body, answer.header("Content-Type"), answer.header("Content-Encoding"), masks)
    except Exception as error:  # what cannot be unpacked is compared as it is
        text = f"{type(error).__name__}: {error}\n{answer.body.hex(' ', 32)}"
    if answer.status >= 500:
        text = FAULT.sub("FAULT", text)
    return "\n".join([*head, "", text])


def report(comparisons: Iterable[Comparison], shown: int, seconds: float) -> int:
    """Print the counts and the differences; give the exit code."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    different: dict[str, list[Comparison]] = defaultdict(list)
    reasons: Counter[str] = Counter()
    failing: list[str] = []
    for comparison in comparisons:
        group = comparison.ask.group
        counts[group][comparison.verdict] += 1
        failing += [f"{comparison.status} {comparison.ask.label}"] if comparison.status in (0, 500) else []
        reasons[comparison.reason] += comparison.verdict is Verdict.ACCEPTED
        if comparison.verdict is Verdict.DIFFERENT:
            different[group].append(comparison)
    _print_counts(counts, print)
    for reason, number in sorted(reasons.items()):
        if number:
            print(f"{number:6} accepted: {reason}")
    for label in failing[:shown]:
        print(f"       both fail: {label[:200]}")
    if len(failing) > shown:
        print(f"       both fail at {len(failing) - shown} more")
    for group, those in different.items():
        print(f"\n== {group}: {len(those)} different")
        for comparison in those[:shown]:
            print("\n".join([f"\n{comparison.ask.label}", *(f"    {line}" for line in comparison.lines)]))
        if len(those) > shown:
            print(f"\n    ... and {len(those) - shown} more, the last: {those[-1].ask.label}")
    total = sum(map(len, different.values()))
    print(f"\n{sum(sum(each.values()) for each in counts.values())} requests, {total} different, {seconds:.0f} s")
    return 1 if total else 0


def _print_counts(counts: Mapping[str, Counter[Verdict]], write: Callable[[str], object]) -> None:
    write(f"{'':16}{'asked':>8}" + "".join(f"{verdict:>24}" for verdict in Verdict))
    for group, verdicts in counts.items():
        numbers = "".join(f"{verdicts[verdict]:>24}" for verdict in Verdict)
        write(f"{group:16}{sum(verdicts.values()):>8}{numbers}")


if __name__ == "__main__":
    sys.exit(main())
