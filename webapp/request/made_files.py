"""Files that take long to make, as pictures and reports: one at a time, and kept with the edition that they tell of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeAlias

from cachetools import LRUCache
from werkzeug.exceptions import ServiceUnavailable

from graph.kept import kept
from graph.views.facts import Facts
from webapp.request.language import _

__all__ = ["Key", "made_once"]

MAX_BYTES = 32 * 2**20
WAIT_S = 15.0

Key: TypeAlias = tuple[object, ...]
"""All that the bytes of a file depend on beside the edition; first the kind of file."""

_turn = Lock()  # making one at a time bounds memory, and who waits for the same one finds it kept


class KeptFiles:
    """Files of an edition, those asked for last, up to a number of bytes in all."""

    def __init__(self) -> None:
        self._made: LRUCache[Key, bytes] = LRUCache(MAX_BYTES, getsizeof=len)
        self._lock = Lock()

    def get(self, key: Key) -> bytes | None:
        """Find a file; None when it is not kept."""
        with self._lock:
            return self._made.get(key)

    def keep(self, key: Key, made: bytes) -> bytes:
        """Keep a file, unless it is larger than all that may be kept."""
        with self._lock:
            if len(made) <= MAX_BYTES:
                self._made[key] = made
        return made


def made_once(facts: Facts, key: Key, make: Callable[[], bytes]) -> bytes:
    """Give a file that is kept, or make it when no other is being made.

    Raises
    ------
    ServiceUnavailable
        Others were being made for `WAIT_S`.
    """
    files = _kept_files(facts)
    if made := files.get(key):
        return made
    with _one_at_a_time():
        return files.get(key) or files.keep(key, make())


@kept()
def _kept_files(_facts: Facts) -> KeptFiles:
    return KeptFiles()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _turn.acquire(timeout=WAIT_S):
        said = _("Other files are being made; try again in a while.")
        raise ServiceUnavailable(said, retry_after=math.ceil(WAIT_S))
    try:
        yield
    finally:
        _turn.release()
