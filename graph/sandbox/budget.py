"""How much of the service one client may use: query seconds, which flow back with time.

A client starts with twice what flows in within a minute. What its queries take is taken off afterwards, since
nobody knows before; so the last one may go below zero, and the client waits until that has flowed back.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import QueryBusy

__all__ = ["Budget"]

_MINUTE_S = 60.0
_BURST = 2
_FORGET_EVERY = 1000  # charges: clients that have their whole budget again are forgotten


@dataclass
class _Account:
    left_s: float
    at_s: float


class Budget:
    """Query seconds of all clients; safe for threads.

    Parameters
    ----------
    per_minute_s
        Seconds of queries that flow in per client and minute; 0 for no limit.
    clock
        Seconds that go on.
    """

    def __init__(self, per_minute_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._flow = per_minute_s / _MINUTE_S
        self._most_s = per_minute_s * _BURST
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._charges = 0
        self._lock = threading.Lock()

    def check(self, client: str) -> None:
        """Refuse a client that has nothing left.

        Raises
        ------
        QueryBusy
            With the seconds after which it has a second again.
        """
        if not self._flow or client not in self._accounts:
            return
        with self._lock:
            left_s = self._left_s(client, self._clock())
        if left_s <= 0:
            budget = f"{self._flow * _MINUTE_S:g} s of queries per minute"
            message = f"The queries of your address have used up their time, {budget}."
            raise QueryBusy(message, retry_after_s=math.ceil((1 - left_s) / self._flow), by_client=True)

    def charge(self, client: str, seconds: float) -> None:
        """Take off what a query of `client` took."""
        if not self._flow:
            return
        now_s = self._clock()
        with self._lock:
            self._accounts[client] = _Account(self._left_s(client, now_s) - seconds, now_s)
            self._charges += 1
            if self._charges % _FORGET_EVERY == 0:
                self._forget(now_s)

    def _left_s(self, client: str, now_s: float) -> float:
        account = self._accounts.get(client)
        if account is None:
            return self._most_s
        return min(self._most_s, account.left_s + (now_s - account.at_s) * self._flow)

    def _forget(self, now_s: float) -> None:
        whole = [client for client in self._accounts if self._left_s(client, now_s) >= self._most_s]
        for client in whole:
            del self._accounts[client]
