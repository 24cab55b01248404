"""Keeps answered pages, compressed once, for as long as their edition and day last."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias

from cachetools import LRUCache
from flask import Flask, Response, g, request

from webapp.request.content_codings import CodedBody
from webapp.request.visit import Visit, this_visit

__all__ = ["install_page_cache"]

MAX_BYTES = 64 * 2**20
KEPT = ("text/html", "application/json", "image/svg+xml")
COMPRESSED = (*KEPT, "text/css", "text/javascript", "text/csv", "text/turtle", "application/ld+json", "application/xml")
NEVER = (
    "/sparql",
    "/search",
    "/match",
    "/reconcile",
    "/healthz",
    "/readyz",
)  # endless addresses, or answers that must be fresh
# What a view says of its page, and what must be said again with each copy of it.
SAID = ("content-disposition", "content-location", "content-security-policy", "link")

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A body, its content type, and what else its view said in headers."""

    content_type: str
    body: CodedBody
    vary: str
    headers: tuple[tuple[str, str], ...]


def install_page_cache(app: Flask) -> None:
    """Answer repeated GETs of pages from memory, give each page an ETag, and compress what is worth it."""
    pages: LRUCache[Key, Page] = LRUCache(MAX_BYTES, getsizeof=lambda page: page.body.room + 500)
    lock = Lock()

    @app.before_request
    def kept_page() -> Response | None:
        g.page_key = _key(this_visit())
        if g.page_key is None:
            return None
        with lock:
            page = pages.get(g.page_key)
        return _respond(this_visit(), page) if page else None

    @app.after_request
    def keep_page(response: Response) -> Response:
        if g.get("page_answered") or request.method not in ("GET", "HEAD") or response.direct_passthrough:
            return response
        if g.get("page_key") is not None and response.status_code == 200 and response.mimetype in KEPT:
            page = _page(response)
            with lock:
                pages[g.page_key] = page
            return _merge(_respond(this_visit(), page), response)
        return _compress(response)


def _key(visit: Visit) -> Key | None:
    if request.method not in ("GET", "HEAD") or request.path.startswith(NEVER):
        return None
    accept = request.headers.get("Accept", "")[:200]
    return visit.facts.edition.identifier, visit.today.isoformat(), visit.language, accept, request.full_path


def _page(response: Response) -> Page:
    headers = tuple((name, value) for name, value in response.headers.items() if name.lower() in SAID)
    body = CodedBody(response.get_data())
    return Page(response.content_type or "text/html", body, response.headers.get("Vary", ""), headers)


def _respond(visit: Visit, page: Page) -> Response:
    g.page_answered = True
    response = Response(content_type=page.content_type)
    for name, value in page.headers:
        response.headers.add(name, value)
    response.headers["Vary"] = page.vary
    response.headers["Cache-Control"] = "public, max-age=60"
    response.vary.update(("Accept", "Accept-Encoding", "Accept-Language"))
    coding = page.body.fill(response)
    response.set_etag("-".join(filter(None, (_edition_and_day(visit), coding))), weak=True)
    response.make_conditional(request)
    return response


def _merge(response: Response, made: Response) -> Response:
    """Keep what the view said beyond the body: links, cookies."""
    for name, value in made.headers.items():
        if name not in response.headers and name not in ("Content-Length",):
            response.headers.add(name, value)
    return response


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSED or response.is_streamed or response.status_code != 200:
        return response
    if "Content-Encoding" not in response.headers:
        CodedBody(response.get_data()).fill(response)
    response.vary.add("Accept-Encoding")
    return response


def _edition_and_day(visit: Visit) -> str:
    return f"{visit.facts.edition.identifier}-{visit.language}-{visit.today:%j}"
