"""Documents about the data, dumps, editions; then errors, methods, languages and conditional requests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from bench.asked.known import Known
from bench.asked.requests import ACCEPTS, BAD, BROWSER, LANGUAGES, RDF, Ask, accepting, address, headers_of

__all__ = ["ask_documents"]


def ask_documents(known: Known) -> Iterator[Ask]:
    """Give documents about the data, then what is refused and what is asked again."""
    yield from _data_documents(known)
    yield from _editions(known)
    yield from _documented(known)
    yield from _errors(known)
    yield from _conditional(known)


def _data_documents(known: Known) -> Iterator[Ask]:
    for path in ("/ontology", "/shapes", "/catalog", "/.well-known/void", "/void", "/editions", "/openapi", "/context",
                 "/.well-known/sparql-examples", "/changes", "/licence", "/opensearch"):  # fmt: skip
        for accept in ACCEPTS:
            yield accepting("document", path, accept)
        for suffix in (*RDF, "html", "json", "xml", "atom", "xyz"):
            for code in LANGUAGES:
                yield Ask("document", f"{path}.{suffix}?lang={code}")
    for path in ("/context.jsonld", "/robots.txt", "/.well-known/security.txt", "/opensearch.xml", "/openapi.json",
                 "/api",
                 "/catalog/dcat-ap-cz.jsonld", "/version", "/healthz", "/readyz", "/changes.atom", "/favicon.ico",
                 "/ontology/1.0.0", "/ontology/x", "/catalog/x", "/catalog/datasets/x", "/sitemap-x.xml"):  # fmt: skip
        yield from (Ask("document", address(path, lang=code)) for code in ("", *LANGUAGES))
    for name in [*known.dumps, "SHA256SUMS", "nothing", "../x", "tables/x.csv"]:
        for start in ("", "{edition}/", "{before}/", "0000000000000000/"):
            yield Ask("dump", f"/dump/{start}{name}")
    for name in ("krajina.nq", "krajina.csv", "tables/agreements.csv", "krajina.nq.gz"):
        yield Ask("dump", f"/dump/{name}", headers=(("Range", "bytes=0-99"),))
        yield Ask("dump", f"/dump/{name}", headers=(("Range", "bytes=999999999-"),))
        yield Ask("dump", f"/dump/{name}", method="HEAD")
    for organization in known.slugs("organizations"):
        yield Ask("feed", f"/changes/{organization}.atom")
        yield Ask("feed", f"/changes/{organization}.atom?lang=en")
    yield Ask("feed", "/changes/nobody.atom")


def _editions(known: Known) -> Iterator[Ask]:
    for edition in ("{edition}", "{before}", "0000000000000000", "x"):
        for code in LANGUAGES:
            yield accepting("edition", f"/editions/{edition}?lang={code}", BROWSER)
        for accept in ACCEPTS:
            yield accepting("edition", f"/editions/{edition}", accept)
        for side in ("added", "removed", "x"):
            yield Ask("edition", f"/editions/{edition}/{side}.nq")
            yield Ask("edition", f"/editions/{edition}/{side}.nq", headers=(("Accept-Encoding", "gzip"),))


def _documented(known: Known) -> Iterator[Ask]:
    """Ask for all of the OpenAPI document: paths bare, each parameter with its listed values and with two bad ones."""
    bad = cycle(filter(None, BAD))
    for path, parameters in known.parameters.items():
        if "{" in path:
            continue
        yield Ask("documented", path)
        for name, values in parameters.items():
            yield from (Ask("documented", address(path, **{name: value})) for value in values)
            yield from (Ask("documented", address(path, **{name: value}), "documented bad") for value in islice(bad, 2))


def _errors(known: Known) -> Iterator[Ask]:
    accepts = (BROWSER, "application/json", "application/problem+json", "text/plain", "text/turtle", "image/png")
    missing = [
        "/nothing", "/page", "/page/organizations/nobody", "/page/x/y", "/data/organizations/nobody.ttl",
        "/questions/x", "/map.xyz", "/static/nothing.js", "/organizations.xyz", "/agreements?on=x", "/map?v=9",
        "/map?focus=nobody", "/path.json", "/%FF", "/organizations/", "//organizations", "/Organizations",
        "/data/organizations/saxony.xyz", "/s/", "/dump/", "/dump", "/sitemap-nothing.xml", "/map?versus=x",
        "/editions/x", "/changes/x.atom",
    ]  # fmt: skip
    for target in missing:
        for accept in accepts:
            yield accepting("error", target, accept, "error")
        yield Ask("error", target + ("&" if "?" in target else "?") + "lang=en", "error")
    targets = [
        "/", "/agreements", "/map", "/map.svg", "/page/organizations/saxony", "/data/organizations/saxony.ttl",
        "/sparql", "/reconcile", "/s", "/dump/krajina.nq", "/ontology", "/version", "/questions/partners",
        "/static/x",
    ]  # fmt: skip
    for target in targets:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"):
            yield Ask("method", target, "method", method)
        yield Ask("method", target, "method", "POST", headers_of({"Content-Type": "text/plain"}), "x")
        yield Ask(
            "method",
            target,
            "method",
            "OPTIONS",
            headers_of({"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}),
        )
        yield Ask("method", target, "method", "GET", headers_of({"Origin": "https://example.org"}))
    for target in ("/", "/agreements", "/map", "/page/organizations/saxony", "/about", "/questions/partners"):
        for languages in ("en", "cs", "de", "en-GB;q=0.8, cs;q=0.9", "*", "de, en;q=0.1", "x" * 300):
            yield Ask("language", target, "language", headers=(("Accept-Language", languages),))
        yield from (Ask("language", f"{target}?lang={code}", "language") for code in ("de", "", "EN", "en&lang=cs"))
        yield Ask("language", target, "language", headers=(("Cookie", "lang=en"),))


def _conditional(known: Known) -> Iterator[Ask]:
    targets = [
        "/", "/map", "/map.svg", "/map.png", "/map.pdf", "/map.json", "/agreements",
        "/agreements.csv", "/agreements.json", "/dump/krajina.nq", "/dump/krajina.nq.gz",
        "/dump/SHA256SUMS", "/ontology", "/ontology.ttl", "/catalog.ttl", "/.well-known/void", "/version",
        "/openapi.json", "/search?q=a", "/sparql?query=ASK%7B%7D", "/reconcile", "/changes.atom",
        "/editions.json", "/sitemap.xml", "/robots.txt", "/questions/partners", "/path?from=saxony&to=aebr",
        "/map/whole.json", "/context.jsonld", "/data/organizations/saxony.ttl",
        "/data/organizations/saxony.csv", "/analysis/measures", "/map/embed", "/editions/{edition}/added.nq",
        "/sparql", "/map.html",
    ]  # fmt: skip
    targets += [path for part, paths in known.pages.items() if part != "pages" for path in paths[:2]]
    for target in targets:
        yield Ask("conditional", target, again=True)
        yield Ask("conditional", target, method="HEAD")
        yield Ask("conditional", target, headers=(("If-None-Match", '"other"'),))
        yield Ask("conditional", target, headers=(("Accept-Encoding", "gzip"),))
        yield Ask("conditional", target, headers=(("Accept-Encoding", "br, gzip;q=0.5"),))
        yield Ask("conditional", target, headers=(("Accept-Encoding", "br"),), again=True)
