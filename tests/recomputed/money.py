"""Money of projects by the tables alone; the rules are those that `/analysis/money` states beside its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Tables

__all__ = ["Money", "Sums"]

# Projects, how many state a grant, the sum of these, how many state a budget, the sum of these, how many state neither.
Sums = tuple[int, int, Decimal, int, Decimal, int]


class Money:
    """The tables on a day."""

    def __init__(self, tables: Tables, on: Day, territory: str = "", *, home: bool = False) -> None:
        self.tables, self.places = tables, Places(tables)
        self.funds = {row["umbrella"] for row in tables["projects"].values() if row["umbrella"]}
        reach = self.places.joined_with_home if home else self.places.with_somebody_in
        self.chosen = [
            record
            for record in dated_rows(tables)["projects"].values()
            if not (on.is_past and record.form(on) == "future")
            and (not territory or territory in reach(record.members))
        ]

    @property
    def projects(self) -> list[Dated]:
        """Projects that count: no umbrella funds."""
        return [record for record in self.chosen if record.key not in self.funds]

    def by(self, name: str) -> Mapping[str, Sums]:
        """Value to its sums; "" for none."""
        shared: dict[str, list[Dated]] = defaultdict(list)
        for record in self.projects:
            for value in set(self._values(name, record)) or {""}:
                shared[value].append(record)
        return {value: _sums(records) for value, records in shared.items()}

    def _values(self, name: str, record: Dated) -> Iterable[str]:
        if name == "year":
            return [record.start[:4]]
        if name == "programme":
            return [record.row["programme"]]
        if name == "area":
            return [area for area in self.tables.with_broader(record.areas) if not self.tables.broader[area]]
        if name == "territory":
            around = self.places.with_somebody_in(record.members)
            return [key for key in around if self.places.kind(key) == "region" and key != self.places.home]
        parts = self.tables["participations"].values()
        return [part["organisation"] for part in parts if part["project"] == record.key and part["role"] == "lead"]


def _sums(records: list[Dated]) -> Sums:
    grants = [Decimal(r.row["eu_contribution_eur"]) for r in records if r.row["eu_contribution_eur"]]
    budgets = [Decimal(r.row["budget_eur"]) for r in records if r.row["budget_eur"]]
    neither = sum(not r.row["eu_contribution_eur"] and not r.row["budget_eur"] for r in records)
    return len(records), len(grants), sum(grants, Decimal(0)), len(budgets), sum(budgets, Decimal(0)), neither
