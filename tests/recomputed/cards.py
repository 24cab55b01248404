"""What the page of an organization or of a partner region counts on a day, and what names any other record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from tests.recomputed.dated import Dated, Day, dated_rows
from tests.recomputed.places import Places
from tests.recomputed.tables import Row, Tables, first_day

__all__ = ["Cards"]

# Kinds of organizations that act for a region: meetings with schools or towns there are none with the region.
AUTHORITIES = {"region", "public_authority", "ministry", "representation_office", "elected_body"}
# What is not shown among the records that name another: it stands elsewhere on the page, or has none of its own.
ASIDE = {"claims", "value_bases", "seed_statements", "links", "translations", "withdrawn", "merged", "short_names"}

# Sections about what was undertaken, and the column that names the record that the page is of.
UNDERTAKEN = {
    "delegace": ("delegations", "activity"), "zavazky": ("commitments", "arises_from"),
    "vydaje": ("expenditures", "for_what"),
}  # fmt: skip


class Cards:
    """Numbers of pages of records on a day."""

    def __init__(self, tables: Tables, on: Day) -> None:
        self.tables, self.on = tables, on
        self.places, self.dated = Places(tables), dated_rows(tables)

    def begun(self, records: Iterable[Dated]) -> list[Dated]:
        """Leave out on a past day what surely begins later."""
        return [record for record in records if not (self.on.is_past and record.begins_after(self.on.day))]

    def naming(self, key: str) -> Mapping[str, list[Dated]]:
        """Give what an organization takes part in, of all days, by table."""
        return {name: self._naming[name].get(key, []) for name in self.dated}

    def ties(self, key: str) -> Mapping[str, list[Dated]]:
        """Give what an organization takes part in, by table, as far as it had begun; activities that took place."""
        return {name: [r for r in self.begun(of) if r.counts] for name, of in self.naming(key).items()}

    def planned(self, key: str) -> int:
        """Count the activities with an organization that no source shows to have taken place."""
        return sum(not record.counts for record in self.begun(self.naming(key)["activities"]))

    def later(self, key: str) -> int:
        """Count what an organization takes part in and that begins later."""
        return sum(len(records) - len(self.begun(records)) for records in self.naming(key).values())

    def documents(self, key: str) -> int:
        """Count the documents that it issued or that are about it; on a past day without later ones."""
        rows = [r for r in self.tables["documents"].values() if key in (r["issued_by"], *self.tables.many(r, "about"))]
        return sum(not (self.on.is_past and r["date"] and first_day(r["date"]) > self.on.day) for r in rows)

    def tiles(self, key: str) -> list[str]:
        """Numbers of the tiles of an organization: ties by table, countries abroad, first year."""
        ties = self.ties(key)
        counts = [len(ties[name]) for name in ("agreements", "projects", "memberships", "activities", "relations")]
        shared = [record for name in ("agreements", "projects", "activities") for record in ties[name]]
        countries = self.places.countries_abroad(member for record in shared for member in record.members)
        starts = sorted(record.start for record in shared if record.start)
        return [*map(str, filter(None, (*counts, len(countries)))), *(start[:4] for start in starts[:1])]

    def sections(self, key: str) -> dict[str, int]:
        """Rows of each section of the page of an organization, by its anchor."""
        names = {"agreements": "dohody", "projects": "projekty", "memberships": "clenstvi", "activities": "udalosti",
                 "relations": "vztahy"}  # fmt: skip
        counts = {names[name]: len(records) for name, records in self.ties(key).items()}
        counts |= {
            "planovane": self.planned(key),
            "zavazky": self.promised(key),
            "dokumenty": self.documents(key),
            "obce": len(self.parts(key, municipalities=True)),
        }
        return {anchor: number for anchor, number in counts.items() if number}

    def promised(self, key: str) -> int:
        """Count the commitments that an organization made or was given."""
        columns = ("promised_by", "promised_to")
        rows = self.tables["commitments"].values()
        return sum(any(key in self.tables.many(row, column) for column in columns) for row in rows)

    def parts(self, key: str, *, municipalities: bool) -> list[str]:
        """Give the direct parts of an organization, municipalities or the others."""
        parts = [part for part, row in self.tables["organisations"].items() if row["part_of"] == key]
        return [part for part in parts if (self.places.kind(part) == "municipality") is municipalities]

    @cached_property
    def alone(self) -> tuple[int, int]:
        """Municipalities of the home region that nothing ties to anyone by the day, and all of them."""
        towns = self.places.municipalities
        return sum(not any(self.ties(key).values()) for key in towns), len(towns)

    @property
    def partners(self) -> list[str]:
        """Regions abroad that are party to an agreement with the home region, at any time."""
        members = {key for agreement in self._of_home for key in agreement.members}
        return sorted(key for key in self.places.abroad(members) if self.places.kind(key) == "region")

    def partner_tiles(self, key: str) -> list[str]:
        """Numbers of the tiles of a partner: its agreements, those ended, first year, what joins both sides ..."""
        agreements = self.agreements_with(key)
        ended = sum(record.form(self.on) == "ended" for record in agreements)
        starts = sorted(record.start for record in agreements if record.start)
        joining = (sum(r.counts for r in self.joining(name, key)) for name in ("agreements", "projects", "activities"))
        counts = (*joining, len(self.town_agreements(key)), len(self.events(key, held=True)))
        first = [str(len(agreements)), *([str(ended)] if ended else []), *(start[:4] for start in starts[:1])]
        return [*first, *map(str, counts)]

    def partner_sections(self, key: str) -> dict[str, int]:
        """Rows of each section of the page of a partner."""
        own = {
            name: number
            for name, number in self.sections(key).items()
            if name in ("clenstvi", "vztahy", "dokumenty", "zavazky")
        }
        counts = {
            "obce": self.town_agreements(key),
            "projekty": self.shared_projects(key),
            "udalosti": self.events(key, held=True),
            "planovane": self.events(key, held=False),
        }
        return own | {anchor: len(records) for anchor, records in counts.items() if records}

    def agreements_with(self, key: str) -> list[Dated]:
        """Agreements of the home region with a partner."""
        return [record for record in self.begun(self._of_home) if key in record.members]

    def town_agreements(self, key: str) -> list[Dated]:
        """Agreements of a municipality of the home region with a partner in a territory."""
        return [r for r in self.joining("agreements", key) if self.places.municipalities & set(r.members)]

    def shared_projects(self, key: str) -> list[Dated]:
        """Projects in which somebody of either territory takes part."""
        return self.joining("projects", key)

    def joining(self, name: str, key: str) -> list[Dated]:
        """Give what joins somebody of the home region with a partner in a territory."""
        return self.begun(r for r in self.dated[name].values() if key in self.places.joined_with_home(r.members))

    def events(self, key: str, *, held: bool) -> list[Dated]:
        """Activities of the home region with those who act for the partner, and those under an agreement of both.

        Those that took place by a source, or all others.
        """
        theirs = {part for part in self.places.in_territory(key) if self.places.kind(part) in AUTHORITIES}
        under = {record.key for record in self.agreements_with(key)}
        return self.begun(
            record
            for record in self.dated["activities"].values()
            if record.counts is held
            and (
                (self.tables.home in record.members and theirs & set(record.members))
                or record.row["agreement"] in under
            )
        )

    def partner_areas(self, key: str) -> list[int]:
        """Numbers of agreements with a partner by area of the first level, most frequent first."""
        areas = (self.tables.with_broader(record.areas) for record in self.agreements_with(key))
        counts = Counter(area for of in areas for area in of if not self.tables.broader[area])
        return sorted(counts.values(), reverse=True)

    def relationship_sections(self, table: str, key: str) -> dict[str, int]:
        """Rows of each section of the page of an agreement, project or activity."""
        relations = [r for r in self.dated["relations"].values() if key in (r.row["subject"], r.row["object"])]
        under = [r for r in relations if r.row["relation"] == "carried_out_under"]
        others = under if table == "activities" else []  # there it has no section of its own
        counts = {"vztahy": self.begun([r for r in relations if r not in under] + others)}
        if table != "activities":
            column = table.removesuffix("s")
            under_it = self.begun(a for a in self.dated["activities"].values() if a.row[column] == key)
            counts["udalosti"] = [activity for activity in under_it if activity.counts]
            counts["planovane"] = [activity for activity in under_it if not activity.counts]
        if table == "agreements":
            projects = (r.row["subject"] for r in under if r.row["object"] == key)
            counts["projekty"] = self.begun(self.dated["projects"][p] for p in projects if p in self.dated["projects"])
            statuses = sum(row["agreement"] == key for row in self.tables["status_periods"].values())
            counts["stavy"] = [self.dated[table][key]] * statuses
        else:
            small = (r for r in self.dated["projects"].values() if r.row["umbrella"] == key)
            counts["male-projekty"] = self.begun(small)
            counts["ucastnici"] = [self.dated[table][key]] * len(self.dated[table][key].members)
        for anchor, (name, column) in UNDERTAKEN.items():
            named = sum(row[column] == key for row in self.tables[name].values())
            counts[anchor] = [self.dated[table][key]] * named
        return {anchor: len(records) for anchor, records in counts.items() if records}

    def named_by(self, table: str, key: str) -> dict[str, int]:
        """Count the records that name one that has no page of its own kind, by the type in their IRIs.

        On a past day what surely begins later does not count. What is in a narrower area is in the broader one too.
        """
        naming = {  # of tables that add to the rows of another one a record counts once
            (self.tables.segments[name], other)
            for name, columns in self.tables.references(table).items()
            if name not in ASIDE
            for other, row in self.tables[name].items()
            if self._names(name, row, columns, table, key) and self._has_begun(name, other)
        }
        counts = Counter(segment for segment, _ in naming)
        if table == "statuses":  # of an agreement the latest one is derived
            agreements = (record for record in self.dated["agreements"].values() if record.status == key)
            counts["agreements"] += len(self.begun(agreements))
        return {segment: number for segment, number in counts.items() if number}

    def _names(self, name: str, row: Row, columns: Iterable[str], table: str, key: str) -> bool:
        named = {value for column in columns for value in self.tables.many(row, column)}
        if table == "areas" and name != "areas":
            return key in self.tables.with_broader(named)
        return key in named

    def _has_begun(self, name: str, key: str) -> bool:
        return name not in self.dated or bool(self.begun([self.dated[name][key]]))

    @cached_property
    def _of_home(self) -> list[Dated]:
        return [record for record in self.dated["agreements"].values() if self.tables.home in record.members]

    @cached_property
    def _naming(self) -> Mapping[str, Mapping[str, list[Dated]]]:
        naming: dict[str, dict[str, list[Dated]]] = {name: {} for name in self.dated}
        for name, records in self.dated.items():
            for record in records.values():
                for key in set(record.members):
                    naming[name].setdefault(key, []).append(record)
        return naming
