"""What holds in time: agreements, projects, activities, memberships, relations; and what each was on a day.

The rule is that of ontology/README.md, "What held on a day"; how it is read is told at /about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.recomputed.statuses import Statuses, statuses_of
from tests.recomputed.tables import Row, Tables, first_day, last_day, years_earlier

__all__ = ["FRESH_YEARS", "Dated", "Day", "dated_rows"]

FRESH_YEARS = 5
# Status of an activity that a source shows to have taken place.
TOOK_PLACE = "held"


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
        End given, or that of the rule: start of the successor; of an activity its only date, of one that no source
        shows to have taken place none.
    shown, called_ended : str
        Date of the source that shows it as lasting, and since when, or by when, it is called ended.
    is_shown_undated : bool
        A source without a date shows it as lasting.
    is_proven : bool
        Its start and end alone prove that it held.
    suspensions : tuple
        First day of each suspension, and the first day after it.
    status, status_date : str
        Of an agreement the latest status, and the last date on which it is shown.
    is_contradicted : bool
        By this status an older source does not read as showing that the agreement is valid, says the list of statuses.
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
    is_proven: bool = True
    suspensions: tuple[tuple[date, date], ...] = ()
    status: str = ""
    status_date: str = ""
    is_contradicted: bool = False

    @property
    def counts(self) -> bool:
        """It is a tie and counted as something that happened: an activity only when it took place by a source."""
        return self.table != "activities" or self.row["status"] == TOOK_PLACE

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

    def suspended_since(self, day: date) -> date | None:
        """First day of the suspension that a day lies in."""
        return next((first for first, after in self.suspensions if first <= day < after), None)

    def verdict(self, day: date) -> tuple[str, str]:
        """State on a day and what it rests on."""
        if self.begins_after(day):
            return "future", "start"
        if self.has_ended(day):
            by_source = bool(self.called_ended) and (not self.end or last_day(self.called_ended) < last_day(self.end))
            return "ended", "evidence" if by_source else "end"
        if self.suspended_since(day):
            return "suspended", "evidence"
        has_begun = bool(self.start) and last_day(self.start) <= day
        if has_begun:
            if (
                self.is_proven
                and self.end
                and (first_day(self.end) > day or (first_day(self.end) == day and self.holds_on_last_day))
            ):
                return "held", "end"
            if self.shown and last_day(self.shown) >= day:
                return "held", "evidence"
            if self.is_proven and last_day(self.start) > years_earlier(day, 1):
                return "held", "concluded"
        if not self.start and self.shown[:4] == str(day.year):
            return "held", "evidence"
        if self.shown and first_day(self.shown) <= day:
            return "unknown", "evidence"
        if self.is_shown_undated:
            return "unknown", "undated"
        return ("unknown", "start") if has_begun else ("unknown", "nothing")

    def form(self, on: Day) -> str:
        """How people read its state: held, aged, open, suspended, ended or future."""
        state, basis = self.verdict(on.day)
        fresh_since = years_earlier(on.day, FRESH_YEARS)
        if state == "held" and basis == "end" and self.table == "agreements" and not on.is_past:
            return (
                "held" if any(text and last_day(text) >= fresh_since for text in (self.shown, self.start)) else "aged"
            )
        if state != "unknown":
            return state
        if on.is_past or basis not in ("evidence", "undated"):
            return "open"
        if basis == "undated":
            return "aged"
        if self.is_contradicted:
            return "open"
        return "held" if last_day(self.shown) >= fresh_since else "aged"

    def is_by_undated(self, on: Day) -> bool:
        """Tell whether it reads as shown while only a source without a date does so."""
        return self.verdict(on.day)[1] == "undated" and self.form(on) == "aged"

    def state_date(self, on: Day) -> str:
        """Date that is told with the state; "" for none."""
        state, basis = self.verdict(on.day)
        if state == "future" or basis == "concluded":
            return self.start
        if state == "ended":
            # A source of the time within which the end is known to lie says nothing new.
            is_earlier = not self.end or first_day(self.end) > last_day(self.called_ended or self.end)
            return self.called_ended if basis == "evidence" and is_earlier else self.end
        if state == "suspended":
            return str(self.suspended_since(on.day))
        if basis == "end":
            return self.end
        if basis == "evidence":
            return self.shown
        if basis != "undated" and self.status_date and first_day(self.status_date) <= on.day:
            return self.status_date
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
    statuses = statuses_of(tables)
    for key, row in rows.items():
        known, successor = statuses.get(key, Statuses([])), successors.get(key)
        after = successor["valid_from"] or successor["signed"] if successor else ""
        start = row["valid_from"] or row["signed"]
        dates = [tables["sources"][source]["published"] for source in tables.many(row, "sources")] + known.source_dates
        yield Dated(
            "agreements", key, row, tables.many(row, "parties"), tables.many(row, "areas"), tables.many(row, "sources"),
            start=start or known.counted_from,
            end=row["valid_to"] or after,
            shown=known.last_shown("active"),
            called_ended=known.called_ended,
            is_shown_undated=known.is_active_undated,
            is_succeeded=successor is not None,
            is_proven=bool(start) and any(text and last_day(text) >= first_day(start) for text in dates),
            suspensions=known.suspensions,
            status=known.latest,
            status_date=known.last_shown(known.latest),
            is_contradicted=tables["statuses"][known.latest]["contradicts_evidence"] == "true",
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
        end = (row["date_to"] or start) if row["status"] == TOOK_PLACE else ""
        yield Dated("activities", key, row, members, areas, tables.many(row, "sources"), start, end,
                    shown="", called_ended="", is_shown_undated=False,
                    is_proven=row["status"] == TOOK_PLACE)  # fmt: skip


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
