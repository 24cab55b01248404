"""Times an edition and the named questions; prints medians, never asserts them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from rdflib import Literal
from rdflib.term import Node

from graph.editions.build import build_edition
from graph.editions.cache import open_edition
from graph.iris import Iris
from graph.namespaces import K
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import bind, named_query, query_names
from graph.sparql.query_text import scan

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
    sample = _sample(library)
    for name in query_names():
        query = named_query(name)
        text = bind(query, {p: sample[p] for p in query.parameters if p in sample})
        yield f"question: {name}", _ms(lambda text=text: _ask(store, text), rounds)  # type: ignore[misc]


def _sample(library: Library) -> dict[str, str | date | Node]:
    """Give values for parameters without which a question is about everything: the home region, today."""
    home, agreement = library.home, next(iter(library.agreements), "")
    return {
        "iri": home, "home": home, "subject": home, "start": home, "organization": home, "agreement": agreement,
        "source": next(iter(library.sources), ""), "class": K.Agreement, "language": Literal("cs"),
        "on": date.today(),
    }  # fmt: skip


def _ask(store: MemoryStore, text: str) -> object:
    form = scan(text)
    if form.is_graph:
        return store.construct(text)
    return store.ask(text) if form.form == "ASK" else store.select(text)


def _ms(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)
