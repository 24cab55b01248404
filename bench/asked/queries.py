"""Queries in each form of a result, refused ones, kept addresses, and reconciliation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import unquote, urlencode

from bench.asked.known import Known
from bench.asked.requests import ACCEPTS, BROWSER, FORM, LANGUAGES, RDF, Ask, accepting, address, headers_of

__all__ = ["ask_queries"]

RESULT_FORMS = ("json", "xml", "csv", "tsv", "ttl", "nt", "rdf", "jsonld")
RESULT_TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                "text/tab-separated-values", "application/json", "text/html", BROWSER, *RDF.values())  # fmt: skip
PREFIXES = "PREFIX k: <https://w3id.org/krajina/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
QUERIES = {
    "count": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "ask": f"{PREFIXES}ASK {{ ?a a k:Agreement }}",
    "few": f"{PREFIXES}SELECT ?a ?p WHERE {{ ?a k:party ?p }} ORDER BY ?a ?p LIMIT 20",
    "many": f"{PREFIXES}SELECT ?s ?l WHERE {{ ?s skos:prefLabel ?l }} ORDER BY ?s ?l LIMIT 3000",
    "construct": f"{PREFIXES}CONSTRUCT {{ ?a k:party ?p }} WHERE {{ ?a k:party ?p }} ORDER BY ?a ?p LIMIT 50",
    "graphs": "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "none": f"{PREFIXES}SELECT ?x WHERE {{ ?x k:nothing ?y }}",
    "blank": "SELECT ?b ?x WHERE { BIND(BNODE() AS ?b) VALUES ?x { 1 2.5 true \"a\"@cs <urn:x> UNDEF } }",
    "years": f"{PREFIXES}SELECT ?year (COUNT(?a) AS ?agreements) WHERE {{ ?a a k:Agreement ; k:signed ?d "
             "BIND(SUBSTR(STR(?d), 1, 4) AS ?year) } GROUP BY ?year ORDER BY ?year",
    "day": f"{PREFIXES}SELECT ?a ?on WHERE {{ VALUES ?on {{ UNDEF }} ?a a k:Agreement }} ORDER BY ?a LIMIT 5",
}  # fmt: skip
FAULTY = ("", "SELECT", "SELECT * WHERE { ?s ?p }", "nonsense", "DROP ALL", "DESCRIBE <urn:x>",
          "SELECT * WHERE { ?s x:y ?o }",
          "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "(" * 300,
          "ASK { ?s ?p ?o } #" + "x" * 600_000,
          "SELECT * FROM <urn:x> WHERE { ?s ?p ?o }", "SELECT ?a ?a WHERE {}",
          "INSERT DATA { <urn:a> <urn:b> 1 }")  # fmt: skip


def ask_queries(known: Known, folder: Path) -> Iterator[Ask]:
    """Give examples, queries of our own and those in files of `folder`, then reconciliation."""
    yield from _sparql(known)
    yield from _reconciliation(known)
    for path in sorted(folder.glob("*.rq")):
        yield _query("named query", path.read_text("utf-8"))


def _sparql(known: Known) -> Iterator[Ask]:
    for text in [*known.queries.values(), *QUERIES.values()]:
        for accept in RESULT_TYPES:
            yield _query("sparql", text, accept)
        for suffix in RESULT_FORMS:
            yield Ask("sparql", address(f"/sparql.{suffix}", query=text), "sparql suffix")
            yield Ask("sparql", address("/sparql", query=text, format=suffix), "sparql format")
        for view in ("", "network", "map", "timeline", "bars", "table"):
            for code in LANGUAGES:
                yield accepting("sparql page", address("/sparql", query=text, view=view, lang=code), BROWSER)
            yield Ask("sparql page", address("/sparql/embed", query=text, view=view))
        for more in ({"format": "xlsx"}, {"format": "csv-excel"}, {"iris": "1"}, {"on": "2012-12-31"}, {"page": "2"},
                     {"iris": "1", "lang": "en", "on": "2005"}, {"sort": "partner"}, {"sort": "-partner"}):  # fmt: skip
            yield accepting("sparql page", address("/sparql", query=text, **more), BROWSER, "sparql page more")
        body = urlencode({"query": text})
        yield Ask("sparql", "/sparql", "sparql post", "POST", headers_of(FORM), body)
        plain = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
        yield Ask("sparql", "/sparql", "sparql post", "POST", headers_of(plain), text)
        yield Ask("sparql", address("/sparql.json", query=text, on="2012-12-31"), "sparql suffix")
    for text in FAULTY:
        for accept in (*RESULT_TYPES[:3], BROWSER, "application/problem+json", "text/turtle"):
            yield _query("sparql error", text, accept)
    graph = f"{known.base}/resource/graphs/agreements"
    text = QUERIES["count"]
    for more in ({"default-graph-uri": graph}, {"named-graph-uri": graph}, {"default-graph-uri": "x y"},
                 {"default-graph-uri": graph, "named-graph-uri": graph}):  # fmt: skip
        yield Ask("sparql", address("/sparql", query=text, **more), "sparql graphs")
    yield from (accepting("sparql", "/sparql", accept, "service description") for accept in ACCEPTS)
    for headers, body in (({"Content-Type": "text/plain"}, text), (FORM, ""), (FORM, "query=a&query=b"),
                          (FORM, "update=CLEAR ALL"), ({"Content-Type": "application/sparql-update"}, "CLEAR ALL"),
                          ({"Content-Type": "application/sparql-query"}, "")):  # fmt: skip
        yield Ask("sparql error", "/sparql", "", "POST", headers_of(headers), body)
    for target in ("/sparql?query=a&query=b", "/sparql?update=x", "/sparql?query=%FF", "/sparql.xyz?query=ASK{}",
                   "/sparql/embed", "/sparql?format=json", "/sparql.json"):  # fmt: skip
        yield Ask("sparql error", target)
    for terms in (
        "/sparql/terms.json",
        "/sparql/names.json",
        "/sparql/names.json?prefix=sas",
        "/sparql/names.json?q=dr",
    ):
        yield from (Ask("sparql", terms + ("&" if "?" in terms else "?") + f"lang={code}") for code in LANGUAGES)
    for text in islice(known.queries.values(), 4):
        body = urlencode({"query": text, "view": "bars"})
        yield Ask("short link", "/s", "short link", "POST", headers_of(FORM), body)
        json_headers = headers_of({**FORM, "Accept": "application/json"})
        yield Ask("short link", "/s", "short link", "POST", json_headers, body)
    yield Ask("short link", "/s", "", "POST", headers_of(FORM), "")
    yield Ask("short link", "/s", "", "POST", headers_of(FORM), "query=" + "x" * 40_000)
    yield Ask("short link", "/s/nothing")
    yield Ask("short link", "/s")


def _reconciliation(known: Known) -> Iterator[Ask]:
    names = [slug.replace("-", " ") for slug in known.slugs("organizations")]
    types = ("Municipality", "Organization", "Agreement", "Project", "Region", "nonsense", "")
    kinds = cycle(types)
    for place in range(0, len(names), 10):
        queries = {
            f"q{n}": {"query": name, "type": next(kinds), "limit": 3} for n, name in enumerate(names[place:][:10])
        }
        yield Ask("reconcile", address("/reconcile", queries=json.dumps(queries)), "reconcile queries")
    for code in LANGUAGES:
        yield Ask("reconcile", address("/reconcile", lang=code))
        for kind in types:
            yield Ask("reconcile", address("/reconcile/properties", type=kind, lang=code))
            yield Ask("reconcile", address("/reconcile/properties", type=kind, lang=code, limit="2"))
        for name in ("entity", "type", "property"):
            for prefix in ("", "a", "s", "sas", "Dráž", "m", "p", "zzz"):
                for cursor in ("", "2", "20", "x", "-1"):
                    target = address(f"/reconcile/suggest/{name}", prefix=prefix, cursor=cursor, lang=code)
                    yield Ask("reconcile", target, f"reconcile suggest {name}")
        for kind, slug in known.resources[::23]:
            yield Ask(
                "reconcile", address("/reconcile/preview", id=f"{kind}/{unquote(slug)}", lang=code), "reconcile preview"
            )
    ids = [f"organizations/{slug}" for slug in known.slugs("organizations")[::20]]
    for properties in (["country"], ["kind", "website"], ["lat", "long", "nothing"], []):
        extend = json.dumps({"ids": ids, "properties": [{"id": name} for name in properties]})
        yield Ask(
            "reconcile", "/reconcile", "reconcile extend", "POST", headers_of(FORM), urlencode({"extend": extend})
        )
        yield Ask("reconcile", address("/reconcile", extend=extend, lang="en"), "reconcile extend")
    constrained = {"q": {"query": "Dresden", "properties": [{"pid": "country", "v": "DE"}]}, "z": {"query": ""}}
    yield Ask("reconcile", address("/reconcile", queries=json.dumps(constrained)))
    yield Ask("reconcile", "/reconcile", "", "POST", headers_of(FORM), urlencode({"queries": json.dumps(constrained)}))
    for bad in ("x", "[]", "{", json.dumps({f"q{n}": {"query": "a"} for n in range(51)}), '{"q": 1}', '{"q": {}}'):
        yield Ask("reconcile", address("/reconcile", queries=bad), "reconcile bad")
        yield Ask("reconcile", address("/reconcile", extend=bad), "reconcile bad")
        yield Ask("reconcile", address("/reconcile", queries=bad, callback="f"), "reconcile bad")
    yield Ask("reconcile", "/reconcile/preview?id=nothing")


def _query(group: str, text: str, accept: str = RESULT_TYPES[0]) -> Ask:
    return accepting(group, address("/sparql", query=text), accept)
