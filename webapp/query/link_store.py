"""Where short links are kept: one SQLite file, each link named by the hash of what it leads to.

References
----------
RFC 4648, section 6 (Base 32).
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LinkStore", "StoreFull"]

SHORTEST, LONGEST, STEP = 10, 26, 4
BUSY_S = 5.0
SCHEMA = "CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, target TEXT NOT NULL) STRICT, WITHOUT ROWID"


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
        with closing(sqlite3.connect(self.file, timeout=BUSY_S, isolation_level=None)) as links:
            yield links


def _names(target: str) -> Iterator[str]:
    """Ids of a target: a longer one is taken only when another target has the shorter one."""
    digest = base64.b32encode(hashlib.sha256(target.encode()).digest()).decode().lower()
    return (digest[:length] for length in range(SHORTEST, LONGEST + 1, STEP))
