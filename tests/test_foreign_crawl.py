"""Over five files of others, every link that a page has leads to something, with its fragment, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.editions.edition import file_edition
from graph.settings import Settings
from graph.sparql.engines.memory import MemoryStore
from tests.apps import client_of
from tests.conftest import Built
from tests.markup import Element, parse

pytestmark = pytest.mark.crawl
BASE = "http://base.example"
FILES = {
    "URNs": """
        @prefix x: <urn:example:> .
        x:most a x:Bridge , <urn:uuid:0d2f6f1a-0000-4000-8000-000000000001> ; x:over x:river .
        x:most x:name "Most"@cs , "Bridge" .
        x:river a x:River ; x:name "Řeka"@cs ; x:flows "1.50"^^<urn:example:metres> .
        <urn:isbn:0-000-00000-0> x:about x:most ; <tag:example.org,2026:title> "Mosty, řeky" .
        <mailto:nobody@example.org> x:knows <tel:+420-000-000-000> .
    """,
    "graphs named by blank nodes": """
        @prefix x: <http://example.org/> .
        _:g { x:a a x:K ; x:b "first" ; x:c [ x:d x:e ] }
        _:h { x:a x:b "second" . x:e a x:K }
        x:named { x:a x:b "third" . _:g x:d "a graph" }
        { x:a x:b "fourth" }
    """,
    "triples about triples": """
        @prefix x: <http://example.org/> .
        << x:a x:b x:c ~ x:claim >> x:certainty 0.9 ; x:from [ a x:Source ] .
        x:claim a x:Claim .
        x:a x:said <<( x:a x:b <<( x:c x:d "deep"@cs )>> )>> ; x:b "right to left"@ar--rtl .
        _:r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( x:a x:b x:c )>> .
    """,
    "names and characters that others cannot hold": r"""
        @prefix p: <http://example.org/p/> .
        <http://example.org/a> p:123 'o' ; <http://example.org/properties:p> 'o' ; <http://example.org/q/> 'o' ;
            <http://example.org/q#> 'o' ; p:x 'a\u0000b\u0008\uFFFE z' , 'c\rd\r\ne' , '\u202Edcba' ;
            a <http://example.org/K?a=b&c=d#e> , <http://example.org/ř> , <http://example.org/%C5%99> ;
            p:to <http://example.org/a,b'c;d(e)> , <http://example.org/a%2Fb> , <http://example.org/#top> .
        <http://example.org/#top> p:x 'with a fragment' . <http://example.org/%22%3E%3Cb%3E> p:x '"><b>' .
    """,
    "blank nodes and own IRIs": f"""
        @prefix x: <http://example.org/> . @prefix r: <{BASE}/resource/> .
        [] a [ a x:Class ; x:name "no name" ] ; x:b [ x:c [ x:d x:e ] ] .
        [ a x:K ] x:b x:only-named-here . x:f a [] . x:list x:members ( x:one [ x:b "two" ] "three" ) .
        r:things\\/a\\+b a x:K ; x:b <{BASE}/resource/things/c:d> , <{BASE}/data/x> .
        x:f x:home <{BASE}/resource/things/ř~\\u00E9> .
        x:f x:home <{BASE}/> .
        <{BASE}/resource/things/ř~\\u00E9> x:b "own" . <{BASE}/resource/things/c:d> a x:K ; x:b "own too" .
        _:self x:b _:self .
    """,
}
ASKED = quote("SELECT * { ?s ?p ?o }")


@pytest.fixture(scope="module", params=[*FILES])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("foreign")
    file = folder / "file.trig"
    file.write_text(FILES[request.param], encoding="utf-8")
    settings = Settings(base=BASE, home="", cache=folder / "cache", state=folder / "state")
    with MemoryStore() as store:
        store.load(file)
        yield client_of(Built(settings, file_edition([file], len(store.engine)), store), has_tables=False)


@pytest.mark.parametrize("language", ["cs", pytest.param("en", marks=pytest.mark.heavy)])
def test_no_link_is_dead(client: FlaskClient, language: str) -> None:
    @cache
    def got(address: str) -> TestResponse:
        return client.get(address, headers={"Accept": "text/html, */*;q=0.5"}, follow_redirects=True)

    waiting, met = [f"/?lang={language}", f"/sparql?query={ASKED}&lang={language}", *named(client, language)], set()
    dead: dict[str, str] = {}
    pages = 0
    while waiting:
        page = waiting.pop()
        if page in met:
            continue
        met.add(page)
        answer = got(page)
        assert answer.status_code == 200, (page, answer.text[:300])
        if answer.mimetype != "text/html":
            continue
        pages += 1
        for link in links(parse(answer.text), answer.request.url):
            target, fragment = urldefrag(link)
            there = got(target or page)
            refused = there.status_code == 501 and there.text
            if there.status_code != 200 and not refused:
                dead.setdefault(link, f"{there.status_code} from {page}")
            elif fragment and unquote(fragment) not in anchors(there):
                dead.setdefault(link, f"no such place, from {page}")
            elif there.status_code == 200 and is_crawled(target):
                waiting.append(target)
    assert dead == {}
    assert pages > 5


def named(client: FlaskClient, language: str) -> list[str]:
    """Addresses of the pages of what the triples name; what is a property alone has none."""
    rows = json.loads(client.get(f"/sparql?query={ASKED}&format=json").data)["results"]["bindings"]
    iris = {term["value"] for row in rows for name, term in row.items() if name != "p" and term["type"] == "uri"}
    return [f"/resource?iri={quote(iri)}&lang={language}" for iri in sorted(iris)]


def links(page: Element, address: str) -> Iterator[str]:
    """Find what a page leads to on this site, and what it is made of."""
    for kind, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
        for value in page.values(kind, attribute):
            absolute = urljoin(address, unescape(value))
            start = urljoin(address, "/")
            if absolute.startswith(start):
                yield absolute.removeprefix(start[:-1])


def anchors(answer: TestResponse) -> set[str]:
    return {unescape(found) for found in re.findall(r'\b(?:id|name)="([^"]*)"', answer.text)} | {"top"}


def is_crawled(address: str) -> bool:
    """Whether links of a page are followed further: those of records and of all that is not a choice of a form."""
    return urlsplit(address).path in ("/", "/resource", "/about", "/download") or address.startswith(
        ("/page", "/resource/")
    )
