"""Statuses of agreements by the table of status periods: what each shows, when, and which is the latest.

The rule is that of ontology/README.md, "What held on a day".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tests.recomputed.tables import Row, Tables, first_day, last_day

__all__ = ["ShownStatus", "Statuses", "statuses_of"]


@dataclass(frozen=True)
class ShownStatus:
    """A row, with the dates of its sources; `shown` is the date on which they show the status, "" for none."""

    row: Row
    source_dates: list[str]

    @property
    def shown(self) -> str:
        """The date that it states, if a source is of that time; else that of its newest source."""
        stated = self.row["as_of"]
        if stated and any(
            first_day(stated) <= last_day(text) and first_day(text) <= last_day(stated) for text in self.source_dates
        ):
            return stated
        return max(self.source_dates, key=lambda text: (first_day(text), len(text)), default="")

    @property
    def begins(self) -> str:
        """When it began, or else when it is shown."""
        return self.row["date_from"] or self.shown

    @property
    def place_in_time(self) -> tuple[date, str]:
        """What it is sorted by; without a date it is the last."""
        text = self.begins if self.row["status"] in ("ended", "suspended") else self.shown
        return last_day(text) if text else date.max, self.row["id"]


@dataclass(frozen=True)
class Statuses:
    """Statuses of an agreement, the latest last."""

    shown: list[ShownStatus]

    @property
    def latest(self) -> str:
        """Code of the latest; unknown for none."""
        return self.shown[-1].row["status"] if self.shown else "unknown"

    @property
    def source_dates(self) -> list[str]:
        """Dates of all sources."""
        return [text for status in self.shown for text in status.source_dates]

    @property
    def counted_from(self) -> str:
        """Date since when a source counts it."""
        rows = [status.row for status in self.shown if status.row["status"] in ("active", "listed", "unknown")]
        return min((row["date_from"] for row in rows if row["date_from"]), key=first_day, default="")

    def last_shown(self, code: str) -> str:
        """Last date on which a status is shown; a later source tells of the time until its end."""
        dates = [
            min(filter(None, (status.shown, status.row["date_to"])), key=last_day)
            for status in self.shown
            if status.row["status"] == code and status.shown
        ]
        return max(dates, key=last_day, default="")

    @property
    def called_ended(self) -> str:
        """Since when, or by when, the latest status says that it has ended."""
        return self.shown[-1].begins if self.latest == "ended" else ""

    @property
    def is_active_undated(self) -> bool:
        """Tell whether the latest status is that of a source without a date that presents it as in force."""
        return self.latest == "active" and not self.shown[-1].shown

    @property
    def suspensions(self) -> tuple[tuple[date, date], ...]:
        """First day of each suspension, and the first day after it."""
        spans = []
        for place, status in enumerate(self.shown):
            if status.row["status"] == "suspended" and status.begins:
                after = [
                    later.begins for later in self.shown[place + 1 :] if later.row["status"] in ("active", "ended")
                ]
                end = status.row["date_to"] or next(iter(after), "")
                spans.append((first_day(status.begins), last_day(end) if end else date.max))
        return tuple(sorted(spans))


def statuses_of(tables: Tables) -> Mapping[str, Statuses]:
    """Statuses of each agreement that has any."""
    rows: dict[str, list[ShownStatus]] = {}
    for row in tables["status_periods"].values():
        dates = [tables["sources"][source]["published"] for source in tables.many(row, "sources")]
        rows.setdefault(row["agreement"], []).append(ShownStatus(row, list(filter(None, dates))))
    return {key: Statuses(sorted(shown, key=lambda status: status.place_in_time)) for key, shown in rows.items()}
