"""Invented data in the shape of the graph, of any size, for the comparison of SPARQL endpoints."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

import pyoxigraph

from graph.errors import StoreError
from graph.sparql.query_text import scan

__all__ = ["SIZES", "Client", "requests_per_second", "rows_of", "triples", "write_data"]

SIZES = {"S": 400, "M": 40_000}  # agreements: about 10 thousand and 1 million triples

_BASE = "https://example.org/bench/"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_TERMS = "http://purl.org/dc/terms/"
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_SYLLABLES = ("dub", "no", "kre", "šov", "li", "tice", "bra", "vel", "há", "jek", "rov", "mo", "most", "dě", "ny")
_CLASSES = ("Town",) * 9 + ("Association",) * 5 + ("School",) * 3 + ("Chamber",) * 2 + ("Company",)
_AREAS, _ORGANIZATIONS_PER_AGREEMENT = 24, 0.55


def write_data(size: str, path: Path) -> int:
    """Write data as N-Triples, always the same bytes for a size; return the number of triples."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as target:
        for triple in triples(SIZES[size]):
            target.write(triple)
            count += 1
    return count


def triples(agreements: int) -> Iterator[str]:
    """Invent that many agreements and what they need, as lines of N-Triples."""
    chance = Random(2012)
    countries, regions = max(12, agreements // 300), max(30, agreements // 12)
    organizations = max(120, int(agreements * _ORGANIZATIONS_PER_AGREEMENT))
    for number in range(countries):
        yield from _thing(f"country-{number}", "Country", _LABEL, f"Země {_name(chance)}")
    for number in range(regions):
        yield from _thing(f"region-{number}", "Region", _LABEL, f"Kraj {_name(chance)}")
        yield _link(f"region-{number}", f"{_TERMS}isPartOf", f"country-{_often_low(chance, countries, 2.2)}")
    for number in range(_AREAS):
        yield from _thing(f"area-{number}", "Area", _PREF_LABEL, f"Oblast {_name(chance)}")
    for number in range(organizations):
        yield from _organization(chance, number, regions)
    for number in range(agreements):
        yield from _agreement(chance, number, organizations)


def _organization(chance: Random, number: int, regions: int) -> Iterator[str]:
    iri, name = f"organization-{number}", _name(chance)
    kind = chance.choice(_CLASSES)
    yield from _thing(iri, kind, _PREF_LABEL, f"{kind} {name}")
    if chance.random() < 0.65:
        yield _text(iri, _PREF_LABEL, f"{kind} of {name}", "@en")
    yield _link(iri, _RDF_TYPE, "Organization")
    yield _link(iri, f"{_TERMS}isPartOf", f"region-{_often_low(chance, regions, 1.6)}")
    yield _text(iri, f"{_TERMS}identifier", f"{10_000_000 + number}")


def _agreement(chance: Random, number: int, organizations: int) -> Iterator[str]:
    iri, year = f"agreement-{number}", chance.randint(1990, 2025)
    yield from _thing(iri, "Agreement", f"{_TERMS}title", f"Dohoda {number} ({_name(chance)})")
    if chance.random() < 0.5:
        yield _text(iri, f"{_TERMS}title", f"Agreement {number}", "@en")
    yield _text(iri, f"{_BASE}begin", _day(chance, year), f"^^<{_DATE}>")
    if chance.random() < 0.4:
        yield _text(iri, f"{_BASE}end", _day(chance, year + chance.randint(1, 12)), f"^^<{_DATE}>")
    parties = 2 if chance.random() < 0.72 else 3 + min(9, int(chance.expovariate(0.6)))
    found: dict[int, None] = {}
    while len(found) < parties:
        found[_often_low(chance, organizations, 2.6)] = None
    for party in found:
        yield _link(iri, f"{_BASE}party", f"organization-{party}")
    for area in sorted({_often_low(chance, _AREAS, 1.5) for _ in range(chance.randint(1, 3))}):
        yield _link(iri, f"{_BASE}area", f"area-{area}")
    yield _link(iri, f"{_TERMS}references", f"document-{number}")
    yield from _thing(f"document-{number}", "Document", f"{_TERMS}title", f"Smlouva {_name(chance)}")
    yield _text(f"document-{number}", f"{_TERMS}issued", _day(chance, year), f"^^<{_DATE}>")
    for event in range(chance.choice((0, 1, 1, 2))):
        yield from _thing(f"event-{number}-{event}", "Event", _LABEL, f"Akce {_name(chance)}")
        yield _link(f"event-{number}-{event}", f"{_BASE}under", iri)
        yield _text(f"event-{number}-{event}", f"{_BASE}begin", _day(chance, year), f"^^<{_DATE}>")


def _often_low(chance: Random, below: int, power: float) -> int:
    """Choose a number by a power law, so that few are chosen often, as in real networks."""
    return min(below - 1, int(below * chance.random() ** power))


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _day(chance: Random, year: int) -> str:
    return f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _thing(name: str, kind: str, label: str, text: str) -> Iterator[str]:
    yield _link(name, _RDF_TYPE, kind)
    yield _text(name, label, text, "@cs")


def _link(name: str, predicate: str, target: str) -> str:
    return f"<{_BASE}{name}> <{predicate}> <{_BASE}{target}> .\n"


def _text(name: str, predicate: str, text: str, kind: str = "") -> str:
    return f'<{_BASE}{name}> <{predicate}> "{text}"{kind} .\n'


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
