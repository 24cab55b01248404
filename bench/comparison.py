"""Asks two servers the same in turns and compares what they answer, status, headers, body, and how fast."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median, quantiles

from bench.asked.requests import Ask, links_of
from bench.checkouts import Answer, Client
from bench.plain_bodies import Masks, differences, plain_text, without_queries

__all__ = [
    "Accepted", "AcceptedAddress", "Comparison", "Pairs", "Side", "Verdict", "compare", "pairs_of", "say", "table",
]  # fmt: skip

WORKERS = 2
UNTOLD = {"date", "server", "connection", "keep-alive", "transfer-encoding", "content-length"}
FOLLOWED = (301, 302, 303, 307, 308)
FAULT = re.compile(r"\b[0-9a-f]{12}\b")
SLOW_S = 5.0  # both together; longer ones are told


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


def say(text: str) -> None:
    """Tell how far it is; what is found goes to standard output."""
    print(text, file=sys.stderr, flush=True)


def compare(chosen: Sequence[Ask], old: Side, new: Side, accepted: Accepted, base: str = "") -> Iterator[Comparison]:
    """Ask both servers in turns, two requests at once, and compare; in the order of the requests."""
    local = threading.local()
    clients: list[Client] = []

    def check(numbered: tuple[int, Ask]) -> Comparison:
        if not hasattr(local, "clients"):
            local.clients = Client(old.port), Client(new.port)
            clients.extend(local.clients)
        number, ask = numbered
        return _check(ask, (old, new), local.clients, accepted, base, is_old_first=number % 2 == 0)

    workers = ThreadPoolExecutor(WORKERS)
    try:
        for number, comparison in enumerate(workers.map(check, enumerate(chosen)), start=1):
            yield comparison
            if comparison.verdict is Verdict.DIFFERENT:
                say(f"different: {comparison.ask.label[:200]}")
            if number % 1000 == 0:
                say(f"{number} of {len(chosen)}")
    finally:
        workers.shutdown(cancel_futures=True)  # who interrupts does not wait for what is not begun
        for client in clients:
            client.close()


def _check(
    ask: Ask, sides: Sequence[Side], clients: Sequence[Client], accepted: Accepted, base: str, *, is_old_first: bool
) -> Comparison:
    order = (0, 1) if is_old_first else (1, 0)
    started = time.monotonic()
    given = {place: _answer(ask, sides[place], clients[place]) for place in order}
    old, new = given[0], given[1]
    if (seconds := time.monotonic() - started) > SLOW_S:
        say(f"{seconds:.0f} s for {ask.label[:200]}: {old.status} {old.error}, {new.status} {new.error}")
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


@dataclass(frozen=True)
class Pairs:
    """Measures of both sides, a pair from each round; milliseconds, or megabytes."""

    name: str
    old: tuple[float, ...]
    new: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        """New to old of each round."""
        return [new / old for old, new in zip(self.old, self.new, strict=True)]

    @property
    def ratio(self) -> float:
        """Median of the ratios."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """Quartiles of the ratios."""
        if len(self.ratios) < 2:
            return self.ratio, self.ratio
        low, _, high = quantiles(self.ratios, n=4, method="inclusive")
        return low, high


def pairs_of(name: str, old: Callable[[], float], new: Callable[[], float], rounds: int) -> Pairs:
    """Measure both in turns; who is first changes with each round."""
    measured: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            measured[side].append((old, new)[side]())
    return Pairs(name, tuple(measured[0]), tuple(measured[1]))


def table(measured: Sequence[Pairs], limit: float) -> tuple[list[str], list[str]]:
    """Give the lines of the report, and names of what is worse than the limit."""
    worse = [pairs.name for pairs in measured if pairs.ratio > limit]
    lines = [f"{'median, ms':32}{'old':>10}{'new':>10}{'ratio':>8}   quartiles      pairs"]
    for pairs in measured:
        low, high = pairs.spread
        mark = f"  above {limit:g}" if pairs.name in worse else ""
        lines.append(
            f"{pairs.name:32}{median(pairs.old):>10.2f}{median(pairs.new):>10.2f}{pairs.ratio:>8.3f}"
            f"   {low:.3f} {high:.3f}{len(pairs.old):>8}{mark}"
        )
    ratios = [pairs.ratio for pairs in measured]
    if ratios:
        total = f"{len(ratios)} kinds, median of their ratios {median(ratios):.3f}, {len(worse)} above {limit:g}"
        lines += ["", total]
    return lines, worse
