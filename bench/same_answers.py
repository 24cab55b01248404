r"""Asks the servers of two checkouts the same and compares what they answer.

Usage, in the folder of any checkout::

    krajina bench answers OLD NEW                 # all there is to ask; python -m bench.same_answers is the same
    krajina bench answers OLD NEW --share 0.02    # some of each kind, always the same: minutes
    krajina bench answers OLD NEW --only '^GET /map' --accept accepted.toml

Compared are status, headers and bodies, after masking what may differ between two builds (see `plain_bodies`).
An answer that differs in nothing but the text of a query is counted apart and is no difference. What `--accept` names
(`bench/accepted.toml`) is counted by its reason; all others are printed, and the exit code is 1. An example::

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
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.asked.documents import ask_documents
from bench.asked.known import Known, read_known
from bench.asked.maps import ask_maps
from bench.asked.pages import ask_pages
from bench.asked.queries import ask_queries
from bench.asked.requests import Ask, linked, sampled
from bench.checkouts import CheckoutError, Client, both_serving, default_python, editions_of
from bench.comparison import Accepted, AcceptedAddress, Comparison, Side, Verdict, compare, say
from bench.plain_bodies import Masks

__all__ = ["ACCEPTED", "main", "read_accepted", "report"]

ACCEPTED = Path(__file__).with_name("accepted.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end with it
    accepted = read_accepted(options.accept)
    started = time.monotonic()
    comparisons: list[Comparison] = []
    try:
        with ExitStack() as stack:
            work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            checkouts = (options.old.resolve(), options.new.resolve())
            data = (options.data or checkouts[0] / "data").resolve()
            running = stack.enter_context(both_serving(checkouts, work.resolve(), data, options.python, say))
            _compare_all([each.port for each in running], checkouts[0], accepted, options, comparisons)
    except CheckoutError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, SystemExit):
        say("interrupted; this is what was compared until then")
        report(comparisons, options.shown, time.monotonic() - started)
        raise
    return report(comparisons, options.shown, time.monotonic() - started)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="krajina bench answers", description=(__doc__ or "").partition("\n")[0], allow_abbrev=False
    )
    parser.add_argument("old", type=Path, help="checkout whose answers are right")
    parser.add_argument("new", type=Path, help="checkout that must answer the same")
    parser.add_argument("--share", type=float, default=1.0, help="of each kind of request; 2 at least (default: all)")
    parser.add_argument(
        "--only", default="", metavar="PATTERN", help="ask only what this is found in: request, or group"
    )
    parser.add_argument(
        "--accept",
        type=Path,
        metavar="FILE",
        default=ACCEPTED,
        help="differences that have a reason",
    )
    parser.add_argument(
        "--shown", type=int, default=5, metavar="N", help="differences printed of each kind (default: 5)"
    )
    parser.add_argument("--python", default=default_python(), help="interpreter for both servers")
    parser.add_argument("--data", type=Path, help="folder of tables for both (default: that of the old checkout)")
    parser.add_argument("--work", type=Path, help="folder where built editions stay for the next run")
    return parser


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
    ports: Sequence[int],
    checkout: Path,
    accepted: Accepted,
    options: argparse.Namespace,
    comparisons: list[Comparison],
) -> None:
    """Ask all there is, then what the pages that were asked for link to; add to `comparisons` as it goes."""
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

    def choose(given: Iterable[Ask]) -> list[Ask]:
        return [ask for ask in sampled(given, options.share) if only.search(ask.label) or only.search(ask.group)]

    chosen = choose(_asks(known, checkout))
    say(f"{len(chosen)} requests, then what their pages link to")
    comparisons.extend(compare(chosen, old, new, accepted, known.base))
    asked = {ask.target for ask in chosen}
    links = [link for comparison in comparisons for link in comparison.links]
    more = choose(linked(links, asked))
    say(f"{len(more)} links")
    comparisons.extend(compare(more, old, new, accepted, known.base))


def _asks(known: Known, checkout: Path) -> Iterator[Ask]:
    yield from ask_pages(known)
    yield from ask_maps(known)
    yield from ask_queries(known, checkout / "graph" / "queries")
    yield from ask_documents(known)


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
