"""The network of the map on a day: which ties a view lets through, whom it shows, and what it counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import NO_GROUP, Places
from tests.recomputed.spans import ONE_DAY, form_in_span, years_held
from tests.recomputed.tables import Tables
from tests.recomputed.ties import GROUNDS, SHAPES, STATES, Shown, Tie, View, edges_of

__all__ = ["Network"]


class Network:
    """The network of all relationships, seen on a day."""

    def __init__(self, tables: Tables, on: Day) -> None:
        self.tables, self.on, self.places = tables, on, Places(tables)
        self.dated = dated_rows(tables)
        self.edges = list(edges_of(self.dated))
        self._kept: dict[View, Mapping[tuple[str, str], Tie]] = {}
        self._forms: dict[tuple[Dated, tuple[int, int]], str] = {}

    def start(self, focus: str = "", *, whole: bool = False) -> View:
        """Give what a map shows before anything is chosen: around the home region abroad only."""
        focus = focus or self.tables.home
        groups = frozenset(self.tables["country_groups"])
        only_abroad = focus == self.tables.home and not whole
        return View(focus, group=groups - {self.places.home_group} if only_abroad else groups, whole=whole)

    def everything(self, view: View) -> View:
        """Give a view with all of everything chosen, in the same steps and years."""
        groups, grounds = frozenset(self.tables["country_groups"]), frozenset(GROUNDS.values())
        return View(view.focus, view.hops, grounds, group=groups, span=view.span, whole=view.whole)

    def shown(self, view: View) -> Shown:
        """Find what a view shows."""
        ties = {ends: tie for ends, tie in self._ties(view).items() if tie.state in view.st}
        return self._whole(view, ties) if view.whole else self._around(view, ties)

    def hidden(self, view: View) -> tuple[int, int, int]:
        """Organizations and ties that the choice hides, and relationships within reach that begin only later."""
        shown, wide = self.shown(view), self.shown(self.everything(view))
        later = {
            (edge.record.table, edge.record.key)
            for edge in self.edges
            if set(edge.ends) <= set(wide.steps) and self._form(edge.record, view) == "future"
        }
        return len(set(wide.steps) - set(shown.steps)), len(set(wide.ties) - set(shown.ties)), len(later)

    def legend(self, view: View, name: str) -> Counter[Any]:
        """Partners by value of a facet, were all its values chosen: their own, or those of the ties nearest to them.

        Former partners count by state and evidence alone, posts of ours nowhere.
        """
        every: dict[str, Any] = {"ground": GROUNDS.values(), "st": STATES, "kind": SHAPES,
                                 "group": self.tables["country_groups"]}  # fmt: skip
        chosen: dict[str, Any] = {name: frozenset(every.get(name, ()))}
        shown = self.shown(replace(view, **chosen))
        own = {"group": self._group, "kind": self._shape, "country": self.places.country}
        partners, former, leading = self.standing(shown)
        counts: Counter[Any] = Counter()
        for key in [*partners, *(former if name in ("st", "proof") else ())]:
            counts.update([own[name](key)] if name in own else self._values(name, leading[key]))
        return counts

    def standing(self, shown: Shown) -> tuple[set[str], set[str], Mapping[str, list[Tie]]]:
        """Tell partners from those with whom all has ended, by the ties leading to them; posts of ours are neither."""
        leading = shown.leading
        others = shown.partners - self.places.own_posts
        former = {key for key in others if all(tie.state == "ended" for tie in leading.get(key, ()))}
        return others - former, former, leading

    def years(self, view: View) -> Counter[int]:
        """Count relationships by each year in which they held, to that of today, whatever span the view has."""
        shown = self.shown(replace(view, span=(0, 0), undated=True))
        records = (self.dated[table][key] for table, key in shown.records)
        return Counter(year for record in records for year in years_held(record, self.on.today.year))

    def changes(self, view: View, before: date) -> tuple[Counter[str], Counter[str]]:
        """Count ties and organizations of a view by how they stand to an earlier day."""
        shown = self.shown(view)
        of_ties = Counter(self._change(tie.records, before) for tie in shown.ties.values())
        records: dict[str, set[Dated]] = defaultdict(set)
        for ends, tie in shown.ties.items():
            for key in ends:
                records[key].update(tie.records)
        return of_ties, Counter(self._change(of, before) for of in records.values())

    def _change(self, records: Iterable[Dated], before: date) -> str:
        on_days = [
            {record: record.form(Day(day, day + ONE_DAY)) for record in records} for day in (before, self.on.day)
        ]
        earlier, later = ({r for r, form in forms.items() if form in ("held", "open")} for forms in on_days)
        if not earlier and not later:
            return "passed" if "future" in on_days[0].values() else "same"
        if earlier and later:
            return "same" if earlier == later else "changed"
        return "gone" if earlier else "new"

    def _form(self, record: Dated, view: View) -> str:
        key = (record, view.span)
        if key not in self._forms:
            in_span = view.span != (0, 0)
            self._forms[key] = form_in_span(record, view.span, self.on) if in_span else record.form(self.on)
        return self._forms[key]

    def _ties(self, view: View) -> Mapping[tuple[str, str], Tie]:
        """Ties of the relationships that a view lets through; whom and what state it chooses does not count yet."""
        chosen = View("", ground=view.ground, topic=view.topic, programme=view.programme, proof=view.proof,
                      cited=view.cited, span=view.span, undated=view.undated)  # fmt: skip
        if chosen not in self._kept:
            self._kept[chosen] = self._let(chosen)
        return self._kept[chosen]

    def _let(self, view: View) -> Mapping[tuple[str, str], Tie]:
        ties = {}
        for ends, records in self._pairs.items():
            forms = {record: self._form(record, view) for record in records}
            begun = [record for record in records if forms[record] != "future"]
            meet_only = all(record.table == "activities" for record in begun)
            let = [
                record
                for record in begun
                if GROUNDS[record.table] in view.ground
                and (meet_only or record.table != "activities")
                and self._passes(record, view)
            ]
            if let:
                tie = Tie(ends, tuple(let), _state({forms[record] for record in let}))
                if not view.cited or tie.cited in view.cited:
                    ties[ends] = tie
        return ties

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], list[Dated]]:
        pairs: dict[tuple[str, str], list[Dated]] = defaultdict(list)
        for edge in self.edges:
            pairs[edge.ends].append(edge.record)
        return pairs

    def _passes(self, record: Dated, view: View) -> bool:
        return (
            (not view.topic or bool(view.topic & self.tables.with_broader(record.areas)))
            and (not view.programme or self._programme(record) in view.programme)
            and (not view.proof or self._proof(record) in view.proof)
            and (view.undated or record.has_date)
        )

    def _programme(self, record: Dated) -> str:
        project = {"projects": record.key, "activities": record.row.get("project", "")}.get(record.table, "")
        return self.tables["projects"][project]["programme"] if project else ""

    def _proof(self, record: Dated) -> str:
        form = record.form(self.on)
        if form in ("open", "ended", "suspended"):
            return "open" if form == "open" else "closed"
        if record.is_by_undated(self.on):
            return "undated"
        return "older" if form == "aged" else "fresh"

    def _group(self, key: str) -> str:
        return self.places.group(key) or NO_GROUP

    def _shape(self, key: str) -> str:
        return next((shape for shape, kinds in SHAPES.items() if self.places.kind(key) in kinds), "hexagon")

    def _is_chosen(self, key: str, view: View) -> bool:
        of_country = view.whole or not view.country or self.places.country(key) in view.country
        return key == view.focus or (of_country and self._group(key) in view.group and self._shape(key) in view.kind)

    def _around(self, view: View, ties: Mapping[tuple[str, str], Tie]) -> Shown:
        near = _neighbours(ties)
        steps, border = {view.focus: 0}, {view.focus}
        for step in range(1, view.hops + 1):
            reached = {other for key in border for other in near[key] if other not in steps}
            border = {key for key in reached if self._is_chosen(key, view)}
            steps |= dict.fromkeys(border, step)
        return Shown(view.focus, steps, {ends: tie for ends, tie in ties.items() if steps.keys() >= set(ends)})

    def _whole(self, view: View, ties: Mapping[tuple[str, str], Tie]) -> Shown:
        kept = {
            ends: tie
            for ends, tie in ties.items()
            if all(self._is_chosen(key, view) for key in ends)
            and (not view.country or any(self.places.country(key) in view.country for key in ends))
        }
        near = _neighbours(kept)
        steps, border = {view.focus: 0}, {view.focus}
        while border:
            border = {other for key in border for other in near[key] if other not in steps}
            steps |= dict.fromkeys(border, max(steps.values()) + 1)
        beyond = max(steps.values()) + 1
        return Shown(view.focus, {**dict.fromkeys(near, beyond), **steps}, kept)

    def _values(self, name: str, ties: Iterable[Tie]) -> set[Any]:
        records = [record for tie in ties for record in tie.records]
        if name == "ground":
            grounds = {GROUNDS[record.table] for record in records}
            return grounds if grounds == {"event"} else grounds - {"event"}
        if name == "topic":
            return {area for record in records for area in self.tables.with_broader(record.areas)}
        if name == "programme":
            return {programme for record in records if (programme := self._programme(record))}
        if name == "proof":
            return {self._proof(record) for record in records}
        return {tie.state for tie in ties} if name == "st" else {tie.cited for tie in ties}


def _state(forms: set[str]) -> str:
    if "held" in forms:
        return "held"
    return "open" if forms & {"open", "aged"} else "ended"


def _neighbours(ties: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for start, end in ties:
        near[start].add(end)
        near[end].add(start)
    return near
