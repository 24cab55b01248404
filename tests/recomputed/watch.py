"""What ends, what has no known end and what has ended and lives on, by the tables alone.

The rules are those that `/analysis/watch` states beside its tables.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.statuses import Statuses, statuses_of
from tests.recomputed.tables import Tables, first_day, last_day

__all__ = ["Watch", "later"]

TERRITORIES = ("region", "district", "municipality", "settlement", "state")


def later(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a shorter month."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Watch:
    """The tables on a day."""

    def __init__(self, tables: Tables, on: Day) -> None:
        self.tables, self.on, self.places = tables, on, Places(tables)
        self.dated = dated_rows(tables)

    def ending(self, months: int) -> set[str]:
        """Agreements and projects that have begun, have not ended, and may end by some months later."""
        until = later(self.on.day, months)
        return {
            record.key
            for name in ("agreements", "projects")
            for record in self.dated[name].values()
            if record.end and self._goes_on(record)
            and last_day(record.end) >= self.on.day and first_day(record.end) <= until
        }  # fmt: skip

    def unending(self) -> set[str]:
        """Agreements that have begun, have not ended, are not in preparation and have no end."""
        return {
            record.key
            for record in self.dated["agreements"].values()
            if self._goes_on(record) and not record.end and record.status != "in_preparation"
        }

    def lively(self) -> set[str]:
        """Agreements that have ended, and something of both sides, or a source of it as active, is dated later."""
        found = set()
        for record in self.dated["agreements"].values():
            if record.form(self.on) != "ended":
                continue
            end = min(last_day(text) for text in (record.end, record.called_ended) if text)
            days = [first_day(trace.start) for trace in self.traces(record) if trace.start]
            if any(end < day <= self.on.day for day in [*days, *self._shown_active(record.key)]):
                found.add(record.key)
        return found

    def traces(self, agreement: Dated) -> Iterator[Dated]:
        """Events that took place and projects of both sides, and events under the agreement."""
        ours = {key for key in agreement.members if self.places.home in self.places.territories[key]}
        theirs = set(self.places.abroad(agreement.members)) - ours
        if not ours or not theirs:
            return
        for name in ("activities", "projects"):
            for record in self.dated[name].values():
                if not record.counts:
                    continue
                members = {whole for key in record.members for whole in self.acting_for(key)}
                is_under = name == "activities" and record.row["agreement"] == agreement.key
                if is_under or (members & ours and members & theirs):
                    yield record

    def acting_for(self, key: str) -> list[str]:
        """Itself and what it is part of, up to the first authority of a territory."""
        chain = [key]
        while self.places.kind(chain[-1]) not in TERRITORIES:
            whole = self.places.organizations[chain[-1]]["part_of"]
            if not whole or whole in chain:
                break
            chain.append(whole)
        return chain

    def _goes_on(self, record: Dated) -> bool:
        return record.form(self.on) not in ("ended", "future")

    def _shown_active(self, agreement: str) -> Iterator[date]:
        """First days of the dates of the sources that show a status of being active."""
        for status in statuses_of(self.tables).get(agreement, Statuses([])).shown:
            if status.row["status"] == "active" and status.shown:
                yield first_day(status.shown)
