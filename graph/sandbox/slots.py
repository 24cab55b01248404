"""Fair sharing: who may run a query now, and for how long before it counts as heavy.

Every query starts light. One that lasts longer than `LIGHT_S` is heavy, and of those only few may run: so
many per client and so many in all. The others are ended early and told to come back. A place that gets
free goes to the waiting client that has the fewest, so that fifty queries of one client delay
another by one light query at most.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from graph.errors import QueryBusy

__all__ = ["ALONE_S", "LIGHT_S", "PRESSED_S", "Slots"]

LIGHT_S = 0.3
ALONE_S = 1.0  # instead, for the only query of its client while nobody waits: it may be the machine that is slow
PRESSED_S = 0.1  # instead, while others wait and the client could not go on as heavy anyway


@dataclass(eq=False)
class _Waiting:
    client: str
    granted: threading.Event = field(default_factory=threading.Event)


class Slots:
    """Places for queries; safe for threads.

    Parameters
    ----------
    places
        Light queries that run at once.
    heavy, heavy_per_client
        Heavy queries beside them, in all and of one client.
    queue
        Queries that may wait for a place.
    retry_after_s
        Seconds that a refused client is asked to wait when heavy queries are in the way.
    """

    def __init__(self, places: int, heavy: int, heavy_per_client: int, queue: int, retry_after_s: int) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._most_heavy = heavy
        self._most_heavy_per_client = heavy_per_client
        self._queue = queue
        self._retry_after_s = retry_after_s
        self._running: dict[str, int] = {}
        self._heavy: Counter[str] = Counter()
        self._waiting: list[_Waiting] = []

    def enter(self, client: str, timeout_s: float) -> None:
        """Take a place, or wait for one.

        Raises
        ------
        QueryBusy
            Too many wait already, or no place got free in `timeout_s`.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                self._begin(client)
                return
            if len(self._waiting) >= self._queue:
                raise QueryBusy("Too many queries are waiting.", retry_after_s=2)
            waiting = _Waiting(client)
            self._waiting.append(waiting)
        if not waiting.granted.wait(timeout_s):
            self._give_up(waiting)

    def _give_up(self, waiting: _Waiting) -> None:
        with self._lock:
            if waiting.granted.is_set():
                return
            self._waiting.remove(waiting)
        raise QueryBusy("No place for this query got free in time.", retry_after_s=2)

    def promote(self, client: str) -> None:
        """Let a running query of `client` go on as heavy, so that another may take its place.

        Raises
        ------
        QueryBusy
            There are enough heavy ones; the query must end now.
        """
        with self._lock:
            if self._heavy[client] >= self._most_heavy_per_client:
                message = f"{self._heavy[client]} long queries of your address are running already."
                raise QueryBusy(message, retry_after_s=self._retry_after_s, by_client=True)
            if self._heavy.total() >= self._most_heavy:
                raise QueryBusy("Enough long queries are running already.", retry_after_s=self._retry_after_s)
            self._heavy[client] += 1
            self._hand_over()

    def pressed(self, client: str) -> bool:
        """Whether others wait while a query of `client`, who has several, could not go on as heavy."""
        with self._lock:
            own, total = self._heavy[client], self._heavy.total()
            full = own >= self._most_heavy_per_client or total >= self._most_heavy
            return full and bool(self._waiting) and self._running.get(client, 0) > 1

    def is_alone(self, client: str) -> bool:
        """Whether `client` has one query only and nobody waits."""
        with self._lock:
            return self._running.get(client) == 1 and not self._waiting

    def leave(self, client: str, *, heavy: bool) -> None:
        """Give the place back, or hand it to who has waited with the fewest queries."""
        with self._lock:
            self._take_off(self._running, client)
            if heavy:
                self._take_off(self._heavy, client)
            else:
                self._hand_over()

    def _hand_over(self) -> None:
        if not self._waiting:
            self._free += 1
            return
        following = min(self._waiting, key=lambda other: self._running.get(other.client, 0))  # first of equals
        self._waiting.remove(following)
        self._begin(following.client)
        following.granted.set()

    def _begin(self, client: str) -> None:
        self._running[client] = self._running.get(client, 0) + 1

    @staticmethod
    def _take_off(counter: dict[str, int], client: str) -> None:
        counter[client] -= 1
        if not counter[client]:
            del counter[client]  # addresses must not add up for ever
