"""What the home page counts on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.recomputed.dated import Dated, Day
from tests.recomputed.lists import Lists
from tests.recomputed.tables import Tables, last_day, years_earlier

__all__ = ["Home"]


@dataclass(frozen=True)
class Home:
    """The numbers of the home page."""

    tables: Tables
    on: Day

    @cached_property
    def lists(self) -> Lists:
        """Lists of the same day."""
        return Lists(self.tables, self.on)

    def number(self, name: str, **chosen: str) -> int:
        """Count the rows of a list under a choice."""
        return len(self.lists.keys(name, **chosen))

    @property
    def records(self) -> int:
        """Rows that cite a source, but not links, mergers and withdrawals, which belong to other records."""
        names = ("organisations", "agreements", "projects", "activities", "participations", "memberships", "relations",
                 "documents", "offices", "delegations", "commitments", "expenditures", "claims", "status_periods",
                 "seed_statements")  # fmt: skip
        return sum(len(self.tables[name]) for name in names)

    @property
    def countries(self) -> int:
        """Countries of the organizations abroad; of those with a tie on a past day."""
        organizations = self.tables["organisations"]
        return len({organizations[key]["country"] for key in self.abroad})

    @property
    def abroad(self) -> set[str]:
        """Organizations abroad; on a past day those with a tie by then."""
        return self.lists.keys("organizations", place="abroad", **({"ties": "yes"} if self.on.is_past else {}))

    @cached_property
    def begun(self) -> Mapping[str, Dated]:
        """Agreements that do not surely begin after the day."""
        agreements = self.lists.dated["agreements"]
        return {key: record for key, record in agreements.items() if record.form(self.on) != "future"}

    @cached_property
    def by_country(self) -> Mapping[str, Counter[str]]:
        """Country of a partner to the number of agreements by form."""
        forms: dict[str, Counter[str]] = {}
        for record in self.begun.values():
            for country in self.lists.places.countries_abroad(record.members):
                forms.setdefault(country, Counter())[record.form(self.on)] += 1
        return forms

    def with_countries(self, countries: set[str]) -> int:
        """Count the agreements with a partner in any of some countries."""
        places = self.lists.places
        return sum(bool(places.countries_abroad(record.members) & countries) for record in self.begun.values())

    @property
    def events(self) -> list[str]:
        """Dates of the activities that took place and had begun, latest first."""
        activities = self.lists.dated["activities"].values()
        return sorted(
            (a.start for a in activities if a.start and a.counts and a.form(self.on) != "future"), reverse=True
        )

    @property
    def last_year(self) -> tuple[int, int, int, int, int]:
        """Count events, agreements begun and newly shown, projects that ended and will end; no date of a year alone."""
        day, first, after = self.on.day, years_earlier(self.on.day, 1), years_earlier(self.on.day, -1)

        def within(text: str, start: date, end: date) -> bool:
            return len(text) > 4 and start < last_day(text) <= end

        agreements = self.begun.values()
        dates = [record.row["signed"] or record.row["valid_from"] for record in agreements]
        shown = [r.shown for r in agreements if r.form(self.on) == "held" and r.verdict(self.on.day)[1] == "evidence"]
        ends = [record.row["date_to"] for record in self.lists.dated["projects"].values()]
        return (
            sum(within(text, first, day) for text in self.events),
            sum(within(text, first, day) for text in dates),
            sum(within(text, first, day) for text in shown),
            sum(within(text, first, day) for text in ends),
            sum(within(text, day, after) for text in ends),
        )

    @property
    def most_frequent_country(self) -> str:
        """Country of most agreements that the list shows."""
        counts = Counter({country: self.number("agreements", country=country) for country in self.tables["countries"]})
        return min(counts, key=lambda code: (-counts[code], code))

    def most_frequent_area(self, country: str) -> str:
        """Area of the first level of most agreements with a country; "" for none."""
        tops = [code for code, broader in self.tables.broader.items() if not broader]
        counts = {area: self.number("agreements", country=country, area=area) for area in tops}
        return min(counts, key=lambda code: (-counts[code], code)) if any(counts.values()) else ""

    @property
    def annexes_without_text(self) -> int:
        """Annexes that have no address."""
        return sum(row["kind"] == "annex" and not row["website"] for row in self.tables["documents"].values())

    @property
    def differing(self) -> list[int]:
        """Records of each list about which sources differ, lists without any left out."""
        numbers = [
            self.number(name, evidence="differ") for name in ("organizations", "agreements", "activities", "projects")
        ]
        return [number for number in numbers if number]
