"""``krajina bench map``: what the map takes, as numbers; nothing is asserted."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import cast

from flask import Flask

from bench.map_browser import browser_lines
from bench.maps import large_network_lines, milliseconds
from graph.kept import forget
from graph.settings import Settings
from webapp.request.site import Site
from webapp.server.serve import open_app

__all__ = ["bench_lines"]

VIEWS = {
    "start view": "",
    "2 steps": "hops=2",
    "3 steps": "hops=3",
    "one country group": "group=c1",
    "whole": "view=whole",
    "whole, Germany open": "view=whole&open=DE",
    "whole on a day of the past": "view=whole&on=2012-06-30",
}


def bench_lines(settings: Settings, rounds: int) -> Iterator[str]:
    """Time the large invented network, the views of the edition, and pages in a browser beside those of pyvis."""
    yield from large_network_lines(rounds)
    with open_app(settings) as app:
        yield "\nthe edition that is served, /map.json"
        yield from _view_lines(app, rounds)
        yield ""
        yield from browser_lines(app)


def _view_lines(app: Flask, rounds: int) -> Iterator[str]:
    client, site = app.test_client(), cast(Site, app.extensions["krajina"])
    client.get("/map.json")  # imports
    for name, query in VIEWS.items():
        anew, again = [], []
        for number in range(rounds):
            forget(site.facts)
            if query:  # as on a server that has shown its start view since the edition began
                client.get(f"/map.json?sel=first-{name}-{number}")
            address = f"/map.json?{query}&sel=none-{number}"
            took, answer = milliseconds(lambda a=address: client.get(a))  # type: ignore[misc]
            anew.append(took)
            again.append(milliseconds(lambda a=address: client.get(a))[0])  # type: ignore[misc]
        nodes = len(answer.get_json()["nodes"])
        yield f"{median(anew):10.1f} ms  {name}, {nodes} nodes; {median(again):.1f} ms when asked again"
