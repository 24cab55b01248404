"""A crawl by real clients over HTTP: rdflib reads what each kind of IRI answers, curl asks for each form."""

from __future__ import annotations

import shutil
import subprocess
import urllib.parse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.iris import ONTOLOGY
from tests.conftest import Built
from tests.markup import parse

pytestmark = [pytest.mark.server, pytest.mark.crawl]
PER_KIND = 12
FORMS = {
    "text/turtle": ("ttl", ox.RdfFormat.TURTLE),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
}


@dataclass(frozen=True)
class Answer:
    """What curl got at the end of all redirections."""

    status: int
    content_type: str
    url: str
    redirects: int
    body: bytes


@pytest.fixture(scope="module")
def kinds(real: Built) -> dict[str, list[str]]:
    """Paths of all IRIs of the edition under its base, by kind."""
    start = f"{real.settings.base}/"
    terms = {term.value for quad in real.store.engine for term in quad if isinstance(term, ox.NamedNode)}
    found: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(term for term in terms if term.startswith(start)):
        path = iri.removeprefix(start)
        found[path.split("/")[1]].append(path)
    return found


def curl(url: str, accept: str, *options: str) -> Answer:
    told = "%{stderr}%{http_code}\n%{content_type}\n%{url_effective}\n%{num_redirects}"
    command = ["curl", "--silent", "--location", "--compressed", "--header", f"Accept: {accept}", "--write-out", told]
    done = subprocess.run([*command, *options, url], capture_output=True, timeout=60, check=True)
    status, content_type, reached, redirects = done.stderr.decode().split("\n")
    return Answer(int(status), content_type, reached, int(redirects), done.stdout)


def triples(body: bytes, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(body, format=form)}


def test_edition_has_the_kinds_that_are_crawled(kinds: dict[str, list[str]]) -> None:
    assert {"organizations", "agreements", "statements", "sources", "claims", "schemes", "graphs"} <= set(kinds)
    assert len(kinds) > 25


@pytest.mark.parametrize("per_kind", [2, pytest.param(PER_KIND, marks=pytest.mark.heavy)])
def test_rdflib_reads_each_kind(address: str, kinds: dict[str, list[str]], real: Built, per_kind: int) -> None:
    """Given the IRI alone, rdflib asks for what it can read, follows the 303 and finds triples of the edition."""
    known = {(q.subject.value, q.predicate.value) for q in real.store.engine if isinstance(q.subject, ox.NamedNode)}
    for paths in kinds.values():
        for path in paths[:: max(1, len(paths) // per_kind)]:
            graph = Graph().parse(f"{address}/{path}", format="turtle")
            assert len(graph), path
            assert {(str(s), str(p)) for s, p, _ in graph} <= known, path


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.heavy
class TestCurl:
    def test_each_kind_in_each_form(self, address: str, kinds: dict[str, list[str]]) -> None:
        for kind, paths in kinds.items():
            said = []
            for accept, (suffix, form) in FORMS.items():
                answer = curl(f"{address}/{paths[0]}", accept)
                assert (answer.status, answer.redirects) == (200, 1), (kind, accept)
                assert answer.content_type == f"{accept}; charset=utf-8"
                slug = urllib.parse.urlsplit(answer.url).path.removeprefix("/data/")
                assert slug == f"{paths[0].removeprefix('resource/')}.{suffix}"
                said.append(triples(answer.body, form))
            assert said[0] and said.count(said[0]) == len(FORMS), kind

    def test_each_kind_as_a_page(self, address: str, kinds: dict[str, list[str]]) -> None:
        for kind, paths in kinds.items():
            answer = curl(f"{address}/{paths[0]}", "text/html,application/xhtml+xml,*/*;q=0.8")
            assert (answer.status, answer.content_type) == (200, "text/html; charset=utf-8"), kind
            assert urllib.parse.urlsplit(answer.url).path.startswith("/page/")
            page = parse(answer.body)
            for media_type in FORMS:
                assert page.has(f'link[rel="alternate"][type="{media_type}"][href]'), (kind, media_type)

    @pytest.mark.parametrize("accept", FORMS)
    @pytest.mark.parametrize("path", ["ontology", "shapes"])
    def test_vocabulary(self, address: str, path: str, accept: str) -> None:
        answer = curl(f"{address}/{path}", accept)
        assert (answer.status, answer.content_type) == (200, f"{accept}; charset=utf-8")
        assert len(triples(answer.body, FORMS[accept][1])) > 500

    def test_head_tells_what_get_would(self, address: str) -> None:
        for path in ("data/organizations/saxony.rdf", "ontology.jsonld", "page/organizations/saxony"):
            got, head = curl(f"{address}/{path}", "*/*"), curl(f"{address}/{path}", "*/*", "--head")
            assert (head.status, head.content_type) == (got.status, got.content_type) == (200, got.content_type)
            assert b"etag:" in head.body.lower()

    def test_second_request_is_304(self, address: str, tmp_path: Path) -> None:
        kept = tmp_path / "etag"
        url = f"{address}/data/organizations/saxony.ttl"
        assert curl(url, "*/*", "--etag-save", str(kept)).status == 200
        assert curl(url, "*/*", "--etag-compare", str(kept)).status == 304

    def test_page_from_memory_has_the_same_links(self, address: str) -> None:
        for path in ("page/organizations/saxony", "ontology"):
            heads = [curl(f"{address}/{path}", "text/html", "--head").body.lower().splitlines() for _ in range(2)]
            links = [
                sorted(line for line in head if line.startswith((b"link:", b"content-location:"))) for head in heads
            ]
            assert links[0] == links[1]
            assert b'rel="alternate' in b"".join(links[0]) or b"describedby alternate" in b"".join(links[0])

    def test_iri_that_never_was(self, address: str) -> None:
        answer = curl(f"{address}/resource/organizations/nobody", "text/turtle")
        assert (answer.status, answer.content_type) == (404, "text/plain; charset=utf-8")


def test_version_of_the_ontology_answers(address: str) -> None:
    graph = Graph().parse(f"{address}/ontology", format="turtle")
    version = next(str(iri) for iri in graph.objects(predicate=None) if str(iri).startswith(f"{ONTOLOGY}/"))
    assert len(Graph().parse(f"{address}/ontology{version.removeprefix(ONTOLOGY)}", format="turtle")) == len(graph)
