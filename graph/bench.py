"""Times an edition and the named questions; prints medians, never asserts them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from graph.build import build_edition
from graph.edition_cache import open_edition
from graph.iris import Iris
from graph.library import read_library
from graph.named_queries import named_query, query_names
from graph.network import build_network
from graph.settings import Settings
from graph.store import MemoryStore

__all__ = ["bench_table"]


def bench_table(settings: Settings, rounds: int) -> str:
    """Time the edition (built once, cold) and each question (median of `rounds`), as text lines."""
    return "\n".join(f"{milliseconds:10.1f} ms  {what}" for what, milliseconds in _timings(settings, rounds))


def _timings(settings: Settings, rounds: int) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        cold = replace(settings, cache=Path(folder))
        yield (
            "edition: read, check with SHACL, derive, write",
            _ms(lambda: build_edition(cold, Path(folder) / "one"), 1),
        )
    edition = open_edition(settings)
    yield "edition: open from the cache", _ms(lambda: open_edition(settings), rounds)
    yield "edition: load into memory", _ms(edition.open, rounds)
    store = edition.open()
    library = read_library(store, Iris(settings.base), settings.home)
    yield "records: read all", _ms(lambda: read_library(store, library.iris, settings.home), rounds)
    yield "network: build", _ms(lambda: build_network(store, library), rounds)
    for name in query_names():
        yield f"question: {name}", _ms(lambda name=name: _ask(store, name), rounds)  # type: ignore[misc]


def _ask(store: MemoryStore, name: str) -> object:
    query = named_query(name)
    return store.construct(query.text) if "CONSTRUCT" in query.text else store.select(query.text)


def _ms(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
