"""What two servers are asked: every address of the sitemap and its machine twins, forms of each page, errors.

Most is read off the first of the two: its sitemap, its forms, its OpenAPI document, the links of its pages. Where
an address holds what each server names itself, `{edition}` and `{before}` stand in it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import cycle, islice
from math import ceil
from pathlib import Path
from urllib.parse import quote, unquote, urlencode, urlsplit

from bench.checkouts import Client

__all__ = ["Ask", "Known", "asks", "linked", "links_of", "read_known", "sampled"]

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
LISTS = ("organizations", "agreements", "activities", "projects", "sources", "areas", "analysis/measures")
LIST_FORMS = ("csv", "json", "xlsx")
MAP_FORMS = ("pdf", "png", "svg", "html", "xlsx", "csv", "csv-metadata.json", "graphml", "gexf", "jsonld", "json")
TABS = ("", "geo", "table", "whole")
RESULT_FORMS = ("json", "xml", "csv", "tsv", "ttl", "nt", "rdf", "jsonld")
RESULT_TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                "text/tab-separated-values", "application/json", "text/html", BROWSER, *RDF.values())  # fmt: skip
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BAD = ("", "x", "-1", "0", "999999", "2012-13-45", "%00", "<script>", "ž" * 40, "1e9", "'\"", "../..")
HTML_INPUT = re.compile(r"<input\b[^>]*>")
HTML_SELECT = re.compile(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
HTML_OPTION = re.compile(r'<option\b[^>]*\bvalue="([^"]*)"')
HTML_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
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


@dataclass(frozen=True)
class Known:
    """What the first server says of itself.

    Attributes
    ----------
    pages : mapping
        Part of the sitemap to its paths.
    resources : sequence of (str, str)
        Kind and slug, encoded, of each IRI under the base.
    choices : mapping
        Path of a page to the names of its form and their values.
    parameters : mapping
        Path of the OpenAPI document to names of parameters and values that are listed for them.
    queries : mapping
        Name of an example to its query.
    """

    base: str
    pages: Mapping[str, Sequence[str]]
    resources: Sequence[tuple[str, str]]
    choices: Mapping[str, Mapping[str, Sequence[str]]]
    parameters: Mapping[str, Mapping[str, Sequence[str]]]
    queries: Mapping[str, str]
    dumps: Sequence[str]
    chosen: Sequence[str]

    def slugs(self, kind: str) -> list[str]:
        """Slugs of a kind of resource."""
        return [slug for name, slug in self.resources if name == kind]


def read_known(client: Client) -> Known:
    """Ask the first server what there is to ask."""
    index = _text(client, "/sitemap.xml")
    locations = re.findall(r"<loc>([^<]*)</loc>", index)
    base = locations[0].rpartition("/sitemap-")[0]
    pages = {}
    for location in locations:
        part = location.rpartition("/sitemap-")[2].removesuffix(".xml")
        entries = re.findall(r"<loc>([^<]*)</loc>", _text(client, location.removeprefix(base)))
        pages[part] = list(dict.fromkeys(unescape(entry).removeprefix(base).partition("?")[0] for entry in entries))
    document = json.loads(_text(client, "/openapi.json"))
    questions = [path for path in pages["pages"] if path.startswith("/questions/")]
    forms = ["/map", "/path", "/search", "/sparql", "/questions", *questions, *(f"/{name}" for name in LISTS)]
    return Known(
        base, pages, _resources(client, base), {path: _choices(client, path) for path in forms},
        {path: _parameters(operations["get"]) for path, operations in document["paths"].items() if "get" in operations},
        _queries(client), re.findall(r"^[0-9a-f]{64} +(\S+)$", _text(client, "/dump/SHA256SUMS"), re.MULTILINE),
        _drawn(client),
    )  # fmt: skip


def _text(client: Client, target: str, accept: str = BROWSER) -> str:
    return client.ask(target, headers={"Accept": accept}).body.decode("utf-8", "replace")


def _resources(client: Client, base: str) -> list[tuple[str, str]]:
    start = f"<{base}/resource/"
    iris = {iri for iri in re.findall(r"<[^<>\s]*>", _text(client, "/dump/krajina.nq")) if iri.startswith(start)}
    paths = sorted(iri.removeprefix(start).removesuffix(">") for iri in iris)
    pairs = (path.partition("/") for path in paths)
    return [(kind, quote(slug, safe="")) for kind, _, slug in pairs if slug]


def _choices(client: Client, path: str) -> dict[str, list[str]]:
    """Names and values that the forms of a page offer, those that stand on every page left out."""
    values: dict[str, list[str]] = defaultdict(list)
    for _, form in HTML_FORM.findall(_text(client, path)):
        for tag in HTML_INPUT.findall(form):
            name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
            if name and value and re.search(r'type="(checkbox|radio)"', tag):
                values[name[1]].append(unescape(value[1]))
        for name, options in HTML_SELECT.findall(form):
            values[name] += [unescape(option) for option in HTML_OPTION.findall(options) if option]
    return {name: list(dict.fromkeys(given)) for name, given in values.items()}


def _parameters(operation: Mapping[str, object]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for parameter in operation.get("parameters", ()):  # type: ignore[attr-defined]
        schema = parameter.get("schema", {})
        values = schema.get("enum") or schema.get("items", {}).get("enum") or []
        values = values or ([parameter["example"]] if "example" in parameter else [])
        given[parameter["name"]] = [str(value) for value in values]
    return given


def _queries(client: Client) -> dict[str, str]:
    select = "http://www.w3.org/ns/shacl#select"
    described = json.loads(_text(client, "/.well-known/sparql-examples.jsonld"))
    nodes = described.get("@graph", []) if isinstance(described, dict) else described
    return {str(node["@id"]): str(node[select][0]["@value"]) for node in nodes if select in node}


def _drawn(client: Client) -> list[str]:
    """Ids of nodes and lines of the map as it is at the start, and with two steps."""
    ids: dict[str, None] = {}
    for target in ("/map.json", "/map.json?v=1&hops=2", "/map.json?v=1&focus=saxony"):
        drawing = json.loads(_text(client, target) or "{}")
        for part in ("nodes", "edges"):
            ids.update((str(each["id"]), None) for each in drawing.get(part, ()) if "id" in each)
    return list(ids)


def asks(known: Known, checkout: Path) -> Iterator[Ask]:
    """Give all that is asked but what pages link to; `checkout` has further queries."""
    for make in (_sitemap, _records, _resource_forms, _lists, _maps, _map_files, _paths, _questions, _search, _sparql,
                 _data_documents, _editions, _reconciliation, _documented, _errors, _conditional):  # fmt: skip
        yield from make(known)
    for path in sorted((checkout / "graph" / "queries").glob("*.rq")):
        yield _result("named query", path.read_text("utf-8"))


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
        yield Ask("page on a day", _with(path, on=day, lang="en" if len(slug) % 2 else ""), f"day {kind}")
        for suffix in (*RDF, "csv"):
            yield Ask("data", f"/data/{kind}/{slug}.{suffix}", f"data {kind} {suffix}")


def _resource_forms(known: Known) -> Iterator[Ask]:
    accepts = cycle(ACCEPTS)
    for kind, slug in known.resources:
        path, accept = f"/resource/{kind}/{slug}", next(accepts)
        yield _accepting("resource", path, accept, f"resource {kind}")
        yield _accepting("data", f"/data/{kind}/{slug}", accept, f"data {kind} accept")
        iri = unquote(f"{known.base}{path}")
        yield Ask("resource", _with("/resource", iri=iri), f"iri {kind}")
    first = dict(reversed(known.resources))
    last = known.slugs("organizations")[-1]
    former = [("organizations", slug) for slug in (f"former-{last}", f"gone-{last}", "nobody", "a/b", "")]
    for kind, slug in [*first.items(), *former]:
        for accept in ACCEPTS:
            yield _accepting("resource", f"/resource/{kind}/{slug}", accept)
            yield _accepting("resource", f"/page/{kind}/{slug}", accept)
            yield _accepting("resource", f"/data/{kind}/{slug}", accept)
        for suffix in (*RDF, "csv", "html", "json", "xyz"):
            yield Ask("resource", f"/resource/{kind}/{slug}.{suffix}")
            yield Ask("resource", f"/data/{kind}/{slug}.{suffix}")
            yield Ask("resource", _with("/resource", iri=unquote(f"{known.base}/resource/{kind}/{slug}.{suffix}")))
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
            yield _accepting("resource", _with("/resource", iri=iri), accept)


def _lists(known: Known) -> Iterator[Ask]:
    for name in LISTS:
        path = f"/{name}"
        chosen = [(facet, value) for facet, values in known.choices[path].items() for value in values]
        forms, days = cycle(("", ".json", ".csv", ".xlsx")), cycle(("", *DAYS))
        for facet, value in chosen:
            yield Ask("list", _with(path, **{facet: value}), f"list {name} {facet}")
            yield Ask("list", _with(path, lang="en", on=next(days), **{facet: value}), f"list {name} {facet}")
            yield Ask("list", _with(path + next(forms), on=next(days), **{facet: value}), f"list {name} file")
        for (one_facet, one_value), (facet, value) in zip(chosen, chosen[7:] + chosen[:7], strict=True):
            pairs = [(one_facet, one_value), (facet, value), ("lang", "en")]
            yield Ask("list", f"{path}?{urlencode(pairs)}", f"list {name} pairs")
        for form in ("", *(f".{suffix}" for suffix in LIST_FORMS)):
            for code in LANGUAGES:
                yield Ask("list", _with(path + form, lang=code))
                for day in DAYS:
                    yield Ask("list", _with(path + form, lang=code, on=day), f"list {name} days")
                for sort in known.parameters.get(path, {}).get("sort", ()):
                    yield Ask("list", _with(path + form, lang=code, sort=sort), f"list {name} sorts")
            yield Ask("list", _with(path + form, sort="nonsense"))
            yield Ask("list", _with(path + form, on="nonsense"))
            yield Ask("list", _with(path + form, kind="nonsense", country="nonsense", area="nonsense"))
        for page in ("1", "2", "3", "5", "9", "22", "0", "-1", "x", "9999"):
            for code in LANGUAGES:
                yield Ask("list", _with(path, page=page, lang=code), f"list {name} pages")
        for sort in known.parameters.get(path, {}).get("sort", ()):
            yield Ask("list", _with(path, page="2", sort=sort, on="2012-12-31"), f"list {name} sorts")


def _maps(known: Known) -> Iterator[Ask]:
    tabs, hops, days = cycle(TABS), cycle(("", "2", "3")), cycle(("", "", "2012-12-31", "2005", "2020-06"))
    for name, values in known.choices["/map"].items():
        for value in values:
            yield Ask("map", _map(**{name: value}), f"map {name}")
            yield Ask("map", _map(view=next(tabs), hops=next(hops), on=next(days), lang="en", **{name: value}),
                      f"map {name}")  # fmt: skip
            yield Ask("map", _with("/map", v="1", apply="1", **{name: value}), "map apply")
            yield Ask("map", _map("/map.json", **{name: value}), "map.json facets")
    for slug in known.slugs("organizations"):
        yield Ask("map", _map(focus=slug, view=next(tabs), hops=next(hops), on=next(days)), "map focus")
        yield Ask("map", _map(also=slug, hops=next(hops)), "map also")
        yield Ask("map", _map(sel=slug, lang=next(cycle(LANGUAGES))), "map sel")
        yield Ask("map", _with("/map/find", v="1", find=slug.replace("-", " ")), "map find")
        yield Ask("map", _with("/map/names.json", find=slug[:3], prefix=slug[:3], q=slug[:3]), "map names")
    for key in known.chosen:
        yield Ask("map", _map(sel=key), "map sel")
        yield Ask("map", _map(sel=key, part="card", lang="en"), "map card")
        yield Ask("map", _map(sel=key, part="card", on="2012-12-31", focus="saxony"), "map card")
        yield Ask("map", _map(sel=key, view="table", hops="2"), "map sel")
    for country in known.choices["/map"].get("country", ()):
        for group in (country, f"{country}.circle", f"{country}.square", f"{country}.diamond"):
            for step in ("2", "3"):
                yield Ask("map", _map(open=group, hops=step), "map open")
    for tab in TABS:
        for code in LANGUAGES:
            for day in ("", *DAYS):
                for step in ("", "2", "3"):
                    yield Ask("map", _map(view=tab, on=day, hops=step, lang=code), "map tabs")
            for first, last in (("2000", "2010"), ("2010", "2000"), ("1990", ""), ("", "2005"), ("x", "2005")):
                yield Ask("map", _map(view=tab, lang=code, **{"from": first, "to": last}), "map span")
            for versus in ("2012", "2005-06-30", "1. 1. 2010", "x", "2031"):
                for day in ("", "2015"):
                    yield Ask("map", _map(view=tab, lang=code, versus=versus, on=day), "map versus")
            yield Ask("map", _map(view=tab, undated="0", lang=code), "map undated")
            yield Ask("map", _map(view=tab, pos="1,2,0.5", lang=code), "map pos")
    for part in ("card", "map", "picture", "list", "table", "legend", "state", "x"):
        for sel in ("", "saxony", "saxony~ustecky-kraj", "nobody", "DE", "DE.circle"):
            yield Ask("map", _map(part=part, sel=sel), "map part")
    for whole in ("/map/whole.json", "/map/names.json", "/map.json", "/map/embed"):
        for code in LANGUAGES:
            for more in ({}, {"on": "2012-12-31"}, {"country": "DE"}, {"view": "whole"}, {"hops": "2"},
                         {"sel": "saxony"},
                         {"focus": "saxony"}, {"versus": "2012"}, {"ground": "event"}, {"on": "x"}):  # fmt: skip
                yield Ask("map", _map(whole, lang=code, **more), f"map {whole}")
    for words in ("Drážďany", "dresden", "sas", "a", "", "nikdo nikde", "ÚSTÍ", "zzz"):
        for code in LANGUAGES:
            yield Ask("map", _with("/map/find", find=words, lang=code), "map find")
            yield Ask("map", _with("/map/find", find=words, lang=code, v="1", view="geo", hops="2"), "map find")
    for bad in BAD:
        for name in ("v", "focus", "hops", "view", "open", "also", "sel", "on", "versus", "from", "ground", "part"):
            yield Ask("map", _with("/map", **{name: bad}), "map bad")
        yield Ask("map", _with("/map.svg", focus=bad), "map bad")


def _map_files(known: Known) -> Iterator[Ask]:
    views: tuple[dict[str, str], ...] = (
        {}, {"hops": "2"}, {"hops": "3"}, {"view": "geo"}, {"view": "table"}, {"view": "whole"}, {"on": "2012-12-31"},
        {"focus": "saxony"}, {"focus": "saxony", "hops": "2", "view": "geo"}, {"versus": "2012"},
        {"from": "2000", "to": "2010"}, {"ground": "agreement"}, {"country": "DE"}, {"open": "DE"}, {"sel": "saxony"},
        {"edges": "relationships"}, {"undated": "0"}, {"on": "x"}, {"focus": "nobody"}, {"v": "2"},
    )  # fmt: skip
    for suffix in MAP_FORMS:
        for view in views:
            for code in LANGUAGES:
                yield Ask("map file", _map(f"/map.{suffix}", **{**view, "lang": code}), f"map.{suffix}")


def _paths(known: Known) -> Iterator[Ask]:
    slugs = known.slugs("organizations")
    ends = list(zip(slugs, slugs[311:] + slugs[:311], strict=True))[::2]
    ends += [("ustecky-kraj", slug) for slug in slugs[::3]]
    grounds = cycle(("", "agreement", "project", "event", "part"))
    for start, end in ends:
        yield Ask("path", _with("/path", **{"from": start, "to": end}))
        yield Ask("path", _with("/path", **{"from": start, "to": end, "ground": next(grounds), "lang": "en"}))
        yield Ask("path", _with("/path.json", **{"from": start, "to": end, "on": "2012-12-31"}), "path json")
        yield Ask("path", _with("/path.csv", **{"from": start, "to": end, "ground": next(grounds)}), "path csv")
    for start, end in (("", ""), ("saxony", ""), ("Sasko", "Drážďany"), ("nobody", "saxony"), ("a", "b"),
                       ("saxony", "saxony"), ("Ústí", "Praha")):  # fmt: skip
        for form in ("", ".json", ".csv"):
            for code in LANGUAGES:
                for day in ("", "2012", "x"):
                    yield Ask("path", _with(f"/path{form}", **{"from": start, "to": end, "lang": code, "on": day}))
    for name, values in known.choices["/path"].items():
        for value in values:
            yield Ask("path", _with("/path", **{"from": "saxony", "to": "aebr", name: value}), "path options")


def _questions(known: Known) -> Iterator[Ask]:
    days = cycle(("", *DAYS))
    for path in known.pages["pages"]:
        if not path.startswith("/questions/"):
            continue
        name = path.rpartition("/")[2]
        for code in LANGUAGES:
            yield from (Ask("question", _with(path, lang=code, on=day)) for day in ("", *DAYS, "x"))
        for parameter, values in known.choices[path].items():
            for value in [*values, *BAD[:4], "saxony", "2012"]:
                yield Ask("question", _with(path, **{parameter: value}), f"question {name}")
                yield Ask("question", _with(path, lang="en", on=next(days), **{parameter: value}), f"question {name}")
        for sort in ("partner", "-partner", "nonsense"):
            yield Ask("question", _with(path, sort=sort), "question sorts")
        for suffix in ("csv", "json", "xlsx", "rq"):
            yield Ask("question", f"{path}.{suffix}", "question files")


def _search(known: Known) -> Iterator[Ask]:
    words = ["", "a", "sasko", "Drážďany", "dresden 2012", "nic takového", "<b>", "x" * 300, "ústí nad labem", "dohoda"]
    words += [slug.replace("-", " ") for slug in known.slugs("organizations")[::9]]
    words += [slug.replace("-", " ")[4:] for slug in known.slugs("agreements")[::9]]
    for text in words:
        yield Ask("search", _with("/search", q=text))
        yield Ask("search", _with("/search", q=text, lang="en", on="2012"))
        yield Ask("search", _with("/sparql/names.json", prefix=text[:8], q=text[:8], lang="en"), "search names")
    for page in ("2", "x"):
        yield Ask("search", _with("/search", q="a", page=page))


def _sparql(known: Known) -> Iterator[Ask]:
    for text in [*known.queries.values(), *QUERIES.values()]:
        for accept in RESULT_TYPES:
            yield _result("sparql", text, accept)
        for suffix in RESULT_FORMS:
            yield Ask("sparql", _with(f"/sparql.{suffix}", query=text), "sparql suffix")
            yield Ask("sparql", _with("/sparql", query=text, format=suffix), "sparql format")
        for view in ("", "network", "map", "timeline", "bars", "table"):
            for code in LANGUAGES:
                yield _accepting("sparql page", _with("/sparql", query=text, view=view, lang=code), BROWSER)
            yield Ask("sparql page", _with("/sparql/embed", query=text, view=view))
        for more in ({"format": "xlsx"}, {"format": "csv-excel"}, {"iris": "1"}, {"on": "2012-12-31"}, {"page": "2"},
                     {"iris": "1", "lang": "en", "on": "2005"}, {"sort": "partner"}, {"sort": "-partner"}):  # fmt: skip
            yield _accepting("sparql page", _with("/sparql", query=text, **more), BROWSER, "sparql page more")
        body = urlencode({"query": text})
        yield Ask("sparql", "/sparql", "sparql post", "POST", _headers(FORM), body)
        plain = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
        yield Ask("sparql", "/sparql", "sparql post", "POST", _headers(plain), text)
        yield Ask("sparql", _with("/sparql.json", query=text, on="2012-12-31"), "sparql suffix")
    for text in FAULTY:
        for accept in (*RESULT_TYPES[:3], BROWSER, "application/problem+json", "text/turtle"):
            yield _result("sparql error", text, accept)
    graph = f"{known.base}/resource/graphs/agreements"
    text = QUERIES["count"]
    for more in ({"default-graph-uri": graph}, {"named-graph-uri": graph}, {"default-graph-uri": "x y"},
                 {"default-graph-uri": graph, "named-graph-uri": graph}):  # fmt: skip
        yield Ask("sparql", _with("/sparql", query=text, **more), "sparql graphs")
    yield from (_accepting("sparql", "/sparql", accept, "service description") for accept in ACCEPTS)
    for headers, body in (({"Content-Type": "text/plain"}, text), (FORM, ""), (FORM, "query=a&query=b"),
                          (FORM, "update=CLEAR ALL"), ({"Content-Type": "application/sparql-update"}, "CLEAR ALL"),
                          ({"Content-Type": "application/sparql-query"}, "")):  # fmt: skip
        yield Ask("sparql error", "/sparql", "", "POST", _headers(headers), body)
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
        yield Ask("short link", "/s", "short link", "POST", _headers(FORM), body)
        json_headers = _headers({**FORM, "Accept": "application/json"})
        yield Ask("short link", "/s", "short link", "POST", json_headers, body)
    yield Ask("short link", "/s", "", "POST", _headers(FORM), "")
    yield Ask("short link", "/s", "", "POST", _headers(FORM), "query=" + "x" * 40_000)
    yield Ask("short link", "/s/nothing")
    yield Ask("short link", "/s")


def _data_documents(known: Known) -> Iterator[Ask]:
    for path in ("/ontology", "/shapes", "/catalog", "/.well-known/void", "/void", "/editions", "/openapi", "/context",
                 "/.well-known/sparql-examples", "/changes", "/licence", "/opensearch"):  # fmt: skip
        for accept in ACCEPTS:
            yield _accepting("document", path, accept)
        for suffix in (*RDF, "html", "json", "xml", "atom", "xyz"):
            for code in LANGUAGES:
                yield Ask("document", f"{path}.{suffix}?lang={code}")
    for path in ("/context.jsonld", "/robots.txt", "/.well-known/security.txt", "/opensearch.xml", "/openapi.json",
                 "/api",
                 "/catalog/dcat-ap-cz.jsonld", "/version", "/healthz", "/readyz", "/changes.atom", "/favicon.ico",
                 "/ontology/1.0.0", "/ontology/x", "/catalog/x", "/catalog/datasets/x", "/sitemap-x.xml"):  # fmt: skip
        yield from (Ask("document", _with(path, lang=code)) for code in ("", *LANGUAGES))
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
            yield _accepting("edition", f"/editions/{edition}?lang={code}", BROWSER)
        for accept in ACCEPTS:
            yield _accepting("edition", f"/editions/{edition}", accept)
        for side in ("added", "removed", "x"):
            yield Ask("edition", f"/editions/{edition}/{side}.nq")
            yield Ask("edition", f"/editions/{edition}/{side}.nq", headers=(("Accept-Encoding", "gzip"),))


def _reconciliation(known: Known) -> Iterator[Ask]:
    names = [slug.replace("-", " ") for slug in known.slugs("organizations")]
    types = ("Municipality", "Organization", "Agreement", "Project", "Region", "nonsense", "")
    kinds = cycle(types)
    for place in range(0, len(names), 10):
        queries = {
            f"q{n}": {"query": name, "type": next(kinds), "limit": 3} for n, name in enumerate(names[place:][:10])
        }
        yield Ask("reconcile", _with("/reconcile", queries=json.dumps(queries)), "reconcile queries")
    for code in LANGUAGES:
        yield Ask("reconcile", _with("/reconcile", lang=code))
        for kind in types:
            yield Ask("reconcile", _with("/reconcile/properties", type=kind, lang=code))
            yield Ask("reconcile", _with("/reconcile/properties", type=kind, lang=code, limit="2"))
        for name in ("entity", "type", "property"):
            for prefix in ("", "a", "s", "sas", "Dráž", "m", "p", "zzz"):
                for cursor in ("", "2", "20", "x", "-1"):
                    target = _with(f"/reconcile/suggest/{name}", prefix=prefix, cursor=cursor, lang=code)
                    yield Ask("reconcile", target, f"reconcile suggest {name}")
        for kind, slug in known.resources[::23]:
            yield Ask(
                "reconcile", _with("/reconcile/preview", id=f"{kind}/{unquote(slug)}", lang=code), "reconcile preview"
            )
    ids = [f"organizations/{slug}" for slug in known.slugs("organizations")[::20]]
    for properties in (["country"], ["kind", "website"], ["lat", "long", "nothing"], []):
        extend = json.dumps({"ids": ids, "properties": [{"id": name} for name in properties]})
        yield Ask("reconcile", "/reconcile", "reconcile extend", "POST", _headers(FORM), urlencode({"extend": extend}))
        yield Ask("reconcile", _with("/reconcile", extend=extend, lang="en"), "reconcile extend")
    constrained = {"q": {"query": "Dresden", "properties": [{"pid": "country", "v": "DE"}]}, "z": {"query": ""}}
    yield Ask("reconcile", _with("/reconcile", queries=json.dumps(constrained)))
    yield Ask("reconcile", "/reconcile", "", "POST", _headers(FORM), urlencode({"queries": json.dumps(constrained)}))
    for bad in ("x", "[]", "{", json.dumps({f"q{n}": {"query": "a"} for n in range(51)}), '{"q": 1}', '{"q": {}}'):
        yield Ask("reconcile", _with("/reconcile", queries=bad), "reconcile bad")
        yield Ask("reconcile", _with("/reconcile", extend=bad), "reconcile bad")
        yield Ask("reconcile", _with("/reconcile", queries=bad, callback="f"), "reconcile bad")
    yield Ask("reconcile", "/reconcile/preview?id=nothing")


def _documented(known: Known) -> Iterator[Ask]:
    """Ask for all of the OpenAPI document: each path bare, with each listed value, with bad values."""
    for path, parameters in known.parameters.items():
        if "{" in path:
            continue
        yield Ask("documented", path)
        for name, values in parameters.items():
            for value in [*values, *BAD]:
                yield Ask(
                    "documented", _with(path, **{name: value}), "documented bad" if value in BAD else "documented"
                )


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
            yield _accepting("error", target, accept, "error")
        yield Ask("error", target + ("&" if "?" in target else "?") + "lang=en", "error")
    targets = [
        "/", "/agreements", "/map", "/map.svg", "/page/organizations/saxony", "/data/organizations/saxony.ttl",
        "/sparql", "/reconcile", "/s", "/dump/krajina.nq", "/ontology", "/version", "/questions/partners",
        "/static/x",
    ]  # fmt: skip
    for target in targets:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"):
            yield Ask("method", target, "method", method)
        yield Ask("method", target, "method", "POST", _headers({"Content-Type": "text/plain"}), "x")
        yield Ask(
            "method",
            target,
            "method",
            "OPTIONS",
            _headers({"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}),
        )
        yield Ask("method", target, "method", "GET", _headers({"Origin": "https://example.org"}))
    for target in ("/", "/agreements", "/map", "/page/organizations/saxony", "/about", "/questions/partners"):
        for languages in ("en", "cs", "de", "en-GB;q=0.8, cs;q=0.9", "*", "de, en;q=0.1", "x" * 300):
            yield Ask("language", target, "language", headers=(("Accept-Language", languages),))
        yield from (Ask("language", f"{target}?lang={code}", "language") for code in ("de", "", "EN", "en&lang=cs"))
        yield Ask("language", target, "language", headers=(("Cookie", "lang=en"),))


def _conditional(known: Known) -> Iterator[Ask]:
    targets = [
        "/", "/map", "/map.svg", "/map.png", "/map.pdf", "/map.json", "/map.xlsx", "/agreements",
        "/agreements.csv", "/agreements.json", "/agreements.xlsx", "/dump/krajina.nq", "/dump/krajina.nq.gz",
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


def _with(path: str, **parameters: str) -> str:
    written = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{written}" if written else path


def _map(path: str = "/map", **parameters: str) -> str:
    return _with(path, **{"v": "1", **parameters})


def _accepting(group: str, target: str, accept: str, kind: str = "") -> Ask:
    return Ask(group, target, kind, headers=(("Accept", accept),))


def _result(group: str, text: str, accept: str = RESULT_TYPES[0]) -> Ask:
    return _accepting(group, _with("/sparql", query=text), accept)


def _headers(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(given.items())


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
