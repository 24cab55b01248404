"""Times the servers of two checkouts in turns: one address of each kind, starts, memory after the same requests.

Usage, in the folder of any checkout::

    krajina bench speed OLD NEW                      # a table; the exit code is 1 when something is 10 % worse
    krajina bench speed OLD NEW --only 'map|sparql' --rounds 30 --limit 1.2

Each round asks both servers the same, the first one changes from round to round. The ratio is the median of the
ratios of the rounds, its spread their quartiles. `cold` has a parameter that was never asked before, so that no page
is kept; `warm` is the same address again. What is above the limit is measured once more, three times as long, before
it counts: other work on the machine passes, a slower server stays. On a machine that is busy with other things,
`--by processor` compares the processor time of the servers' processes instead of the time by the clock.
"""

from __future__ import annotations

import argparse
import itertools
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from urllib.parse import quote

from bench.checkouts import CheckoutError, Client, Running, both_serving, default_python, start, stop, wait
from bench.comparison import Pairs, pairs_of, say, table
from bench.processes import process_tree, processor_ns, proportional_kb

__all__ = ["KINDS", "Kind", "main"]

LIMIT, ROUNDS, STARTS, LONGER = 1.10, 15, 5, 3
CLOCK, PROCESSOR = "clock", "processor"
SAMPLE_S = 0.06  # a sample of a fast answer is as many requests as take that long
MOST_REQUESTS = 100
PREFIX = "PREFIX k: <https://w3id.org/krajina/ontology#> "
PARTIES = "SELECT ?a ?p WHERE { ?a k:party ?p }"
SMALL = f"{PREFIX}{PARTIES} ORDER BY ?a ?p LIMIT 10"
LARGE = "SELECT * WHERE { ?s ?p ?o } LIMIT 20000"
GROUPED = f"{PREFIX}SELECT ?p (COUNT(?a) AS ?n) WHERE {{ ?a k:party ?p }} GROUP BY ?p ORDER BY DESC(?n) ?p"
SAXONY = "organizations/saxony"


@dataclass(frozen=True)
class Kind:
    """A kind of page or query, by one address."""

    name: str
    target: str
    accept: str = "text/html"
    has_cold: bool = True


def _query(text: str, suffix: str = "") -> str:
    return f"/sparql{suffix}?query={quote(text, safe='')}"


KINDS = (
    Kind("home", "/"),
    Kind("organizations", "/organizations"),
    Kind("agreements, facet", "/agreements?country=DE"),
    Kind("agreements, past day", "/agreements?on=2012-12-31"),
    Kind("agreements.csv", "/agreements.csv", "text/csv"),
    Kind("agreements.json", "/agreements.json", "application/json"),
    Kind("agreements.xlsx", "/agreements.xlsx", "*/*"),
    Kind("activities", "/activities"),
    Kind("projects", "/projects"),
    Kind("sources", "/sources"),
    Kind("areas", "/areas"),
    Kind("measures", "/analysis/measures"),
    Kind("map", "/map"),
    Kind("map, 2 steps", "/map?v=1&hops=2"),
    Kind("map, geography", "/map?v=1&view=geo"),
    Kind("map, table", "/map?v=1&view=table"),
    Kind("map, whole", "/map?v=1&view=whole"),
    Kind("map, card", "/map?v=1&sel=saxony&part=card"),
    Kind("map, past day", "/map?v=1&on=2012-12-31"),
    Kind("map, two days", "/map?v=1&versus=2012"),
    Kind("map.json", "/map.json", "application/json"),
    Kind("map.svg", "/map.svg", "image/svg+xml"),
    Kind("map.xlsx", "/map.xlsx", "*/*"),
    Kind("map.html", "/map.html"),
    Kind("map/whole.json", "/map/whole.json", "application/json"),
    Kind("map find", "/map/find?find=usti"),
    Kind("path", "/path?from=saxony&to=aebr"),
    Kind("organization", f"/page/{SAXONY}"),
    Kind("home region", "/page/organizations/ustecky-kraj"),
    Kind("agreement", "/page/agreements/agr-zuid-holland-2002"),
    Kind("activity", "/page/activities/act-zuid-holland-signing-2002"),
    Kind("area", "/page/areas/culture"),
    Kind("country", "/page/countries/DE"),
    Kind("data ttl", f"/data/{SAXONY}.ttl", "text/turtle"),
    Kind("data jsonld", f"/data/{SAXONY}.jsonld", "application/ld+json"),
    Kind("data csv", f"/data/{SAXONY}.csv", "text/csv"),
    Kind("questions", "/questions"),
    Kind("question", "/questions/partners"),
    Kind("question, past day", "/questions/agreements-on?on=2012-12-31"),
    Kind("search", "/search?q=dr%C3%A1%C5%BE%C4%8Fany", has_cold=False),
    Kind("sparql small", _query(SMALL), "application/sparql-results+json"),
    Kind("sparql grouped", _query(GROUPED), "application/sparql-results+json"),
    Kind("sparql large", _query(LARGE), "application/sparql-results+json"),
    Kind("sparql page", _query(SMALL)),
    Kind("sparql network", _query(f"{PREFIX}{PARTIES} LIMIT 60") + "&view=network"),
    Kind("sparql xlsx", _query(SMALL) + "&format=xlsx", "*/*"),
    Kind("dump nq", "/dump/krajina.nq", "*/*", has_cold=False),
    Kind("dump nq.gz", "/dump/krajina.nq.gz", "*/*", has_cold=False),
    Kind("ontology", "/ontology"),
    Kind("catalog", "/catalog"),
    Kind("editions", "/editions"),
    Kind("changes", "/changes.atom", "*/*"),
    Kind("reconcile", "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22Dresden%22%7D%7D", "*/*", has_cold=False),
    Kind("openapi", "/openapi.json", "application/json"),
    Kind("not found", "/page/organizations/nobody", has_cold=False),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end with it
    only = re.compile(options.only)
    checkouts = (options.old.resolve(), options.new.resolve())
    data = (options.data or checkouts[0] / "data").resolve()
    with ExitStack() as stack:
        work = (options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))).resolve()
        try:
            with both_serving(checkouts, work, data, options.python, say) as running:
                measured = [*_measure_kinds(running, only, options)]
            if only.search("start"):
                measured.append(_starts(checkouts, work, options))
        except CheckoutError as error:
            print(error, file=sys.stderr)
            return 2
    lines, worse = table(measured, options.limit)
    print("\n".join(lines))
    return 1 if worse else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="krajina bench speed", description=(__doc__ or "").partition("\n")[0], allow_abbrev=False
    )
    parser.add_argument("old", type=Path, help="checkout that is the measure")
    parser.add_argument("new", type=Path, help="checkout that must not be slower")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"pairs of each kind (default: {ROUNDS})")
    parser.add_argument("--starts", type=int, default=STARTS, help=f"pairs of starts (default: {STARTS})")
    parser.add_argument("--limit", type=float, default=LIMIT, help=f"ratio above which it fails (default: {LIMIT})")
    parser.add_argument("--by", choices=[CLOCK, PROCESSOR], default=CLOCK, help="what requests are timed by")
    parser.add_argument("--only", default="", metavar="PATTERN", help="kinds whose names this is found in")
    parser.add_argument("--python", default=default_python(), help="interpreter for both servers")
    parser.add_argument("--data", type=Path, help="folder of tables for both (default: that of the old checkout)")
    parser.add_argument("--work", type=Path, help="folder where built editions stay for the next run")
    return parser


