"""Forms of the map: tabs, steps, facets, days, groups, cards, and all of its files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from bench.asked.known import Known
from bench.asked.requests import BAD, DAYS, LANGUAGES, Ask, address

__all__ = ["ask_maps"]

MAP_FORMS = ("pdf", "png", "svg", "html", "xlsx", "csv", "csv-metadata.json", "graphml", "gexf", "jsonld", "json")
TABS = ("", "geo", "table", "whole")


def ask_maps(known: Known) -> Iterator[Ask]:
    """Give forms of the map, then its files."""
    yield from _maps(known)
    yield from _map_files(known)


def _maps(known: Known) -> Iterator[Ask]:
    tabs, hops, days = cycle(TABS), cycle(("", "2", "3")), cycle(("", "", "2012-12-31", "2005", "2020-06"))
    for name, values in known.choices["/map"].items():
        for value in values:
            yield Ask("map", _map(**{name: value}), f"map {name}")
            yield Ask("map", _map(view=next(tabs), hops=next(hops), on=next(days), lang="en", **{name: value}),
                      f"map {name}")  # fmt: skip
            yield Ask("map", address("/map", v="1", apply="1", **{name: value}), "map apply")
            yield Ask("map", _map("/map.json", **{name: value}), "map.json facets")
    for slug in known.slugs("organizations"):
        yield Ask("map", _map(focus=slug, view=next(tabs), hops=next(hops), on=next(days)), "map focus")
        yield Ask("map", _map(also=slug, hops=next(hops)), "map also")
        yield Ask("map", _map(sel=slug, lang=next(cycle(LANGUAGES))), "map sel")
        yield Ask("map", address("/map/find", v="1", find=slug.replace("-", " ")), "map find")
        yield Ask("map", address("/map/names.json", find=slug[:3], prefix=slug[:3], q=slug[:3]), "map names")
    for key in known.chosen:
        yield Ask("map", _map(sel=key), "map sel")
        yield Ask("map", _map(sel=key, part="card", lang="en"), "map card")
        yield Ask("map", _map(sel=key, part="card", on="2012-12-31", focus="saxony"), "map card")
        yield Ask("map", _map(sel=key, view="table", hops="2"), "map sel")
    for country in known.choices["/map"].get("country", ()):
        for group in (country, f"{country}.circle", f"{country}.square", f"{country}.diamond"):
            for step in ("2", "3"):
                yield Ask("map", _map(open=group, hops=step), "map open")
    for tab in TABS:
        for code in LANGUAGES:
            for day in ("", *DAYS):
                for step in ("", "2", "3"):
                    yield Ask("map", _map(view=tab, on=day, hops=step, lang=code), "map tabs")
            for first, last in (("2000", "2010"), ("2010", "2000"), ("1990", ""), ("", "2005"), ("x", "2005")):
                yield Ask("map", _map(view=tab, lang=code, **{"from": first, "to": last}), "map span")
            for versus in ("2012", "2005-06-30", "1. 1. 2010", "x", "2031"):
                for day in ("", "2015"):
                    yield Ask("map", _map(view=tab, lang=code, versus=versus, on=day), "map versus")
            yield Ask("map", _map(view=tab, undated="0", lang=code), "map undated")
            yield Ask("map", _map(view=tab, pos="1,2,0.5", lang=code), "map pos")
    for part in ("card", "map", "picture", "list", "table", "legend", "state", "x"):
        for sel in ("", "saxony", "saxony~ustecky-kraj", "nobody", "DE", "DE.circle"):
            yield Ask("map", _map(part=part, sel=sel), "map part")
    for whole in ("/map/whole.json", "/map/names.json", "/map.json", "/map/embed"):
        for code in LANGUAGES:
            for more in ({}, {"on": "2012-12-31"}, {"country": "DE"}, {"view": "whole"}, {"hops": "2"},
                         {"sel": "saxony"},
                         {"focus": "saxony"}, {"versus": "2012"}, {"ground": "event"}, {"on": "x"}):  # fmt: skip
                yield Ask("map", _map(whole, lang=code, **more), f"map {whole}")
    for words in ("Drážďany", "dresden", "sas", "a", "", "nikdo nikde", "ÚSTÍ", "zzz"):
        for code in LANGUAGES:
            yield Ask("map", address("/map/find", find=words, lang=code), "map find")
            yield Ask("map", address("/map/find", find=words, lang=code, v="1", view="geo", hops="2"), "map find")
    for bad in BAD:
        for name in ("v", "focus", "hops", "view", "open", "also", "sel", "on", "versus", "from", "ground", "part"):
            yield Ask("map", address("/map", **{name: bad}), "map bad")
        yield Ask("map", address("/map.svg", focus=bad), "map bad")


def _map_files(known: Known) -> Iterator[Ask]:
    views: tuple[dict[str, str], ...] = (
        {}, {"hops": "2"}, {"hops": "3"}, {"view": "geo"}, {"view": "table"}, {"view": "whole"}, {"on": "2012-12-31"},
        {"focus": "saxony"}, {"focus": "saxony", "hops": "2", "view": "geo"}, {"versus": "2012"},
        {"from": "2000", "to": "2010"}, {"ground": "agreement"}, {"country": "DE"}, {"open": "DE"}, {"sel": "saxony"},
        {"edges": "relationships"}, {"undated": "0"}, {"on": "x"}, {"focus": "nobody"}, {"v": "2"},
    )  # fmt: skip
    for suffix in MAP_FORMS:
        for view in views:
            for code in LANGUAGES:
                yield Ask("map file", _map(f"/map.{suffix}", **{**view, "lang": code}), f"map.{suffix}")


def _map(path: str = "/map", **parameters: str) -> str:
    return address(path, **{"v": "1", **parameters})
