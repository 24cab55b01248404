"""Pages of records, lists, paths, questions and the search, with their machine twins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote, unquote, urlencode

from bench.asked.known import LISTS, Known
from bench.asked.requests import ACCEPTS, BAD, BROWSER, DAYS, LANGUAGES, RDF, Ask, accepting, address

__all__ = ["ask_pages"]

LIST_FORMS = ("csv", "json", "xlsx")


def ask_pages(known: Known) -> Iterator[Ask]:
    """Give the pages that people read, with their machine twins."""
    yield from _sitemap(known)
    yield from _records(known)
    yield from _resource_forms(known)
    yield from _lists(known)
    yield from _paths(known)
    yield from _questions(known)
    yield from _search(known)


def _sitemap(known: Known) -> Iterator[Ask]:
    yield Ask("sitemap", "/sitemap.xml")
    for part, paths in known.pages.items():
        yield Ask("sitemap", f"/sitemap-{part}.xml")
        for path in paths:
            for code in LANGUAGES:
                yield Ask("page", f"{path}?lang={code}", f"page {part}")


def _records(known: Known) -> Iterator[Ask]:
    days = cycle(DAYS)
    pages = {path for paths in known.pages.values() for path in paths}
    for kind, slug in known.resources:
        path = f"/page/{kind}/{slug}"
        if path not in pages:
            yield from (Ask("page", f"{path}?lang={code}", f"page {kind}") for code in LANGUAGES)
        day = next(days)
        yield Ask("page on a day", address(path, on=day, lang="en" if len(slug) % 2 else ""), f"day {kind}")
        for suffix in (*RDF, "csv"):
            yield Ask("data", f"/data/{kind}/{slug}.{suffix}", f"data {kind} {suffix}")


def _resource_forms(known: Known) -> Iterator[Ask]:
    accepts = cycle(ACCEPTS)
    for kind, slug in known.resources:
        path, accept = f"/resource/{kind}/{slug}", next(accepts)
        yield accepting("resource", path, accept, f"resource {kind}")
        yield accepting("data", f"/data/{kind}/{slug}", accept, f"data {kind} accept")
        iri = unquote(f"{known.base}{path}")
        yield Ask("resource", address("/resource", iri=iri), f"iri {kind}")
    first = dict(reversed(known.resources))
    last = known.slugs("organizations")[-1]
    former = [("organizations", slug) for slug in (f"former-{last}", f"gone-{last}", "nobody", "a/b", "")]
    for kind, slug in [*first.items(), *former]:
        for accept in ACCEPTS:
            yield accepting("resource", f"/resource/{kind}/{slug}", accept)
            yield accepting("resource", f"/page/{kind}/{slug}", accept)
            yield accepting("resource", f"/data/{kind}/{slug}", accept)
        for suffix in (*RDF, "csv", "html", "json", "xyz"):
            yield Ask("resource", f"/resource/{kind}/{slug}.{suffix}")
            yield Ask("resource", f"/data/{kind}/{slug}.{suffix}")
            yield Ask("resource", address("/resource", iri=unquote(f"{known.base}/resource/{kind}/{slug}.{suffix}")))
        yield Ask("resource", f"/data/{kind}/{slug}.ttl?after=0")
        yield Ask("resource", f"/data/{kind}/{slug}.csv?lang=en")
    for slug in ("ustecky-kraj", "saxony"):
        for after in ("0", "x", "500", quote(f"{known.base}/resource/agreements/m", safe="")):
            for suffix in (*RDF, "csv"):
                yield Ask("resource", f"/data/organizations/{slug}.{suffix}?after={after}")
    for iri in (
        "",
        "x",
        "https://example.org/",
        "http://www.wikidata.org/entity/Q1202",
        "https://w3id.org/krajina/ontology#party",
    ):
        for accept in (BROWSER, "text/turtle"):
            yield accepting("resource", address("/resource", iri=iri), accept)


def _lists(known: Known) -> Iterator[Ask]:
    for name in LISTS:
        path = f"/{name}"
        chosen = [(facet, value) for facet, values in known.choices[path].items() for value in values]
        forms, days = cycle(("", ".json", ".csv", ".xlsx")), cycle(("", *DAYS))
        for facet, value in chosen:
            yield Ask("list", address(path, **{facet: value}), f"list {name} {facet}")
            yield Ask("list", address(path, lang="en", on=next(days), **{facet: value}), f"list {name} {facet}")
            yield Ask("list", address(path + next(forms), on=next(days), **{facet: value}), f"list {name} file")
        for (one_facet, one_value), (facet, value) in zip(chosen, chosen[7:] + chosen[:7], strict=True):
            pairs = [(one_facet, one_value), (facet, value), ("lang", "en")]
            yield Ask("list", f"{path}?{urlencode(pairs)}", f"list {name} pairs")
        for form in ("", *(f".{suffix}" for suffix in LIST_FORMS)):
            for code in LANGUAGES:
                yield Ask("list", address(path + form, lang=code))
                for day in DAYS:
                    yield Ask("list", address(path + form, lang=code, on=day), f"list {name} days")
                for sort in known.parameters.get(path, {}).get("sort", ()):
                    yield Ask("list", address(path + form, lang=code, sort=sort), f"list {name} sorts")
            yield Ask("list", address(path + form, sort="nonsense"))
            yield Ask("list", address(path + form, on="nonsense"))
            yield Ask("list", address(path + form, kind="nonsense", country="nonsense", area="nonsense"))
        for page in ("1", "2", "3", "5", "9", "22", "0", "-1", "x", "9999"):
            for code in LANGUAGES:
                yield Ask("list", address(path, page=page, lang=code), f"list {name} pages")
        for sort in known.parameters.get(path, {}).get("sort", ()):
            yield Ask("list", address(path, page="2", sort=sort, on="2012-12-31"), f"list {name} sorts")


def _paths(known: Known) -> Iterator[Ask]:
    slugs = known.slugs("organizations")
    ends = list(zip(slugs, slugs[311:] + slugs[:311], strict=True))[::2]
    ends += [("ustecky-kraj", slug) for slug in slugs[::3]]
    grounds = cycle(("", "agreement", "project", "event", "part"))
    for start, end in ends:
        yield Ask("path", address("/path", **{"from": start, "to": end}))
        yield Ask("path", address("/path", **{"from": start, "to": end, "ground": next(grounds), "lang": "en"}))
        yield Ask("path", address("/path.json", **{"from": start, "to": end, "on": "2012-12-31"}), "path json")
        yield Ask("path", address("/path.csv", **{"from": start, "to": end, "ground": next(grounds)}), "path csv")
    for start, end in (("", ""), ("saxony", ""), ("Sasko", "Drážďany"), ("nobody", "saxony"), ("a", "b"),
                       ("saxony", "saxony"), ("Ústí", "Praha")):  # fmt: skip
        for form in ("", ".json", ".csv"):
            for code in LANGUAGES:
                for day in ("", "2012", "x"):
                    yield Ask("path", address(f"/path{form}", **{"from": start, "to": end, "lang": code, "on": day}))
    for name, values in known.choices["/path"].items():
        for value in values:
            yield Ask("path", address("/path", **{"from": "saxony", "to": "aebr", name: value}), "path options")


def _questions(known: Known) -> Iterator[Ask]:
    days = cycle(("", *DAYS))
    for path in known.pages["pages"]:
        if not path.startswith("/questions/"):
            continue
        name = path.rpartition("/")[2]
        for code in LANGUAGES:
            yield from (Ask("question", address(path, lang=code, on=day)) for day in ("", *DAYS, "x"))
        for parameter, values in known.choices[path].items():
            for value in [*values, *BAD[:4], "saxony", "2012"]:
                yield Ask("question", address(path, **{parameter: value}), f"question {name}")
                yield Ask("question", address(path, lang="en", on=next(days), **{parameter: value}), f"question {name}")
        for sort in ("partner", "-partner", "nonsense"):
            yield Ask("question", address(path, sort=sort), "question sorts")
        for suffix in ("csv", "json", "xlsx", "rq"):
            yield Ask("question", f"{path}.{suffix}", "question files")


def _search(known: Known) -> Iterator[Ask]:
    words = ["", "a", "sasko", "Drážďany", "dresden 2012", "nic takového", "<b>", "x" * 300, "ústí nad labem", "dohoda"]
    words += [slug.replace("-", " ") for slug in known.slugs("organizations")[::9]]
    words += [slug.replace("-", " ")[4:] for slug in known.slugs("agreements")[::9]]
    for text in words:
        yield Ask("search", address("/search", q=text))
        yield Ask("search", address("/search", q=text, lang="en", on="2012"))
        yield Ask("search", address("/sparql/names.json", prefix=text[:8], q=text[:8], lang="en"), "search names")
    for page in ("2", "x"):
        yield Ask("search", address("/search", q="a", page=page))