def _measure_kinds(running: Sequence[Running], only: re.Pattern[str], options: argparse.Namespace) -> Iterator[Pairs]:
    servers = [_Server(Client(each.port), each.process.pid) for each in running]
    for kind in KINDS:
        for is_cold in (True, False) if kind.has_cold else (False,):
            name = f"{kind.name}, {'cold' if is_cold else 'warm'}"
            if only.search(name):
                pairs = _measure(name, kind, servers, options.rounds, options.by, is_cold=is_cold)
                if pairs.ratio > options.limit:
                    pairs = _measure(name, kind, servers, options.rounds * LONGER, options.by, is_cold=is_cold)
                yield pairs
    for server in servers:
        server.client.close()
    if only.search("memory"):
        old, new = (sum(map(proportional_kb, process_tree(each.process.pid))) / 1024 for each in running)
        yield Pairs("memory, MB", (old,), (new,))


def _measure(name: str, kind: Kind, servers: Sequence[_Server], rounds: int, by: str, *, is_cold: bool) -> Pairs:
    say(name)

    def seconds(server: _Server, number: int) -> float:
        clock = server.processor_s if by == PROCESSOR else time.perf_counter
        started = clock()
        for _ in range(number):
            _ask(server.client, kind, is_cold=is_cold)
        return clock() - started

    old, new = servers
    for server in (old, new):
        seconds(server, 1)  # fills what is kept for long
    quickest = max(1e-6, min(seconds(server, 1) for server in (old, new)))
    number = min(MOST_REQUESTS, ceil(SAMPLE_S / quickest))
    return pairs_of(
        name, lambda: seconds(old, number) * 1000 / number, lambda: seconds(new, number) * 1000 / number, rounds
    )


@dataclass(frozen=True)
class _Server:
    """A server with the connection to it."""

    client: Client
    pid: int

    def processor_s(self) -> float:
        return sum(map(processor_ns, process_tree(self.pid))) / 1e9


_numbers = itertools.count(time.time_ns())


def _ask(client: Client, kind: Kind, *, is_cold: bool) -> None:
    target = kind.target
    if is_cold:
        number = next(_numbers)
        if target.startswith("/sparql"):  # kept by the text of the query
            first, _, rest = target.partition("&")
            target = f"{first}%0A%23{number}" + (f"&{rest}" if rest else "")
        else:
            target += f"{'&' if '?' in target else '?'}never={number}"
    answer = client.ask(target, headers={"Accept": kind.accept, "Accept-Language": "cs"})
    if answer.status not in (200, 404) or answer.error:
        raise CheckoutError(f"{target} answers {answer.status} {answer.error}")


def _starts(checkouts: Sequence[Path], work: Path, options: argparse.Namespace) -> Pairs:
    """Time starts from the kept edition, from the command to the first real answer."""

    def started(checkout: Path, folder: Path) -> float:
        begun = time.monotonic()
        running = start(checkout, folder, work / "present", options.python)
        try:
            return (wait(running, folder / "log") - begun) * 1000
        finally:
            stop(running)

    say("start")
    old, new = (
        lambda checkout=checkout, side=side: started(checkout, work / side)
        for checkout, side in zip(checkouts, ("old", "new"), strict=True)
    )
    pairs = pairs_of("start", old, new, options.starts)
    return pairs if pairs.ratio <= options.limit else pairs_of("start", old, new, options.starts * LONGER)


if __name__ == "__main__":
    sys.exit(main())
