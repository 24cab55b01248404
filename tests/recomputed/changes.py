"""What changed between two days, by the tables alone; the rules are those that `/analysis/changes` states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.recomputed.dated import Dated, dated_rows
from tests.recomputed.tables import Tables, last_day

__all__ = ["changes", "read_on"]


def changes(tables: Tables, earlier: date, later: date) -> Mapping[str, set[str]]:
    """Table of the page to the records in it, each as ``table/key``."""
    found: dict[str, set[str]] = {name: set() for name in ("new", "ended", "events", "changed", "evidenced")}
    for name, records in dated_rows(tables).items():
        for key, record in records.items():
            kind = _kind(tables, record, earlier, later) if record.counts else ""
            if kind:
                found[kind].add(f"{name}/{key}")
    return found


def read_on(tables: Tables, earlier: date, later: date) -> Mapping[str, tuple[str, str, int]]:
    """State of each record on both days, "" before it had begun, and how many of its sources are published between."""
    return {
        f"{name}/{key}": (
            _state_on(record, earlier),
            _state_on(record, later),
            len(_published(tables, record, later) - _published(tables, record, earlier)),
        )
        for name, records in dated_rows(tables).items()
        for key, record in records.items()
    }


def _state_on(record: Dated, day: date) -> str:
    return "" if record.begins_after(day) else record.verdict(day)[0]


def _kind(tables: Tables, record: Dated, earlier: date, later: date) -> str:
    if record.begins_after(later):
        return ""
    is_event = record.table == "activities"
    if record.begins_after(earlier):
        return "events" if is_event else "new"
    newly = _published(tables, record, later) - _published(tables, record, earlier)
    states = record.verdict(earlier)[0], record.verdict(later)[0]
    if is_event or states[0] == states[1]:
        return "evidenced" if newly else ""
    return "ended" if states[1] == "ended" else "changed"


def _published(tables: Tables, record: Dated, day: date) -> set[str]:
    dates = {source: tables["sources"][source]["published"] for source in record.sources}
    return {source for source, text in dates.items() if text and last_day(text) <= day}
