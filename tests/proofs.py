"""Which sources of a time show that agreements were in force, by no code of the product: from the tables alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.dates import PartialDate, months_later
from tests.tables import rows_of

__all__ = ["Cited", "cited_by_agreement"]

EVIDENCE_YEARS = 5


@dataclass(frozen=True)
class Cited:
    """Dates that sources of an agreement have: those that show it in force, and all of them; its own start and end."""

    active: tuple[PartialDate, ...]
    any: tuple[PartialDate, ...]
    start: PartialDate | None
    end: PartialDate | None

    def proves(self, day: date, *, past: bool) -> bool:
        """Whether a source of the time could show that it was in force on a day."""
        since = day if past else months_later(day, -12 * EVIDENCE_YEARS)
        if any(shown.last >= since or (past and shown.first.year == day.year) for shown in self.active):
            return True
        if self.start is None or not any(cited.last >= self.start.first for cited in self.any):
            return False
        return self.start.last > months_later(day, -12) or (self.end is not None and self.end.last >= day and past)


def cited_by_agreement(folder: Path) -> Mapping[str, Cited]:
    """Give what is cited for each agreement of the tables in a folder."""
    published = {row["id"]: row["published"] for row in rows_of("sources", folder)}

    def dates(row: dict[str, str]) -> list[str]:
        return [published[source] for source in row["sources"].split(";") if published[source]]

    def evidence(row: dict[str, str]) -> list[str]:
        of_day = [each for each in dates(row) if each.startswith(row["as_of"]) or row["as_of"].startswith(each)]
        return [row["as_of"]] if row["as_of"] and of_day else dates(row)

    active: dict[str, list[str]] = {}
    periods: dict[str, list[str]] = {}
    for row in rows_of("status_periods", folder):
        periods.setdefault(row["agreement"], []).extend(dates(row))
        if row["status"] == "active":
            active.setdefault(row["agreement"], []).extend(evidence(row))
    return {
        row["id"]: Cited(
            tuple(map(PartialDate, active.get(row["id"], []))),
            tuple(map(PartialDate, [*dates(row), *periods.get(row["id"], [])])),
            PartialDate(row["valid_from"] or row["signed"]) if row["valid_from"] or row["signed"] else None,
            PartialDate(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows_of("agreements", folder)
    }
