"""Requests: what they are called, samples of them, and what pages link to."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from math import ceil
from urllib.parse import urlencode, urlsplit

__all__ = [
    "ACCEPTS", "BAD", "BROWSER", "DAYS", "FORM", "LANGUAGES", "RDF", "Ask", "accepting", "address", "headers_of",
    "linked", "links_of", "sampled",
]  # fmt: skip

LEAST = 2  # of each kind, however small the share
MOST_LINKED, MOST_DRAWN = 100, 4  # addresses of the same form that pages link to; those that take long
DRAWN = (".png", ".pdf")
LANGUAGES = ("cs", "en")
DAYS = ("2012-12-31", "2005", "2020-06", "31. 12. 2015", "1995-01-01", "2031-01-01", "2012")
RDF = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml",
       "jsonld": "application/ld+json"}  # fmt: skip
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPTS = (BROWSER, *RDF.values(), "text/csv", "application/json", "*/*", "text/html;q=0.4, text/turtle", "text/*",
           "image/png", "application/xml", "text/turtle;q=0.1, application/ld+json;q=0.9", "nonsense")  # fmt: skip
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BAD = ("", "x", "-1", "0", "999999", "2012-13-45", "%00", "<script>", "ž" * 40, "1e9", "'\"", "../..")
SLUGS = re.compile(r"^(/(?:page|data|resource)/[^/]+|/questions|/changes|/editions|/dump|/s)/.*?(\.\w+)?$")
HTML_LINK = re.compile(r'\b(?:href|src|action)="([^"]+)"')


@dataclass(frozen=True)
class Ask:
    """A request.

    Attributes
    ----------
    group : str
        What it is counted as.
    target : str
        Path and query.
    kind : str
        What it is sampled with; the group when empty.
    again : bool
        Asked a second time with the entity tag of the first answer, and that answer counts.
    """

    group: str
    target: str
    kind: str = ""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    again: bool = False

    @property
    def label(self) -> str:
        """Name of the request, as it is printed and as patterns are matched against."""
        parts = [self.method, self.target]
        parts += [f"[{name}: {value}]" for name, value in self.headers]
        parts += [f"<{self.body[:200]}>"] if self.body else []
        return " ".join(parts) + (" (again)" if self.again else "")


def links_of(body: str, base: str) -> Iterator[str]:
    """Targets of a page that lead to the same server, its assets left out."""
    for link in HTML_LINK.findall(body):
        target = unescape(link).partition("#")[0]
        target = target.removeprefix(base) if target.startswith(f"{base}/") else target
        if target.startswith("/") and not target.startswith(("//", "/static/")):
            yield target


def linked(targets: Iterable[str], asked: set[str]) -> list[Ask]:
    """Ask for links that were not asked for, some of each form: the same path but for slugs, the same parameters."""
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in sorted(set(targets) - asked):
        forms[_form(target)].append(target)
    return [
        Ask("linked", target, f"linked {path}")
        for (path, _names), alike in sorted(forms.items())
        for target in sorted(alike, key=_chance)[: MOST_DRAWN if path.endswith(DRAWN) else MOST_LINKED]
    ]


def _form(target: str) -> tuple[str, str]:
    parts = urlsplit(target)
    path = SLUGS.sub(r"\1/*\2", parts.path)
    return path, ",".join(sorted({part.partition("=")[0] for part in parts.query.split("&") if part}))


def sampled(all_asks: Iterable[Ask], share: float) -> list[Ask]:
    """Take a share of each kind, at least some; always the same ones."""
    kinds: dict[str, dict[str, Ask]] = defaultdict(dict)
    for ask in all_asks:
        kinds[ask.kind or ask.group].setdefault(ask.label, ask)
    taken = []
    for by_label in kinds.values():
        number = max(LEAST, ceil(share * len(by_label))) if share < 1 else len(by_label)
        chosen = set(sorted(by_label, key=_chance)[:number])
        taken += [ask for label, ask in by_label.items() if label in chosen]
    return taken


def _chance(text: str) -> int:
    return zlib.crc32(text.encode())


def address(path: str, **parameters: str) -> str:
    """Write a path with parameters, those that are empty left out."""
    written = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{written}" if written else path


def accepting(group: str, target: str, accept: str, kind: str = "") -> Ask:
    """Ask for a media type."""
    return Ask(group, target, kind, headers=(("Accept", accept),))


def headers_of(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give headers as a request keeps them."""
    return tuple(given.items())
