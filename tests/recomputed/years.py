"""The numbers of a yearly report, from the tables alone.

An official agreement that had not ended makes its partner one; of several towns that are part of one whole the whole.
Events are those of the region with somebody abroad, and those under an agreement of it, that took place in the year.
Projects ran when they are said to have begun by the end of the year and not to have ended before it; a sum leaves out a
fund whose small projects are counted. Planned is what is planned or announced for the next year, by those whose events
are counted. An agreement was signed in the year that its day of signing lies in, whenever it begins; it ended in the
year that its end lies in as a whole. Neither is known before its day.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Row, Tables, first_day, last_day

__all__ = ["YearNumbers", "numbers_of"]


@dataclass(frozen=True)
class YearNumbers:
    """What a report counts: keys of records, how many projects state a sum, and the sum in EUR."""

    in_force: frozenset[str]
    not_verified: frozenset[str]
    events: frozenset[str]
    projects: frozenset[str]
    planned: frozenset[str]
    stated: int
    eur: Decimal
    signed: frozenset[str]
    ended: frozenset[str]


def numbers_of(tables: Tables, year: int, on: date | None = None) -> YearNumbers:
    """Count for a day that lies before the edition; for the last one of the year when None."""
    places, day = Places(tables), Day(on or date(year, 12, 31), tables.modified)
    rows = dated_rows(tables)
    forms: dict[str, set[str]] = {}
    ours = [row for row in rows["agreements"].values() if places.home in row.members]
    ours = [row for row in ours if places.countries_abroad(row.members)]
    signed = {row.key for row in ours if _lies_in(row.row["signed"], year) and first_day(row.row["signed"]) <= day.day}
    ours = [row for row in ours if row.form(day) != "future"]
    ended = {row.key for row in ours if _lies_in(row.end, year) and row.form(day) == "ended"}
    for row in ours:
        if places.is_official(row):
            forms.setdefault(_partner(places, row), set()).add(row.form(day))
    held = {key for key, found in forms.items() if found & {"held", "aged"}}
    standing = {key for key, found in forms.items() if found & {"held", "aged", "open", "suspended"}}
    under = {row.key for row in ours}
    events = {
        key
        for key, row in tables["activities"].items()
        if row["status"] == "held"
        and row["date_from"].startswith(str(year))
        and first_day(row["date_from"]) <= day.day
        and _is_ours(places, row, under)
    }
    projects = {key for key, row in rows["projects"].items() if _ran(places, row, year)}
    planned = {
        key
        for key, row in tables["activities"].items()
        if row["status"] in ("planned", "announced")
        and row["date_from"].startswith(str(year + 1))
        and _is_ours(places, row, under)
    }
    funds = {tables["projects"][key]["umbrella"] for key in projects}
    amounts = [
        Decimal(amount) for key in projects - funds if (amount := tables["projects"][key]["eu_contribution_eur"])
    ]
    return YearNumbers(
        frozenset(held), frozenset(standing - held), frozenset(events), frozenset(projects), frozenset(planned),
        len(amounts), sum(amounts, Decimal(0)), frozenset(signed), frozenset(ended),
    )  # fmt: skip


def _is_ours(places: Places, activity: Row, agreements: Container[str]) -> bool:
    participants = places.tables.many(activity, "participants")
    return bool(places.home in participants and places.countries_abroad(participants)) or (
        activity["agreement"] in agreements
    )


def _lies_in(text: str, year: int) -> bool:
    return bool(text) and {first_day(text).year, last_day(text).year} == {year}


def _partner(places: Places, agreement: Dated) -> str:
    abroad = [key for key in agreement.members if places.countries_abroad((key,))]
    kinds = ("state", "region", "district", "municipality", "elected_body")
    authorities = [key for key in abroad if places.kind(key) in kinds]
    wholes = {places.organizations[key]["part_of"] for key in authorities}
    return wholes.pop() if len(authorities) > 1 and len(wholes) == 1 and "" not in wholes else authorities[0]


def _ran(places: Places, project: Dated, year: int) -> bool:
    begun = bool(project.start) and first_day(project.start).year <= year
    return (
        begun and bool(project.end) and int(project.end[:4]) >= year and bool(places.joined_with_home(project.members))
    )
