"""What holds on every page: links with a fragment land, those who list pages find a description and may read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.apps import client_of
from tests.conftest import Built
from tests.effort import heavy
from tests.markup import Element, parse

pytestmark = [pytest.mark.crawl, pytest.mark.slow]
LOC = re.compile("<loc>([^<]+)</loc>")
# Beside those of the sitemap.
MORE = (
    "/map?view=table", "/map?view=geo", "/map?sel=mustermark", "/agreements?on=2012", "/path?from=lhota&to=mustermark",
    "/search?q=vzor", "/analysis/measures", "/ontology", "/shapes", "/page/agreements/agr-muster-2008?on=2012",
)  # fmt: skip


@pytest.fixture(scope="module", params=[("small", 7), *heavy(("small", 1), ("real", 1))], ids=str)
def of_share(request: pytest.FixtureRequest) -> tuple[Built, int]:
    """Give a part of the pages of the miniature; with the heavy tests all, and all of the published tables."""
    name, share = request.param
    return request.getfixturevalue(name), share


@pytest.fixture(scope="module")
def built(of_share: tuple[Built, int]) -> Built:
    return of_share[0]


@pytest.fixture(scope="module")
def client(built: Built) -> FlaskClient:
    return client_of(built)


@pytest.fixture(scope="module")
def listed(client: FlaskClient, built: Built) -> list[str]:
    """Paths with arguments of all pages of the sitemap, in both languages."""

    def found(address: str) -> Iterator[str]:
        for location in LOC.findall(client.get(address).text):
            path = location.removeprefix(built.settings.base).replace("&amp;", "&")
            yield from found(path) if path.endswith(".xml") else [path]

    return list(found("/sitemap.xml"))


@pytest.fixture(scope="module")
def pages(client: FlaskClient, listed: list[str], of_share: tuple[Built, int]) -> dict[str, Element]:
    more = [f"{path}{'&' if '?' in path else '?'}lang={code}" for path in MORE for code in ("cs", "en")]
    return {path: parse(client.get(path).text) for path in [*listed[:: of_share[1]], *more]}


def test_links_with_a_fragment_land(client: FlaskClient, pages: dict[str, Element]) -> None:
    @cache
    def anchors(address: str) -> frozenset[str]:
        answer = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        return frozenset(re.findall(r'\bid="([^"]*)"', answer.text)) if answer.status_code == 200 else frozenset()

    broken: dict[str, str] = {}
    count = 0
    for path, page in pages.items():
        for href in page.values("a", "href"):
            target, fragment = urldefrag(href)
            if not fragment or urlsplit(target).netloc:
                continue
            count += 1
            if unquote(fragment) not in anchors(target or path):
                broken.setdefault(href, path)
    assert broken == {}
    assert count > len(pages)  # each has one at least, which skips to the content


def test_each_page_has_a_description_of_its_own(pages: dict[str, Element]) -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for path, page in pages.items():
        if page.has('meta[http-equiv="refresh"]') or not page.has('link[rel="canonical"]'):
            continue
        (description,) = page.values('meta[name="description"]', "content")
        assert 20 < len(description) < 500, path
        told[description].add(page.values('link[rel="canonical"]', "href")[0].partition("?")[0])
    assert len(told) > len(pages) / 3


def test_robots_may_read_what_the_sitemap_offers(client: FlaskClient, listed: list[str]) -> None:
    rules = [line.split(": ", 1) for line in client.get("/robots.txt").text.splitlines() if "llow: " in line]
    assert [path for path in listed if not may_read(rules, path)] == []
    assert not may_read(rules, "/map?lang=cs&sel=mustermark")
    assert not may_read(rules, "/search?q=x")
    assert not may_read(rules, "/agreements?lang=cs&on=2012")
    assert not may_read(rules, "/sparql?query=ASK%7B%7D")


def may_read(rules: list[list[str]], path: str) -> bool:
    """Tell whether the longest rule that fits allows a path; of two as long the one that allows (RFC 9309, 2.2.2)."""
    fitting = [(len(rule), kind == "Allow") for kind, rule in rules if re.match(_pattern(rule), path)]
    return max(fitting, default=(0, True))[1]


def _pattern(rule: str) -> str:
    ended = rule.endswith("$")
    return ".*".join(map(re.escape, rule.removesuffix("$").split("*"))) + ("$" if ended else "")


def test_forms_stand_within_landmarks(pages: dict[str, Element]) -> None:
    """In the header, the foot or the content, or with a name of their own, which makes a landmark of a form."""
    for path, page in pages.items():
        assert page.all("body > :not(main, header, footer) form:not([aria-label])") == [], path


def test_tables_keep_their_own_roles(pages: dict[str, Element]) -> None:
    """The script of the shell sets those that rows lose where they fold; in the markup they are not valid."""
    given = "table[role], thead[role], tbody[role], tr[role], th[role], td[role]"
    assert [path for path, page in pages.items() if page.has(given)] == []
