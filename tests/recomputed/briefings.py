"""The numbers of a brief for a visit, from the tables alone.

Agreements are those of the region with the partner or anybody in its territory, that had begun; they stand until a
source shows their end. A meeting is an event that took place by the day, of the region with an authority there, or
under one of the agreements. Ours of a sort are tied by agreements and cooperation that stand, projects that had begun
and events that took place, with somebody in the territory. An elected body stands for the territory that it is part
of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.recomputed.dated import Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Tables, first_day

__all__ = ["BriefNumbers", "brief_of"]

STANDING = ("held", "aged", "open", "suspended")
SORTS = {
    "municipality": "towns", "settlement": "towns", "school": "schools", "university": "schools", "company": "firms",
}  # fmt: skip
AUTHORITIES = ("region", "public_authority", "ministry", "representation_office", "elected_body")


@dataclass(frozen=True)
class BriefNumbers:
    """Keys of records; of each sort of ours who is tied, and how many agreements, projects and events tie them."""

    agreements: frozenset[str]
    in_force: frozenset[str]
    ended: frozenset[str]
    meetings: frozenset[str]
    ties: dict[str, tuple[frozenset[str], int, int, int]]


def brief_of(tables: Tables, partner: str, on: date) -> BriefNumbers:
    """Count for a day that lies before the edition."""
    places, day, rows = Places(tables), Day(on, tables.modified), dated_rows(tables)
    row = places.organizations[partner]
    area = row["part_of"] if row["kind"] == "elected_body" and places.in_territory(row["part_of"]) else partner
    there = places.in_territory(area) | {area}
    forms = {
        key: each.form(day)
        for key, each in rows["agreements"].items()
        if places.home in each.members and places.countries_abroad(each.members) and there & set(each.members)
    }
    forms = {key: form for key, form in forms.items() if form != "future"}
    held = {
        key: row
        for key, row in tables["activities"].items()
        if row["status"] == "held" and row["date_from"] and first_day(row["date_from"]) <= on
    }
    authorities = {key for key in there if places.kind(key) in AUTHORITIES} | {area}
    meetings = {
        key
        for key, row in held.items()
        if row["agreement"] in forms
        or ({places.home} <= (who := set(tables.many(row, "participants"))) and who & authorities)
    }
    ours = places.in_territory(places.home)
    tied: dict[str, dict[str, set[str]]] = {sort: {} for sort in SORTS.values()}

    def joined() -> Iterator[tuple[str, str, set[str]]]:
        for table in ("agreements", "projects", "relations"):
            for key, each in rows[table].items():
                wanted = each.form(day) in STANDING if table != "projects" else each.form(day) != "future"
                if wanted and (table != "relations" or tables["relations"][key]["relation"] == "cooperates_with"):
                    yield table, key, set(each.members)
        for key, row in held.items():
            yield "activities", key, set(tables.many(row, "participants"))

    for table, key, ends in joined():
        if ends & ours and (area in places.joined_with_home(ends) or area in ends):
            for organization in ends & ours:
                if sort := SORTS.get(places.kind(organization)):
                    tied[sort].setdefault(organization, set()).add(f"{table}/{key}")
    return BriefNumbers(
        frozenset(key for key, form in forms.items() if form in STANDING),
        frozenset(key for key, form in forms.items() if form in ("held", "aged")),
        frozenset(key for key, form in forms.items() if form == "ended"), frozenset(meetings),
        {sort: _told(found) for sort, found in tied.items()},
    )  # fmt: skip


def _told(found: dict[str, set[str]]) -> tuple[frozenset[str], int, int, int]:
    records = set().union(*found.values())
    counts = (sum(each.startswith(table) for each in records) for table in ("agreements/", "projects/", "activities/"))
    agreements, projects, events = counts
    return frozenset(found), agreements, projects, events
