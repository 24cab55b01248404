"""``/sitemap.xml``: all pages in both languages, each with the other one, as of the edition.

References
----------
sitemaps.org protocol 0.9; hreflang in sitemaps (xhtml:link).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, abort

from graph.analyses.analysis_list import ANALYSES
from graph.kept import kept
from graph.questions.filled import answerable
from graph.views.facts import Facts
from graph.views.lists import ALL_LISTS
from graph.views.year import years_of
from webapp.request.language import LANGUAGES
from webapp.request.linked_data import validate
from webapp.request.visit import Visit, this_visit

__all__ = ["PAGES", "sitemap_blueprint", "sitemap_parts"]

MAX_PATHS = 20_000  # a part may have 50 000 addresses, two for each path
PAGES = (
    "/", "/map", "/questions", "/search", "/sparql", "/about", "/api", "/download", "/catalog", "/editions", "/licence",
    "/accessibility", "/reports", "/match",
)  # fmt: skip
SCHEMAS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap_blueprint() -> Blueprint:
    """Make the routes of the index and of its parts."""
    blueprint = Blueprint("sitemap", __name__)
    blueprint.add_url_rule("/sitemap.xml", "index", _index)
    blueprint.add_url_rule("/sitemap-<part>.xml", "part", _part)
    return blueprint


@kept(1)
def sitemap_parts(served: Facts) -> Mapping[str, tuple[str, ...]]:
    """Sort the paths of all pages into parts of a size that is allowed."""
    questions = (f"/questions/{question.name}" for question in answerable(served))
    reports = (f"/reports/{year}" for year in years_of(served))
    analyses = (f"/analysis/{name}" for name in ANALYSES)
    lists = (f"/{description.address}" for description in ALL_LISTS.values())
    parts = {"pages": (*PAGES, *lists, "/analysis", *analyses, *questions, *reports)}
    library = served.library
    kinds: dict[str, list[str]] = {}
    for mapping in library.mappings():
        for iri in mapping:
            kind, slug = served.iris.split(iri) or ("", "")
            kinds.setdefault(kind, []).append(f"/page/{kind}/{quote(slug, safe='')}")
    for kind, paths in sorted(kinds.items()):
        for number, start in enumerate(range(0, len(paths), MAX_PATHS), start=1):
            parts[f"{kind}-{number}"] = tuple(paths[start : start + MAX_PATHS])
    return parts


def _index() -> Response:
    visit = this_visit()
    base, day = visit.facts.settings.base, visit.facts.edition.modified
    entries = "".join(
        f"<sitemap><loc>{base}/sitemap-{part}.xml</loc><lastmod>{day}</lastmod></sitemap>\n"
        for part in sitemap_parts(visit.facts)
    )
    return _xml(visit, f"<sitemapindex {SCHEMAS}>\n{entries}</sitemapindex>\n")


def _part(part: str) -> Response:
    visit = this_visit()
    paths = sitemap_parts(visit.facts).get(part) or abort(404)
    return _xml(
        visit,
        f"<urlset {SCHEMAS}>\n{''.join(entry for path in paths for entry in _entries(visit, path))}</urlset>\n",
    )


def _entries(visit: Visit, path: str) -> Iterator[str]:
    base, day = visit.facts.settings.base, visit.facts.edition.modified
    addresses = {code: f"{base}{path}?lang={code}" for code in LANGUAGES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in {**addresses, "x-default": base + path}.items()
    )
    for address in addresses.values():
        yield f"<url><loc>{address}</loc><lastmod>{day}</lastmod>{others}</url>\n"


def _xml(visit: Visit, body: str) -> Response:
    response = Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type="application/xml; charset=utf-8"
    )
    validate(visit, response, "sitemap")
    return response
