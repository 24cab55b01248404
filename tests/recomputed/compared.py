"""Partners, towns and areas side by side, and evidence, by the tables alone; the rules are those of the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from tests.recomputed.dated import Dated
from tests.recomputed.gaps import Gaps
from tests.recomputed.tables import first_day, last_day, years_earlier

__all__ = ["Compared"]

AUTHORITIES = ("state", "region", "district", "municipality")


class Compared(Gaps):
    """The tables on a day."""

    def joined(self, subject: str, table: str) -> list[Dated]:
        """Find what joins a subject with the region and has begun."""
        records = self.dated[table].values()
        return [r for r in records if r.counts and self.has_begun(r) and self._concerns(subject, r)]

    def figures(self, subject: str) -> Mapping[str, object]:
        """Give some of the figures of a subject."""
        agreements, events, projects = (self.joined(subject, name) for name in ("agreements", "activities", "projects"))
        funds = {row["umbrella"] for row in self.tables["projects"].values()}
        grants = [r.row["eu_contribution_eur"] for r in projects if r.key not in funds and r.row["eu_contribution_eur"]]
        everything = [*agreements, *events, *projects]
        tops = {area for r in everything for area in self.tables.with_broader(r.areas) if not self.tables.broader[area]}
        return {
            "agreements": len(agreements),
            "going": sum(a.form(self.on) != "ended" for a in agreements),
            "of-region": sum(self.places.side(a) == "region" for a in agreements),
            "of-municipalities": sum(self.places.side(a) == "municipality" for a in agreements),
            "events": len(events),
            "projects": len(projects),
            "with-grant": len(grants),
            "grants": sum(map(Decimal, grants), Decimal(0)) if grants else None,
            "areas": len(tops),
            "sources": len({source for r in everything for source in r.sources}),
            "single": sum(len(a.sources) == 1 for a in agreements),
        }

    def _concerns(self, subject: str, record: Dated) -> bool:
        abroad, has_ours = self.places.abroad(record.members), bool(self.ours.intersection(record.members))
        if subject not in self.places.organizations:
            return subject in self.tables.with_broader(record.areas) and has_ours and bool(abroad)
        if subject in self.ours:
            return subject in record.members and bool(abroad)
        if self.places.kind(subject) in AUTHORITIES:
            return subject in self.places.joined_with_home(record.members)
        return subject in record.members and has_ours

    def ages(self, table: str, years: int) -> dict[str, int]:
        """Count records of a table that hold in time by the age of their newest source."""
        since, counted = years_earlier(self.on.day, years), defaultdict[str, int](int)
        for record in self.dated[table].values():
            if record.begins_after(self.on.day):
                continue
            texts = [self.tables["sources"][source]["published"] for source in set(record.sources)]
            days = [last_day(text) for text in texts if text and first_day(text) <= self.on.day]
            age = ("fresh" if max(days) >= since else "older") if days else "undated" if texts else "without"
            counted[age] += 1
            counted["records"] += 1
            counted["single"] += len(texts) == 1
        return counted
