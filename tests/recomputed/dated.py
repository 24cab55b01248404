"""What holds in time: agreements, projects, activities, memberships, relations; and what each was on a day.

The rule is that of ontology/README.md, "What held on a day"; how it is read is told at /about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.recomputed.tables import Row, Tables, first_day, last_day, years_earlier

__all__ = ["FRESH_YEARS", "Dated", "Day", "dated_rows"]

FRESH_YEARS = 5


@dataclass(frozen=True)
class Day:
    """A day that is asked for, and the day of asking."""

    day: date
    today: date

    @property
    def is_past(self) -> bool:
        """Later starts are left out, and older evidence does not show that something held."""
        return self.day < self.today


@dataclass(frozen=True, eq=False)
class Dated:
    """A row that holds in time, in terms of the rule; texts are dates at the precision of the table, "" is not known.

    Attributes
    ----------
    table, key : str
        Name of its table, row id.
    members : tuple of str
        Row ids of the organizations that it ties: parties, participants, member and organization, subject and object.
    start, end : str
        End given, or that of the rule: start of the successor; of an activity its only date.
    shown, called_ended : str
        Date of the source that shows it as lasting, and of one that calls it ended.
    is_shown_undated : bool
        A source without a date shows it as lasting.
    is_succeeded : bool
        Another agreement supersedes it.
    """

    table: str
    key: str
    row: Row
    members: tuple[str, ...]
    areas: tuple[str, ...]
    sources: tuple[str, ...]
    start: str
    end: str
    shown: str
    called_ended: str
    is_shown_undated: bool
    is_succeeded: bool = False

    @property
    def holds_on_last_day(self) -> bool:
        """Unlike an agreement, it still holds on the day on which it ends."""
        return self.table != "agreements"

    @property
    def has_date(self) -> bool:
        """Anything dates it: a start, an end, a dated source."""
        return bool(self.start or self.end or self.shown or self.called_ended)

    def begins_after(self, day: date) -> bool:
        """Tell whether it surely begins later."""
        return bool(self.start) and first_day(self.start) > day

    def has_ended(self, day: date) -> bool:
        """Tell whether its end, or the source that calls it ended, lies before the day; of an agreement also on it."""
        ends = [last_day(text) for text in (self.end, self.called_ended) if text]
        return bool(ends) and (min(ends) < day or (min(ends) == day and not self.holds_on_last_day))

    def verdict(self, day: date) -> tuple[str, str]:
        """State on a day and what it rests on."""
        if self.begins_after(day):
            return "future", "start"
        if self.has_ended(day):
            by_source = bool(self.called_ended) and (not self.end or last_day(self.called_ended) < last_day(self.end))
            return "ended", "evidence" if by_source else "end"
        has_begun = bool(self.start) and last_day(self.start) <= day
        if has_begun:
            if self.end and (first_day(self.end) > day or (first_day(self.end) == day and self.holds_on_last_day)):
                return "held", "end"
            if self.shown and last_day(self.shown) >= day:
                return "held", "evidence"
            if last_day(self.start) > years_earlier(day, 1):
                return "held", "concluded"
            if self.is_shown_undated:
                return "held", "undated"
        if not self.start and self.shown[:4] == str(day.year):
            return "held", "evidence"
        if self.shown and first_day(self.shown) <= day:
            return "unknown", "evidence"
        if self.is_shown_undated:
            return "unknown", "undated"
        return ("unknown", "start") if has_begun else ("unknown", "nothing")

    def form(self, on: Day) -> str:
        """How people read its state: held, aged, open, ended or future."""
        state, basis = self.verdict(on.day)
        if state == "held":
            return "aged" if basis == "undated" and not on.is_past else "held"
        if state != "unknown":
            return state
        if on.is_past or basis not in ("evidence", "undated"):
            return "open"
        is_fresh = basis == "evidence" and last_day(self.shown) >= years_earlier(on.day, FRESH_YEARS)
        return "held" if is_fresh else "aged"

    def is_by_undated(self, on: Day) -> bool:
        """Tell whether it reads as valid while only a source without a date shows that."""
        return self.verdict(on.day)[1] == "undated" and self.form(on) in ("held", "aged")

    def state_date(self, on: Day) -> str:
        """Date that is told with the state; "" for none."""
        state, basis = self.verdict(on.day)
        status_date = self.row.get("status_as_of", "")
        if state == "future" or basis == "concluded":
            return self.start
        if state == "ended":
            # A source of the time within which the end is known to lie says nothing new.
            is_earlier = not self.end or first_day(self.end) > last_day(self.called_ended or self.end)
            return self.called_ended if basis == "evidence" and is_earlier else self.end
        if basis == "end":
            return self.end
        if basis == "evidence":
            return self.shown
        if basis != "undated" and status_date and first_day(status_date) <= on.day:
            return status_date
        return ""


def dated_rows(tables: Tables) -> Mapping[str, Mapping[str, Dated]]:
    """All that holds in time, by table and row id."""
    return {
        "agreements": {record.key: record for record in _agreements(tables)},
        "projects": {record.key: record for record in _projects(tables)},
        "activities": {record.key: record for record in _activities(tables)},
        "memberships": {record.key: record for record in _shown_by_sources(tables, "memberships")},
        "relations": {record.key: record for record in _shown_by_sources(tables, "relations")},
    }


def _agreements(tables: Tables) -> Iterator[Dated]:
    rows = tables["agreements"]
    successors = {row["supersedes"]: row for row in rows.values() if row["supersedes"]}
    for key, row in rows.items():
        successor = successors.get(key)
        after = successor["valid_from"] or successor["signed"] if successor else ""
        is_active, date_of_status = row["status"] == "active", row["status_as_of"]
        yield Dated(
            "agreements", key, row, tables.many(row, "parties"), tables.many(row, "areas"), tables.many(row, "sources"),
            start=row["valid_from"] or row["signed"],
            end=row["valid_to"] or after,
            shown=date_of_status if is_active else "",
            called_ended=date_of_status if row["status"] == "ended" else "",
            is_shown_undated=is_active and not date_of_status,
            is_succeeded=successor is not None,
        )  # fmt: skip


def _projects(tables: Tables) -> Iterator[Dated]:
    taking_part: dict[str, dict[str, None]] = {}
    for participation in tables["participations"].values():
        taking_part.setdefault(participation["project"], {})[participation["organisation"]] = None
    for key, row in tables["projects"].items():
        members, areas = tuple(taking_part.get(key, ())), tables.many(row, "areas")
        yield Dated("projects", key, row, members, areas, tables.many(row, "sources"), row["date_from"], row["date_to"],
                    shown="", called_ended="", is_shown_undated=False)  # fmt: skip


def _activities(tables: Tables) -> Iterator[Dated]:
    for key, row in tables["activities"].items():
        members, areas, start = tables.many(row, "participants"), tables.many(row, "areas"), row["date_from"]
        yield Dated("activities", key, row, members, areas, tables.many(row, "sources"), start, row["date_to"] or start,
                    shown="", called_ended="", is_shown_undated=False)  # fmt: skip


def _shown_by_sources(tables: Tables, name: str) -> Iterator[Dated]:
    """Memberships and relations have no status: the latest of their sources shows that they last."""
    ends = {"memberships": ("member", "organisation"), "relations": ("subject", "object")}[name]
    for key, row in tables[name].items():
        sources = tables.many(row, "sources")
        dates = [tables["sources"][source]["published"] for source in sources]
        members = tuple(row[column] for column in ends if row[column] in tables["organisations"])
        yield Dated(name, key, row, members, (), sources, row["date_from"], row["date_to"],
                    shown=max(filter(None, dates), key=last_day, default=""), called_ended="",
                    is_shown_undated="" in dates)  # fmt: skip
