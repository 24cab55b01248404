"""Fair sharing of the places for queries."""

from __future__ import annotations

import threading

import pytest

from graph.errors import QueryBusy
from graph.sandbox.slots import Slots
from tests.effort import wait_until


class TestSharing:
    def test_place_goes_to_the_client_with_the_fewest(self) -> None:
        slots = Slots(places=2, heavy=1, heavy_per_client=1, queue=3, retry_after_s=7)
        slots.enter("a", 1)
        slots.enter("a", 1)
        order: list[str] = []

        def wait(client: str) -> None:
            slots.enter(client, 9)
            order.append(client)

        threads = [threading.Thread(target=wait, args=[client]) for client in "aab"]
        for number, thread in enumerate(threads, 1):
            thread.start()
            wait_until(lambda: len(slots._waiting) == number)  # noqa: B023
        with pytest.raises(QueryBusy, match="waiting"):
            slots.enter("c", 1)
        for number in range(1, 4):
            slots.leave("b" if number == 2 else "a", heavy=False)
            wait_until(lambda: len(order) == number)  # noqa: B023
        for thread in threads:
            thread.join()
        assert order == ["b", "a", "a"]

    def test_waiting_ends(self) -> None:
        slots = Slots(places=1, heavy=1, heavy_per_client=1, queue=3, retry_after_s=7)
        slots.enter("a", 1)
        with pytest.raises(QueryBusy, match="No place"):
            slots.enter("b", 0.01)
        slots.leave("a", heavy=False)
        slots.enter("b", 0.01)

    def test_heavy_queries_are_counted(self) -> None:
        slots = Slots(places=9, heavy=2, heavy_per_client=1, queue=3, retry_after_s=7)
        for client in "aabc":
            slots.enter(client, 1)
        slots.promote("a")
        with pytest.raises(QueryBusy) as own:
            slots.promote("a")
        slots.promote("b")
        with pytest.raises(QueryBusy) as others:
            slots.promote("c")
        assert [(busy.value.by_client, busy.value.retry_after_s) for busy in (own, others)] == [
            (True, 7),
            (False, 7),
        ]
        slots.leave("a", heavy=True)
        slots.promote("c")
