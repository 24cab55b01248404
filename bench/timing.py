"""Times the edition and the named questions here, and an endpoint as its clients see it; prints, never asserts."""

from __future__ import annotations

import http.client
import itertools
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

import pyoxigraph
from rdflib import Literal
from rdflib.term import Node

from graph.editions.build import build_edition
from graph.editions.cache import open_edition
from graph.errors import StoreError
from graph.iris import Iris
from graph.namespaces import K
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from graph.sparql.named_queries import bind, named_query, query_names
from graph.sparql.query_text import scan

__all__ = ["Client", "bench_table", "requests_per_second", "rows_of"]

_TIMEOUT_S = 120.0
_JSON, _N_TRIPLES = "application/sparql-results+json", "application/n-triples"
_NUMBERS = itertools.count(time.time_ns())


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


class Client:
    """One kept connection to an endpoint; for one thread."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._path = parts.path
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=_TIMEOUT_S)

    def ask(self, text: str) -> bytes:
        """Ask a query by GET and read the whole answer, as JSON or N-Triples.

        Raises
        ------
        StoreError
            The status is not 200, or there is no answer in two minutes.
        """
        is_kept = self._connection.sock is not None
        try:
            try:
                status, body = self._ask(text)
            except ConnectionError:
                self._connection.close()
                if not is_kept:
                    raise
                status, body = self._ask(text)  # servers close what was idle for long, as while another one answered
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise StoreError(f"{self._path} does not answer: {error}") from error
        if status != 200:
            raise StoreError(f"{self._path} answers {status}: {body[:200].decode(errors='replace')}")
        return body

    def _ask(self, text: str) -> tuple[int, bytes]:
        accept = _N_TRIPLES if scan(text).is_graph else _JSON
        self._connection.request("GET", f"{self._path}?query={quote(text, safe='')}", headers={"Accept": accept})
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def milliseconds(self, text: str, *, unique: bool) -> float:
        """Time one query; a unique one has a comment that it never had before, so that no cache knows it."""
        asked = f"{text}\n# {next(_NUMBERS)}" if unique else text
        started = time.perf_counter()
        self.ask(asked)
        return (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def requests_per_second(url: str, text: str, *, unique: bool, clients: int, seconds: float) -> float:
    """Count what `clients` at once get answered, each on its own kept connection."""
    ends = time.monotonic() + seconds
    counts = [0] * clients

    def press(number: int) -> None:
        client = Client(url)
        while time.monotonic() < ends:
            client.milliseconds(text, unique=unique)
            counts[number] += 1
        client.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def rows_of(text: str, answer: bytes) -> Counter[str]:
    """Rows or triples of an answer, in no order; values and languages only, as engines differ in datatypes."""
    if scan(text).is_graph:
        return Counter(str(quad.triple) for quad in pyoxigraph.parse(answer, format=pyoxigraph.RdfFormat.N_TRIPLES))
    answers = pyoxigraph.parse_query_results(answer, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(answers, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in answers.variables]
    return Counter(str([(name, _plain(solution[name])) for name in names]) for solution in answers)


def _plain(term: object) -> tuple[str, str | None]:
    return (str(getattr(term, "value", "")), getattr(term, "language", None))
