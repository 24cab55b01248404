"""Clients of SPARQL endpoints for the comparison: one that keeps the time, and eight that press."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections import Counter
from urllib.parse import quote, urlsplit

import pyoxigraph

from graph.errors import StoreError
from graph.sparql.query_text import scan

__all__ = ["Client", "requests_per_second", "rows_of"]

_TIMEOUT_S = 120.0
_JSON, _N_TRIPLES = "application/sparql-results+json", "application/n-triples"
_NUMBERS = itertools.count(time.time_ns())


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
    found = pyoxigraph.parse_query_results(answer, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return Counter(str([(name, _plain(solution[name])) for name in names]) for solution in found)


def _plain(term: object) -> tuple[str, str | None]:
    return (str(getattr(term, "value", "")), getattr(term, "language", None))
