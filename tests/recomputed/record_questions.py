"""Answers of the named questions on activities, memberships, money and sources, by the headers of graph/queries.

None depends on a day. Rows hold row ids and texts; a parameter that is left out is left open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tests.recomputed.dated import Dated, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Row, Tables

__all__ = ["RecordAnswers"]

Rows = list[tuple[str, ...]]
# Tables by the class of their rows, and the column that names sources; programmes have none.
CLASSES = {
    "Organization": "organisations", "Agreement": "agreements", "Activity": "activities", "Project": "projects",
    "Programme": "programmes", "Participation": "participations", "Membership": "memberships", "Relation": "relations",
    "Document": "documents", "Office": "offices", "Delegation": "delegations", "Commitment": "commitments",
    "Expenditure": "expenditures", "Claim": "claims", "Link": "links", "StatusPeriod": "status_periods",
}  # fmt: skip


class RecordAnswers:
    """Answers from the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.home = tables, tables.home
        self.places, self.dated = Places(tables), dated_rows(tables)
        self.activities = [record for record in self.dated["activities"].values() if record.counts]

    def q09_events_by_kind_and_year(self, home: str = "") -> Rows:
        """Years, kinds, and numbers of the activities with a participant."""
        held = (record for record in self.activities if (home in record.members if home else record.members))
        counts = Counter((record.start[:4], record.row["kind"]) for record in held)
        return [(year, kind, str(number)) for (year, kind), number in counts.items()]

    def q10_visitors(self, year: str = "") -> Rows:
        """Visits of the region at a place of it, with each guest."""
        rows: Rows = []
        parts = self.places.in_territory(self.home)
        for record in self.activities:
            is_asked = record.start[:4] == year if year else True
            if record.row["kind"] == "visit" and self.home in record.members and is_asked and self._is_at_home(record):
                guests = set(record.members) - parts
                rows += [(record.key, key, record.start) for key in guests if not self._is_seated_at(record, key)]
        return rows

    def _is_at_home(self, record: Dated) -> bool:
        names = {
            (language, row[f"name_{language}"])
            for key, row in self.tables["organisations"].items()
            if key in self.places.in_territory(self.home)
            for language in ("cs", "en")
        }
        return any((tag, place) in names for tag in ("cs", "en") for place in self._places(record, tag))

    def _is_seated_at(self, record: Dated, key: str) -> bool:
        row = self.tables["organisations"][key]
        return any(
            place in self.tables.texts(row, "seat", tag) for tag in ("cs", "en") for place in self._places(record, tag)
        )

    def _places(self, record: Dated, language: str) -> list[str]:
        return self.tables.texts(record.row, "place", language)

    def q11_planned(self, year: str) -> Rows:
        """Plans of the region with the year in their title and what they contain; activities known only beforehand."""
        rows: Rows = []
        for key, row in self.tables["documents"].items():
            titles = row["title_cs"], row["title_en"]
            if row["kind"] == "plan" and self.home in self.tables.many(row, "about") and any(year in t for t in titles):
                contents = [
                    relation["object"]
                    for relation in self.tables["relations"].values()
                    if relation["subject"] == key and relation["relation"] in ("contains", "describes")
                ]
                rows += [(key, item, self._since(item)) for item in contents or [""]]
        for record in self.dated["activities"].values():
            is_ahead = record.row["status"] in ("planned", "announced")
            if self.home in record.members and record.start[:4] == year and is_ahead:
                rows.append(("", record.key, record.start))
        return rows

    def _since(self, key: str) -> str:
        row = next((self.dated[name][key].row for name in self.dated if key in self.dated[name]), {})
        return row.get("valid_from", row.get("date_from", ""))

    def q12_memberships(self, home: str, language: str = "cs") -> Rows:
        """Memberships with dates and role."""
        return [
            (row["organisation"], row["date_from"], row["date_to"], role)
            for row in self.tables["memberships"].values()
            if row["member"] == home
            for role in self.tables.texts(row, "role", language) or [""]
        ]

    def q13_co_members(self, home: str) -> Rows:
        """Other members of what one is a member of."""
        memberships = self.tables["memberships"].values()
        own = {row["organisation"] for row in memberships if row["member"] == home}
        others = {(row["organisation"], row["member"]) for row in memberships if row["organisation"] in own}
        return [(body, other, self.places.country(other)) for body, other in others if other != home]

    def q16_missions(self, partner: str = "") -> Rows:
        """Contact institutions of partners, their kinds, and since when."""
        return [
            (row["object"], row["subject"], self.places.kind(row["subject"]), row["date_from"], row["date_to"])
            for row in self.tables["relations"].values()
            if row["relation"] == "contact_institution_for" and partner in ("", row["object"])
        ]

    def q19_sources_of(self, table: str, record: str, language: str = "cs") -> Rows:
        """Give the sources of a record, with the places of the seed document that it encodes."""
        rows: Rows = []
        for key in self.tables.many(self.tables[table][record], "sources"):
            statements = self.tables["seed_statements"].values() if key == self.tables.seed else ()
            places = [
                place
                for statement in statements
                if record in self.tables.many(statement, "rows")
                for place in self.tables.texts(statement, "quote_location", language)
            ]
            source = self.tables["sources"][key]
            address = source["url"] or self.tables.copy_of(key)
            rows += [(key, source["published"], address, place) for place in places or [""]]
        return rows

    def q20_facts_from(self, source: str) -> Rows:
        """Give the records that cite a source, and whether they cite no other."""
        rows: Rows = [
            (name, key, str(sources == (source,)).lower())
            for name in CLASSES
            for key, row in self.tables[CLASSES[name]].items()
            if source in (sources := self._sources(name, row))
        ]
        is_seed = source == self.tables.seed
        return rows + [("Statement", key, "true") for key in self.tables["seed_statements"] if is_seed]

    def q21_undocumented(self, class_: str = "") -> Rows:
        """Give the records without any source, or without one that has an address."""
        return [
            (name, key, "address" if self._sources(name, row) else "none")
            for name in CLASSES
            if class_ in ("", name)
            for key, row in self.tables[CLASSES[name]].items()
            if not any(
                self.tables["sources"][source]["url"] or self.tables.copy_of(source)
                for source in self._sources(name, row)
            )
        ]

    def _sources(self, name: str, row: Row) -> tuple[str, ...]:
        column = "source" if name == "Claim" else "sources"
        return self.tables.many(row, column) if column in row else ()

    def q24_money_by_programme(self, organization: str = "") -> Rows:
        """Projects of each programme and the sums of what their sources state, with how many state it.

        The money of umbrella funds is apart: it is in the small projects too.
        """
        umbrellas = {row["umbrella"] for row in self.tables["projects"].values()}
        projects: dict[str, list[Row]] = defaultdict(list)
        for record in self.dated["projects"].values():
            if organization in ("", *record.members):
                projects[record.row["programme"]].append(record.row)
        answer: Rows = []
        for programme, rows in projects.items():
            funds = [row for row in rows if row["id"] in umbrellas]
            grants = [Decimal(row["eu_contribution_eur"]) for row in funds if row["eu_contribution_eur"]]
            others = self._sums([row for row in rows if row not in funds])
            answer.append((programme, str(len(rows)), *others, str(len(funds)), f"{sum(grants, Decimal()):f}"))
        return answer

    def _sums(self, rows: list[Row]) -> Iterator[str]:
        for column in ("budget_eur", "eu_contribution_eur"):
            amounts = [Decimal(row[column]) for row in rows if row[column]]
            yield str(len(amounts))
            yield f"{sum(amounts, Decimal()):f}"

    def q25_responsible_unit(self) -> Rows:
        """Relations that lead from a department of the region."""
        units = {key for key in self.places.in_territory(self.home) - {self.home}
                 if self.places.kind(key) == "regional_office_department"}  # fmt: skip
        return [
            (row["subject"], row["relation"], row["object"], row["date_from"])
            for row in self.tables["relations"].values()
            if row["subject"] in units
        ]
