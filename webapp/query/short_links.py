"""Short links to answers: ``POST /s`` keeps the address of one, ``GET /s/<id>`` leads to it.

They are kept in one SQLite file, each named by the hash of what it leads to.

References
----------
RFC 4648, section 6 (Base 32).
"""

from __future__ import annotations

import base64
import hashlib
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from cachetools import LRUCache
from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
)  # fmt: skip

from webapp.query.protocol import KEPT_NAMES, PATH, QUERY
from webapp.request.language import _
from webapp.request.negotiation import prefers, takes_html
from webapp.request.visit import Visit, this_visit

__all__ = ["LinkStore", "Rate", "StoreFull", "short_address", "short_links_blueprint"]

logger = logging.getLogger(__name__)

MAX_BYTES = 32 * 1024
PER_MINUTE = 20
CLIENTS = 10_000
EXTENSION = "short_links"
SHORTEST, LONGEST, STEP = 10, 26, 4
BUSY_S = 5.0
RETRY_S = 60  # seconds, where the file cannot be written or read
SCHEMA = "CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, target TEXT NOT NULL) STRICT, WITHOUT ROWID"


@dataclass
class Rate:
    """How often each client has come in the last minute; the least recent clients are forgotten."""

    per_minute: int = PER_MINUTE
    times: LRUCache[str, deque[float]] = field(default_factory=lambda: LRUCache(CLIENTS))
    lock: Lock = field(default_factory=Lock)

    def admits(self, client: str) -> bool:
        """Note a visit and tell whether it is within the limit."""
        now = time.monotonic()
        with self.lock:
            seen = self.times.setdefault(client, deque(maxlen=self.per_minute))
            if len(seen) == self.per_minute and now - seen[0] < 60:
                return False
            seen.append(now)
        return True


def short_links_blueprint() -> Blueprint:
    """Make the routes ``POST /s`` and ``GET /s/<id>``."""
    blueprint = Blueprint("short_links", __name__)
    blueprint.record_once(lambda state: state.app.extensions.setdefault(EXTENSION, Rate()))
    blueprint.add_url_rule("/s", "keep", keep, methods=["POST"])
    blueprint.add_url_rule("/s/<name>", "follow", follow)
    return blueprint


def short_address(visit: Visit, name: str, query: str) -> str:
    """Address of a short link under the base IRI; "" when there is none of this name that leads to the query."""
    target = _store(visit).get(name) if name else None
    leads_here = target is not None and dict(parse_qsl(target)).get("query") == query
    return f"{visit.facts.settings.base}/s/{name}" if leads_here else ""


