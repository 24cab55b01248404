"""What the first of two servers says of itself: its sitemap, its forms, its OpenAPI document, its examples."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from bench.asked.requests import BROWSER
from bench.checkouts import Client

__all__ = ["LISTS", "Known", "read_known"]

LISTS = ("organizations", "agreements", "activities", "projects", "sources", "areas", "analysis/measures")
HTML_INPUT = re.compile(r"<input\b[^>]*>")
HTML_SELECT = re.compile(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
HTML_OPTION = re.compile(r'<option\b[^>]*\bvalue="([^"]*)"')
HTML_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)


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
