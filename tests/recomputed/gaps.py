"""Gaps by the tables alone, and distances by the outline alone; the rules are those that `/analysis/gaps` states."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path

from tests.recomputed.dated import Dated
from tests.recomputed.tables import first_day, last_day
from tests.recomputed.watch import Watch, later

__all__ = ["Gaps", "border_points", "kilometres"]

AUTHORITIES = ("municipality", "district", "region")


class Gaps(Watch):
    """The tables on a day."""

    def has_begun(self, record: Dated) -> bool:
        """Whether it does not surely begin later."""
        return record.form(self.on) != "future"

    def partners(self, town: str) -> set[str]:
        """Those abroad with whom it has or had an agreement."""
        agreements = (a for a in self.dated["agreements"].values() if town in a.members and self.has_begun(a))
        return {key for agreement in agreements for key in self.places.abroad(agreement.members)}

    @property
    def ours(self) -> set[str]:
        """Organizations in the territory of the region."""
        return {key for key in self.places.organizations if self.places.home in self.places.territories[key]}

    @property
    def towns(self) -> list[str]:
        """Municipalities of the region."""
        return [key for key in self.ours if self.places.kind(key) == "municipality"]

    def silent(self, months: int) -> set[str]:
        """Agreements of ours with somebody abroad without a trace of so many months."""
        found, day = set(), self.on.day
        for agreement in self.dated["agreements"].values():
            abroad = set(self.places.abroad(agreement.members)) - self.ours
            if not abroad or not self.ours.intersection(agreement.members):
                continue
            if agreement.form(self.on) in ("ended", "future") or agreement.status in ("dormant", "in_preparation"):
                continue
            start = last_day(agreement.start) if agreement.start else None
            ends = [
                last_day(trace.end or trace.start)
                for trace in self.traces(agreement)
                if trace.start and first_day(trace.start) <= day
            ]
            reached = [start, *(end for end in ends if start is None or end > start)]
            last = max((min(end, day) for end in reached if end), default=None)
            if last is None or later(last, months) <= day:
                found.add(agreement.key)
        return found

    def paperless(self, least: int) -> dict[tuple[str, str], int]:
        """Pairs of ours and an authority abroad without any agreement to the number of what they did together."""
        agreed = {pair for a in self.dated["agreements"].values() for pair in product(a.members, repeat=2)}
        home = {*self.towns, self.places.home}
        counted = Counter(
            pair
            for record in self._undertaken
            for pair in product(
                home.intersection(record.members),
                [key for key in self.places.abroad(record.members) if self.places.kind(key) in AUTHORITIES],
            )
        )
        return {pair: number for pair, number in counted.items() if number >= least and pair not in agreed}

    def unpaired(self) -> set[tuple[str, str]]:
        """Towns of partner regions without an agreement with any of ours, with their regions."""
        agreements = [a for a in self.dated["agreements"].values() if self.has_begun(a)]
        paired = {key for a in agreements if self.ours.intersection(a.members) for key in a.members}
        regions = {
            key
            for a in agreements
            if self.places.home in a.members and a.form(self.on) != "ended"
            for key in self.places.abroad(a.members)
            if self.places.kind(key) == "region"
        }
        return {
            (key, region)
            for key in self.places.organizations
            for region in regions.intersection(self.places.territories[key])
            if self.places.kind(key) == "municipality" and key not in paired and key not in self.ours
        }

    def uncovered(self) -> dict[str, tuple[int, int, int]]:
        """Areas without an agreement of the region to agreements of others in it, events and projects of ours."""
        alive = [a for a in self.dated["agreements"].values() if a.form(self.on) not in ("ended", "future")]
        of_home = [a for a in alive if self.places.home in a.members]
        of_others = [a for a in alive if self.ours.intersection(a.members)]
        joint = [r for r in self._undertaken if self.ours.intersection(r.members) and self.places.abroad(r.members)]

        def within(records: list[Dated], area: str, table: str) -> int:
            return sum(r.table == table and area in self.tables.with_broader(r.areas) for r in records)

        return {
            area: (within(of_others, area, "agreements"), within(joint, area, "activities"),
                   within(joint, area, "projects"))
            for area in self.tables["areas"]
            if not within(of_home, area, "agreements")
        }  # fmt: skip

    def weak(self, most: int) -> dict[str, set[str]]:
        """Agreements that have not ended to what is weak in their evidence."""
        found = {}
        for agreement in self.dated["agreements"].values():
            form = agreement.form(self.on)
            if form in ("ended", "future") or agreement.status == "in_preparation":
                continue
            by_undated = agreement.verdict(self.on.day)[1] == "undated"
            codes = {
                "open": form == "open", "aged": form == "aged" and not by_undated, "undated": by_undated,
                "single": len(agreement.sources) <= most,
            }  # fmt: skip
            if any(codes.values()):
                found[agreement.key] = {code for code, holds in codes.items() if holds}
        return found

    @cached_property
    def _undertaken(self) -> list[Dated]:
        """Events that took place and projects that have begun."""
        records = [record for name in ("activities", "projects") for record in self.dated[name].values()]
        return [record for record in records if record.counts and self.has_begun(record)]


def border_points(atlas: Path, country: str, step_km: float = 0.2) -> list[tuple[float, float]]:
    """Points along the land border of a country, given by its name in the atlas, at most so far from each other."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    users: Mapping[int, set[str]] = defaultdict(set)
    for number, shape in enumerate(topology["objects"]["countries"]["geometries"]):
        for index in _numbers(shape.get("arcs", [])):
            users[index if index >= 0 else -1 - index].add(f"{shape['properties']['name']} {number}")
    (sx, sy), (tx, ty) = (topology["transform"][name] for name in ("scale", "translate"))
    points = []
    for index, names in users.items():
        if len(names) < 2 or not any(name.rpartition(" ")[0] == country for name in names):
            continue
        x = y = 0
        line = []
        for dx, dy in topology["arcs"][index]:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        for (x0, y0), (x1, y1) in pairwise(line):
            parts = max(1, math.ceil(kilometres((x0, y0), (x1, y1)) / step_km))
            points += [(x0 + (x1 - x0) * part / parts, y0 + (y1 - y0) * part / parts) for part in range(parts + 1)]
    return points


def _numbers(nested: list[object]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, int):
            yield item
        elif isinstance(item, list):
            yield from _numbers(item)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    (x0, y0), (x1, y1) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    part = math.sin((y1 - y0) / 2) ** 2 + math.cos(y0) * math.cos(y1) * math.sin((x1 - x0) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(part))