def keep() -> Response:
    """Keep an answer's address; a browser is led back to the answer, which shows the short link.

    Raises
    ------
    HTTPException
        400 there is no query; 403 a form of another site; 413 it is too long; 429 too often;
        503 there are too many links, or they cannot be written.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden(_("Short links are made from the pages of this site only."))
    visit, target = this_visit(), _target()
    if not current_app.extensions[EXTENSION].admits(request.remote_addr or ""):
        raise TooManyRequests(_("At most %(num)s short links are made in a minute.", num=PER_MINUTE), retry_after=60)
    try:
        name = _store(visit).put(target)
    except StoreFull as error:
        logger.error("there is no room for more short links")
        raise ServiceUnavailable(_("No more short links are kept here; the long address works as well.")) from error
    except (sqlite3.Error, OSError) as error:
        logger.error("a short link cannot be kept: %s", error)
        text = _("Short links cannot be kept now; the long address works as well.")
        raise ServiceUnavailable(text, retry_after=RETRY_S) from error
    if takes_html(request.accept_mimetypes):
        # The plain address comes after the fragment of the links, so that the reader sees what was made.
        return _led(f"{_address(visit, target)}&link={name}#links")
    response = Response(f"{visit.facts.settings.base}/s/{name}\n", 201, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = visit.links.path(f"/s/{name}")
    return response


def follow(name: str) -> Response:
    """Lead to the answer; those who ask for the query itself by Accept get its text."""
    visit = this_visit()
    try:
        target = _store(visit).get(name) if len(name) <= 26 and name.isalnum() else None
    except (sqlite3.Error, OSError) as error:
        text = _("Short links cannot be read now; please ask again in a while.")
        raise ServiceUnavailable(text, retry_after=RETRY_S) from error
    if target is None:
        abort(404)
    if prefers(request.accept_mimetypes, QUERY):
        response = Response(dict(parse_qsl(target))["query"], content_type=f"{QUERY}; charset=utf-8")
    else:
        response = _led(_address(visit, target))
    response.vary.add("Accept")
    return response


def _led(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return response


def _target() -> str:
    """Arguments of the answer in a fixed order, which make the hash."""
    request.max_content_length = 4 * MAX_BYTES
    pairs = [(name, text) for name in KEPT_NAMES for text in request.form.getlist(name) if text]
    queries = [text for name, text in pairs if name == "query"]
    if len(queries) != 1 or not queries[0].strip():
        raise BadRequest(_("Exactly one query is needed."))
    target = urlencode(pairs)
    if sum(len(text.encode()) for _name, text in pairs) > MAX_BYTES:
        raise RequestEntityTooLarge(_("A short link keeps queries up to %(num)s kB.", num=MAX_BYTES // 1024))
    return target


def _address(visit: Visit, target: str) -> str:
    """Address of the answer on this server, in the language that the reader has chosen."""
    chosen = dict(visit.links.kept_fields()).get("lang", "") or request.form.get("lang", "")
    language = f"&lang={chosen}" if chosen in ("cs", "en") else ""
    return f"{visit.links.path(PATH)}?{target}{language}"


def _store(visit: Visit) -> LinkStore:
    return LinkStore(visit.facts.settings.state / "links.sqlite")


class StoreFull(Exception):
    """No more links are kept."""


@dataclass(frozen=True)
class LinkStore:
    """Short links in a file, which is made at the first one; safe for threads and processes.

    Attributes
    ----------
    max_links, max_bytes : int
        Links, and bytes of all that they lead to, that are kept at most.
    """

    file: Path
    max_links: int = 20_000
    max_bytes: int = 64 * 2**20

    def put(self, target: str) -> str:
        """Keep what a link leads to and give its id: the same for the same target.

        Raises
        ------
        StoreFull
            There are too many links already.
        sqlite3.OperationalError, OSError
            The file cannot be written.
        """
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as links:
            links.execute(SCHEMA)
            links.execute("BEGIN IMMEDIATE")
            for name in _names(target):
                kept = links.execute("SELECT target FROM links WHERE id = ?", (name,)).fetchone()
                if kept is None:
                    self._refuse_too_many(links, target)
                    links.execute("INSERT INTO links VALUES (?, ?)", (name, target))
                if kept is None or kept[0] == target:
                    links.execute("COMMIT")
                    return name
        raise StoreFull

    def get(self, name: str) -> str | None:
        """Find what a link leads to; None when there is no such link."""
        if not self.file.is_file():
            return None
        with self._open() as links:
            links.execute(SCHEMA)
            kept = links.execute("SELECT target FROM links WHERE id = ?", (name,)).fetchone()
        return str(kept[0]) if kept else None

    def _refuse_too_many(self, links: sqlite3.Connection, target: str) -> None:
        count, size = links.execute("SELECT COUNT(*), COALESCE(SUM(LENGTH(target)), 0) FROM links").fetchone()
        if count >= self.max_links or size + len(target) > self.max_bytes:
            raise StoreFull

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._set_damaged_aside()
        with closing(sqlite3.connect(self.file, timeout=BUSY_S, isolation_level=None)) as links:
            yield links

    def _set_damaged_aside(self) -> None:
        """Rename a file that is no sound database, so that new links can be kept; each file is looked at once."""
        if not self.file.is_file() or _is_sound(self.file, self.file.stat().st_ino):
            return
        aside = self.file.with_name(f"{self.file.name}.damaged-{time.time_ns()}")
        self.file.replace(aside)
        logger.warning("the file of short links is damaged; it is kept as %s, and a new one is begun", aside)


@lru_cache(maxsize=64)
def _is_sound(file: Path, _inode: int) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_S)) as links:
            return bool(links.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.OperationalError:  # busy, or not to be read: not for us to judge
        return True
    except sqlite3.DatabaseError:
        return False


def _names(target: str) -> Iterator[str]:
    """Ids of a target: a longer one is taken only when another target has the shorter one."""
    digest = base64.b32encode(hashlib.sha256(target.encode()).digest()).decode().lower()
    return (digest[:length] for length in range(SHORTEST, LONGEST + 1, STEP))
